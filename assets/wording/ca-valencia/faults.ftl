### Faults a citizen can meet: one message per code (dots as hyphens).
### Value: what happened, at most eight words. means: what it means for you. remedy: what to do now. act: main button. speech: said aloud.

# card.not-dnie: full screen, overlay or notice.
card-not-dnie = Esta targeta no és un DNI
    .means = Este quiosc només llig el DNI electrònic.
    .remedy = Traga-la i introduïsca el DNI amb el xip cap amunt.
    .act = Tornar a provar
    .speech = { card-not-dnie }. { card-not-dnie.means } { card-not-dnie.remedy }

# card.mute: full screen, overlay or notice.
card-mute = No trobem el xip de la targeta
    .means = Potser està al revés, bruta o feta malbé.
    .remedy = Traga-la, gire-la amb el xip cap amunt i torne-la a posar.
    .act = Tornar a provar
    .speech = { card-mute }. { card-mute.means } { card-mute.remedy }

# card.removed: full screen, overlay or notice.
card-removed = Ha tret la targeta
    .means = Hem tapat la pantalla. El que ha escrit no s’ha perdut.
    .remedy = Torne a posar-la per a continuar.
    .act = Tornar a provar
    .speech = { card-removed }. { card-removed.means } { card-removed.remedy }

# card.other: full screen, overlay or notice.
card-other = Esta targeta és d’una altra persona
    .means = Hem tapat la pantalla perquè la sessió és de qui va començar.
    .remedy = Pose la d’abans o acabe.
    .act = Tornar a provar
    .speech = { card-other }. { card-other.means } { card-other.remedy }

# card.terminated: full screen, overlay or notice.
card-terminated = El xip d’este DNI ja no val
    .means = Amb este DNI no es pot signar ací.
    .remedy = Vaja al taulell. Una comissaria de la Policia Nacional li pot fer un DNI nou.
    .act = Acabar
    .speech = { card-terminated }. { card-terminated.means } { card-terminated.remedy }

# card.untrusted: full screen, overlay or notice.
card-untrusted = No podem comprovar esta targeta
    .means = El xip no ha demostrat que siga un DNI autèntic. No hem llegit cap dada.
    .remedy = Torne a provar. Si passa igual, vaja al taulell.
    .act = Tornar a provar
    .speech = { card-untrusted }. { card-untrusted.means } { card-untrusted.remedy }

# card.busy: full screen, overlay or notice.
card-busy = La targeta està ocupada
    .means = Un altre programa del quiosc l’està usant.
    .remedy = Espere uns segons i torne a provar.
    .act = Tornar a provar
    .speech = { card-busy }. { card-busy.means } { card-busy.remedy }

# card.reset: full screen, overlay or notice.
card-reset = S’ha tallat la lectura de la targeta
    .means = No s’ha gastat cap intent de PIN.
    .remedy = Deixe la targeta quieta i torne a provar.
    .act = Tornar a provar
    .speech = { card-reset }. { card-reset.means } { card-reset.remedy }

# card.channel: full screen, overlay or notice.
card-channel = No hem pogut parlar amb el xip
    .means = La connexió segura amb la targeta s’ha tallat.
    .remedy = Traga la targeta, torne-la a posar i torne a provar.
    .act = Tornar a provar
    .speech = { card-channel }. { card-channel.means } { card-channel.remedy }

# card.no-signature-certificate: full screen, overlay or notice.
card-no-signature-certificate = Este DNI no té certificat de signatura
    .means = Passa, per exemple, en el DNI dels menors d’edat. Sense certificat no es pot signar ací.
    .remedy = Vaja al taulell: allí pot signar en paper.
    .act = Acabar
    .speech = { card-no-signature-certificate }. { card-no-signature-certificate.means } { card-no-signature-certificate.remedy }

