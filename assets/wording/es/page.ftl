### Words of the page in Spanish (usted). One message per thing said; the same ids in the three languages.
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
tools-name = Herramientas de la pantalla
# Header of every screen while the kiosk believes in test cards only.
header-demonstration = Demostración: lo que haga aquí no tiene ningún efecto.
# Header: whose card is in the reader. $name is short, such as A. Martí.
header-holder = Tarjeta de: { $name }
# Main button.
act-continue = Continuar
# Button, one screen back.
act-back = Atrás
# Tool, ends the session.
act-end = Terminar
# Header, opens the help of this screen.
act-help = Ayuda
# Tool, opens text size and colours.
act-settings = Letra y colores
# Tool, brings everything down within reach from a wheelchair.
act-low = Pantalla baja
# Tool, covers the screen at once.
act-hide = Ocultar
# Button that closes what covers the screen.
act-close = Cerrar
# On the main button while the kiosk works.
busy = Un momento…
# Button that moves the content.
content-down = Más abajo
# Button that moves the content.
content-up = Más arriba
# One line under the header.
band-offline = Ahora no hay conexión. Puede rellenar y firmar; se registrará cuando vuelva.
# One line under the header.
band-no-reader = Ahora no hay lector de tarjetas. Puede mirar los trámites y qué necesita.
# One line under the header.
band-card-service-down = Ahora no podemos leer tarjetas. Puede mirar los trámites y qué necesita.
# Small print under a fault.
staff-code = Código para el personal: { $code }

## S01 Welcome

# On each language button, in that language.
welcome = Toque la pantalla para empezar
# Under the council's name.
welcome-line = Haga aquí los trámites del Ayuntamiento con su DNI.
# How to start with the card.
welcome-card = También puede empezar con el DNI: introdúzcalo con el chip hacia arriba.
# Small print. $date is written out, $time is 18:05.
welcome-time = { $date }. Hora oficial: { $time }

## S03 Home

# Heading.
home-title = ¿Qué quiere hacer?
# Box that opens the search, on the home screen and over the topics.
search-open = Busque un trámite con sus palabras
# Door.
home-topics = Hacer un trámite
# Under the door.
home-topics-line = Todos los que se pueden hacer aquí, por temas
# Door.
home-help = Ayuda e información
# Under the door.
home-help-line = Cómo funciona esta pantalla y dónde encontrar a una persona
# Door that is closed here.
home-folder = Mi carpeta
# Why the door is closed and the other way.
home-folder-line = Aquí todavía no se puede abrir. Puede consultarla en el mostrador o en la sede electrónica.
# Subheading over six procedures.
home-popular = Los más solicitados

## S05 Card

# Heading while waiting for a card.
card-insert = Introduzca el DNI con el chip hacia arriba
# Heading while reading.
card-reading = Leyendo la tarjeta. No la saque.
# Heading once read.
card-ready = Ya hemos leído la tarjeta
# Why the card is asked for.
card-why = Así sabemos quién hace la solicitud. Ahora no le pediremos el PIN.
# What the card is for.
card-procedure = Trámite: { $name }
# Label of the holder's name.
card-name = Nombre
# Label of the masked number.
card-nif = Número del DNI
# Under the holder's name.
card-keep = Deje la tarjeta en el lector hasta que firme.
# Under the holder's name.
card-not-you = Si no es usted, saque la tarjeta y ponga la suya.
# Spoken description of the drawing.
card-picture = Dibujo: el DNI entra en el lector con el chip hacia arriba y hacia delante.

## S04 How, S05 number of a contactless card, S06 certificates

