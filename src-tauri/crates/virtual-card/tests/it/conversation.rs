//! Whole conversations, from power-up to a signature that verifies.

use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::x509::X509;
use virtual_card::{Faults, Persona, VirtualCard};

use crate::issue::{PIN, issued};
use crate::terminal::{Terminal, constant, hexed};

/// Digest and DigestInfo of SHA-256.
fn to_sign() -> (Vec<u8>, Vec<u8>) {
    let digest = openssl::hash::hash(MessageDigest::sha256(), b"instancia").unwrap().to_vec();
    let info = [constant("digest_info", "sha256"), digest.clone()].concat();
    (digest, info)
}

fn verifies(certificate: &[u8], signature: &[u8], info: &[u8]) -> bool {
    let key = X509::from_der(certificate).unwrap().public_key().unwrap().rsa().unwrap();
    let mut opened = vec![0; 256];
    let length = key.public_decrypt(signature, &mut opened, Padding::PKCS1).unwrap();
    opened[..length] == *info
}

fn on(persona: &Persona) -> Terminal {
    Terminal::new(VirtualCard::new(persona).unwrap())
}

#[test]
fn card_3_0_signs_once_per_pin_through_both_channels() {
    let root = &issued().root_modulus;
    let mut terminal = on(&issued().v3);
    let certificate = terminal.certificate(0x7002);
    let (_, info) = to_sign();

    terminal.open_channel("cwa_r2", "pin", root);
    assert_eq!(terminal.tries(), 0x63C3);
    assert_eq!(terminal.verify("CRYPTOKJ"), 0x63C2);
    assert_eq!(terminal.tries(), 0x63C2);
    assert_eq!(terminal.verify(PIN), 0x9000);
    // The keys answer to the user's role only.
    assert_eq!(terminal.choose_key(2), 0x6982);
    terminal.open_channel("cwa_r2", "user", root);
    assert_eq!(terminal.tries(), 0x6982);
    assert_eq!(terminal.choose_key(2), 0x9000);
    let (signature, status) = terminal.send([0, 0x2A, 0x9E, 0x9A], &info, None);
    assert_eq!((status, signature.len()), (0x9000, 256));
    assert!(verifies(&certificate, &signature, &info));

    assert_eq!(terminal.send([0, 0x2A, 0x9E, 0x9A], &info, None).1, 0x6982);
    assert_eq!(terminal.choose_key(2), 0x6982);
    assert_eq!(terminal.card.tries_left(), 3);
    assert_eq!((terminal.card.counts().signatures, terminal.card.counts().verifications), (1, 2));
}

#[test]
fn card_2_0_verifies_and_signs_many_times_in_one_channel() {
    let root = &issued().root_modulus;
    let mut terminal = on(&issued().v2);
    assert_eq!(terminal.select(&[0x6061, 0x7001]).1, 0x9000);
    assert_eq!(terminal.send([0, 0xB0, 0, 0], &[], Some(8)).1, 0x6982);

    terminal.open_channel("cwa_r1", "user", root);
    assert_eq!(terminal.verify(PIN), 0x9000);
    let certificate = terminal.certificate(0x7001);
    let (_, info) = to_sign();
    assert_eq!(terminal.choose_key(1), 0x9000);
    for _ in 0..2 {
        let signature = terminal.must([0, 0x2A, 0x9E, 0x9A], &info, None);
        assert!(verifies(&certificate, &signature, &info));
    }
}

#[test]
fn every_public_file_reads_without_a_channel() {
    let mut terminal = on(&issued().v3);
    assert_eq!(
        terminal.must([0x90, 0xB8, 0, 0], &[], Some(0x11)),
        [0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x07]
    );
    assert_eq!(terminal.read_file(&[0x0006]), b"BMP900003");
    assert_eq!(terminal.read_file(&[0x6020]), issued().v3.component.sub_ca.0);
    assert_eq!(terminal.read_file(&[0x5015, 0x6001]).len(), 2100);
    let directory = terminal.read_file(&[0x5015, 0x6004]);
    assert_eq!(apdu::tlv::until_zero(&directory).count(), 3);
    let token = terminal.read_file(&[0x5015, 0x5032]);
    assert!(token.windows(8).any(|window| window == b"DGP-FNMT"));
    assert_eq!(terminal.certificate(0x7001), issued().v3.authentication.certificate.0);
    assert_eq!(terminal.certificate(0x7003), issued().v3.issuer.as_ref().unwrap().0);
}

