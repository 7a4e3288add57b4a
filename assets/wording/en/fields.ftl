### What a form says when an answer must be mended, and words of the catalogue that every procedure shares.
### Field sentences start with the verb that mends and name the field by its label; the same sentence stands at the field
### and in the summary. Formal address, no blame.

## Form fields: what to mend

# At a field left empty, and in the list of what to mend. $label is the field's label.
field-required = Type “{ $label }”.

# At a text that is too long. $found and $max are numbers of characters.
field-too-long = Shorten “{ $label }”: it has { $found } characters and the limit is { $max }.

# At a name with no letter in it.
field-name = Type “{ $label }” with letters.

# At a street with no letter in it.
field-street = Type the name of “{ $label }”.

# At an identity number that lacks figures or letter.
field-nif-shape = Check “{ $label }”: a DNI has 8 digits and a letter; a NIE has a letter, 7 digits and another letter.

# At an identity number whose letter is not that of the number.
field-nif-letter = The letter does not match the number. Check the DNI.

# At an identity number that is right but of a kind that is not accepted here.
field-nif-kind = Check “{ $label }”: a number of another kind is needed here.

# At the identity number of a company or another entity.
field-nif-entity = Check “{ $label }”: it has a letter, 7 digits and a final digit or letter.

# At an identity number of a person or of an entity.
field-nif-any = Check “{ $label }”: it may be a DNI, a NIE or the NIF of a company or association.

# At the number of a passport.
field-passport = Check “{ $label }”: it has 5 to 20 letters and digits, as in the passport.

# At an e-mail address that cannot be one.
field-email = Check “{ $label }”: it needs an @ and, after it, a name with a dot.

# At a phone number that cannot be one.
field-phone = Check “{ $label }”: it has 9 digits or, if it is from another country, starts with + and its code.

# At a postal code that is not Spanish.
field-postal-code = Check “{ $label }”: it has 5 digits and starts with a number from 01 to 52.

# At a postal code outside the town, where the address must be in it. $codes lists those of the town.
field-postal-code-town = Check “{ $label }”: this town’s is { $codes }.

# At an answer that should be a whole number.
field-number = Type “{ $label }” with digits only.

# At a number that is too small.
field-number-low = Check “{ $label }”: the least is { $min }.

# At a number that is too great.
field-number-high = Check “{ $label }”: the most is { $max }.

# At an answer that should be a number, perhaps with decimals.
field-decimal = Type “{ $label }” with digits. If it has decimals, use a comma.

# At a number with too many decimals. $places is how many it may have.
field-decimals = Type “{ $label }” with { $places } decimals at most.

# At an amount of money.
field-money = Type “{ $label }” in euros, with digits. Use a comma for the cents.

# At a date that lacks its day, month or year.
field-date-incomplete = Type the day, month and year of “{ $label }”.

# At a date that is not in the calendar, such as 30 February.
field-date-impossible = That date does not exist. Check the day and month.

# At a date whose year is short or out of range.
field-date-year = Check the year of “{ $label }”: it has four digits, from 1900 to 2100.

# At a date that must not be after today.
field-date-future = Check “{ $label }”: that day has not come yet.

# At a date that must not be before today.
field-date-past = Check “{ $label }”: that day has already passed.

# At a date before the first that is accepted. $day is that first day.
field-date-early = Check “{ $label }”: it must be { $day } or later.

# At a date after the last that is accepted. $day is that last day.
field-date-late = Check “{ $label }”: it must be { $day } or earlier.

# At a date on which the town hall does not work.
field-date-working = Choose another day in “{ $label }”: the town hall is closed on that day.

# At an hour and minute.
field-time = Check “{ $label }”: type the hour and minutes, from 00:00 to 23:59.

# At a bank account that lacks or has too many characters.
field-iban-shape = Check “{ $label }”: a Spanish account has ES and 22 digits.

# At a bank account of a country that is not accepted.
field-iban-country = Type another account in “{ $label }”: we cannot use accounts of that country.

# At a bank account with a mistaken figure.
field-iban-control = Compare “{ $label }” with your account: some digit is different.

# At a cadastral reference of another length.
field-cadastral-shape = Check “{ $label }”: it has 20 letters and digits. It is on the property tax bill.

