//! A person who does not exist, and the card they carry: everything the chip is personalised with.

use std::fmt;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Error;

mod document;

pub use document::{Address, Date, Document, Sex};

/// Wrong PINs that a fresh card forgives, and what a right one restores.
pub const MAX_TRIES: u8 = 3;

/// Data of one card; read from and written to one TOML file.
///
/// The PIN and the keys of people who do not exist are test data and no secret. `Debug` shows none of it all the
/// same, since names in logs are a habit not to get into.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// Which card.
    pub generation: Generation,
    /// What the card is; in older files it is a DNIe.
    #[serde(default)]
    pub kind: Kind,
    /// Under which pair of component roots it was made.
    pub key_set: KeySet,
    /// Chip serial number (GET CHIP SERIAL).
    #[serde(with = "hexed")]
    pub chip_serial: [u8; 7],
    /// Support number, EF 0006: three letters and six digits.
    pub idesp: String,
    /// Software version, EF 2F03; some cards have none.
    pub software: Option<String>,
    /// When the keys were made, `yyyymmddhhmmss`: the end of their PKCS#15 identifiers.
    pub personalised: String,
    /// 8 to 16 letters and digits.
    pub pin: String,
    /// Tries left of [`MAX_TRIES`]; 0 is a blocked PIN.
    pub tries_left: u8,
    /// Whether 6061/700x are readable only with channel and PIN, as on some old cards.
    pub certificates_need_pin: bool,
    /// Whose card it is.
    pub holder: Holder,
    /// The chip's own key and certificates.
    pub component: Component,
    /// Key 01 and certificate 7001.
    pub authentication: Credential,
    /// Key 02 and certificate 7002; minors and some renewals have none.
    pub signature: Option<Credential>,
    /// Certificate 7003, DER: the authority that issued the others.
    pub issuer: Option<Der>,
    /// Data for contactless readers; 2.0 cards and older files have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
}

/// What a card is, as its files tell; no answer to reset does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An identity card.
    #[default]
    Dnie,
    /// A foreigner's card: the same chip and the same contactless interface, and nothing but the travel document.
    ResidencePermit,
}

/// Name and number, as they stand in the certificates.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// NIF or NIE with its letter.
    pub nif: String,
    /// Given name or names.
    pub given_name: String,
    /// First surname.
    pub surname1: String,
    /// Second surname, if any.
    pub surname2: Option<String>,
}

/// The two kinds of contact card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Generation {
    /// One channel, checksums of 4 bytes.
    #[serde(rename = "2.0")]
    V2,
    /// A channel for the PIN and one for the keys, checksums of 8 bytes, one signature per PIN. 3.0 and later.
    #[serde(rename = "3.0")]
    V3,
}

/// The two generations of component roots in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySet {
    /// "AC RAIZ COMPONENTES": supports before BMP100001.
    R1,
    /// "AC RAIZ COMPONENTES 2": supports from BMP100001 on.
    R2,
}

impl KeySet {
    /// Modulus of the root that signs the terminals' certificate authority (CWA 14890-1), published, RSA-1024.
    #[must_use]
    pub const fn root_modulus(self) -> &'static [u8; 128] {
        match self {
            Self::R1 => &crate::cvc::ROOT_R1,
            Self::R2 => &crate::cvc::ROOT_R2,
        }
    }

    /// Organizational unit of the component root's name, by which a terminal tells the sets apart in file 6020.
    #[must_use]
    pub const fn root_unit(self) -> &'static str {
        match self {
            Self::R1 => "AC RAIZ COMPONENTES",
            Self::R2 => "AC RAIZ COMPONENTES 2",
        }
    }
}

/// A certificate, DER; hexadecimal in the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Der(#[serde(with = "hexed")] pub Vec<u8>);

impl From<Vec<u8>> for Der {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// What the chip proves itself with: RSA-1024, as the real ones.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// File 6020: the sub-authority of components, X.509.
    pub sub_ca: Der,
    /// File 601F: this chip, issued by the former.
    pub certificate: Der,
    /// The chip's private key, PEM.
    pub key: String,
}

/// One of the citizen's key pairs: RSA-2048.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// X.509.
    pub certificate: Der,
    /// The private key, PEM.
    pub key: String,
}

impl Persona {
    /// Reads a persona's file.
    ///
    /// # Errors
    /// [`Error::File`] or [`Error::Format`].
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(Error::File)?;
        Self::from_toml(&text)
    }

    /// Writes a persona's file, readable by its owner alone: it holds private keys.
    ///
    /// # Errors
    /// [`Error::File`] or [`Error::Format`].
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        let text = self.to_toml()?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(path).map_err(Error::File)?;
        file.write_all(text.as_bytes()).map_err(Error::File)
    }

    /// Reads the text of a persona's file.
    ///
    /// # Errors
    /// [`Error::Format`].
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        toml::from_str(text).map_err(|error| Error::Format(Box::new(error)))
    }

    /// The text of the persona's file.
    ///
    /// # Errors
    /// [`Error::Format`].
    pub fn to_toml(&self) -> Result<String, Error> {
        toml::to_string(self).map_err(|error| Error::Format(Box::new(error)))
    }
}

impl fmt::Debug for Persona {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Persona({:?}, {:?}, ***)", self.generation, self.key_set)
    }
}

macro_rules! say_nothing {
    ($($part:ident),*) => {$(
        impl fmt::Debug for $part {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($part), "(***)"))
            }
        }
    )*};
}

say_nothing!(Holder, Component, Credential, Der, Document, Address);

/// Bytes as hexadecimal text.
mod hexed {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<T: AsRef<[u8]>, S: Serializer>(bytes: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode_upper(bytes.as_ref()))
    }

    pub fn deserialize<'de, T: TryFrom<Vec<u8>>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = hex::decode(text).map_err(D::Error::custom)?;
        T::try_from(bytes).map_err(|_| D::Error::custom("wrong number of bytes"))
    }
}
