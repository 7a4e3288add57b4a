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

# At a street with no letter in it.
field-street = Escriba el nombre de «{ $label }».

# At an identity number that lacks figures or letter.
field-nif-shape = Compruebe «{ $label }»: un DNI tiene 8 cifras y una letra; un NIE, una letra, 7 cifras y otra letra.

# At an identity number whose letter is not that of the number.
field-nif-letter = La letra no corresponde al número. Compruebe el DNI.

# At an identity number that is right but of a kind that is not accepted here.
field-nif-kind = Compruebe «{ $label }»: aquí hace falta un número de otra clase.

# At the identity number of a company or another entity.
field-nif-entity = Compruebe «{ $label }»: tiene una letra, 7 cifras y una cifra o letra final.

# At an identity number of a person or of an entity.
field-nif-any = Compruebe «{ $label }»: puede ser un DNI, un NIE o el NIF de una empresa o asociación.

# At the number of a passport.
field-passport = Compruebe «{ $label }»: tiene de 5 a 20 letras y cifras, como en el pasaporte.

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

# At an answer that should be a number, perhaps with decimals.
field-decimal = Escriba «{ $label }» con cifras. Si tiene decimales, ponga una coma.

# At a number with too many decimals. $places is how many it may have.
field-decimals = Escriba «{ $label }» con { $places } decimales como máximo.

# At an amount of money.
field-money = Escriba «{ $label }» en euros, con cifras. Para los céntimos, ponga una coma.

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

# At a date before the first that is accepted. $day is that first day.
field-date-early = Compruebe «{ $label }»: tiene que ser el { $day } o después.

# At a date after the last that is accepted. $day is that last day.
field-date-late = Compruebe «{ $label }»: tiene que ser el { $day } o antes.

# At a date on which the town hall does not work.
field-date-working = Elija otro día en «{ $label }»: ese día el Ayuntamiento no trabaja.

# At an hour and minute.
field-time = Compruebe «{ $label }»: escriba la hora y los minutos, de 00:00 a 23:59.

# At a bank account that lacks or has too many characters.
field-iban-shape = Compruebe «{ $label }»: una cuenta de España tiene ES y 22 cifras.

# At a bank account of a country that is not accepted.
field-iban-country = Escriba otra cuenta en «{ $label }»: no podemos usar cuentas de ese país.

# At a bank account with a mistaken figure.
field-iban-control = Compare «{ $label }» con su cuenta: hay alguna cifra cambiada.

# At a cadastral reference of another length.
field-cadastral-shape = Compruebe «{ $label }»: tiene 20 letras y cifras. Está en el recibo del IBI.

# At a cadastral reference with a mistaken character.
field-cadastral-control = Compare «{ $label }» con el recibo del IBI: hay alguna letra o cifra cambiada.

# At the registration plate of a vehicle.
field-plate = Compruebe «{ $label }»: por ejemplo, 1234 BCD o V-1234-AB.

# At the chassis number of a vehicle.
field-vin = Compruebe «{ $label }»: tiene 17 letras y cifras, sin I, O ni Q.

# At the number of an animal’s chip.
field-chip = Compruebe «{ $label }»: tiene 15 cifras. Está en la cartilla del animal.

# At a number of the social security.
field-nss = Compruebe «{ $label }»: tiene 12 cifras. Está en la tarjeta de la Seguridad Social.

# At a choice that was not made.
field-choice = Elija una opción en «{ $label }».

# At a choice of several, when none is made.
field-multiple = Marque alguna opción en «{ $label }», o la última.

# At a choice of several, when some are chosen and none of them too.
field-multiple-none = Desmarque la última opción de «{ $label }», o desmarque las otras.

# At a sentence that must be ticked. $label is the sentence.
field-statement = Marque esta casilla para continuar: «{ $label }».

# At a document that was not attached.
field-document = Elija el archivo de «{ $label }».

# At a file of another kind. $kinds is written out.
file-kind = Este archivo no se puede usar aquí. Debe ser { $kinds }.

# At a file over the limit of its document. Both are whole megabytes.
file-too-big = El archivo pesa { $found } MB. El máximo es { $max } MB.

# At a file that would make all documents together too large.
file-total = Con este archivo los documentos pesan { $found } MB. El máximo entre todos es { $max } MB.

# At a file without anything in it.
file-empty = Este archivo está vacío. Elija otro.

# At a file that cannot be opened.
file-damaged = Este archivo está dañado y no se puede abrir. Vuelva a guardarlo o elija otro.

# At a file with a password.
file-locked = Este archivo tiene contraseña. Guárdelo sin contraseña o elija otro.

# At a PDF with scripts or programs in it.
file-active = Este archivo no es seguro: lleva un programa dentro. Imprímalo como PDF nuevo o elija otro.

# At a photograph with too many dots. Both are millions.
file-too-detailed = Esta foto tiene { $found } millones de puntos. El máximo es { $max } millones.

# At a field where several answers do not fit together; a rule of the catalogue tells which and is shown instead.
field-check = Compruebe «{ $label }»: no encaja con otra respuesta.

## Form fields: what is worth a second look

# At an e-mail address whose domain is one letter away from a very common one. $meant is the address that was probably meant.
doubt-email = Mire bien la dirección: quizá quería escribir «{ $meant }».

## Lists of people, animals or vehicles that one adds

# Over the list, when there are too few. $min is how many there must be.
items-few = Añada { $min } como mínimo.

# At one of the list of which something is not answered. $item is what it is called, such as Person 2.
items-incomplete = Complete las respuestas de «{ $item }» o quítelas de la lista.

## The procedure's sheet: facts that come from the catalogue

# Sheet, time until an answer. $months is a number.
term-months =
    { $months ->
        [one] 1 mes como máximo
       *[other] { $months } meses como máximo
    }

# Sheet, time until an answer, for what takes effect when it is filed.
term-at-once = Tiene efecto cuando se presenta

# Sheet, when it may be handed in: whenever one likes.
period-always = En cualquier momento

# Sheet, when it may be handed in next. Both days are written out.
sheet-opens = Se podrá presentar del { $first } al { $last }.

# Sheet, personal data: label of who else gets them.
sheet-recipients = Quién más los recibirá

# Sheet, fee, when there is none.
fee-none = No hay que pagar nada

# Sheet, fee, when it is always the same.
fee-fixed = Hay que pagar una cantidad fija

# Sheet, fee, when it is always the same. $amount is written out, with its currency.
fee-amount = Hay que pagar { $amount }

# Sheet, fee: somebody who does not pay. $who is a sentence or the beginning of one.
fee-exempt = Exención: { $who }

# Sheet, fee, when it depends on the case.
fee-table = Hay que pagar una cantidad que depende de cada caso

# Sheet, fee, when it is worked out from the answers.
fee-formula = Hay que pagar una cantidad que calculamos con sus respuestas

# Sheet, fee, when the person works it out.
fee-self-assessment = Hay que pagar con una autoliquidación

# Sheet, how the applicant is identified: any means.
identification-any = Con el DNI electrónico o con otra identificación que sirva al Ayuntamiento

# Sheet, how the applicant is identified: a certificate only.
identification-certificate = Solo con el DNI electrónico o con otro certificado electrónico

