### Words of the page in Valencian (AVL norm, vosté). One message per thing said; the same ids in the three languages.
### Buttons in the infinitive, short sentences, no abbreviation unexplained. Typeset apostrophe U+2019.


## Frame: header, tools, buttons that every screen has

# Name of the language in itself: the same in the three files.
language-ca-valencia = Valencià
# Name of the language in itself: the same in the three files.
language-es = Castellano
# Name of the language in itself: the same in the three files.
language-en = English
# Spoken name of the three language buttons.
languages-name = Idioma
# Spoken name of the row of tools.
tools-name = Ferramentes de la pantalla
# Header of every screen while the kiosk believes in test cards only.
header-demonstration = Demostració: el que faça ací no té cap efecte.
# Header: whose card is in the reader. $name is short, such as A. Martí.
header-holder = Targeta de: { $name }
# Main button.
act-continue = Continuar
# Button, one screen back.
act-back = Arrere
# Tool, ends the session.
act-end = Acabar
# Header, opens the help of this screen.
act-help = Ajuda
# Tool, opens text size and colours.
act-settings = Lletra i colors
# Tool, brings everything down within reach from a wheelchair.
act-low = Pantalla baixa
# Tool, covers the screen at once.
act-hide = Amagar
# Button that closes what covers the screen.
act-close = Tancar
# On the main button while the kiosk works.
busy = Un moment…
# Button that moves the content.
content-down = Més avall
# Button that moves the content.
content-up = Més amunt
# One line under the header.
band-offline = Ara no hi ha connexió. Pot omplir i signar; es registrarà quan torne.
# One line under the header.
band-no-reader = Ara no hi ha lector de targetes. Pot mirar els tràmits i què necessita.
# One line under the header.
band-card-service-down = Ara no podem llegir targetes. Pot mirar els tràmits i què necessita.
# Small print under a fault.
staff-code = Codi per al personal: { $code }

## S01 Welcome

# On each language button, in that language.
welcome = Toque la pantalla per a començar
# Under the council's name.
welcome-line = Faça ací els tràmits de l’Ajuntament amb el seu DNI.
# How to start with the card.
welcome-card = També pot començar amb el DNI: introduïsca’l amb el xip cap amunt.
# Small print. $date is written out, $time is 18:05.
welcome-time = { $date }. Hora oficial: { $time }

## S03 Home

# Heading.
home-title = Què vol fer?
# Box that opens the search, on the home screen and over the topics.
search-open = Busque un tràmit amb les seues paraules
# Door.
home-topics = Fer un tràmit
# Under the door.
home-topics-line = Tots els que es poden fer ací, per temes
# Door.
home-help = Ajuda i informació
# Under the door.
home-help-line = Com funciona esta pantalla i on trobar una persona
# Door that is closed here.
home-folder = La meua carpeta
# Why the door is closed and the other way.
home-folder-line = Ací encara no es pot obrir. La pot consultar al taulell o en la seu electrònica.
# Subheading over six procedures.
home-popular = Els més demanats

## S05 Card

# Heading while waiting for a card.
card-insert = Introduïsca el DNI amb el xip cap amunt
# Heading while reading.
card-reading = Llegint la targeta. No la traga.
# Heading once read.
card-ready = Ja hem llegit la targeta
# Why the card is asked for.
card-why = Així sabem qui fa la sol·licitud. Ara no li demanarem el PIN.
# What the card is for.
card-procedure = Tràmit: { $name }
# Label of the holder's name.
card-name = Nom
# Label of the masked number.
card-nif = Número del DNI
# Under the holder's name.
card-keep = Deixe la targeta en el lector fins que signe.
# Under the holder's name.
card-not-you = Si no és vosté, traga la targeta i pose la seua.
# Spoken description of the drawing.
card-picture = Dibuix: el DNI entra en el lector amb el xip cap amunt i cap avant.

## S04 How, S05 number of a contactless card, S06 certificates

