//! Every exchange with the card goes through here: the transport's rules, the channel's protection, the counting.
//!
//! T=0 (ISO/IEC 7816-3, 10; fact sheet 4.5): a command with data carries no Le; `61 xx` is answered with a plain GET
//! RESPONSE, chained until the answer is whole; `6C xx` is reissued once with the right length. Inside a channel the
//! reissue is a new protected command with its own step of the counter. T=1 (contactless) carries the Le and brings
//! the answer at once, but for what is longer than 256 bytes, whose rest waits behind `61 xx` as well.

use apdu::{Card, CardError, Command, Response, ResponseError, Status};

use crate::{Error, constants::MASTER_FILE, error::Step, messaging::Protection};

/// The status that a contactless reader gives for a card that has left its field.
const FIELD_LOST: Status = Status(0x0000);

/// Most parts an answer comes in behind `61 xx`; the longest lawful one has two.
const MOST_PARTS: usize = 16;

/// The longest answer of any command here is a protected RSA-2048 signature of 283 bytes.
const LONGEST_ANSWER: usize = 2048;

/// Which terminal opened the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Files and signatures; on 2.0 the PIN as well.
    User,
    /// The PIN, on 3.0 and later.
    Pin,
}

/// A card, the protection in force if any, and the exchanges spent.
pub(crate) struct Link<C> {
    card: C,
    channel: Option<Protection>,
    exchanges: u32,
}

impl<C: Card> Link<C> {
    pub(crate) fn new(card: C) -> Self {
        Self { card, channel: None, exchanges: 0 }
    }

    pub(crate) const fn exchanges(&self) -> u32 {
        self.exchanges
    }

    /// Which CWA channel is open.
    pub(crate) fn role(&self) -> Option<Role> {
        self.channel.as_ref().and_then(Protection::role)
    }

    /// Whether commands are protected in one way or another.
    pub(crate) const fn is_protected(&self) -> bool {
        self.channel.is_some()
    }

    /// Whether the protection in force is that of PACE.
    pub(crate) const fn is_pace(&self) -> bool {
        matches!(self.channel, Some(Protection::Pace(_)))
    }

    /// From now on, commands are protected with these keys, in place of any others.
    pub(crate) fn enter(&mut self, protection: Protection) {
        self.channel = Some(protection);
    }

    /// Sends a command, protected if a channel is open, and collects the whole answer.
    ///
    /// # Errors
    /// [`Error::ChannelLost`] when the answer lacks its protection; the channel is then forgotten.
    pub(crate) fn send(&mut self, step: Step, command: &Command) -> Result<Response, Error> {
        let answer = self.send_once(step, command)?;
        match answer.status.exact_length() {
            Some(le) if command.data().is_empty() => {
                let [cla, ins, p1, p2] = command.header();
                self.send_once(step, &Command::new(cla, ins, p1, p2).with_le(le))
            }
            _ => Ok(answer),
        }
    }

    /// Sends a command whose answer data nobody needs. Outside a channel over T=0 they are left in the card, which
    /// forgets them at the next command: one exchange less.
    pub(crate) fn send_for_status(&mut self, step: Step, command: &Command) -> Result<Response, Error> {
        if self.channel.is_some() || !self.card.is_t0() {
            return self.send(step, command);
        }
        let answer = self.transmit_waking(&without_le(command)?)?;
        Ok(match answer.status.waiting() {
            Some(_) => Response::new(answer.data, Status::OK),
            None => answer,
        })
    }

    /// Ends the channel, with the PIN's rights: a plain SELECT of the master file, whose complaint is expected.
    pub(crate) fn close_channel(&mut self) -> Result<(), Error> {
        if self.channel.take().is_some() {
            self.select_plainly()?;
        }
        Ok(())
    }

    /// Ends whatever channel the card may still have in mind, ours or of a program that died.
    pub(crate) fn sweep(&mut self) -> Result<(), Error> {
        self.channel = None;
        self.select_plainly()
    }

    /// Gives the card back, without another exchange.
    pub(crate) fn into_card(self) -> C {
        self.card
    }

    fn select_plainly(&mut self) -> Result<(), Error> {
        let mut select = with_data(Command::new(0x00, 0xA4, 0x04, 0x00), MASTER_FILE)?;
        if !self.card.is_t0() {
            select = select.with_le(256);
        }
        self.transmit(&select).map(drop)
    }