# Act on the card screen and on its faults.
means-other = Otras maneras de identificarse
# Heading.
means-title = ¿Cómo quiere identificarse?
# Row.
means-dnie = DNI electrónico (recomendado)
# Under the row: what one needs, what it allows.
means-dnie-line = Necesita el DNI. Para firmar, también el PIN.
# Row.
means-stick = Certificado en una memoria USB
# Under the row.
means-stick-line = Necesita el archivo y la contraseña. Sirve para rellenar y firmar.
# Row.
means-token = Certificado en una tarjeta (FNMT, ACCV…)
# Under the row.
means-token-line = Necesita la tarjeta y el PIN. Sirve para rellenar y firmar.
# Row.
means-nothing = No tengo ninguno
# Under the row.
means-nothing-line = Vea qué puede hacer sin DNI electrónico ni certificado
# Heading.
no-means-title = Puede hacer el trámite de otra manera
# Beside the council’s name.
no-means-counter = En el mostrador le atenderán en persona. Pregunte allí qué horario tienen y si hace falta cita.
# Label.
no-means-official = Con la ayuda del personal
# Beside the label (Llei 39/2015, article 12.2).
no-means-official-text = Personal funcionario autorizado puede identificarle y firmar por usted. Debe llevar el DNI y estar de acuerdo.
# Label.
no-means-here = En esta pantalla
# Beside the label.
no-means-here-text = Puede mirar todos los trámites y qué necesita para cada uno.
# Main button.
no-means-act = Mirar los trámites
# Heading: the number is known, the card has to lie on the reader again.
card-again = Vuelva a poner el DNI sobre el lector
# Under that heading.
card-again-line = Déjelo quieto encima del lector hasta que firme.
# Heading.
card-token = Introduzca la tarjeta con el chip hacia arriba
# Under that heading.
card-token-why = Buscaremos los certificados que tiene. Ahora no le pediremos el PIN.
# Spoken description of the drawing.
card-token-picture = Dibujo: la tarjeta entra en el lector con el chip hacia arriba y hacia delante.
# Heading.
can-title = Escriba el número de seis cifras del DNI
# Under the heading.
can-where = Está en la cara de la foto, abajo a la derecha. No es el PIN ni el número del DNI.
# Under that.
can-lift = Coja el DNI para mirarlo y vuelva a ponerlo encima del lector.
# Spoken description of the drawing.
can-picture = Dibujo: la cara del DNI con la foto a la izquierda y el número de seis cifras abajo a la derecha.
# Spoken name of the boxes.
can-field = Número de seis cifras
# Spoken when nothing is typed.
can-none = Ninguna cifra
# Button.
can-clear = Borrar el número
# Notice at the field.
can-wrong = El número no es el de esta tarjeta. Compruébelo y vuelva a escribirlo.
# Notice at the field after three.
can-compare = El número no es el de esta tarjeta. Compárelo con el del dibujo, o introduzca el DNI dentro del lector.
# Notice at the field.
can-too-short = Escriba las seis cifras.
# Heading.
p12-title = Elija el certificado de la memoria USB
# Under the heading.
p12-line = El archivo suele acabar en .p12 o .pfx. Después le pediremos la contraseña.
# While looking.
p12-looking = Mirando la memoria USB…
# When no stick is in.
p12-insert = Ponga la memoria USB con el certificado. Aquí aparecerán los archivos.
# When the stick has none.
p12-nothing = En esta memoria no hay ningún certificado. Ponga otra y vuelva a mirar.
# When nothing was found and it is not known whether a stick is in.
p12-unknown = No encontramos ningún certificado. Ponga la memoria USB que lo tiene y vuelva a mirar.
# Main button after a file that could not be used.
p12-other = Elegir otro archivo
# Heading with one certificate.
certificate-confirm = ¿Es este su certificado?
# Heading with several.
certificate-choose = ¿Qué certificado quiere usar?
# Label.
certificate-holder = Titular
# Label.
certificate-for = En nombre de quién
# Text beside the label.
certificate-self = En nombre propio
# In a list, instead of certificate-self.
certificate-company = En nombre de { $company }
# Label.
certificate-issuer = Quién lo emitió
# Label.
certificate-expires = Caduca
# Under the name in a list. $for is oneself or a company; $expires is written out.
certificate-line = { $for }. Emitido por { $issuer }. Caduca el { $expires }.
# When the main button was pressed too early.
certificate-missing = Elija un certificado para continuar.
# Subheading.
certificate-unusable = No se pueden usar aquí
# Under the certificate.
certificate-stick-note = Ya puede sacar la memoria USB. Para firmar le volveremos a pedir la contraseña.
# Main button.
certificate-use = Usar este certificado
# Header: whose certificate from a stick is used.
header-certificate = Certificado de: { $name }
# Heading.
password-open-title = Contraseña del certificado
# Heading.
password-sign-title = Contraseña para firmar
# Over the field.
password-opens = Archivo: { $file }
# Spoken name of the dots.
password-field = Contraseña
# Hint of the field.
password-hint = La eligió cuando guardó el certificado en un archivo. Las mayúsculas cuentan.
# Small print.
password-private = Escríbala usted. Nadie del Ayuntamiento debe pedírsela.
# Button.
password-clear = Borrar la contraseña
# Button, opens the help.
password-forgot = He olvidado la contraseña
# Notice at the field.
password-wrong = La contraseña no coincide. Vuelva a escribirla.
# Notice after a quiet minute.
password-erased = Por seguridad hemos borrado la contraseña. Vuelva a escribirla.
# While the file is opened.
password-opening = Abriendo el certificado…
# While signing.
password-signing = Comprobando la contraseña y firmando…
# Main button.
password-act = Abrir
# Hint of the field.
token-hint = Es el PIN que le dieron con la tarjeta. Las mayúsculas cuentan.
# Notice after a wrong PIN whose tries are not told.
token-wrong = El PIN no coincide. Vuelva a escribirlo.
# Notice after a wrong PIN.
token-wrong-few = El PIN no coincide. Le quedan pocos intentos.
# Notice before typing.
token-few = Le quedan pocos intentos.
# Under the heading of the last try.
token-last = Solo le queda un intento. Si falla, la tarjeta quedará bloqueada.
# Under that.
token-last-advice = Si no está seguro o segura, termine ahora sin firmar. Pregunte el PIN a quien le dio la tarjeta.
# Notice: the card left while it checked the PIN.
pin-maybe-spent = La tarjeta ha salido mientras comprobaba el PIN. Puede que se haya gastado un intento.
# Text beside the label sign-means.
sign-means-token = El certificado de su tarjeta
# Text beside the label sign-means.
sign-means-stick = El certificado de la memoria USB
# Under the steps.
sending-stick-leave = Ya no necesita la memoria USB. No se la deje.
# Heading when a stick is still in.
take-all = No se deje nada aquí
# What is still here.
leaving-stick = La memoria USB sigue puesta. Sáquela.
# Help of the screen means.
help-means = Elija con qué quiere identificarse. El DNI electrónico es lo más sencillo. Si no tiene nada de esto, toque No tengo ninguno.
# Help of the screen no-means.
help-no-means = Aquí se explica cómo hacer el trámite sin DNI electrónico ni certificado. Toque Atrás para volver a elegir.
# Help of the screen certificate-files.
help-certificate-files = Ponga la memoria USB y toque el archivo de su certificado. Solo leemos el archivo que elija.
# Help of the screen certificates.
help-certificates = Compruebe el nombre y quién emitió el certificado. Si no es el suyo, toque Atrás.
# Help of the card screen while it asks for the number.
help-card-can = El DNI tiene un número de seis cifras abajo a la derecha, en la cara de la foto. Solo sirve para leer el chip sin contacto. No gasta ningún intento de PIN.
# Help of the screen pin with another card.
help-pin-token-pin = Escriba el PIN de la tarjeta. Si lo ha olvidado, pregunte a quien le dio la tarjeta. No lo escriba si no está seguro o segura.
# Help of the screen pin with a certificate from a stick.
help-pin-password = Escriba la contraseña del archivo del certificado. Puede probar tantas veces como quiera. Si la ha olvidado, puede usar el DNI o ir al mostrador.
# Key.
key-less = menor que
# Key.
key-greater = mayor que
# Key.
key-bracket-open = corchete de apertura
# Key.
key-bracket-close = corchete de cierre
# Key.
key-brace-open = llave de apertura
# Key.
key-brace-close = llave de cierre
# Key.
key-bar = barra vertical
# Key.
key-tilde = virgulilla
# Key.
key-caret = acento circunflejo
# Key.
key-backtick = acento grave

