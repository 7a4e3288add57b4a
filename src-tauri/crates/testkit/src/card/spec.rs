//! Who is issued a card, as data: one file each under `tests/fixtures/personas`, compiled in.
//!
//! The files hold no key and no certificate: those are made when a card is issued, see [`super::persona`].

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use virtual_card::{Address, Date, Generation, Holder, KeySet, Kind, MAX_TRIES, Sex};

use super::PIN;
use crate::pki::GroupDigest;

/// Someone to be issued a card. Start from a preset and change what the test is about.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonaSpec {
    /// Whose card.
    pub holder: Holder,
    /// Which card.
    pub generation: Generation,
    /// What the card is.
    #[serde(default)]
    pub kind: Kind,
    /// Under which pair of component roots.
    pub key_set: KeySet,
    /// Support number.
    pub idesp: String,
    /// Chip serial number, hexadecimal in the file; drawn when it does not matter.
    #[serde(default, with = "serial")]
    pub chip_serial: Option<[u8; 7]>,
    /// PIN, 8 to 16 letters and digits.
    #[serde(default = "pin")]
    pub pin: String,
    /// Tries left; 0 is blocked.
    #[serde(default = "tries")]
    pub tries_left: u8,
    /// When the citizen's certificates hold.
    #[serde(default)]
    pub validity: Validity,
    /// Who issues the citizen's certificates.
    #[serde(default)]
    pub citizen_issuer: Origin,
    /// Who issues the chip's certificates.
    #[serde(default)]
    pub chip_issuer: Origin,
    /// Whether there is a signature key; minors have none.
    #[serde(default = "yes")]
    pub can_sign: bool,
    /// Whether the certificates are readable only after the PIN, as on some old cards.
    #[serde(default)]
    pub certificates_need_pin: bool,
    /// Whether the certificates are to stand on a list, see [`super::revocation_list`]. The card knows nothing of it.
    #[serde(default)]
    pub revoked: bool,
    /// The preset whose card this is after its certificates were renewed, see [`super::renewed`].
    pub renews: Option<String>,
    /// What contactless readers find; 2.0 cards have none.
    pub document: Option<DocumentSpec>,
}

/// The travel document of a card to be issued.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentSpec {
    /// Card access number, six digits.
    pub can: String,
    /// Birth date.
    pub birth_date: Date,
    /// Where the holder was born.
    pub birth_city: String,
    /// Province of that place, or the country when it is another.
    pub birth_province: String,
    /// As the document states it.
    pub sex: Sex,
    /// Three letters.
    pub nationality: String,
    /// Last day, counted from the day of issue.
    pub expires_in_days: i64,
    /// First names of the parents.
    pub parents: String,
    /// Where the holder lives.
    pub address: Address,
    /// Whose document signer signs it.
    #[serde(default)]
    pub signer: Origin,
    /// What its data groups are hashed with.
    #[serde(default)]
    pub digest: GroupDigest,
}

/// When certificates hold, counted in days from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// First day; negative is past.
    pub from: i64,
    /// Last day; negative is past.
    pub until: i64,
}

impl Validity {
    /// Issued a year ago, good for another.
    pub const CURRENT: Self = Self { from: -365, until: 365 };
    /// Ran out a month ago.
    pub const EXPIRED: Self = Self { from: -760, until: -30 };
    /// Runs out in a week.
    pub const EXPIRING: Self = Self { from: -723, until: 7 };
}

impl Default for Validity {
    fn default() -> Self {
        Self::CURRENT
    }
}

/// Which authority stands behind a certificate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The one the tests believe.
    #[default]
    Authorities,
    /// Another of the same name, that nobody believes.
    Stranger,
}

