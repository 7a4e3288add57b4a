//! A generated citizen walks through every form there is, and back again, by what the page may ask for.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;

use procedures::citizen::{self, KNOWN};
use procedures::{Answers, Catalogue, FieldKind, Today};
use session::view::{Control, FieldView, Intent, Screen};
use session::{Effect, Event, Holder, TakenFile};
use wording::Language;

use crate::stage::{Stage, environment};

/// More steps than any form has.
const MOST_STEPS: usize = 400;

struct Walk {
    stage: Stage,
    procedure: String,
    wanted: Answers,
}

impl Walk {
    fn begin(catalogue: &Arc<Catalogue>, procedure: &str, language: Language, seed: u64) -> Self {
        let mut stage = Stage::new();
        let today = Today(stage.now.to_zoned_datetime(stage.environment.zone.clone()).date());
        let form = &catalogue.get(procedure).unwrap().form;
        let mut wanted = citizen::answers(form, &KNOWN, &today, seed)
            .unwrap_or_else(|faults| panic!("{procedure}: {faults:?}"));
        // The page has a place for one more file only after the last one.
        for page in form.all_pages().iter().filter(|page| page.document.is_some()) {
            let places = page.fields.iter().filter(|field| matches!(field.kind, FieldKind::Document));
            let files: Vec<String> = places.clone().filter_map(|field| wanted.remove(&field.id)).collect();
            wanted.extend(places.map(|field| field.id.clone()).zip(files));
        }
        let holder = Holder {
            nif: KNOWN.nif.to_owned(),
            given_name: KNOWN.name.to_owned(),
            surname1: KNOWN.surnames.to_owned(),
            surname2: None,
        };
        stage.wants(Intent::ChooseLanguage { language });
        stage.reach_form_of(procedure, &holder);
        Self { stage, procedure: procedure.to_owned(), wanted }
    }

    /// Answers every field of the page as the citizen would; an answer may bring up another one.
    fn fill(&mut self) {
        let mut done = BTreeSet::new();
        while let Some(field) = self.fields().into_iter().find(|field| !done.contains(&field.id)) {
            done.insert(field.id.clone());
            let answer = self.wanted.get(&field.id).cloned().unwrap_or_default();
            let id = field.id;
            match field.control {
                Control::Computed => {}
                _ if !field.editable => {}
                Control::Document { .. } if answer.is_empty() => {}
                Control::Document { .. } => {
                    let mime = "application/pdf".to_owned();
                    let file =
                        TakenFile { name: format!("{id}.pdf"), bytes: 9, mime, sha256: answer, pages: 1 };
                    let key = self.stage.draft_key();
                    self.stage.on(Event::FileTaken { key, field: id, file, images: Vec::new() });
                }
                Control::Multiple { options, none } => {
                    for option in options.into_iter().chain(none) {
                        let ticked = answer.split(',').any(|chosen| chosen == option.id);
                        self.stage.wants(Intent::Tick { field: id.clone(), option: option.id, ticked });
                    }
                }
                _ if answer == field.value => {}
                _ => {
                    self.stage.answers(&id, &answer);
                }
            }
        }
    }

    /// Gives each document as the citizen would (S18).
    fn give_documents(&mut self) {
        let catalogue = Arc::clone(&self.stage.environment.catalogue);
        for document in catalogue.get(&self.procedure).unwrap().documents_asked(&self.wanted) {
            let chosen = document.how.and_then(|how| self.wanted.get(how));
            let has_file = document.page.is_some_and(|page| {
                page.fields
                    .iter()
                    .any(|field| self.wanted.get(&field.id).is_some_and(|answer| !answer.is_empty()))
            });
            let way = match chosen {
                Some(chosen) => document.ways.iter().copied().find(|way| way.answer() == chosen),
                None => document.ways.first().copied().filter(|_| has_file),
            };
            let Some(way) = way else { continue };
            let code = document.rule.code.clone();
            self.stage.wants(Intent::GiveDocument { document: code, way: way.into() });
            if matches!(self.stage.screen(), Screen::Form(_)) {
                self.fill();
                self.stage.go_on();
            }
            assert!(matches!(self.stage.screen(), Screen::Documents(_)), "{:?}", self.stage.screen());
        }
    }

