### Words of the page in English. One message per thing said; the same ids in the three languages.
### Buttons in the infinitive, short sentences, no abbreviation unexplained. Typeset apostrophe U+2019.


## Frame: header, tools, buttons that every screen has

# Name of the language in itself: the same in the three files.
language-ca-valencia = Valencià
# Name of the language in itself: the same in the three files.
language-es = Castellano
# Name of the language in itself: the same in the three files.
language-en = English
# Spoken name of the three language buttons.
languages-name = Language
# Spoken name of the row of tools.
tools-name = Screen tools
# Header of every screen while the kiosk believes in test cards only.
header-demonstration = Demonstration: nothing you do here has any effect.
# Header: whose card is in the reader. $name is short, such as A. Martí.
header-holder = Card of: { $name }
# Main button.
act-continue = Continue
# Button, one screen back.
act-back = Back
# Tool, ends the session.
act-end = Finish
# Header, opens the help of this screen.
act-help = Help
# Tool, opens text size and colours.
act-settings = Text and colours
# Tool, brings everything down within reach from a wheelchair.
act-low = Low screen
# Tool, covers the screen at once.
act-hide = Hide
# Button that closes what covers the screen.
act-close = Close
# On the main button while the kiosk works.
busy = One moment…
# Button that moves the content.
content-down = Further down
# Button that moves the content.
content-up = Further up
# One line under the header.
band-offline = There is no connection now. You can fill in and sign; it will be registered when it returns.
# One line under the header.
band-no-reader = There is no card reader now. You can look at the procedures and what you need.
# One line under the header.
band-card-service-down = We cannot read cards now. You can look at the procedures and what you need.
# Small print under a fault.
staff-code = Code for staff: { $code }

## S01 Welcome

# On each language button, in that language.
welcome = Touch the screen to start
# Under the council's name.
welcome-line = Do your town hall procedures here with your DNI.
# How to start with the card.
welcome-card = You can also start with your DNI: insert it chip side up.
# Small print. $date is written out, $time is 18:05.
welcome-time = { $date }. Official time: { $time }

## S03 Home

# Heading.
home-title = What would you like to do?
# Box that opens the search, on the home screen and over the topics.
search-open = Search in your own words
# Door.
home-topics = Start a procedure
# Under the door.
home-topics-line = All that can be done here, by topic
# Door.
home-help = Help and information
# Under the door.
home-help-line = How this screen works and where to find a person
# Door that is closed here.
home-folder = My folder
# Why the door is closed and the other way.
home-folder-line = It cannot be opened here yet. Ask at the counter or use the online office.
# Subheading over six procedures.
home-popular = Most requested

## S05 Card

# Heading while waiting for a card.
card-insert = Insert your DNI, chip side up
# Heading while reading.
card-reading = Reading the card. Do not remove it.
# Heading once read.
card-ready = We have read the card
# Why the card is asked for.
card-why = This tells us who is applying. We will not ask for the PIN now.
# What the card is for.
card-procedure = Procedure: { $name }
# Label of the holder's name.
card-name = Name
# Label of the masked number.
card-nif = DNI number
# Under the holder's name.
card-keep = Leave the card in the reader until you have signed.
# Under the holder's name.
card-not-you = If this is not you, take the card out and insert yours.
# Spoken description of the drawing.
card-picture = Drawing: the DNI goes into the reader chip up and chip first.

## S04 How, S05 number of a contactless card, S06 certificates

