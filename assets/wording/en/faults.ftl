### Faults a citizen can meet: one message per code (dots as hyphens).
### Value: what happened, at most eight words. means: what it means for you. remedy: what to do now. act: main button. speech: said aloud.

# card.not-dnie: full screen, overlay or notice.
card-not-dnie = This card is not a DNI
    .means = This kiosk only reads the electronic DNI.
    .remedy = Take it out and insert your DNI, chip side up.
    .act = Try again
    .speech = { card-not-dnie }. { card-not-dnie.means } { card-not-dnie.remedy }

# card.mute: full screen, overlay or notice.
card-mute = We cannot find the card’s chip
    .means = It may be upside down, dirty or damaged.
    .remedy = Take it out, turn it chip side up and insert it again.
    .act = Try again
    .speech = { card-mute }. { card-mute.means } { card-mute.remedy }

# card.removed: full screen, overlay or notice.
card-removed = You removed the card
    .means = We covered the screen. What you typed is not lost.
    .remedy = Put it back to continue.
    .act = Try again
    .speech = { card-removed }. { card-removed.means } { card-removed.remedy }

# card.other: full screen, overlay or notice.
card-other = This card belongs to someone else
    .means = We covered the screen because someone else started the session.
    .remedy = Use the first one or finish.
    .act = Try again
    .speech = { card-other }. { card-other.means } { card-other.remedy }

# card.terminated: full screen, overlay or notice.
card-terminated = This DNI chip is no longer in use
    .means = You cannot sign here with this DNI.
    .remedy = Go to the counter. A National Police station can make you a new DNI.
    .act = Finish
    .speech = { card-terminated }. { card-terminated.means } { card-terminated.remedy }

# card.untrusted: full screen, overlay or notice.
card-untrusted = We cannot verify this card
    .means = The chip did not prove to be a genuine DNI. We have read no data.
    .remedy = Try again. If it happens again, go to the counter.
    .act = Try again
    .speech = { card-untrusted }. { card-untrusted.means } { card-untrusted.remedy }

# card.busy: full screen, overlay or notice.
card-busy = The card is busy
    .means = Another program in the kiosk is using it.
    .remedy = Wait a few seconds and try again.
    .act = Try again
    .speech = { card-busy }. { card-busy.means } { card-busy.remedy }

# card.reset: full screen, overlay or notice.
card-reset = Reading the card was interrupted
    .means = No PIN try has been used.
    .remedy = Leave the card still and try again.
    .act = Try again
    .speech = { card-reset }. { card-reset.means } { card-reset.remedy }

# card.channel: full screen, overlay or notice.
card-channel = We could not talk to the chip
    .means = The secure connection to the card was cut.
    .remedy = Take the card out, insert it again and try again.
    .act = Try again
    .speech = { card-channel }. { card-channel.means } { card-channel.remedy }

# card.no-signature-certificate: full screen, overlay or notice.
card-no-signature-certificate = This DNI has no signature certificate
    .means = It happens, for example, with minors. Without it you cannot sign here.
    .remedy = Go to the counter: there you can sign on paper.
    .act = Finish
    .speech = { card-no-signature-certificate }. { card-no-signature-certificate.means } { card-no-signature-certificate.remedy }

# card.protocol: full screen, overlay or notice.
card-protocol = We do not understand the card’s answer
    .means = Nothing was submitted and no PIN try was used.
    .remedy = Try again. If it happens again, go to the counter.
    .act = Try again
    .speech = { card-protocol }. { card-protocol.means } { card-protocol.remedy }

# card.can-needed: full screen, overlay or notice.
card-can-needed = This card needs its access number
    .means = It lies on a reader that works without touching the chip.
    .remedy = Type the six digits printed on the front of the DNI (CAN).
    .act = Try again
    .speech = { card-can-needed }. { card-can-needed.means } { card-can-needed.remedy }