#[test]
fn files_read_the_same_inside_a_channel() {
    let mut terminal = on(&issued().v3);
    let outside = terminal.read_file(&[0x5015, 0x6004]);
    terminal.open_channel("cwa_r2", "user", &issued().root_modulus);
    assert_eq!(terminal.read_file(&[0x5015, 0x6004]), outside);
    // 256 bytes in one answer are more than one GET RESPONSE brings.
    assert_eq!(terminal.must([0, 0xB0, 0, 0], &[], Some(0)), outside[..256]);
}

#[test]
fn the_pin_blocks_inside_the_channel_and_stays_blocked_after_reset() {
    let mut persona = issued().v3.clone();
    persona.tries_left = 2;
    let mut terminal = on(&persona);
    terminal.open_channel("cwa_r2", "pin", &issued().root_modulus);
    assert_eq!((terminal.verify("00000000"), terminal.verify("00000000")), (0x63C1, 0x63C0));
    assert_eq!((terminal.verify(PIN), terminal.tries()), (0x6983, 0x6983));

    let mut again = Terminal::new(terminal.card);
    again.open_channel("cwa_r2", "pin", &issued().root_modulus);
    assert_eq!(again.verify(PIN), 0x6983);
    assert_eq!(again.card.tries_left(), 0);
}

#[test]
fn the_other_key_set_does_not_open() {
    let mut terminal = on(&issued().v3);
    terminal.must([0, 0x22, 0x81, 0xB6], &hexed("83 02 02 0F"), None);
    assert_eq!(terminal.send([0, 0x2A, 0, 0xAE], &constant("cwa_r1", "c_cv_ca"), None).1, 0x6A80);
}

#[test]
fn a_minor_s_card_has_no_second_key() {
    let mut persona = issued().v2.clone();
    persona.signature = None;
    let mut terminal = on(&persona);
    assert_eq!(terminal.select(&[0x6061, 0x7002]).1, 0x6A82);
    terminal.open_channel("cwa_r1", "user", &issued().root_modulus);
    assert_eq!(terminal.verify(PIN), 0x9000);
    assert_eq!((terminal.choose_key(2), terminal.choose_key(1)), (0x6A88, 0x9000));
}

#[test]
fn a_persona_survives_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("persona.toml");
    for persona in [&issued().v2, &issued().v3] {
        persona.save(&path).unwrap();
        assert!(Persona::load(&path).unwrap() == *persona);
    }
    assert_eq!(Persona::from_toml("generation = '5.0'").unwrap_err().code(), "persona.format");
    assert_eq!(format!("{:?}", issued().v3), "Persona(V3, R2, ***)");
}

#[test]
fn planned_faults_happen_when_planned() {
    use apdu::{Card as _, CardError, Command};
    let select = Command::new(0, 0xA4, 4, 0).with_data(b"Master.File").unwrap();
    let card = |faults| VirtualCard::new(&issued().v3).unwrap().with_faults(faults);

    let mut leaving = card(Faults { remove_at: Some(2), ..Faults::default() });
    assert!(leaving.transmit(&select).is_ok());
    assert_eq!(leaving.transmit(&select), Err(CardError::Removed));
    assert_eq!(leaving.transmit(&select), Err(CardError::Removed));
    leaving.reset();
    assert!(leaving.transmit(&select).is_ok());

    let mut mute = card(Faults { mute_from: Some(1), ..Faults::default() });
    assert_eq!(mute.transmit(&select), Err(CardError::Mute));

    let other = virtual_card::atr::NOT_A_DNIE.to_vec();
    assert_eq!(card(Faults { atr: Some(other.clone()), ..Faults::default() }).atr(), other);

    let mut noisy = card(Faults { corrupt_at: Some(1), ..Faults::default() });
    assert_eq!(noisy.transmit(&select).unwrap().status.0, 0x601B);
}

#[test]
fn bare_errors_leave_the_channel_unprotected_only_when_asked() {
    let card = VirtualCard::new(&issued().v3).unwrap();
    let mut terminal = Terminal::new(card.with_faults(Faults { bare_errors: true, ..Faults::default() }));
    terminal.open_channel("cwa_r2", "pin", &issued().root_modulus);
    assert_eq!(terminal.verify("00000000"), 0x63C2);
    // The terminal took the bare status for the end of its channel; the card still holds its own.
    assert_eq!(terminal.raw("00 A4 04 00"), "6987");
}
