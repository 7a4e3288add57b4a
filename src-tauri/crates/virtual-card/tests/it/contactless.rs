//! The card on a contactless reader: PACE, what it opens, and what replaces it.

use apdu::{Card as _, tlv};
use virtual_card::{Faults, Generation, Kind, Persona, Protocol, VirtualCard, atr, lds};

use crate::issue::{CAN, PIN, issued};
use crate::terminal::{Terminal, constant, hexed};

const SELECT_MF: &str = "00 A4 04 00 0B 4D61737465722E46696C65";

fn lying() -> Terminal {
    Terminal::new(VirtualCard::contactless(&issued().v3).unwrap())
}

fn opened() -> Terminal {
    let mut terminal = lying();
    assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
    terminal
}

/// The value of an object at the end of a path of tags.
fn at(bytes: &[u8], path: &[u32]) -> Vec<u8> {
    path.iter().fold(bytes.to_vec(), |bytes, tag| tlv::find(&bytes, *tag).unwrap().unwrap().value.to_vec())
}

#[test]
fn the_reader_s_answer_to_reset_has_two_forms() {
    let card = VirtualCard::contactless(&issued().v3).unwrap();
    assert_eq!(
        (hex::encode_upper(card.atr()), card.is_t0()),
        ("3B888001E1F35E117781A10003".to_owned(), false)
    );
    let mut card = card.with_contactless_atr(atr::Contactless::Pupi);
    let mut seen = vec![card.atr().to_vec()];
    for _ in 0..3 {
        card.reset();
        seen.push(card.atr().to_vec());
    }
    for atr in &seen {
        assert_eq!(
            (atr.len(), &atr[..5], &atr[9..16]),
            (17, &hexed("3B8C800150")[..], &hexed("E1F35E11778181")[..])
        );
        assert_eq!(atr[1..].iter().fold(0, |sum, byte| sum ^ byte), 0);
    }
    seen.dedup();
    assert_eq!(seen.len(), 4, "another identifier at each activation");
}

#[test]
fn before_pace_there_is_card_access_and_nothing_else() {
    let mut terminal = lying();
    assert!(terminal.raw(&format!("{SELECT_MF} 00")).ends_with("9000"));
    for (command, status) in [
        ("00 A4 00 00 02 60 20 00", "6982"),
        ("00 A4 00 00 02 3F 01 00", "6982"),
        ("00 A4 04 0C 07 A0000002471001", "6982"),
        ("00 A4 00 00 02 2F 00 00", "6A82"),
        ("90 B8 00 00 07", "6982"),
        ("00 84 00 00 08", "6982"),
        ("00 20 00 00 00", "6982"),
        ("00 22 81 B6 04 83 02 02 0F", "6982"),
        ("00 22 41 B6 04 84 02 01 01", "6982"),
        ("00 CA 00 00 00", "6D00"),
        ("0C A4 04 00 00", "6882"),
        ("10 86 00 00 02 7C 00 00", "6985"),
        ("00 A4 02 0C 02 01 1C", "9000"),
    ] {
        assert_eq!(terminal.raw(command), status, "{command}");
    }
    let access = "31143012060A04007F0007020204020202010202010D";
    assert_eq!(terminal.raw("00 B0 00 00 00"), format!("{access}9000"));
    assert_eq!(terminal.raw("00 B0 00 14 FF"), "010D6282");
}

#[test]
fn the_number_on_the_card_and_the_zone_both_open_it() {
    let mut by_number = opened();
    assert_eq!(by_number.read_file(&[0x0006]), b"BMP900003");

    let information = lds::mrz_information(&issued().v3).unwrap();
    assert_eq!(information.len(), 24);
    let mut by_zone = lying();
    assert_eq!(by_zone.pace(1, &openssl::sha::sha1(information.as_bytes())), 0x9000);
    assert_eq!(by_zone.read_file(&[0x0006]), b"BMP900003");
}

#[test]
fn a_wrong_number_is_found_out_at_the_end_and_may_be_tried_again() {
    let mut terminal = lying();
    for wrong in ["000000", "041277", ""] {
        assert_eq!(terminal.pace(2, wrong.as_bytes()), 0x6300);
        assert_eq!(terminal.raw("00 A4 00 00 02 60 20 00"), "6982");
    }
    assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
}

#[test]
fn a_command_between_the_steps_ends_them() {
    let mut terminal = lying();
    let choice = "00 22 C1 A4 12 80 0A 04007F00070202040202 83 01 02 84 01 0D";
    assert_eq!(terminal.raw(choice), "9000");
    assert_eq!(terminal.raw("10 86 00 00 02 7C 00 00").len(), 44);
    terminal.raw(SELECT_MF);
    assert_eq!(terminal.raw("10 86 00 00 02 7C 00 00"), "6985");
    assert_eq!(terminal.raw(choice), "9000");
    assert_eq!(terminal.raw("00 86 00 00 02 7C 00 00"), "6883");
}