# Act on the card screen and on its faults.
means-other = Altres maneres d’identificar-se
# Heading.
means-title = Com vol identificar-se?
# Row.
means-dnie = DNI electrònic (recomanat)
# Under the row: what one needs, what it allows.
means-dnie-line = Necessita el DNI. Per a signar, també el PIN.
# Row.
means-stick = Certificat en una memòria USB
# Under the row.
means-stick-line = Necessita el fitxer i la contrasenya. Servix per a omplir i signar.
# Row.
means-token = Certificat en una targeta (FNMT, ACCV…)
# Under the row.
means-token-line = Necessita la targeta i el PIN. Servix per a omplir i signar.
# Row.
means-nothing = No en tinc cap
# Under the row.
means-nothing-line = Veja què pot fer sense DNI electrònic ni certificat
# Heading.
no-means-title = Pot fer el tràmit d’una altra manera
# Beside the council’s name.
no-means-counter = Al taulell l’atendran en persona. Pregunte allí quin horari tenen i si cal cita.
# Label.
no-means-official = Amb l’ajuda del personal
# Beside the label (Llei 39/2015, article 12.2).
no-means-official-text = Personal funcionari autoritzat pot fer la identificació i signar per vosté. Cal que porte el DNI i que hi estiga d’acord.
# Label.
no-means-here = En esta pantalla
# Beside the label.
no-means-here-text = Pot mirar tots els tràmits i què necessita per a cada un.
# Main button.
no-means-act = Mirar els tràmits
# Heading: the number is known, the card has to lie on the reader again.
card-again = Torne a posar el DNI sobre el lector
# Under that heading.
card-again-line = Deixe’l quiet damunt del lector fins que signe.
# Heading.
card-token = Introduïsca la targeta amb el xip cap amunt
# Under that heading.
card-token-why = Buscarem els certificats que té. Ara no li demanarem el PIN.
# Spoken description of the drawing.
card-token-picture = Dibuix: la targeta entra en el lector amb el xip cap amunt i cap avant.
# Heading.
can-title = Escriga el número de sis xifres del DNI
# Under the heading.
can-where = És en la cara de la foto, baix a la dreta. No és el PIN ni el número del DNI.
# Under that.
can-lift = Agafe el DNI per a mirar-lo i torne’l a posar damunt del lector.
# Spoken description of the drawing.
can-picture = Dibuix: la cara del DNI amb la foto a l’esquerra i el número de sis xifres baix a la dreta.
# Spoken name of the boxes.
can-field = Número de sis xifres
# Spoken when nothing is typed.
can-none = Cap xifra
# Button.
can-clear = Esborrar el número
# Notice at the field.
can-wrong = El número no és el d’esta targeta. Comprove’l i torne a escriure’l.
# Notice at the field after three.
can-compare = El número no és el d’esta targeta. Compare’l amb el del dibuix, o introduïsca el DNI dins del lector.
# Notice at the field.
can-too-short = Escriga les sis xifres.
# Heading.
p12-title = Trie el certificat de la memòria USB
# Under the heading.
p12-line = El fitxer sol acabar en .p12 o .pfx. Després li demanarem la contrasenya.
# While looking.
p12-looking = Mirant la memòria USB…
# When no stick is in.
p12-insert = Pose la memòria USB amb el certificat. Ací eixiran els fitxers.
# When the stick has none.
p12-nothing = En esta memòria no hi ha cap certificat. Pose’n una altra i torne a mirar.
# When nothing was found and it is not known whether a stick is in.
p12-unknown = No trobem cap certificat. Pose la memòria USB que el té i torne a mirar.
# Main button after a file that could not be used.
p12-other = Triar un altre fitxer
# Heading with one certificate.
certificate-confirm = És este el seu certificat?
# Heading with several.
certificate-choose = Quin certificat vol usar?
# Label.
certificate-holder = Titular
# Label.
certificate-for = En nom de qui
# Text beside the label.
certificate-self = En nom propi
# In a list, instead of certificate-self.
certificate-company = En nom de { $company }
# Label.
certificate-issuer = Qui el va emetre
# Label.
certificate-expires = Caduca
# Under the name in a list. $for is oneself or a company; $expires is written out.
certificate-line = { $for }. Emés per { $issuer }. Caduca el { $expires }.
# When the main button was pressed too early.
certificate-missing = Trie un certificat per a continuar.
# Subheading.
certificate-unusable = No es poden usar ací
# Under the certificate.
certificate-stick-note = Ja pot traure la memòria USB. Per a signar li tornarem a demanar la contrasenya.
# Main button.
certificate-use = Usar este certificat
# Header: whose certificate from a stick is used.
header-certificate = Certificat de: { $name }
# Heading.
password-open-title = Contrasenya del certificat
# Heading.
password-sign-title = Contrasenya per a signar
# Over the field.
password-opens = Fitxer: { $file }
# Spoken name of the dots.
password-field = Contrasenya
# Hint of the field.
password-hint = La va triar quan va guardar el certificat en un fitxer. Les majúscules compten.
# Small print.
password-private = Escriga-la vosté. Ningú de l’Ajuntament no li l’ha de demanar.
# Button.
password-clear = Esborrar la contrasenya
# Button, opens the help.
password-forgot = He oblidat la contrasenya
# Notice at the field.
password-wrong = La contrasenya no coincidix. Torne a escriure-la.
# Notice after a quiet minute.
password-erased = Per seguretat hem esborrat la contrasenya. Torne a escriure-la.
# While the file is opened.
password-opening = Obrint el certificat…
# While signing.
password-signing = Comprovant la contrasenya i signant…
# Main button.
password-act = Obrir
# Hint of the field.
token-hint = És el PIN que li van donar amb la targeta. Les majúscules compten.
# Notice after a wrong PIN whose tries are not told.
token-wrong = El PIN no coincidix. Torne a escriure’l.
# Notice after a wrong PIN.
token-wrong-few = El PIN no coincidix. Li queden pocs intents.
# Notice before typing.
token-few = Li queden pocs intents.
# Under the heading of the last try.
token-last = Només li queda un intent. Si falla, la targeta quedarà bloquejada.
# Under that.
token-last-advice = Si no està segur o segura, acabe ara sense signar. Pregunte el PIN a qui li va donar la targeta.
# Notice: the card left while it checked the PIN.
pin-maybe-spent = La targeta ha eixit mentres comprovava el PIN. Potser s’ha gastat un intent.
# Text beside the label sign-means.
sign-means-token = El certificat de la seua targeta
# Text beside the label sign-means.
sign-means-stick = El certificat de la memòria USB
# Under the steps.
sending-stick-leave = Ja no necessita la memòria USB. No se la deixe.
# Heading when a stick is still in.
take-all = No es deixe res ací
# What is still here.
leaving-stick = La memòria USB continua posada. Traga-la.
# Help of the screen means.
help-means = Trie amb què vol identificar-se. El DNI electrònic és el més senzill. Si no té res d’això, toque No en tinc cap.
# Help of the screen no-means.
help-no-means = Ací s’explica com fer el tràmit sense DNI electrònic ni certificat. Toque Arrere per a tornar a triar.
# Help of the screen certificate-files.
help-certificate-files = Pose la memòria USB i toque el fitxer del seu certificat. Només llegim el fitxer que trie.
# Help of the screen certificates.
help-certificates = Comprove el nom i qui va emetre el certificat. Si no és el seu, toque Arrere.
# Help of the card screen while it asks for the number.
help-card-can = El DNI té un número de sis xifres baix a la dreta, en la cara de la foto. Només servix per a llegir el xip sense contacte. No gasta cap intent de PIN.
# Help of the screen pin with another card.
help-pin-token-pin = Escriga el PIN de la targeta. Si l’ha oblidat, pregunte a qui li va donar la targeta. No l’escriga si no n’està segur o segura.
# Help of the screen pin with a certificate from a stick.
help-pin-password = Escriga la contrasenya del fitxer del certificat. Pot provar tantes vegades com vulga. Si l’ha oblidada, pot usar el DNI o anar al taulell.
# Key.
key-less = menor que
# Key.
key-greater = major que
# Key.
key-bracket-open = claudàtor d’obertura
# Key.
key-bracket-close = claudàtor de tancament
# Key.
key-brace-open = clau d’obertura
# Key.
key-brace-close = clau de tancament
# Key.
key-bar = barra vertical
# Key.
key-tilde = titlla
# Key.
key-caret = accent circumflex
# Key.
key-backtick = accent greu

