### Words of the printed documents: the application a person signs, the receipt the registry seals,
### and the provisional slip given while an application waits. Read on paper and by screen readers.
### Sentences end with a full stop; labels do not.

## Every document

# Foot of each page. $page and $pages are numbers.
doc-page = Página { $page } de { $pages }
# Head of the first page, before the address of the electronic office.
doc-e-office = Sede electrónica
# Label of a person's name in a table.
doc-name = Nombre y apellidos
# Label of the identity number in a table.
doc-nif = NIF
# Heading: whoever acts for another person.
doc-representative = Representante
# Label: name of the procedure asked for.
doc-procedure = Procedimiento
# Heading above the list of attached files.
doc-attachments = Documentos que se adjuntan
# Instead of the list, when there is none.
doc-attachments-none = No se adjunta ningún documento.
# Head of the column with the file's name and what it is.
doc-column-document = Documento
# Head of the column with the file's size.
doc-column-size = Tamaño
# Head of the column with the file's SHA-256.
doc-column-hash = Huella SHA-256
# Heading above the documents that the person does not have to bring.
doc-consulted = Documentos que no hace falta aportar
# Line under that heading.
doc-consulted-note = El Ayuntamiento los consulta o ya los tiene.
# Heading above the privacy notice.
doc-data-protection = Protección de datos
# In place of a value that was left blank.
doc-blank = Sin respuesta
# Note when characters could not be printed; □ is the mark that stands in their place.
doc-replaced = El signo □ ocupa el lugar de un carácter que este documento no puede imprimir. Los datos incorporados al archivo lo conservan.
# Note when characters could not be printed and no data travels inside the file.
doc-replaced-plain = El signo □ ocupa el lugar de un carácter que este documento no puede imprimir. El registro conserva los datos tal como se escribieron.
# Description of the data file inside the PDF, read by programs and screen readers.
doc-manifest = Datos de la solicitud para que los lea un programa

## Application

# Kind of document, at the head of the page.
doc-application = Solicitud
# Label: the unit that the application is for.
doc-addressed-to = Dirigida a
# Heading above the person's data.
doc-applicant = Persona solicitante
# Heading above what the person declares.
doc-declarations = Declaraciones
# Line under the attachments: the signature covers them.
doc-attachments-signed = La firma de esta solicitud comprende también estos documentos, identificados por su huella.
# Heading of the closing block.
doc-signature-block = Firma
# Place and date. $place is a town's name, $date a date in words.
doc-place-date = { $place }, { $date }
# Line that stands for the signature, which is invisible.
doc-signed-by = Firmado electrónicamente por { $name }, con NIF { $nif }.
# Small print under it.
doc-signed-how = La firma electrónica va dentro de este archivo PDF y se comprueba en el archivo, no en el papel impreso.
# Small print: this paper proves no registration.
doc-application-not-receipt = Este documento no acredita el registro. El número, la fecha y la hora figuran en el justificante que el registro entrega después.

## Receipt

