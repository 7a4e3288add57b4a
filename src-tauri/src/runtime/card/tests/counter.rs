//! Whole visits with the session's machine in them: whoever's card leaves at any exchange is told so, puts it back, and
//! files all the same.

use std::collections::{BTreeSet, VecDeque};

use procedures::Answers;
use registry_api::SubmissionKey;
use session::view::{CardStage, Overlay, PinNotice, PinStage, Screen};
use session::{Effect, Environment, Intent, Means, Moment, SessionView, State, Timers, Town};
use wording::Text;

use super::*;

/// What a person does at most: more means that they are led in a circle.
const PATIENCE: usize = 120;
const PROCEDURE: &str = "instancia-general";

/// A kiosk without its window: the session, a card, and what the application does for the one with the other.
struct Counter {
    environment: Environment,
    anchors: CardAnchors,
    answers: Answers,
    can: Option<String>,
    state: State,
    events: VecDeque<Event>,
    card: VirtualCard,
    is_in: bool,
    /// The exchange at which the card leaves, until it has.
    leaves_at: Option<u64>,
    /// Whether the reader tells it before the conversation fails, or after.
    seen_first: bool,
    cache: ComponentCache,
    signatory: Option<Signatory>,
    /// The PIN as gathered where keys arrive.
    pin: Option<Pin>,
    /// Tries that were left when the card had gone.
    tries_when_gone: Option<u8>,
    /// Every fault that was shown.
    told: BTreeSet<String>,
    filed: u32,
    keys: u8,
}

fn environment() -> Environment {
    let council = "Ajuntament de Prova".to_owned();
    Environment {
        catalogue: Arc::new(bundled_catalogue::load().unwrap()),
        index: Arc::default(),
        wording: Wording::bundled(),
        town: Town { council: Text { va: council.clone(), es: council.clone(), en: council } },
        timers: Timers::default(),
        means: Means { stick: false, token: false },
        demonstration: false,
        zone: jiff::tz::TimeZone::get("Europe/Madrid").unwrap(),
    }
}

impl Counter {
    fn new(environment: &Environment, answers: &Answers, card: VirtualCard, can: Option<String>) -> Self {
        let root = world().authorities.component_root().n().to_vec();
        Self {
            environment: environment.clone(),
            anchors: CardAnchors::with_replaced_component_root(&root),
            answers: answers.clone(),
            can,
            state: State::new(now()),
            events: VecDeque::from([Event::Reader(ReaderState::Attached)]),
            card,
            is_in: false,
            leaves_at: None,
            seen_first: false,
            cache: ComponentCache::new(),
            signatory: None,
            pin: None,
            tries_when_gone: None,
            told: BTreeSet::new(),
            filed: 0,
            keys: 0,
        }
    }

    fn pulled_at(mut self, exchange: u64, seen_first: bool) -> Self {
        self.card.set_faults(Faults { remove_at: Some(exchange), ..Faults::default() });
        (self.leaves_at, self.seen_first) = (Some(exchange), seen_first);
        self
    }

    /// A visit, until the application is in the queue.
    fn files(mut self) -> Self {
        for _ in 0..PATIENCE {
            while let Some(event) = self.events.pop_front() {
                self.happen(event);
            }
            let view = session::view(&self.state, &self.environment, now());
            match (&view.overlay, &view.screen) {
                (None, Screen::Sending { .. }) if self.filed > 0 => return self,
                _ => self.act(&view),
            }
        }
        let view = session::view(&self.state, &self.environment, now());
        panic!("led in a circle at {:?} under {:?}", view.screen, view.overlay);
    }

    fn happen(&mut self, event: Event) {
        self.keys = self.keys.wrapping_add(1);
        let moment = Moment { now: now(), fresh: SubmissionKey::new(now(), [self.keys; 10]) };
        let before = std::mem::replace(&mut self.state, State::new(now()));
        let (state, effects) = session::step(before, event, &self.environment, moment);
        self.state = state;
        effects.into_iter().for_each(|effect| self.effect(effect));
    }

