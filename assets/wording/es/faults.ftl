### Faults a citizen can meet: one message per code (dots as hyphens).
### Value: what happened, at most eight words. means: what it means for you. remedy: what to do now. act: main button. speech: said aloud.

# card.not-dnie: full screen, overlay or notice.
card-not-dnie = Esta tarjeta no es un DNI
    .means = Este quiosco solo lee el DNI electrónico.
    .remedy = Sáquela e introduzca el DNI con el chip hacia arriba.
    .act = Volver a intentar
    .speech = { card-not-dnie }. { card-not-dnie.means } { card-not-dnie.remedy }

# card.mute: full screen, overlay or notice.
card-mute = No encontramos el chip de la tarjeta
    .means = Puede estar del revés, sucia o dañada.
    .remedy = Sáquela, gírela con el chip hacia arriba y vuelva a ponerla.
    .act = Volver a intentar
    .speech = { card-mute }. { card-mute.means } { card-mute.remedy }

# card.removed: full screen, overlay or notice.
card-removed = Ha sacado la tarjeta
    .means = Hemos tapado la pantalla. Lo que ha escrito no se ha perdido.
    .remedy = Vuelva a ponerla para continuar.
    .act = Volver a intentar
    .speech = { card-removed }. { card-removed.means } { card-removed.remedy }

# card.other: full screen, overlay or notice.
card-other = Esta tarjeta es de otra persona
    .means = Hemos tapado la pantalla porque la sesión es de quien empezó.
    .remedy = Ponga la de antes o termine.
    .act = Volver a intentar
    .speech = { card-other }. { card-other.means } { card-other.remedy }

# card.terminated: full screen, overlay or notice.
card-terminated = El chip de este DNI ya no vale
    .means = Con este DNI no se puede firmar aquí.
    .remedy = Vaya al mostrador. Una comisaría de la Policía Nacional puede hacerle un DNI nuevo.
    .act = Terminar
    .speech = { card-terminated }. { card-terminated.means } { card-terminated.remedy }

# card.untrusted: full screen, overlay or notice.
card-untrusted = No podemos comprobar esta tarjeta
    .means = El chip no ha demostrado que sea un DNI auténtico. No hemos leído ningún dato.
    .remedy = Vuelva a intentarlo. Si pasa igual, vaya al mostrador.
    .act = Volver a intentar
    .speech = { card-untrusted }. { card-untrusted.means } { card-untrusted.remedy }

# card.busy: full screen, overlay or notice.
card-busy = La tarjeta está ocupada
    .means = Otro programa del quiosco la está usando.
    .remedy = Espere unos segundos y vuelva a intentarlo.
    .act = Volver a intentar
    .speech = { card-busy }. { card-busy.means } { card-busy.remedy }

# card.reset: full screen, overlay or notice.
card-reset = Se ha cortado la lectura de la tarjeta
    .means = No se ha gastado ningún intento de PIN.
    .remedy = Deje la tarjeta quieta y vuelva a intentarlo.
    .act = Volver a intentar
    .speech = { card-reset }. { card-reset.means } { card-reset.remedy }

# card.channel: full screen, overlay or notice.
card-channel = No hemos podido hablar con el chip
    .means = La conexión segura con la tarjeta se ha cortado.
    .remedy = Saque la tarjeta, vuelva a ponerla e inténtelo de nuevo.
    .act = Volver a intentar
    .speech = { card-channel }. { card-channel.means } { card-channel.remedy }

# card.no-signature-certificate: full screen, overlay or notice.
card-no-signature-certificate = Este DNI no tiene certificado de firma
    .means = Pasa, por ejemplo, en el DNI de los menores de edad. Sin certificado no se puede firmar aquí.
    .remedy = Vaya al mostrador: allí puede firmar en papel.
    .act = Terminar
    .speech = { card-no-signature-certificate }. { card-no-signature-certificate.means } { card-no-signature-certificate.remedy }