# card.can-wrong: full screen, overlay or notice.
card-can-wrong = The access number does not match
    .means = The six digits are not the ones on this card. No PIN try was used.
    .remedy = Look at the front of the DNI, bottom right (CAN), and type them again.
    .act = Try again
    .speech = { card-can-wrong }. { card-can-wrong.means } { card-can-wrong.remedy }

# card.pin-unknown: full screen, overlay or notice.
card-pin-unknown = We cannot tell if the PIN was right
    .means = The connection was cut while the card was checking it. It may have used a try.
    .remedy = Put the card back: we will tell you how many tries are left.
    .act = Try again
    .speech = { card-pin-unknown }. { card-pin-unknown.means } { card-pin-unknown.remedy }

# card.verify-again: full screen, overlay or notice.
card-verify-again = The card asks for the PIN again
    .means = The chip forgot the PIN before signing. Nothing was signed.
    .remedy = Type the PIN again to sign.
    .act = Try again
    .speech = { card-verify-again }. { card-verify-again.means } { card-verify-again.remedy }

# reader.none: full screen, overlay or notice.
reader-none = We cannot find the card reader
    .means = Without the reader the DNI cannot be used here.
    .remedy = Tell the counter. You can go on looking at the procedures.
    .act = Try again
    .speech = { reader-none }. { reader-none.means } { reader-none.remedy }

# reader.service-down: full screen, overlay or notice.
reader-service-down = We cannot read cards now
    .means = The kiosk’s card service has stopped. We are starting it again.
    .remedy = Wait a few seconds and try again.
    .act = Try again
    .speech = { reader-service-down }. { reader-service-down.means } { reader-service-down.remedy }

# reader.failed: full screen, overlay or notice.
reader-failed = The card reader does not answer
    .means = Your card has not been changed.
    .remedy = Take the card out, insert it again and try again.
    .act = Try again
    .speech = { reader-failed }. { reader-failed.means } { reader-failed.remedy }

# certificate.expired: full screen, overlay or notice.
certificate-expired = The certificate in your DNI has expired
    .means = You cannot sign with an expired certificate. The DNI itself may still be valid.
    .remedy = Renew it at a National Police station or go to the counter.
    .act = Finish
    .speech = { certificate-expired }. { certificate-expired.means } { certificate-expired.remedy }

# certificate.not-yet-valid: full screen, overlay or notice.
certificate-not-yet-valid = Your DNI certificate is not valid yet
    .means = The date from which it is valid has not come.
    .remedy = Come back that day or go to the counter.
    .act = Finish
    .speech = { certificate-not-yet-valid }. { certificate-not-yet-valid.means } { certificate-not-yet-valid.remedy }

# certificate.untrusted: full screen, overlay or notice.
certificate-untrusted = We do not recognise who issued the certificate
    .means = We cannot verify that it is from the National Police.
    .remedy = Go to the counter with your DNI.
    .act = Finish
    .speech = { certificate-untrusted }. { certificate-untrusted.means } { certificate-untrusted.remedy }

# certificate.bad-signature: full screen, overlay or notice.
certificate-bad-signature = The certificate in the DNI is not genuine
    .means = The check of the certificate did not pass. We have used no data.
    .remedy = Go to the counter with your DNI.
    .act = Finish
    .speech = { certificate-bad-signature }. { certificate-bad-signature.means } { certificate-bad-signature.remedy }

# certificate.wrong-use: full screen, overlay or notice.
certificate-wrong-use = This certificate cannot be used for this
    .means = The certificate does not allow you to identify yourself or to sign.
    .remedy = Go to the counter: there you can sign on paper.
    .act = Finish
    .speech = { certificate-wrong-use }. { certificate-wrong-use.means } { certificate-wrong-use.remedy }

# certificate.weak: full screen, overlay or notice.
certificate-weak = The certificate in your DNI is too old
    .means = Its key is no longer safe enough.
    .remedy = Renew it at a National Police station or go to the counter.
    .act = Finish
    .speech = { certificate-weak }. { certificate-weak.means } { certificate-weak.remedy }

