//! Whatever bytes come, the card answers and lives.

use proptest::prelude::*;
use virtual_card::VirtualCard;

use crate::issue::{CAN, PIN, issued};
use crate::terminal::Terminal;

/// Bytes that look enough like a command to get past the first checks.
fn command() -> impl Strategy<Value = Vec<u8>> {
    let cla = prop_oneof![Just(0x00_u8), Just(0x0C), Just(0x10), Just(0x90), Just(0x9C), any::<u8>()];
    let ins =
        prop::sample::select(vec![0xA4_u8, 0xB0, 0xC0, 0xC2, 0x22, 0x2A, 0x88, 0x84, 0x82, 0x86, 0x20, 0xB8]);
    let p1p2 = prop::sample::select(vec![0x0000_u16, 0x0400, 0x81B6, 0xC1A4, 0x41B6, 0x00AE, 0x9E9A, 0x0300]);
    let data = proptest::collection::vec(any::<u8>(), 0..255);
    (cla, ins, p1p2, data, proptest::option::of(any::<u8>())).prop_map(|(cla, ins, p1p2, data, le)| {
        let [p1, p2] = p1p2.to_be_bytes();
        let mut bytes = vec![cla, ins, p1, p2];
        if !data.is_empty() {
            bytes.push(u8::try_from(data.len()).unwrap());
            bytes.extend(data);
        }
        bytes.extend(le);
        bytes
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![command(), proptest::collection::vec(any::<u8>(), 0..600)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_answered_with_a_status(commands in proptest::collection::vec(bytes(), 1..20)) {
        let mut card = VirtualCard::new(&issued().v3).unwrap();
        for command in commands {
            prop_assert!(card.answer(&command).len() >= 2);
        }
        prop_assert_eq!(card.tries_left(), 3);
    }

    #[test]
    fn any_bytes_inside_a_channel_spend_no_try(commands in proptest::collection::vec(bytes(), 1..10)) {
        let mut terminal = Terminal::new(VirtualCard::new(&issued().v3).unwrap());
        terminal.open_channel("cwa_r2", "pin", &issued().root_modulus);
        prop_assert_eq!(terminal.verify(PIN), 0x9000);
        for command in commands {
            prop_assert!(terminal.card.answer(&command).len() >= 2);
        }
        prop_assert_eq!(terminal.card.tries_left(), 3);
        prop_assert_eq!(terminal.card.counts().signatures, 0);
    }

    #[test]
    fn any_plain_command_said_under_protection_is_answered(header: [u8; 4], data in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut terminal = Terminal::new(VirtualCard::new(&issued().v2).unwrap());
        terminal.open_channel("cwa_r1", "user", &issued().root_modulus);
        let answered = terminal.send([header[0] & 0xF0, header[1], header[2], header[3]], &data, None);
        prop_assert!(answered.1 != 0);
    }

    #[test]
    fn any_bytes_on_a_contactless_reader_are_answered(commands in proptest::collection::vec(bytes(), 1..20), opened: bool) {
        let mut terminal = Terminal::new(VirtualCard::contactless(&issued().v3).unwrap());
        if opened {
            prop_assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
        }
        for command in commands {
            prop_assert!(terminal.card.answer(&command).len() >= 2);
        }
        prop_assert_eq!(terminal.card.tries_left(), 3);
    }

    #[test]
    fn any_command_said_under_pace_is_answered(header: [u8; 4], data in proptest::collection::vec(any::<u8>(), 0..180)) {
        let mut terminal = Terminal::new(VirtualCard::contactless(&issued().v3).unwrap());
        prop_assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
        let answered = terminal.send([header[0] & 0xF0, header[1], header[2], header[3]], &data, None);
        prop_assert!(answered.1 != 0);
    }

    #[test]
    fn any_step_of_pace_is_answered(steps in proptest::collection::vec((any::<bool>(), proptest::collection::vec(any::<u8>(), 0..70)), 1..6)) {
        let mut terminal = Terminal::new(VirtualCard::contactless(&issued().v3).unwrap());
        terminal.raw("00 22 C1 A4 12 80 0A 04007F00070202040202 83 01 02 84 01 0D");
        terminal.raw("10 86 00 00 02 7C 00 00");
        for (last, inside) in steps {
            let data = apdu::tlv::object(0x7C, &apdu::tlv::object(0x81, &inside));
            let answered = terminal.send([if last { 0 } else { 0x10 }, 0x86, 0, 0], &data, None);
            prop_assert!(answered.1 >> 12 == 6);
        }
    }
}