# card.protocol: full screen, overlay or notice.
card-protocol = No entendemos la respuesta de la tarjeta
    .means = No se ha presentado nada ni se ha gastado ningún intento de PIN.
    .remedy = Vuelva a intentarlo. Si pasa igual, vaya al mostrador.
    .act = Volver a intentar
    .speech = { card-protocol }. { card-protocol.means } { card-protocol.remedy }

# card.can-needed: full screen, overlay or notice.
card-can-needed = Este DNI necesita su número de acceso
    .means = Está en un lector que lee sin tocar el chip.
    .remedy = Escriba las seis cifras impresas en el anverso del DNI (CAN).
    .act = Volver a intentar
    .speech = { card-can-needed }. { card-can-needed.means } { card-can-needed.remedy }

# card.can-wrong: full screen, overlay or notice.
card-can-wrong = El número de acceso no coincide
    .means = Las seis cifras no son las de esta tarjeta. No se ha gastado ningún intento de PIN.
    .remedy = Mire el anverso del DNI, abajo a la derecha (CAN), y vuelva a escribirlas.
    .act = Volver a intentar
    .speech = { card-can-wrong }. { card-can-wrong.means } { card-can-wrong.remedy }

# card.pin-unknown: full screen, overlay or notice.
card-pin-unknown = No sabemos si el PIN era correcto
    .means = La conexión se cortó mientras la tarjeta lo comprobaba. Puede haberse gastado un intento.
    .remedy = Vuelva a poner la tarjeta: le diremos cuántos intentos quedan.
    .act = Volver a intentar
    .speech = { card-pin-unknown }. { card-pin-unknown.means } { card-pin-unknown.remedy }

# card.verify-again: full screen, overlay or notice.
card-verify-again = La tarjeta pide el PIN otra vez
    .means = El chip ha olvidado el PIN antes de firmar. No se ha firmado nada.
    .remedy = Vuelva a escribir el PIN para firmar.
    .act = Volver a intentar
    .speech = { card-verify-again }. { card-verify-again.means } { card-verify-again.remedy }

# reader.none: full screen, overlay or notice.
reader-none = No encontramos el lector de tarjetas
    .means = Sin lector no se puede usar el DNI aquí.
    .remedy = Avise en el mostrador. Puede seguir mirando los trámites.
    .act = Volver a intentar
    .speech = { reader-none }. { reader-none.means } { reader-none.remedy }

# reader.service-down: full screen, overlay or notice.
reader-service-down = Ahora no podemos leer tarjetas
    .means = El servicio de tarjetas del quiosco se ha parado. Lo estamos poniendo en marcha otra vez.
    .remedy = Espere unos segundos y vuelva a intentarlo.
    .act = Volver a intentar
    .speech = { reader-service-down }. { reader-service-down.means } { reader-service-down.remedy }

# reader.failed: full screen, overlay or notice.
reader-failed = El lector de tarjetas no contesta
    .means = La tarjeta no ha sufrido ningún cambio.
    .remedy = Saque la tarjeta, vuelva a ponerla e inténtelo de nuevo.
    .act = Volver a intentar
    .speech = { reader-failed }. { reader-failed.means } { reader-failed.remedy }

# certificate.expired: full screen, overlay or notice.
certificate-expired = El certificado del DNI ha caducado
    .means = Con un certificado caducado no se puede firmar. El DNI puede seguir siendo válido.
    .remedy = Renuévelo en una comisaría de la Policía Nacional o vaya al mostrador.
    .act = Terminar
    .speech = { certificate-expired }. { certificate-expired.means } { certificate-expired.remedy }

# certificate.not-yet-valid: full screen, overlay or notice.
certificate-not-yet-valid = El certificado del DNI todavía no vale
    .means = La fecha en que empieza a valer todavía no ha llegado.
    .remedy = Vuelva ese día o vaya al mostrador.
    .act = Terminar
    .speech = { certificate-not-yet-valid }. { certificate-not-yet-valid.means } { certificate-not-yet-valid.remedy }

