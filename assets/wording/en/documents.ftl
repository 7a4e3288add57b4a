### Words of the printed documents: the application a person signs, the receipt the registry seals,
### and the provisional slip given while an application waits. Read on paper and by screen readers.
### Sentences end with a full stop; labels do not.

## Every document

# Foot of each page. $page and $pages are numbers.
doc-page = Page { $page } of { $pages }
# Head of the first page, before the address of the electronic office.
doc-e-office = Electronic office
# Label of a person's name in a table.
doc-name = Full name
# Label of the identity number in a table.
doc-nif = NIF (tax identity number)
# Heading: whoever acts for another person.
doc-representative = Representative
# Label: name of the procedure asked for.
doc-procedure = Procedure
# Heading above the list of attached files.
doc-attachments = Attached documents
# Instead of the list, when there is none.
doc-attachments-none = No document is attached.
# Head of the column with the file's name and what it is.
doc-column-document = Document
# Head of the column with the file's size.
doc-column-size = Size
# Head of the column with the file's SHA-256.
doc-column-hash = SHA-256 fingerprint
# Heading above the documents that the person does not have to bring.
doc-consulted = Documents you need not bring
# Line under that heading.
doc-consulted-note = The Town Hall looks them up or already has them.
# Heading above the privacy notice.
doc-data-protection = Data protection
# In place of a value that was left blank.
doc-blank = No answer
# Note when characters could not be printed; □ is the mark that stands in their place.
doc-replaced = The sign □ stands for a character that this document cannot print. The data inside the file keeps it.
# Note when characters could not be printed and no data travels inside the file.
doc-replaced-plain = The sign □ stands for a character that this document cannot print. The registry keeps the data as it was written.
# Description of the data file inside the PDF, read by programs and screen readers.
doc-manifest = Data of the application, for programs to read

## Application

# Kind of document, at the head of the page.
doc-application = Application
# Label: the unit that the application is for.
doc-addressed-to = Addressed to
# Heading above the person's data.
doc-applicant = Applicant
# Heading above what the person declares.
doc-declarations = Declarations
# Line under the attachments: the signature covers them.
doc-attachments-signed = The signature of this application also covers these documents, each known by its fingerprint.
# Heading of the closing block.
doc-signature-block = Signature
# Place and date. $place is a town's name, $date a date in words.
doc-place-date = { $place }, { $date }
# Line that stands for the signature, which is invisible.
doc-signed-by = Signed electronically by { $name }, NIF { $nif }.
# Small print under it.
doc-signed-how = The electronic signature is inside this PDF file and is checked in the file, not on printed paper.
# Small print: this paper proves no registration.
doc-application-not-receipt = This document is no proof of registration. The number, date and time are on the receipt that the registry gives afterwards.

## Receipt

