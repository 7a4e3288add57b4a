//! Numbers and codes with a shape of their own: of people, companies, accounts, properties, vehicles and animals.

mod account;
mod entity;
mod nif;
mod property;
mod various;
mod vehicle;

pub use account::{IbanFault, check_iban};
pub use entity::check_entity;
pub use nif::{NifFault, check_nif};
pub use property::{CadastralFault, check_cadastral};
pub use various::{check_chip, check_nss, is_passport, is_postal_code};
pub use vehicle::{PlateKind, is_vin, plate_kind};

pub(crate) use nif::normalise as normalise_nif;

/// A code as registers write it: capitals without separators.
pub(crate) fn bare(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(c, '.' | '-' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '·')
        })
        .flat_map(char::to_uppercase)
        .collect()
}

/// The figures of a text that has only figures.
pub(crate) fn figures(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.is_ascii_digit().then(|| c.to_digit(10)).flatten()).collect()
}