# certificate.untrusted: full screen, overlay or notice.
certificate-untrusted = No reconocemos quién hizo el certificado
    .means = No podemos comprobar que sea de la Policía Nacional.
    .remedy = Vaya al mostrador con el DNI.
    .act = Terminar
    .speech = { certificate-untrusted }. { certificate-untrusted.means } { certificate-untrusted.remedy }

# certificate.bad-signature: full screen, overlay or notice.
certificate-bad-signature = El certificado del DNI no es auténtico
    .means = La comprobación del certificado no ha salido bien. No hemos usado ningún dato.
    .remedy = Vaya al mostrador con el DNI.
    .act = Terminar
    .speech = { certificate-bad-signature }. { certificate-bad-signature.means } { certificate-bad-signature.remedy }

# certificate.wrong-use: full screen, overlay or notice.
certificate-wrong-use = Este certificado no sirve para esto
    .means = El certificado no permite identificarse o firmar.
    .remedy = Vaya al mostrador: allí puede firmar en papel.
    .act = Terminar
    .speech = { certificate-wrong-use }. { certificate-wrong-use.means } { certificate-wrong-use.remedy }

# certificate.weak: full screen, overlay or notice.
certificate-weak = El certificado del DNI es demasiado antiguo
    .means = Su clave ya no es lo bastante segura.
    .remedy = Renuévelo en una comisaría de la Policía Nacional o vaya al mostrador.
    .act = Terminar
    .speech = { certificate-weak }. { certificate-weak.means } { certificate-weak.remedy }

# certificate.not-a-person: full screen, overlay or notice.
certificate-not-a-person = El certificado no es de una persona
    .means = Aquí solo se puede usar el DNI de una persona.
    .remedy = Introduzca su DNI o vaya al mostrador.
    .act = Terminar
    .speech = { certificate-not-a-person }. { certificate-not-a-person.means } { certificate-not-a-person.remedy }

# certificate.malformed: full screen, overlay or notice.
certificate-malformed = No podemos leer el certificado del DNI
    .means = Lo que hay en el chip no tiene la forma esperada.
    .remedy = Vuelva a intentarlo. Si pasa igual, vaya al mostrador.
    .act = Volver a intentar
    .speech = { certificate-malformed }. { certificate-malformed.means } { certificate-malformed.remedy }

# pin.blocked: full screen, overlay or notice.
pin-blocked = El PIN está bloqueado
    .means = Ahora no se puede firmar con este DNI. El DNI sigue siendo válido.
    .remedy = Se desbloquea en una comisaría de la Policía Nacional, con la huella. También puede firmar en papel en el mostrador.
    .act = Terminar
    .speech = { pin-blocked }. { pin-blocked.means } { pin-blocked.remedy }

# card.wrong-reader: full screen, overlay or notice.
card-wrong-reader = La tarjeta está en otro lector
    .means = Esta pantalla no lee ese lector.
    .remedy = Sáquela y póngala en el lector de esta pantalla.
    .act = Volver a intentar
    .speech = { card-wrong-reader }. { card-wrong-reader.means } { card-wrong-reader.remedy }

# card.changed: full screen, overlay or notice.
card-changed = Esta no es la tarjeta de antes
    .means = La sesión es de la tarjeta con la que empezó.
    .remedy = Ponga la de antes o termine.
    .act = Volver a intentar
    .speech = { card-changed }. { card-changed.means } { card-changed.remedy }

# other-certificate.expired: full screen, overlay or notice.
other-certificate-expired = El certificado ha caducado
    .means = Con un certificado caducado no se puede firmar.
    .remedy = Renuévelo con quien lo emitió, o use el DNI electrónico.
    .act = Continuar
    .speech = { other-certificate-expired }. { other-certificate-expired.means } { other-certificate-expired.remedy }

# other-certificate.not-yet-valid: full screen, overlay or notice.
other-certificate-not-yet-valid = El certificado todavía no vale
    .means = La fecha en que empieza a valer todavía no ha llegado.
    .remedy = Vuelva ese día o use el DNI electrónico.
    .act = Continuar
    .speech = { other-certificate-not-yet-valid }. { other-certificate-not-yet-valid.means } { other-certificate-not-yet-valid.remedy }