# Kind of document, at the head of the page.
doc-receipt = Receipt
# Title.
doc-receipt-title = Registration receipt
# Above the large number.
doc-number = Registration number
# First sentence under the number. $date is a date in words, $time hours and minutes.
doc-receipt-lead = Your application was presented on { $date } at { $time } and is registered.
# The same where the signature is missing.
doc-receipt-lead-unsigned = Your application was registered on { $date } at { $time }, but the signature is missing.
# Heading: what happens next.
doc-what-now = What happens now
# $unit is the municipal unit.
doc-now-unit = Unit in charge: { $unit }.
# $date is the last day to answer; $months the months given.
doc-now-due = { $months ->
    [one] The Town Hall has one month to answer: until { $date }.
   *[other] The Town Hall has { $months } months to answer: until { $date }.
}
# When the procedure has no last day that can be told.
doc-now-no-due = This procedure has no last day for an answer.
# Who to ask. $contact is a telephone or an address.
doc-now-ask = To ask about it: { $contact }.
# How to follow. $address is the electronic office.
doc-now-follow = You can follow it in your folder of the electronic office: { $address }.
# Heading above the official data of the entry.
doc-entry = Registry entry
# Label: moment the person presented it.
doc-presented = Presented
# Label: moment the entry was made.
doc-registered = Entered in the registry
# Label: day from which it counts, when it is not the day of presentation.
doc-effective = Effective date
# Label: day from which the term to answer counts.
doc-term-start = The term to decide starts
# Label: office that registers.
doc-office = Office
# Label: unit that will deal with it.
doc-unit = Unit in charge
# Label: person concerned.
doc-interested = Interested party
# Label: civil servant who helped, if any.
doc-assisted-by = Assisted by
# Label: code of the procedure in the state's list.
doc-sia = SIA code
# Label: how the person proved who they are.
doc-identification = Identification
# Label: how the application was signed.
doc-signature = Signature
# Value: identified with the card.
doc-identified-dnie = Electronic DNI, with its authentication certificate
# Value: signed with the card.
doc-signed-dnie = Electronic DNI, with its signature certificate
# Value: reached by e-mail, which proves nothing about who it is.
doc-identified-email = E-mail address, which does not prove identity
# Value: nobody signed.
doc-signed-not = Not signed
# Label: number of the entry without signature that this one signs.
doc-cures = Signs the entry
# Heading, before what comes next: the signature is missing.
doc-unsigned = The signature is missing
# Line under it. The most important words of the paper.
doc-unsigned-effect = The application is registered without a signature and has no effect until you sign it.
# $date is the last day.
doc-unsigned-until = Sign it by { $date } at the latest.
# For whoever gets the paper on another day. $date is the day of the entry, $days a number of working days.
doc-unsigned-later = If you get this paper after { $date }, you have { $days } working days from the day after you get it.
# How to sign. $address is the electronic office.
doc-unsigned-how = You can sign it at a kiosk of the Town Hall with the electronic DNI, in the electronic office ({ $address }) with a certificate, or at the help desk.
# What follows if it stays unsigned.
doc-unsigned-else = If you do not sign it, the application will be taken as withdrawn, by a resolution (Law 39/2015, art. 68.1).
# Value: identified before the civil servant who filed it.
doc-identified-official = In person, before the civil servant who helped
# Value: signed by that civil servant.
doc-signed-official = Certificate of the authorised civil servant, with the consent of the person concerned
# What the consent is called among the files.
doc-consent = Consent to be helped
# Label: fee paid.
doc-fee = Fee paid
# Label: the eight characters that were shown before signing.
doc-fingerprint = Fingerprint of the signed document
# Label: SHA-256 of the application as it was received.
doc-application-hash = SHA-256 fingerprint of the application received
# Heading above the copy of the answers.
doc-form-copy = What was presented
# Heading above documents still to be brought.
doc-missing = Missing documents
# Line under it. $date is the last day.
doc-missing-until = Bring them by { $date } at the latest. Otherwise the application will be taken as withdrawn.
# Line under it, when the last day is not known yet.
doc-missing-soon = The Town Hall will tell you until when you can bring them.
# Heading above the term and the effect of silence.
doc-term = Term and silence
# $months is a number.
doc-term-months = { $months ->
    [one] The longest term to decide and notify is one month.
   *[other] The longest term to decide and notify is { $months } months.
}
# $date is the last day of the term.
doc-term-due = It ends on { $date }.
# Effect when nothing is answered: granted.
doc-silence-positive = If the term ends without an answer, the application counts as granted (positive silence).
# Effect when nothing is answered: refused.
doc-silence-negative = If the term ends without an answer, the application counts as refused and can be appealed (negative silence).
# No effect.
doc-silence-none = In this procedure the lack of an answer has no effect by silence.
# Heading above how to check the document.
doc-verify = Checking this document
# Label of the code.
doc-csv = Secure verification code (CSV)
# Label of the address where the code is entered.
doc-verify-at = Verification address
# Sentence in the foot of each page. $address is a web address.
doc-verify-foot = Check this document at { $address } with the code
# Closing line. $town is the municipality's name.
doc-sealed-by = Electronic seal: { $town }. It is inside this PDF file.

## Provisional slip

# Kind of document, at the head of the page.
doc-provisional = Provisional slip
# Title and foot. The most important words of the paper.
doc-provisional-title = Not registered yet
# First sentence.
doc-provisional-lead = Your application is made and kept, but the registry has not received it yet. This paper is not a receipt.
# First sentence, when the registry refused it.
doc-provisional-lead-refused = Your application is made and kept, but the registry has not accepted it. This paper is not a receipt.
# Why: no connection.
doc-reason-offline = There is no connection with the registry at this moment.
# Why: the registry has not answered in time.
doc-reason-slow = The registry has not answered in time.
# What follows from a refusal.
doc-reason-refused = The municipal staff must look at it.
# Heading above the proof.
doc-evidence = What has been kept
# Label: number of this slip.
doc-evidence-number = Slip number
# Label: moment the person handed it in.
doc-handed-in = Handed in at the kiosk
# Label: SHA-256 of what the person signed.
doc-application-hash-signed = SHA-256 fingerprint of the signed application
# Heading: what happens next.
doc-next = What happens now
# Sent by itself.
doc-next-sent = It will be sent to the registry when there is a connection; you need not come back.
# Staff will look at it.
doc-next-staff = The municipal staff will look at it and have it registered, or tell you what is missing.
# How the person is told. $contact is an e-mail or telephone they gave.
doc-next-told = Once it is registered we will tell you at { $contact }.
# No contact given. $address is the electronic office.
doc-next-folder = Once it is registered the receipt will be in your folder of the electronic office: { $address }.
# Legal effect.
doc-next-date = The legal date of presentation is that of the registry, not that of this paper.
# Heading above terms.
doc-term-risk = If you have a term about to end
# $date is the last day of a term that may be lost.
doc-term-risk-date = The term of this procedure ends on { $date }. Do not wait: present it another way.
# No date known.
doc-term-risk-any = A breakdown does not lengthen the term by itself. If it ends soon, present it another way.
# Other ways. $place is the counter's address and hours.
doc-other-counter = At the help desk: { $place }.
# Post office.
doc-other-post = At a post office or any other public registry.
# $phone is a telephone number.
doc-other-phone = To ask, telephone { $phone }.
