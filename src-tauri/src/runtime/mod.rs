//! What runs behind the window: the actor that owns the session, the card thread, the store task, the queue task, and the
//! task that keeps the catalogue up to date.

mod actor;
mod card;
mod catalogue;
mod clock;
mod document;
mod keeper;
mod open;
mod queue;
mod screen;

use std::sync::Arc;

use secret::Password;
use session::{Event, Intent, SessionView};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Notify, oneshot, watch};

pub(crate) use self::clock::now;
pub(crate) use self::open::{Opened, Parts, environment, first_view};
pub(crate) use self::screen::{Seen, Shown};
use crate::runtime::actor::Actor;
use crate::runtime::card::{CardDesk, CardOutcome};
use crate::runtime::catalogue::{Fresh, Refresh};
use crate::runtime::document::Made;
use crate::runtime::keeper::{Job, Keeper};
use crate::runtime::queue::Queue;

/// What reaches the actor.
enum Message {
    /// An event for the session.
    Event(Event),
    /// A key of the PIN or password.
    Pin(PinKey),
    /// The card thread answers.
    Card(CardOutcome),
    /// The stick was listed for documents.
    Listing(crate::kiosk::stick::Listing),
    /// The stick was listed for certificates.
    CertificateFiles(crate::kiosk::stick::Listing),
    /// The file of a certificate was read; with the password that was typed for it.
    CertificateFile { ticket: u32, password: Password, result: Result<Vec<u8>, &'static str> },
    /// A catalogue to be taken into use between two sessions.
    Catalogue(Fresh),
    /// A document was made.
    Made(Result<Made, &'static str>),
    /// The program ends.
    Stop(oneshot::Sender<()>),
}

/// A key of the PIN or password.
enum PinKey {
    Push(char),
    Erase,
    Clear,
    Submit,
}

/// Where the page's calls arrive.
pub(crate) struct Desk {
    messages: UnboundedSender<Message>,
    shown: watch::Receiver<Shown>,
}

impl Desk {
    pub(crate) fn view(&self) -> SessionView {
        self.shown.borrow().view.clone()
    }

    /// Waits until the view is another than the one last asked for; at once if it already is.
    pub(crate) async fn changed(&mut self) {
        // Without an actor nothing changes any more.
        if self.shown.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// What is to be shown next to a page that has been given what is said.
    pub(crate) async fn next(&self, seen: Option<Seen>) -> Shown {
        screen::next(self.shown.clone(), seen).await
    }

    pub(crate) fn intend(&self, intent: Intent) {
        self.send(Message::Event(Event::Intent(intent)));
    }

    pub(crate) fn pin_push(&self, character: char) {
        self.send(Message::Pin(PinKey::Push(character)));
    }

    pub(crate) fn pin_erase(&self) {
        self.send(Message::Pin(PinKey::Erase));
    }

    pub(crate) fn pin_clear(&self) {
        self.send(Message::Pin(PinKey::Clear));
    }

    pub(crate) fn pin_submit(&self) {
        self.send(Message::Pin(PinKey::Submit));
    }

    fn send(&self, message: Message) {
        // After the actor has stopped nothing can be wanted any more.
        let _ = self.messages.send(message);
    }
}

/// The running parts.
pub(crate) struct Runtime {
    messages: UnboundedSender<Message>,
    jobs: UnboundedSender<Job>,
    shown: watch::Receiver<Shown>,
    queue: tauri::async_runtime::JoinHandle<()>,
    refresh: tauri::async_runtime::JoinHandle<()>,
}

impl Runtime {
    /// Starts everything.
    pub(crate) fn start(opened: Opened) -> Self {
        let (messages, inbox) = unbounded_channel();
        let (jobs, work) = unbounded_channel();
        let wake = Arc::new(Notify::new());
        let keeper = Keeper {
            filings: opened.filings.clone(),
            out: messages.clone(),
            queue: Arc::clone(&wake),
            intake: opened.paper.intake.clone(),
        };
        tauri::async_runtime::spawn(keeper.work(work));
        let queue = Queue { filings: opened.filings, registry: opened.registry, out: messages.clone(), wake };
        let queue = tauri::async_runtime::spawn(queue.work());
        if let Some(folder) = opened.paper.documents_dir.clone() {
            let out = messages.clone();
            tauri::async_runtime::spawn(crate::kiosk::presence::watch(folder, move |present| {
                out.send(Message::Event(Event::StickPresent { present })).is_ok()
            }));
        }
        let card = CardDesk::start(opened.card, messages.clone());
        let card = card.inspect_err(|error| tracing::error!(event = "reader.failed", "{error}")).ok();
        let environment = &opened.environment;
        let first =
            Fresh { catalogue: Arc::clone(&environment.catalogue), index: Arc::clone(&environment.index) };
        let shown =
            Self::spawn_actor(opened.environment, opened.paper, card, jobs.clone(), messages.clone(), inbox);
        let refresh = Refresh { supply: opened.supply, first, shown: shown.clone(), out: messages.clone() };
        let refresh = tauri::async_runtime::spawn(refresh.work());
        Self { messages, jobs, shown, queue, refresh }
    }

    fn spawn_actor(
        environment: session::Environment,
        paper: open::Paper,
        card: Option<CardDesk>,
        jobs: UnboundedSender<Job>,
        out: UnboundedSender<Message>,
        inbox: UnboundedReceiver<Message>,
    ) -> watch::Receiver<Shown> {
        let (actor, shown) = Actor::new(environment, paper, card, jobs, out);
        tauri::async_runtime::spawn(actor.work(inbox));
        shown
    }

    /// A desk for the page's calls.
    pub(crate) fn desk(&self) -> Desk {
        Desk { messages: self.messages.clone(), shown: self.shown.clone() }
    }

    /// Stops everything in order: the session is wiped, then the store closed.
    pub(crate) async fn stop(&self) {
        let (done, wiped) = oneshot::channel();
        if self.messages.send(Message::Stop(done)).is_ok() {
            let _ = wiped.await;
        }
        self.queue.abort();
        self.refresh.abort();
        let (done, closed) = oneshot::channel();
        if self.jobs.send(Job::Stop(done)).is_ok() {
            let _ = closed.await;
        }
    }
}
