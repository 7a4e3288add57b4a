//! The task that owns the session, and all the application holds of the person at the counter.

use std::sync::Arc;
use std::time::Duration;

use secret::{Can, Password, Pin};
use session::{Effect, Environment, Event, PinKind, SessionView, State};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::sync::watch;

use super::card::{CardDesk, CardJob, CardOutcome, Key, Opened, Secret, SignRefusal, Signatory};
use super::catalogue::Fresh;
use super::document::{self, Made};
use super::keeper::Job;
use super::open::Paper;
use super::screen::Shown;
use super::{Message, PinKey, clock};
use crate::fault::told;
use crate::kiosk::stick::{self, Listing};

/// How often time is looked at.
const TICK: Duration = Duration::from_millis(500);

/// Everything of the person that is not in the session's own state. Dropped whole when the session ends.
#[derive(Default)]
struct Held {
    person: Option<Box<Signatory>>,
    listing: Listing,
    /// Files on the stick that may hold a certificate.
    certificate_files: Listing,
    /// The opening whose certificates are waited for, and then what it found.
    opening: Option<u32>,
    opened: Vec<Opened>,
    /// Documents of the application: field and code, in the order of the form.
    documents: Vec<(String, String)>,
    made: Option<Made>,
    unsigned: Option<signing::Unsigned>,
    signed: Option<document::Signed>,
    slip: Option<document::Slip>,
    receipt: Option<Arc<registry_api::Receipt>>,
}

pub(super) struct Actor {
    environment: Environment,
    paper: Paper,
    card: Option<CardDesk>,
    jobs: UnboundedSender<Job>,
    out: UnboundedSender<Message>,
    state: State,
    pin: Pin,
    password: Password,
    held: Held,
    /// A catalogue that waits for the end of a session.
    fresh: Option<Fresh>,
    shown: watch::Sender<Shown>,
}

impl Actor {
    pub(super) fn new(
        environment: Environment,
        paper: Paper,
        card: Option<CardDesk>,
        jobs: UnboundedSender<Job>,
        out: UnboundedSender<Message>,
    ) -> (Self, watch::Receiver<Shown>) {
        let now = clock::now();
        let state = State::new(now);
        let view = session::view(&state, &environment, now);
        let (shown, seen) = watch::channel(Shown { view, wipes: 0 });
        let actor = Self {
            environment,
            paper,
            card,
            jobs,
            out,
            state,
            pin: Pin::new(),
            password: Password::new(),
            held: Held::default(),
            fresh: None,
            shown,
        };
        (actor, seen)
    }

    pub(super) async fn work(mut self, mut inbox: UnboundedReceiver<Message>) {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        loop {
            tokio::select! {
                message = inbox.recv() => match message {
                    Some(Message::Stop(done)) => {
                        self.forget_secrets();
                        self.held = Held::default();
                        documents::forget();
                        // Whoever asked may have given up waiting.
                        let _ = done.send(());
                        return;
                    }
                    Some(message) => self.take(message),
                    None => return,
                },
                _ = ticks.tick() => self.happen(Event::Tick),
            }
            self.renew();
        }
    }

