//! The thread that owns the card, and every other key that signs for a citizen. All of it blocks, so all of it happens
//! here, one thing after another; a card is held only while a thing is done, never while a person types.

mod certificates;
mod dnie;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use ::dnie::{CardAnchors, ComponentCache};
use reader::{CardNews, Choice, ReaderEvent, ReaderName};
use secret::{Can, Password, Pin};
use session::{Event, Holder, OfferedCertificate, PinLength, ReaderState, TriesLeft};
use signing::Digest;
use tokio::sync::mpsc::UnboundedSender;
use trust::{Anchors, Certificate};

use self::certificates::Certificates;
use super::Message;

/// What the card thread is asked for.
pub(super) enum CardJob {
    /// Read the DNIe in the reader.
    Read { ticket: u32, can: Option<Can> },
    /// Find the certificates on another card.
    ReadToken { ticket: u32 },
    /// Open a PKCS#12 file.
    OpenFile { ticket: u32, file: Arc<[u8]>, password: Password },
    /// Ask how many tries are left.
    Tries { key: Key, certificate: Certificate },
    /// Sign.
    Sign { key: Key, certificate: Certificate, secret: Secret, digest: Digest },
}

/// What it answers.
pub(super) enum CardOutcome {
    Read { ticket: u32, result: Result<Box<Signatory>, &'static str> },
    Opened { ticket: u32, result: Result<Vec<Opened>, &'static str> },
    Tries(Result<(TriesLeft, Option<PinLength>), &'static str>),
    Signed(Result<Vec<u8>, SignRefusal>),
}

/// Why there is no signature.
pub(super) enum SignRefusal {
    Wrong(TriesLeft),
    Failed(&'static str),
}

/// What a person types to sign.
pub(super) enum Secret {
    Pin(Pin),
    Password(Password),
}

/// Where the key of a certificate is. It never comes here: a card keeps it, a file is opened for one command.
#[derive(Clone)]
pub(super) enum Key {
    /// In the DNIe in the reader, which on a contactless one opens with its number.
    Dnie { can: Option<Arc<Can>> },
    /// On another card.
    Token,
    /// In a PKCS#12 file, encrypted as it came.
    File(Arc<[u8]>),
}

/// Who signs, with what is needed to do so.
pub(super) struct Signatory {
    pub(super) holder: Holder,
    pub(super) certificate: Certificate,
    pub(super) intermediates: Vec<Certificate>,
    pub(super) key: Key,
}

/// A certificate that was found in a file or on another card.
pub(super) struct Opened {
    pub(super) offered: OfferedCertificate,
    pub(super) signatory: Signatory,
}

/// What the card thread is started with.
#[derive(Clone)]
pub(crate) struct CardSetting {
    /// Under which roots a card is a DNIe.
    pub(crate) component_anchors: CardAnchors,
    /// Whose citizens are believed.
    pub(crate) citizens: Arc<Anchors>,
    /// A part of the name of the reader where cards count; any, if absent.
    pub(crate) reader: Option<String>,
    /// PKCS#11 modules of other cards.
    pub(crate) modules: Vec<PathBuf>,
    /// Zone of the official time, for the last day of a certificate.
    pub(crate) zone: jiff::tz::TimeZone,
}

/// The thread and the way to ask it.
pub(super) struct CardDesk {
    jobs: Sender<CardJob>,
    _watch: reader::Watch,
    _threads: [JoinHandle<()>; 2],
}

impl CardDesk {
    /// Starts watching readers and waiting for work.
    pub(super) fn start(setting: CardSetting, out: UnboundedSender<Message>) -> Result<Self, reader::Error> {
        let occupied: Occupied = Arc::default();
        let (events, seen) = channel();
        let watch = reader::watch(events)?;
        let (jobs, work) = channel();
        let choice = Choice::new(setting.reader.as_deref());
        let telling = spawn_teller(seen, choice, Arc::clone(&occupied), out.clone());
        let certificates = Certificates::new(&setting);
        let worker = Worker { setting, occupied, out, cache: ComponentCache::new(), certificates };
        let working = std::thread::spawn(move || worker.work(&work));
        Ok(Self { jobs, _watch: watch, _threads: [telling, working] })
    }

    /// Asks for something; the answer comes as a message.
    pub(super) fn ask(&self, job: CardJob) {
        // Without the thread the session hears nothing more, and its quiet time ends it.
        let _ = self.jobs.send(job);
    }
}

/// The reader that holds the card, while one does.
type Occupied = Arc<Mutex<Option<ReaderName>>>;

fn spawn_teller(
    seen: Receiver<ReaderEvent>,
    mut choice: Choice,
    occupied: Occupied,
    out: UnboundedSender<Message>,
) -> JoinHandle<()> {
    std::thread::spawn(move || {
        while let Ok(event) = seen.recv() {
            let news = choice.tell(event);
            // Before it is told: whoever hears of a card asks for it at once.
            *occupied.lock().unwrap_or_else(PoisonError::into_inner) = choice.counts().cloned();
            for told in news.into_iter().filter_map(translate) {
                if out.send(Message::Event(told)).is_err() {
                    return;
                }
            }
        }
    })
}

/// What is new at the readers, as the session takes it.
fn translate(news: CardNews) -> Option<Event> {
    Some(match news {
        CardNews::ServiceDown => Event::Reader(ReaderState::ServiceDown),
        CardNews::NoReader => Event::Reader(ReaderState::None),
        CardNews::ReaderAttached(_) => Event::Reader(ReaderState::Attached),
        CardNews::Inserted { .. } => Event::CardInserted,
        CardNews::Mute { .. } => Event::CardMute,
        CardNews::Removed { .. } => Event::CardRemoved,
        CardNews::WrongReader { .. } => Event::CardElsewhere { present: true },
        CardNews::LeftWrongReader { .. } => Event::CardElsewhere { present: false },
        // What a later reader crate may tell besides is nothing that this session knows.
        _ => return None,
    })
}

struct Worker {
    setting: CardSetting,
    occupied: Occupied,
    out: UnboundedSender<Message>,
    cache: ComponentCache,
    certificates: Certificates,
}

impl Worker {
    fn work(mut self, jobs: &Receiver<CardJob>) {
        while let Ok(job) = jobs.recv() {
            let outcome = self.outcome(job);
            if self.out.send(Message::Card(outcome)).is_err() {
                return;
            }
        }
    }

    fn outcome(&mut self, job: CardJob) -> CardOutcome {
        match job {
            CardJob::Read { ticket, can } => {
                CardOutcome::Read { ticket, result: self.read(can.map(Arc::new)).map(Box::new) }
            }
            CardJob::ReadToken { ticket } => {
                CardOutcome::Opened { ticket, result: self.certificates.on_tokens() }
            }
            CardJob::OpenFile { ticket, file, password } => {
                CardOutcome::Opened { ticket, result: self.certificates.in_file(&file, &password) }
            }
            CardJob::Tries { key, certificate } => CardOutcome::Tries(self.tries(&key, &certificate)),
            CardJob::Sign { key, certificate, secret, digest } => {
                CardOutcome::Signed(self.sign(&key, &certificate, &secret, &digest))
            }
        }
    }

    fn read(&mut self, can: Option<Arc<Can>>) -> Result<Signatory, &'static str> {
        let read = self.converse(can.as_deref(), dnie::read)?;
        dnie::believe(&read, &self.setting.citizens, super::clock::now(), Key::Dnie { can })
    }

    fn tries(
        &mut self,
        key: &Key,
        certificate: &Certificate,
    ) -> Result<(TriesLeft, Option<PinLength>), &'static str> {
        match key {
            Key::Dnie { can } => {
                let left = self.converse(can.as_deref(), dnie::tries)?;
                Ok((TriesLeft::Count { left }, None))
            }
            Key::Token => self.certificates.tries(certificate),
            Key::File(_) => Ok((TriesLeft::Untold, None)),
        }
    }

    fn sign(
        &mut self,
        key: &Key,
        certificate: &Certificate,
        secret: &Secret,
        digest: &Digest,
    ) -> Result<Vec<u8>, SignRefusal> {
        match (key, secret) {
            (Key::Dnie { can }, Secret::Pin(pin)) => self
                .converse(can.as_deref(), |dnie| dnie::sign(dnie, certificate, pin, digest))
                .unwrap_or_else(|code| Err(SignRefusal::Failed(code))),
            (Key::Token, Secret::Password(pin)) => self.certificates.sign_on_token(certificate, pin, digest),
            (Key::File(file), Secret::Password(password)) => {
                certificates::sign_with_file(file, certificate, password, digest)
            }
            // The session asks for the secret of the means it knows.
            (Key::Dnie { .. }, Secret::Password(_)) | (Key::Token | Key::File(_), Secret::Pin(_)) => {
                Err(SignRefusal::Failed("kiosk.fault"))
            }
        }
    }

    /// One conversation with the DNIe in the reader, in one exclusive transaction.
    fn converse<R>(
        &mut self,
        can: Option<&Can>,
        talk: impl FnOnce(dnie::Held<'_>) -> Result<R, &'static str>,
    ) -> Result<R, &'static str> {
        let name =
            self.occupied.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or("card.removed")?;
        let cache = std::mem::take(&mut self.cache);
        let anchors = &self.setting.component_anchors;
        let (result, cache) = reader::exclusive(&name, |card| dnie::with(card, anchors, can, cache, talk))
            .map_err(|error| error.code())?;
        self.cache = cache;
        result
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