    fn fields(&self) -> Vec<FieldView> {
        match self.stage.screen() {
            Screen::Form(form) => form.fields,
            other => panic!("{other:?}"),
        }
    }

    /// One step towards the review; whether it has been reached.
    fn on(&mut self, fill: bool) -> bool {
        match self.stage.screen() {
            Screen::Review { .. } => return true,
            Screen::Items(items) => {
                let wanted: usize = self.wanted[&items.page].parse().unwrap();
                if items.rows.len() < wanted {
                    assert!(fill, "what was added is still there");
                    self.stage.wants(Intent::AddItem);
                } else {
                    self.stage.go_on();
                }
            }
            Screen::Form(_) => {
                if fill {
                    self.fill();
                }
                self.stage.go_on();
            }
            Screen::Documents(_) => {
                if fill {
                    self.give_documents();
                }
                self.stage.go_on();
            }
            other => panic!("{other:?}"),
        }
        match self.stage.screen() {
            Screen::Form(after) => assert!(!after.show_faults, "{:?}", after.fields),
            Screen::Items(after) => assert!(!after.show_faults, "{after:?}"),
            Screen::Documents(after) => assert!(!after.show_faults, "{after:?}"),
            _ => {}
        }
        false
    }

    /// To the review, and what would be filed then.
    fn reach_review(&mut self, fill: bool) -> Answers {
        let mut last = 0;
        for _ in 0..MOST_STEPS {
            if let Screen::Form(form) = self.stage.screen() {
                assert!(last <= form.step && form.step <= form.steps, "{}: step {}", form.page, form.step);
                last = form.step;
            }
            if self.on(fill) {
                match self.stage.asked(|effect| matches!(effect, Effect::Render(_))) {
                    Effect::Render(render) => return render.answers,
                    _ => unreachable!(),
                }
            }
        }
        panic!("the form does not end");
    }

    /// Back from the review to the first page, through the items of every group.
    fn back(&mut self) {
        for _ in 0..MOST_STEPS {
            self.stage.wants(Intent::Back);
            match self.stage.screen() {
                Screen::Items(items) => {
                    for row in &items.rows {
                        assert!(row.complete, "{row:?}");
                        self.stage.wants(Intent::OpenItem { number: row.number });
                        assert!(matches!(self.stage.screen(), Screen::Form(_)));
                        self.stage.wants(Intent::Back);
                        assert!(matches!(self.stage.screen(), Screen::Items(_)));
                    }
                }
                Screen::Form(form) if form.step == 1 => return,
                Screen::Form(_) | Screen::Documents(_) => {}
                other => panic!("{other:?}"),
            }
        }
        panic!("there is no first page");
    }
}

#[test]
fn a_citizen_fills_in_any_form_and_goes_back_with_every_answer_kept() {
    let catalogue = environment().catalogue;
    let ids: Vec<String> =
        catalogue.procedures().filter(|p| p.is_offered()).map(|procedure| procedure.id.clone()).collect();
    let walk = |place: usize, id: &str| {
        let language = Language::ALL[place % 3];
        let form = &catalogue.get(id).unwrap().form;
        let mut walk = Walk::begin(&catalogue, id, language, place as u64);
        let filed = walk.reach_review(true);
        assert_eq!(filed, form.filed(&walk.wanted), "{id}");
        walk.back();
        assert_eq!(walk.reach_review(false), filed, "{id}");
    };
    let walk = &walk;
    thread::scope(|scope| {
        for (language, ids) in [&ids, &ids, &ids].into_iter().enumerate() {
            scope.spawn(move || {
                for (place, id) in ids.iter().enumerate() {
                    walk(place + language, id);
                }
            });
        }
    });
    assert!(ids.len() >= catalogue.procedures().count() && !ids.is_empty());
}