#[test]
fn after_pace_certificates_and_the_travel_document_read_without_a_pin() {
    let mut terminal = opened();
    assert_eq!(terminal.certificate(0x7001), issued().v3.authentication.certificate.0);
    assert_eq!(apdu::tlv::until_zero(&terminal.read_file(&[0x5015, 0x6004])).count(), 3);
    for group in lds::data_groups(&issued().v3).unwrap() {
        let fid = 0x0100 | u16::from(group.number);
        if group.number == 3 {
            assert_eq!(terminal.select(&[0x3F01, fid]).1, 0x9000);
            assert_eq!(terminal.send([0, 0xB0, 0, 0], &[], Some(8)).1, 0x6982);
            continue;
        }
        let file = terminal.read_file(&[0x3F01, fid]);
        assert_eq!(file[..group.content.len()], group.content, "group {}", group.number);
        assert!(file[group.content.len()..].iter().all(|byte| *byte == 0));
    }
    assert_eq!(terminal.read_file(&[0x3F01, 0x011D])[..4], [0x77, 0x02, 0x30, 0x00]);
    assert_eq!(at(&terminal.read_file(&[0x3F01, 0x011E]), &[0x60, 0x5C]), hexed("61 75 63 67 6B 6D 6E"));
    // Neither right belongs to PACE.
    assert_eq!((terminal.verify(PIN), terminal.choose_key(1)), (0x6982, 0x6982));
}

#[test]
fn the_travel_document_says_what_the_persona_says() {
    let persona = &issued().v3;
    let zone = lds::machine_readable_zone(persona).unwrap();
    let lines: Vec<&str> = [0, 30, 60].into_iter().map(|start| &zone[start..start + 30]).collect();
    assert_eq!(
        lines,
        [
            "IDESPBMP900003499999002Q<<<<<<",
            "8405173F3101090ESP<<<<<<<<<<<1",
            "MARTI<SOLER<<AMPARO<<<<<<<<<<<"
        ]
    );
    let groups = lds::data_groups(persona).unwrap();
    let group = |number| &groups.iter().find(|group| group.number == number).unwrap().content;
    assert_eq!(at(group(1), &[0x61, 0x5F1F]), zone.as_bytes());
    let face = at(group(2), &[0x75, 0x7F61, 0x7F60, 0x5F2E]);
    assert_eq!(usize::try_from(u32::from_be_bytes(face[8..12].try_into().unwrap())).unwrap(), face.len());
    let signature = hexed("00 00 00 0C 6A 50 20 20");
    assert_eq!(face[46..54], signature);
    assert_eq!(at(group(7), &[0x67, 0x5F43])[..8], signature);
    assert_eq!(at(group(11), &[0x6B, 0x5F0E]), "MARTÍ<SOLER<<AMPARO".as_bytes());
    assert_eq!(at(group(11), &[0x6B, 0x5F2B]), hexed("19840517"));
    assert_eq!(at(group(11), &[0x6B, 0x5F42]), "C. MAJOR 12, 3a<MISLATA<VALÈNCIA".as_bytes());
    let details = at(group(13), &[0x6D]);
    let texts: Vec<String> =
        tlv::iter(&details).map(|text| String::from_utf8(text.unwrap().value.to_vec()).unwrap()).collect();
    assert_eq!(texts.len(), 16);
    assert_eq!((&texts[0][..], &texts[3][..], &texts[6][..]), ("MARTÍ", "99999002Q", "09 01 2031"));
}

#[test]
fn a_signature_takes_pace_and_both_channels() {
    let root = &issued().root_modulus;
    let mut terminal = opened();
    let before = terminal.channel();
    terminal.open_channel("cwa_r2", "pin", root);
    assert_eq!((terminal.tries(), terminal.verify(PIN)), (0x63C3, 0x9000));
    // The travel document is the user's to read, not the one's who only presents a PIN.
    assert_eq!(terminal.select(&[0x3F01, 0x0101]).1, 0x9000);
    assert_eq!(terminal.send([0, 0xB0, 0, 0], &[], Some(8)).1, 0x6982);
    terminal.open_channel("cwa_r2", "user", root);
    assert_eq!(terminal.choose_key(2), 0x9000);
    let info = [constant("digest_info", "sha256"), vec![7; 32]].concat();
    assert_eq!(terminal.must([0, 0x2A, 0x9E, 0x9A], &info, None).len(), 256);
    assert_eq!(terminal.read_file(&[0x3F01, 0x010B])[0], 0x6B);
    // PACE gave way to the channel that was opened inside it: its keys no longer say anything.
    terminal.enter(before);
    assert_eq!(terminal.send([0, 0xA4, 4, 0], b"Master.File", None).1, 0x6688);
    terminal.lose_channel();
    assert_eq!(terminal.raw("00 A4 00 00 02 01 01 00"), "6982");
}

#[test]
fn a_plain_command_or_a_wrong_checksum_shuts_everything() {
    for (spoil, status) in [(SELECT_MF, "6987"), ("0C A4 04 00 0A 8E 08 0000000000000000 00", "6988")] {
        let mut terminal = opened();
        assert_eq!(terminal.raw(spoil), status);
        assert_eq!(terminal.raw("00 A4 00 00 02 60 20 00"), "6982");
        assert!(terminal.raw(&format!("{SELECT_MF} 00")).ends_with("9000"));
        terminal.lose_channel();
        assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
    }
}