# card.protocol: full screen, overlay or notice.
card-protocol = No entenem la resposta de la targeta
    .means = No s’ha presentat res ni s’ha gastat cap intent de PIN.
    .remedy = Torne a provar. Si passa igual, vaja al taulell.
    .act = Tornar a provar
    .speech = { card-protocol }. { card-protocol.means } { card-protocol.remedy }

# card.can-needed: full screen, overlay or notice.
card-can-needed = Este DNI necessita el número d’accés
    .means = Està en un lector que llig sense tocar el xip.
    .remedy = Escriga les sis xifres impreses en l’anvers del DNI (CAN).
    .act = Tornar a provar
    .speech = { card-can-needed }. { card-can-needed.means } { card-can-needed.remedy }

# card.can-wrong: full screen, overlay or notice.
card-can-wrong = El número d’accés no coincidix
    .means = Les sis xifres no són les d’esta targeta. No s’ha gastat cap intent de PIN.
    .remedy = Mire l’anvers del DNI, baix a la dreta (CAN), i torne a escriure-les.
    .act = Tornar a provar
    .speech = { card-can-wrong }. { card-can-wrong.means } { card-can-wrong.remedy }

# card.pin-unknown: full screen, overlay or notice.
card-pin-unknown = No sabem si el PIN era correcte
    .means = La connexió es va tallar mentre la targeta el comprovava. Pot haver-se gastat un intent.
    .remedy = Torne a posar la targeta: li direm quants intents queden.
    .act = Tornar a provar
    .speech = { card-pin-unknown }. { card-pin-unknown.means } { card-pin-unknown.remedy }

# card.verify-again: full screen, overlay or notice.
card-verify-again = La targeta demana el PIN una altra vegada
    .means = El xip ha oblidat el PIN abans de signar. No s’ha signat res.
    .remedy = Torne a escriure el PIN per a signar.
    .act = Tornar a provar
    .speech = { card-verify-again }. { card-verify-again.means } { card-verify-again.remedy }

# reader.none: full screen, overlay or notice.
reader-none = No trobem el lector de targetes
    .means = Sense lector no es pot usar el DNI ací.
    .remedy = Avise al taulell. Pot continuar mirant els tràmits.
    .act = Tornar a provar
    .speech = { reader-none }. { reader-none.means } { reader-none.remedy }

# reader.service-down: full screen, overlay or notice.
reader-service-down = Ara no podem llegir targetes
    .means = El servei de targetes del quiosc s’ha parat. L’estem tornant a posar en marxa.
    .remedy = Espere uns segons i torne a provar.
    .act = Tornar a provar
    .speech = { reader-service-down }. { reader-service-down.means } { reader-service-down.remedy }

# reader.failed: full screen, overlay or notice.
reader-failed = El lector de targetes no contesta
    .means = La targeta no ha patit cap canvi.
    .remedy = Traga la targeta, torne-la a posar i torne a provar.
    .act = Tornar a provar
    .speech = { reader-failed }. { reader-failed.means } { reader-failed.remedy }

# certificate.expired: full screen, overlay or notice.
certificate-expired = El certificat del DNI ha caducat
    .means = Amb un certificat caducat no es pot signar. El DNI pot continuar sent vàlid.
    .remedy = Renove’l en una comissaria de la Policia Nacional o vaja al taulell.
    .act = Acabar
    .speech = { certificate-expired }. { certificate-expired.means } { certificate-expired.remedy }

# certificate.not-yet-valid: full screen, overlay or notice.
certificate-not-yet-valid = El certificat del DNI encara no val
    .means = La data en què comença a valdre encara no ha arribat.
    .remedy = Torne eixe dia o vaja al taulell.
    .act = Acabar
    .speech = { certificate-not-yet-valid }. { certificate-not-yet-valid.means } { certificate-not-yet-valid.remedy }

# certificate.untrusted: full screen, overlay or notice.
certificate-untrusted = No reconeixem qui va fer el certificat
    .means = No podem comprovar que siga de la Policia Nacional.
    .remedy = Vaja al taulell amb el DNI.
    .act = Acabar
    .speech = { certificate-untrusted }. { certificate-untrusted.means } { certificate-untrusted.remedy }

