//! The behaviour table, row by row.

use virtual_card::VirtualCard;

use crate::issue::{PIN, issued};
use crate::terminal::{Terminal, constant, framed, minus, power};

const SELECT_MF: &str = "00 A4 04 00 0B 4D61737465722E46696C65";

fn terminal() -> Terminal {
    Terminal::new(VirtualCard::new(&issued().v3).unwrap())
}

fn in_channel(who: &str) -> Terminal {
    let mut terminal = terminal();
    terminal.open_channel("cwa_r2", who, &issued().root_modulus);
    terminal
}

#[test]
fn data_of_a_command_with_data_waits_for_get_response() {
    let mut terminal = terminal();
    assert_eq!(terminal.raw(SELECT_MF), "611B");
    assert_eq!(terminal.raw("00 C0 00 00 05"), "6F19840B4D6116");
    let rest = terminal.raw("00 C0 00 00 FF");
    assert_eq!((rest.len() / 2, rest.ends_with("9000")), (24, true));
    assert_eq!(terminal.raw("00 C0 00 00 01"), "6985");
}

#[test]
fn any_other_command_discards_what_waited() {
    let mut terminal = terminal();
    assert_eq!(terminal.raw(SELECT_MF), "611B");
    assert_eq!(terminal.raw("00 A4 00 00 02 12 34"), "6A82");
    assert_eq!(terminal.raw("00 C0 00 00 1B"), "6985");
}

#[test]
fn too_great_a_le_is_corrected_and_offsets_outside_are_refused() {
    let mut terminal = terminal();
    assert_eq!(terminal.select(&[0x0006]).1, 0x9000);
    assert_eq!(terminal.raw("00 B0 00 00 FF"), "6C09");
    assert_eq!(terminal.raw("00 B0 00 00 00"), "6C09");
    assert_eq!(terminal.raw("00 B0 00 06 03"), "3030339000");
    assert_eq!(terminal.raw("00 B0 00 09 01"), "6B00");
    assert_eq!(terminal.raw("90 B8 00 00 11"), "6C07");
    assert_eq!(terminal.select(&[0x5015, 0x6004]).1, 0x9000);
    assert_eq!(terminal.raw("00 B0 00 00 00").len() / 2, 258);
}

#[test]
fn le_on_a_command_with_data_is_answered_directly() {
    let answer = terminal().raw(&format!("{SELECT_MF} 00"));
    assert!(answer.starts_with("6F19") && answer.ends_with("9000"));
}

#[test]
fn unknown_files_and_the_master_file_by_number_are_not_found() {
    let mut terminal = terminal();
    for command in ["00 A4 00 00 02 2F 00", "00 A4 00 00 02 3F 00", "00 A4 00 00", "00 A4 04 00 02 41 42"] {
        assert_eq!(terminal.raw(command), "6A82", "{command}");
    }
}

#[test]
fn unknown_commands_and_parameters_are_told_apart() {
    for (command, status) in [
        ("00 CA 00 00 00", "6D00"),
        ("90 20 00 00 00", "6D00"),
        ("80 A4 04 00 00", "6E00"),
        ("00 22 00 00 00", "6A86"),
        ("00 2A 00 00 00", "6A86"),
        ("00 A4 09 00 02 60 61", "6A86"),
        ("00 84 00 01 08", "6A86"),
        ("00 84 00 00 10", "6700"),
        ("00 A4 00 00 03 60 61", "6700"),
        ("00 A4", "6700"),
        ("00 B0 00 00 00", "6986"),
        ("0C A4 04 00", "6882"),
    ] {
        assert_eq!(terminal().raw(command), status, "{command}");
    }
}

#[test]
fn challenges_have_eight_or_twenty_bytes() {
    let mut terminal = terminal();
    assert_eq!(terminal.raw("00 84 00 00 08").len() / 2, 10);
    assert_eq!(terminal.raw("00 84 00 00 14").len() / 2, 22);
}

#[test]
fn selecting_a_file_drops_the_key_references() {
    for between in ["00 A4 00 00 02 60 20", "90 B8 00 00 07"] {
        let mut terminal = terminal();
        terminal.present_certificates("cwa_r2", "user");
        terminal.raw(between);
        assert_eq!(terminal.raw("00 88 00 00 10 0102030405060708 D002E00000000002"), "6985", "{between}");
    }
}

#[test]
fn a_certificate_under_the_wrong_key_or_an_unknown_reference_is_refused() {
    let mut terminal = terminal();
    assert_eq!(terminal.raw("00 22 81 B6 04 83 02 02 0F"), "9000");
    assert_eq!(terminal.send([0, 0x2A, 0, 0xAE], &constant("cwa_r2", "user_c_cv_ifd"), None).1, 0x6A80);
    assert_eq!(terminal.raw("00 22 81 B6 0A 83 08 6573534449620018"), "6A88");
    assert_eq!(terminal.raw("00 22 C1 A4 12 83 0C 00000000D002E00000000002 84 02 02 1F"), "6A88");
}

#[test]
fn a_false_proof_opens_nothing_and_costs_the_challenge() {
    let mut terminal = terminal();
    let (ready, rnd_icc, ..) = terminal.until_challenge("cwa_r2", "user", &issued().root_modulus);
    let wrong = framed(&[1; 74], &[2; 32], &[&rnd_icc[..], &[9; 8]].concat());
    let signature = power(&wrong, &constant("cwa_r2", "user_ifd_private_exponent"), &ready.n_ifd);
    let data = power(&minus(&ready.n_ifd, &signature).min(signature), &[1, 0, 1], &ready.n_icc);
    assert_eq!(terminal.send([0, 0x82, 0, 0], &data, None).1, 0x6982);
    assert_eq!(terminal.send([0, 0x82, 0, 0], &data, None).1, 0x6985);
}