## S10 Topics and procedures, S13 sheet

# Heading.
topics-title = De què es tracta?
# Heading, when procedures are listed by what one wants to do.
wishes-title = Què vol aconseguir?
# Button that lists them by what one wants to do.
topics-by-wish = Vore-ho per allò que vull fer
# Button that lists them by topic.
topics-by-topic = Vore-ho per temes
# Tag of a procedure.
possible-complete = Es pot fer tot ací
# Tag of a procedure.
possible-finish-at-counter = Es comença ací i s’acaba en el taulell
# Tag of a procedure.
possible-information-only = Només informació
# Reason of a tag.
why-suspended = Ara l’Ajuntament no l’admet
# Reason of a tag.
why-closed = Hui no està en termini
# Reason of a tag.
why-no-reader = Ara no hi ha lector de targetes
# Reason of a tag.
why-representative = L’ha de signar qui representa l’entitat
# Reason of a tag.
why-other-signers = Han de signar més persones
# Reason of a tag.
why-counter-document = Cal portar un document al taulell
# Heading of the search.
search-title = Quin tràmit busca?
# Label of the box.
search-field = Escriga què vol fer o què ha passat
# Hint of the box, with examples.
search-hint = Per exemple: canviar de casa, certificat, ajuda
# Over what was found.
search-count =
    { $count ->
        [one] Hem trobat 1 tràmit
       *[other] Hem trobat { $count } tràmits
    }
# Nothing was found.
search-none = No trobem cap tràmit amb estes paraules.
# What to do then.
search-none-advice = Prove amb una altra paraula, o mire ací baix.
# Subheading over the nearest topics.
search-topics = Temes que s’hi acosten
# Subheading over the general application.
search-general = Si no té un tràmit propi
# Subheading over the counter.
search-counter = Si vol preguntar a una persona
# Under that.
search-counter-text = En el taulell l’ajudaran a trobar el tràmit.
# Under each topic.
topics-count =
    { $count ->
        [one] 1 tràmit
       *[other] { $count } tràmits
    }
# Subheading.
sheet-purpose = Per a què servix
# Subheading.
sheet-who = Qui ho pot demanar
# Subheading.
sheet-requirements = Què ha de complir
# Subheading.
sheet-needs = Què necessitarà
# Under that subheading; each thing is a row to tick.
sheet-needs-hint = Marque el que ja té, si li va bé. No es guarda.
# Label.
sheet-minutes = Temps que tardarà ací
# Text beside the label.
sheet-minutes-text =
    { $count ->
        [one] 1 minut
       *[other] { $count } minuts
    }
# Label.
sheet-term = Termini de resposta
# Label.
sheet-fee = Taxa
# Label.
sheet-silence = Si no hi ha resposta
# Label.
sheet-unit = Qui ho tramita
# Label.
sheet-law = Normativa
# Label: what comes out of it, and how.
sheet-result = Què rebrà i com
# Button that unfolds the rest.
sheet-more = Més informació
# Button that folds it again.
sheet-less = Menys informació
# Label: when it may be handed in.
sheet-period = Quan es pot presentar
# Label.
sheet-body = Qui decidix
# Label: what can be done against the decision.
sheet-appeals = Si no està d’acord amb la decisió
# Label.
sheet-data = Dades personals
# Subheading.
sheet-related = Tràmits relacionats
# Title of a notice: outside its period.
sheet-closed = Hui no es pot presentar
# Title of a notice.
sheet-suspended = Ara no es pot fer este tràmit
# In both notices: the other way.
sheet-alternative = En el taulell li diran quan i com pot fer-lo.
# In both notices, if there are related procedures below.
sheet-alternative-related = Més avall té altres tràmits que s’hi assemblen.
# Main button instead of sheet-start.
sheet-others = Mirar altres tràmits
# Label.
sheet-identification = Com s’identifica
# Main button.
sheet-start = Començar

## S14 Before you start

