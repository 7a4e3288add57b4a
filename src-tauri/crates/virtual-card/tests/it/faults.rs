//! Failures that only a conversation shows.

use std::time::Duration;

use apdu::{Card as _, CardError, Command};
use virtual_card::{Delay, Faults, OVERSIZE, VirtualCard, WrongStatus};

use crate::issue::{PIN, issued};
use crate::terminal::Terminal;

fn select() -> Command {
    Command::new(0, 0xA4, 4, 0).with_data(b"Master.File").unwrap()
}

fn card(faults: Faults) -> VirtualCard {
    VirtualCard::new(&issued().v3).unwrap().with_faults(faults)
}

/// In a channel of the PIN's role, where the next exchange goes wrong as planned.
fn in_channel(plan: impl FnOnce(u64) -> Faults) -> Terminal {
    let mut terminal = Terminal::new(card(Faults::default()));
    terminal.open_channel("cwa_r2", "pin", &issued().root_modulus);
    let next = terminal.card.counts().exchanges + 1;
    terminal.card.set_faults(plan(next));
    terminal
}

/// The raw protected answer to a protected SELECT.
fn protected_answer(terminal: &mut Terminal) -> Vec<u8> {
    let command = terminal.wrapped([0, 0xA4, 4, 0], b"Master.File");
    let announced = terminal.card.answer(&command);
    assert_eq!(announced[0], 0x61);
    let mut answer = terminal.card.answer(&[0, 0xC0, 0, 0, announced[1]]);
    answer.truncate(answer.len() - 2);
    answer
}

#[test]
fn wrong_lengths_reach_the_terminal_as_they_are() {
    let one = |faults| card(faults).transmit(&select());
    let whole = one(Faults::default()).unwrap();
    let wrong =
        one(Faults { wrong_status: Some(WrongStatus { at: 1, status: 0x6F00 }), ..Faults::default() });
    assert_eq!(wrong.unwrap().status.0, 0x6F00);
    let long = one(Faults { oversize_at: Some(1), ..Faults::default() }).unwrap();
    assert_eq!((long.data.len(), long.status), (OVERSIZE, whole.status));
    for faults in [
        Faults { truncate_at: Some(1), ..Faults::default() },
        Faults { empty_at: Some(1), ..Faults::default() },
    ] {
        assert!(matches!(one(faults), Err(CardError::Malformed(_))));
    }
}

#[test]
fn an_answer_may_be_late() {
    let late = Faults { delay: Some(Delay { at: 1, by: Duration::from_millis(1) }), ..Faults::default() };
    assert!(card(late).transmit(&select()).is_ok());
}

#[test]
fn a_wrong_checksum_is_one_bit_and_the_next_answer_is_right() {
    let mut terminal = in_channel(|next| Faults { wrong_mac_at: Some(next), ..Faults::default() });
    let mut wrong = protected_answer(&mut terminal);
    // Put right, it is the answer the terminal expects.
    *wrong.last_mut().unwrap() ^= 1;
    assert_eq!(terminal.unwrapped(&wrong).1, 0x9000);
    let right = protected_answer(&mut terminal);
    assert_eq!(terminal.unwrapped(&right).1, 0x9000);
}

#[test]
fn a_counter_out_of_step_is_one_ahead_and_stays_so() {
    let desynchronised = || in_channel(|next| Faults { desynchronise_from: Some(next), ..Faults::default() });
    let mut following = desynchronised();
    let answer = protected_answer(&mut following);
    following.skip();
    assert_eq!(following.unwrapped(&answer).1, 0x9000);
    assert_eq!(following.send([0, 0xA4, 4, 0], b"Master.File", None).1, 0x9000);

    let mut unaware = desynchronised();
    protected_answer(&mut unaware);
    unaware.skip();
    assert_eq!(unaware.send([0, 0xA4, 4, 0], b"Master.File", None).1, 0x6688);
}

#[test]
fn another_program_s_reset_leaves_a_fresh_card() {
    let mut terminal = in_channel(|next| Faults { reset_at: Some(next + 2), ..Faults::default() });
    let resets = terminal.card.counts().resets;
    assert_eq!(terminal.verify(PIN), 0x9000);
    assert_eq!(terminal.send([0, 0xA4, 4, 0], b"Master.File", None).1, 0x6882);
    assert_eq!(terminal.card.counts().resets, resets + 1);
    terminal.lose_channel();
    terminal.open_channel("cwa_r2", "user", &issued().root_modulus);
    assert_eq!(terminal.choose_key(1), 0x6982);
}

#[test]
fn a_short_value_of_the_handshake_is_padded_and_opens_all_the_same() {
    for _ in 0..2 {
        let mut terminal = Terminal::new(card(Faults { short_sigmin: true, ..Faults::default() }));
        let (zero_in_answer, zero_in_signature) =
            terminal.open_channel("cwa_r2", "pin", &issued().root_modulus);
        assert!(zero_in_answer || zero_in_signature);
        assert_eq!(terminal.verify(PIN), 0x9000);
    }
}