    /// As the application does it, with what it does not ask the card for made up.
    fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::ReadCard { ticket, can } => {
                let can =
                    can.map(|can| Arc::new(Can::parse(std::str::from_utf8(can.expose()).unwrap()).unwrap()));
                let read = self.converse(can.as_deref(), dnie::read).and_then(|read| {
                    let citizens = world().authorities.anchors_citizen();
                    dnie::believe(&read, &citizens, now(), Key::Dnie { can: can.clone() })
                });
                let event = match read {
                    Ok(person) => {
                        let holder = Box::new(person.holder.clone());
                        self.signatory = Some(person);
                        Event::CardRead { ticket, holder }
                    }
                    Err(code) => Event::CardFailed { ticket, code: crate::fault::told(code) },
                };
                self.answered(event);
            }
            Effect::ReadTries => {
                let can = self.number();
                let tries = self.converse(can.as_deref(), dnie::tries);
                self.answered(match tries {
                    Ok(left) => Event::Tries { left: TriesLeft::Count { left }, length: None },
                    Err(code) => Event::SignFailed { code: crate::fault::told(code) },
                });
            }
            Effect::Sign => {
                let (can, pin) = (self.number(), self.pin.take().unwrap());
                let certificate = self.signatory.as_ref().unwrap().certificate.clone();
                let signed = self.converse(can.as_deref(), |held| {
                    dnie::sign(held, &certificate, &pin, &Digest::of(b"application"))
                });
                self.answered(match signed {
                    Ok(Ok(signature)) => {
                        assert_eq!(signature.len(), 256);
                        Event::Signed
                    }
                    Ok(Err(SignRefusal::Wrong(left))) => Event::PinWrong { left },
                    Ok(Err(SignRefusal::Failed(code))) | Err(code) => {
                        Event::SignFailed { code: crate::fault::told(code) }
                    }
                });
            }
            Effect::ErasePin => self.pin = None,
            Effect::SeekDraft { .. } => self.events.push_back(Event::DraftSought { draft: None }),
            Effect::Render(_) => self.events.push_back(Event::Rendered { pages: vec!["data:,".to_owned()] }),
            Effect::Prepare => {
                self.events.push_back(Event::Prepared { fingerprint: "0a1b2c3d".to_owned(), pages: 1 });
            }
            Effect::Enqueue(_) => {
                self.filed += 1;
                self.events.push_back(Event::Enqueued);
            }
            Effect::Wipe => panic!("a session with a person in it has ended"),
            _ => {}
        }
    }

    fn number(&self) -> Option<Arc<Can>> {
        match &self.signatory.as_ref()?.key {
            Key::Dnie { can } => can.clone(),
            _ => None,
        }
    }

    fn converse<R>(
        &mut self,
        can: Option<&Can>,
        say: impl FnOnce(dnie::Held<'_>) -> Result<R, &'static str>,
    ) -> Result<R, &'static str> {
        if !self.is_in {
            return Err("card.removed");
        }
        let cache = std::mem::take(&mut self.cache);
        let (result, cache) = dnie::with(&mut self.card, &self.anchors, can, cache, say);
        self.cache = cache;
        if self.leaves_at.is_some_and(|exchange| self.card.counts().exchanges >= exchange) {
            self.leaves_at = None;
            self.is_in = false;
            self.tries_when_gone = Some(self.card.tries_left());
            if self.seen_first {
                self.events.push_back(Event::CardRemoved);
            }
        } else {
            // Each conversation ends with a reset.
            self.card.reset();
        }
        result
    }

    /// What came of a conversation; the reader may tell only now that the card has left in it.
    fn answered(&mut self, event: Event) {
        self.events.push_back(event);
        if !self.is_in && !self.seen_first {
            self.events.push_back(Event::CardRemoved);
        }
    }

    /// One thing that a person does who does what the screen says.
    fn act(&mut self, view: &SessionView) {
        match &view.overlay {
            Some(Overlay::CardRemoved { fault, .. }) => {
                self.told.extend(fault.iter().map(|fault| fault.code.clone()));
                return self.put_in();
            }
            Some(Overlay::Fault { fault }) => {
                self.told.insert(fault.code.clone());
                return self.wants(Intent::Continue);
            }
            Some(other) => panic!("{other:?}"),
            None => {}
        }
        match &view.screen {
            Screen::Welcome => self.wants(Intent::ChooseLanguage { language: Language::CaValencia }),
            Screen::Home { .. } => self.wants(Intent::OpenProcedure { procedure: PROCEDURE.to_owned() }),
            Screen::Card { stage, .. } => self.at_the_reader(stage),
            Screen::Form(form) => {
                for field in form.fields.iter().filter(|field| field.value.is_empty()) {
                    if let Some(value) = self.answers.get(&field.id).cloned() {
                        self.wants(Intent::Answer { field: field.id.clone(), value });
                    }
                }
                self.wants(Intent::Continue);
            }
            Screen::Sheet(_) | Screen::BeforeStart { .. } | Screen::Review { .. } => {
                self.wants(Intent::Continue);
            }
            Screen::Sign { declarations, .. } => {
                for declaration in declarations {
                    self.wants(Intent::Declare { id: declaration.id.clone(), ticked: true });
                }
                self.wants(Intent::Continue);
            }
            Screen::Pin(shown) => {
                if shown.notice == Some(PinNotice::MaybeSpent) {
                    self.told.insert("card.pin-unknown".to_owned());
                }
                match shown.stage {
                    PinStage::Entry => {
                        self.pin = Some(pin(PIN));
                        let count = u32::try_from(PIN.len()).unwrap();
                        self.events.extend([Event::PinTyped { count }, Event::PinSubmitted]);
                    }
                    _ if !self.is_in => self.put_in(),
                    stage => panic!("{stage:?}"),
                }
            }
            other => panic!("{other:?}"),
        }
    }

    fn at_the_reader(&mut self, stage: &CardStage) {
        match stage {
            CardStage::Can { .. } => {
                for digit in self.can.clone().unwrap().chars() {
                    self.wants(Intent::CanType { digit });
                }
                self.wants(Intent::Continue);
            }
            CardStage::Ready { .. } => self.wants(Intent::Continue),
            CardStage::Fault { fault } => {
                self.told.insert(fault.code.clone());
                self.put_in();
            }
            CardStage::Insert { .. } | CardStage::Reading => self.put_in(),
        }
    }

    fn wants(&mut self, intent: Intent) {
        self.events.push_back(Event::Intent(intent));
    }

    fn put_in(&mut self) {
        assert!(!self.is_in, "told to put in a card that is in");
        // The card that begins may have a fault ahead of it; the one that comes back has none.
        if self.tries_when_gone.is_some() {
            self.card.set_faults(Faults::default());
            self.card.reset();
        }
        self.is_in = true;
        self.events.push_back(Event::CardInserted);
    }
}