# other-certificate.untrusted: full screen, overlay or notice.
other-certificate-untrusted = No reconocemos a quien emitió el certificado
    .means = Solo podemos usar certificados de entidades reconocidas.
    .remedy = Use el DNI electrónico u otro certificado.
    .act = Continuar
    .speech = { other-certificate-untrusted }. { other-certificate-untrusted.means } { other-certificate-untrusted.remedy }

# other-certificate.not-a-person: full screen, overlay or notice.
other-certificate-not-a-person = El certificado no es de una persona
    .means = Aquí solo pueden firmar personas con NIF o NIE.
    .remedy = Use el DNI electrónico u otro certificado.
    .act = Continuar
    .speech = { other-certificate-not-a-person }. { other-certificate-not-a-person.means } { other-certificate-not-a-person.remedy }

# other-certificate.unusable: full screen, overlay or notice.
other-certificate-unusable = Este certificado no sirve para esto
    .means = No permite identificarse y firmar, o su clave ya no es bastante segura.
    .remedy = Use el DNI electrónico u otro certificado.
    .act = Continuar
    .speech = { other-certificate-unusable }. { other-certificate-unusable.means } { other-certificate-unusable.remedy }

# keystore.not-pkcs12: full screen, overlay or notice.
keystore-not-pkcs12 = Este archivo no es un certificado
    .means = Hace falta el archivo con clave privada, que suele acabar en .p12 o .pfx.
    .remedy = Elija otro archivo o ponga otra memoria USB.
    .act = Elegir otro archivo
    .speech = { keystore-not-pkcs12 }. { keystore-not-pkcs12.means } { keystore-not-pkcs12.remedy }

# keystore.wrong-password: full screen, overlay or notice.
keystore-wrong-password = Esta contraseña no abre el certificado
    .means = Es la que se puso al guardar el archivo. Las mayúsculas cuentan.
    .remedy = Vuelva a escribirla.
    .act = Volver a intentar
    .speech = { keystore-wrong-password }. { keystore-wrong-password.means } { keystore-wrong-password.remedy }

# keystore.damaged: full screen, overlay or notice.
keystore-damaged = El archivo del certificado está dañado
    .means = No se puede leer entero. Puede que no se acabara de copiar.
    .remedy = Vuelva a copiarlo a la memoria USB o elija otro archivo.
    .act = Elegir otro archivo
    .speech = { keystore-damaged }. { keystore-damaged.means } { keystore-damaged.remedy }

# keystore.costly: full screen, overlay or notice.
keystore-costly = Abrir este archivo llevaría demasiado tiempo
    .means = Pide muchos más cálculos que un certificado normal.
    .remedy = Vuelva a exportar el certificado en su ordenador o use otro.
    .act = Elegir otro archivo
    .speech = { keystore-costly }. { keystore-costly.means } { keystore-costly.remedy }

# keystore.too-large: full screen, overlay or notice.
keystore-too-large = Este archivo es demasiado grande
    .means = Un certificado es mucho más pequeño.
    .remedy = Elija el archivo del certificado, que suele acabar en .p12 o .pfx.
    .act = Elegir otro archivo
    .speech = { keystore-too-large }. { keystore-too-large.means } { keystore-too-large.remedy }

# keystore.no-key: full screen, overlay or notice.
keystore-no-key = Con este archivo no se puede firmar
    .means = Tiene el certificado, pero le falta la clave privada.
    .remedy = Vuelva a exportarlo con la clave privada o elija otro archivo.
    .act = Elegir otro archivo
    .speech = { keystore-no-key }. { keystore-no-key.means } { keystore-no-key.remedy }

# keystore.key-kind: full screen, overlay or notice.
keystore-key-kind = Aquí no se puede usar este certificado
    .means = Su clave es de un tipo que este quiosco no admite.
    .remedy = Use el DNI u otro certificado, o vaya al mostrador.
    .act = Elegir otro archivo
    .speech = { keystore-key-kind }. { keystore-key-kind.means } { keystore-key-kind.remedy }