# Act on the card screen and on its faults.
means-other = Other ways to identify yourself
# Heading.
means-title = How do you want to identify yourself?
# Row.
means-dnie = Electronic DNI (recommended)
# Under the row: what one needs, what it allows.
means-dnie-line = You need your DNI. To sign, you also need its PIN.
# Row.
means-stick = Certificate on a USB stick
# Under the row.
means-stick-line = You need the file and its password. You can fill in and sign.
# Row.
means-token = Certificate on a card (FNMT, ACCV…)
# Under the row.
means-token-line = You need the card and its PIN. You can fill in and sign.
# Row.
means-nothing = I have none of these
# Under the row.
means-nothing-line = See what you can do without an electronic DNI or a certificate
# Heading.
no-means-title = You can apply in another way
# Beside the council’s name.
no-means-counter = Staff at the counter will attend to you in person. Ask there about opening hours and appointments.
# Label.
no-means-official = With help from staff
# Beside the label (Llei 39/2015, article 12.2).
no-means-official-text = An authorised official can identify you and sign for you. Bring your DNI; you must agree to it.
# Label.
no-means-here = On this screen
# Beside the label.
no-means-here-text = You can look at every procedure and what you need for each one.
# Main button.
no-means-act = Look at the procedures
# Heading: the number is known, the card has to lie on the reader again.
card-again = Put your DNI back on the reader
# Under that heading.
card-again-line = Leave it still on the reader until you sign.
# Heading.
card-token = Insert your card, chip side up
# Under that heading.
card-token-why = We will look for the certificates on it. We will not ask for the PIN now.
# Spoken description of the drawing.
card-token-picture = Drawing: the card goes into the reader, chip up and chip first.
# Heading.
can-title = Enter the six-digit number on your DNI
# Under the heading.
can-where = It is on the side with the photo, at the lower right. It is not the PIN or the DNI number.
# Under that.
can-lift = Pick up your DNI to look, then put it back on the reader.
# Spoken description of the drawing.
can-picture = Drawing: the side of the DNI with the photo on the left and the six-digit number at the lower right.
# Spoken name of the boxes.
can-field = Six-digit number
# Spoken when nothing is typed.
can-none = No digits
# Button.
can-clear = Clear the number
# Notice at the field.
can-wrong = That is not this card’s number. Check it and enter it again.
# Notice at the field after three.
can-compare = That is not this card’s number. Compare it with the drawing, or insert your DNI into the reader.
# Notice at the field.
can-too-short = Enter all six digits.
# Heading.
p12-title = Choose your certificate on the USB stick
# Under the heading.
p12-line = The file usually ends in .p12 or .pfx. We will then ask for its password.
# While looking.
p12-looking = Looking at the USB stick…
# When no stick is in.
p12-insert = Insert the USB stick with your certificate. The files will appear here.
# When the stick has none.
p12-nothing = There is no certificate on this stick. Insert another one and look again.
# When nothing was found and it is not known whether a stick is in.
p12-unknown = We find no certificate. Insert the USB stick that has it and look again.
# Main button after a file that could not be used.
p12-other = Choose another file
# Heading with one certificate.
certificate-confirm = Is this your certificate?
# Heading with several.
certificate-choose = Which certificate do you want to use?
# Label.
certificate-holder = Holder
# Label.
certificate-for = On behalf of
# Text beside the label.
certificate-self = In your own name
# In a list, instead of certificate-self.
certificate-company = On behalf of { $company }
# Label.
certificate-issuer = Issued by
# Label.
certificate-expires = Expires
# Under the name in a list. $for is oneself or a company; $expires is written out.
certificate-line = { $for }. Issued by { $issuer }. Expires on { $expires }.
# When the main button was pressed too early.
certificate-missing = Choose a certificate to continue.
# Subheading.
certificate-unusable = Cannot be used here
# Under the certificate.
certificate-stick-note = You can take out the USB stick now. To sign, we will ask for the password again.
# Main button.
certificate-use = Use this certificate
# Header: whose certificate from a stick is used.
header-certificate = Certificate of: { $name }
# Heading.
password-open-title = Certificate password
# Heading.
password-sign-title = Password to sign
# Over the field.
password-opens = File: { $file }
# Spoken name of the dots.
password-field = Password
# Hint of the field.
password-hint = You chose it when you saved the certificate to a file. Capitals count.
# Small print.
password-private = Type it yourself. Nobody from the town hall should ask you for it.
# Button.
password-clear = Clear the password
# Button, opens the help.
password-forgot = I forgot my password
# Notice at the field.
password-wrong = The password does not match. Enter it again.
# Notice after a quiet minute.
password-erased = For your safety we erased the password. Enter it again.
# While the file is opened.
password-opening = Opening the certificate…
# While signing.
password-signing = Checking the password and signing…
# Main button.
password-act = Open
# Hint of the field.
token-hint = It is the PIN you were given with the card. Capitals count.
# Notice after a wrong PIN whose tries are not told.
token-wrong = The PIN does not match. Enter it again.
# Notice after a wrong PIN.
token-wrong-few = The PIN does not match. You have few tries left.
# Notice before typing.
token-few = You have few tries left.
# Under the heading of the last try.
token-last = You have one try left. If it fails, your card will be blocked.
# Under that.
token-last-advice = If you are not sure, finish now without signing. Ask whoever gave you the card about the PIN.
# Notice: the card left while it checked the PIN.
pin-maybe-spent = The card was removed while it checked the PIN. One try may have been used.
# Text beside the label sign-means.
sign-means-token = The certificate on your card
# Text beside the label sign-means.
sign-means-stick = The certificate from the USB stick
# Under the steps.
sending-stick-leave = You no longer need the USB stick. Do not leave it behind.
# Heading when a stick is still in.
take-all = Do not leave anything behind
# What is still here.
leaving-stick = Your USB stick is still in. Take it out.
# Help of the screen means.
help-means = Choose how to identify yourself. The electronic DNI is the simplest. If you have none of these, touch I have none of these.
# Help of the screen no-means.
help-no-means = This explains how to apply without an electronic DNI or a certificate. Touch Back to choose again.
# Help of the screen certificate-files.
help-certificate-files = Insert the USB stick and touch the file of your certificate. We only read the file you choose.
# Help of the screen certificates.
help-certificates = Check the name and who issued the certificate. If it is not yours, touch Back.
# Help of the card screen while it asks for the number.
help-card-can = Your DNI has a six-digit number at the lower right, on the side with the photo. It only lets us read the chip without contact. It uses no PIN tries.
# Help of the screen pin with another card.
help-pin-token-pin = Enter the PIN of the card. If you forgot it, ask whoever gave you the card. Do not enter it if you are not sure.
# Help of the screen pin with a certificate from a stick.
help-pin-password = Enter the password of the certificate file. You can try as often as you like. If you forgot it, you can use your DNI or go to the counter.
# Key.
key-less = less than
# Key.
key-greater = greater than
# Key.
key-bracket-open = opening bracket
# Key.
key-bracket-close = closing bracket
# Key.
key-brace-open = opening brace
# Key.
key-brace-close = closing brace
# Key.
key-bar = vertical bar
# Key.
key-tilde = tilde
# Key.
key-caret = circumflex
# Key.
key-backtick = grave accent

