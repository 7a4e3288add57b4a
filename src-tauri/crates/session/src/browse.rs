//! Choosing: language, topics, search, procedures, sheet.

use procedures::{Procedure, Status};
use wording::Language;

use crate::Turn;
use crate::event::Effect;
use crate::state::{AfterCard, AfterFault, Place, SheetLook, Wanted};
use crate::view::{FaultAct, ListedBy};

/// Most characters of what is searched for.
pub(crate) const SEARCH_CHARS: usize = 100;
/// Most sheets that lead back one to the other.
const SHEETS: usize = 12;

/// Why a procedure cannot be begun on a day: fault code.
pub(crate) fn obstacle(procedure: &Procedure, today: jiff::civil::Date) -> Option<&'static str> {
    match procedure.status {
        Status::Published if procedure.deadline.is_open(today) => None,
        Status::Published => Some("procedure.closed"),
        Status::Suspended | Status::Draft | Status::Retired => Some("procedure.suspended"),
    }
}

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
        if matches!(self.state.place, Place::Home | Place::Search { .. }) {
            self.go(Place::Topics { by: ListedBy::Topic });
        }
    }

    pub(crate) fn list_by(&mut self, wanted: ListedBy) {
        if let Place::Topics { by } = &mut self.state.place {
            *by = wanted;
        }
    }

    pub(crate) fn open_topic(&mut self, topic: String) {
        let by = match &self.state.place {
            Place::Topics { by } => *by,
            // The topics that are near to what was searched for.
            Place::Search { .. } => ListedBy::Topic,
            _ => return,
        };
        let catalogue = &self.environment.catalogue;
        let known = match by {
            ListedBy::Topic => catalogue.in_category(&topic).next().is_some(),
            ListedBy::Wish => catalogue.for_object(&topic).next().is_some(),
        };
        if known {
            let from = Box::new(self.state.place.clone());
            self.go(Place::Procedures { by, topic, from });
        }
    }

    pub(crate) fn open_search(&mut self) {
        if matches!(self.state.place, Place::Home | Place::Topics { .. }) {
            self.go(Place::Search { typed: String::new() });
        }
    }

    pub(crate) fn search(&mut self, words: &str) {
        if let Place::Search { typed } = &mut self.state.place {
            *typed = words.chars().take(SEARCH_CHARS).collect();
        }
    }

    pub(crate) fn open_procedure(&mut self, procedure: &str) {
        let from = match &self.state.place {
            place @ (Place::Home | Place::Procedures { .. } | Place::Search { .. } | Place::Sheet { .. }) => {
                Box::new(place.clone())
            }
            _ => return,
        };
        if !self.environment.catalogue.get(procedure).is_some_and(Procedure::is_shown) {
            return;
        }
        if let Some(there) = sheet_on_the_way(&from, procedure) {
            return self.go(there);
        }
        self.go(Place::Sheet { procedure: procedure.to_owned(), from, look: SheetLook::default() });
    }

    pub(crate) fn tick_need(&mut self, at: u32, ready: bool) {
        let Place::Sheet { procedure, look, .. } = &mut self.state.place else { return };
        let needs = self.environment.catalogue.get(procedure).map_or(0, |known| known.you_will_need.len());
        if !usize::try_from(at).is_ok_and(|at| at < needs) {
            return;
        }
        if ready {
            look.ready.insert(at);
        } else {
            look.ready.remove(&at);
        }
    }

    pub(crate) fn show_more(&mut self, shown: bool) {
        if let Place::Sheet { look, .. } = &mut self.state.place {
            look.more = shown;
        }
    }

    /// From the sheet: to the card if nobody is known yet, else to what must be known before starting. One that cannot
    /// be begun leads back to the others.
    pub(crate) fn start_procedure(&mut self, sheet: Place) {
        let Place::Sheet { procedure, from, .. } = &sheet else { return };
        let procedure = procedure.clone();
        if self.obstacle(&procedure).is_some() {
            self.go((**from).clone());
        } else if self.state.holder.is_some() {
            self.before_start(procedure, sheet);
        } else {
            let then = AfterCard::Start { procedure, from: Box::new(sheet) };
            self.go_to_card(then, Wanted::Dnie);
        }
    }

    /// Why a procedure cannot be begun, or handed in, today: fault code.
    pub(crate) fn obstacle(&self, procedure: &str) -> Option<&'static str> {
        match self.environment.catalogue.get(procedure) {
            Some(known) => obstacle(known, self.today().0),
            None => Some("procedure.suspended"),
        }
    }

    /// Whether what is being done may go on; tells the person if it may not. What was typed stays.
    pub(crate) fn may_go_on(&mut self, procedure: &str) -> bool {
        match self.obstacle(procedure) {
            Some(code) => {
                self.fault_with(code, FaultAct::Continue, AfterFault::Stay);
                false
            }
            None => true,
        }
    }

    pub(crate) fn before_start(&mut self, procedure: String, from: Place) {
        let owner = match &self.state.holder {
            Some(holder) => holder.nif.clone(),
            None => return,
        };
        self.ask(Effect::SeekDraft { owner, procedure: procedure.clone() });
        self.go(Place::BeforeStart { procedure, from: Box::new(from), draft: None, change: None });
    }
}

/// The sheet of a procedure among those one came by, so that going to and fro between two does not pile up; where
/// the way is too long already, the sheet hangs on its beginning.
fn sheet_on_the_way(from: &Place, wanted: &str) -> Option<Place> {
    let mut at = from;
    for _ in 0..SHEETS {
        match at {
            Place::Sheet { procedure, .. } if procedure == wanted => return Some(at.clone()),
            Place::Sheet { from, .. } => at = from,
            _ => return None,
        }
    }
    Some(Place::Sheet {
        procedure: wanted.to_owned(),
        from: Box::new(Place::Home),
        look: SheetLook::default(),
    })
}
