### What a form says when an answer must be mended, and words of the catalogue that every procedure shares.
### Field sentences start with the verb that mends and name the field by its label; the same sentence stands at the field
### and in the summary. Formal address, no blame.

## Form fields: what to mend

# At a field left empty, and in the list of what to mend. $label is the field's label.
field-required = Escriba «{ $label }».

# At a text that is too long. $found and $max are numbers of characters.
field-too-long = Acorte «{ $label }»: tiene { $found } caracteres y el máximo es { $max }.

# At a name with no letter in it.
field-name = Escriba «{ $label }» con letras.

# At an identity number that lacks figures or letter.
field-nif-shape = Compruebe «{ $label }»: un DNI tiene 8 cifras y una letra; un NIE, una letra, 7 cifras y otra letra.

# At an identity number whose letter is not that of the number.
field-nif-letter = La letra no corresponde al número. Compruebe el DNI.

# At an e-mail address that cannot be one.
field-email = Compruebe «{ $label }»: tiene que llevar una @ y, detrás, un nombre con un punto.

# At a phone number that cannot be one.
field-phone = Compruebe «{ $label }»: tiene 9 cifras o, si es de otro país, empieza por + y el prefijo.

# At a postal code that is not Spanish.
field-postal-code = Compruebe «{ $label }»: tiene 5 cifras y empieza por un número del 01 al 52.

# At a postal code outside the town, where the address must be in it. $codes lists those of the town.
field-postal-code-town = Compruebe «{ $label }»: el de este municipio es { $codes }.

# At an answer that should be a whole number.
field-number = Escriba «{ $label }» solo con cifras.

# At a number that is too small.
field-number-low = Compruebe «{ $label }»: el mínimo es { $min }.

# At a number that is too great.
field-number-high = Compruebe «{ $label }»: el máximo es { $max }.

# At a date that lacks its day, month or year.
field-date-incomplete = Escriba el día, el mes y el año de «{ $label }».

# At a date that is not in the calendar, such as 30 February.
field-date-impossible = Esta fecha no existe. Compruebe el día y el mes.

# At a date whose year is short or out of range.
field-date-year = Compruebe el año de «{ $label }»: tiene cuatro cifras y va de 1900 a 2100.

# At a date that must not be after today.
field-date-future = Compruebe «{ $label }»: este día todavía no ha llegado.

# At a date that must not be before today.
field-date-past = Compruebe «{ $label }»: este día ya ha pasado.

# At a choice that was not made.
field-choice = Elija una opción en «{ $label }».

# At a sentence that must be ticked. $label is the sentence.
field-statement = Marque esta casilla para continuar: «{ $label }».

# At a document that was not attached.
field-document = Elija el archivo de «{ $label }».

## The procedure's sheet: facts that come from the catalogue

# Sheet, time until an answer. $months is a number.
term-months =
    { $months ->
        [one] 1 mes como máximo
       *[other] { $months } meses como máximo
    }

# Sheet, time until an answer, for what takes effect when it is filed.
term-at-once = Tiene efecto cuando se presenta

# Sheet, fee, when there is none.
fee-none = No hay que pagar nada

# Sheet, how the applicant is identified: any means.
identification-any = Con el DNI electrónico o con otra identificación que sirva al Ayuntamiento

# Sheet, how the applicant is identified: a certificate only.
identification-certificate = Solo con el DNI electrónico o con otro certificado electrónico