# keystore.unsupported: full screen, overlay or notice.
keystore-unsupported = No sabemos abrir este archivo
    .means = Está protegido de una manera que este quiosco no admite.
    .remedy = Vuelva a exportar el certificado en su ordenador o use el DNI.
    .act = Elegir otro archivo
    .speech = { keystore-unsupported }. { keystore-unsupported.means } { keystore-unsupported.remedy }

# keystore.failed: full screen, overlay or notice.
keystore-failed = No hemos podido abrir el certificado
    .means = El quiosco ha tenido un problema. No es culpa suya.
    .remedy = Vuelva a intentarlo. Si pasa igual, vaya al mostrador.
    .act = Volver a intentar
    .speech = { keystore-failed }. { keystore-failed.means } { keystore-failed.remedy }

# token.module: full screen, overlay or notice.
token-module = Ahora aquí no se pueden leer otras tarjetas
    .means = Al quiosco le falta el programa de esta tarjeta. El DNI sí se puede usar.
    .remedy = Use el DNI o avise al mostrador.
    .act = Continuar
    .speech = { token-module }. { token-module.means } { token-module.remedy }

# token.absent: full screen, overlay or notice.
token-absent = No encontramos ninguna tarjeta
    .means = El lector está vacío o la tarjeta no está bien puesta.
    .remedy = Introduzca la tarjeta con el chip hacia arriba.
    .act = Volver a intentar
    .speech = { token-absent }. { token-absent.means } { token-absent.remedy }

# token.removed: full screen, overlay or notice.
token-removed = Ha sacado la tarjeta
    .means = No se ha firmado nada. Lo que ha escrito no se ha perdido.
    .remedy = Vuelva a poner la misma tarjeta para continuar.
    .act = Volver a intentar
    .speech = { token-removed }. { token-removed.means } { token-removed.remedy }

# token.pin-wrong: full screen, overlay or notice.
token-pin-wrong = Este no es el PIN de la tarjeta
    .means = Se ha gastado un intento. Tras unos cuantos, la tarjeta se bloquea.
    .remedy = Vuelva a escribirlo solo si sabe seguro cuál es.
    .act = Volver a intentar
    .speech = { token-pin-wrong }. { token-pin-wrong.means } { token-pin-wrong.remedy }

# token.pin-locked: full screen, overlay or notice.
token-pin-locked = El PIN de la tarjeta está bloqueado
    .means = Ahora no se puede firmar con esta tarjeta.
    .remedy = Puede desbloquearlo quien le dio la tarjeta. También puede usar el DNI o ir al mostrador.
    .act = Terminar
    .speech = { token-pin-locked }. { token-pin-locked.means } { token-pin-locked.remedy }

# token.pin-length: full screen, overlay or notice.
token-pin-length = El PIN no tiene la longitud que toca
    .means = No se ha gastado ningún intento. Un PIN de esta tarjeta es más corto o más largo.
    .remedy = Revíselo y vuelva a escribirlo.
    .act = Volver a intentar
    .speech = { token-pin-length }. { token-pin-length.means } { token-pin-length.remedy }

# token.no-certificate: full screen, overlay or notice.
token-no-certificate = Esta tarjeta no tiene ningún certificado
    .means = Sin certificado no se puede firmar aquí.
    .remedy = Use otra tarjeta o el DNI, o vaya al mostrador.
    .act = Continuar
    .speech = { token-no-certificate }. { token-no-certificate.means } { token-no-certificate.remedy }

# token.no-key: full screen, overlay or notice.
token-no-key = Con este certificado no se puede firmar
    .means = En la tarjeta no está la clave privada del certificado.
    .remedy = Elija otro certificado o use el DNI.
    .act = Continuar
    .speech = { token-no-key }. { token-no-key.means } { token-no-key.remedy }