# Heading.
before-title = Abans de començar
# Label, data protection.
before-controller = Responsable de les dades
# Label, data protection.
before-purpose = Per a què s’usaran
# Label, data protection.
before-basis = Per què ho podem fer
# Label, data protection.
before-rights = Els seus drets
# Label.
before-drafts = Què guardem
# Label.
before-quiet = Temps sense tocar la pantalla
# Label.
before-consult = Dades que consultarem
# Text beside before-quiet.
before-quiet-text =
    { $seconds ->
        [one] Si passa 1 segon sense tocar-la, li preguntarem si necessita més temps. Si no contesta, esborrarem la pantalla.
       *[other] Si passen { $seconds } segons sense tocar-la, li preguntarem si necessita més temps. Si no contesta, esborrarem la pantalla.
    }
# Text beside before-drafts, chosen by the core.
drafts-not-kept = Res: si acaba sense presentar-la, s’esborra el que ha escrit.
# Under a look-up that is done unless the person objects.
lookup-objection = Si no ho vol, s’hi podrà oposar en el formulari.
# The same, where the form does not ask it.
lookup-objection-counter = Si no ho vol, diga-ho al taulell abans de presentar la sol·licitud.
# Under a look-up that needs consent.
lookup-consent = Només ho farem si ho autoritza en el formulari.
# The same, where the form does not ask it.
lookup-consent-counter = Només ho farem si ho autoritza per escrit.
# Notice when a draft exists. $date is written out.
before-draft = Té un esborrany d’este tràmit, del { $date }.
# Notice: the form has changed since the draft, and its answers stay as far as they still fit.
draft-migrated = El formulari ha canviat des d’aleshores. Mantenim les respostes que encara servixen: revise-les.
# Notice: the form has changed since the draft, which is of no more use.
draft-ended = Tenia un esborrany, però el formulari ha canviat. Ha de començar de nou.
# Button.
before-resume = Continuar l’esborrany
# Button.
before-new = Començar de nou
# Main button.
before-accept = Ho he llegit. Continuar

## S15 Form

# Over the heading.
form-step = Pas { $step } de { $steps }
# Beside the step, where one item of a list has several pages.
form-part = Part { $at } de { $of }
# After the label of a field that may be left empty.
form-optional = (opcional)
# Small print under the fields.
form-kept = El que escriu es guarda mentres dura la sessió.
# Under an answer that cannot be changed here.
form-fixed = Ací no es pot canviar. Si no és correcta, diga-ho al taulell.
# Heading of the summary of faults.
err-count =
    { $count ->
        [one] Hi ha 1 dada que cal corregir
       *[other] Hi ha { $count } dades que cal corregir
    }
# Heading of the summary when nothing must be mended, but something may be a slip.
err-look = Mire açò abans de continuar
# Under a long text, from 80 % on.
form-chars-left =
    { $count ->
        [one] Queda 1 caràcter
       *[other] Queden { $count } caràcters
    }
# Button at a field.
field-clear = Esborrar-ho tot
# Button at a field, after clearing.
field-undo = Desfer
# Button at an answer that is masked.
field-show = Mostrar
# Button at an answer that was masked and is shown.
field-hide = Tornar a amagar
# Under an answer that is masked.
field-masked = Està amagat perquè no el veja ningú.
# Button at an empty field. $text is what was answered to the same before.
offer-use = Usar el d’abans: { $text }
# Button over several fields. $text has what was answered to all of them before.
offer-all = Usar les dades d’abans: { $text }
# Button at a probable slip. $meant is what was probably meant.
doubt-change = Canviar-ho per { $meant }
# Button at a probable slip that is none.
doubt-accept = És correcte així
# Name of the group of buttons with streets, for a voice.
street-suggestions = Carrers que comencen així
# Said by a voice as one types a street. $count is how many there are.
street-found =
    { $count ->
        [one] Hi ha 1 carrer per a triar.
       *[other] Hi ha { $count } carrers per a triar.
    }
# Hint of a choice of several.
multiple-hint = Pot marcar-ne més d’una.
# Under a box that may be left alone.
consent-note = Pot deixar-ho sense marcar.
# Under a figure that nobody types.
computed-line = Ho calculem nosaltres amb les seues respostes.
# In place of a figure that is not known yet.
computed-none = Encara no es pot calcular.
# Label of a box.
date-day = Dia
# Label of a box.
date-month = Mes
# Label of a box.
date-year = Any
# Hint of a date that has no other.
date-example = Per exemple: 27 3 1984
# Label of a box.
time-hour = Hora
# Label of a box.
time-minute = Minuts
# Hint of a time that has no other.
time-example = Per exemple: 17 30
# Label of the box over a long list.
choice-filter = Escriga per a buscar en la llista
# When nothing in the list matches.
choice-none = Res no coincidix. Esborre alguna lletra.
# Said by a voice as one types in the box over a long list. $count is how many rows are left.
choice-found =
    { $count ->
        [one] Queda 1 opció.
       *[other] Queden { $count } opcions.
    }
# Where a prefilled answer comes from.
source-card = Esta dada ix del certificat del seu DNI.
# Where a prefilled answer comes from.
source-session = Ho ha escrit abans en esta sessió.
# Under the question of a list of people, animals or vehicles. $min and $max are how many there may be.
items-limits =
    { $min ->
        [0] Pot afegir-ne fins a { $max }.
       *[other] Cal afegir-ne { $min } com a mínim. El màxim és { $max }.
    }