## S10 Topics and procedures, S13 sheet

# Heading.
topics-title = ¿De qué se trata?
# Heading, when procedures are listed by what one wants to do.
wishes-title = ¿Qué quiere conseguir?
# Button that lists them by what one wants to do.
topics-by-wish = Verlo por lo que quiero hacer
# Button that lists them by topic.
topics-by-topic = Verlo por temas
# Tag of a procedure.
possible-complete = Se puede hacer todo aquí
# Tag of a procedure.
possible-finish-at-counter = Se empieza aquí y se acaba en el mostrador
# Tag of a procedure.
possible-information-only = Solo información
# Reason of a tag.
why-suspended = Ahora el Ayuntamiento no lo admite
# Reason of a tag.
why-closed = Hoy no está en plazo
# Reason of a tag.
why-no-reader = Ahora no hay lector de tarjetas
# Reason of a tag.
why-representative = Lo tiene que firmar quien representa a la entidad
# Reason of a tag.
why-other-signers = Tienen que firmar más personas
# Reason of a tag.
why-counter-document = Hay que llevar un documento al mostrador
# Heading of the search.
search-title = ¿Qué trámite busca?
# Label of the box.
search-field = Escriba qué quiere hacer o qué ha pasado
# Hint of the box, with examples.
search-hint = Por ejemplo: cambiar de casa, certificado, ayuda
# Over what was found.
search-count =
    { $count ->
        [one] Hemos encontrado 1 trámite
       *[other] Hemos encontrado { $count } trámites
    }
# Nothing was found.
search-none = No encontramos ningún trámite con estas palabras.
# What to do then.
search-none-advice = Pruebe con otra palabra, o mire aquí abajo.
# Subheading over the nearest topics.
search-topics = Temas que se acercan
# Subheading over the general application.
search-general = Si no tiene un trámite propio
# Subheading over the counter.
search-counter = Si quiere preguntar a una persona
# Under that.
search-counter-text = En el mostrador le ayudarán a encontrar el trámite.
# Under each topic.
topics-count =
    { $count ->
        [one] 1 trámite
       *[other] { $count } trámites
    }
