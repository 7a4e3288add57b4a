//! A generated citizen walks through every form there is, and back again, by what the page may ask for.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;

use procedures::citizen::{self, KNOWN};
use procedures::{Answers, Catalogue, Today};
use session::view::{Control, FieldView, Intent, Screen};
use session::{Effect, Event, Holder, TakenFile};
use wording::Language;

use crate::stage::{EVERYTHING, Stage, environment_with};

/// More steps than any form has.
const MOST_STEPS: usize = 400;

struct Walk {
    stage: Stage,
    wanted: Answers,
}

impl Walk {
    fn begin(catalogue: &Arc<Catalogue>, procedure: &str, language: Language, seed: u64) -> Self {
        let mut stage = Stage::in_environment(environment_with(Arc::clone(catalogue)));
        let today = Today(stage.now.to_zoned_datetime(stage.environment.zone.clone()).date());
        let form = &catalogue.get(procedure).unwrap().form;
        let wanted = citizen::answers(form, &KNOWN, &today, seed)
            .unwrap_or_else(|faults| panic!("{procedure}: {faults:?}"));
        let holder = Holder {
            nif: KNOWN.nif.to_owned(),
            given_name: KNOWN.name.to_owned(),
            surname1: KNOWN.surnames.to_owned(),
            surname2: None,
        };
        stage.wants(Intent::ChooseLanguage { language });
        stage.reach_form_of(procedure, &holder);
        Self { stage, wanted }
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
                    let file = TakenFile { name: format!("{id}.pdf"), bytes: 9, mime, sha256: answer };
                    self.stage.on(Event::FileTaken { field: id, file });
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
            other => panic!("{other:?}"),
        }
        match self.stage.screen() {
            Screen::Form(after) => assert!(!after.show_faults, "{:?}", after.fields),
            Screen::Items(after) => assert!(!after.show_faults, "{after:?}"),
            _ => {}
        }
        false
    }

    /// To the review, and what would be filed then.
    fn to_review(&mut self, fill: bool) -> Answers {
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
                Screen::Form(_) => {}
                other => panic!("{other:?}"),
            }
        }
        panic!("there is no first page");
    }
}

#[test]
fn a_citizen_fills_in_any_form_and_goes_back_with_every_answer_kept() {
    let catalogue = Arc::clone(&EVERYTHING);
    let ids: Vec<String> =
        catalogue.procedures().filter(|p| p.is_offered()).map(|procedure| procedure.id.clone()).collect();
    let walk = |place: usize, id: &str| {
        let language = Language::ALL[place % 3];
        let form = &catalogue.get(id).unwrap().form;
        let mut walk = Walk::begin(&catalogue, id, language, place as u64);
        let filed = walk.to_review(true);
        assert_eq!(filed, form.filed(&walk.wanted), "{id}");
        walk.back();
        assert_eq!(walk.to_review(false), filed, "{id}");
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
