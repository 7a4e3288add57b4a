//! The thread that owns the card. Everything that talks to a card happens here, one thing after another; a
//! transaction is held only while a thing is done, never while a person types.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use dnie::{CardAnchors, ComponentCache, Dnie, KeyRef, Reason, Refused};
use reader::{ReaderEvent, ReaderName};
use secret::Pin;
use session::{Event, Holder, ReaderState};
use tokio::sync::mpsc::UnboundedSender;
use trust::{Anchors, Certificate, Context, Policy};

use super::Message;
use super::clock;

/// What the card thread is asked for.
pub(super) enum CardJob {
    Read { ticket: u32 },
    Tries,
    Sign { pin: Pin, digest: [u8; 32], signer: [u8; 32] },
}

/// What it answers.
pub(super) enum CardOutcome {
    Read { ticket: u32, result: Result<Box<CardPerson>, &'static str> },
    Tries(Result<u8, &'static str>),
    Signed(Result<Vec<u8>, SignRefusal>),
}

/// Why there is no signature.
pub(super) enum SignRefusal {
    Wrong { left: u8 },
    Failed(&'static str),
}

/// Whose card it is, with what is needed to sign.
pub(super) struct CardPerson {
    pub(super) holder: Holder,
    pub(super) signature: Certificate,
    pub(super) intermediates: Vec<Certificate>,
}

/// The thread and the way to ask it.
pub(super) struct CardDesk {
    jobs: Sender<CardJob>,
    _watch: reader::Watch,
    _threads: [JoinHandle<()>; 2],
}

impl CardDesk {
    /// Starts watching readers and waiting for work.
    pub(super) fn start(
        anchors: CardAnchors,
        citizens: Arc<Anchors>,
        out: UnboundedSender<Message>,
    ) -> Result<Self, reader::Error> {
        let occupied: Occupied = Arc::default();
        let (events, seen) = channel();
        let watch = reader::watch(events)?;
        let (jobs, work) = channel();
        let telling = spawn_teller(seen, Arc::clone(&occupied), out.clone());
        let thread = Worker { anchors, citizens, occupied, out, cache: ComponentCache::new() };
        let working = std::thread::spawn(move || thread.work(&work));
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
    occupied: Occupied,
    out: UnboundedSender<Message>,
) -> JoinHandle<()> {
    std::thread::spawn(move || {
        while let Ok(event) = seen.recv() {
            let told = translate(event, &mut occupied.lock().unwrap_or_else(PoisonError::into_inner));
            if let Some(told) = told
                && out.send(Message::Event(told)).is_err()
            {
                return;
            }
        }
    })
}

/// What a reader's event means to the session; with several readers, the first card counts until it leaves.
fn translate(event: ReaderEvent, occupied: &mut Option<ReaderName>) -> Option<Event> {
    match event {
        ReaderEvent::ServiceDown => {
            *occupied = None;
            Some(Event::Reader(ReaderState::ServiceDown))
        }
        ReaderEvent::NoReader => {
            *occupied = None;
            Some(Event::Reader(ReaderState::None))
        }
        ReaderEvent::ReaderAttached(_) => Some(Event::Reader(ReaderState::Attached)),
        ReaderEvent::CardInserted { reader, .. } if occupied.is_none() => {
            *occupied = Some(reader);
            Some(Event::CardInserted)
        }
        ReaderEvent::CardMute { reader } if occupied.is_none() => {
            *occupied = Some(reader);
            Some(Event::CardMute)
        }
        ReaderEvent::CardRemoved { reader } | ReaderEvent::ReaderGone(reader)
            if occupied.as_ref() == Some(&reader) =>
        {
            *occupied = None;
            Some(Event::CardRemoved)
        }
        _ => None,
    }
}

struct Worker {
    anchors: CardAnchors,
    citizens: Arc<Anchors>,
    occupied: Occupied,
    out: UnboundedSender<Message>,
    cache: ComponentCache,
}

impl Worker {
    fn work(mut self, jobs: &Receiver<CardJob>) {
        while let Ok(job) = jobs.recv() {
            let outcome = match job {
                CardJob::Read { ticket } => CardOutcome::Read { ticket, result: self.read().map(Box::new) },
                CardJob::Tries => CardOutcome::Tries(self.tries()),
                CardJob::Sign { pin, digest, signer } => {
                    CardOutcome::Signed(self.sign(&pin, &digest, &signer))
                }
            };
            if self.out.send(Message::Card(outcome)).is_err() {
                return;
            }
        }
    }

    /// One conversation with the card in the reader, in one exclusive transaction.
    fn converse<R>(
        &mut self,
        talk: impl FnOnce(Dnie<&mut dyn apdu::Card>) -> Result<R, &'static str>,
    ) -> Result<R, &'static str> {
        let name =
            self.occupied.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or("card.removed")?;
        let cache = std::mem::replace(&mut self.cache, ComponentCache::new());
        let anchors = &self.anchors;
        let (result, cache) =
            reader::exclusive(&name, |card| match Dnie::open_with_cache(card, anchors, cache) {
                Ok(dnie) => {
                    let cache = dnie.component_cache();
                    (talk(dnie), cache)
                }
                Err(error) => (Err(error.code()), ComponentCache::new()),
            })
            .map_err(|error| error.code())?;
        self.cache = cache;
        result
    }

    fn read(&mut self) -> Result<CardPerson, &'static str> {
        let certificates = self.converse(|mut dnie| dnie.certificates().map_err(|error| error.code()))?;
        let signature = certificates.require_signature().map_err(|error| error.code())?;
        let parse = |der: &[u8]| Certificate::from_der(der).map_err(|_| "certificate.malformed");
        let authentication = parse(&certificates.authentication)?;
        let signature = parse(signature)?;
        let intermediates = match &certificates.issuer {
            Some(der) => vec![parse(der)?],
            None => Vec::new(),
        };
        let context = Context { anchors: &self.citizens, intermediates: &intermediates };
        let now = clock::now();
        let check = |certificate: &Certificate, policy| {
            trust::verify(certificate, &context, now, policy).map_err(|refusal| refusal.code())
        };
        let identified = check(&authentication, Policy::DnieAuthentication)?;
        let signing = check(&signature, Policy::DnieSignature)?;
        let holder = identified.holder().ok_or("certificate.not-a-person")?;
        if signing.holder().map(|signer| &signer.nif) != Some(&holder.nif) {
            return Err("certificate.not-a-person");
        }
        let holder = Holder {
            nif: holder.nif.clone(),
            given_name: holder.given_name.clone(),
            surname1: holder.surname1.clone(),
            surname2: holder.surname2.clone(),
        };
        Ok(CardPerson { holder, signature, intermediates })
    }

    fn tries(&mut self) -> Result<u8, &'static str> {
        self.converse(|mut dnie| dnie.tries_left().map(dnie::Tries::left).map_err(|error| error.code()))
    }

    fn sign(&mut self, pin: &Pin, digest: &[u8; 32], signer: &[u8; 32]) -> Result<Vec<u8>, SignRefusal> {
        let signed = self.converse(|mut dnie| {
            // The card may have been changed between the reading and now: its certificate is read anew.
            let certificates = dnie.certificates().map_err(|error| error.code())?;
            let own = certificates.require_signature().map_err(|error| error.code())?;
            let own = Certificate::from_der(own).map_err(|_| "certificate.malformed")?;
            if own.sha256() != *signer {
                return Err("card.other");
            }
            Ok(match dnie.verify(pin) {
                Ok(mut unlocked) => unlocked
                    .sign(KeyRef::Signature, digest)
                    .map_err(|error| SignRefusal::Failed(error.code())),
                Err(Refused { reason, .. }) => Err(refusal(&reason)),
            })
        });
        signed.unwrap_or_else(|code| Err(SignRefusal::Failed(code)))
    }
}

fn refusal(reason: &Reason) -> SignRefusal {
    match reason {
        Reason::WrongPin { tries } => SignRefusal::Wrong { left: tries.left() },
        other => SignRefusal::Failed(other.code()),
    }
}