# Subheading.
sheet-purpose = Para qué sirve
# Subheading.
sheet-who = Quién lo puede pedir
# Subheading.
sheet-requirements = Qué debe cumplir
# Subheading.
sheet-needs = Qué necesitará
# Under that subheading; each thing is a row to tick.
sheet-needs-hint = Marque lo que ya tiene, si le va bien. No se guarda.
# Label.
sheet-minutes = Tiempo que tardará aquí
# Text beside the label.
sheet-minutes-text =
    { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
# Label.
sheet-term = Plazo de respuesta
# Label.
sheet-fee = Tasa
# Label.
sheet-silence = Si no hay respuesta
# Label.
sheet-unit = Quién lo tramita
# Label.
sheet-law = Normativa
# Label: what comes out of it, and how.
sheet-result = Qué recibirá y cómo
# Button that unfolds the rest.
sheet-more = Más información
# Button that folds it again.
sheet-less = Menos información
# Label: when it may be handed in.
sheet-period = Cuándo se puede presentar
# Label.
sheet-body = Quién decide
# Label: what can be done against the decision.
sheet-appeals = Si no está de acuerdo con la decisión
# Label.
sheet-data = Datos personales
# Subheading.
sheet-related = Trámites relacionados
# Title of a notice: outside its period.
sheet-closed = Hoy no se puede presentar
# Title of a notice.
sheet-suspended = Ahora no se puede hacer este trámite
# In both notices: the other way.
sheet-alternative = En el mostrador le dirán cuándo y cómo puede hacerlo.
# In both notices, if there are related procedures below.
sheet-alternative-related = Más abajo tiene otros trámites parecidos.
# Main button instead of sheet-start.
sheet-others = Mirar otros trámites
# Label.
sheet-identification = Cómo se identifica
# Main button.
sheet-start = Empezar

## S14 Before you start

# Heading.
before-title = Antes de empezar
# Label, data protection.
before-controller = Responsable de los datos
# Label, data protection.
before-purpose = Para qué se usarán
# Label, data protection.
before-basis = Por qué podemos hacerlo
# Label, data protection.
before-rights = Sus derechos
# Label.
before-drafts = Qué guardamos
# Label.
before-quiet = Tiempo sin tocar la pantalla
# Label.
before-consult = Datos que consultaremos
# Text beside before-quiet.
before-quiet-text =
    { $seconds ->
        [one] Si pasa 1 segundo sin tocarla, le preguntaremos si necesita más tiempo. Si no contesta, borraremos la pantalla.
       *[other] Si pasan { $seconds } segundos sin tocarla, le preguntaremos si necesita más tiempo. Si no contesta, borraremos la pantalla.
    }
# Text beside before-drafts, chosen by the core.
drafts-not-kept = Nada: si termina sin presentarla, se borra lo que ha escrito.
# Under a look-up that is done unless the person objects.
lookup-objection = Si no quiere, podrá oponerse en el formulario.
# The same, where the form does not ask it.
lookup-objection-counter = Si no quiere, dígalo en el mostrador antes de presentar la solicitud.
# Under a look-up that needs consent.
lookup-consent = Solo lo haremos si lo autoriza en el formulario.
# The same, where the form does not ask it.
lookup-consent-counter = Solo lo haremos si lo autoriza por escrito.
# Notice when a draft exists. $date is written out.
before-draft = Tiene un borrador de este trámite, del { $date }.
# Notice: the form has changed since the draft, and its answers stay as far as they still fit.
draft-migrated = El formulario ha cambiado desde entonces. Mantenemos las respuestas que aún sirven: revíselas.
# Notice: the form has changed since the draft, which is of no more use.
draft-ended = Tenía un borrador, pero el formulario ha cambiado. Tiene que empezar de nuevo.
# Button.
before-resume = Continuar el borrador
# Button.
before-new = Empezar de nuevo
# Main button.
before-accept = Lo he leído. Continuar

## S15 Form

# Over the heading.
form-step = Paso { $step } de { $steps }
# Beside the step, where one item of a list has several pages.
form-part = Parte { $at } de { $of }
# After the label of a field that may be left empty.
form-optional = (opcional)
# Small print under the fields.
form-kept = Lo que escribe se guarda mientras dura la sesión.
# Under an answer that cannot be changed here.
form-fixed = Aquí no se puede cambiar. Si no es correcta, dígalo en el mostrador.
# Heading of the summary of faults.
err-count =
    { $count ->
        [one] Hay 1 dato que corregir
       *[other] Hay { $count } datos que corregir
    }
# Heading of the summary when nothing must be mended, but something may be a slip.
err-look = Mire esto antes de continuar
# Under a long text, from 80 % on.
form-chars-left =
    { $count ->
        [one] Queda 1 carácter
       *[other] Quedan { $count } caracteres
    }
# Button at a field.
field-clear = Borrarlo todo
# Button at a field, after clearing.
field-undo = Deshacer
# Button at an answer that is masked.
field-show = Mostrar
# Button at an answer that was masked and is shown.
field-hide = Volver a ocultar
# Under an answer that is masked.
field-masked = Está oculto para que no lo vea nadie.
# Button at an empty field. $text is what was answered to the same before.
offer-use = Usar lo de antes: { $text }
# Button over several fields. $text has what was answered to all of them before.
offer-all = Usar los datos de antes: { $text }
# Button at a probable slip. $meant is what was probably meant.
doubt-change = Cambiarlo por { $meant }
# Button at a probable slip that is none.
doubt-accept = Es correcto así
# Name of the group of buttons with streets, for a voice.
street-suggestions = Calles que empiezan así
# Said by a voice as one types a street. $count is how many there are.
street-found =
    { $count ->
        [one] Hay 1 calle para elegir.
       *[other] Hay { $count } calles para elegir.
    }
# Hint of a choice of several.
multiple-hint = Puede marcar más de una.
# Under a box that may be left alone.
consent-note = Puede dejarlo sin marcar.
# Under a figure that nobody types.
computed-line = Lo calculamos nosotros con sus respuestas.
# In place of a figure that is not known yet.
computed-none = Todavía no se puede calcular.
# Label of a box.
date-day = Día
# Label of a box.
date-month = Mes
# Label of a box.
date-year = Año
# Hint of a date that has no other.
date-example = Por ejemplo: 27 3 1984
# Label of a box.
time-hour = Hora
# Label of a box.
time-minute = Minutos
# Hint of a time that has no other.
time-example = Por ejemplo: 17 30
# Label of the box over a long list.
choice-filter = Escriba para buscar en la lista
# When nothing in the list matches.
choice-none = Nada coincide. Borre alguna letra.
# Said by a voice as one types in the box over a long list. $count is how many rows are left.
choice-found =
    { $count ->
        [one] Queda 1 opción.
       *[other] Quedan { $count } opciones.
    }
# Where a prefilled answer comes from.
source-card = Este dato sale del certificado de su DNI.
# Where a prefilled answer comes from.
source-session = Lo ha escrito antes en esta sesión.
# Under the question of a list of people, animals or vehicles. $min and $max are how many there may be.
items-limits =
    { $min ->
        [0] Puede añadir hasta { $max }.
       *[other] Hay que añadir { $min } como mínimo. El máximo es { $max }.
    }
# In place of the list while nothing has been added.
items-none = Todavía no hay ninguno.
# Under a list that is full.
items-full = Ya está el máximo: { $max }.
# Name of the list, for a voice.
items-list = Ya añadidos
# At one of the list of which something is not answered yet.
items-unfinished = Falta completarlo
# Button. $item is what the next one will be called, such as Person 2.
items-add = Añadir: { $item }
# Main button, once something has been added.
items-done = Ya están todos
# Main button, while nothing has been added and nothing must be.
items-zero = No hay ninguno
# Button at one of the list.
items-change = Cambiar
# The same button, for a voice.
items-change-name = Cambiar: { $item }
# Button at one of the list.
items-remove = Quitar
# The same button, for a voice.
items-remove-name = Quitar: { $item }
# Heading of the question before taking one out.
items-remove-title = ¿Quiere quitar «{ $item }»?
# Under that question.
items-remove-line = Lo que ha escrito se borrará. Lo demás se queda igual.
# Button.
items-remove-yes = Sí, quitar
# Main button.
items-remove-no = No, dejarlo como está
# Hint of a document.
document-kinds = Archivos { $kinds }, hasta { $max } MB.
# When no file is found.
document-insert = Ponga la memoria USB con el documento. Aquí aparecerán los archivos.
# Over the rows of files.
document-choose = Elija un archivo de la memoria USB:
# Button.
document-refresh = Volver a mirar la memoria
# State of a document.
document-added = Añadido
# State of a document.
document-missing = Falta
# Button.
document-remove = Quitar el documento
# While a file is being read.
document-reading = Estamos leyendo el archivo…
# Once a file has been copied.
document-unplug = Ya puede sacar la memoria.
# Button, spoken with the name of the file.
document-show = Mirar el documento
# Over the files, where a document may be several.
document-another = Si tiene más páginas en otro archivo, añádalo también.

## S18 Documents

# Heading.
documents-title = ¿Qué documentos nos da?
# Under the heading.
documents-line = Mire qué falta. De cada documento, elija cómo nos lo hace llegar.
# Beside a document: it must be given.
document-need-always = Hace falta
# Beside a document: it must be given because of an answer.
document-need-by-answers = Hace falta por lo que ha contestado
# Beside a document: whoever has it may give it.
document-need-optional = Solo si lo tiene
# Beside a document: nobody is asked for it.
document-need-looked-up = No tiene que traerlo
# State of a document.
document-is-missing = Falta
# State of a document that need not be given.
document-is-not-added = No lo ha añadido
# State of a document. $pages is a number, $size is written out.
document-is-added =
    { $pages ->
        [0] Añadido ({ $size })
        [one] Añadido (1 página, { $size })
       *[other] Añadido ({ $pages } páginas, { $size })
    }
# State of a document.
document-is-consulted = Lo consultaremos nosotros
# State of a document. $told is what the person wrote.
document-is-held = Ya lo presentó: { $told }
# State of a document.
document-is-later = Lo traerá después
# Under a document that comes later.
document-later-means = Tendrá 10 días hábiles para traerlo, desde que le avisemos.
# Limits of a document. $kinds is written out.
document-files =
    { $count ->
        [one] 1 archivo { $kinds }, hasta { $max } MB
       *[other] Hasta { $count } archivos { $kinds }, de { $max } MB cada uno
    }
# Button of a document.
document-add = Añadir
# Button of a document that has been added.
document-change = Mirar o cambiar
# Button of a document.
document-consult = Que lo consulte el Ayuntamiento
# Button of a document.
document-held = Ya lo presenté
# Button of a document.
document-later = Lo traeré después
# Button of a document that need not be given.
document-none = No tengo
# Spoken name of those buttons. $act is the button.
document-act = { $act }: { $document }
# Notice when something compulsory is missing and may come later.
documents-if-missing = Si lo trae después, tendrá 10 días hábiles desde que le avisemos. Si no lo trae, la solicitud se cerrará (artículo 68 de la Ley 39/2015).
# Notice when documents come later.
documents-later =
    { $count ->
        [one] Traerá 1 documento después. Tendrá 10 días hábiles desde que le avisemos. Si no lo trae, la solicitud se cerrará (artículo 68 de la Ley 39/2015).
       *[other] Traerá { $count } documentos después. Tendrá 10 días hábiles desde que le avisemos. Si no los trae, la solicitud se cerrará (artículo 68 de la Ley 39/2015).
    }
# Heading of the summary of what is missing.
documents-missing =
    { $count ->
        [one] Falta 1 documento
       *[other] Faltan { $count } documentos
    }
# In the summary, for each.
documents-missing-one = Añada «{ $document }» o elija otra manera.
# In the summary, for one that can only be attached.
documents-missing-file = Añada «{ $document }»: sin este documento no se puede continuar.

## S23 A look at the document

# Heading.
check-title = ¿Es este el documento?
# Under the heading.
check-line = Mire que se lea bien y que no falte ninguna página.
# Label.
check-document = Documento
# Label.
check-file = Archivo
# Label.
check-pages = Tamaño
# Text: size and pages. $size is written out.
check-size =
    { $pages ->
        [0] { $size }
        [one] { $size }, 1 página
       *[other] { $size }, { $pages } páginas
    }
# Over the pictures of a long document.
check-some = Aquí se ven las { $shown } primeras páginas de { $pages }.
# While the pictures are being made.
check-making = Estamos preparando las páginas…
# When no picture can be made.
check-not-shown = Este documento no se puede ver aquí. Puede presentarlo igualmente.
# For a file that has no pages.
check-no-pages = Este archivo no tiene páginas que se puedan ver. Puede presentarlo igualmente.
# Main button.
check-yes = Es correcto
# Button.
check-again = Elegir otro
# Button.
check-remove = Quitarlo

## S24 Review

# Heading.
review-title = Revise la solicitud
# Under the heading.
review-line = Todavía no se ha presentado nada. Puede cambiar lo que haga falta.
# Button of each section.
review-change = Cambiar
# Spoken name of that button.
review-change-name = Cambiar: { $section }
# Button.
review-document = Ver el documento
# Button.
review-answers = Ver las respuestas
# Spoken name of a page's picture.
review-page = Página { $page } de { $pages } del documento
# While the document is being made.
review-making = Estamos preparando el documento…
# Instead of an answer left empty.
review-empty = Sin respuesta
# Button of the review, where some answers are masked.
review-reveal = Mostrar lo que está oculto

## S25b Fee

# Heading.
fee-title = Qué hay que pagar
# Label.
fee-concept = Por qué se paga
# Label.
fee-total = Total
# Over the lines.
fee-how = Cómo se ha calculado
# Instead of an amount.
fee-nothing = No tiene que pagar nada
# Under it. $who is the exemption.
fee-because = Por esta razón: { $who }
# Instead of an amount.
fee-self = La calcula usted con una autoliquidación. El justificante es uno de los documentos.
# Instead of an amount.
fee-unknown = La calculará el Ayuntamiento y se lo dirá.
# Over the exemptions.
fee-exemptions = Quién no paga
# Under the exemptions.
fee-exemptions-help = Si es su caso y no lo ha dicho, vuelva atrás y cambie la respuesta.
# Label.
fee-pay = Cómo se paga
# Text.
fee-later = Ahora no tiene que pagar nada. El Ayuntamiento le enviará la carta de pago.
# Text.
fee-before = Se paga con una carta de pago, en el banco o en la sede electrónica. Aquí no se puede pagar con tarjeta.
# Text.
fee-paid = Si ya la ha pagado, añada el justificante a la solicitud.
# Text. $reference is what the person wrote.
fee-reference = Ya la ha pagado. Referencia: { $reference }
# Label.
fee-ordinance = Norma

## S26 Sign

# Heading.
sign-title = Esto es lo que firmará
# Label.
sign-document = Documento
# Label.
sign-pages = Páginas
# Label: eight characters that identify the document.
sign-fingerprint = Huella del documento
# Under the fingerprint.
sign-fingerprint-help = Aparecerá igual en el justificante.
# Label.
sign-unit = A quién va dirigida
# Label.
sign-holder = Quién firma
# Label.
sign-means = Con qué firma
# Text beside the label.
sign-means-text = El certificado de firma de su DNI
# Subheading over the boxes.
sign-declarations = Declaraciones
# Under the subheading.
sign-declarations-help = Léalas y márquelas si son ciertas.
# When the main button was pressed too early.
sign-missing = Marque todas las declaraciones para poder firmar.
# Main button.
sign-act = Firmar y presentar
# Way out.
sign-cannot = Si no puede firmar aquí, vaya al mostrador. No hace falta que firme nada ahora.

## S27 PIN

# Heading.
pin-title = PIN para firmar
# Over the field, what is signed.
pin-signs = Firmará: { $document }
# Hint of the field.
pin-hint = Tiene entre 8 y 16 letras y números. Las mayúsculas cuentan.
# Small print.
pin-private = Escríbalo usted. Nadie del Ayuntamiento debe pedírselo.
# Words under the dots.
pin-count =
    { $count ->
        [0] Ningún carácter
        [one] 1 carácter
       *[other] { $count } caracteres
    }
# Spoken name of the dots.
pin-field = PIN
# Button, erases all that was typed.
pin-clear = Borrar el PIN
# Notice after a wrong PIN.
pin-wrong =
    { $tries ->
        [one] El PIN no coincide. Le queda 1 intento.
       *[other] El PIN no coincide. Le quedan { $tries } intentos.
    }
# Notice before typing, when two are left.
pin-tries =
    { $tries ->
        [one] Le queda 1 intento.
       *[other] Le quedan { $tries } intentos.
    }
# Notice when accepted too early.
pin-too-short =
    { $min ->
        [one] Escriba al menos 1 carácter. No ha gastado ningún intento.
       *[other] Escriba al menos { $min } caracteres. No ha gastado ningún intento.
    }
# Notice after a quiet minute.
pin-erased = Por seguridad hemos borrado el PIN. Vuelva a escribirlo.
# Heading of the last try.
pin-last-title = Solo le queda un intento
# Under that heading.
pin-last = Solo le queda un intento. Si falla, el DNI quedará bloqueado.
# Under that heading.
pin-last-advice = Si no está seguro o segura, termine ahora sin firmar. En una comisaría de la Policía Nacional pueden ponerle un PIN nuevo.
# Main button.
pin-last-act = Sé el PIN. Continuar
# While the card says how many tries are left.
pin-checking = Mirando cuántos intentos quedan. No saque la tarjeta.
# While the card signs.
pin-working = Comprobando el PIN y firmando. No saque la tarjeta.
# Button, opens the help.
pin-forgot = He olvidado el PIN
# Main button.
pin-act = Firmar

## S28 Sending

# Heading.
sending-title = Estamos presentando la solicitud
# Step.
sending-signed = Firmar y comprobar la firma
# Step.
sending-stored = Guardarla en este quiosco
# Step.
sending-registered = Enviarla y recibir el número de registro
# State of a step.
step-done = Hecho
# State of a step.
step-now = Ahora
# State of a step.
step-waiting = Después
# Under the steps.
sending-card-stay = No saque todavía la tarjeta.
# Under the steps.
sending-card-leave = Ya puede sacar la tarjeta.

## S29 Receipt

# Heading: said only when the registry has given a number.
receipt-title = Registrada
# Under the heading.
receipt-line = Su solicitud está presentada.
# Label over the number.
receipt-number = Número de registro
# Label.
receipt-when = Presentada
# $date is written out, $time has seconds.
receipt-when-text = { $date }, a las { $time } (hora oficial)
# Label: the date it counts from.
receipt-effective = Cuenta desde el
# Label.
receipt-unit = Ahora la tiene
# Label: last day to answer.
receipt-due = Deben responder, como muy tarde, el
# Label: code to check the receipt.
receipt-csv = Código de verificación
# What silence means.
silence-positive = Si no responden a tiempo, se entiende que se lo conceden.
# What silence means.
silence-negative = Si no responden a tiempo, puede entender que se lo deniegan y recurrir.
# What silence means.
silence-none = En este trámite el silencio no tiene efecto.
# Main button.
output-print = Imprimir
# Main button once printed.
output-print-again = Volver a imprimir
# Button.
output-save = Guardar en memoria USB
# State.
output-printed = Impreso
# State.
output-saved = Guardado en la memoria USB
# Button.
receipt-another = Hacer otro trámite

## S30 Provisional

# Heading, on a striped band, never green.
queued = Todavía no está registrada
# Why.
provisional-offline = No hay conexión con el registro. La enviaremos cuando vuelva.
# Why.
provisional-slow = El registro tarda en contestar. Lo volveremos a intentar hasta que conteste.
# Why.
provisional-refused = El registro no la ha admitido todavía. El personal la revisará y le avisará.
# Label: number that proves it was handed in.
provisional-evidence = Número de resguardo
# Label.
provisional-when = Entregada aquí
# Subheading.
provisional-next = Qué pasa ahora
# Under the subheading.
provisional-next-text = La solicitud está firmada y guardada en este quiosco. No hace falta que la repita. Con el número de resguardo puede preguntar en el mostrador.
# Subheading.
provisional-term = Si tiene un plazo que acaba pronto
# Under the subheading.
provisional-term-text = Preséntela también en el mostrador, en otro registro público o en Correos.

## S32 Printing and saving, S33 leaving, S91 out of service

# Heading.
output-print-working = Imprimiendo…
# Heading.
output-print-done = Recoja el papel
# Under the heading.
output-print-line = El papel sale por debajo de la pantalla.
# Heading.
output-save-working = Guardando en la memoria USB. No la saque.
# Heading.
output-save-done = Guardado. Ya puede sacar la memoria USB.
# Under the heading.
output-save-line = El documento es un PDF que puede abrir en casa.
# When the paper is the provisional slip.
output-provisional = Es un resguardo: la solicitud todavía no está registrada.
# Heading.
take-things = No se deje la tarjeta ni el papel
# What is still here.
leaving-card = La tarjeta está en el lector. Sáquela.
# What is still here.
leaving-paper = El papel está en la salida de la impresora. Recójalo.
# Heading when nothing is left.
leaving-clean = Gracias. Pantalla limpia.
# Under that heading.
leaving-clean-line = No queda aquí ningún dato suyo.
# Heading.
out-title = Este quiosco no funciona ahora
# What to do instead.
out-elsewhere = Vaya al mostrador del Ayuntamiento o entre en la sede electrónica.
# Under that.
out-card = Si tiene la tarjeta en el lector, sáquela.

## S80 Help: what each screen wants, in three sentences at most

# Heading.
help-title = Ayuda
# Under the sentences.
help-kept = Lo que ha escrito no se pierde.
# Subheading.
help-person = Si necesita a una persona
# Under the subheading.
help-person-text = Pídala en el mostrador de atención. Puede ayudarle en todo, pero no puede escribir su PIN.
# Subheading.
help-access = Si esta pantalla le cuesta de usar
# Under the subheading.
help-access-text = Puede cambiar la letra y los colores, bajarlo todo o pedir más tiempo. Todavía no tiene voz. Si algo no es accesible, dígalo en el mostrador: tiene derecho a reclamarlo.
# Help of the screen welcome.
help-welcome = Toque el idioma que quiere usar. Después elegirá el trámite.
# Help of the screen home.
help-home = Elija qué quiere hacer. Puede mirarlo todo sin identificarse.
# Help of the screen card.
help-card = Ponga el DNI en el lector con el chip hacia arriba y hacia delante. Espere unos segundos sin sacarlo. Aquí no se pide el PIN.
# Help of the screen topics.
help-topics = Toque el tema de su trámite. Si se equivoca, toque Atrás.
# Help of the screen search.
help-search = Escriba lo que busca con el teclado de la pantalla. No hace falta que lo escriba entero. Toque uno de los trámites que aparecen.
# Help of the screen procedures.
help-procedures = Toque el trámite que busca. Antes de empezar verá qué necesita.
# Help of the screen sheet.
help-sheet = Aquí se explica el trámite. Si es el que busca, toque Empezar. Todavía no se presenta nada.
# Help of the screen before-start.
help-before-start = Lea qué haremos con sus datos. Después toque el botón grande para empezar a rellenar.
# Help of the screen form.
help-form = Toque una casilla y escriba con el teclado de la pantalla. Cuando acabe, toque Continuar. Podrá cambiarlo después.
# Help of the list of people, animals or vehicles.
help-items = Aquí se añaden de una en una las cosas o personas que le pedimos. Cada una se puede cambiar o quitar. Cuando estén todas, toque el botón de abajo.
# Help of the screen review.
help-review = Compruebe que todo es correcto. Toque Cambiar en la parte que quiera corregir. Todavía no se presenta nada.
# Help of the screen documents.
help-documents = Aquí ve todos los documentos y si falta alguno. Toque un botón de cada documento para decir cómo nos lo da. Si no lo tiene ahora, mire si puede traerlo después.
# Help of the screen check-file.
help-check-file = Este es el archivo que ha elegido. Mire que se lea bien. Si no es este, puede elegir otro.
# Help of the screen fee.
help-fee = Aquí ve qué hay que pagar y cómo se ha calculado. En este quiosco no se paga.
# Help of the screen sign.
help-sign = Lea qué va a firmar y marque las declaraciones. Después le pediremos el PIN o la contraseña.
# Help of the screen pin.
help-pin = Escriba el PIN que le dieron con el DNI. No es el número del DNI. Si lo ha olvidado, una comisaría de la Policía Nacional puede ponerle uno nuevo.
# Help of the screen sending.
help-sending = Espere un momento. No hace falta tocar nada.
# Help of the screen receipt.
help-receipt = La solicitud ya tiene número de registro. Imprima el justificante o guárdelo en una memoria USB.
# Help of the screen provisional.
help-provisional = La solicitud está guardada, pero todavía no tiene número. Imprima el resguardo y guárdelo.
# Help of the screen output.
help-output = Espere a que acabe y recoja el papel o la memoria USB.
# Help of the screen leaving.
help-leaving = Saque la tarjeta y recoja el papel. Después la pantalla quedará limpia.
# Help of the screen out-of-service.
help-out-of-service = Este quiosco no puede hacer trámites ahora. En el mostrador le atenderán.

## S81 Settings

# Heading.
settings-title = Letra y colores
# Subheading.
settings-text = Tamaño de la letra
# Choice.
text-normal = Normal
# Choice.
text-large = Grande
# Choice.
text-larger = Más grande
# Choice.
text-largest = Muy grande
# Subheading.
settings-theme = Colores
# Choice.
theme-clar = Claro
# Choice.
theme-negre-sobre-blanc = Negro sobre blanco
# Choice.
theme-groc-sobre-negre = Amarillo sobre negro
# Choice.
theme-suau = Suave, fondo oscuro
# Subheading.
settings-more = Otras ayudas
# Box to tick.
settings-low = Pantalla baja: todo al alcance desde una silla de ruedas
# Box to tick.
settings-time = Más tiempo: tres veces más antes de preguntar
# Under the choices.
settings-note = Se ve al instante. Al terminar, todo vuelve a como estaba.

## S82 More time, S84 hidden, confirm end

# Heading.
idle-ask = ¿Necesita más tiempo?
# Under the heading.
idle-tell =
    { $seconds ->
        [one] Dentro de 1 segundo borraremos los datos de la pantalla.
       *[other] Dentro de { $seconds } segundos borraremos los datos de la pantalla.
    }
# Main button.
idle-yes = Sí, continuar
# Under the fault card-removed: seconds to put the card back.
removed-tell =
    { $seconds ->
        [one] Tiene 1 segundo. Después borraremos los datos de la pantalla.
       *[other] Tiene { $seconds } segundos. Después borraremos los datos de la pantalla.
    }
# Heading.
hidden-title = Pantalla oculta
# Under the heading.
hidden-line = Lo que ha escrito sigue guardado.
# Button in the middle.
hidden-show = Mostrar la pantalla
# Heading.
confirm-title = ¿Quiere terminar?
# Under the heading.
confirm-line = Todavía no ha presentado la solicitud. Si termina ahora, no se presentará.
# Button.
confirm-yes = Sí, terminar
# Main button.
confirm-no = No, continuar

## On-screen keyboard: words on keys and spoken names of keys

# Spoken name of the keyboard.
keyboard-name = Teclado
# Key.
key-erase = Borrar
# Key.
key-shift = Mayúsculas
# Key.
key-space = Espacio
# Key.
key-close = Cerrar el teclado
# Key.
key-symbols = Símbolos
# Key.
key-letters = Letras
# Key.
key-left = Cursor a la izquierda
# Key.
key-right = Cursor a la derecha
# Key.
key-enter = Línea nueva
# Key.
key-a-grave = a con acento grave
# Key.
key-e-grave = e con acento grave
# Key.
key-e-acute = e con acento
# Key.
key-i-acute = i con acento
# Key.
key-i-diaeresis = i con diéresis
# Key.
key-o-grave = o con acento grave
# Key.
key-o-acute = o con acento
# Key.
key-u-acute = u con acento
# Key.
key-u-diaeresis = u con diéresis
# Key.
key-a-acute = a con acento
# Key.
key-c-cedilla = ce cedilla
# Key.
key-n-tilde = eñe
# Key.
key-double-l = ele geminada
# Key.
key-middle-dot = punto medio
# Key.
key-apostrophe = apóstrofo
# Key.
key-comma = coma
# Key.
key-dot = punto
# Key.
key-hyphen = guion
# Key.
key-at = arroba
# Key.
key-underscore = guion bajo
# Key.
key-plus = más
# Key.
key-exclamation = signo de exclamación
# Key.
key-question = signo de interrogación
# Key.
key-exclamation-open = exclamación de apertura
# Key.
key-question-open = interrogación de apertura
# Key.
key-euro = euro
# Key.
key-percent = tanto por ciento
# Key.
key-ampersand = y comercial
# Key.
key-paren-open = paréntesis de apertura
# Key.
key-paren-close = paréntesis de cierre
# Key.
key-slash = barra
# Key.
key-backslash = barra inversa
# Key.
key-colon = dos puntos
# Key.
key-semicolon = punto y coma
# Key.
key-quote = comillas
# Key.
key-equals = igual
# Key.
key-star = asterisco
# Key.
key-hash = almohadilla
# Key.
key-dollar = dólar
# Key.
key-ordinal-m = ordinal masculino
# Key.
key-ordinal-f = ordinal femenino
