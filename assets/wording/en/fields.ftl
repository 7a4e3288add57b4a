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

# At an identity number that lacks figures or letter.
field-nif-shape = Check “{ $label }”: a DNI has 8 digits and a letter; a NIE has a letter, 7 digits and another letter.

# At an identity number whose letter is not that of the number.
field-nif-letter = The letter does not match the number. Check the DNI.

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

# At a choice that was not made.
field-choice = Choose an option in “{ $label }”.

# At a sentence that must be ticked. $label is the sentence.
field-statement = Tick this box to continue: “{ $label }”.

# At a document that was not attached.
field-document = Choose the file for “{ $label }”.

## The procedure's sheet: facts that come from the catalogue

# Sheet, time until an answer. $months is a number.
term-months =
    { $months ->
        [one] 1 month at most
       *[other] { $months } months at most
    }

# Sheet, time until an answer, for what takes effect when it is filed.
term-at-once = It takes effect when it is filed

# Sheet, fee, when there is none.
fee-none = There is nothing to pay

# Sheet, how the applicant is identified: any means.
identification-any = With your electronic DNI or another identification the council accepts

# Sheet, how the applicant is identified: a certificate only.
identification-certificate = Only with your electronic DNI or another electronic certificate