## S10 Topics and procedures, S13 sheet

# Heading.
topics-title = What is it about?
# Heading, when procedures are listed by what one wants to do.
wishes-title = What do you want to get done?
# Button that lists them by what one wants to do.
topics-by-wish = See it by what I want to do
# Button that lists them by topic.
topics-by-topic = See it by topic
# Tag of a procedure.
possible-complete = All of it can be done here
# Tag of a procedure.
possible-finish-at-counter = Start here, finish at the counter
# Tag of a procedure.
possible-information-only = Information only
# Reason of a tag.
why-suspended = The council does not take it now
# Reason of a tag.
why-closed = Its period is not open today
# Reason of a tag.
why-no-reader = There is no card reader now
# Reason of a tag.
why-representative = Whoever represents the entity must sign it
# Reason of a tag.
why-other-signers = Other people must sign too
# Reason of a tag.
why-counter-document = A document must be taken to the counter
# Heading of the search.
search-title = Which procedure are you looking for?
# Label of the box.
search-field = Type what you want to do or what has happened
# Hint of the box, with examples.
search-hint = For example: moving home, certificate, help
# Over what was found.
search-count =
    { $count ->
        [one] We found 1 procedure
       *[other] We found { $count } procedures
    }
# Nothing was found.
search-none = We find no procedure with these words.
# What to do then.
search-none-advice = Try another word, or look below.
# Subheading over the nearest topics.
search-topics = Topics that may fit
# Subheading over the general application.
search-general = If it has no procedure of its own
# Subheading over the counter.
search-counter = If you want to ask a person
# Under that.
search-counter-text = At the counter they will help you find the procedure.
# Under each topic.
topics-count =
    { $count ->
        [one] 1 procedure
       *[other] { $count } procedures
    }
# Subheading.
sheet-purpose = What it is for
# Subheading.
sheet-who = Who can apply
# Subheading.
sheet-requirements = Conditions to meet
# Subheading.
sheet-needs = What you will need
# Under that subheading; each thing is a row to tick.
sheet-needs-hint = Tick what you already have, if it helps. It is not kept.
# Label.
sheet-minutes = Time it takes here
# Text beside the label.
sheet-minutes-text =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
# Label.
sheet-term = Time until an answer
# Label.
sheet-fee = Fee
# Label.
sheet-silence = If there is no answer
# Label.
sheet-unit = Who deals with it
# Label.
sheet-law = Law
# Label: what comes out of it, and how.
sheet-result = What you will get, and how
# Button that unfolds the rest.
sheet-more = More information
# Button that folds it again.
sheet-less = Less information
# Label: when it may be handed in.
sheet-period = When it can be handed in
# Label.
sheet-body = Who decides
# Label: what can be done against the decision.
sheet-appeals = If you do not agree with the decision
# Label.
sheet-data = Personal data
# Subheading.
sheet-related = Related procedures
# Title of a notice: outside its period.
sheet-closed = It cannot be handed in today
# Title of a notice.
sheet-suspended = This procedure cannot be done now
# In both notices: the other way.
sheet-alternative = At the counter they will tell you when and how you can do it.
# In both notices, if there are related procedures below.
sheet-alternative-related = Further down there are other procedures like it.
# Main button instead of sheet-start.
sheet-others = Look at other procedures
# Label.
sheet-identification = How you identify yourself
# Main button.
sheet-start = Start

## S14 Before you start

# Heading.
before-title = Before you start
# Label, data protection.
before-controller = Who is responsible for the data
# Label, data protection.
before-purpose = What they will be used for
# Label, data protection.
before-basis = Why we may do it
# Label, data protection.
before-rights = Your rights
# Label.
before-drafts = What we keep
# Label.
before-quiet = Time without touching the screen
# Label.
before-consult = Data we will look up
# Text beside before-quiet.
before-quiet-text =
    { $seconds ->
        [one] After 1 second without a touch we ask if you need more time. If you do not answer, we clear the screen.
       *[other] After { $seconds } seconds without a touch we ask if you need more time. If you do not answer, we clear the screen.
    }
