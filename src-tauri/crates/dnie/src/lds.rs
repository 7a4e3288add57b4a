//! The travel document application of 3.0 and later (ICAO 9303-10, "LDS"; fact sheet 8.2 to 8.4): what the document
//! says of its holder, and the proof that the state said it.
//!
//! [`crate::Dnie::lds`] brings files as bytes. [`Lds::authenticate`] compares them with the signed list of their
//! hashes and gives an [`Authentic`] document, which has no other constructor; [`Lds::document`] reads them without
//! that, for a program that has no anchors or shows them as unproven.
//!
//! Fingerprints (DG3) are closed to all but the police, and nothing here asks for them.

mod additional;
mod anchors;
mod bytes;
mod common;
mod document;
mod fault;
mod mrz;
mod passive;
mod personal;
mod portrait;
mod security;

use std::fmt;

use apdu::Card;

use crate::{
    Error,
    files::{self, Absent, Wanted},
    link::Link,
};

pub use additional::AdditionalDetails;
pub use anchors::CscaAnchors;
pub use common::Common;
pub use document::{Authentic, Document};
pub use fault::{LdsFault, Signed};
pub use mrz::{Mrz, MrzDate, Sex};
pub use personal::{Address, BirthDate, PersonalDetails};
pub use portrait::{MediaType, Portrait};

/// What fuzzing and the replay of its corpus call.
pub(crate) mod parsers {
    pub(crate) use super::{
        additional::AdditionalDetails, common::Common, mrz::Mrz, personal::PersonalDetails,
        portrait::Portrait, security::SecurityObject,
    };
}

/// The application's directory file.
const DIRECTORY: u16 = 0x3F01;

/// EF.COM and EF.SOD.
const COMMON_FILE: u16 = 0x011E;
const SECURITY_FILE: u16 = 0x011D;

/// Largest EF.COM; real ones have some tens of bytes.
const LARGEST_COMMON: usize = 1024;

/// Largest EF.SOD; the specimen's has about 2 kB.
const LARGEST_SECURITY: usize = 16 * 1024;

/// Largest data group that is text.
const LARGEST_TEXT: usize = 4 * 1024;

/// Largest portrait; real ones have about 20 kB. READ BINARY reaches half of it.
const LARGEST_PORTRAIT: usize = 64 * 1024;

/// A data group that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataGroup {
    /// DG1: the machine readable zone.
    Mrz,
    /// DG2: the portrait.
    Portrait,
    /// DG11: full name, birth, address.
    Personal,
    /// DG13: what Spain adds.
    Additional,
}

impl DataGroup {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Mrz, Self::Portrait, Self::Personal, Self::Additional];

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Mrz => 1,
            Self::Portrait => 2,
            Self::Personal => 11,
            Self::Additional => 13,
        }
    }

    const fn file(self) -> u16 {
        0x0100 | self.number() as u16
    }

    const fn tag(self) -> u8 {
        match self {
            Self::Mrz => 0x61,
            Self::Portrait => 0x75,
            Self::Personal => 0x6B,
            Self::Additional => 0x6D,
        }
    }

    const fn limit(self) -> usize {
        match self {
            Self::Portrait => LARGEST_PORTRAIT,
            Self::Mrz | Self::Personal | Self::Additional => LARGEST_TEXT,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Mrz => "DG1",
            Self::Portrait => "DG2",
            Self::Personal => "DG11",
            Self::Additional => "DG13",
        }
    }
}

/// Files as the card gave them, cut to the length they give themselves. Nothing in them is proven.
///
/// `Debug` prints lengths only: all of it is personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Lds {
    common: Option<Vec<u8>>,
    security: Option<Vec<u8>>,
    groups: Vec<(DataGroup, Vec<u8>)>,
}

impl Lds {
    /// Files that were read elsewhere, or kept: EF.SOD and data groups.
    #[must_use]
    pub fn from_files(security: Option<Vec<u8>>, groups: Vec<(DataGroup, Vec<u8>)>) -> Self {
        Self { common: None, security, groups }
    }

    /// What EF.COM says of versions and groups, if there is one. Nobody signs that.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`].
    pub fn common(&self) -> Result<Option<Common>, LdsFault> {
        self.common.as_deref().map(Common::parse).transpose()
    }

    /// A data group's file, if it was asked for and is there.
    #[must_use]
    pub fn group(&self, group: DataGroup) -> Option<&[u8]> {
        self.groups.iter().find(|(held, _)| *held == group).map(|(_, bytes)| bytes.as_slice())
    }

    /// EF.SOD, if there is one.
    #[must_use]
    pub fn security_object(&self) -> Option<&[u8]> {
        self.security.as_deref()
    }
}

impl fmt::Debug for Lds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lengths = self.groups.iter().map(|(group, bytes)| (group.name(), bytes.len()));
        f.debug_map().entries(lengths).finish()
    }
}

/// Reads EF.COM, EF.SOD and the groups, in the protection that is in force.
pub(crate) fn read<C: Card>(link: &mut Link<C>, groups: &[DataGroup]) -> Result<Lds, Error> {
    files::select_master(link)?;
    if files::select(link, DIRECTORY)?.is_err() {
        return Err(LdsFault::Absent.into());
    }
    let common = read_file(link, COMMON_FILE, "EF.COM", 0x60, LARGEST_COMMON)?;
    let security = read_file(link, SECURITY_FILE, "EF.SOD", 0x77, LARGEST_SECURITY)?;
    let mut wanted = groups.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut read = Vec::with_capacity(wanted.len());
    for group in wanted {
        if let Some(bytes) = read_file(link, group.file(), group.name(), group.tag(), group.limit())? {
            read.push((group, bytes));
        }
    }
    Ok(Lds { common, security, groups: read })
}