    fn send_once(&mut self, step: Step, command: &Command) -> Result<Response, Error> {
        let t0 = self.card.is_t0();
        let Some(mut protection) = self.channel.take() else {
            let first = if t0 {
                self.transmit_waking(&without_le(command)?)?
            } else {
                self.transmit_waking(command)?
            };
            return self.collect(step, first);
        };
        // Taken out above: whatever goes wrong from here on, the channel stays lost.
        let wrapped = protection.protect(command, !t0)?;
        let first = self.transmit(&wrapped)?;
        // Over T=1 too, where a protected signature is longer than a short command can ask for (ISO/IEC 7816-4, 5.3.4).
        let waited = first.status.waiting().is_some();
        let answer = if waited { self.collect(step, first)? } else { first };
        match protection.unprotect(&answer)? {
            Some(response) => {
                self.channel = Some(protection);
                Ok(response)
            }
            // What GET RESPONSE was answered with is no verdict on the command.
            None if waited => Err(Error::ChannelLost { status: Status::OK }),
            None => Err(Error::ChannelLost { status: answer.status }),
        }
    }

    /// Collects what waits behind `61 xx`. GET RESPONSE is plain even inside a channel.
    fn collect(&mut self, step: Step, first: Response) -> Result<Response, Error> {
        let mut whole = first;
        for _ in 0..MOST_PARTS {
            let Some(waiting) = whole.status.waiting() else { return Ok(whole) };
            let mut next = self.transmit(&Command::new(0x00, 0xC0, 0x00, 0x00).with_le(waiting))?;
            if let Some(exact) = next.status.exact_length() {
                next = self.transmit(&Command::new(0x00, 0xC0, 0x00, 0x00).with_le(exact))?;
            }
            if next.data.is_empty() && next.status.waiting().is_some() {
                // A card that promises for ever and gives nothing.
                return Err(Error::Status { step: Step::GetResponse, status: next.status });
            }
            whole.data.extend_from_slice(&next.data);
            whole.status = next.status;
            if whole.data.len() > LONGEST_ANSWER {
                return Err(Error::TooLarge { what: answer_of(step), limit: LONGEST_ANSWER });
            }
        }
        match whole.status.waiting() {
            Some(_) => Err(Error::Status { step: Step::GetResponse, status: whole.status }),
            None => Ok(whole),
        }
    }

    /// Sends outside a channel. If the card still has one in mind, the first plain command ends it and answers
    /// `6987`; the second one is heard.
    fn transmit_waking(&mut self, command: &Command) -> Result<Response, Error> {
        let answer = self.transmit(command)?;
        if answer.status == Status::SM_MISSING { self.transmit(command) } else { Ok(answer) }
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, Error> {
        self.exchanges = self.exchanges.saturating_add(1);
        let answer = match self.card.transmit(command) {
            // Both are what is left of an answer when the card has gone.
            Ok(Response { status: FIELD_LOST, .. }) | Err(CardError::Malformed(ResponseError::Short(0))) => {
                Err(CardError::Removed)
            }
            answer => answer,
        };
        if answer.is_err() {
            self.channel = None;
        }
        answer.map_err(Error::from)
    }
}

/// Adds data that is known to fit a short command.
pub(crate) fn with_data(command: Command, data: &[u8]) -> Result<Command, Error> {
    command.with_data(data).map_err(|_| Error::malformed("command", data.len()))
}

/// The same command without the Le that T=0 has no room for beside data.
fn without_le(command: &Command) -> Result<Command, Error> {
    if command.data().is_empty() || command.le().is_none() {
        return Ok(command.clone());
    }
    let [cla, ins, p1, p2] = command.header();
    with_data(Command::new(cla, ins, p1, p2), command.data())
}

const fn answer_of(step: Step) -> &'static str {
    match step {
        Step::ReadBinary => "the answer to READ BINARY",
        Step::Sign => "the signature",
        _ => "an answer",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        Generation,
        aes_messaging::AesMessaging,
        keys::key_of,
        script::Script,
        secure_messaging::SecureMessaging,
        vectors::{aes_sm, array, bytes, cwa, pace},
    };

    fn read(le: u16) -> Command {
        Command::new(0, 0xB0, 0, 0).with_le(le)
    }

    fn channel(role: Role) -> Protection {
        let (encryption, authentication) = (key_of(bytes(cwa::KENC)), key_of(bytes(cwa::KMAC)));
        let session = SecureMessaging::new(encryption, authentication, array(cwa::SSC0), Generation::V3);
        Protection::Cwa(role, session)
    }

    fn pace() -> Protection {
        Protection::Pace(AesMessaging::new(key_of(bytes(pace::K_ENC)), key_of(bytes(pace::K_MAC))))
    }