# Text beside before-drafts, chosen by the core.
drafts-not-kept = Nothing: if you finish without submitting, what you typed is erased.
# Under a look-up that is done unless the person objects.
lookup-objection = If you do not want this, you can object in the form.
# The same, where the form does not ask it.
lookup-objection-counter = If you do not want this, say so at the counter before you apply.
# Under a look-up that needs consent.
lookup-consent = We will do it only if you agree in the form.
# The same, where the form does not ask it.
lookup-consent-counter = We will do it only if you agree in writing.
# Notice when a draft exists. $date is written out.
before-draft = You have a draft of this procedure from { $date }.
# Notice: the form has changed since the draft, and its answers stay as far as they still fit.
draft-migrated = The form has changed since then. We keep the answers that still fit: check them.
# Notice: the form has changed since the draft, which is of no more use.
draft-ended = You had a draft, but the form has changed. You have to start again.
# Button.
before-resume = Continue the draft
# Button.
before-new = Start again
# Main button.
before-accept = I have read this. Continue

## S15 Form

# Over the heading.
form-step = Step { $step } of { $steps }
# Beside the step, where one item of a list has several pages.
form-part = Part { $at } of { $of }
# After the label of a field that may be left empty.
form-optional = (optional)
# Small print under the fields.
form-kept = What you type is kept while the session lasts.
# Under an answer that cannot be changed here.
form-fixed = It cannot be changed here. If it is not right, tell the counter.
# Heading of the summary of faults.
err-count =
    { $count ->
        [one] There is 1 answer to correct
       *[other] There are { $count } answers to correct
    }
# Heading of the summary when nothing must be mended, but something may be a slip.
err-look = Look at this before you continue
# Under a long text, from 80 % on.
form-chars-left =
    { $count ->
        [one] 1 character left
       *[other] { $count } characters left
    }
# Button at a field.
field-clear = Clear all
# Button at a field, after clearing.
field-undo = Undo
# Button at an answer that is masked.
field-show = Show
# Button at an answer that was masked and is shown.
field-hide = Hide again
# Under an answer that is masked.
field-masked = It is hidden so that nobody else sees it.
# Button at an empty field. $text is what was answered to the same before.
offer-use = Use the earlier one: { $text }
# Button over several fields. $text has what was answered to all of them before.
offer-all = Use the earlier details: { $text }
# Button at a probable slip. $meant is what was probably meant.
doubt-change = Change it to { $meant }
# Button at a probable slip that is none.
doubt-accept = It is right as it is
# Name of the group of buttons with streets, for a voice.
street-suggestions = Streets that begin like this
# Said by a voice as one types a street. $count is how many there are.
street-found =
    { $count ->
        [one] There is 1 street to choose.
       *[other] There are { $count } streets to choose from.
    }
# Hint of a choice of several.
multiple-hint = You may tick more than one.
# Under a box that may be left alone.
consent-note = You may leave it unticked.
# Under a figure that nobody types.
computed-line = We work it out from your answers.
# In place of a figure that is not known yet.
computed-none = It cannot be worked out yet.
# Label of a box.
date-day = Day
# Label of a box.
date-month = Month
# Label of a box.
date-year = Year
# Hint of a date that has no other.
date-example = For example: 27 3 1984
# Label of a box.
time-hour = Hour
# Label of a box.
time-minute = Minutes
# Hint of a time that has no other.
time-example = For example: 17 30
# Label of the box over a long list.
choice-filter = Type to search the list
# When nothing in the list matches.
choice-none = Nothing matches. Erase some letters.
# Said by a voice as one types in the box over a long list. $count is how many rows are left.
choice-found =
    { $count ->
        [one] 1 option is left.
       *[other] { $count } options are left.
    }
# Where a prefilled answer comes from.
source-card = This comes from the certificate in your DNI.
# Where a prefilled answer comes from.
source-session = You typed this earlier in this session.
# Under the question of a list of people, animals or vehicles. $min and $max are how many there may be.
items-limits =
    { $min ->
        [0] You can add up to { $max }.
       *[other] Add at least { $min }. The most is { $max }.
    }