# certificate.bad-signature: full screen, overlay or notice.
certificate-bad-signature = El certificat del DNI no és autèntic
    .means = La comprovació del certificat no ha eixit bé. No hem usat cap dada.
    .remedy = Vaja al taulell amb el DNI.
    .act = Acabar
    .speech = { certificate-bad-signature }. { certificate-bad-signature.means } { certificate-bad-signature.remedy }

# certificate.wrong-use: full screen, overlay or notice.
certificate-wrong-use = Este certificat no servix per a açò
    .means = El certificat no permet identificar-se o signar.
    .remedy = Vaja al taulell: allí pot signar en paper.
    .act = Acabar
    .speech = { certificate-wrong-use }. { certificate-wrong-use.means } { certificate-wrong-use.remedy }

# certificate.weak: full screen, overlay or notice.
certificate-weak = El certificat del DNI és massa antic
    .means = La seua clau ja no és prou segura.
    .remedy = Renove’l en una comissaria de la Policia Nacional o vaja al taulell.
    .act = Acabar
    .speech = { certificate-weak }. { certificate-weak.means } { certificate-weak.remedy }

# certificate.not-a-person: full screen, overlay or notice.
certificate-not-a-person = El certificat no és d’una persona
    .means = Ací només es pot usar el DNI d’una persona.
    .remedy = Introduïsca el seu DNI o vaja al taulell.
    .act = Acabar
    .speech = { certificate-not-a-person }. { certificate-not-a-person.means } { certificate-not-a-person.remedy }

# certificate.malformed: full screen, overlay or notice.
certificate-malformed = No podem llegir el certificat del DNI
    .means = El que hi ha en el xip no té la forma esperada.
    .remedy = Torne a provar. Si passa igual, vaja al taulell.
    .act = Tornar a provar
    .speech = { certificate-malformed }. { certificate-malformed.means } { certificate-malformed.remedy }

# pin.blocked: full screen, overlay or notice.
pin-blocked = El PIN està bloquejat
    .means = Ara no es pot signar amb este DNI. El DNI continua sent vàlid.
    .remedy = Es desbloqueja en una comissaria de la Policia Nacional, amb l’empremta. També pot signar en paper al taulell.
    .act = Acabar
    .speech = { pin-blocked }. { pin-blocked.means } { pin-blocked.remedy }

# card.wrong-reader: full screen, overlay or notice.
card-wrong-reader = La targeta és en un altre lector
    .means = Esta pantalla no llig eixe lector.
    .remedy = Traga-la i pose-la en el lector d’esta pantalla.
    .act = Tornar a provar
    .speech = { card-wrong-reader }. { card-wrong-reader.means } { card-wrong-reader.remedy }

# card.changed: full screen, overlay or notice.
card-changed = Esta no és la targeta d’abans
    .means = La sessió és de la targeta amb què va començar.
    .remedy = Pose la d’abans o acabe.
    .act = Tornar a provar
    .speech = { card-changed }. { card-changed.means } { card-changed.remedy }

# other-certificate.expired: full screen, overlay or notice.
other-certificate-expired = El certificat ha caducat
    .means = Amb un certificat caducat no es pot signar.
    .remedy = Renove’l amb qui el va emetre, o use el DNI electrònic.
    .act = Continuar
    .speech = { other-certificate-expired }. { other-certificate-expired.means } { other-certificate-expired.remedy }

# other-certificate.not-yet-valid: full screen, overlay or notice.
other-certificate-not-yet-valid = El certificat encara no val
    .means = La data en què comença a valdre encara no ha arribat.
    .remedy = Torne eixe dia o use el DNI electrònic.
    .act = Continuar
    .speech = { other-certificate-not-yet-valid }. { other-certificate-not-yet-valid.means } { other-certificate-not-yet-valid.remedy }