# certificate.not-a-person: full screen, overlay or notice.
certificate-not-a-person = The certificate is not a person’s
    .means = Only a person’s DNI can be used here.
    .remedy = Insert your DNI or go to the counter.
    .act = Finish
    .speech = { certificate-not-a-person }. { certificate-not-a-person.means } { certificate-not-a-person.remedy }

# certificate.malformed: full screen, overlay or notice.
certificate-malformed = We cannot read the certificate in the DNI
    .means = What is in the chip does not have the expected form.
    .remedy = Try again. If it happens again, go to the counter.
    .act = Try again
    .speech = { certificate-malformed }. { certificate-malformed.means } { certificate-malformed.remedy }

# pin.blocked: full screen, overlay or notice.
pin-blocked = The PIN is blocked
    .means = You cannot sign with this DNI now. The DNI itself is still valid.
    .remedy = A National Police station can unblock it with your fingerprint. You can also sign on paper at the counter.
    .act = Finish
    .speech = { pin-blocked }. { pin-blocked.means } { pin-blocked.remedy }

# card.wrong-reader: full screen, overlay or notice.
card-wrong-reader = Your card is in another reader
    .means = This screen does not read that reader.
    .remedy = Take it out and put it in the reader of this screen.
    .act = Try again
    .speech = { card-wrong-reader }. { card-wrong-reader.means } { card-wrong-reader.remedy }

# card.changed: full screen, overlay or notice.
card-changed = This is not the card you used before
    .means = This session belongs to the card you started with.
    .remedy = Put that card back or finish.
    .act = Try again
    .speech = { card-changed }. { card-changed.means } { card-changed.remedy }

# other-certificate.expired: full screen, overlay or notice.
other-certificate-expired = The certificate has expired
    .means = You cannot sign with an expired certificate.
    .remedy = Renew it with whoever issued it, or use your electronic DNI.
    .act = Continue
    .speech = { other-certificate-expired }. { other-certificate-expired.means } { other-certificate-expired.remedy }

# other-certificate.not-yet-valid: full screen, overlay or notice.
other-certificate-not-yet-valid = The certificate is not valid yet
    .means = The date when it becomes valid has not come.
    .remedy = Come back on that day, or use your electronic DNI.
    .act = Continue
    .speech = { other-certificate-not-yet-valid }. { other-certificate-not-yet-valid.means } { other-certificate-not-yet-valid.remedy }

# other-certificate.untrusted: full screen, overlay or notice.
other-certificate-untrusted = We do not recognise who issued the certificate
    .means = We can only use certificates from recognised providers.
    .remedy = Use your electronic DNI or another certificate.
    .act = Continue
    .speech = { other-certificate-untrusted }. { other-certificate-untrusted.means } { other-certificate-untrusted.remedy }

# other-certificate.not-a-person: full screen, overlay or notice.
other-certificate-not-a-person = The certificate does not belong to a person
    .means = Only people with a NIF or NIE can sign here.
    .remedy = Use your electronic DNI or another certificate.
    .act = Continue
    .speech = { other-certificate-not-a-person }. { other-certificate-not-a-person.means } { other-certificate-not-a-person.remedy }

# other-certificate.unusable: full screen, overlay or notice.
other-certificate-unusable = This certificate is not for this use
    .means = It does not allow you to identify yourself and sign, or its key is no longer safe enough.
    .remedy = Use your electronic DNI or another certificate.
    .act = Continue
    .speech = { other-certificate-unusable }. { other-certificate-unusable.means } { other-certificate-unusable.remedy }

# keystore.not-pkcs12: full screen, overlay or notice.
keystore-not-pkcs12 = This file is not a certificate
    .means = It has to be the file with the private key, which usually ends in .p12 or .pfx.
    .remedy = Choose another file or insert another USB stick.
    .act = Choose another file
    .speech = { keystore-not-pkcs12 }. { keystore-not-pkcs12.means } { keystore-not-pkcs12.remedy }