# In place of the list while nothing has been added.
items-none = Encara no n’hi ha cap.
# Under a list that is full.
items-full = Ja hi ha el màxim: { $max }.
# Name of the list, for a voice.
items-list = Ja afegits
# At one of the list of which something is not answered yet.
items-unfinished = Falta completar-ho
# Button. $item is what the next one will be called, such as Person 2.
items-add = Afegir: { $item }
# Main button, once something has been added.
items-done = Ja estan tots
# Main button, while nothing has been added and nothing must be.
items-zero = No n’hi ha cap
# Button at one of the list.
items-change = Canviar
# The same button, for a voice.
items-change-name = Canviar: { $item }
# Button at one of the list.
items-remove = Llevar
# The same button, for a voice.
items-remove-name = Llevar: { $item }
# Heading of the question before taking one out.
items-remove-title = Vol llevar «{ $item }»?
# Under that question.
items-remove-line = El que ha escrit s’esborrarà. La resta es queda igual.
# Button.
items-remove-yes = Sí, llevar
# Main button.
items-remove-no = No, deixar-ho com està
# Hint of a document.
document-kinds = Fitxers { $kinds }, fins a { $max } MB.
# When no file is found.
document-insert = Pose la memòria USB amb el document. Ací eixiran els fitxers.
# Over the rows of files.
document-choose = Trie un fitxer de la memòria USB:
# Button.
document-refresh = Tornar a mirar la memòria
# State of a document.
document-added = Afegit
# State of a document.
document-missing = Falta
# Button.
document-remove = Llevar el document
# While a file is being read.
document-reading = Estem llegint el fitxer…
# Once a file has been copied.
document-unplug = Ja pot traure la memòria.
# Button, spoken with the name of the file.
document-show = Mirar el document
# Over the files, where a document may be several.
document-another = Si té més pàgines en un altre fitxer, afija’l també.

## S18 Documents

# Heading.
documents-title = Quins documents ens dona?
# Under the heading.
documents-line = Mire què falta. De cada document, trie com ens el fa arribar.
# Beside a document: it must be given.
document-need-always = Cal
# Beside a document: it must be given because of an answer.
document-need-by-answers = Cal pel que ha contestat
# Beside a document: whoever has it may give it.
document-need-optional = Només si en té
# Beside a document: nobody is asked for it.
document-need-looked-up = No l’ha de portar
# State of a document.
document-is-missing = Falta
# State of a document that need not be given.
document-is-not-added = No l’ha afegit
# State of a document. $pages is a number, $size is written out.
document-is-added =
    { $pages ->
        [0] Afegit ({ $size })
        [one] Afegit (1 pàgina, { $size })
       *[other] Afegit ({ $pages } pàgines, { $size })
    }
# State of a document.
document-is-consulted = El consultarem nosaltres
# State of a document. $told is what the person wrote.
document-is-held = Ja el va presentar: { $told }
# State of a document.
document-is-later = El portarà després
# Under a document that comes later.
document-later-means = Tindrà 10 dies hàbils per a portar-lo, des que l’avisem.
# Limits of a document. $kinds is written out.
document-files =
    { $count ->
        [one] 1 fitxer { $kinds }, fins a { $max } MB
       *[other] Fins a { $count } fitxers { $kinds }, de { $max } MB cada un
    }
# Button of a document.
document-add = Afegir
# Button of a document that has been added.
document-change = Mirar o canviar
# Button of a document.
document-consult = Que el consulte l’Ajuntament
# Button of a document.
document-held = Ja el vaig presentar
# Button of a document.
document-later = El portaré després
# Button of a document that need not be given.
document-none = No en tinc
# Spoken name of those buttons. $act is the button.
document-act = { $act }: { $document }
# Notice when something compulsory is missing and may come later.
documents-if-missing = Si el porta després, tindrà 10 dies hàbils des que l’avisem. Si no el porta, la sol·licitud es tancarà (article 68 de la Llei 39/2015).
# Notice when documents come later.
documents-later =
    { $count ->
        [one] Portarà 1 document després. Tindrà 10 dies hàbils des que l’avisem. Si no el porta, la sol·licitud es tancarà (article 68 de la Llei 39/2015).
       *[other] Portarà { $count } documents després. Tindrà 10 dies hàbils des que l’avisem. Si no els porta, la sol·licitud es tancarà (article 68 de la Llei 39/2015).
    }
# Heading of the summary of what is missing.
documents-missing =
    { $count ->
        [one] Falta 1 document
       *[other] Falten { $count } documents
    }
# In the summary, for each.
documents-missing-one = Afija «{ $document }» o trie una altra manera.
# In the summary, for one that can only be attached.
documents-missing-file = Afija «{ $document }»: sense este document no es pot continuar.

## S23 A look at the document

# Heading.
check-title = És este el document?
# Under the heading.
check-line = Mire que es llija bé i que no falte cap pàgina.
# Label.
check-document = Document
# Label.
check-file = Fitxer
# Label.
check-pages = Grandària
# Text: size and pages. $size is written out.
check-size =
    { $pages ->
        [0] { $size }
        [one] { $size }, 1 pàgina
       *[other] { $size }, { $pages } pàgines
    }
# Over the pictures of a long document.
check-some = Ací es veuen les { $shown } primeres pàgines de { $pages }.
# While the pictures are being made.
check-making = Estem preparant les pàgines…
# When no picture can be made.
check-not-shown = Este document no es pot veure ací. El pot presentar igualment.
# For a file that has no pages.
check-no-pages = Este fitxer no té pàgines que es puguen veure. El pot presentar igualment.
# Main button.
check-yes = És correcte
# Button.
check-again = Triar-ne un altre
# Button.
check-remove = Llevar-lo

## S24 Review