#[test]
fn power_leaves_nothing_of_pace() {
    let mut terminal = opened();
    terminal.card.reset();
    assert_eq!(terminal.raw("0C A4 04 00 00"), "6882");
    assert_eq!(terminal.raw("00 B0 00 00 01"), "6986");
    assert_eq!(terminal.raw("00 A4 00 00 02 60 20 00"), "6982");
}

#[test]
fn by_contact_the_travel_document_wants_the_user_s_channel() {
    let mut terminal = Terminal::new(VirtualCard::new(&issued().v3).unwrap());
    assert_eq!(terminal.read_file(&[0x011C]).len(), 22);
    assert_eq!(terminal.select(&[0x3F01, 0x0101]).1, 0x9000);
    assert_eq!(terminal.send([0, 0xB0, 0, 0], &[], Some(8)).1, 0x6982);
    let choice = "00 22 C1 A4 12 80 0A 04007F00070202040202 83 01 02 84 01 0D";
    assert_eq!((&terminal.raw(choice)[..], &terminal.raw("10 86 00 00 02 7C 00")[..]), ("6A88", "6D00"));
    terminal.open_channel("cwa_r2", "user", &issued().root_modulus);
    assert_eq!(terminal.read_file(&[0x3F01, 0x0101])[..2], [0x61, 0x5D]);
}

#[test]
fn a_residence_permit_opens_and_is_no_identity_card() {
    let permit = Persona { kind: Kind::ResidencePermit, ..issued().v3.clone() };
    assert_eq!(VirtualCard::new(&permit).unwrap_err().code(), "persona.unusable");
    let mut terminal = Terminal::new(VirtualCard::contactless(&permit).unwrap());
    assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
    assert!(terminal.read_file(&[0x3F01, 0x0101]).windows(5).any(|window| window == b"IRESP"));
    for fid in [0x5015, 0x6061, 0x6020, 0x601F, 0x0006] {
        assert_eq!(terminal.select(&[fid]).1, 0x6A82, "{fid:04X}");
    }
}

#[test]
fn cards_without_contactless_interface_are_refused() {
    assert_eq!(VirtualCard::contactless(&issued().v2).unwrap_err().code(), "persona.unusable");
    let without = Persona { document: None, ..issued().v3.clone() };
    assert_eq!(VirtualCard::contactless(&without).unwrap_err().code(), "persona.unusable");
    let old = Persona { generation: Generation::V2, ..issued().v3.clone() };
    assert_eq!(VirtualCard::contactless(&old).unwrap_err().code(), "persona.unusable");
    let mut wrong = issued().v3.clone();
    wrong.document.as_mut().unwrap().can = "12345".to_owned();
    assert_eq!(VirtualCard::contactless(&wrong).unwrap_err().code(), "persona.unusable");
}

#[test]
fn a_persona_of_before_still_loads() {
    let text = issued().v2.to_toml().unwrap();
    let old: String =
        text.lines().filter(|line| !line.starts_with("kind")).map(|line| format!("{line}\n")).collect();
    assert!(old.len() < text.len());
    assert!(Persona::from_toml(&old).unwrap() == issued().v2);
}

#[test]
fn every_channel_tells_its_keys_to_whoever_asked() {
    let (told, heard) = std::sync::mpsc::channel();
    let card = VirtualCard::contactless(&issued().v3).unwrap();
    let card = card.with_key_listener(Box::new(move |keys| told.send(keys.clone()).unwrap()));
    let mut terminal = Terminal::new(card);
    assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
    terminal.open_channel("cwa_r2", "pin", &issued().root_modulus);
    terminal.open_channel("cwa_r2", "user", &issued().root_modulus);
    let keys: Vec<_> = heard.try_iter().collect();
    let protocols: Vec<_> = keys.iter().map(|keys| keys.protocol).collect();
    assert_eq!(protocols, [Protocol::Pace, Protocol::Cwa, Protocol::Cwa]);
    assert_ne!(keys[1], keys[2]);
    assert_eq!(format!("{:?}", keys[0]), "SessionKeys(Pace, ***)");
}

#[test]
fn a_long_answer_comes_as_far_as_it_fits_or_waits_when_planned_so() {
    for (chain, first) in [(false, 258), (true, 2)] {
        let card = VirtualCard::contactless(&issued().v3).unwrap();
        let faults = Faults { chain_long_answers: chain, ..Faults::default() };
        let mut terminal = Terminal::new(card.with_faults(faults));
        assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
        assert_eq!(terminal.select(&[0x5015, 0x6004]).1, 0x9000);
        let command = terminal.wrapped_le([0, 0xB0, 0, 0], 0);
        let answer = terminal.card.answer(&command);
        assert_eq!((answer.len(), answer[answer.len() - 2]), (first, 0x61));
        assert_eq!(answer[answer.len() - 1] == 0, chain);
    }
}