# token.key-kind: full screen, overlay or notice.
token-key-kind = Aquí no se puede usar esta tarjeta
    .means = Su clave es de un tipo que este quiosco no admite.
    .remedy = Use el DNI u otra tarjeta, o vaya al mostrador.
    .act = Continuar
    .speech = { token-key-kind }. { token-key-kind.means } { token-key-kind.remedy }

# token.busy: full screen, overlay or notice.
token-busy = La tarjeta está ocupada
    .means = Otro programa del quiosco la está usando.
    .remedy = Espere unos segundos y vuelva a intentarlo.
    .act = Volver a intentar
    .speech = { token-busy }. { token-busy.means } { token-busy.remedy }

# token.failed: full screen, overlay or notice.
token-failed = La tarjeta no responde como debe
    .means = No se ha presentado nada. Lo que ha escrito no se ha perdido.
    .remedy = Sáquela, vuelva a ponerla e inténtelo otra vez. Si pasa igual, vaya al mostrador.
    .act = Volver a intentar
    .speech = { token-failed }. { token-failed.means } { token-failed.remedy }

# store.full: full screen, overlay or notice.
store-full = Este quiosco no tiene sitio para más
    .means = La solicitud no se ha presentado.
    .remedy = Vaya al mostrador o use otro quiosco.
    .act = Terminar
    .speech = { store-full }. { store-full.means } { store-full.remedy }

# store.failed: full screen, overlay or notice.
store-failed = No hemos podido guardar la solicitud
    .means = No se ha presentado. Lo que ha escrito sigue en la pantalla.
    .remedy = Vuelva a intentarlo. Si pasa igual, vaya al mostrador.
    .act = Volver a intentar
    .speech = { store-failed }. { store-failed.means } { store-failed.remedy }

# queue.refused: full screen, overlay or notice.
queue-refused = El registro no ha admitido la solicitud
    .means = Está firmada y guardada, pero todavía no está registrada.
    .remedy = Imprima el resguardo y pregunte en el mostrador.
    .act = Continuar
    .speech = { queue-refused }. { queue-refused.means } { queue-refused.remedy }

# registry.unreachable: full screen, overlay or notice.
registry-unreachable = Ahora no hay conexión con el registro
    .means = La solicitud se guardará aquí y se enviará cuando vuelva.
    .remedy = Puede continuar. Le daremos un resguardo.
    .act = Continuar
    .speech = { registry-unreachable }. { registry-unreachable.means } { registry-unreachable.remedy }

# registry.nonsense: full screen, overlay or notice.
registry-nonsense = No entendemos la respuesta del registro
    .means = Todavía no podemos decir que esté registrada. La solicitud está guardada.
    .remedy = Imprima el resguardo. El personal lo comprobará.
    .act = Continuar
    .speech = { registry-nonsense }. { registry-nonsense.means } { registry-nonsense.remedy }

# registry.refused: full screen, overlay or notice.
registry-refused = El registro no ha admitido la solicitud
    .means = Todavía no está registrada. La copia firmada está guardada.
    .remedy = Imprima el resguardo y pregunte en el mostrador.
    .act = Continuar
    .speech = { registry-refused }. { registry-refused.means } { registry-refused.remedy }

# signature.failed: full screen, overlay or notice.
signature-failed = No hemos podido firmar
    .means = No se ha presentado nada. Lo que ha escrito no se ha perdido.
    .remedy = Vuelva a intentarlo. Si firma con tarjeta, no la saque.
    .act = Volver a intentar
    .speech = { signature-failed }. { signature-failed.means } { signature-failed.remedy }

# document.failed: full screen, overlay or notice.
document-failed = No hemos podido preparar el documento
    .means = No se ha presentado nada. Lo que ha escrito no se ha perdido.
    .remedy = Vuelva a intentarlo. Si pasa igual, vaya al mostrador.
    .act = Volver a intentar
    .speech = { document-failed }. { document-failed.means } { document-failed.remedy }