# In place of the list while nothing has been added.
items-none = There are none yet.
# Under a list that is full.
items-full = That is the most there can be: { $max }.
# Name of the list, for a voice.
items-list = Added so far
# At one of the list of which something is not answered yet.
items-unfinished = Not finished yet
# Button. $item is what the next one will be called, such as Person 2.
items-add = Add: { $item }
# Main button, once something has been added.
items-done = That is all of them
# Main button, while nothing has been added and nothing must be.
items-zero = There are none
# Button at one of the list.
items-change = Change
# The same button, for a voice.
items-change-name = Change: { $item }
# Button at one of the list.
items-remove = Take out
# The same button, for a voice.
items-remove-name = Take out: { $item }
# Heading of the question before taking one out.
items-remove-title = Do you want to take out “{ $item }”?
# Under that question.
items-remove-line = What you typed about it will be erased. The rest stays as it is.
# Button.
items-remove-yes = Yes, take it out
# Main button.
items-remove-no = No, leave it as it is
# Hint of a document.
document-kinds = { $kinds } files, up to { $max } MB.
# When no file is found.
document-insert = Insert the USB stick with the document. Its files will appear here.
# Over the rows of files.
document-choose = Choose a file on the USB stick:
# Button.
document-refresh = Look at the stick again
# State of a document.
document-added = Added
# State of a document.
document-missing = Missing
# Button.
document-remove = Remove the document
# While a file is being read.
document-reading = We are reading the file…
# Once a file has been copied.
document-unplug = You can remove the stick now.
# Button, spoken with the name of the file.
document-show = Look at the document
# Over the files, where a document may be several.
document-another = If it has more pages in another file, add that one too.

## S18 Documents

# Heading.
documents-title = Which documents will you give us?
# Under the heading.
documents-line = See what is missing. For each document, choose how you give it to us.
# Beside a document: it must be given.
document-need-always = Needed
# Beside a document: it must be given because of an answer.
document-need-by-answers = Needed because of your answers
# Beside a document: whoever has it may give it.
document-need-optional = Only if you have it
# Beside a document: nobody is asked for it.
document-need-looked-up = You do not need to bring it
# State of a document.
document-is-missing = Missing
# State of a document that need not be given.
document-is-not-added = Not added
# State of a document. $pages is a number, $size is written out.
document-is-added =
    { $pages ->
        [0] Added ({ $size })
        [one] Added (1 page, { $size })
       *[other] Added ({ $pages } pages, { $size })
    }
# State of a document.
document-is-consulted = We will look it up
# State of a document. $told is what the person wrote.
document-is-held = Given before: { $told }
# State of a document.
document-is-later = You will bring it later
# Under a document that comes later.
document-later-means = You will have 10 working days to bring it, from our notice.
# Limits of a document. $kinds is written out.
document-files =
    { $count ->
        [one] 1 file, { $kinds }, up to { $max } MB
       *[other] Up to { $count } files, { $kinds }, { $max } MB each
    }
# Button of a document.
document-add = Add
# Button of a document that has been added.
document-change = View or change
# Button of a document.
document-consult = Let the council look it up
# Button of a document.
document-held = I gave it before
# Button of a document.
document-later = I will bring it later
# Button of a document that need not be given.
document-none = I have none
# Spoken name of those buttons. $act is the button.
document-act = { $act }: { $document }
# Notice when something compulsory is missing and may come later.
documents-if-missing = If you bring it later, you will have 10 working days from our notice. If you do not bring it, the application will be closed (article 68 of Law 39/2015).
# Notice when documents come later.
documents-later =
    { $count ->
        [one] You will bring 1 document later. You will have 10 working days from our notice. If you do not bring it, the application will be closed (article 68 of Law 39/2015).
       *[other] You will bring { $count } documents later. You will have 10 working days from our notice. If you do not bring them, the application will be closed (article 68 of Law 39/2015).
    }
# Heading of the summary of what is missing.
documents-missing =
    { $count ->
        [one] 1 document is missing
       *[other] { $count } documents are missing
    }
# In the summary, for each.
documents-missing-one = Add “{ $document }” or choose another way.
# In the summary, for one that can only be attached.
documents-missing-file = Add “{ $document }”: you cannot go on without it.

## S23 A look at the document

# Heading.
check-title = Is this the document?
# Under the heading.
check-line = Check that it can be read and that no page is missing.
# Label.
check-document = Document
# Label.
check-file = File
# Label.
check-pages = Size
# Text: size and pages. $size is written out.
check-size =
    { $pages ->
        [0] { $size }
        [one] { $size }, 1 page
       *[other] { $size }, { $pages } pages
    }
# Over the pictures of a long document.
check-some = Here you see the first { $shown } of { $pages } pages.
# While the pictures are being made.
check-making = We are preparing the pages…
# When no picture can be made.
check-not-shown = This document cannot be shown here. You can hand it in all the same.
# For a file that has no pages.
check-no-pages = This file has no pages to show. You can hand it in all the same.
# Main button.
check-yes = It is right
# Button.
check-again = Choose another
# Button.
check-remove = Take it away

## S24 Review

