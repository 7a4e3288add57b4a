//! A citizen who does in the window what people do, step by step, so that a journey reads like one.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use registry_api::Language;
use testkit::card::PersonaSpec;

use crate::page::{Field, FieldKind, Page};
use crate::people::now;
use crate::stage::Stage;
use crate::wait::{PATIENCE, wait_for, wait_until};

/// How long a form may be; more pages than that is a form that does not end.
const MOST_PAGES: usize = 40;
/// From *present* to a number or to the slip that says there is none yet.
const FILING: Duration = Duration::from_secs(90);

/// The general application, open to everybody.
pub const GENERAL: &str = "instancia-general";
/// To give up a driveway permit; photographs go with it.
pub const DRIVEWAY: &str = "gual-baixa-canvi-titular";
/// To change one's address in the register of residents; a title goes with it.
pub const ADDRESS: &str = "padro-canvi-domicili";

/// Someone at the window.
pub struct Citizen {
    /// The language they choose.
    pub language: Language,
    /// Who they are and what card they carry.
    pub spec: PersonaSpec,
}

/// What a filing ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A receipt, with its entry number as the registry writes it.
    Registered(String),
    /// A slip that says it is not registered yet.
    Provisional,
}

impl Citizen {
    /// Amparo, with nothing remarkable about her card.
    #[must_use]
    pub fn amparo(language: Language) -> Self {
        Self { language, spec: PersonaSpec::amparo() }
    }

    /// Someone else, in Valencian.
    #[must_use]
    pub fn with(spec: PersonaSpec) -> Self {
        Self { language: Language::CaValencia, spec }
    }

    /// Chooses a language, puts the card in, sees the name, and goes on to the first screen.
    ///
    /// # Errors
    /// When the name does not appear.
    pub fn arrive(&self, stage: &mut Stage) -> anyhow::Result<()> {
        self.choose_language(stage)?;
        self.insert_card(stage)?;
        let page = stage.page()?;
        page.wait_for_screen("card")?;
        page.wait_for_words(&self.first_name())?;
        page.act("continue")?;
        page.wait_for_screen("home")
    }

    /// Chooses the language on the welcome screen.
    ///
    /// # Errors
    /// When it is not offered.
    pub fn choose_language(&self, stage: &Stage) -> anyhow::Result<()> {
        let page = stage.page()?;
        page.wait_for_screen("welcome")?;
        page.row(self.language.tag())?;
        page.wait_for_screen("home")
    }

    /// Puts a new card of this person into the reader.
    ///
    /// # Errors
    /// When there is no reader.
    pub fn insert_card(&self, stage: &mut Stage) -> anyhow::Result<()> {
        let card = stage.town().card(&self.spec)?;
        stage.insert(card)
    }

    /// From the first screen into the form of a procedure.
    ///
    /// # Errors
    /// When a screen on the way does not come.
    pub fn begin(&self, stage: &Stage, procedure: &str) -> anyhow::Result<()> {
        let page = stage.page()?;
        page.row(procedure)?;
        page.wait_for_screen("sheet")?;
        page.act("continue")?;
        page.wait_for_screen("before-start")?;
        page.act("continue")?;
        page.wait_for_screen("form")
    }

    /// Fills in every page of the form, up to the review.
    ///
    /// # Errors
    /// When a page does not take the answers.
    pub fn fill(&self, stage: &Stage) -> anyhow::Result<()> {
        self.fill_noticing(stage, |_, _| Ok(()))
    }