#[test]
fn a_plain_command_closes_the_channel_and_the_next_one_works() {
    for plain in [SELECT_MF, "00 B0 00 00 01", "80 00 00 00", "00", "00 A4 04 00 09 01"] {
        let mut terminal = in_channel("pin");
        assert_eq!(terminal.verify(PIN), 0x9000);
        assert_eq!(terminal.raw(plain), "6987", "{plain}");
        assert_eq!(terminal.raw(SELECT_MF), "611B");
        assert_eq!(terminal.raw("0C A4 04 00"), "6882");
        // The PIN went with the channel: the keys stay shut behind a new one.
        terminal.lose_channel();
        terminal.open_channel("cwa_r2", "user", &issued().root_modulus);
        assert_eq!(terminal.choose_key(1), 0x6982);
    }
}

#[test]
fn a_bad_checksum_and_bad_objects_close_the_channel() {
    let mut terminal = in_channel("user");
    assert_eq!(terminal.send_corrupted(0), "6688");
    assert_eq!(terminal.raw(SELECT_MF), "611B");
    for bad in
        ["0C A4 04 00", "0C C0 00 00 0E", "0C A4 04 00 06 8E 04 01 02 03 04", "0C B0 00 00 03 97 01 08"]
    {
        let mut terminal = in_channel("user");
        assert_eq!(terminal.raw(bad), "6988", "{bad}");
        assert_eq!(terminal.raw(SELECT_MF), "611B");
    }
}

#[test]
fn get_response_is_plain_inside_a_channel() {
    let mut terminal = in_channel("user");
    let protected = terminal.wrapped([0, 0xA4, 4, 0], b"Master.File");
    assert_eq!(hex::encode_upper(terminal.card.answer(&protected)), "6131");
    let answer = terminal.card.answer(&[0, 0xC0, 0, 0, 0x31]);
    assert_eq!(terminal.unwrapped(&answer[..answer.len() - 2]).0.len(), 27);
}

#[test]
fn a_protected_command_may_come_in_envelopes() {
    let mut terminal = in_channel("user");
    let protected = terminal.wrapped([0, 0xA4, 4, 0], b"Master.File");
    let (first, second) = protected.split_at(20);
    let envelope = |chunk: &[u8]| [&[0x90, 0xC2, 0, 0, u8::try_from(chunk.len()).unwrap()], chunk].concat();
    assert_eq!(terminal.card.answer(&envelope(first)), [0x90, 0x00]);
    assert_eq!(terminal.card.answer(&envelope(second)), [0x61, 0x31]);
}

#[test]
fn verify_outside_its_channel_is_refused_and_spends_nothing() {
    let mut plain = terminal();
    assert_eq!((plain.verify(PIN), plain.tries()), (0x6982, 0x6982));
    let mut user = in_channel("user");
    assert_eq!((user.verify("00000000"), user.tries()), (0x6982, 0x6982));
    assert_eq!((plain.card.tries_left(), user.card.tries_left()), (3, 3));
}

#[test]
fn keys_need_the_pin_and_a_lawful_digest_info() {
    let mut terminal = in_channel("user");
    assert_eq!(terminal.choose_key(1), 0x6982);
    assert_eq!(terminal.send([0, 0x2A, 0x9E, 0x9A], &[0x30, 0], None).1, 0x6982);
    terminal.open_channel("cwa_r2", "pin", &issued().root_modulus);
    assert_eq!(terminal.verify(PIN), 0x9000);
    terminal.open_channel("cwa_r2", "user", &issued().root_modulus);
    assert_eq!(terminal.send([0, 0x2A, 0x9E, 0x9A], &[0x30, 0], None).1, 0x6985);
    assert_eq!((terminal.choose_key(3), terminal.choose_key(1)), (0x6A88, 0x9000));
    assert_eq!(terminal.send([0, 0x2A, 0x9E, 0x9A], &[7; 32], None).1, 0x6A80);
    let info = [constant("digest_info", "sha512"), vec![5; 64]].concat();
    assert_eq!(terminal.must([0, 0x2A, 0x9E, 0x9A], &info, None).len(), 256);
}

#[test]
fn a_reset_leaves_neither_file_nor_channel_nor_answer() {
    let mut terminal = in_channel("user");
    let protected = terminal.wrapped([0, 0xA4, 4, 0], b"Master.File");
    terminal.card.answer(&protected);
    terminal.card.reset();
    assert_eq!(terminal.raw("00 C0 00 00 31"), "6985");
    assert_eq!(terminal.raw("00 B0 00 00 01"), "6986");
    assert_eq!(terminal.raw("00 88 00 00 10 0102030405060708 D002E00000000002"), "6985");
}

#[test]
fn counts_are_of_what_crossed_the_contacts() {
    let mut terminal = terminal();
    terminal.raw(SELECT_MF);
    terminal.raw("00 C0 00 00 1B");
    let counts = terminal.card.counts();
    assert_eq!((counts.exchanges, counts.received, counts.sent, counts.resets), (2, 21, 31, 1));
}
