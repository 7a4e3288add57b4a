//! Which files a persona's card has, and what is in them.

use crate::chip::Interface;
use crate::error::Error;
use crate::files::{Files, LDS, MF, Read};
use crate::lds;
use crate::pace;
use crate::persona::{Document, Generation, Kind, Persona};
use crate::pkcs15::{self, Identity, KEY_FILE_LEN, Slot};

const CERTIFICATES: u16 = 0x6061;
const KEYS: u16 = 0x3F11;
const PKCS15: u16 = 0x5015;
/// Files of the LDS are a whole number of these, zeros following the content.
const LDS_UNIT: usize = 32;
/// The data group that nobody reads.
const FINGERPRINTS: u8 = 3;

/// The files of a persona's card.
pub(crate) fn files(persona: &Persona, interface: Interface) -> Result<Files, Error> {
    let contactless = interface == Interface::Contactless;
    if contactless && persona.generation == Generation::V2 {
        return Err(Error::Persona { what: "a card of generation 2.0 has no contactless interface" });
    }
    let mut files = Files::new(contactless);
    if persona.generation == Generation::V3 {
        files.transparent(MF, 0x011C, Read::Free, pace::CARD_ACCESS.to_vec());
        if let Some(document) = &persona.document {
            travel_document(&mut files, persona, document)?;
        }
    }
    if persona.kind == Kind::Dnie {
        identity_card(&mut files, persona)?;
    }
    Ok(files)
}

fn travel_document(files: &mut Files, persona: &Persona, document: &Document) -> Result<(), Error> {
    files.directory(LDS);
    let mut add = |fid, read, mut content: Vec<u8>| {
        if content.len() > usize::from(u16::MAX >> 1) {
            return Err(Error::Persona { what: "a picture is too large for its file" });
        }
        content.resize(content.len().next_multiple_of(LDS_UNIT), 0);
        files.transparent(LDS, fid, read, content);
        Ok(())
    };
    add(0x011E, Read::Holder, lds::common())?;
    for group in lds::data_groups(persona)? {
        let read = if group.number == FINGERPRINTS { Read::Never } else { Read::Holder };
        add(u16::from_be_bytes([0x01, group.number]), read, group.content)?;
    }
    document.sod.as_ref().map_or(Ok(()), |sod| add(0x011D, Read::Holder, sod.0.clone()))
}

fn identity_card(files: &mut Files, persona: &Persona) -> Result<(), Error> {
    files.key(MF, 0x0000, 0x0010);
    files.transparent(MF, 0x0006, Read::Always, persona.idesp.clone().into_bytes());
    if let Some(software) = &persona.software {
        files.transparent(MF, 0x2F03, Read::Always, software.clone().into_bytes());
    }
    files.transparent(MF, 0x601F, Read::Always, persona.component.certificate.0.clone());
    files.transparent(MF, 0x6020, Read::Always, persona.component.sub_ca.0.clone());

    let mut certificates = vec![(Slot::Authentication, persona.authentication.certificate.0.as_slice())];
    certificates.extend(
        persona.signature.as_ref().map(|credential| (Slot::Signature, credential.certificate.0.as_slice())),
    );
    certificates.extend(persona.issuer.as_ref().map(|issuer| (Slot::Issuer, issuer.0.as_slice())));

    files.directory(CERTIFICATES);
    let read = if persona.certificates_need_pin { Read::WithPin } else { Read::Always };
    let mut described = Vec::new();
    for (slot, certificate) in certificates {
        let stored = files.compressed(CERTIFICATES, slot.certificate_fid(), read, certificate)?;
        described.push((slot, certificate, stored));
    }

    files.directory(KEYS);
    files.key(KEYS, 0x0101, KEY_FILE_LEN);
    if persona.signature.is_some() {
        files.key(KEYS, 0x0102, KEY_FILE_LEN);
    }

    let identity = Identity { chip_serial: &persona.chip_serial, personalised: &persona.personalised };
    let slots: Vec<Slot> = described.iter().map(|(slot, _, _)| *slot).collect();
    files.directory(PKCS15);
    let mut public = |fid, content| files.transparent(PKCS15, fid, Read::Always, content);
    public(0x5031, pkcs15::odf());
    public(0x5032, pkcs15::token_info(&identity));
    public(0x6005, pkcs15::aodf());
    public(0x6001, pkcs15::prkdf(&identity, &slots)?);
    public(0x6002, pkcs15::pukdf(&identity, &slots)?);
    public(0x6004, pkcs15::cdf(&identity, &described)?);
    Ok(())
}