/// The files, by their names.
const FILES: [(&str, &str); 19] = [
    ("amparo", include_str!("../../../../../tests/fixtures/personas/amparo.toml")),
    ("vicent-2-0", include_str!("../../../../../tests/fixtures/personas/vicent-2-0.toml")),
    ("guarded-2-0", include_str!("../../../../../tests/fixtures/personas/guarded-2-0.toml")),
    ("contactless", include_str!("../../../../../tests/fixtures/personas/contactless.toml")),
    ("expired", include_str!("../../../../../tests/fixtures/personas/expired.toml")),
    ("expiring", include_str!("../../../../../tests/fixtures/personas/expiring.toml")),
    ("revoked", include_str!("../../../../../tests/fixtures/personas/revoked.toml")),
    ("renewed-before", include_str!("../../../../../tests/fixtures/personas/renewed-before.toml")),
    ("renewed-after", include_str!("../../../../../tests/fixtures/personas/renewed-after.toml")),
    ("blocked-pin", include_str!("../../../../../tests/fixtures/personas/blocked-pin.toml")),
    ("one-try-left", include_str!("../../../../../tests/fixtures/personas/one-try-left.toml")),
    ("untrusted", include_str!("../../../../../tests/fixtures/personas/untrusted.toml")),
    ("false-chip", include_str!("../../../../../tests/fixtures/personas/false-chip.toml")),
    ("stranger-document", include_str!("../../../../../tests/fixtures/personas/stranger-document.toml")),
    ("residence-permit", include_str!("../../../../../tests/fixtures/personas/residence-permit.toml")),
    ("minor", include_str!("../../../../../tests/fixtures/personas/minor.toml")),
    ("single-surname", include_str!("../../../../../tests/fixtures/personas/single-surname.toml")),
    ("long-surnames", include_str!("../../../../../tests/fixtures/personas/long-surnames.toml")),
    ("valencian-letters", include_str!("../../../../../tests/fixtures/personas/valencian-letters.toml")),
];

