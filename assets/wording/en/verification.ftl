### The public page where anybody verifies a printed document by its code. Read on phones and by screen readers.

# Title of the page.
verify-title = Verify a document
# What the page is for.
verify-purpose = Here you can check that a document of the Town Hall is authentic.
# Label of the field for the code.
verify-code = Secure verification code
# Under the field: where the code is.
verify-code-help = It is at the foot of each page of the document. Hyphens and capitals do not matter.
# Label of the second field.
verify-proof = NIF of the person concerned, or date of presentation
# Under the second field: why it is asked for, and how a date is written.
verify-proof-help = We ask because the document holds personal data. The date is written like this: 12/03/2026.
# Button that looks the document up.
verify-look = Check
# Heading when the document was found.
verify-found = The document is authentic
# Label of the entry's number.
verify-number = Registry number
# Label of date and time of presentation.
verify-presented = Presented
# Label of the day from which it takes effect.
verify-effective = Takes effect on
# Label of the office that registered it.
verify-office = Office
# Label: whether it is signed.
verify-signature = Signature
# It was handed in without a signature and has not been signed.
verify-unsigned = Not signed: it has no effect until it is
# It was never signed, and by resolution the person is taken to have withdrawn.
verify-withdrawn = Not signed: taken as withdrawn
# It was signed later. $number is the entry by which it was.
verify-signed-later = Signed later, with the entry { $number }
# Button that gives the sealed document.
verify-document = See the original document
# What to do with the original.
verify-compare = Compare it with the copy you have.
# Heading when nothing was found, whatever the cause.
verify-absent = There is no document with these details
# What to do then.
verify-absent-help = Check the code and the second detail. If nothing changes, ask at the help desk.
# Heading when there were too many tries.
verify-later = Too many checks in a row
# What to do then.
verify-later-help = Wait one minute and try again.