# Heading.
review-title = Check your application
# Under the heading.
review-line = Nothing has been submitted yet. You can change what you need.
# Button of each section.
review-change = Change
# Spoken name of that button.
review-change-name = Change: { $section }
# Button.
review-document = See the document
# Button.
review-answers = See the answers
# Spoken name of a page's picture.
review-page = Page { $page } of { $pages } of the document
# While the document is being made.
review-making = We are preparing the document…
# Instead of an answer left empty.
review-empty = No answer
# Button of the review, where some answers are masked.
review-reveal = Show what is hidden

## S25b Fee

# Heading.
fee-title = What there is to pay
# Label.
fee-concept = What it is for
# Label.
fee-total = Total
# Over the lines.
fee-how = How it was worked out
# Instead of an amount.
fee-nothing = You have nothing to pay
# Under it. $who is the exemption.
fee-because = For this reason: { $who }
# Instead of an amount.
fee-self = You work it out yourself with a self-assessment. Its proof is one of the documents.
# Instead of an amount.
fee-unknown = The council will work it out and tell you.
# Over the exemptions.
fee-exemptions = Who does not pay
# Under the exemptions.
fee-exemptions-help = If this is your case and you have not said so, go back and change the answer.
# Label.
fee-pay = How to pay
# Text.
fee-later = You pay nothing now. The council will send you the payment letter.
# Text.
fee-before = You pay with a payment letter, at the bank or in the online office. You cannot pay by card here.
# Text.
fee-paid = If you have already paid, add the proof to the application.
# Text. $reference is what the person wrote.
fee-reference = You have already paid. Reference: { $reference }
# Label.
fee-ordinance = Rule

## S26 Sign

# Heading.
sign-title = This is what you will sign
# Label.
sign-document = Document
# Label.
sign-pages = Pages
# Label: eight characters that identify the document.
sign-fingerprint = Document fingerprint
# Under the fingerprint.
sign-fingerprint-help = It will be the same on the receipt.
# Label.
sign-unit = Who it is for
# Label.
sign-holder = Who signs
# Label.
sign-means = What you sign with
# Text beside the label.
sign-means-text = The signature certificate in your DNI
# Subheading over the boxes.
sign-declarations = Declarations
# Under the subheading.
sign-declarations-help = Read them and tick them if they are true.
# When the main button was pressed too early.
sign-missing = Tick all the declarations so that you can sign.
# Main button.
sign-act = Sign and submit
# Way out.
sign-cannot = If you cannot sign here, go to the counter. You do not have to sign anything now.

## S27 PIN

# Heading.
pin-title = PIN to sign
# Over the field, what is signed.
pin-signs = You will sign: { $document }
# Hint of the field.
pin-hint = It has 8 to 16 letters and numbers. Capitals count.
# Small print.
pin-private = Type it yourself. Nobody from the town hall should ask for it.
# Words under the dots.
pin-count =
    { $count ->
        [0] No characters
        [one] 1 character
       *[other] { $count } characters
    }
# Spoken name of the dots.
pin-field = PIN
# Button, erases all that was typed.
pin-clear = Clear the PIN
# Notice after a wrong PIN.
pin-wrong =
    { $tries ->
        [one] The PIN does not match. You have 1 try left.
       *[other] The PIN does not match. You have { $tries } tries left.
    }
# Notice before typing, when two are left.
pin-tries =
    { $tries ->
        [one] You have 1 try left.
       *[other] You have { $tries } tries left.
    }
# Notice when accepted too early.
pin-too-short =
    { $min ->
        [one] Type at least 1 character. No try has been used.
       *[other] Type at least { $min } characters. No try has been used.
    }
# Notice after a quiet minute.
pin-erased = For safety we cleared the PIN. Type it again.
# Heading of the last try.
pin-last-title = You have one try left
# Under that heading.
pin-last = You have one try left. If it fails, your DNI will be blocked.
# Under that heading.
pin-last-advice = If you are not sure, finish now without signing. A National Police station can give you a new PIN.
# Main button.
pin-last-act = I know the PIN. Continue
# While the card says how many tries are left.
pin-checking = Checking how many tries are left. Do not remove the card.
# While the card signs.
pin-working = Checking the PIN and signing. Do not remove the card.
# Button, opens the help.
pin-forgot = I forgot the PIN
# Main button.
pin-act = Sign

## S28 Sending

# Heading.
sending-title = We are submitting your application
# Step.
sending-signed = Sign and check the signature
# Step.
sending-stored = Keep it safe in this kiosk
# Step.
sending-registered = Send it and receive the entry number
# State of a step.
step-done = Done
# State of a step.
step-now = Now
# State of a step.
step-waiting = Next
# Under the steps.
sending-card-stay = Do not remove the card yet.
# Under the steps.
sending-card-leave = You can take your card out now.

## S29 Receipt