# Kind of document, at the head of the page.
doc-receipt = Justificante
# Title.
doc-receipt-title = Justificante de registro
# Above the large number.
doc-number = Número de registro
# First sentence under the number. $date is a date in words, $time hours and minutes.
doc-receipt-lead = Su solicitud se presentó el { $date } a las { $time } y está registrada.
# The same where the signature is missing.
doc-receipt-lead-unsigned = Su solicitud se registró el { $date } a las { $time }, pero falta la firma.
# Heading: what happens next.
doc-what-now = Qué pasa ahora
# $unit is the municipal unit.
doc-now-unit = Unidad que la tramita: { $unit }.
# $date is the last day to answer; $months the months given.
doc-now-due = { $months ->
    [one] El Ayuntamiento tiene un mes para contestar: hasta el { $date }.
   *[other] El Ayuntamiento tiene { $months } meses para contestar: hasta el { $date }.
}
# When the procedure has no last day that can be told.
doc-now-no-due = Este trámite no tiene una fecha límite de respuesta.
# Who to ask. $contact is a telephone or an address.
doc-now-ask = Para preguntar: { $contact }.
# How to follow. $address is the electronic office.
doc-now-follow = Puede seguirla en su carpeta de la sede electrónica: { $address }.
# Heading above the official data of the entry.
doc-entry = Datos del registro
# Label: moment the person presented it.
doc-presented = Presentación
# Label: moment the entry was made.
doc-registered = Anotación en el registro
# Label: day from which it counts, when it is not the day of presentation.
doc-effective = Fecha de efectos
# Label: day from which the term to answer counts.
doc-term-start = Empieza el plazo para resolver
# Label: office that registers.
doc-office = Oficina
# Label: unit that will deal with it.
doc-unit = Unidad de destino
# Label: person concerned.
doc-interested = Persona interesada
# Label: civil servant who helped, if any.
doc-assisted-by = Personal que la ha asistido
# Label: code of the procedure in the state's list.
doc-sia = Código SIA
# Label: how the person proved who they are.
doc-identification = Identificación
# Label: how the application was signed.
doc-signature = Firma
# Value: identified with the card.
doc-identified-dnie = DNI electrónico, con el certificado de autenticación
# Value: signed with the card.
doc-signed-dnie = DNI electrónico, con el certificado de firma
# Value: reached by e-mail, which proves nothing about who it is.
doc-identified-email = Dirección de correo electrónico, que no acredita la identidad
# Value: nobody signed.
doc-signed-not = Sin firma
# Label: number of the entry without signature that this one signs.
doc-cures = Firma el asiento
# Heading, before what comes next: the signature is missing.
doc-unsigned = Falta la firma
# Line under it. The most important words of the paper.
doc-unsigned-effect = La solicitud está registrada sin firma y no tiene efecto hasta que la firme.
# $date is the last day.
doc-unsigned-until = Fírmela como máximo el { $date }.
# For whoever gets the paper on another day. $date is the day of the entry, $days a number of working days.
doc-unsigned-later = Si recibe este papel después del { $date }, tiene { $days } días hábiles desde el día siguiente al de recibirlo.
# How to sign. $address is the electronic office.
doc-unsigned-how = Puede firmarla en un quiosco del Ayuntamiento con el DNI electrónico, en la sede electrónica ({ $address }) con certificado o en la oficina de atención.
# What follows if it stays unsigned.
doc-unsigned-else = Si no la firma, se considerará que desiste de la solicitud, previa resolución (Ley 39/2015, art. 68.1).
# Value: identified before the civil servant who filed it.
doc-identified-official = En persona, ante el personal que la ha asistido
# Value: signed by that civil servant.
doc-signed-official = Certificado del personal habilitado, con el consentimiento de la persona interesada
# What the consent is called among the files.
doc-consent = Consentimiento para ser asistida
# Label: fee paid.
doc-fee = Tasa pagada
# Label: the eight characters that were shown before signing.
doc-fingerprint = Huella del documento firmado
# Label: SHA-256 of the application as it was received.
doc-application-hash = Huella SHA-256 de la solicitud recibida
# Heading above the copy of the answers.
doc-form-copy = Contenido presentado
# Heading above documents still to be brought.
doc-missing = Documentos que faltan
# Line under it. $date is the last day.
doc-missing-until = Debe aportarlos como máximo el { $date }. Si no, se considerará que desiste de la solicitud.
# Line under it, when the last day is not known yet.
doc-missing-soon = El Ayuntamiento le dirá hasta cuándo puede aportarlos.
# Heading above the term and the effect of silence.
doc-term = Plazo y silencio
# $months is a number.
doc-term-months = { $months ->
    [one] El plazo máximo para resolver y notificar es de un mes.
   *[other] El plazo máximo para resolver y notificar es de { $months } meses.
}
# $date is the last day of the term.
doc-term-due = Acaba el { $date }.
# Effect when nothing is answered: granted.
doc-silence-positive = Si acaba el plazo sin respuesta, la solicitud se entiende aceptada (silencio positivo).
# Effect when nothing is answered: refused.
doc-silence-negative = Si acaba el plazo sin respuesta, la solicitud se entiende denegada y se puede recurrir (silencio negativo).
# No effect.
doc-silence-none = En este trámite, la falta de respuesta no tiene efectos por silencio.
# Heading above how to check the document.
doc-verify = Comprobación de este documento
# Label of the code.
doc-csv = Código seguro de verificación (CSV)
# Label of the address where the code is entered.
doc-verify-at = Dirección de verificación
# Sentence in the foot of each page. $address is a web address.
doc-verify-foot = Compruebe este documento en { $address } con el código
# Closing line. $town is the municipality's name.
doc-sealed-by = Sello electrónico: { $town }. Va dentro de este archivo PDF.

## Provisional slip

# Kind of document, at the head of the page.
doc-provisional = Resguardo provisional
# Title and foot. The most important words of the paper.
doc-provisional-title = Todavía no está registrada
# First sentence.
doc-provisional-lead = Tiene la solicitud hecha y guardada, pero el registro todavía no la ha recibido. Este papel no es un justificante.
# First sentence, when the registry refused it.
doc-provisional-lead-refused = Tiene la solicitud hecha y guardada, pero el registro no la ha admitido. Este papel no es un justificante.
# Why: no connection.
doc-reason-offline = En este momento no hay conexión con el registro.
# Why: the registry has not answered in time.
doc-reason-slow = El registro no ha contestado a tiempo.
# What follows from a refusal.
doc-reason-refused = El personal municipal debe revisarla.
# Heading above the proof.
doc-evidence = Qué se ha guardado
# Label: number of this slip.
doc-evidence-number = Número del resguardo
# Label: moment the person handed it in.
doc-handed-in = Entrega en el punto de atención
# Label: SHA-256 of what the person signed.
doc-application-hash-signed = Huella SHA-256 de la solicitud firmada
# Heading: what happens next.
doc-next = Qué pasa ahora
# Sent by itself.
doc-next-sent = Se enviará al registro cuando haya conexión, sin que tenga que volver.
# Staff will look at it.
doc-next-staff = El personal municipal la revisará y hará que se registre, o le dirá qué falta.
# How the person is told. $contact is an e-mail or telephone they gave.
doc-next-told = Cuando esté registrada, se lo diremos a { $contact }.
# No contact given. $address is the electronic office.
doc-next-folder = Cuando esté registrada, el justificante estará en su carpeta de la sede electrónica: { $address }.
# Legal effect.
doc-next-date = La fecha legal de presentación es la del registro, no la de este papel.
# Heading above terms.
doc-term-risk = Si tiene un plazo que se acaba
# $date is the last day of a term that may be lost.
doc-term-risk-date = El plazo de este trámite acaba el { $date }. No espere: preséntela por otra vía.
# No date known.
doc-term-risk-any = Una avería no alarga el plazo por sí sola. Si se acaba pronto, preséntela por otra vía.
# Other ways. $place is the counter's address and hours.
doc-other-counter = En la oficina de atención: { $place }.
# Post office.
doc-other-post = En una oficina de Correos o en cualquier otro registro público.
# $phone is a telephone number.
doc-other-phone = Para preguntar, llame al { $phone }.
