### The public page where anybody verifies a printed document by its code. Read on phones and by screen readers.

# Title of the page.
verify-title = Verificación de documentos
# What the page is for.
verify-purpose = Aquí puede comprobar que un documento del Ayuntamiento es auténtico.
# Label of the field for the code.
verify-code = Código seguro de verificación
# Under the field: where the code is.
verify-code-help = Está al pie de cada página del documento. Guiones y mayúsculas no importan.
# Label of the second field.
verify-proof = NIF de la persona interesada o fecha de presentación
# Under the second field: why it is asked for, and how a date is written.
verify-proof-help = Lo pedimos porque el documento tiene datos personales. La fecha se escribe así: 12/03/2026.
# Button that looks the document up.
verify-look = Comprobar
# Heading when the document was found.
verify-found = El documento es auténtico
# Label of the entry's number.
verify-number = Número de registro
# Label of date and time of presentation.
verify-presented = Presentado
# Label of the day from which it takes effect.
verify-effective = Fecha de efectos
# Label of the office that registered it.
verify-office = Oficina
# Label: whether it is signed.
verify-signature = Firma
# It was handed in without a signature and has not been signed.
verify-unsigned = Sin firma: no tiene efecto hasta que se firme
# It was never signed, and by resolution the person is taken to have withdrawn.
verify-withdrawn = Sin firma: se ha considerado que la persona desiste
# It was signed later. $number is the entry by which it was.
verify-signed-later = Firmado después, con el asiento { $number }
# Button that gives the sealed document.
verify-document = Ver el documento original
# What to do with the original.
verify-compare = Compárelo con la copia que tiene.
# Heading when nothing was found, whatever the cause.
verify-absent = No hay ningún documento con estos datos
# What to do then.
verify-absent-help = Revise el código y el segundo dato. Si sigue igual, pregunte en la oficina de atención.
# Heading when there were too many tries.
verify-later = Demasiadas comprobaciones seguidas
# What to do then.
verify-later-help = Espere un minuto y vuelva a probar.