    /// Between two sessions the newest catalogue takes the place of the one before: whole, and never under a form that
    /// is being filled in.
    fn renew(&mut self) {
        if !self.state.is_idle() {
            return;
        }
        if let Some(fresh) = self.fresh.take() {
            self.environment.catalogue = fresh.catalogue;
            self.environment.index = fresh.index;
            let procedures = self.environment.catalogue.shown().count();
            tracing::info!(event = "catalogue.renewed", procedures);
            self.show(clock::now());
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Event(event) => {
                if let Event::Filed { receipt } = &event
                    && self.state.is_filing(receipt.key)
                {
                    self.held.receipt = Some(Arc::new((**receipt).clone()));
                }
                self.happen(event);
            }
            Message::Pin(key) => self.pin_key(key),
            Message::Catalogue(fresh) => self.fresh = Some(fresh),
            Message::Card(outcome) => self.card_outcome(outcome),
            Message::Listing(listing) => {
                let files = listing.files.clone();
                self.held.listing = listing;
                self.happen(Event::Files(files));
            }
            Message::CertificateFiles(listing) => {
                let files = listing.files.clone();
                self.held.certificate_files = listing;
                self.happen(Event::CertificateFiles(files));
            }
            Message::CertificateFile { ticket, password, result } => {
                self.certificate_file(ticket, password, result);
            }
            Message::Made(Ok(made)) => {
                // An answer for a filing that has ended in the meantime is dropped with what it holds.
                if self.state.is_filing(made.key) {
                    let pages = made.page_images.clone();
                    self.held.made = Some(made);
                    self.happen(Event::Rendered { pages });
                }
            }
            Message::Made(Err(code)) => self.happen(Event::RenderFailed { code }),
            Message::Stop(_) => {}
        }
    }

    /// One key of whichever secret is being typed. A character that it cannot hold, or one too many, changes nothing:
    /// the count on the screen says so.
    fn pin_key(&mut self, key: PinKey) {
        let Some((kind, length)) = self.state.secret() else { return };
        let count = match (kind, key) {
            (_, PinKey::Submit) => return self.happen(Event::PinSubmitted),
            (PinKind::DniePin, key) => {
                match key {
                    PinKey::Push(character) => drop(self.pin.push(character)),
                    PinKey::Erase => self.pin.erase(),
                    PinKey::Clear | PinKey::Submit => self.pin.clear(),
                }
                self.pin.len()
            }
            (PinKind::TokenPin | PinKind::Password, key) => {
                let full = self.password.len() >= usize::try_from(length.max).unwrap_or(usize::MAX);
                match key {
                    PinKey::Push(_) if full => {}
                    PinKey::Push(character) => drop(self.password.push(character)),
                    PinKey::Erase => self.password.erase(),
                    PinKey::Clear | PinKey::Submit => self.password.clear(),
                }
                self.password.len()
            }
        };
        self.happen(Event::PinTyped { count: u32::try_from(count).unwrap_or(0) });
    }

    fn forget_secrets(&mut self) {
        self.pin.clear();
        self.password.clear();
    }

    fn card_outcome(&mut self, outcome: CardOutcome) {
        let event = match outcome {
            CardOutcome::Read { ticket, result: Ok(person) } => {
                self.happen(Event::CardRead { ticket, holder: Box::new(person.holder.clone()) });
                // Another person's card leaves what is held of the first one as it is.
                if self.state.knows(&person.holder.nif) {
                    self.held.person = Some(person);
                }
                return;
            }
            CardOutcome::Read { ticket, result: Err(code) } => {
                tracing::warn!(event = "card.failed", code);
                Event::CardFailed { ticket, code: told(code) }
            }
            CardOutcome::Opened { ticket, result } => return self.opened(ticket, result),
            CardOutcome::Tries(Ok((left, length))) => Event::Tries { left, length },
            CardOutcome::Tries(Err(code)) | CardOutcome::Signed(Err(SignRefusal::Failed(code))) => {
                tracing::warn!(event = "card.failed", code);
                Event::SignFailed { code: told(code) }
            }
            CardOutcome::Signed(Err(SignRefusal::Wrong(left))) => Event::PinWrong { left },
            CardOutcome::Signed(Ok(signature)) => self.seal(&signature),
        };
        self.happen(event);
    }

    /// Certificates were found, or could not be; only those of the latest opening count.
    fn opened(&mut self, ticket: u32, result: Result<Vec<Opened>, &'static str>) {
        if self.held.opening != Some(ticket) {
            return;
        }
        let event = match result {
            Ok(opened) => {
                let certificates = opened.iter().map(|found| found.offered.clone()).collect();
                self.held.opened = opened;
                Event::CertificatesOpened { ticket, certificates }
            }
            Err(code) => Event::CertificateFailed { ticket, code: told(code) },
        };
        self.happen(event);
    }