/// A preset that tests name often.
macro_rules! presets {
    ($($(#[doc = $doc:literal])+ $function:ident = $name:literal;)*) => {
        impl PersonaSpec {$(
            $(#[doc = $doc])+
            #[must_use]
            pub fn $function() -> Self {
                Self::preset($name)
            }
        )*}
    };
}

presets! {
    /// A current 3.0 card with nothing wrong.
    amparo = "amparo";
    /// A current 2.0 card with nothing wrong.
    vicent_2_0 = "vicent-2-0";
    /// A 2.0 card whose certificates are readable only after the PIN.
    guarded_2_0 = "guarded-2-0";
    /// Both certificates ran out a month ago.
    expired = "expired";
    /// The PIN is blocked.
    blocked_pin = "blocked-pin";
    /// One more wrong PIN blocks it.
    one_try_left = "one-try-left";
    /// The citizen's certificates come from a root that nobody believes; the chip is genuine.
    untrusted = "untrusted";
    /// The chip cannot prove itself: its component root is one that nobody believes.
    false_chip = "false-chip";
    /// One surname only.
    single_surname = "single-surname";
    /// A minor: a 3.0 card without signature key.
    minor = "minor";
}

impl PersonaSpec {
    /// One of the presets, by the name of its file.
    ///
    /// # Errors
    /// When there is none of that name; the error tells those there are.
    pub fn load(name: &str) -> Result<Self> {
        let Some((_, text)) = FILES.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = FILES.iter().map(|(known, _)| *known).collect();
            bail!("there is no persona `{name}`, only {}", known.join(", "));
        };
        Self::from_toml(text).with_context(|| format!("persona `{name}`"))
    }

    /// Every preset with the name of its file.
    #[must_use]
    pub fn all() -> Vec<(&'static str, Self)> {
        FILES.iter().map(|(name, _)| (*name, Self::preset(name))).collect()
    }

    /// Reads the text of a persona's data.
    ///
    /// # Errors
    /// For an unknown key or a missing one, with its line; and for a value that no card could have.
    pub fn from_toml(text: &str) -> Result<Self> {
        let spec: Self = toml::from_str(text)?;
        spec.check()?;
        Ok(spec)
    }

    /// A file that a test has read whole.
    fn preset(name: &str) -> Self {
        Self::load(name).unwrap_or_else(|error| panic!("{error:#}"))
    }

    fn check(&self) -> Result<()> {
        let nif = &self.holder.nif;
        ensure!(
            trust::is_valid_nif(nif),
            "holder.nif: `{nif}` has not the form or the check letter of a NIF"
        );
        let unassigned =
            nif.starts_with("99999") || (nif.starts_with(['X', 'Y', 'Z']) && nif[1..].starts_with("9999"));
        ensure!(unassigned, "holder.nif: `{nif}` is outside the range that is never assigned");
        ensure!(!self.holder.given_name.trim().is_empty(), "holder.given_name is empty");
        ensure!(!self.holder.surname1.trim().is_empty(), "holder.surname1 is empty");
        let letters = if self.kind == Kind::Dnie { 3 } else { 1 };
        ensure!(is_support_number(&self.idesp, letters), "idesp: `{}` is no support number", self.idesp);
        let lawful =
            (8..=16).contains(&self.pin.len()) && self.pin.bytes().all(|byte| byte.is_ascii_alphanumeric());
        ensure!(lawful, "pin: 8 to 16 letters and digits");
        ensure!(self.tries_left <= MAX_TRIES, "tries_left: {} are more than {MAX_TRIES}", self.tries_left);
        let Validity { from, until } = self.validity;
        ensure!(from < until, "validity: from {from} until {until} is no time at all");
        match (self.generation, &self.document) {
            (Generation::V2, Some(_)) => bail!("document: a card of generation 2.0 has none"),
            (Generation::V2, None) => ensure!(self.key_set == KeySet::R1, "key_set: 2.0 cards have `r1`"),
            (Generation::V3, None) => bail!("document: a card of generation 3.0 has one"),
            (Generation::V3, Some(document)) => document.check()?,
        }
        Ok(())
    }
}

impl DocumentSpec {
    fn check(&self) -> Result<()> {
        let digits = self.can.len() == 6 && self.can.bytes().all(|byte| byte.is_ascii_digit());
        ensure!(digits, "document.can: `{}` has not six digits", self.can);
        let nationality = &self.nationality;
        let code = nationality.len() == 3 && nationality.bytes().all(|byte| byte.is_ascii_uppercase());
        ensure!(code, "document.nationality: `{nationality}` has not three letters");
        Ok(())
    }
}

/// So many letters, and digits up to nine characters.
fn is_support_number(text: &str, letters: usize) -> bool {
    let (head, tail) = text.as_bytes().split_at(letters.min(text.len()));
    text.len() == 9 && head.iter().all(u8::is_ascii_uppercase) && tail.iter().all(u8::is_ascii_digit)
}

fn pin() -> String {
    PIN.to_owned()
}

const fn tries() -> u8 {
    MAX_TRIES
}

const fn yes() -> bool {
    true
}

/// Seven bytes as hexadecimal text, when there is any.
mod serial {
    use serde::{Deserialize as _, Deserializer, de::Error as _};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[u8; 7]>, D::Error> {
        let bytes = hex::decode(String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        let bytes = <[u8; 7]>::try_from(bytes)
            .map_err(|_| D::Error::custom("a chip serial number has seven bytes"))?;
        Ok(Some(bytes))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_compiled_in_and_every_one_is_lawful() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/personas");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let mut known: Vec<String> =
            PersonaSpec::all().iter().map(|(name, _)| format!("{name}.toml")).collect();
        there.sort();
        known.sort();
        assert_eq!(there, known);
    }

    #[test]
    fn names_that_forms_were_not_made_for_are_there() {
        let long = PersonaSpec::load("long-surnames").unwrap().holder;
        let surnames = format!("{} {}", long.surname1, long.surname2.unwrap());
        assert!(surnames.chars().count() > 40);
        let letters = PersonaSpec::load("valencian-letters").unwrap().holder;
        let name = format!("{} {} {}", letters.given_name, letters.surname1, letters.surname2.unwrap());
        assert!(["L·L", "Ç", "À"].iter().all(|letter| name.contains(letter)));
        assert_eq!(PersonaSpec::single_surname().holder.surname2, None);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_name() {
        let unknown = format!("{:#}", PersonaSpec::load("nobody").err().unwrap());
        assert!(unknown.contains("`nobody`") && unknown.contains("amparo"), "{unknown}");
        let good = FILES[0].1;
        for (from, to, told) in [
            ("idesp =", "ideps =", "ideps"),
            ("99999002Q", "99999002A", "holder.nif"),
            ("99999002Q", "12345678Z", "never assigned"),
            ("CAA100002", "CA1000002", "idesp"),
            ("\"041276\"", "\"41276\"", "document.can"),
            ("1984-05-17", "1984-05-32", "birth_date"),
            ("generation = \"3.0\"", "generation = \"4.0\"", "generation"),
            ("generation = \"3.0\"", "generation = \"3.0\"\ntries_left = 4", "tries_left"),
            ("generation = \"3.0\"", "generation = \"2.0\"", "document"),
            ("generation = \"3.0\"", "generation = \"3.0\"\nchip_serial = \"00\"", "chip_serial"),
            ("[holder]", "[validity]\nfrom = 3\nuntil = 3\n\n[holder]", "validity"),
        ] {
            assert!(good.contains(from), "{from}");
            let error = format!("{:#}", PersonaSpec::from_toml(&good.replace(from, to)).err().unwrap());
            assert!(error.contains(told), "{to}: {error}");
        }
    }
}
