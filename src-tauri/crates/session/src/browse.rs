//! Choosing: language, topics, procedures, sheet.

use procedures::Procedure;
use wording::Language;

use crate::Turn;
use crate::event::Effect;
use crate::state::{AfterCard, Place, Wanted};

impl Turn<'_> {
    pub(crate) fn choose_language(&mut self, language: Language) {
        let changed = self.state.language != language;
        self.state.language = language;
        if matches!(self.state.place, Place::Welcome) {
            self.go(Place::Home);
        }
        // The document is in the language of the screen: the one made so far no longer is.
        if changed && matches!(self.state.place, Place::Review { .. } | Place::Fee | Place::Sign { .. }) {
            self.make_document();
        }
    }

    pub(crate) fn open_topics(&mut self) {
        if matches!(self.state.place, Place::Home) {
            self.go(Place::Topics);
        }
    }

    pub(crate) fn open_topic(&mut self, topic: &str) {
        let known = self.environment.catalogue.in_category(topic).next().is_some();
        if matches!(self.state.place, Place::Topics) && known {
            self.go(Place::Procedures { category: topic.to_owned() });
        }
    }

    pub(crate) fn open_procedure(&mut self, procedure: &str) {
        let from = match &self.state.place {
            place @ (Place::Home | Place::Procedures { .. }) => Box::new(place.clone()),
            _ => return,
        };
        if self.environment.catalogue.get(procedure).is_some_and(Procedure::is_offered) {
            self.go(Place::Sheet { procedure: procedure.to_owned(), from });
        }
    }

    /// From the sheet: to the card if nobody is known yet, else to what must be known before starting.
    pub(crate) fn start_procedure(&mut self, procedure: String, sheet: Place) {
        let sheet = match sheet {
            Place::Sheet { from, .. } => Place::Sheet { procedure: procedure.clone(), from },
            other => other,
        };
        if self.state.holder.is_some() {
            self.before_start(procedure, sheet);
        } else {
            let then = AfterCard::Start { procedure, from: Box::new(sheet) };
            self.go_to_card(then, Wanted::Dnie);
        }
    }

    pub(crate) fn before_start(&mut self, procedure: String, from: Place) {
        let owner = match &self.state.holder {
            Some(holder) => holder.nif.clone(),
            None => return,
        };
        self.ask(Effect::SeekDraft { owner, procedure: procedure.clone() });
        self.go(Place::BeforeStart { procedure, from: Box::new(from), draft: None });
    }
}