    #[test]
    fn a_waiting_answer_is_collected_in_all_its_parts() {
        let mut link = Link::new(Script::new(&[
            ("0088000002 0102", "6103"),
            ("00C0000003", "AABBCC 6102"),
            ("00C0000002", "DDEE 9000"),
        ]));
        let command = Command::new(0, 0x88, 0, 0).with_data(&[1, 2]).unwrap().with_le(256);
        let answer = link.send(Step::InternalAuthenticate, &command).unwrap();
        assert_eq!((answer.data, answer.status), (vec![0xAA, 0xBB, 0xCC, 0xDD, 0xEE], Status::OK));
        assert_eq!(link.exchanges(), 3);
    }

    #[test]
    fn sixty_one_zero_means_two_hundred_and_fifty_six() {
        let long = "11".repeat(256) + "9000";
        let mut link = Link::new(Script::new(&[("002A9E9A 01 00", "6100"), ("00C0000000", &long)]));
        let sign = Command::new(0, 0x2A, 0x9E, 0x9A).with_data(&[0]).unwrap();
        assert_eq!(link.send(Step::Sign, &sign).unwrap().data.len(), 256);
    }

    #[test]
    fn a_wrong_length_is_corrected_once() {
        let mut link = Link::new(Script::new(&[("00B00000FF", "6C02"), ("00B0000002", "AABB 9000")]));
        assert_eq!(link.send(Step::ReadBinary, &read(255)).unwrap().data, [0xAA, 0xBB]);
        let mut link = Link::new(Script::new(&[("00B00000FF", "6C02"), ("00B0000002", "6C03")]));
        assert_eq!(link.send(Step::ReadBinary, &read(255)).unwrap().status, Status(0x6C03));
    }

    #[test]
    fn a_promise_without_data_does_not_loop() {
        let mut link = Link::new(Script::new(&[("00A4000002 6020", "6101"), ("00C0000001", "6101")]));
        let select = Command::new(0, 0xA4, 0, 0).with_data(&[0x60, 0x20]).unwrap();
        assert!(matches!(
            link.send(Step::Select, &select),
            Err(Error::Status { step: Step::GetResponse, .. })
        ));
    }

