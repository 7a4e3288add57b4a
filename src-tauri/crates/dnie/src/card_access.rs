//! EF.CardAccess: which kinds of PACE a card offers (ICAO 9303-11, 9.2; BSI TR-03110-3, A.1.1). Read in plain, and
//! therefore only believed as far as choosing the protocol goes: PACE itself binds nothing to it.

use apdu::{Card, tlv};

use crate::{
    Error,
    error::Foreign,
    files::{self, Wanted},
    link::Link,
};

/// The file, under the master file.
const FILE: u16 = 0x011C;

/// Largest content; real ones have some tens of bytes.
const LARGEST: usize = 2 * 1024;

/// id-PACE-ECDH-GM-AES-CBC-CMAC-128 (0.4.0.127.0.7.2.2.4.2.2), content bytes.
pub(crate) const PACE: [u8; 10] = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x02];

/// Standardised domain parameters: brainpoolP256r1.
pub(crate) const BRAINPOOL_P256: u8 = 13;

/// Reads the file and looks for the one protocol a DNIe speaks.
///
/// # Errors
/// [`Error::NotDnie`] when the card does not offer it, or has no such file.
pub(crate) fn require_pace<C: Card>(link: &mut Link<C>) -> Result<(), Error> {
    match files::select_master(link) {
        Err(Error::Status { .. }) => return Err(Error::NotDnie(Foreign::MasterFile)),
        selected => selected?,
    }
    let absent = Error::NotDnie(Foreign::Pace);
    let Ok(info) = files::select(link, FILE)? else { return Err(absent) };
    let content = files::read(link, "EF.CardAccess", info, LARGEST, |beginning| {
        if beginning.is_empty() {
            return Ok(Wanted::More);
        }
        files::object_length(beginning, 0x31).map(Wanted::Total).ok_or(Error::NotDnie(Foreign::Pace))
    })?;
    match content {
        Ok(content) if offers_pace(&content) => Ok(()),
        _ => Err(absent),
    }
}

/// `SET { SEQ { OID protocol, INTEGER version 2, INTEGER parameters } .. }`, among other SecurityInfos.
pub(crate) fn offers_pace(content: &[u8]) -> bool {
    let Ok((set, _)) = tlv::read(content) else { return false };
    set.tag == 0x31
        && content.len() <= LARGEST
        && tlv::iter(set.value).map_while(Result::ok).any(|info| {
            let mut parts = tlv::iter(info.value).map_while(Result::ok).map(|part| (part.tag, part.value));
            info.tag == 0x30
                && parts.next() == Some((0x06, &PACE))
                && parts.next() == Some((0x02, &[2]))
                && parts.next() == Some((0x02, &[BRAINPOOL_P256]))
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        script::Script,
        vectors::{bytes, pace},
    };

    #[test]
    fn the_protocol_is_found_among_others() {
        let access = bytes(pace::CARD_ACCESS);
        assert!(offers_pace(&access));
        let other = bytes("3012060A04007F0007020204040202010202010D");
        let both = tlv::object(0x31, &[&other[..], &access[2..]].concat());
        assert!(offers_pace(&both));
        for (position, why) in [(13, "protocol"), (16, "version"), (19, "parameters"), (0, "set")] {
            let mut changed = access.clone();
            changed[position] ^= 1;
            assert!(!offers_pace(&changed), "{why}");
        }
        assert!(!offers_pace(&access[..access.len() - 1]));
    }

    #[test]
    fn a_card_without_the_file_or_the_master_file_is_no_dnie() {
        let cases: [(&[(&str, &str)], Foreign); 4] = [
            (&[("00A404000B4D61737465722E46696C6500", "6A82")], Foreign::MasterFile),
            (&[("00A404000B4D61737465722E46696C6500", "9000"), ("00A4000002011C00", "6A82")], Foreign::Pace),
            (
                &[
                    ("00A404000B4D61737465722E46696C6500", "9000"),
                    ("00A4000002011C00", "9000"),
                    ("00B00000FF", "31143012060A04007F0007020204020402010202010D 6282"),
                ],
                Foreign::Pace,
            ),
            (
                &[
                    ("00A404000B4D61737465722E46696C6500", "9000"),
                    ("00A4000002011C00", "9000"),
                    ("00B00000FF", "6B00"),
                ],
                Foreign::Pace,
            ),
        ];
        for (lines, expected) in cases {
            let mut link = Link::new(Script::new(lines).contactless());
            let error = require_pace(&mut link).unwrap_err();
            assert!(matches!(error, Error::NotDnie(found) if found == expected), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_content_is_looked_at_without_panic(content in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = offers_pace(&content);
        }
    }
}
