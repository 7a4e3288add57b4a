### Words of the printed documents: the application a person signs, the receipt the registry seals,
### and the provisional slip given while an application waits. Read on paper and by screen readers.
### Sentences end with a full stop; labels do not.

## Every document

# Foot of each page. $page and $pages are numbers.
doc-page = Pàgina { $page } de { $pages }
# Head of the first page, before the address of the electronic office.
doc-e-office = Seu electrònica
# Label of a person's name in a table.
doc-name = Nom i cognoms
# Label of the identity number in a table.
doc-nif = NIF
# Heading: whoever acts for another person.
doc-representative = Representant
# Label: name of the procedure asked for.
doc-procedure = Procediment
# Heading above the list of attached files.
doc-attachments = Documents que s’adjunten
# Instead of the list, when there is none.
doc-attachments-none = No s’adjunta cap document.
# Head of the column with the file's name and what it is.
doc-column-document = Document
# Head of the column with the file's size.
doc-column-size = Grandària
# Head of the column with the file's SHA-256.
doc-column-hash = Empremta SHA-256
# Heading above the documents that the person does not have to bring.
doc-consulted = Documents que no cal aportar
# Line under that heading.
doc-consulted-note = L’Ajuntament els consulta o ja els té.
# Heading above the privacy notice.
doc-data-protection = Protecció de dades
# In place of a value that was left blank.
doc-blank = Sense resposta
# Note when characters could not be printed; □ is the mark that stands in their place.
doc-replaced = El signe □ ocupa el lloc d’un caràcter que este document no pot imprimir. Les dades incorporades al fitxer el conserven.
# Note when characters could not be printed and no data travels inside the file.
doc-replaced-plain = El signe □ ocupa el lloc d’un caràcter que este document no pot imprimir. El registre conserva les dades tal com es van escriure.
# Description of the data file inside the PDF, read by programs and screen readers.
doc-manifest = Dades de la sol·licitud per a ser llegides per un programa

## Application

# Kind of document, at the head of the page.
doc-application = Sol·licitud
# Label: the unit that the application is for.
doc-addressed-to = Adreçada a
# Heading above the person's data.
doc-applicant = Persona sol·licitant
# Heading above what the person declares.
doc-declarations = Declaracions
# Line under the attachments: the signature covers them.
doc-attachments-signed = La signatura d’esta sol·licitud comprén també estos documents, identificats per la seua empremta.
# Heading of the closing block.
doc-signature-block = Signatura
# Place and date. $place is a town's name, $date a date in words.
doc-place-date = { $place }, { $date }
# Line that stands for the signature, which is invisible.
doc-signed-by = Signat electrònicament per { $name }, amb NIF { $nif }.
# Small print under it.
doc-signed-how = La signatura electrònica va dins d’este fitxer PDF i es comprova en el fitxer, no en el paper imprés.
# Small print: this paper proves no registration.
doc-application-not-receipt = Este document no acredita el registre. El número, la data i l’hora figuren en el justificant que el registre entrega després.

## Receipt