# keystore.wrong-password: full screen, overlay or notice.
keystore-wrong-password = This password does not open the certificate
    .means = It is the one that was set when the file was saved. Capitals count.
    .remedy = Type it again.
    .act = Try again
    .speech = { keystore-wrong-password }. { keystore-wrong-password.means } { keystore-wrong-password.remedy }

# keystore.damaged: full screen, overlay or notice.
keystore-damaged = The certificate file is damaged
    .means = It cannot be read in full. It may not have been copied to the end.
    .remedy = Copy it to the USB stick again or choose another file.
    .act = Choose another file
    .speech = { keystore-damaged }. { keystore-damaged.means } { keystore-damaged.remedy }

# keystore.costly: full screen, overlay or notice.
keystore-costly = Opening this file would take too long
    .means = It asks for far more computation than an ordinary certificate.
    .remedy = Export the certificate again on your computer or use another one.
    .act = Choose another file
    .speech = { keystore-costly }. { keystore-costly.means } { keystore-costly.remedy }

# keystore.too-large: full screen, overlay or notice.
keystore-too-large = This file is too large
    .means = A certificate is much smaller.
    .remedy = Choose the certificate file, which usually ends in .p12 or .pfx.
    .act = Choose another file
    .speech = { keystore-too-large }. { keystore-too-large.means } { keystore-too-large.remedy }

# keystore.no-key: full screen, overlay or notice.
keystore-no-key = This file cannot be used to sign
    .means = It has the certificate but not the private key.
    .remedy = Export it again with its private key or choose another file.
    .act = Choose another file
    .speech = { keystore-no-key }. { keystore-no-key.means } { keystore-no-key.remedy }

# keystore.key-kind: full screen, overlay or notice.
keystore-key-kind = This certificate cannot be used here
    .means = Its key is of a kind that this kiosk does not take.
    .remedy = Use your DNI or another certificate, or go to the counter.
    .act = Choose another file
    .speech = { keystore-key-kind }. { keystore-key-kind.means } { keystore-key-kind.remedy }

# keystore.unsupported: full screen, overlay or notice.
keystore-unsupported = We cannot open this kind of file
    .means = It is protected in a way that this kiosk does not take.
    .remedy = Export the certificate again on your computer or use your DNI.
    .act = Choose another file
    .speech = { keystore-unsupported }. { keystore-unsupported.means } { keystore-unsupported.remedy }

# keystore.failed: full screen, overlay or notice.
keystore-failed = We could not open the certificate
    .means = The kiosk has had a problem. It is not your fault.
    .remedy = Try again. If it happens again, go to the counter.
    .act = Try again
    .speech = { keystore-failed }. { keystore-failed.means } { keystore-failed.remedy }

# token.module: full screen, overlay or notice.
token-module = Other cards cannot be read here now
    .means = The kiosk lacks the program for this card. The DNI can be used.
    .remedy = Use your DNI or tell the counter.
    .act = Continue
    .speech = { token-module }. { token-module.means } { token-module.remedy }

# token.absent: full screen, overlay or notice.
token-absent = We cannot find a card
    .means = The reader is empty or the card is not fully in.
    .remedy = Insert the card, chip side up.
    .act = Try again
    .speech = { token-absent }. { token-absent.means } { token-absent.remedy }

# token.removed: full screen, overlay or notice.
token-removed = You removed the card
    .means = Nothing was signed. What you typed is not lost.
    .remedy = Put the same card back to continue.
    .act = Try again
    .speech = { token-removed }. { token-removed.means } { token-removed.remedy }

# token.pin-wrong: full screen, overlay or notice.
token-pin-wrong = This is not the card’s PIN
    .means = One try has been used. After a few, the card is blocked.
    .remedy = Type it again only if you are sure which one it is.
    .act = Try again
    .speech = { token-pin-wrong }. { token-pin-wrong.means } { token-pin-wrong.remedy }