# Heading: said only when the registry has given a number.
receipt-title = Registered
# Under the heading.
receipt-line = Your application has been submitted.
# Label over the number.
receipt-number = Entry number
# Label.
receipt-when = Submitted
# $date is written out, $time has seconds.
receipt-when-text = { $date }, at { $time } (official time)
# Label: the date it counts from.
receipt-effective = Counts from
# Label.
receipt-unit = Who has it now
# Label: last day to answer.
receipt-due = They must answer by
# Label: code to check the receipt.
receipt-csv = Verification code
# What silence means.
silence-positive = If they do not answer in time, it counts as granted.
# What silence means.
silence-negative = If they do not answer in time, you may take it as refused and appeal.
# What silence means.
silence-none = In this procedure silence has no effect.
# Main button.
output-print = Print
# Main button once printed.
output-print-again = Print again
# Button.
output-save = Save to USB stick
# State.
output-printed = Printed
# State.
output-saved = Saved to the USB stick
# Button.
receipt-another = Start another procedure

## S30 Provisional

# Heading, on a striped band, never green.
queued = Not registered yet
# Why.
provisional-offline = There is no connection to the registry. We will send it when it returns.
# Why.
provisional-slow = The registry is slow to answer. We will try again until it answers.
# Why.
provisional-refused = The registry has not accepted it yet. Staff will look at it and tell you.
# Label: number that proves it was handed in.
provisional-evidence = Slip number
# Label.
provisional-when = Handed in here
# Subheading.
provisional-next = What happens now
# Under the subheading.
provisional-next-text = The application is signed and kept in this kiosk. You need not do it again. Ask at the counter with the slip number.
# Subheading.
provisional-term = If you have a deadline soon
# Under the subheading.
provisional-term-text = Submit it also at the counter, at another public registry or at the post office.

## S32 Printing and saving, S33 leaving, S91 out of service

# Heading.
output-print-working = Printing…
# Heading.
output-print-done = Take the paper
# Under the heading.
output-print-line = The paper comes out below the screen.
# Heading.
output-save-working = Saving to the USB stick. Do not remove it.
# Heading.
output-save-done = Saved. You can remove the USB stick.
# Under the heading.
output-save-line = The document is a PDF that you can open at home.
# When the paper is the provisional slip.
output-provisional = It is a slip: the application is not registered yet.
# Heading.
take-things = Do not forget your card and paper
# What is still here.
leaving-card = Your card is in the reader. Take it out.
# What is still here.
leaving-paper = Your paper is in the printer tray. Take it.
# Heading when nothing is left.
leaving-clean = Thank you. The screen is clean.
# Under that heading.
leaving-clean-line = None of your data remains here.
# Heading.
out-title = This kiosk is out of service
# What to do instead.
out-elsewhere = Go to the town hall counter or use the online office.
# Under that.
out-card = If your card is in the reader, take it out.

## S80 Help: what each screen wants, in three sentences at most

# Heading.
help-title = Help
# Under the sentences.
help-kept = What you typed is not lost.
# Subheading.
help-person = If you need a person
# Under the subheading.
help-person-text = Ask at the information counter. They can help with everything but cannot type your PIN.
# Subheading.
help-access = If this screen is hard to use
# Under the subheading.
help-access-text = You can change text and colours, bring all down or ask for more time. There is no voice yet. If something is not accessible, tell the counter: you have the right to complain.
# Help of the screen welcome.
help-welcome = Touch the language you want. Then you will choose the procedure.
# Help of the screen home.
help-home = Choose what you want to do. You can look at everything without identifying yourself.
# Help of the screen card.
help-card = Put your DNI in the reader chip up and chip first. Wait a few seconds without removing it. The PIN is not asked for here.
# Help of the screen topics.
help-topics = Touch the topic of your procedure. If you chose wrongly, touch Back.
# Help of the screen search.
help-search = Type what you are looking for with the keyboard on the screen. You need not type all of it. Touch one of the procedures that appear.
# Help of the screen procedures.
help-procedures = Touch the procedure you are looking for. You will see what you need before you start.
# Help of the screen sheet.
help-sheet = This page explains the procedure. If it is what you want, touch Start. Nothing is submitted yet.
# Help of the screen before-start.
help-before-start = Read what we will do with your data. Then touch the large button to start filling in.
# Help of the screen form.
help-form = Touch a box and type with the keyboard on the screen. When you are done, touch Continue. You can change it later.
# Help of the list of people, animals or vehicles.
help-items = Here you add, one by one, the people or things we ask about. You can change or take out each of them. When all are there, touch the button below.
# Help of the screen review.
help-review = Check that everything is right. Touch Change in the part you want to correct. Nothing is submitted yet.
# Help of the screen documents.
help-documents = Here you see all the documents and whether one is missing. Touch a button of each document to say how you give it. If you do not have it now, see whether you can bring it later.
# Help of the screen check-file.
help-check-file = This is the file that you chose. Check that it can be read. If it is not the one, you can choose another.
# Help of the screen fee.
help-fee = Here you see what there is to pay and how it was worked out. You do not pay at this kiosk.
# Help of the screen sign.
help-sign = Read what you will sign and tick the declarations. Then we will ask for your PIN or password.
# Help of the screen pin.
help-pin = Type the PIN you were given with your DNI. It is not the DNI number. If you forgot it, a National Police station can give you a new one.
# Help of the screen sending.
help-sending = Wait a moment. You need not touch anything.
# Help of the screen receipt.
help-receipt = Your application now has an entry number. Print the receipt or save it to a USB stick.
# Help of the screen provisional.
help-provisional = Your application is kept safe but has no number yet. Print the slip and keep it.
# Help of the screen output.
help-output = Wait until it is done and take the paper or the USB stick.
# Help of the screen leaving.
help-leaving = Take your card and paper. Then the screen will be clean.
# Help of the screen out-of-service.
help-out-of-service = This kiosk cannot do procedures now. The counter will help you.