# other-certificate.untrusted: full screen, overlay or notice.
other-certificate-untrusted = No reconeixem qui va emetre el certificat
    .means = Només podem usar certificats d’entitats reconegudes.
    .remedy = Use el DNI electrònic o un altre certificat.
    .act = Continuar
    .speech = { other-certificate-untrusted }. { other-certificate-untrusted.means } { other-certificate-untrusted.remedy }

# other-certificate.not-a-person: full screen, overlay or notice.
other-certificate-not-a-person = El certificat no és d’una persona
    .means = Ací només poden signar persones amb NIF o NIE.
    .remedy = Use el DNI electrònic o un altre certificat.
    .act = Continuar
    .speech = { other-certificate-not-a-person }. { other-certificate-not-a-person.means } { other-certificate-not-a-person.remedy }

# other-certificate.unusable: full screen, overlay or notice.
other-certificate-unusable = Este certificat no servix per a açò
    .means = No permet identificar-se i signar, o la seua clau ja no és prou segura.
    .remedy = Use el DNI electrònic o un altre certificat.
    .act = Continuar
    .speech = { other-certificate-unusable }. { other-certificate-unusable.means } { other-certificate-unusable.remedy }

# keystore.not-pkcs12: full screen, overlay or notice.
keystore-not-pkcs12 = Este fitxer no és un certificat
    .means = Fa falta el fitxer amb clau privada, que sol acabar en .p12 o .pfx.
    .remedy = Trie un altre fitxer o pose una altra memòria USB.
    .act = Triar un altre fitxer
    .speech = { keystore-not-pkcs12 }. { keystore-not-pkcs12.means } { keystore-not-pkcs12.remedy }

# keystore.wrong-password: full screen, overlay or notice.
keystore-wrong-password = Esta contrasenya no obri el certificat
    .means = És la que es va posar en guardar el fitxer. Les majúscules compten.
    .remedy = Torne a escriure-la.
    .act = Tornar a provar
    .speech = { keystore-wrong-password }. { keystore-wrong-password.means } { keystore-wrong-password.remedy }

# keystore.damaged: full screen, overlay or notice.
keystore-damaged = El fitxer del certificat està fet malbé
    .means = No es pot llegir sencer. Potser no es va acabar de copiar.
    .remedy = Torne a copiar-lo a la memòria USB o trie un altre fitxer.
    .act = Triar un altre fitxer
    .speech = { keystore-damaged }. { keystore-damaged.means } { keystore-damaged.remedy }

# keystore.costly: full screen, overlay or notice.
keystore-costly = Obrir este fitxer costaria massa temps
    .means = Demana molts més càlculs que un certificat normal.
    .remedy = Torne a exportar el certificat en el seu ordinador o use un altre.
    .act = Triar un altre fitxer
    .speech = { keystore-costly }. { keystore-costly.means } { keystore-costly.remedy }

# keystore.too-large: full screen, overlay or notice.
keystore-too-large = Este fitxer pesa massa
    .means = Un certificat és molt més menut.
    .remedy = Trie el fitxer del certificat, que sol acabar en .p12 o .pfx.
    .act = Triar un altre fitxer
    .speech = { keystore-too-large }. { keystore-too-large.means } { keystore-too-large.remedy }

# keystore.no-key: full screen, overlay or notice.
keystore-no-key = Amb este fitxer no es pot signar
    .means = Té el certificat, però li falta la clau privada.
    .remedy = Torne a exportar-lo amb la clau privada o trie un altre fitxer.
    .act = Triar un altre fitxer
    .speech = { keystore-no-key }. { keystore-no-key.means } { keystore-no-key.remedy }