/// One file as long as its outer object: what its hash is computed over.
fn read_file<C: Card>(
    link: &mut Link<C>,
    file: u16,
    what: &'static str,
    tag: u8,
    limit: usize,
) -> Result<Option<Vec<u8>>, Error> {
    let info = match files::select(link, file)? {
        Ok(info) => info,
        Err(Absent::NotFound) => return Ok(None),
        Err(Absent::Denied) => return Err(LdsFault::Denied { what }.into()),
    };
    let malformed = |offset| Error::from(LdsFault::Malformed { what, offset });
    let content = files::read(link, what, info, limit, |beginning| {
        if beginning.is_empty() {
            return Ok(Wanted::More);
        }
        files::object_length(beginning, tag).map(Wanted::Total).ok_or_else(|| malformed(0))
    })?;
    match content {
        // An empty file: the card has none of it.
        Ok(content) if content.is_empty() => Ok(None),
        Ok(mut content) => {
            let length = files::object_length(&content, tag).ok_or_else(|| malformed(0))?;
            if content.len() < length {
                return Err(malformed(content.len()));
            }
            content.truncate(length);
            Ok(Some(content))
        }
        Err(Absent::NotFound) => Ok(None),
        Err(Absent::Denied) => Err(LdsFault::Denied { what }.into()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::script::Script;

    const MASTER: (&str, &str) = ("00A404000B4D61737465722E46696C65", "611B");
    const APPLICATION: (&str, &str) = ("00A40000023F01", "6112");

    #[test]
    fn only_the_files_asked_for_are_read_and_cut_to_their_own_length() {
        let mut link = Link::new(Script::new(&[
            MASTER,
            APPLICATION,
            ("00A4000002011E", "610E"),
            ("00B00000FF", "6C08"),
            ("00B0000008", "6006 5C0261750000 9000"),
            ("00A4000002011D", "610E"),
            ("00B00000FF", "7703010203FFFF 6282"),
            ("00A40000020101", "610E"),
            ("00B00000FF", "6101AA 6282"),
            ("00A4000002010B", "6A82"),
        ]));
        let lds = read(&mut link, &[DataGroup::Personal, DataGroup::Mrz, DataGroup::Mrz]).unwrap();
        assert_eq!(lds.security_object(), Some(&[0x77, 3, 1, 2, 3][..]));
        assert_eq!(lds.group(DataGroup::Mrz), Some(&[0x61, 1, 0xAA][..]));
        assert_eq!((lds.group(DataGroup::Personal), lds.group(DataGroup::Portrait)), (None, None));
        assert_eq!(format!("{lds:?}"), r#"{"DG1": 3}"#);
    }

    #[test]
    fn what_a_card_does_not_have_or_show_has_a_name() {
        let cases: [(&[(&str, &str)], &str); 4] = [
            (&[MASTER, ("00A40000023F01", "6A82")], "lds.absent"),
            (&[MASTER, APPLICATION, ("00A4000002011E", "6982")], "lds.denied"),
            (&[MASTER, APPLICATION, ("00A4000002011E", "610E"), ("00B00000FF", "6982")], "lds.denied"),
            (
                &[MASTER, APPLICATION, ("00A4000002011E", "610E"), ("00B00000FF", "610201026282")],
                "lds.malformed",
            ),
        ];
        for (lines, code) in cases {
            let mut link = Link::new(Script::new(lines));
            assert_eq!(read(&mut link, &[]).unwrap_err().code(), code);
        }
    }

    #[test]
    fn a_file_that_claims_too_much_is_refused_before_it_is_read() {
        let mut link = Link::new(Script::new(&[
            MASTER,
            APPLICATION,
            ("00A4000002011E", "6A82"),
            ("00A4000002011D", "6A82"),
            ("00A40000020102", "610E"),
            ("00B00000FF", &("75830100FB".to_owned() + &"00".repeat(250) + "9000")),
        ]));
        let error = read(&mut link, &[DataGroup::Portrait]).unwrap_err();
        assert!(matches!(error, Error::TooLarge { what: "DG2", .. }), "{error}");
    }

    #[test]
    fn a_file_cut_short_is_malformed_at_its_end() {
        let mut link = Link::new(Script::new(&[
            MASTER,
            APPLICATION,
            ("00A4000002011E", "610E"),
            ("00B00000FF", "6C04"),
            ("00B0000004", "6008 5C02 9000"),
        ]));
        let error = read(&mut link, &[]).unwrap_err();
        assert!(matches!(error, Error::Lds(LdsFault::Malformed { offset: 4, .. })), "{error}");
    }

    #[test]
    fn nothing_is_authentic_without_its_signed_list() {
        let lds = Lds::from_files(None, Vec::new());
        let fault = lds.authenticate(&CscaAnchors::new(), std::time::UNIX_EPOCH).unwrap_err();
        assert_eq!(fault.code(), "lds.absent");
    }
}
