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

# At a street with no letter in it.
field-street = Escriga el nom de «{ $label }».

# At an identity number that lacks figures or letter.
field-nif-shape = Comprove «{ $label }»: un DNI té 8 xifres i una lletra; un NIE, una lletra, 7 xifres i una altra lletra.

# At an identity number whose letter is not that of the number.
field-nif-letter = La lletra no correspon al número. Comprove el DNI.

# At an identity number that is right but of a kind that is not accepted here.
field-nif-kind = Comprove «{ $label }»: ací cal un número d’una altra classe.

# At the identity number of a company or another entity.
field-nif-entity = Comprove «{ $label }»: té una lletra, 7 xifres i una xifra o lletra final.

# At an identity number of a person or of an entity.
field-nif-any = Comprove «{ $label }»: pot ser un DNI, un NIE o el NIF d’una empresa o associació.

# At the number of a passport.
field-passport = Comprove «{ $label }»: té de 5 a 20 lletres i xifres, com en el passaport.

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

# At an answer that should be a number, perhaps with decimals.
field-decimal = Escriga «{ $label }» amb xifres. Si té decimals, pose una coma.

# At a number with too many decimals. $places is how many it may have.
field-decimals = Escriga «{ $label }» amb { $places } decimals com a màxim.

# At an amount of money.
field-money = Escriga «{ $label }» en euros, amb xifres. Per als cèntims, pose una coma.

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

# At a date before the first that is accepted. $day is that first day.
field-date-early = Comprove «{ $label }»: ha de ser el { $day } o després.

# At a date after the last that is accepted. $day is that last day.
field-date-late = Comprove «{ $label }»: ha de ser el { $day } o abans.

# At a date on which the town hall does not work.
field-date-working = Trie un altre dia en «{ $label }»: eixe dia l’Ajuntament no treballa.

# At an hour and minute.
field-time = Comprove «{ $label }»: escriga l’hora i els minuts, de 00:00 a 23:59.

# At a bank account that lacks or has too many characters.
field-iban-shape = Comprove «{ $label }»: un compte d’Espanya té ES i 22 xifres.

# At a bank account of a country that is not accepted.
field-iban-country = Escriga un altre compte en «{ $label }»: no podem usar comptes d’eixe país.

# At a bank account with a mistaken figure.
field-iban-control = Compare «{ $label }» amb el seu compte: hi ha alguna xifra canviada.

# At a cadastral reference of another length.
field-cadastral-shape = Comprove «{ $label }»: té 20 lletres i xifres. Està en el rebut de l’IBI.

# At a cadastral reference with a mistaken character.
field-cadastral-control = Compare «{ $label }» amb el rebut de l’IBI: hi ha alguna lletra o xifra canviada.

# At the registration plate of a vehicle.
field-plate = Comprove «{ $label }»: per exemple, 1234 BCD o V-1234-AB.

# At the chassis number of a vehicle.
field-vin = Comprove «{ $label }»: té 17 lletres i xifres, sense I, O ni Q.

# At the number of an animal’s chip.
field-chip = Comprove «{ $label }»: té 15 xifres. Està en la cartilla de l’animal.

# At a number of the social security.
field-nss = Comprove «{ $label }»: té 12 xifres. Està en la targeta de la Seguretat Social.

# At a choice that was not made.
field-choice = Trie una opció en «{ $label }».

# At a choice of several, when none is made.
field-multiple = Marque alguna opció en «{ $label }», o l’última.

# At a choice of several, when some are chosen and none of them too.
field-multiple-none = Desmarque l’última opció de «{ $label }», o desmarque les altres.

# At a sentence that must be ticked. $label is the sentence.
field-statement = Marque esta casella per a continuar: «{ $label }».

# At a document that was not attached.
field-document = Trie el fitxer de «{ $label }».

# At a file of another kind. $kinds is written out.
file-kind = Este fitxer no es pot usar ací. Ha de ser { $kinds }.

# At a file over the limit of its document. Both are whole megabytes.
file-too-big = El fitxer pesa { $found } MB. El màxim és { $max } MB.

# At a file that would make all documents together too large.
file-total = Amb este fitxer els documents pesen { $found } MB. El màxim entre tots és { $max } MB.

# At a file without anything in it.
file-empty = Este fitxer està buit. Trie’n un altre.

# At a file that cannot be opened.
file-damaged = Este fitxer està fet malbé i no es pot obrir. Torne a guardar-lo o trie’n un altre.

# At a file with a password.
file-locked = Este fitxer té contrasenya. Guarde’l sense contrasenya o trie’n un altre.

# At a PDF with scripts or programs in it.
file-active = Este fitxer no és segur: du un programa a dins. Imprimisca’l com a PDF nou o trie’n un altre.

# At a photograph with too many dots. Both are millions.
file-too-detailed = Esta foto té { $found } milions de punts. El màxim és { $max } milions.

# At a field where several answers do not fit together; a rule of the catalogue tells which and is shown instead.
field-check = Comprove «{ $label }»: no encaixa amb una altra resposta.

## Form fields: what is worth a second look

# At an e-mail address whose domain is one letter away from a very common one. $meant is the address that was probably meant.
doubt-email = Mire bé l’adreça: potser volia escriure «{ $meant }».

## Lists of people, animals or vehicles that one adds

# Over the list, when there are too few. $min is how many there must be.
items-few = Afegisca’n { $min } com a mínim.

# At one of the list of which something is not answered. $item is what it is called, such as Person 2.
items-incomplete = Complete les respostes de «{ $item }» o lleve-les de la llista.

## The procedure's sheet: facts that come from the catalogue

# Sheet, time until an answer. $months is a number.
term-months =
    { $months ->
        [one] 1 mes com a màxim
       *[other] { $months } mesos com a màxim
    }

# Sheet, time until an answer, for what takes effect when it is filed.
term-at-once = Té efecte quan es presenta

# Sheet, when it may be handed in: whenever one likes.
period-always = En qualsevol moment

# Sheet, when it may be handed in next. Both days are written out.
sheet-opens = Es podrà presentar del { $first } al { $last }.

# Sheet, personal data: label of who else gets them.
sheet-recipients = Qui més les rebrà

# Sheet, fee, when there is none.
fee-none = No s’ha de pagar res

# Sheet, fee, when it is always the same.
fee-fixed = S’ha de pagar una quantitat fixa

# Sheet, fee, when it is always the same. $amount is written out, with its currency.
fee-amount = S’ha de pagar { $amount }

# Sheet, fee: somebody who does not pay. $who is a sentence or the beginning of one.
fee-exempt = Exempció: { $who }

# Sheet, fee, when it depends on the case.
fee-table = S’ha de pagar una quantitat que depén de cada cas

# Sheet, fee, when it is worked out from the answers.
fee-formula = S’ha de pagar una quantitat que calculem amb les seues respostes

# Sheet, fee, when the person works it out.
fee-self-assessment = S’ha de pagar amb una autoliquidació

# Sheet, how the applicant is identified: any means.
identification-any = Amb el DNI electrònic o amb una altra identificació que servisca a l’Ajuntament

# Sheet, how the applicant is identified: a certificate only.
identification-certificate = Només amb el DNI electrònic o amb un altre certificat electrònic