    /// The file of a certificate was read: it is opened with the password that was typed for it.
    fn certificate_file(&mut self, ticket: u32, password: Password, result: Result<Vec<u8>, &'static str>) {
        if self.held.opening != Some(ticket) {
            return;
        }
        match result {
            Ok(file) => self.ask_card(CardJob::OpenFile { ticket, file: file.into(), password }),
            Err(code) => self.happen(Event::CertificateFailed { ticket, code }),
        }
    }

    /// From now on this certificate signs.
    fn use_certificate(&mut self, ticket: u32, id: &str) {
        let found = std::mem::take(&mut self.held.opened).into_iter().find(|found| found.offered.id == id);
        let event = match found {
            Some(Opened { offered, signatory }) if offered.usable.is_ok() => {
                let holder = Box::new(signatory.holder.clone());
                self.held.person = Some(Box::new(signatory));
                Event::CertificateChosen { ticket, holder }
            }
            Some(Opened { offered, .. }) => Event::CertificateFailed {
                ticket,
                code: offered.usable.err().unwrap_or("certificate.wrong-use"),
            },
            None => Event::CertificateFailed { ticket, code: "keystore.failed" },
        };
        self.later(event);
    }

    /// Puts the card's signature into the document; nothing is called signed before it has been checked.
    fn seal(&mut self, signature: &[u8]) -> Event {
        let Some(unsigned) = self.held.unsigned.take() else {
            return Event::SignFailed { code: "document.changed" };
        };
        match document::seal(unsigned, signature) {
            Ok(signed) => {
                self.held.signed = Some(signed);
                Event::Signed
            }
            Err(error) => {
                tracing::error!(event = "signature.failed", code = error.code(), "{error}");
                Event::SignFailed { code: "signature.failed" }
            }
        }
    }

    fn happen(&mut self, event: Event) {
        let before = std::mem::replace(&mut self.state, State::new(clock::now()));
        let moment = clock::moment();
        let (state, effects) = session::step(before, event, &self.environment, moment);
        self.state = state;
        for effect in effects {
            self.effect(effect);
        }
        self.show(moment.now);
    }

    /// Shows the view if anything in it is new.
    fn show(&mut self, now: jiff::Timestamp) {
        let view = session::view(&self.state, &self.environment, now);
        self.shown.send_if_modified(|shown| {
            let same = SessionView { revision: shown.view.revision, ..view.clone() } == shown.view;
            if !same {
                shown.view = view;
            }
            !same
        });
    }

    fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::ReadCard { ticket, can } => {
                // Six digits, as the session has seen them to be.
                let can = can.and_then(|can| Can::parse(std::str::from_utf8(can.expose()).ok()?).ok());
                self.ask_card(CardJob::Read { ticket, can });
            }
            Effect::ReadToken { ticket } => {
                self.held.opening = Some(ticket);
                self.ask_card(CardJob::ReadToken { ticket });
            }
            Effect::ListCertificates => self.list_certificates(),
            Effect::OpenCertificate { ticket, file } => self.open_certificate(ticket, &file),
            Effect::UseCertificate { ticket, id } => self.use_certificate(ticket, &id),
            Effect::ForgetCertificates => {
                self.held.opening = None;
                self.held.opened.clear();
                self.held.certificate_files = Listing::default();
            }
            Effect::ReadTries => self.read_tries(),
            Effect::Sign => self.sign(),
            Effect::ErasePin => self.forget_secrets(),
            Effect::SeekDraft { owner, procedure } => self.keep(Job::Seek { owner, procedure }),
            Effect::SaveDraft(draft) => self.keep(Job::Save(draft)),
            Effect::DropDraft { key } => self.keep(Job::Drop(key)),
            Effect::ListFiles => self.list_files(),
            Effect::TakeFile { key, field, file, rule } => self.take_file(key, field, &file, rule),
            Effect::ShowFile { key, field } => self.keep(Job::ShowFile { key, field }),
            Effect::DropFile { key, field } => self.keep(Job::DropFile { key, field }),
            Effect::Render(what) => self.render(*what),
            Effect::Prepare => self.prepare(),
            Effect::Enqueue(package) => self.enqueue(package),
            Effect::Output { how, provisional } => self.output(how, provisional),
            Effect::Wipe => self.wipe(),
        }
    }

    fn ask_card(&self, job: CardJob) {
        match &self.card {
            Some(card) => card.ask(job),
            None => self.later(Event::Reader(session::ReaderState::ServiceDown)),
        }
    }

    /// An event of our own, taken after the current one.
    fn later(&self, event: Event) {
        // The inbox lives as long as this task.
        let _ = self.out.send(Message::Event(event));
    }

    fn keep(&self, job: Job) {
        // Without the store task the program is ending.
        let _ = self.jobs.send(job);
    }

    fn read_tries(&self) {
        match &self.held.person {
            Some(person) => self.ask_card(CardJob::Tries {
                key: person.key.clone(),
                certificate: person.certificate.clone(),
            }),
            None => self.later(Event::SignFailed { code: "document.changed" }),
        }
    }

    fn sign(&mut self) {
        let (pin, password) = (std::mem::take(&mut self.pin), std::mem::take(&mut self.password));
        let (Some(unsigned), Some(person)) = (&self.held.unsigned, &self.held.person) else {
            self.later(Event::SignFailed { code: "document.changed" });
            return;
        };
        let secret = match person.key {
            Key::Dnie { .. } => Secret::Pin(pin),
            Key::Token | Key::File(_) => Secret::Password(password),
        };
        self.ask_card(CardJob::Sign {
            key: person.key.clone(),
            certificate: person.certificate.clone(),
            secret,
            digest: *unsigned.digest(),
        });
    }

    /// Lists what may be certificates on the stick.
    fn list_certificates(&self) {
        let Some(folder) = self.paper.documents_dir.clone() else {
            self.later(Event::CertificateFiles(Vec::new()));
            return;
        };
        let out = self.out.clone();
        tokio::task::spawn_blocking(move || {
            // The session may have ended meanwhile.
            let _ = out.send(Message::CertificateFiles(stick::list(&folder, stick::CERTIFICATES)));
        });
    }

    /// Copies the chosen file off the stick, which may leave then. The password goes along: by the time the file has
    /// been read, another may be being typed.
    fn open_certificate(&mut self, ticket: u32, file: &str) {
        let password = std::mem::take(&mut self.password);
        self.held.opening = Some(ticket);
        let Some(path) = self.held.certificate_files.paths.get(file).cloned() else {
            self.later(Event::CertificateFailed { ticket, code: "file.unreadable" });
            return;
        };
        let out = self.out.clone();
        tokio::task::spawn_blocking(move || {
            let result = stick::read_certificate(&path);
            // The session may have ended meanwhile.
            let _ = out.send(Message::CertificateFile { ticket, password, result });
        });
    }

    fn list_files(&self) {
        let Some(folder) = self.paper.documents_dir.clone() else { return };
        let out = self.out.clone();
        tokio::task::spawn_blocking(move || {
            // The session may have ended meanwhile.
            let _ = out.send(Message::Listing(stick::list(&folder, stick::DOCUMENTS)));
        });
    }

    fn take_file(
        &self,
        key: registry_api::SubmissionKey,
        field: String,
        file: &str,
        rule: Box<procedures::DocumentRule>,
    ) {
        let Some(path) = self.held.listing.paths.get(file).cloned() else {
            self.later(Event::FileRefused { key, field, code: "file.unreadable", args: Vec::new() });
            return;
        };
        let (out, jobs, intake) = (self.out.clone(), self.jobs.clone(), self.paper.intake.clone());
        let language = self.state.language();
        let now = clock::now().to_zoned_datetime(self.environment.zone.clone());
        tokio::task::spawn_blocking(move || {
            // Either channel ends only with the program.
            match document::take_file(&intake, &path, rule, language, &now) {
                Ok((file, images)) => drop(jobs.send(Job::PutFile { key, field, file, images })),
                Err((code, args)) => {
                    drop(out.send(Message::Event(Event::FileRefused { key, field, code, args })))
                }
            }
        });
    }

    fn render(&mut self, what: session::ToRender) {
        self.held.documents =
            what.documents.iter().map(|(field, code, _)| (field.clone(), code.clone())).collect();
        self.held.made = None;
        self.held.unsigned = None;
        let (out, environment) = (self.out.clone(), self.environment.clone());
        let now = clock::now();
        let town = self.paper.town.clone();
        tokio::task::spawn_blocking(move || {
            let made = document::application(&environment, &town, what, now).map_err(|error| {
                tracing::error!(event = "document.failed", code = error.code(), "{error}");
                "document.failed"
            });
            // The session may have ended meanwhile.
            let _ = out.send(Message::Made(made));
        });
    }

    /// Lays down the very bytes that will be signed. Milliseconds, so done in place.
    fn prepare(&mut self) {
        let (Some(made), Some(person)) = (&self.held.made, &self.held.person) else {
            self.later(Event::RenderFailed { code: "document.failed" });
            return;
        };
        match document::prepare(made, person, &self.environment, clock::now()) {
            Ok(unsigned) => {
                let fingerprint = document::fingerprint(&unsigned);
                let pages = made.pages;
                self.held.unsigned = Some(unsigned);
                self.later(Event::Prepared { fingerprint, pages });
            }
            Err(error) => {
                tracing::error!(event = "document.failed", code = error.code(), "{error}");
                self.later(Event::RenderFailed { code: "document.failed" });
            }
        }
    }

    fn enqueue(&mut self, package: Box<session::ToEnqueue>) {
        let (Some(signed), Some(person)) = (&self.held.signed, &self.held.person) else {
            self.later(Event::EnqueueFailed { code: "kiosk.fault" });
            return;
        };
        self.held.slip = Some(document::Slip::new(&package, signed, person));
        let signed = Arc::clone(&signed.pdf);
        self.keep(Job::Enqueue { package, signed, documents: self.held.documents.clone() });
    }

    fn output(&mut self, how: session::view::OutputKind, provisional: bool) {
        let paper = match (&self.held.receipt, &self.held.slip, provisional) {
            (Some(receipt), _, false) => document::Paper::Receipt(Arc::clone(receipt)),
            (_, Some(slip), true) => {
                document::Paper::Slip(Box::new(slip.clone()), self.state.language(), self.state.slip_reason())
            }
            _ => {
                self.later(Event::OutputFailed { code: "kiosk.fault" });
                return;
            }
        };
        let (out, outputs) = (self.out.clone(), self.paper.outputs.clone());
        let (environment, town) = (self.environment.clone(), self.paper.town.clone());
        tokio::task::spawn_blocking(move || {
            let ended = paper.pdf(&environment, &town).and_then(|(name, pdf)| match how {
                session::view::OutputKind::Print => outputs.print(&name, &pdf),
                session::view::OutputKind::Save => outputs.save(&name, &pdf),
            });
            let event = match ended {
                Ok(()) => Event::OutputDone,
                Err(code) => Event::OutputFailed { code },
            };
            // The session may have ended meanwhile.
            let _ = out.send(Message::Event(event));
        });
    }

    /// Nothing of the person remains: what was held here, what the PDF maker remembers, the page's heap.
    fn wipe(&mut self) {
        self.forget_secrets();
        self.held = Held::default();
        documents::forget();
        self.shown.send_modify(|shown| shown.wipes = shown.wipes.wrapping_add(1));
    }
}