# document.changed: full screen, overlay or notice.
document-changed = El documento ha cambiado
    .means = Ya no es igual que el que había revisado. No se ha firmado.
    .remedy = Revíselo otra vez antes de firmar.
    .act = Continuar
    .speech = { document-changed }. { document-changed.means } { document-changed.remedy }

# print.none: full screen, overlay or notice.
print-none = No queda papel
    .means = Ahora no se puede imprimir aquí. La solicitud no cambia.
    .remedy = Guarde el documento en una memoria USB o avise en el mostrador.
    .act = Continuar
    .speech = { print-none }. { print-none.means } { print-none.remedy }

# print.failed: full screen, overlay or notice.
print-failed = No hemos podido imprimir
    .means = La solicitud no cambia. Solo falta el papel.
    .remedy = Vuelva a intentarlo o guarde el documento en una memoria USB.
    .act = Volver a intentar
    .speech = { print-failed }. { print-failed.means } { print-failed.remedy }

# save.no-stick: full screen, overlay or notice.
save-no-stick = No encontramos ninguna memoria USB
    .means = El documento todavía no se ha guardado.
    .remedy = Ponga la memoria USB y vuelva a intentarlo.
    .act = Volver a intentar
    .speech = { save-no-stick }. { save-no-stick.means } { save-no-stick.remedy }

# save.failed: full screen, overlay or notice.
save-failed = No hemos podido guardar en la memoria
    .means = La memoria USB no ha dejado escribir el documento.
    .remedy = Vuelva a intentarlo, use otra memoria o imprima el documento.
    .act = Volver a intentar
    .speech = { save-failed }. { save-failed.means } { save-failed.remedy }

# save.full: full screen, overlay or notice.
save-full = La memoria USB está llena
    .means = El documento no cabe.
    .remedy = Use otra memoria o imprima el documento.
    .act = Volver a intentar
    .speech = { save-full }. { save-full.means } { save-full.remedy }

# file.none: full screen, overlay or notice.
file-none = No hay archivos que se puedan usar
    .means = Solo se aceptan PDF, JPG y PNG.
    .remedy = Ponga una memoria USB con el documento y vuelva a intentarlo.
    .act = Volver a intentar
    .speech = { file-none }. { file-none.means } { file-none.remedy }

# file.unreadable: full screen, overlay or notice.
file-unreadable = No podemos leer este archivo
    .means = Puede estar dañado o tener contraseña.
    .remedy = Elija otro archivo.
    .act = Continuar
    .speech = { file-unreadable }. { file-unreadable.means } { file-unreadable.remedy }

# catalogue.failed: full screen, overlay or notice.
catalogue-failed = No podemos mostrar los trámites
    .means = Falta información en este quiosco.
    .remedy = Vaya al mostrador o entre en la sede electrónica.
    .act = Terminar
    .speech = { catalogue-failed }. { catalogue-failed.means } { catalogue-failed.remedy }

# kiosk.fault: full screen, overlay or notice.
kiosk-fault = No hemos podido terminar
    .means = El quiosco ha tenido un problema. No es culpa suya.
    .remedy = Termine y vuelva a empezar, o vaya al mostrador.
    .act = Terminar
    .speech = { kiosk-fault }. { kiosk-fault.means } { kiosk-fault.remedy }

# procedure.closed: full screen, overlay or notice.
procedure-closed = El plazo de este trámite no está abierto
    .means = Hoy no se puede presentar. Lo que ha escrito no se ha perdido.
    .remedy = Pregunte en el mostrador cómo puede presentarlo.
    .act = Continuar
    .speech = { procedure-closed }. { procedure-closed.means } { procedure-closed.remedy }

# procedure.suspended: full screen, overlay or notice.
procedure-suspended = Ahora no se puede hacer este trámite
    .means = El Ayuntamiento ha dejado de admitirlo. Lo que ha escrito no se ha perdido.
    .remedy = Pregunte en el mostrador cuándo y cómo podrá presentarlo.
    .act = Continuar
    .speech = { procedure-suspended }. { procedure-suspended.means } { procedure-suspended.remedy }