    #[test]
    fn an_endless_answer_is_refused() {
        let part = "00".repeat(256) + "6100";
        let mut script = vec![("00A4000002 6020", "6100")];
        script.extend(std::iter::repeat_n(("00C0000000", part.as_str()), 9));
        let mut link = Link::new(Script::new(&script));
        let select = Command::new(0, 0xA4, 0, 0).with_data(&[0x60, 0x20]).unwrap();
        assert!(matches!(link.send(Step::Select, &select), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn an_answer_in_crumbs_is_refused() {
        let mut script = vec![("00A4000002 6020", "6101")];
        script.extend(std::iter::repeat_n(("00C0000001", "AA 6101"), MOST_PARTS));
        let mut link = Link::new(Script::new(&script));
        let select = Command::new(0, 0xA4, 0, 0).with_data(&[0x60, 0x20]).unwrap();
        assert!(matches!(
            link.send(Step::Select, &select),
            Err(Error::Status { step: Step::GetResponse, .. })
        ));
    }

    #[test]
    fn an_answer_of_nothing_is_a_card_that_left() {
        for nothing in ["", "0000"] {
            let mut link = Link::new(Script::new(&[(cwa::C1_VERIFY_MAC8, nothing)]));
            link.enter(channel(Role::Pin));
            let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
            let error = link.send(Step::Verify, &verify).unwrap_err();
            assert_eq!((error.code(), link.is_protected()), ("card.removed", false));
        }
    }

    #[test]
    fn a_contactless_card_is_asked_with_le_and_for_the_rest_of_a_long_answer() {
        let mut link = Link::new(
            Script::new(&[
                ("00A40000026020 00", "6F04850201009000"),
                (aes_sm::C1_CHIP_SERIAL, &(aes_sm::R1_SERIAL.to_owned() + "9000")),
                (aes_sm::C2_SELECT_MF, &(aes_sm::R2_FCI.to_owned() + "9000")),
                (aes_sm::C3_READ_LE10, "610A"),
                // A rest that never comes is no answer.
                ("00C000000A", "6B00"),
                ("00A404000B4D61737465722E46696C6500", "6987"),
            ])
            .contactless(),
        );
        let select = |data: &[u8]| Command::new(0, 0xA4, 0, 0).with_data(data).unwrap().with_le(256);
        assert_eq!(link.send_for_status(Step::Select, &select(&[0x60, 0x20])).unwrap().data.len(), 6);
        link.enter(pace());
        let serial = link.send(Step::ChipSerial, &Command::new(0x90, 0xB8, 0, 0).with_le(7)).unwrap();
        assert_eq!(serial.data, bytes("06A1B2C3D4E5F6"));
        let mut master = select(MASTER_FILE);
        master.p1 = 4;
        assert!(link.send_for_status(Step::Select, &master).unwrap().status.is_ok());
        assert!(matches!(link.send(Step::ReadBinary, &read(16)), Err(Error::ChannelLost { .. })));
        assert!(!link.is_protected());
        link.sweep().unwrap();
    }

    #[test]
    fn the_right_length_is_asked_for_in_a_new_protected_command() {
        let mut session = AesMessaging::new(key_of(bytes(pace::K_ENC)), key_of(bytes(pace::K_MAC)));
        let mut card = AesMessaging::new(key_of(bytes(pace::K_ENC)), key_of(bytes(pace::K_MAC)));
        let mut line = |command: &Command, objects: &str| {
            let sent = session.protect(command, true).unwrap().to_bytes();
            card.protect(command, true).unwrap();
            let objects = bytes(objects);
            let mac = card.next_mac(&objects).unwrap();
            let whole = [&objects[..], &apdu::tlv::object(0x8E, &mac)].concat();
            let answer = Response::new(whole, Status::OK);
            assert!(session.unprotect(&answer).unwrap().is_some());
            assert!(card.unprotect(&answer).unwrap().is_some());
            (hex::encode(&*sent), hex::encode(answer.to_bytes()))
        };
        let lines = [line(&read(222), "99026C02"), line(&read(2), "8102AABB99029000")];
        let lines: Vec<_> = lines.iter().map(|(sent, answer)| (&sent[..], &answer[..])).collect();
        let mut link = Link::new(Script::new(&lines).contactless());
        link.enter(pace());
        assert_eq!(link.send(Step::ReadBinary, &read(222)).unwrap().data, [0xAA, 0xBB]);
    }

    #[test]
    fn the_channel_of_a_program_that_died_costs_one_more_exchange() {
        let mut link =
            Link::new(Script::new(&[("90B8000007", "6987"), ("90B8000007", "06A1B2C3D4E5F6 9000")]));
        let answer = link.send(Step::ChipSerial, &Command::new(0x90, 0xB8, 0, 0).with_le(7)).unwrap();
        assert_eq!((answer.data.len(), link.exchanges()), (7, 2));
    }

    #[test]
    fn get_response_is_plain_inside_a_channel() {
        let mut link = Link::new(Script::new(&[
            (cwa::C1_VERIFY_MAC8, "610E"),
            ("00C000000E", &(cwa::R1_9000_MAC8.to_owned() + "9000")),
        ]));
        link.enter(channel(Role::Pin));
        let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
        assert!(link.send(Step::Verify, &verify).unwrap().status.is_ok());
        assert_eq!(link.role(), Some(Role::Pin));
    }

    #[test]
    fn an_unprotected_answer_ends_the_channel_even_if_it_says_yes() {
        for status in ["9000", "6987", "6988", "63C2", "6CFF"] {
            let mut link = Link::new(Script::new(&[(cwa::C1_VERIFY_MAC8, status)]));
            link.enter(channel(Role::Pin));
            let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
            assert!(matches!(link.send(Step::Verify, &verify), Err(Error::ChannelLost { .. })));
            assert_eq!(link.role(), None);
        }
    }

    #[test]
    fn a_refused_get_response_is_no_verdict_on_the_command() {
        for status in ["6982", "63C2", "6F00"] {
            let mut link = Link::new(Script::new(&[(cwa::C1_VERIFY_MAC8, "610E"), ("00C000000E", status)]));
            link.enter(channel(Role::Pin));
            let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
            let lost = link.send(Step::Verify, &verify).unwrap_err();
            assert!(matches!(lost, Error::ChannelLost { status: Status::OK }), "{lost}");
        }
    }

    #[test]
    fn a_card_that_leaves_takes_the_channel_with_it() {
        let mut link = Link::new(Script::new(&[]).ending_with(CardError::Removed));
        link.enter(channel(Role::User));
        let error = link.send(Step::Challenge, &Command::new(0, 0x84, 0, 0).with_le(8)).unwrap_err();
        assert_eq!((error.code(), error.is_gone(), link.role()), ("card.removed", true, None));
    }

    #[test]
    fn closing_sends_one_plain_select_and_ignores_the_complaint() {
        let mut link = Link::new(Script::new(&[("00A404000B 4D61737465722E46696C65", "6987")]));
        link.enter(channel(Role::User));
        link.close_channel().unwrap();
        link.close_channel().unwrap();
        assert_eq!((link.exchanges(), link.role()), (1, None));
    }
}