# token.pin-locked: full screen, overlay or notice.
token-pin-locked = The card’s PIN is blocked
    .means = You cannot sign with this card now.
    .remedy = Whoever gave you the card can unblock it. You can also use your DNI or go to the counter.
    .act = Finish
    .speech = { token-pin-locked }. { token-pin-locked.means } { token-pin-locked.remedy }

# token.pin-length: full screen, overlay or notice.
token-pin-length = The PIN does not have the right length
    .means = No try has been used. A PIN of this card is shorter or longer.
    .remedy = Check it and type it again.
    .act = Try again
    .speech = { token-pin-length }. { token-pin-length.means } { token-pin-length.remedy }

# token.no-certificate: full screen, overlay or notice.
token-no-certificate = This card has no certificate
    .means = Without a certificate you cannot sign here.
    .remedy = Use another card or your DNI, or go to the counter.
    .act = Continue
    .speech = { token-no-certificate }. { token-no-certificate.means } { token-no-certificate.remedy }

# token.no-key: full screen, overlay or notice.
token-no-key = This certificate cannot be used to sign
    .means = The certificate’s private key is not on the card.
    .remedy = Choose another certificate or use your DNI.
    .act = Continue
    .speech = { token-no-key }. { token-no-key.means } { token-no-key.remedy }

# token.key-kind: full screen, overlay or notice.
token-key-kind = This card cannot be used here
    .means = Its key is of a kind that this kiosk does not take.
    .remedy = Use your DNI or another card, or go to the counter.
    .act = Continue
    .speech = { token-key-kind }. { token-key-kind.means } { token-key-kind.remedy }

# token.busy: full screen, overlay or notice.
token-busy = The card is busy
    .means = Another program in the kiosk is using it.
    .remedy = Wait a few seconds and try again.
    .act = Try again
    .speech = { token-busy }. { token-busy.means } { token-busy.remedy }

# token.failed: full screen, overlay or notice.
token-failed = The card does not answer as it should
    .means = Nothing was submitted. What you typed is not lost.
    .remedy = Take it out, insert it again and try again. If it happens again, go to the counter.
    .act = Try again
    .speech = { token-failed }. { token-failed.means } { token-failed.remedy }

# store.full: full screen, overlay or notice.
store-full = This kiosk has no room for more
    .means = Your application has not been submitted.
    .remedy = Go to the counter or use another kiosk.
    .act = Finish
    .speech = { store-full }. { store-full.means } { store-full.remedy }

# store.failed: full screen, overlay or notice.
store-failed = We could not keep your application
    .means = It has not been submitted. What you typed is still on the screen.
    .remedy = Try again. If it happens again, go to the counter.
    .act = Try again
    .speech = { store-failed }. { store-failed.means } { store-failed.remedy }

# queue.refused: full screen, overlay or notice.
queue-refused = The registry did not accept the application
    .means = It is signed and kept but not registered yet.
    .remedy = Print the slip and ask at the counter.
    .act = Continue
    .speech = { queue-refused }. { queue-refused.means } { queue-refused.remedy }

# registry.unreachable: full screen, overlay or notice.
registry-unreachable = There is no connection to the registry now
    .means = Your application will be kept here and sent when it returns.
    .remedy = You can continue. We will give you a slip.
    .act = Continue
    .speech = { registry-unreachable }. { registry-unreachable.means } { registry-unreachable.remedy }

# registry.nonsense: full screen, overlay or notice.
registry-nonsense = We do not understand the registry’s answer
    .means = We cannot say yet that it is registered. Your application is kept.
    .remedy = Print the slip. Staff will look into it.
    .act = Continue
    .speech = { registry-nonsense }. { registry-nonsense.means } { registry-nonsense.remedy }

# registry.refused: full screen, overlay or notice.
registry-refused = The registry did not accept the application
    .means = It is not registered yet. The signed copy is kept.
    .remedy = Print the slip and ask at the counter.
    .act = Continue
    .speech = { registry-refused }. { registry-refused.means } { registry-refused.remedy }