# Heading.
review-title = Revise la sol·licitud
# Under the heading.
review-line = Encara no s’ha presentat res. Pot canviar el que calga.
# Button of each section.
review-change = Canviar
# Spoken name of that button.
review-change-name = Canviar: { $section }
# Button.
review-document = Veure el document
# Button.
review-answers = Veure les respostes
# Spoken name of a page's picture.
review-page = Pàgina { $page } de { $pages } del document
# While the document is being made.
review-making = Estem preparant el document…
# Instead of an answer left empty.
review-empty = Sense resposta
# Button of the review, where some answers are masked.
review-reveal = Mostrar el que està amagat

## S25b Fee

# Heading.
fee-title = Què s’ha de pagar
# Label.
fee-concept = Per què es paga
# Label.
fee-total = Total
# Over the lines.
fee-how = Com s’ha calculat
# Instead of an amount.
fee-nothing = No ha de pagar res
# Under it. $who is the exemption.
fee-because = Per esta raó: { $who }
# Instead of an amount.
fee-self = La calcula vosté amb una autoliquidació. El justificant és un dels documents.
# Instead of an amount.
fee-unknown = La calcularà l’Ajuntament i li ho dirà.
# Over the exemptions.
fee-exemptions = Qui no paga
# Under the exemptions.
fee-exemptions-help = Si és el seu cas i no ho ha dit, torne arrere i canvie la resposta.
# Label.
fee-pay = Com es paga
# Text.
fee-later = Ara no ha de pagar res. L’Ajuntament li enviarà la carta de pagament.
# Text.
fee-before = Es paga amb una carta de pagament, al banc o en la seu electrònica. Ací no es pot pagar amb targeta.
# Text.
fee-paid = Si ja l’ha pagada, afija el justificant amb la sol·licitud.
# Text. $reference is what the person wrote.
fee-reference = Ja l’ha pagada. Referència: { $reference }
# Label.
fee-ordinance = Norma

## S26 Sign

# Heading.
sign-title = Açò és el que signarà
# Label.
sign-document = Document
# Label.
sign-pages = Pàgines
# Label: eight characters that identify the document.
sign-fingerprint = Empremta del document
# Under the fingerprint.
sign-fingerprint-help = Eixirà igual en el justificant.
# Label.
sign-unit = A qui va dirigida
# Label.
sign-holder = Qui signa
# Label.
sign-means = Amb què signa
# Text beside the label.
sign-means-text = El certificat de signatura del seu DNI
# Subheading over the boxes.
sign-declarations = Declaracions
# Under the subheading.
sign-declarations-help = Llija-les i marque-les si són certes.
# When the main button was pressed too early.
sign-missing = Marque totes les declaracions per a poder signar.
# Main button.
sign-act = Signar i presentar
# Way out.
sign-cannot = Si no pot signar ací, vaja al taulell. No cal que firme res ara.

## S27 PIN

# Heading.
pin-title = PIN per a signar
# Over the field, what is signed.
pin-signs = Signarà: { $document }
# Hint of the field.
pin-hint = Té entre 8 i 16 lletres i números. Les majúscules compten.
# Small print.
pin-private = Escriga’l vosté. Ningú de l’Ajuntament no li l’ha de demanar.
# Words under the dots.
pin-count =
    { $count ->
        [0] Cap caràcter
        [one] 1 caràcter
       *[other] { $count } caràcters
    }
# Spoken name of the dots.
pin-field = PIN
# Button, erases all that was typed.
pin-clear = Esborrar el PIN
# Notice after a wrong PIN.
pin-wrong =
    { $tries ->
        [one] El PIN no coincidix. Li queda 1 intent.
       *[other] El PIN no coincidix. Li queden { $tries } intents.
    }
# Notice before typing, when two are left.
pin-tries =
    { $tries ->
        [one] Li queda 1 intent.
       *[other] Li queden { $tries } intents.
    }
# Notice when accepted too early.
pin-too-short =
    { $min ->
        [one] Escriga almenys 1 caràcter. No ha gastat cap intent.
       *[other] Escriga almenys { $min } caràcters. No ha gastat cap intent.
    }
# Notice after a quiet minute.
pin-erased = Per seguretat hem esborrat el PIN. Torne a escriure’l.
# Heading of the last try.
pin-last-title = Només li queda un intent
# Under that heading.
pin-last = Només li queda un intent. Si falla, el DNI quedarà bloquejat.
# Under that heading.
pin-last-advice = Si no està segur o segura, acabe ara sense signar. En una comissaria de la Policia Nacional li poden posar un PIN nou.
# Main button.
pin-last-act = Sé el PIN. Continuar
# While the card says how many tries are left.
pin-checking = Mirant quants intents queden. No traga la targeta.
# While the card signs.
pin-working = Comprovant el PIN i signant. No traga la targeta.
# Button, opens the help.
pin-forgot = He oblidat el PIN
# Main button.
pin-act = Signar

## S28 Sending

# Heading.
sending-title = Estem presentant la sol·licitud
# Step.
sending-signed = Signar i comprovar la signatura
# Step.
sending-stored = Guardar-la en este quiosc
# Step.
sending-registered = Enviar-la i rebre el número de registre
# State of a step.
step-done = Fet
# State of a step.
step-now = Ara
# State of a step.
step-waiting = Després
# Under the steps.
sending-card-stay = No traga encara la targeta.
# Under the steps.
sending-card-leave = Ja pot traure la targeta.

## S29 Receipt

