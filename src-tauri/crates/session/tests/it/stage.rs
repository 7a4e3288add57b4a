//! A session under test: events go in, effects and view come out.

use std::sync::{Arc, LazyLock};

use jiff::{SignedDuration, Timestamp};
use procedures::Catalogue;
use registry_api::SubmissionKey;
use session::view::{Control, DocumentWay, Screen, SessionView};
use session::{
    Effect, Environment, Event, ForWhom, Holder, Intent, Means, Moment, OfferedCertificate, OfferedFile,
    State, TakenFile, Timers, Town, TriesLeft,
};
use wording::{Text, Wording};

pub struct Stage {
    pub environment: Environment,
    pub state: State,
    pub now: Timestamp,
    pub effects: Vec<Effect>,
    keys: u8,
}

static BUNDLED: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::bundled().unwrap()));

pub fn environment() -> Environment {
    environment_with(Arc::clone(&BUNDLED))
}

pub fn environment_with(catalogue: Arc<Catalogue>) -> Environment {
    let council = "Ajuntament de Prova".to_owned();
    Environment {
        catalogue,
        index: Arc::default(),
        wording: Wording::bundled(),
        town: Town { council: Text { va: council.clone(), es: council.clone(), en: council } },
        timers: Timers::default(),
        means: Means { stick: true, token: true },
        demonstration: false,
        zone: jiff::tz::TimeZone::get("Europe/Madrid").unwrap(),
    }
}

impl Stage {
    /// On the sheet of a procedure, with the card read.
    pub fn before(procedure: &str) -> Self {
        let mut stage = Self::new();
        let topic = stage.environment.catalogue.get(procedure).unwrap().category.clone();
        stage.wants(Intent::ChooseLanguage { language: wording::Language::CaValencia });
        stage.wants(Intent::OpenTopics).wants(Intent::OpenTopic { topic });
        stage.wants(Intent::OpenProcedure { procedure: procedure.to_owned() }).go_on();
        stage.card(&amparo()).go_on();
        stage
    }

    pub fn new() -> Self {
        Self::in_environment(environment())
    }

    pub fn in_environment(environment: Environment) -> Self {
        let now: Timestamp = "2026-03-12T17:05:31Z".parse().unwrap();
        Self { environment, state: State::new(now), now, effects: Vec::new(), keys: 0 }
    }

    pub fn on(&mut self, event: Event) -> &mut Self {
        self.keys = self.keys.wrapping_add(1);
        let moment = Moment { now: self.now, fresh: SubmissionKey::new(self.now, [self.keys; 10]) };
        let (state, effects) = session::step(self.state.clone(), event, &self.environment, moment);
        self.state = state;
        self.effects.extend(effects);
        self
    }

    pub fn wants(&mut self, intent: Intent) -> &mut Self {
        self.on(Event::Intent(intent))
    }

    pub fn go_on(&mut self) -> &mut Self {
        self.wants(Intent::Continue)
    }

