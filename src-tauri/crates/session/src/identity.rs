//! Who is known and by which means: what comes from outside and what the session remembers of it.

use std::fmt;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::state::Holder;
use crate::view::MeansKind;

/// The card access number of a contactless card: six digits, printed on its front (ICAO 9303-11, 4.2).
///
/// It opens the radio channel and nothing else; it is not a PIN. Still it belongs to the person: `Debug` hides it,
/// it is zeroized on drop, and it ends with the session.
#[derive(Clone, PartialEq, Eq)]
pub struct Can(Zeroizing<[u8; Can::LEN]>);

impl Can {
    /// How many digits it has.
    pub const LEN: usize = 6;

    /// The digits, in ASCII.
    #[must_use]
    pub fn expose(&self) -> &[u8; Can::LEN] {
        &self.0
    }
}

impl fmt::Debug for Can {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Can(***)")
    }
}

/// A card access number while it is typed.
#[derive(Clone, Default)]
pub(crate) struct TypedCan {
    digits: Zeroizing<[u8; Can::LEN]>,
    count: usize,
}

impl TypedCan {
    /// Takes one more digit; anything else, and a seventh, changes nothing.
    pub(crate) fn push(&mut self, digit: char) {
        if let Some(place) = self.digits.get_mut(self.count)
            && let ('0'..='9', Ok(digit)) = (digit, u8::try_from(digit))
        {
            *place = digit;
            self.count += 1;
        }
    }

    pub(crate) fn erase(&mut self) {
        self.count = self.count.saturating_sub(1);
        if let Some(place) = self.digits.get_mut(self.count) {
            *place = 0;
        }
    }

    /// What has been typed so far, for the screen.
    pub(crate) fn shown(&self) -> String {
        self.digits.iter().take(self.count).map(|digit| char::from(*digit)).collect()
    }

    /// The whole number, once all its digits are there.
    pub(crate) fn whole(&self) -> Option<Can> {
        (self.count == Can::LEN).then(|| Can(self.digits.clone()))
    }
}

/// Which means this kiosk is set up for, besides the DNIe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Means {
    /// Certificates in PKCS#12 files on a memory stick.
    pub stick: bool,
    /// Certificates on other cards, by way of a PKCS#11 module.
    pub token: bool,
}

/// For whom a certificate acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForWhom {
    /// For its holder.
    Oneself,
    /// For a company its holder represents.
    Company {
        /// The company's name, as the certificate gives it.
        name: String,
    },
}

/// A certificate found in a file or on a card, with its private key.
#[derive(Clone, PartialEq, Eq)]
pub struct OfferedCertificate {
    /// Opaque; the same for the same certificate each time it is found, so that a card put back is known again.
    pub id: String,
    /// Whose it is.
    pub holder: Holder,
    /// For whom it acts.
    pub for_whom: ForWhom,
    /// Who issued it, in words, such as `FNMT-RCM`.
    pub issuer: String,
    /// Last day of its validity, in the official zone.
    pub expires: Date,
    /// Whether it serves here, or the code of why it does not (`certificate.…`).
    pub usable: Result<(), &'static str>,
}

/// How long the PIN of a token may be, in characters (PKCS#11 `ulMinPinLen`, `ulMaxPinLen`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinLength {
    /// Fewest.
    pub min: u32,
    /// Most.
    pub max: u32,
}

impl PinLength {
    /// The PIN of a DNIe (fact sheet 3.4).
    pub const DNIE: Self = Self { min: 8, max: 16 };
    /// The password of a PKCS#12 file, which may be empty.
    pub const PASSWORD: Self = Self { min: 0, max: 128 };
}

/// By which means the holder is known.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) enum Identity {
    /// A DNIe in the reader.
    #[default]
    Dnie,
    /// A certificate on another card.
    Token(Chosen),
    /// A certificate in a file; no card, and no stick either from then on.
    Stick(Chosen),
}

/// The certificate that was chosen.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Its id.
    pub id: String,
    /// The company it acts for.
    pub company: Option<String>,
}

impl Identity {
    pub(crate) fn kind(&self) -> MeansKind {
        match self {
            Self::Dnie => MeansKind::Dnie,
            Self::Token(_) => MeansKind::Token,
            Self::Stick(_) => MeansKind::Stick,
        }
    }

    pub(crate) fn company(&self) -> Option<&str> {
        match self {
            Self::Dnie => None,
            Self::Token(chosen) | Self::Stick(chosen) => chosen.company.as_deref(),
        }
    }
}

/// Where certificates to choose from were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Stick,
    Token,
}

/// What is known of the number of a contactless card.
#[derive(Clone, Default)]
pub(crate) struct KnownCan {
    /// The number, handed out with each reading.
    pub given: Option<Can>,
    /// A card has answered to it: if another one does not, nobody has typed anything wrong.
    pub proven: bool,
    /// The card screen asks for it, whether or not the card lies on the reader: it is taken up to be looked at.
    pub asked: bool,
    /// Numbers that no card answered to, one after the other.
    pub wrong: u32,
}

/// The fault told for a certificate that is not on a DNIe: the remedies of the DNIe's own words (the police
/// station) would be false.
pub(crate) fn told(code: &'static str) -> &'static str {
    match code {
        "certificate.expired" => "other-certificate.expired",
        "certificate.not-yet-valid" => "other-certificate.not-yet-valid",
        "certificate.untrusted" | "certificate.bad-signature" => "other-certificate.untrusted",
        "certificate.not-a-person" => "other-certificate.not-a-person",
        code if code.starts_with("certificate.") => "other-certificate.unusable",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_make_a_number_and_nothing_else_is_taken() {
        let mut typed = TypedCan::default();
        for character in "1a2٣3-45".chars() {
            typed.push(character);
        }
        assert_eq!((typed.shown().as_str(), typed.whole()), ("12345", None));
        typed.push('6');
        typed.push('7');
        assert_eq!(typed.whole().map(|can| *can.expose()), Some(*b"123456"));
        typed.erase();
        assert_eq!((typed.shown().as_str(), typed.whole()), ("12345", None));
        for _ in 0..9 {
            typed.erase();
        }
        assert_eq!(typed.shown(), "");
    }

    #[test]
    fn the_number_is_not_printed() {
        let mut typed = TypedCan::default();
        "123456".chars().for_each(|digit| typed.push(digit));
        assert_eq!(format!("{:?}", typed.whole()), "Some(Can(***))");
    }

    #[test]
    fn words_about_the_police_are_only_for_the_dnie() {
        assert_eq!(told("certificate.expired"), "other-certificate.expired");
        assert_eq!(told("certificate.weak"), "other-certificate.unusable");
        assert_eq!(told("keystore.damaged"), "keystore.damaged");
    }
}