# Heading: said only when the registry has given a number.
receipt-title = Registrada
# Under the heading.
receipt-line = La seua sol·licitud està presentada.
# Label over the number.
receipt-number = Número de registre
# Label.
receipt-when = Presentada
# $date is written out, $time has seconds.
receipt-when-text = { $date }, a les { $time } (hora oficial)
# Label: the date it counts from.
receipt-effective = Compta des del
# Label.
receipt-unit = Ara la té
# Label: last day to answer.
receipt-due = Han de respondre, com a molt tard, el
# Label: code to check the receipt.
receipt-csv = Codi de verificació
# What silence means.
silence-positive = Si no responen a temps, s’entén que li ho concedixen.
# What silence means.
silence-negative = Si no responen a temps, pot entendre que li ho deneguen i recórrer.
# What silence means.
silence-none = En este tràmit el silenci no té efecte.
# Main button.
output-print = Imprimir
# Main button once printed.
output-print-again = Tornar a imprimir
# Button.
output-save = Guardar en memòria USB
# State.
output-printed = Imprés
# State.
output-saved = Guardat en la memòria USB
# Button.
receipt-another = Fer un altre tràmit

## S30 Provisional

# Heading, on a striped band, never green.
queued = Encara no està registrada
# Why.
provisional-offline = No hi ha connexió amb el registre. L’enviarem quan torne.
# Why.
provisional-slow = El registre tarda a contestar. Ho tornarem a provar fins que conteste.
# Why.
provisional-refused = El registre no l’ha admesa encara. El personal la revisarà i l’avisarà.
# Label: number that proves it was handed in.
provisional-evidence = Número de resguard
# Label.
provisional-when = Lliurada ací
# Subheading.
provisional-next = Què passa ara
# Under the subheading.
provisional-next-text = La sol·licitud està signada i guardada en este quiosc. No cal que la torne a fer. Amb el número de resguard pot preguntar al taulell.
# Subheading.
provisional-term = Si té un termini que acaba prompte
# Under the subheading.
provisional-term-text = Presente-la també al taulell, en un altre registre públic o en Correus.

## S32 Printing and saving, S33 leaving, S91 out of service

# Heading.
output-print-working = Imprimint…
# Heading.
output-print-done = Agafe el paper
# Under the heading.
output-print-line = El paper ix per davall de la pantalla.
# Heading.
output-save-working = Guardant en la memòria USB. No la traga.
# Heading.
output-save-done = Guardat. Ja pot traure la memòria USB.
# Under the heading.
output-save-line = El document és un PDF que pot obrir en casa.
# When the paper is the provisional slip.
output-provisional = És un resguard: la sol·licitud encara no està registrada.
# Heading.
take-things = No es deixe la targeta ni el paper
# What is still here.
leaving-card = La targeta és en el lector. Traga-la.
# What is still here.
leaving-paper = El paper és en l’eixida de la impressora. Agafe’l.
# Heading when nothing is left.
leaving-clean = Gràcies. Pantalla neta.
# Under that heading.
leaving-clean-line = No queda ací cap dada seua.
# Heading.
out-title = Este quiosc no funciona ara
# What to do instead.
out-elsewhere = Vaja al taulell de l’Ajuntament o entre en la seu electrònica.
# Under that.
out-card = Si té la targeta en el lector, traga-la.

## S80 Help: what each screen wants, in three sentences at most

# Heading.
help-title = Ajuda
# Under the sentences.
help-kept = El que ha escrit no es perd.
# Subheading.
help-person = Si necessita una persona
# Under the subheading.
help-person-text = Demane-la al taulell d’atenció. El pot ajudar en tot, però no pot escriure el seu PIN.
# Subheading.
help-access = Si esta pantalla li costa d’usar
# Under the subheading.
help-access-text = Pot canviar la lletra i els colors, baixar-ho tot o demanar més temps. Encara no té veu. Si una cosa no és accessible, diga-ho al taulell: té dret a reclamar-ho.
# Help of the screen welcome.
help-welcome = Toque l’idioma que vol usar. Després triarà el tràmit.
# Help of the screen home.
help-home = Trie què vol fer. Pot mirar-ho tot sense identificar-se.
# Help of the screen card.
help-card = Pose el DNI en el lector amb el xip cap amunt i cap avant. Espere uns segons sense traure’l. Ací no es demana el PIN.
# Help of the screen topics.
help-topics = Toque el tema del seu tràmit. Si s’equivoca, toque Arrere.
# Help of the screen search.
help-search = Escriga què busca amb el teclat de la pantalla. No cal que ho escriga sencer. Toque un dels tràmits que apareixen.
# Help of the screen procedures.
help-procedures = Toque el tràmit que busca. Abans de començar veurà què necessita.
# Help of the screen sheet.
help-sheet = Ací s’explica el tràmit. Si és el que busca, toque Començar. Encara no es presenta res.
# Help of the screen before-start.
help-before-start = Llija què farem amb les seues dades. Després toque el botó gran per a començar a omplir.
# Help of the screen form.
help-form = Toque una casella i escriga amb el teclat de la pantalla. Quan acabe, toque Continuar. Podrà canviar-ho després.
# Help of the list of people, animals or vehicles.
help-items = Ací s’afigen d’una en una les coses o persones que li demanem. Cada una es pot canviar o llevar. Quan estiguen totes, toque el botó de baix.
# Help of the screen review.
help-review = Comprove que tot és correcte. Toque Canviar en la part que vulga corregir. Encara no es presenta res.
# Help of the screen documents.
help-documents = Ací veu tots els documents i si en falta algun. Toque un botó de cada document per a dir com ens el dona. Si no en té un ara, mire si el pot portar després.
# Help of the screen check-file.
help-check-file = Este és el fitxer que ha triat. Mire que es llija bé. Si no és este, en pot triar un altre.
# Help of the screen fee.
help-fee = Ací veu què s’ha de pagar i com s’ha calculat. En este quiosc no es paga.
# Help of the screen sign.
help-sign = Llija què signarà i marque les declaracions. Després li demanarem el PIN o la contrasenya.
# Help of the screen pin.
help-pin = Escriga el PIN que li van donar amb el DNI. No és el número del DNI. Si l’ha oblidat, una comissaria de la Policia Nacional li’n pot posar un de nou.
# Help of the screen sending.
help-sending = Espere un moment. No cal tocar res.
# Help of the screen receipt.
help-receipt = La sol·licitud ja té número de registre. Imprimisca el justificant o guarde’l en una memòria USB.
# Help of the screen provisional.
help-provisional = La sol·licitud està guardada, però encara no té número. Imprimisca el resguard i guarde’l.
# Help of the screen output.
help-output = Espere que acabe i agafe el paper o la memòria USB.
# Help of the screen leaving.
help-leaving = Traga la targeta i agafe el paper. Després la pantalla quedarà neta.
# Help of the screen out-of-service.
help-out-of-service = Este quiosc no pot fer tràmits ara. Al taulell li atendran.

