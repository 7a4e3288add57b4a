//! The kiosk session as one pure machine: a state, the events that reach it, the effects it asks for, and the
//! view the page is shown.
//!
//! [`step`] is the only place where the session changes; [`view()`] only reads. Neither does I/O, knows a clock
//! or draws a random number: time and fresh identifiers come in with each event as a [`Moment`]. What the
//! effects ask for is done by the application, which answers with further events.
//!
//! Invariants, each held by a test:
//! - an event in a state that does not expect it changes nothing (it is late, not wrong);
//! - whatever ends a session asks for [`Effect::Wipe`] and leaves neither holder nor answer in the state;
//! - nothing is called registered before [`Event::Filed`] (Ley 39/2015 art. 31.2: the registry's date counts);
//! - no PIN or password ever enters a state, an event, an effect or a view: only how many characters have been
//!   typed. The number printed on a contactless card does, since the person copies it; it is in no view once it
//!   has been accepted.
//!
//! ```text
//! Welcome ─► Home ─► Topics ─► Procedures ─► Sheet ─► (Card) ─► BeforeStart ─► Form ⇄ Review ─► Sign ─► Pin
//!    ▲                                                                                               │
//!    └── Leaving ◄── End, quiet, card gone ◄── Receipt | Provisional ◄── Sending ◄───────────────────┘
//!
//! Home ─► Search ─► Procedures | Sheet
//! Form ⇄ Items: a repeatable group is a list, and each of its items has its own pages.
//!
//! (Card) = Card ─► DNIe read, with its number if it is contactless ─────────────────────────► known
//!           │ └──► another card: ReadToken ───────────────────────────────────┐                ▲
//!           └► Means ─► CertificateFiles ─► Password ─► OpenCertificate ──────┴► Certificates ─┘
//!                └────► NoMeans
//! ```

mod browse;
mod can;
mod card;
mod certificate;
mod documents;
mod draft;
mod end;
mod event;
mod form;
mod identity;
mod intent;
mod items;
mod means;
mod present;
mod quiet;
mod sign;
mod state;
pub mod view;

pub use event::{
    DraftToSave, Effect, Event, FilingWait, Moment, OfferedFile, ReaderState, SavedDraft, TakenFile,
    ToEnqueue, ToRender,
};
pub use identity::{Can, ForWhom, Means, OfferedCertificate, PinLength};
pub use present::view;
pub use state::{Environment, Holder, State, Timers, Town};
pub use view::{Intent, MeansKind, PinKind, SessionView, TriesLeft};

/// Lets one event happen: the state that follows and what the application is to do.
#[must_use]
pub fn step(
    mut state: State,
    event: Event,
    environment: &Environment,
    moment: Moment,
) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    let mut turn = Turn { state: &mut state, effects: &mut effects, environment, moment };
    turn.take(event);
    state.revision = state.revision.wrapping_add(1);
    (state, effects)
}

/// One call of [`step`]: what is changed and what may be looked at while changing it.
struct Turn<'a> {
    state: &'a mut State,
    effects: &'a mut Vec<Effect>,
    environment: &'a Environment,
    moment: Moment,
}

impl Turn<'_> {
    fn take(&mut self, event: Event) {
        match event {
            Event::Intent(intent) => self.intent(intent),
            Event::Tick => self.tick(),
            Event::Reader(reader) => self.reader(reader),
            Event::CardInserted => self.card_inserted(),
            Event::CardMute => self.card_failed_now("card.mute"),
            Event::CardRemoved => self.card_removed(),
            Event::CardRead { ticket, holder } => self.card_read(ticket, *holder),
            Event::CardFailed { ticket, code } => self.card_failed(ticket, code),
            Event::CardElsewhere { present } => self.state.elsewhere = present,
            Event::StickPresent { present } => self.stick_present(present),
            Event::CertificateFiles(files) => self.certificate_files(files),
            Event::CertificatesOpened { ticket, certificates } => {
                self.certificates_opened(ticket, certificates)
            }
            Event::CertificateFailed { ticket, code } => self.certificate_failed(ticket, code),
            Event::CertificateChosen { ticket, holder } => self.certificate_chosen(ticket, *holder),
            Event::Registry { reachable } => self.state.registry_reachable = reachable,
            Event::DraftSought { draft } => self.draft_sought(draft),
            // Of what failed after a session, the next person need not hear.
            Event::StoreFailed { code } if self.state.holder.is_some() => self.fault(code),
            Event::StoreFailed { .. } => {}
            Event::Files(files) => self.files(files),
            Event::FileTaken { key, field, file, images } => self.file_taken(key, &field, file, images),
            Event::FileShown { key, field, images } if self.state.is_filing(key) => {
                self.file_shown(&field, images)
            }
            Event::FileShown { .. } => {}
            Event::FileRefused { key, field, code, args } if self.state.is_filing(key) => {
                self.file_refused(field, code, args)
            }
            Event::FileRefused { .. } => {}
            Event::Rendered { pages } => self.rendered(pages),
            Event::RenderFailed { code } => self.render_failed(code),
            Event::Prepared { fingerprint, pages } => self.prepared(fingerprint, pages),
            Event::Tries { left, length } => self.tries(left, length),
            Event::PinTyped { count } => self.pin_typed(count),
            Event::PinSubmitted => self.pin_submitted(),
            Event::PinWrong { left } => self.pin_wrong(left),
            Event::Signed => self.signed(),
            Event::SignFailed { code } => self.sign_failed(code),
            Event::Enqueued => self.enqueued(),
            Event::EnqueueFailed { code } => self.enqueue_failed(code),
            Event::FilingWaits { key, wait } => self.filing_waits(key, wait),
            Event::Filed { receipt } => self.filed(*receipt),
            Event::OutputDone => self.output_ended(None),
            Event::OutputFailed { code } => self.output_ended(Some(code)),
        }
    }

    fn ask(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
}
