//! Every exchange with the card goes through here: the transport's rules, the channel's protection, the counting.
//!
//! T=0 (ISO/IEC 7816-3, 10; fact sheet 4.5): a command with data carries no Le; `61 xx` is answered with a plain GET
//! RESPONSE, chained until the answer is whole; `6C xx` is reissued once with the right length. Inside a channel the
//! reissue is a new protected command with its own step of the counter.

use apdu::{Card, Command, Response, Status};

use crate::{Error, constants::MASTER_FILE, error::Step, secure_messaging::SecureMessaging};

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

/// A card, the channel that is open with it if any, and the exchanges spent.
pub(crate) struct Link<C> {
    card: C,
    channel: Option<(Role, SecureMessaging)>,
    exchanges: u32,
}

impl<C: Card> Link<C> {
    pub(crate) fn new(card: C) -> Self {
        Self { card, channel: None, exchanges: 0 }
    }

    pub(crate) const fn exchanges(&self) -> u32 {
        self.exchanges
    }

    /// Which channel is open.
    pub(crate) fn role(&self) -> Option<Role> {
        self.channel.as_ref().map(|(role, _)| *role)
    }

    /// From now on, commands are protected with these keys, in place of any others.
    pub(crate) fn enter(&mut self, role: Role, session: SecureMessaging) {
        self.channel = Some((role, session));
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
        let answer = self.transmit_waking(&for_t0(command)?)?;
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
        let select = with_data(Command::new(0x00, 0xA4, 0x04, 0x00), MASTER_FILE)?;
        self.transmit(&select).map(drop)
    }

    fn send_once(&mut self, step: Step, command: &Command) -> Result<Response, Error> {
        let t0 = self.card.is_t0();
        let Some((role, mut session)) = self.channel.take() else {
            return if t0 {
                let first = self.transmit_waking(&for_t0(command)?)?;
                self.collect(step, first)
            } else {
                self.transmit_waking(command)
            };
        };
        // Taken out above: whatever goes wrong from here on, the channel stays lost.
        let wrapped = session.protect(command, !t0)?;
        let first = self.transmit(&wrapped)?;
        let answer = self.collect(step, first)?;
        match session.unprotect(&answer)? {
            Some(response) => {
                self.channel = Some((role, session));
                Ok(response)
            }
            None => Err(Error::ChannelLost { status: answer.status }),
        }
    }

    /// Collects what waits behind `61 xx`. GET RESPONSE is plain even inside a channel.
    fn collect(&mut self, step: Step, first: Response) -> Result<Response, Error> {
        let mut whole = first;
        while let Some(waiting) = whole.status.waiting() {
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
        Ok(whole)
    }

    /// Sends outside a channel. If the card still has one in mind, the first plain command ends it and answers
    /// `6987`; the second one is heard.
    fn transmit_waking(&mut self, command: &Command) -> Result<Response, Error> {
        let answer = self.transmit(command)?;
        if answer.status == Status::SM_MISSING { self.transmit(command) } else { Ok(answer) }
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, Error> {
        self.exchanges = self.exchanges.saturating_add(1);
        let answer = self.card.transmit(command).map_err(Error::from);
        if answer.is_err() {
            self.channel = None;
        }
        answer
    }
}

/// Adds data that is known to fit a short command.
pub(crate) fn with_data(command: Command, data: &[u8]) -> Result<Command, Error> {
    command.with_data(data).map_err(|_| Error::malformed("command", data.len()))
}

/// The same command without the Le that T=0 has no room for beside data.
fn for_t0(command: &Command) -> Result<Command, Error> {
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
    use apdu::CardError;
    use zeroize::Zeroizing;

    use super::*;
    use crate::{
        Generation,
        script::Script,
        vectors::{array, cwa},
    };

    fn read(le: u16) -> Command {
        Command::new(0, 0xB0, 0, 0).with_le(le)
    }

    fn channel() -> SecureMessaging {
        SecureMessaging::new(
            Zeroizing::new(array(cwa::KENC)),
            Zeroizing::new(array(cwa::KMAC)),
            array(cwa::SSC0),
            Generation::V3,
        )
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
        link.enter(Role::Pin, channel());
        let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
        assert!(link.send(Step::Verify, &verify).unwrap().status.is_ok());
        assert_eq!(link.role(), Some(Role::Pin));
    }

    #[test]
    fn an_unprotected_answer_ends_the_channel_even_if_it_says_yes() {
        for status in ["9000", "6987", "6988", "63C2", "6CFF"] {
            let mut link = Link::new(Script::new(&[(cwa::C1_VERIFY_MAC8, status)]));
            link.enter(Role::Pin, channel());
            let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
            assert!(matches!(link.send(Step::Verify, &verify), Err(Error::ChannelLost { .. })));
            assert_eq!(link.role(), None);
        }
    }

    #[test]
    fn a_card_that_leaves_takes_the_channel_with_it() {
        let mut link = Link::new(Script::new(&[]).ending_with(CardError::Removed));
        link.enter(Role::User, channel());
        let error = link.send(Step::Challenge, &Command::new(0, 0x84, 0, 0).with_le(8)).unwrap_err();
        assert_eq!((error.code(), error.is_gone(), link.role()), ("card.removed", true, None));
    }

    #[test]
    fn closing_sends_one_plain_select_and_ignores_the_complaint() {
        let mut link = Link::new(Script::new(&[("00A404000B 4D61737465722E46696C65", "6987")]));
        link.enter(Role::User, channel());
        link.close_channel().unwrap();
        link.close_channel().unwrap();
        assert_eq!((link.exchanges(), link.role()), (1, None));
    }
}