    /// [`Citizen::fill`], showing each page to somebody once it is filled in.
    ///
    /// # Errors
    /// As [`Citizen::fill`], or when the one who is shown the pages fails.
    pub fn fill_noticing(
        &self,
        stage: &Stage,
        mut notice: impl FnMut(usize, &Page<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let page = stage.page()?;
        for number in 1..=MOST_PAGES {
            if page.screen()? == "review" {
                return self.wait_for_review(&page);
            }
            match page.screen()?.as_str() {
                "documents" => self.give_documents(&page)?,
                "form" => self.fill_page(&page)?,
                _ => {}
            }
            notice(number, &page)?;
            let before = (page.screen()?, page.text_of("h1")?);
            page.act("continue")?;
            wait_until("the next page", PATIENCE, || Ok((page.screen()?, page.text_of("h1")?) != before))
                .with_context(|| format!("the page says: {}", page.words().unwrap_or_default()))?;
        }
        bail!("the form has more than {MOST_PAGES} pages");
    }

    /// Fills in the page of the form that is shown.
    ///
    /// # Errors
    /// When a field does not take its answer.
    pub fn fill_page(&self, page: &Page<'_>) -> anyhow::Result<()> {
        // An answer may bring up another field of the same page.
        let mut done = Vec::new();
        while let Some(field) = page.fields()?.into_iter().find(|field| !done.contains(&field.id)) {
            done.push(field.id.clone());
            if !field.answered && field.kind != FieldKind::Shown {
                self.fill_field(page, &field).with_context(|| format!("field {}", field.id))?;
            }
        }
        Ok(())
    }

    fn fill_field(&self, page: &Page<'_>, field: &Field) -> anyhow::Result<()> {
        match field.kind {
            FieldKind::Text => match answer_of(&field.id) {
                Some(answer) => page.answer(field, answer),
                None => Ok(()),
            },
            FieldKind::Date => page.answer(field, &next_week()?),
            FieldKind::Choice => {
                let first = format!("[data-field=\"{}\"] [data-choice]", field.id);
                let choice = page.attribute_of(&first, "data-choice")?.context("a choice without rows")?;
                page.answer(field, &choice)
            }
            FieldKind::Statement => page.answer(field, ""),
            FieldKind::Document => {
                // Without a file there is nothing to choose; the form says whether it may go on so.
                let offered = format!("[data-field=\"{}\"] [data-choice]", field.id);
                if page.session().find(&offered)?.is_none() {
                    return Ok(());
                }
                page.answer(field, "")?;
                page.wait_for_screen("check-file")?;
                page.act("continue")?;
                page.wait_for_screens(&["form", "documents"], PATIENCE).map(drop)
            }
            FieldKind::Shown => Ok(()),
        }
    }

    /// Attaches a file for every document that is missing (S18).
    ///
    /// # Errors
    /// When one cannot be attached.
    pub fn give_documents(&self, page: &Page<'_>) -> anyhow::Result<()> {
        const MISSING: &str = "[data-field][data-state=\"missing\"]";
        while let Some(document) = page.attribute_of(MISSING, "data-field")? {
            page.press(&format!("[data-act=\"give-document\"][data-id=\"{document}-attach\"]"))?;
            page.wait_for_screen("form")?;
            self.fill_page(page)?;
            if page.screen()? == "form" {
                page.act("continue")?;
                page.wait_for_screen("documents")?;
            }
        }
        Ok(())
    }

    /// Waits until the review can be gone on from.
    ///
    /// # Errors
    /// When it does not come.
    pub fn wait_for_review(&self, page: &Page<'_>) -> anyhow::Result<()> {
        page.wait_for_screen("review")?;
        // The document is being made; the main act waits for it.
        self.wait_while_busy(page)
    }

    fn wait_while_busy(&self, page: &Page<'_>) -> anyhow::Result<()> {
        wait_until("the end of work", PATIENCE, || {
            Ok(page.session().find("[data-act=\"continue\"][aria-busy=\"true\"]")?.is_none())
        })
    }

    /// From the review to the PIN, past what is to be paid, having declared what there is to declare.
    ///
    /// # Errors
    /// When a screen on the way does not come.
    pub fn consent(&self, stage: &Stage) -> anyhow::Result<()> {
        let page = stage.page()?;
        page.act("continue")?;
        if page.wait_for_screens(&["fee", "sign"], PATIENCE)? == "fee" {
            page.act("continue")?;
            page.wait_for_screen("sign")?;
        }
        self.declare(&page)?;
        self.wait_while_busy(&page)?;
        page.act("continue")?;
        page.wait_for_screen("pin")
    }

    /// Ticks every declaration of the sign screen that is not ticked.
    ///
    /// # Errors
    /// When one cannot be ticked.
    pub fn declare(&self, page: &Page<'_>) -> anyhow::Result<()> {
        let unticked = "[data-screen=\"sign\"] [aria-checked=\"false\"]";
        wait_until("every declaration ticked", PATIENCE, || {
            match page.session().find(&format!(":root:not([data-guarded]) {unticked}"))? {
                Some(next) => {
                    page.session().bring_into_view(&next)?;
                    page.session().click(&next)?;
                    Ok(false)
                }
                None => Ok(page.session().find(unticked)?.is_none()),
            }
        })
    }

    /// Types a PIN, once it may be typed, and submits it.
    ///
    /// # Errors
    /// When the keyboard does not come.
    pub fn type_pin(&self, stage: &Stage, pin: &str) -> anyhow::Result<()> {
        let page = stage.page()?;
        page.type_keys(pin)?;
        page.act("continue")
    }

    /// Everything from the first screen to the PIN.
    ///
    /// # Errors
    /// When a step does not go.
    pub fn prepare(&self, stage: &mut Stage, procedure: &str) -> anyhow::Result<()> {
        self.arrive(stage)?;
        self.begin(stage, procedure)?;
        self.fill(stage)?;
        self.consent(stage)
    }

    /// A whole filing, from the welcome screen to receipt or slip.
    ///
    /// # Errors
    /// When a step does not go.
    pub fn file(&self, stage: &mut Stage, procedure: &str) -> anyhow::Result<Outcome> {
        self.prepare(stage, procedure)?;
        self.type_pin(stage, &self.spec.pin)?;
        self.outcome(stage)
    }

    /// Waits for receipt or slip.
    ///
    /// # Errors
    /// When neither comes.
    pub fn outcome(&self, stage: &Stage) -> anyhow::Result<Outcome> {
        let page = stage.page()?;
        match page.wait_for_screens(&["receipt", "provisional"], FILING)?.as_str() {
            "receipt" => Ok(Outcome::Registered(entry_number(&page)?)),
            _ => Ok(Outcome::Provisional),
        }
    }

    /// Saves receipt or slip as a file, and gives the file.
    ///
    /// # Errors
    /// When it is not saved.
    pub fn save(&self, stage: &Stage) -> anyhow::Result<PathBuf> {
        let page = stage.page()?;
        let before = files(&stage.stick())?;
        page.row("save")?;
        page.wait_for_screen("output")?;
        let saved = wait_for("the saved file", PATIENCE, || {
            let now = files(&stage.stick())?;
            Ok(now.into_iter().find(|file| !before.contains(file)))
        })?;
        page.act("continue")?;
        page.wait_for_screens(&["receipt", "provisional"], PATIENCE)?;
        Ok(saved)
    }

    /// Ends the session, takes the card, and sees the welcome screen again.
    ///
    /// # Errors
    /// When the welcome screen does not come.
    pub fn leave(&self, stage: &mut Stage) -> anyhow::Result<()> {
        let page = stage.page()?;
        page.act("end")?;
        page.wait_for_screens(&["leaving", "welcome"], PATIENCE)?;
        if stage.card().is_ok() {
            stage.remove()?;
        }
        stage.page()?.wait_for_screen("welcome")
    }

    /// The first name as the kiosk writes it: the card has it in capitals.
    #[must_use]
    pub fn first_name(&self) -> String {
        let lower = self.spec.holder.given_name.to_lowercase();
        let mut characters = lower.chars();
        characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
    }
}

/// The entry number that the receipt shows, `2026-E-000123`.
///
/// # Errors
/// When no receipt is shown.
pub fn entry_number(page: &Page<'_>) -> anyhow::Result<String> {
    let shown = page.attribute_of("[data-screen=\"receipt\"] [data-number]", "data-number")?;
    // Shown in groups, with thin spaces between them.
    let shown = shown.context("a receipt without number")?;
    Ok(shown.chars().filter(|character| !character.is_whitespace()).collect())
}

/// What people answer to the questions that are known to be asked; others are optional and stay empty.
fn answer_of(field: &str) -> Option<&'static str> {
    // A block of the catalogue that is used twice has a prefix to its fields.
    let answers = [
        ("street", "carrer Major, 24"),
        ("number", "24"),
        ("postal-code", "46920"),
        ("town", "Mislata"),
        ("phone", "963991100"),
        ("email", "amparo@example.org"),
        ("facts", "El fanal del carrer no funciona."),
        ("request", "Que el reparen."),
        ("plate", "0123"),
    ];
    answers.iter().find(|(last, _)| field.ends_with(last)).map(|(_, answer)| *answer)
}

/// A day that lies ahead, as it is typed.
fn next_week() -> anyhow::Result<String> {
    let today = now().to_zoned_datetime(TimeZone::get("Europe/Madrid")?);
    Ok(today.checked_add(7.days())?.strftime("%d/%m/%Y").to_string())
}

/// The files directly in a directory, whole ones only.
fn files(directory: &std::path::Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "pdf") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