# signature.failed: full screen, overlay or notice.
signature-failed = We could not sign
    .means = Nothing was submitted. What you typed is not lost.
    .remedy = Try again. If you sign with a card, leave it in.
    .act = Try again
    .speech = { signature-failed }. { signature-failed.means } { signature-failed.remedy }

# document.failed: full screen, overlay or notice.
document-failed = We could not prepare the document
    .means = Nothing was submitted. What you typed is not lost.
    .remedy = Try again. If it happens again, go to the counter.
    .act = Try again
    .speech = { document-failed }. { document-failed.means } { document-failed.remedy }

# document.changed: full screen, overlay or notice.
document-changed = The document has changed
    .means = It is no longer the one you checked. It has not been signed.
    .remedy = Check it again before you sign.
    .act = Continue
    .speech = { document-changed }. { document-changed.means } { document-changed.remedy }

# print.none: full screen, overlay or notice.
print-none = There is no paper left
    .means = Nothing can be printed here now. Your application is not affected.
    .remedy = Save the document to a USB stick or tell the counter.
    .act = Continue
    .speech = { print-none }. { print-none.means } { print-none.remedy }

# print.failed: full screen, overlay or notice.
print-failed = We could not print
    .means = Your application is not affected. Only the paper is missing.
    .remedy = Try again or save the document to a USB stick.
    .act = Try again
    .speech = { print-failed }. { print-failed.means } { print-failed.remedy }

# save.no-stick: full screen, overlay or notice.
save-no-stick = We cannot find a USB stick
    .means = The document has not been saved yet.
    .remedy = Insert the USB stick and try again.
    .act = Try again
    .speech = { save-no-stick }. { save-no-stick.means } { save-no-stick.remedy }

# save.failed: full screen, overlay or notice.
save-failed = We could not save to the stick
    .means = The USB stick did not let us write the document.
    .remedy = Try again, use another stick or print the document.
    .act = Try again
    .speech = { save-failed }. { save-failed.means } { save-failed.remedy }

# save.full: full screen, overlay or notice.
save-full = The USB stick is full
    .means = There is no room for the document.
    .remedy = Use another stick or print the document.
    .act = Try again
    .speech = { save-full }. { save-full.means } { save-full.remedy }

# file.none: full screen, overlay or notice.
file-none = There are no files that can be used
    .means = Only PDF, JPG and PNG are accepted.
    .remedy = Insert a USB stick with the document and try again.
    .act = Try again
    .speech = { file-none }. { file-none.means } { file-none.remedy }

# file.unreadable: full screen, overlay or notice.
file-unreadable = We cannot read this file
    .means = It may be damaged or have a password.
    .remedy = Choose another file.
    .act = Continue
    .speech = { file-unreadable }. { file-unreadable.means } { file-unreadable.remedy }

# catalogue.failed: full screen, overlay or notice.
catalogue-failed = We cannot show the procedures
    .means = Information is missing in this kiosk.
    .remedy = Go to the counter or use the online office.
    .act = Finish
    .speech = { catalogue-failed }. { catalogue-failed.means } { catalogue-failed.remedy }

# kiosk.fault: full screen, overlay or notice.
kiosk-fault = We could not finish
    .means = The kiosk has had a problem. It is not your fault.
    .remedy = Finish and start again, or go to the counter.
    .act = Finish
    .speech = { kiosk-fault }. { kiosk-fault.means } { kiosk-fault.remedy }

# procedure.closed: full screen, overlay or notice.
procedure-closed = The period of this procedure is not open
    .means = It cannot be handed in today. What you typed is not lost.
    .remedy = Ask at the counter how you can hand it in.
    .act = Continue
    .speech = { procedure-closed }. { procedure-closed.means } { procedure-closed.remedy }

# procedure.suspended: full screen, overlay or notice.
procedure-suspended = This procedure cannot be done now
    .means = The council has stopped taking it. What you typed is not lost.
    .remedy = Ask at the counter when and how you can hand it in.
    .act = Continue
    .speech = { procedure-suspended }. { procedure-suspended.means } { procedure-suspended.remedy }
