//! One function per parser of outside bytes, for fuzz targets and for the replay of their corpus. Not part of the
//! API: nothing here is of use to a program.
//!
//! Each takes any bytes and must return. Where it can, it checks a property as well, and panics when that is broken.

use std::time::UNIX_EPOCH;

use apdu::{Command, Response, Status, tlv};

use crate::{
    Generation,
    aes_messaging::AesMessaging,
    card_access, certificates, files,
    keys::key_of,
    lds::{
        CscaAnchors, DataGroup, Lds,
        parsers::{AdditionalDetails, Common, Mrz, PersonalDetails, Portrait, SecurityObject},
    },
    pace,
    secure_messaging::SecureMessaging,
};

/// A target: its name, which is that of its corpus, and its function.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 14] = [
    ("tlv", tlv),
    ("fci", fci),
    ("directory", directory),
    ("inflation", inflation),
    ("cwa_answer", cwa_answer),
    ("pace_answer", pace_answer),
    ("pace_step", pace_step),
    ("card_access", card_access),
    ("com", com),
    ("dg1", dg1),
    ("dg2", dg2),
    ("dg11", dg11),
    ("dg13", dg13),
    ("sod", sod),
];

/// BER-TLV.
///
/// # Panics
/// When the objects do not add up to what was read.
pub fn tlv(data: &[u8]) {
    let mut read = 0;
    for object in tlv::iter(data).map_while(Result::ok) {
        assert_eq!(data.get(read..read + object.whole.len()), Some(object.whole));
        read += object.whole.len();
    }
    assert!(read <= data.len());
    let _ = tlv::until_zero(data).count();
    let _ = tlv::find(data, 0x5F1F);
}

/// File control information, and lengths by first bytes.
pub fn fci(data: &[u8]) {
    let _ = files::file_info(data);
    let _ = files::der_length(data);
}

/// The directory of certificates, and the description beside it.
///
/// # Panics
/// When the beginning of a directory shows more than the whole.
pub fn directory(data: &[u8]) {
    let whole = certificates::count_entries(data);
    let half = certificates::count_entries(data.get(..data.len() / 2).unwrap_or_default());
    assert!(half <= whole);
    certificates::look_at_description(data);
}

/// A stored certificate.
///
/// # Panics
/// When something comes out that is larger than any certificate.
pub fn inflation(data: &[u8]) {
    if let Some(length) = certificates::inflated_length(data) {
        assert!(length <= 16 * 1024);
    }
}

/// An answer under CWA's secure messaging: as it is, and with the MAC it would need.
///
/// # Panics
/// When bytes without a right MAC are taken.
pub fn cwa_answer(data: &[u8]) {
    for generation in [Generation::V2, Generation::V3] {
        let session = || SecureMessaging::new(key_of([1; 16]), key_of([2; 16]), [0xFF; 8], generation);
        let raw = session().unprotect(&Response::new(data.to_vec(), Status::OK));
        assert!(matches!(raw, Ok(None)), "taken without a MAC");
        if let Ok(mac) = session().next_mac(data) {
            let whole = [data, &tlv::object(0x8E, &mac)].concat();
            let _ = session().unprotect(&Response::new(whole, Status::OK));
        }
    }
}

/// An answer under PACE's secure messaging, likewise.
///
/// # Panics
/// When bytes without a right MAC are taken.
pub fn pace_answer(data: &[u8]) {
    let session = || AesMessaging::new(key_of([1; 16]), key_of([2; 16]));
    let raw = session().unprotect(&Response::new(data.to_vec(), Status::OK));
    assert!(matches!(raw, Ok(None)), "taken without a MAC");
    if let Ok(mac) = session().next_mac(data) {
        let whole = [data, &tlv::object(0x8E, &mac)].concat();
        let _ = session().unprotect(&Response::new(whole, Status::OK));
    }
    // Whatever is taken apart, a command goes out whole or not at all.
    let command =
        Command::new(0x00, 0xA4, 0x00, 0x00).with_data(data.get(..200.min(data.len())).unwrap_or_default());
    if let Ok(command) = command {
        let _ = session().protect(&command, true);
    }
}

/// An answer to a step of PACE, and the point in it.
pub fn pace_step(data: &[u8]) {
    pace::look_at_step(data);
}

/// EF.CardAccess.
pub fn card_access(data: &[u8]) {
    let _ = card_access::offers_pace(data);
}

/// EF.COM.
pub fn com(data: &[u8]) {
    let _ = Common::parse(data);
}

/// DG1.
pub fn dg1(data: &[u8]) {
    let _ = Mrz::parse(data);
}

/// DG2.
pub fn dg2(data: &[u8]) {
    let _ = Portrait::parse(data);
}

/// DG11.
pub fn dg11(data: &[u8]) {
    let _ = PersonalDetails::parse(data);
}

/// DG13.
pub fn dg13(data: &[u8]) {
    let _ = AdditionalDetails::parse(data);
}

/// EF.SOD: as data, and as proof of a group.
///
/// # Panics
/// When something is authentic under no anchor.
pub fn sod(data: &[u8]) {
    let _ = SecurityObject::parse(data);
    let lds = Lds::from_files(Some(data.to_vec()), vec![(DataGroup::Mrz, Vec::new())]);
    assert!(lds.authenticate(&CscaAnchors::new(), UNIX_EPOCH).is_err());
}