    pub fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now += SignedDuration::from_secs(seconds);
        self.on(Event::Tick)
    }

    pub fn view(&self) -> SessionView {
        session::view(&self.state, &self.environment, self.now)
    }

    pub fn screen(&self) -> Screen {
        self.view().screen
    }

    pub fn asked(&mut self, wanted: impl Fn(&Effect) -> bool) -> Effect {
        let at = self.effects.iter().rposition(wanted).expect("the effect was asked for");
        self.effects.remove(at)
    }

    /// From S18: one file for a document, and back.
    pub fn attach(&mut self, document: &str) -> &mut Self {
        self.wants(Intent::GiveDocument { document: document.to_owned(), way: DocumentWay::Attach });
        let Screen::Form(form) = self.screen() else { panic!("{:?}", self.screen()) };
        let field = form.fields.iter().find(|field| matches!(field.control, Control::Document { .. }));
        let field = field.expect("a place for a file").id.clone();
        let file = TakenFile {
            name: "a.pdf".to_owned(),
            bytes: 1,
            mime: "application/pdf".to_owned(),
            sha256: "00".to_owned(),
            pages: 1,
        };
        let key = self.draft_key();
        self.on(Event::FileTaken { key, field, file, images: Vec::new() }).go_on()
    }

    pub fn has_asked(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.effects.iter().any(wanted)
    }

    /// The key of the draft saved last.
    pub fn draft_key(&self) -> SubmissionKey {
        let saved = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::SaveDraft(draft) => Some(draft.key),
            _ => None,
        });
        saved.expect("a draft has been saved")
    }

    /// A card is put in and read.
    pub fn card(&mut self, holder: &Holder) -> &mut Self {
        self.on(Event::CardInserted);
        let ticket = self.card_ticket();
        self.on(Event::CardRead { ticket, holder: Box::new(holder.clone()) })
    }

    /// The ticket of the last reading asked for.
    pub fn card_ticket(&mut self) -> u32 {
        match self.asked(|effect| matches!(effect, Effect::ReadCard { .. })) {
            Effect::ReadCard { ticket, .. } => ticket,
            _ => unreachable!(),
        }
    }

    /// A card is put in and its reading fails.
    pub fn failing_card(&mut self, code: &'static str) -> &mut Self {
        self.on(Event::CardInserted);
        let ticket = self.card_ticket();
        self.on(Event::CardFailed { ticket, code })
    }

    /// From the welcome screen to the card screen of the general application.
    pub fn reach_card(&mut self) -> &mut Self {
        self.wants(Intent::ChooseLanguage { language: wording::Language::CaValencia });
        self.wants(Intent::OpenProcedure { procedure: "instancia-general".to_owned() }).go_on();
        assert!(matches!(self.screen(), Screen::Card { .. }), "{:?}", self.screen());
        self
    }

    /// From the card screen to the first page, once it is known who one is.
    pub fn reach_first_page(&mut self) -> &mut Self {
        self.on(Event::DraftSought { draft: None }).go_on();
        assert!(matches!(self.screen(), Screen::Form(_)), "{:?}", self.screen());
        self
    }

    /// From the welcome screen to the first page of any procedure on offer, with the card in first.
    pub fn reach_form_of(&mut self, procedure: &str, holder: &Holder) -> &mut Self {
        let category = self.environment.catalogue.get(procedure).unwrap().category.clone();
        self.card(holder).go_on();
        self.wants(Intent::OpenTopics).wants(Intent::OpenTopic { topic: category });
        self.wants(Intent::OpenProcedure { procedure: procedure.to_owned() }).go_on();
        self.on(Event::DraftSought { draft: None }).go_on()
    }

    /// An answer to a field of the page that is shown.
    pub fn answers(&mut self, field: &str, value: &str) -> &mut Self {
        self.wants(Intent::Answer { field: field.to_owned(), value: value.to_owned() })
    }

    /// From the welcome screen to the first page of the general application.
    pub fn reach_form(&mut self) -> &mut Self {
        self.reach_card().card(&amparo()).go_on().reach_first_page()
    }

    /// Answers what the page asks and has no answer yet; documents are left out.
    pub fn fill(&mut self) -> &mut Self {
        use session::view::Control;
        let Screen::Form(form) = self.screen() else { panic!("{:?}", self.screen()) };
        let open = form.fields.iter().filter(|field| !field.optional && field.value.is_empty());
        for field in
            open.filter(|field| !matches!(field.control, Control::Document { .. } | Control::Computed))
        {
            self.wants(Intent::Answer { field: field.id.clone(), value: lawful(field) });
        }
        self
    }

    /// Answers every page with something lawful until the review is reached.
    pub fn reach_review(&mut self) -> &mut Self {
        if !matches!(self.screen(), Screen::Form(_)) {
            self.reach_form();
        }
        for _ in 0..12 {
            if !matches!(self.screen(), Screen::Form(_)) {
                break;
            }
            self.fill().go_on();
        }
        assert!(matches!(self.screen(), Screen::Review { .. }), "{:?}", self.screen());
        self
    }

    pub fn reach_consent(&mut self) -> &mut Self {
        self.reach_review();
        self.on(Event::Rendered { pages: vec!["data:,".to_owned()] }).go_on();
        self.on(Event::Prepared { fingerprint: "0a1b2c3d".to_owned(), pages: 1 });
        let Screen::Sign { declarations, .. } = self.screen() else { panic!("{:?}", self.screen()) };
        for declaration in declarations {
            self.wants(Intent::Declare { id: declaration.id, ticked: true });
        }
        self
    }

    pub fn reach_pin(&mut self, tries: u8) -> &mut Self {
        self.reach_consent().go_on();
        self.on(Event::Tries { left: TriesLeft::Count { left: tries }, length: None })
    }
}

/// An answer any field of its kind accepts.
pub fn lawful(field: &session::view::FieldView) -> String {
    use session::view::{Control, Keys};
    match &field.control {
        Control::Choice { options } | Control::Multiple { options, .. } => options[0].id.clone(),
        Control::Statement | Control::Consent => "yes".to_owned(),
        Control::Date => "12/03/1980".to_owned(),
        Control::Time => "09:30".to_owned(),
        Control::Text { keys: Keys::Email, .. } => "amparo@example.org".to_owned(),
        Control::Text { .. } if field.id.contains("postal-code") => "46920".to_owned(),
        Control::Text { keys: Keys::Digits, .. } => "612345678".to_owned(),
        Control::Text { .. } | Control::Street { .. } | Control::LongText { .. } => "Carrer Major".to_owned(),
        Control::Document { .. } | Control::Computed => panic!("it is not typed"),
    }
}

/// A file on the stick whose id is its name.
pub fn file(name: &str) -> OfferedFile {
    OfferedFile { id: name.to_owned(), name: name.to_owned(), bytes: 10, changed_at: None }
}

fn certificate(id: &str, for_whom: ForWhom, usable: Result<(), &'static str>) -> OfferedCertificate {
    OfferedCertificate {
        id: id.to_owned(),
        holder: amparo(),
        for_whom,
        issuer: "FNMT-RCM".to_owned(),
        expires: jiff::civil::date(2027, 3, 12),
        usable,
    }
}

pub fn mine() -> OfferedCertificate {
    certificate("mine", ForWhom::Oneself, Ok(()))
}

pub fn of_a_company() -> OfferedCertificate {
    certificate("company", ForWhom::Company { name: "Forn Martí, SL".to_owned() }, Ok(()))
}

pub fn expired() -> OfferedCertificate {
    certificate("old", ForWhom::Oneself, Err("certificate.expired"))
}

pub fn amparo() -> Holder {
    Holder {
        nif: "12345678Z".to_owned(),
        given_name: "AMPARO".to_owned(),
        surname1: "MARTÍ".to_owned(),
        surname2: Some("SOLER".to_owned()),
    }
}

pub fn vicent() -> Holder {
    Holder {
        nif: "00000000T".to_owned(),
        given_name: "VICENT".to_owned(),
        surname1: "FERRER".to_owned(),
        surname2: None,
    }
}