# keystore.key-kind: full screen, overlay or notice.
keystore-key-kind = Ací no es pot usar este certificat
    .means = La seua clau és d’un tipus que este quiosc no admet.
    .remedy = Use el DNI o un altre certificat, o vaja al taulell.
    .act = Triar un altre fitxer
    .speech = { keystore-key-kind }. { keystore-key-kind.means } { keystore-key-kind.remedy }

# keystore.unsupported: full screen, overlay or notice.
keystore-unsupported = No sabem obrir este fitxer
    .means = Està protegit d’una manera que este quiosc no admet.
    .remedy = Torne a exportar el certificat en el seu ordinador o use el DNI.
    .act = Triar un altre fitxer
    .speech = { keystore-unsupported }. { keystore-unsupported.means } { keystore-unsupported.remedy }

# keystore.failed: full screen, overlay or notice.
keystore-failed = No hem pogut obrir el certificat
    .means = El quiosc ha tingut un problema. No és culpa seua.
    .remedy = Torne a provar. Si passa igual, vaja al taulell.
    .act = Tornar a provar
    .speech = { keystore-failed }. { keystore-failed.means } { keystore-failed.remedy }

# token.module: full screen, overlay or notice.
token-module = Ara ací no es poden llegir altres targetes
    .means = Al quiosc li falta el programa d’esta targeta. El DNI sí que es pot usar.
    .remedy = Use el DNI o avise al taulell.
    .act = Continuar
    .speech = { token-module }. { token-module.means } { token-module.remedy }

# token.absent: full screen, overlay or notice.
token-absent = No trobem cap targeta
    .means = El lector està buit o la targeta no està ben posada.
    .remedy = Introduïsca la targeta amb el xip cap amunt.
    .act = Tornar a provar
    .speech = { token-absent }. { token-absent.means } { token-absent.remedy }

# token.removed: full screen, overlay or notice.
token-removed = Ha tret la targeta
    .means = No s’ha signat res. El que ha escrit no s’ha perdut.
    .remedy = Torne a posar la mateixa targeta per a continuar.
    .act = Tornar a provar
    .speech = { token-removed }. { token-removed.means } { token-removed.remedy }

# token.pin-wrong: full screen, overlay or notice.
token-pin-wrong = Este no és el PIN de la targeta
    .means = S’ha gastat un intent. Després d’uns quants, la targeta es bloqueja.
    .remedy = Torne a escriure’l només si sap segur que és eixe.
    .act = Tornar a provar
    .speech = { token-pin-wrong }. { token-pin-wrong.means } { token-pin-wrong.remedy }

# token.pin-locked: full screen, overlay or notice.
token-pin-locked = El PIN de la targeta està bloquejat
    .means = Ara no es pot signar amb esta targeta.
    .remedy = El pot desbloquejar qui li va donar la targeta. També pot usar el DNI o anar al taulell.
    .act = Acabar
    .speech = { token-pin-locked }. { token-pin-locked.means } { token-pin-locked.remedy }

# token.pin-length: full screen, overlay or notice.
token-pin-length = El PIN no té la llargària que toca
    .means = No s’ha gastat cap intent. Un PIN d’esta targeta és més curt o més llarg.
    .remedy = Revise’l i torne a escriure’l.
    .act = Tornar a provar
    .speech = { token-pin-length }. { token-pin-length.means } { token-pin-length.remedy }

# token.no-certificate: full screen, overlay or notice.
token-no-certificate = Esta targeta no té cap certificat
    .means = Sense certificat no es pot signar ací.
    .remedy = Use una altra targeta o el DNI, o vaja al taulell.
    .act = Continuar
    .speech = { token-no-certificate }. { token-no-certificate.means } { token-no-certificate.remedy }

# token.no-key: full screen, overlay or notice.
token-no-key = Amb este certificat no es pot signar
    .means = En la targeta no està la clau privada del certificat.
    .remedy = Trie un altre certificat o use el DNI.
    .act = Continuar
    .speech = { token-no-key }. { token-no-key.means } { token-no-key.remedy }