## S81 Settings

# Heading.
settings-title = Lletra i colors
# Subheading.
settings-text = Grandària de la lletra
# Choice.
text-normal = Normal
# Choice.
text-large = Gran
# Choice.
text-larger = Més gran
# Choice.
text-largest = Molt gran
# Subheading.
settings-theme = Colors
# Choice.
theme-clar = Clar
# Choice.
theme-negre-sobre-blanc = Negre sobre blanc
# Choice.
theme-groc-sobre-negre = Groc sobre negre
# Choice.
theme-suau = Suau, fons fosc
# Subheading.
settings-more = Altres ajudes
# Box to tick.
settings-low = Pantalla baixa: tot a l’abast des d’una cadira de rodes
# Box to tick.
settings-time = Més temps: tres vegades més abans de preguntar
# Under the choices.
settings-note = Es veu a l’instant. En acabar, tot torna a com estava.

## S82 More time, S84 hidden, confirm end

# Heading.
idle-ask = Necessita més temps?
# Under the heading.
idle-tell =
    { $seconds ->
        [one] D’ací a 1 segon esborrarem les dades de la pantalla.
       *[other] D’ací a { $seconds } segons esborrarem les dades de la pantalla.
    }
# Main button.
idle-yes = Sí, continuar
# Under the fault card-removed: seconds to put the card back.
removed-tell =
    { $seconds ->
        [one] Té 1 segon. Després esborrarem les dades de la pantalla.
       *[other] Té { $seconds } segons. Després esborrarem les dades de la pantalla.
    }
# Heading.
hidden-title = Pantalla amagada
# Under the heading.
hidden-line = El que ha escrit continua guardat.
# Button in the middle.
hidden-show = Mostrar la pantalla
# Heading.
confirm-title = Vol acabar?
# Under the heading.
confirm-line = Encara no ha presentat la sol·licitud. Si acaba ara, no es presentarà.
# Button.
confirm-yes = Sí, acabar
# Main button.
confirm-no = No, continuar

## On-screen keyboard: words on keys and spoken names of keys

# Spoken name of the keyboard.
keyboard-name = Teclat
# Key.
key-erase = Esborrar
# Key.
key-shift = Majúscules
# Key.
key-space = Espai
# Key.
key-close = Tancar el teclat
# Key.
key-symbols = Símbols
# Key.
key-letters = Lletres
# Key.
key-left = Cursor a l’esquerra
# Key.
key-right = Cursor a la dreta
# Key.
key-enter = Línia nova
# Key.
key-a-grave = a accent obert
# Key.
key-e-grave = e accent obert
# Key.
key-e-acute = e accent tancat
# Key.
key-i-acute = i accent tancat
# Key.
key-i-diaeresis = i amb dièresi
# Key.
key-o-grave = o accent obert
# Key.
key-o-acute = o accent tancat
# Key.
key-u-acute = u accent tancat
# Key.
key-u-diaeresis = u amb dièresi
# Key.
key-a-acute = a accent tancat
# Key.
key-c-cedilla = ce trencada
# Key.
key-n-tilde = enye
# Key.
key-double-l = ela geminada
# Key.
key-middle-dot = punt volat
# Key.
key-apostrophe = apòstrof
# Key.
key-comma = coma
# Key.
key-dot = punt
# Key.
key-hyphen = guió
# Key.
key-at = arrova
# Key.
key-underscore = guió baix
# Key.
key-plus = més
# Key.
key-exclamation = signe d’exclamació
# Key.
key-question = signe d’interrogació
# Key.
key-exclamation-open = exclamació d’obertura
# Key.
key-question-open = interrogació d’obertura
# Key.
key-euro = euro
# Key.
key-percent = tant per cent
# Key.
key-ampersand = i comercial
# Key.
key-paren-open = parèntesi d’obertura
# Key.
key-paren-close = parèntesi de tancament
# Key.
key-slash = barra
# Key.
key-backslash = barra inversa
# Key.
key-colon = dos punts
# Key.
key-semicolon = punt i coma
# Key.
key-quote = cometes
# Key.
key-equals = igual
# Key.
key-star = asterisc
# Key.
key-hash = coixinet
# Key.
key-dollar = dòlar
# Key.
key-ordinal-m = ordinal masculí
# Key.
key-ordinal-f = ordinal femení
