### The public page where anybody verifies a printed document by its code. Read on phones and by screen readers.

# Title of the page.
verify-title = Verificació de documents
# What the page is for.
verify-purpose = Ací pot comprovar que un document de l’Ajuntament és autèntic.
# Label of the field for the code.
verify-code = Codi segur de verificació
# Under the field: where the code is.
verify-code-help = És al peu de cada pàgina del document. Guions i majúscules no importen.
# Label of the second field.
verify-proof = NIF de la persona interessada o data de presentació
# Under the second field: why it is asked for, and how a date is written.
verify-proof-help = Ho demanem perquè el document té dades personals. La data s’escriu així: 12/03/2026.
# Button that looks the document up.
verify-look = Comprovar
# Heading when the document was found.
verify-found = El document és autèntic
# Label of the entry's number.
verify-number = Número de registre
# Label of date and time of presentation.
verify-presented = Presentat
# Label of the day from which it takes effect.
verify-effective = Data d’efectes
# Label of the office that registered it.
verify-office = Oficina
# Label: whether it is signed.
verify-signature = Signatura
# It was handed in without a signature and has not been signed.
verify-unsigned = Sense signatura: no té efecte fins que se signe
# It was never signed, and by resolution the person is taken to have withdrawn.
verify-withdrawn = Sense signatura: s’ha considerat que la persona desistix
# It was signed later. $number is the entry by which it was.
verify-signed-later = Signat després, amb l’assentament { $number }
# Button that gives the sealed document.
verify-document = Veure el document original
# What to do with the original.
verify-compare = Compare’l amb la còpia que té.
# Heading when nothing was found, whatever the cause.
verify-absent = No hi ha cap document amb estes dades
# What to do then.
verify-absent-help = Revise el codi i la segona dada. Si continua igual, pregunte en l’oficina d’atenció.
# Heading when there were too many tries.
verify-later = Massa comprovacions seguides
# What to do then.
verify-later-help = Espere un minut i torne-ho a provar.