#[test]
fn whoever_pulls_the_card_at_any_exchange_of_a_visit_is_told_and_files_all_the_same() {
    let environment = environment();
    let form = &environment.catalogue.get(PROCEDURE).unwrap().form;
    let today = procedures::Today(now().to_zoned_datetime(environment.zone.clone()).date());
    let answers = procedures::citizen::answers(form, &procedures::citizen::KNOWN, &today, 7).unwrap();
    let number = PersonaSpec::amparo().document.unwrap().can;
    for (persona, lying) in
        [(&world().amparo, Lying::In), (&world().vicent, Lying::In), (&world().amparo, Lying::On)]
    {
        let counter = || {
            let can = (lying == Lying::On).then(|| number.clone());
            Counter::new(&environment, &answers, card(persona, lying), can)
        };
        let healthy = counter().files();
        assert!(healthy.told.is_empty(), "{:?}", healthy.told);
        for exchange in 1..=healthy.card.counts().exchanges {
            let visit = counter().pulled_at(exchange, exchange % 2 == 0).files();
            let place = format!("{lying:?}, pulled at {exchange}: {:?}", visit.told);
            assert_eq!(visit.filed, 1, "{place}");
            for code in &visit.told {
                assert!(["card.removed", "card.pin-unknown"].contains(&code.as_str()), "{place}");
                let message = code.replace('.', "-");
                assert!(Language::ALL.into_iter().all(|known| environment.wording.has(known, &message)));
            }
            // A try that was spent on the way was told, and the right PIN has given it back.
            let spent = visit.tries_when_gone.is_some_and(|left| left < 3);
            assert!(!spent || visit.told.contains("card.pin-unknown"), "{place}");
            assert_eq!(visit.card.tries_left(), 3, "{place}");
        }
    }
}
