//! The bridge, met by a stand-in for vpcd.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use virtual_card::{DEFAULT_ADDRESS, Faults, LineRate, SECOND_SLOT, VirtualCard, serve, serve_at};

use crate::issue::issued;
use crate::terminal::hexed;

pub struct Reader {
    stream: TcpStream,
}

impl Reader {
    pub fn say(&mut self, body: &[u8]) {
        let length = u16::try_from(body.len()).unwrap().to_be_bytes();
        self.stream.write_all(&[&length, body].concat()).unwrap();
    }

    pub fn hear(&mut self) -> Option<Vec<u8>> {
        let mut length = [0; 2];
        self.stream.read_exact(&mut length).ok()?;
        let mut body = vec![0; usize::from(u16::from_be_bytes(length))];
        self.stream.read_exact(&mut body).ok()?;
        Some(body)
    }

    pub fn ask(&mut self, body: &str) -> Option<String> {
        self.say(&hexed(body));
        self.hear().map(hex::encode_upper)
    }
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

pub fn accept(listener: &TcpListener) -> Reader {
    Reader { stream: listener.accept().unwrap().0 }
}

fn card() -> VirtualCard {
    VirtualCard::new(&issued().v3).unwrap()
}

#[test]
fn a_served_card_answers_and_comes_back_when_removed() {
    let listener = listener();
    let served = serve(card(), listener.local_addr().unwrap()).unwrap();
    let mut reader = accept(&listener);
    // Power and ATR in one segment, as vpcd may send them.
    reader.stream.write_all(&[0, 1, 1, 0, 1, 4]).unwrap();
    assert_eq!(hex::encode_upper(reader.hear().unwrap()), "3B7F960000006A444E4965100101550421039000");
    assert!(served.is_powered());

    assert_eq!(reader.ask("00 A4 04 00 0B 4D61737465722E46696C65").unwrap(), "611B");
    // The presence poll in between changes nothing.
    assert_eq!(reader.ask("04").unwrap().len(), 40);
    assert!(reader.ask("00 C0 00 00 1B").unwrap().ends_with("9000"));
    assert_eq!((served.counts().exchanges, served.counts().resets), (2, 1));

    // A warm reset does.
    assert_eq!(reader.ask("00 A4 04 00 0B 4D61737465722E46696C65").unwrap(), "611B");
    reader.say(&[2]);
    assert_eq!(reader.ask("00 C0 00 00 1B").unwrap(), "6985");

    let card = served.remove();
    assert_eq!(reader.hear(), None);
    assert_eq!(card.counts().exchanges, 4);

    let again = serve(card, listener.local_addr().unwrap()).unwrap();
    let mut reader = accept(&listener);
    assert_eq!(reader.ask("04").unwrap().len(), 40);
    drop(again);
    assert_eq!(reader.hear(), None);
}

#[test]
fn the_card_comes_back_when_the_reader_does() {
    let listener = listener();
    let served = serve(card(), listener.local_addr().unwrap()).unwrap();
    drop(accept(&listener));
    let mut reader = accept(&listener);
    assert_eq!(reader.ask("04").unwrap().len(), 40);
    assert!(!served.is_gone());
}

#[test]
fn a_planned_removal_closes_the_connection() {
    let listener = listener();
    let faults = Faults { remove_at: Some(2), ..Faults::default() };
    let served = serve(card().with_faults(faults), listener.local_addr().unwrap()).unwrap();
    let mut reader = accept(&listener);
    assert_eq!(reader.ask("00 84 00 00 10").unwrap(), "6700");
    assert_eq!(reader.ask("00 84 00 00 10"), None);
    let card = served.remove();
    assert_eq!(card.counts().exchanges, 2);
}

#[test]
fn a_mute_card_can_still_be_taken_out() {
    let listener = listener();
    let faults = Faults { mute_from: Some(1), ..Faults::default() };
    let served = serve(card().with_faults(faults), listener.local_addr().unwrap()).unwrap();
    let mut reader = accept(&listener);
    reader.say(&hexed("00 84 00 00 08"));
    assert_eq!(reader.ask("04").unwrap().len(), 40);
    assert_eq!(served.remove().counts().sent, 0);
    assert_eq!(reader.hear(), None);
}

#[test]
fn two_cards_are_in_two_slots_at_once() {
    assert_eq!((DEFAULT_ADDRESS.port(), SECOND_SLOT.port()), (35963, 35964));
    let (one, two) = (listener(), listener());
    let first = serve(card(), one.local_addr().unwrap()).unwrap();
    let second = serve(card(), two.local_addr().unwrap()).unwrap();
    let (mut left, mut right) = (accept(&one), accept(&two));
    assert_eq!(left.ask("00 A4 04 00 0B 4D61737465722E46696C65").unwrap(), "611B");
    assert_eq!(right.ask("00 B0 00 00 01").unwrap(), "6986");
    assert!(left.ask("00 C0 00 00 1B").unwrap().ends_with("9000"));
    assert_eq!((first.counts().exchanges, second.counts().exchanges), (2, 1));
}

#[test]
fn a_card_on_an_endless_line_can_still_be_taken_out() {
    let listener = listener();
    let rate = LineRate { per_byte: Duration::from_secs(3600), per_exchange: Duration::ZERO };
    let served = serve_at(card(), listener.local_addr().unwrap(), rate).unwrap();
    let mut reader = accept(&listener);
    reader.say(&hexed("00 84 00 00 08"));
    while served.counts().exchanges == 0 {
        std::thread::yield_now();
    }
    assert_eq!(served.remove().counts().received, 5);
    // The answer was still on the line.
    assert_eq!(reader.hear(), None);
}
