//! From what a library says to what a person is told: a few faults with words of their own, each with something to
//! do. The finer code stays in the log.

/// The fault whose words are shown for a library's code. A code without words of its own is told as one that has.
pub(crate) fn told(code: &'static str) -> &'static str {
    match code {
        "card.reader-gone" => "reader.none",
        "card.transport" | "card.crypto" | "card.certificates-need-pin" | "card.pin-too-short" => {
            "card.protocol"
        }
        "card.no-authentication-certificate" => "card.no-signature-certificate",
        "card.pin-blocked" | "token.pin-locked" => "pin.blocked",
        "token.removed" | "token.absent" => "card.removed",
        "reader.thread" => "reader.failed",
        "certificate.forged" => "certificate.bad-signature",
        "certificate.path" | "certificate.issuer" => "certificate.untrusted",
        "certificate.use" => "certificate.wrong-use",
        "certificate.person" => "certificate.not-a-person",
        "certificate.early" => "certificate.not-yet-valid",
        "certificate.unchecked" => "certificate.malformed",
        known => known,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use wording::{Language, Wording};

    use super::*;

    /// Every code a library can give on the way from the card to the receipt, and those the application makes itself.
    const CODES: &[&str] = &[
        "card.removed",
        "card.reset",
        "card.reader-gone",
        "card.mute",
        "card.busy",
        "card.transport",
        "card.protocol",
        "card.not-dnie",
        "card.terminated",
        "card.can-needed",
        "card.can-wrong",
        "card.pin-unknown",
        "card.untrusted",
        "card.channel",
        "card.pin-too-short",
        "card.verify-again",
        "card.no-authentication-certificate",
        "card.no-signature-certificate",
        "card.certificates-need-pin",
        "card.crypto",
        "card.pin-blocked",
        "card.other",
        "reader.service-down",
        "reader.thread",
        "reader.none",
        "reader.failed",
        "certificate.malformed",
        "certificate.forged",
        "certificate.untrusted",
        "certificate.path",
        "certificate.weak",
        "certificate.use",
        "certificate.person",
        "certificate.early",
        "certificate.expired",
        "certificate.issuer",
        "certificate.unchecked",
        "procedure.closed",
        "procedure.suspended",
        "pin.blocked",
        "store.full",
        "store.failed",
        "signature.failed",
        "document.failed",
        "document.changed",
        "print.none",
        "print.failed",
        "save.no-stick",
        "save.failed",
        "save.full",
        "kiosk.fault",
        "file.unreadable",
        "file.none",
        "queue.refused",
        "registry.unreachable",
        "registry.nonsense",
        "registry.refused",
        "catalogue.failed",
        "certificate.bad-signature",
        "certificate.not-yet-valid",
        "certificate.wrong-use",
        "certificate.not-a-person",
        "keystore.not-pkcs12",
        "keystore.wrong-password",
        "keystore.damaged",
        "keystore.costly",
        "keystore.too-large",
        "keystore.no-key",
        "keystore.key-kind",
        "keystore.unsupported",
        "keystore.failed",
        "token.module",
        "token.absent",
        "token.removed",
        "token.pin-wrong",
        "token.pin-locked",
        "token.pin-length",
        "token.no-certificate",
        "token.no-key",
        "token.key-kind",
        "token.busy",
        "token.failed",
    ];

    #[test]
    fn every_fault_says_what_happened_what_it_means_and_what_to_do_in_three_languages() {
        let wording = Wording::bundled();
        for code in CODES {
            let id = told(code).replace('.', "-");
            for language in Language::ALL {
                for part in ["", ".means", ".remedy", ".act"] {
                    assert!(wording.has(language, &format!("{id}{part}")), "{language}: {id}{part}");
                }
            }
        }
    }
}