# token.key-kind: full screen, overlay or notice.
token-key-kind = Ací no es pot usar esta targeta
    .means = La seua clau és d’un tipus que este quiosc no admet.
    .remedy = Use el DNI o una altra targeta, o vaja al taulell.
    .act = Continuar
    .speech = { token-key-kind }. { token-key-kind.means } { token-key-kind.remedy }

# token.busy: full screen, overlay or notice.
token-busy = La targeta està ocupada
    .means = Un altre programa del quiosc l’està usant.
    .remedy = Espere uns segons i torne a provar.
    .act = Tornar a provar
    .speech = { token-busy }. { token-busy.means } { token-busy.remedy }

# token.failed: full screen, overlay or notice.
token-failed = La targeta no contesta com toca
    .means = No s’ha presentat res. El que ha escrit no s’ha perdut.
    .remedy = Traga-la, torne-la a posar i torne a provar. Si passa igual, vaja al taulell.
    .act = Tornar a provar
    .speech = { token-failed }. { token-failed.means } { token-failed.remedy }

# store.full: full screen, overlay or notice.
store-full = Este quiosc no té lloc per a més
    .means = La sol·licitud no s’ha presentat.
    .remedy = Vaja al taulell o use un altre quiosc.
    .act = Acabar
    .speech = { store-full }. { store-full.means } { store-full.remedy }

# store.failed: full screen, overlay or notice.
store-failed = No hem pogut guardar la sol·licitud
    .means = No s’ha presentat. El que ha escrit continua en la pantalla.
    .remedy = Torne a provar. Si passa igual, vaja al taulell.
    .act = Tornar a provar
    .speech = { store-failed }. { store-failed.means } { store-failed.remedy }

# queue.refused: full screen, overlay or notice.
queue-refused = El registre no ha admés la sol·licitud
    .means = Està signada i guardada, però encara no està registrada.
    .remedy = Imprimisca el resguard i pregunte al taulell.
    .act = Continuar
    .speech = { queue-refused }. { queue-refused.means } { queue-refused.remedy }

# registry.unreachable: full screen, overlay or notice.
registry-unreachable = Ara no hi ha connexió amb el registre
    .means = La sol·licitud es guardarà ací i s’enviarà quan torne.
    .remedy = Pot continuar. Li donarem un resguard.
    .act = Continuar
    .speech = { registry-unreachable }. { registry-unreachable.means } { registry-unreachable.remedy }

# registry.nonsense: full screen, overlay or notice.
registry-nonsense = No entenem la resposta del registre
    .means = Encara no podem dir que estiga registrada. La sol·licitud està guardada.
    .remedy = Imprimisca el resguard. El personal ho comprovarà.
    .act = Continuar
    .speech = { registry-nonsense }. { registry-nonsense.means } { registry-nonsense.remedy }

# registry.refused: full screen, overlay or notice.
registry-refused = El registre no ha admés la sol·licitud
    .means = Encara no està registrada. La còpia signada està guardada.
    .remedy = Imprimisca el resguard i pregunte al taulell.
    .act = Continuar
    .speech = { registry-refused }. { registry-refused.means } { registry-refused.remedy }

# signature.failed: full screen, overlay or notice.
signature-failed = No hem pogut signar
    .means = No s’ha presentat res. El que ha escrit no s’ha perdut.
    .remedy = Torne a provar. Si signa amb targeta, no la traga.
    .act = Tornar a provar
    .speech = { signature-failed }. { signature-failed.means } { signature-failed.remedy }

# document.failed: full screen, overlay or notice.
document-failed = No hem pogut preparar el document
    .means = No s’ha presentat res. El que ha escrit no s’ha perdut.
    .remedy = Torne a provar. Si passa igual, vaja al taulell.
    .act = Tornar a provar
    .speech = { document-failed }. { document-failed.means } { document-failed.remedy }