# At a cadastral reference with a mistaken character.
field-cadastral-control = Compare “{ $label }” with the property tax bill: some letter or digit is different.

# At the registration plate of a vehicle.
field-plate = Check “{ $label }”: for example, 1234 BCD or V-1234-AB.

# At the chassis number of a vehicle.
field-vin = Check “{ $label }”: it has 17 letters and digits, without I, O or Q.

# At the number of an animal’s chip.
field-chip = Check “{ $label }”: it has 15 digits. It is in the animal’s health book.

# At a number of the social security.
field-nss = Check “{ $label }”: it has 12 digits. It is on the Social Security card.

# At a choice that was not made.
field-choice = Choose an option in “{ $label }”.

# At a choice of several, when none is made.
field-multiple = Tick some option in “{ $label }”, or the last one.

# At a choice of several, when some are chosen and none of them too.
field-multiple-none = Untick the last option of “{ $label }”, or untick the others.

# At a sentence that must be ticked. $label is the sentence.
field-statement = Tick this box to continue: “{ $label }”.

# At a document that was not attached.
field-document = Choose the file for “{ $label }”.

# At a file of another kind. $kinds is written out.
file-kind = This file cannot be used here. It must be { $kinds }.

# At a file over the limit of its document. Both are whole megabytes.
file-too-big = The file is { $found } MB. The limit is { $max } MB.

# At a file that would make all documents together too large.
file-total = With this file the documents come to { $found } MB. The limit for all of them is { $max } MB.

# At a file without anything in it.
file-empty = This file is empty. Choose another.

# At a file that cannot be opened.
file-damaged = This file is damaged and cannot be opened. Save it again or choose another.

# At a file with a password.
file-locked = This file has a password. Save it without the password or choose another.

# At a PDF with scripts or programs in it.
file-active = This file is not safe: it has a program inside. Print it as a new PDF or choose another.

# At a photograph with too many dots. Both are millions.
file-too-detailed = This photo has { $found } million dots. The limit is { $max } million.

# At a field where several answers do not fit together; a rule of the catalogue tells which and is shown instead.
field-check = Check “{ $label }”: it does not fit with another answer.

## Form fields: what is worth a second look

# At an e-mail address whose domain is one letter away from a very common one. $meant is the address that was probably meant.
doubt-email = Check the address: perhaps you meant “{ $meant }”.

## Lists of people, animals or vehicles that one adds

# Over the list, when there are too few. $min is how many there must be.
items-few = Add at least { $min }.

# At one of the list of which something is not answered. $item is what it is called, such as Person 2.
items-incomplete = Finish the answers about “{ $item }”, or take them off the list.

## The procedure's sheet: facts that come from the catalogue

# Sheet, time until an answer. $months is a number.
term-months =
    { $months ->
        [one] 1 month at most
       *[other] { $months } months at most
    }

# Sheet, time until an answer, for what takes effect when it is filed.
term-at-once = It takes effect when it is filed

# Sheet, when it may be handed in: whenever one likes.
period-always = At any time

# Sheet, when it may be handed in next. Both days are written out.
sheet-opens = It can be handed in from { $first } to { $last }.

# Sheet, personal data: label of who else gets them.
sheet-recipients = Who else will get them

# Sheet, fee, when there is none.
fee-none = There is nothing to pay

# Sheet, fee, when it is always the same.
fee-fixed = There is a fixed fee

# Sheet, fee, when it is always the same. $amount is written out, with its currency.
fee-amount = You have to pay { $amount }

# Sheet, fee: somebody who does not pay. $who is a sentence or the beginning of one.
fee-exempt = Exemption: { $who }

# Sheet, fee, when it depends on the case.
fee-table = There is a fee that depends on the case

# Sheet, fee, when it is worked out from the answers.
fee-formula = There is a fee that we work out from your answers

# Sheet, fee, when the person works it out.
fee-self-assessment = There is a fee, paid by self-assessment

# Sheet, how the applicant is identified: any means.
identification-any = With your electronic DNI or another identification the council accepts

# Sheet, how the applicant is identified: a certificate only.
identification-certificate = Only with your electronic DNI or another electronic certificate

