### What a form says when an answer must be mended, and words of the catalogue that every procedure shares.
### Field sentences start with the verb that mends and name the field by its label; the same sentence stands at the field
### and in the summary. Formal address, no blame.

## Form fields: what to mend

# At a field left empty, and in the list of what to mend. $label is the field's label.
field-required = Escriga «{ $label }».

# At a text that is too long. $found and $max are numbers of characters.
field-too-long = Escurce «{ $label }»: té { $found } caràcters i el màxim és { $max }.

# At a name with no letter in it.
field-name = Escriga «{ $label }» amb lletres.

# At an identity number that lacks figures or letter.
field-nif-shape = Comprove «{ $label }»: un DNI té 8 xifres i una lletra; un NIE, una lletra, 7 xifres i una altra lletra.

# At an identity number whose letter is not that of the number.
field-nif-letter = La lletra no correspon al número. Comprove el DNI.

# At an e-mail address that cannot be one.
field-email = Comprove «{ $label }»: ha de portar una @ i, darrere, un nom amb un punt.

# At a phone number that cannot be one.
field-phone = Comprove «{ $label }»: té 9 xifres o, si és d’un altre país, comença per + i el prefix.

# At a postal code that is not Spanish.
field-postal-code = Comprove «{ $label }»: té 5 xifres i comença per un número del 01 al 52.

# At a postal code outside the town, where the address must be in it. $codes lists those of the town.
field-postal-code-town = Comprove «{ $label }»: el d’este municipi és { $codes }.

# At an answer that should be a whole number.
field-number = Escriga «{ $label }» només amb xifres.

# At a number that is too small.
field-number-low = Comprove «{ $label }»: el mínim és { $min }.

# At a number that is too great.
field-number-high = Comprove «{ $label }»: el màxim és { $max }.

# At a date that lacks its day, month or year.
field-date-incomplete = Escriga el dia, el mes i l’any de «{ $label }».

# At a date that is not in the calendar, such as 30 February.
field-date-impossible = Esta data no existix. Comprove el dia i el mes.

# At a date whose year is short or out of range.
field-date-year = Comprove l’any de «{ $label }»: té quatre xifres i va del 1900 al 2100.

# At a date that must not be after today.
field-date-future = Comprove «{ $label }»: este dia encara no ha arribat.

# At a date that must not be before today.
field-date-past = Comprove «{ $label }»: este dia ja ha passat.

# At a choice that was not made.
field-choice = Trie una opció en «{ $label }».

# At a sentence that must be ticked. $label is the sentence.
field-statement = Marque esta casella per a continuar: «{ $label }».

# At a document that was not attached.
field-document = Trie el fitxer de «{ $label }».

## The procedure's sheet: facts that come from the catalogue

# Sheet, time until an answer. $months is a number.
term-months =
    { $months ->
        [one] 1 mes com a màxim
       *[other] { $months } mesos com a màxim
    }

# Sheet, time until an answer, for what takes effect when it is filed.
term-at-once = Té efecte quan es presenta

# Sheet, fee, when there is none.
fee-none = No s’ha de pagar res

# Sheet, how the applicant is identified: any means.
identification-any = Amb el DNI electrònic o amb una altra identificació que servisca a l’Ajuntament

# Sheet, how the applicant is identified: a certificate only.
identification-certificate = Només amb el DNI electrònic o amb un altre certificat electrònic