# document.changed: full screen, overlay or notice.
document-changed = El document ha canviat
    .means = Ja no és igual que el que havia revisat. No s’ha signat.
    .remedy = Revise’l una altra vegada abans de signar.
    .act = Continuar
    .speech = { document-changed }. { document-changed.means } { document-changed.remedy }

# print.none: full screen, overlay or notice.
print-none = No queda paper
    .means = Ara no es pot imprimir ací. La sol·licitud no canvia.
    .remedy = Guarde el document en una memòria USB o avise al taulell.
    .act = Continuar
    .speech = { print-none }. { print-none.means } { print-none.remedy }

# print.failed: full screen, overlay or notice.
print-failed = No hem pogut imprimir
    .means = La sol·licitud no canvia. Només falta el paper.
    .remedy = Torne a provar o guarde el document en una memòria USB.
    .act = Tornar a provar
    .speech = { print-failed }. { print-failed.means } { print-failed.remedy }

# save.no-stick: full screen, overlay or notice.
save-no-stick = No trobem cap memòria USB
    .means = El document encara no s’ha guardat.
    .remedy = Pose la memòria USB i torne a provar.
    .act = Tornar a provar
    .speech = { save-no-stick }. { save-no-stick.means } { save-no-stick.remedy }

# save.failed: full screen, overlay or notice.
save-failed = No hem pogut guardar en la memòria
    .means = La memòria USB no ha deixat escriure el document.
    .remedy = Torne a provar, use una altra memòria o imprimisca el document.
    .act = Tornar a provar
    .speech = { save-failed }. { save-failed.means } { save-failed.remedy }

# save.full: full screen, overlay or notice.
save-full = La memòria USB està plena
    .means = El document no hi cap.
    .remedy = Use una altra memòria o imprimisca el document.
    .act = Tornar a provar
    .speech = { save-full }. { save-full.means } { save-full.remedy }

# file.none: full screen, overlay or notice.
file-none = No hi ha fitxers que es puguen usar
    .means = Només s’accepten PDF, JPG i PNG.
    .remedy = Pose una memòria USB amb el document i torne a provar.
    .act = Tornar a provar
    .speech = { file-none }. { file-none.means } { file-none.remedy }

# file.unreadable: full screen, overlay or notice.
file-unreadable = No podem llegir este fitxer
    .means = Potser està fet malbé o té contrasenya.
    .remedy = Trie un altre fitxer.
    .act = Continuar
    .speech = { file-unreadable }. { file-unreadable.means } { file-unreadable.remedy }

# catalogue.failed: full screen, overlay or notice.
catalogue-failed = No podem mostrar els tràmits
    .means = Falta informació en este quiosc.
    .remedy = Vaja al taulell o entre en la seu electrònica.
    .act = Acabar
    .speech = { catalogue-failed }. { catalogue-failed.means } { catalogue-failed.remedy }

# kiosk.fault: full screen, overlay or notice.
kiosk-fault = No hem pogut acabar
    .means = El quiosc ha tingut un problema. No és culpa seua.
    .remedy = Acabe i torne a començar, o vaja al taulell.
    .act = Acabar
    .speech = { kiosk-fault }. { kiosk-fault.means } { kiosk-fault.remedy }

# procedure.closed: full screen, overlay or notice.
procedure-closed = El termini d’este tràmit no està obert
    .means = Hui no es pot presentar. El que ha escrit no s’ha perdut.
    .remedy = Pregunte en el taulell com el pot presentar.
    .act = Continuar
    .speech = { procedure-closed }. { procedure-closed.means } { procedure-closed.remedy }

# procedure.suspended: full screen, overlay or notice.
procedure-suspended = Ara no es pot fer este tràmit
    .means = L’Ajuntament ha deixat d’admetre’l. El que ha escrit no s’ha perdut.
    .remedy = Pregunte en el taulell quan i com el podrà presentar.
    .act = Continuar
    .speech = { procedure-suspended }. { procedure-suspended.means } { procedure-suspended.remedy }