# Kind of document, at the head of the page.
doc-receipt = Justificant
# Title.
doc-receipt-title = Justificant de registre
# Above the large number.
doc-number = Número de registre
# First sentence under the number. $date is a date in words, $time hours and minutes.
doc-receipt-lead = La seua sol·licitud es va presentar el { $date } a les { $time } i està registrada.
# The same where the signature is missing.
doc-receipt-lead-unsigned = La seua sol·licitud es va registrar el { $date } a les { $time }, però falta la signatura.
# Heading: what happens next.
doc-what-now = Què passa ara
# $unit is the municipal unit.
doc-now-unit = Unitat que la tramita: { $unit }.
# $date is the last day to answer; $months the months given.
doc-now-due = { $months ->
    [one] L’Ajuntament té un mes per a contestar: fins al { $date }.
   *[other] L’Ajuntament té { $months } mesos per a contestar: fins al { $date }.
}
# When the procedure has no last day that can be told.
doc-now-no-due = Este tràmit no té una data límit de resposta.
# Who to ask. $contact is a telephone or an address.
doc-now-ask = Per a preguntar: { $contact }.
# How to follow. $address is the electronic office.
doc-now-follow = Pot seguir-la en la seua carpeta de la seu electrònica: { $address }.
# Heading above the official data of the entry.
doc-entry = Dades del registre
# Label: moment the person presented it.
doc-presented = Presentació
# Label: moment the entry was made.
doc-registered = Anotació en el registre
# Label: day from which it counts, when it is not the day of presentation.
doc-effective = Data d’efectes
# Label: day from which the term to answer counts.
doc-term-start = Comença el termini per a resoldre
# Label: office that registers.
doc-office = Oficina
# Label: unit that will deal with it.
doc-unit = Unitat de destinació
# Label: person concerned.
doc-interested = Persona interessada
# Label: civil servant who helped, if any.
doc-assisted-by = Personal que l’ha assistida
# Label: code of the procedure in the state's list.
doc-sia = Codi SIA
# Label: how the person proved who they are.
doc-identification = Identificació
# Label: how the application was signed.
doc-signature = Signatura
# Value: identified with the card.
doc-identified-dnie = DNI electrònic, amb el certificat d’autenticació
# Value: signed with the card.
doc-signed-dnie = DNI electrònic, amb el certificat de signatura
# Value: reached by e-mail, which proves nothing about who it is.
doc-identified-email = Adreça de correu electrònic, que no acredita la identitat
# Value: nobody signed.
doc-signed-not = Sense signatura
# Label: number of the entry without signature that this one signs.
doc-cures = Signa l’assentament
# Heading, before what comes next: the signature is missing.
doc-unsigned = Falta la signatura
# Line under it. The most important words of the paper.
doc-unsigned-effect = La sol·licitud està registrada sense signatura i no té efecte fins que la signe.
# $date is the last day.
doc-unsigned-until = Signe-la com a màxim el { $date }.
# For whoever gets the paper on another day. $date is the day of the entry, $days a number of working days.
doc-unsigned-later = Si rep este paper després del { $date }, té { $days } dies hàbils des de l’endemà de rebre’l.
# How to sign. $address is the electronic office.
doc-unsigned-how = Pot signar-la en un quiosc de l’Ajuntament amb el DNI electrònic, en la seu electrònica ({ $address }) amb certificat o en l’oficina d’atenció.
# What follows if it stays unsigned.
doc-unsigned-else = Si no la signa, es considerarà que desistix de la sol·licitud, amb una resolució prèvia (Llei 39/2015, art. 68.1).
# Value: identified before the civil servant who filed it.
doc-identified-official = En persona, davant del personal que l’ha assistida
# Value: signed by that civil servant.
doc-signed-official = Certificat del personal habilitat, amb el consentiment de la persona interessada
# What the consent is called among the files.
doc-consent = Consentiment per a ser assistida
# Label: fee paid.
doc-fee = Taxa pagada
# Label: the eight characters that were shown before signing.
doc-fingerprint = Empremta del document signat
# Label: SHA-256 of the application as it was received.
doc-application-hash = Empremta SHA-256 de la sol·licitud rebuda
# Heading above the copy of the answers.
doc-form-copy = Contingut presentat
# Heading above documents still to be brought.
doc-missing = Documents que falten
# Line under it. $date is the last day.
doc-missing-until = Els ha d’aportar com a màxim el { $date }. Si no, es considerarà que desistix de la sol·licitud.
# Line under it, when the last day is not known yet.
doc-missing-soon = L’Ajuntament li dirà fins quan pot aportar-los.
# Heading above the term and the effect of silence.
doc-term = Termini i silenci
# $months is a number.
doc-term-months = { $months ->
    [one] El termini màxim per a resoldre i notificar és d’un mes.
   *[other] El termini màxim per a resoldre i notificar és de { $months } mesos.
}
# $date is the last day of the term.
doc-term-due = Acaba el { $date }.
# Effect when nothing is answered: granted.
doc-silence-positive = Si acaba el termini sense resposta, la sol·licitud s’entén acceptada (silenci positiu).
# Effect when nothing is answered: refused.
doc-silence-negative = Si acaba el termini sense resposta, la sol·licitud s’entén denegada i es pot recórrer (silenci negatiu).
# No effect.
doc-silence-none = En este tràmit, la falta de resposta no té efectes per silenci.
# Heading above how to check the document.
doc-verify = Comprovació d’este document
# Label of the code.
doc-csv = Codi segur de verificació (CSV)
# Label of the address where the code is entered.
doc-verify-at = Adreça de verificació
# Sentence in the foot of each page. $address is a web address.
doc-verify-foot = Comprove este document en { $address } amb el codi
# Closing line. $town is the municipality's name.
doc-sealed-by = Segell electrònic: { $town }. Va dins d’este fitxer PDF.

## Provisional slip

# Kind of document, at the head of the page.
doc-provisional = Resguard provisional
# Title and foot. The most important words of the paper.
doc-provisional-title = Encara no està registrada
# First sentence.
doc-provisional-lead = Té la sol·licitud feta i guardada, però el registre encara no l’ha rebuda. Este paper no és un justificant.
# First sentence, when the registry refused it.
doc-provisional-lead-refused = Té la sol·licitud feta i guardada, però el registre no l’ha admesa. Este paper no és un justificant.
# Why: no connection.
doc-reason-offline = En este moment no hi ha connexió amb el registre.
# Why: the registry has not answered in time.
doc-reason-slow = El registre no ha contestat a temps.
# What follows from a refusal.
doc-reason-refused = El personal municipal l’ha de revisar.
# Heading above the proof.
doc-evidence = Què s’ha guardat
# Label: number of this slip.
doc-evidence-number = Número del resguard
# Label: moment the person handed it in.
doc-handed-in = Entrega en el punt d’atenció
# Label: SHA-256 of what the person signed.
doc-application-hash-signed = Empremta SHA-256 de la sol·licitud signada
# Heading: what happens next.
doc-next = Què passa ara
# Sent by itself.
doc-next-sent = S’enviarà al registre quan hi haja connexió, sense que haja de tornar.
# Staff will look at it.
doc-next-staff = El personal municipal la revisarà i farà que es registre, o li dirà què falta.
# How the person is told. $contact is an e-mail or telephone they gave.
doc-next-told = Quan estiga registrada, li ho direm a { $contact }.
# No contact given. $address is the electronic office.
doc-next-folder = Quan estiga registrada, el justificant estarà en la seua carpeta de la seu electrònica: { $address }.
# Legal effect.
doc-next-date = La data legal de presentació és la del registre, no la d’este paper.
# Heading above terms.
doc-term-risk = Si té un termini que s’acaba
# $date is the last day of a term that may be lost.
doc-term-risk-date = El termini d’este tràmit acaba el { $date }. No espere: presente-la per una altra via.
# No date known.
doc-term-risk-any = Una avaria no allarga el termini per si sola. Si s’acaba prompte, presente-la per una altra via.
# Other ways. $place is the counter's address and hours.
doc-other-counter = En l’oficina d’atenció: { $place }.
# Post office.
doc-other-post = En una oficina de Correus o en qualsevol altre registre públic.
# $phone is a telephone number.
doc-other-phone = Per a preguntar, telefone al { $phone }.