## S81 Settings

# Heading.
settings-title = Text and colours
# Subheading.
settings-text = Text size
# Choice.
text-normal = Normal
# Choice.
text-large = Large
# Choice.
text-larger = Larger
# Choice.
text-largest = Largest
# Subheading.
settings-theme = Colours
# Choice.
theme-clar = Light
# Choice.
theme-negre-sobre-blanc = Black on white
# Choice.
theme-groc-sobre-negre = Yellow on black
# Choice.
theme-suau = Soft, dark background
# Subheading.
settings-more = Other help
# Box to tick.
settings-low = Low screen: everything within reach from a wheelchair
# Box to tick.
settings-time = More time: three times as long before we ask
# Under the choices.
settings-note = You see it at once. When you finish, all goes back as it was.

## S82 More time, S84 hidden, confirm end

# Heading.
idle-ask = Do you need more time?
# Under the heading.
idle-tell =
    { $seconds ->
        [one] In 1 second we will clear the data from the screen.
       *[other] In { $seconds } seconds we will clear the data from the screen.
    }
# Main button.
idle-yes = Yes, continue
# Under the fault card-removed: seconds to put the card back.
removed-tell =
    { $seconds ->
        [one] You have 1 second. Then we will clear the data from the screen.
       *[other] You have { $seconds } seconds. Then we will clear the data from the screen.
    }
# Heading.
hidden-title = Screen hidden
# Under the heading.
hidden-line = What you typed is still kept.
# Button in the middle.
hidden-show = Show the screen
# Heading.
confirm-title = Do you want to finish?
# Under the heading.
confirm-line = You have not submitted your application. If you finish now, it will not be submitted.
# Button.
confirm-yes = Yes, finish
# Main button.
confirm-no = No, continue

## On-screen keyboard: words on keys and spoken names of keys

# Spoken name of the keyboard.
keyboard-name = Keyboard
# Key.
key-erase = Erase
# Key.
key-shift = Capitals
# Key.
key-space = Space
# Key.
key-close = Close the keyboard
# Key.
key-symbols = Symbols
# Key.
key-letters = Letters
# Key.
key-left = Cursor left
# Key.
key-right = Cursor right
# Key.
key-enter = New line
# Key.
key-a-grave = a grave
# Key.
key-e-grave = e grave
# Key.
key-e-acute = e acute
# Key.
key-i-acute = i acute
# Key.
key-i-diaeresis = i diaeresis
# Key.
key-o-grave = o grave
# Key.
key-o-acute = o acute
# Key.
key-u-acute = u acute
# Key.
key-u-diaeresis = u diaeresis
# Key.
key-a-acute = a acute
# Key.
key-c-cedilla = c cedilla
# Key.
key-n-tilde = n tilde
# Key.
key-double-l = double l with middle dot
# Key.
key-middle-dot = middle dot
# Key.
key-apostrophe = apostrophe
# Key.
key-comma = comma
# Key.
key-dot = full stop
# Key.
key-hyphen = hyphen
# Key.
key-at = at sign
# Key.
key-underscore = underscore
# Key.
key-plus = plus
# Key.
key-exclamation = exclamation mark
# Key.
key-question = question mark
# Key.
key-exclamation-open = opening exclamation mark
# Key.
key-question-open = opening question mark
# Key.
key-euro = euro
# Key.
key-percent = per cent
# Key.
key-ampersand = ampersand
# Key.
key-paren-open = opening bracket
# Key.
key-paren-close = closing bracket
# Key.
key-slash = slash
# Key.
key-backslash = backslash
# Key.
key-colon = colon
# Key.
key-semicolon = semicolon
# Key.
key-quote = quotation mark
# Key.
key-equals = equals
# Key.
key-star = asterisk
# Key.
key-hash = hash
# Key.
key-dollar = dollar
# Key.
key-ordinal-m = masculine ordinal
# Key.
key-ordinal-f = feminine ordinal
