//! A citizen who fills in any form in the window, with answers that are known beforehand.

use anyhow::{Context as _, bail, ensure};
use procedures::{Answers, Field, FieldKind, Procedure, Way};
use serde_json::json;

use crate::answers::papers;
use crate::page::Page;
use crate::wait::{PATIENCE, wait_until};

/// Screens that a form may have; more than that is one that does not end.
const MOST_SCREENS: usize = 120;
/// Answers up to this length are written with a finger, longer ones on a keyboard plugged in.
const WITH_A_FINGER: usize = 6;

/// Somebody in the midst of a form.
pub struct Applicant<'a> {
    /// The window.
    pub page: Page<'a>,
    /// What is applied for.
    pub procedure: &'a Procedure,
    /// The answers.
    pub answers: &'a Answers,
    attached: usize,
}

impl<'a> Applicant<'a> {
    /// Somebody who has just begun.
    #[must_use]
    pub fn new(page: Page<'a>, procedure: &'a Procedure, answers: &'a Answers) -> Self {
        Self { page, procedure, answers, attached: 0 }
    }

    /// From the first screen to the procedure's sheet: by its tile if it has one, else by writing what it is called.
    ///
    /// # Errors
    /// When it is not found.
    pub fn find(&self, name: &str) -> anyhow::Result<()> {
        let row = format!("[data-id=\"{}\"]", self.procedure.id);
        if self.page.session().find(&format!("[data-screen=\"home\"] {row}"))?.is_none() {
            self.page.act("open-search")?;
            self.page.wait_for_screen("search")?;
            self.page.press("#search-box")?;
            let words = name.split(|character: char| !character.is_alphanumeric());
            let words: Vec<&str> = words.filter(|word| word.chars().count() > 3).collect();
            ensure!(!words.is_empty(), "`{name}` has no word to look for");
            for word in words {
                self.page.type_keys(&format!("{} ", word.to_lowercase()))?;
                if self.page.session().find(&format!("[data-screen=\"search\"] {row}"))?.is_some() {
                    break;
                }
            }
        }
        self.page.press(&row)?;
        self.page.wait_for_screen("sheet")
    }

    /// From the sheet into the form.
    ///
    /// # Errors
    /// When a screen on the way does not come.
    pub fn begin(&self) -> anyhow::Result<()> {
        self.page.act("continue")?;
        self.page.wait_for_screen("before-start")?;
        self.page.act("continue")?;
        self.page.wait_for_screens(&["form", "items", "documents"], PATIENCE).map(drop)
    }

    /// Every screen of the form, up to the review.
    ///
    /// # Errors
    /// When a screen does not take its answers.
    pub fn fill(&mut self) -> anyhow::Result<()> {
        for _ in 0..MOST_SCREENS {
            let before = self.place()?;
            let act = match before.0.as_str() {
                "form" => self.fill_page().map(|()| "continue"),
                "items" => self.one_more(),
                "documents" => self.give_documents().map(|()| "continue"),
                "review" => return Ok(()),
                other => bail!("the screen is `{other}`"),
            };
            let act = act.with_context(|| format!("on {before:?}"))?;
            self.page.act(act)?;
            let moved = wait_until("the next screen", PATIENCE, || {
                self.affirm()?;
                Ok(self.place()? != before)
            });
            moved.with_context(|| format!("the page says: {}", self.page.words().unwrap_or_default()))?;
        }
        bail!("the form has more than {MOST_SCREENS} screens")
    }

    /// Where one is: screen, heading, what is asked.
    fn place(&self) -> anyhow::Result<(String, String, Vec<String>)> {
        let asked = self.page.session().run(
            r#"return [...document.querySelectorAll('[data-screen] [data-field]')].map((node) => node.dataset.field);"#,
            &[],
        )?;
        let asked = asked.as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned));
        Ok((self.page.screen()?, self.page.text_of("h1")?, asked.collect()))
    }

    /// Whatever an address looks like, it is theirs.
    fn affirm(&self) -> anyhow::Result<()> {
        if self.page.session().find(":root:not([data-guarded]) [data-act=\"affirm\"]")?.is_some() {
            self.page.act("affirm")?;
            self.page.act("continue")?;
        }
        Ok(())
    }

    /// Adds a person, an animal, a vehicle, as long as there are more.
    fn one_more(&self) -> anyhow::Result<&'static str> {
        let group = self.page.attribute_of("[data-screen=\"items\"] .group", "data-field")?;
        let wanted = self.procedure.form.items(&group.context("a list of nothing")?, self.answers);
        let rows = self.page.session().find_all("[data-act=\"open-item\"]")?.len();
        Ok(if u32::try_from(rows)? < wanted { "add-item" } else { "continue" })
    }

    fn fill_page(&mut self) -> anyhow::Result<()> {
        // An answer may bring up another field of the same page.
        let mut done = Vec::new();
        while self.page.screen()? == "form"
            && let Some(id) = self.place()?.2.into_iter().find(|id| !done.contains(id))
        {
            done.push(id.clone());
            let Some(field) = self.procedure.form.field(&id) else { continue };
            if field.editable && field.kind != FieldKind::Computed {
                self.answer(field).with_context(|| format!("field {id}"))?;
            }
        }
        Ok(())
    }

    fn answer(&mut self, field: &Field) -> anyhow::Result<()> {
        let inside = format!("[data-field=\"{}\"]", field.id);
        let answer = self.answers.get(&field.id).map_or("", String::as_str);
        let checked = |place: &str| -> anyhow::Result<bool> {
            let checked = self.page.attribute_of(&format!("{inside} {place}"), "aria-checked")?;
            Ok(checked.as_deref() == Some("true"))
        };
        match field.kind {
            FieldKind::Document if answer.is_empty() => Ok(()),
            FieldKind::Document => self.attach(field),
            FieldKind::Choice | FieldKind::YesNo => {
                let option = format!("[data-choice=\"{answer}\"]");
                if answer.is_empty() || checked(&option)? {
                    return Ok(());
                }
                self.page.press(&format!("{inside} {option}"))
            }
            FieldKind::Multiple => {
                for chosen in answer.split(',').filter(|chosen| !chosen.is_empty()) {
                    let option = format!("[data-choice=\"{chosen}\"]");
                    if !checked(&option)? {
                        self.page.press(&format!("{inside} {option}"))?;
                    }
                }
                Ok(())
            }
            FieldKind::Statement | FieldKind::Consent => {
                if checked("[role=checkbox]")? == (answer == "yes") {
                    return Ok(());
                }
                self.page.press(&format!("{inside} [role=checkbox]"))
            }
            FieldKind::Date | FieldKind::Time => {
                let first = if field.kind == FieldKind::Date { "day" } else { "hour" };
                if answer.is_empty() || !self.value(&format!("{inside} input"))?.is_empty() {
                    return Ok(());
                }
                // The caret moves on by itself when a box is full.
                self.page.press(&format!("{inside} [data-part={first}]"))?;
                let digits: String = answer.chars().filter(char::is_ascii_digit).collect();
                self.page.type_keys(&digits)
            }
            _ => self.write(&format!("{inside} :is(input, textarea)"), answer),
        }
    }

    fn value(&self, selector: &str) -> anyhow::Result<String> {
        let script = "return document.querySelector(arguments[0])?.value ?? null;";
        let value = self.page.session().run(script, &[json!(selector)])?;
        value.as_str().map(str::to_owned).with_context(|| format!("there is no {selector}"))
    }

    fn write(&self, selector: &str, answer: &str) -> anyhow::Result<()> {
        let there = self.value(selector)?;
        if there == answer || there.is_empty() && answer.is_empty() {
            return Ok(());
        }
        self.page.press(selector)?;
        if !there.is_empty() {
            self.page.act("clear")?;
        }
        let plain =
            answer.chars().all(|character| character.is_ascii_digit() || character.is_ascii_lowercase());
        if plain && answer.len() <= WITH_A_FINGER {
            return self.page.type_keys(answer);
        }
        let found = self.page.session().find(selector)?.context("the box is gone")?;
        // The key of a new line has a sign of its own (WebDriver, 17.4.2).
        self.page.session().send_keys(&found, &answer.replace('\n', "\u{E007}"))
    }

    /// Each document in its way (S18).
    fn give_documents(&mut self) -> anyhow::Result<()> {
        for document in self.procedure.documents_asked(self.answers) {
            let chosen = document.how.and_then(|how| self.answers.get(how));
            let fields = document
                .page
                .map(|page| self.procedure.form.fields(&page.id, self.answers))
                .unwrap_or_default();
            let files = fields
                .iter()
                .filter(|field| field.kind == FieldKind::Document && self.answers.contains_key(&field.id))
                .count();
            let way = match chosen {
                Some(chosen) => document.ways.iter().copied().find(|way| way.answer() == chosen),
                None => document.ways.first().copied().filter(|_| files > 0),
            };
            let Some(way) = way else { continue };
            let button =
                format!("[data-act=\"give-document\"][data-id=\"{}-{}\"]", document.rule.code, way.answer());
            // A way that it has already gone is not offered again.
            if self.page.session().find(&button)?.is_none() {
                continue;
            }
            self.page.press(&button)?;
            if !matches!(way, Way::Attach | Way::Held) {
                continue;
            }
            self.page.wait_for_screen("form")?;
            self.fill_page()?;
            if self.page.screen()? == "form" {
                self.page.act("continue")?;
            }
            self.page.wait_for_screen("documents")?;
        }
        Ok(())
    }

    /// Chooses a file that the document may be, looks at it, and takes it.
    fn attach(&mut self, field: &Field) -> anyhow::Result<()> {
        let code = field.document.as_deref().context("a document without code")?;
        let rule = self.procedure.document(code).context("a document without rule")?;
        let fitting: Vec<_> =
            papers().into_iter().filter(|(_, kind, _)| rule.formats.contains(kind)).collect();
        ensure!(!fitting.is_empty(), "nothing on the stick is a {code}");
        let (name, _, _) = fitting[self.attached % fitting.len()];
        self.attached += 1;
        let script = r#"
            const rows = document.querySelectorAll(`[data-field="${arguments[0]}"] [data-choice]`);
            return [...rows].find((row) => row.textContent.includes(arguments[1]))?.dataset.choice ?? null;"#;
        let mut file = None;
        wait_until(&format!("the file {name}"), PATIENCE, || {
            let found = self.page.session().run(script, &[json!(field.id), json!(name)])?;
            file = found.as_str().map(str::to_owned);
            Ok(file.is_some())
        })?;
        let file = file.context("no file")?;
        self.page.press(&format!("[data-field=\"{}\"] [data-choice=\"{file}\"]", field.id))?;
        self.page.wait_for_screen("check-file")?;
        self.page.act("continue")?;
        self.page.wait_for_screens(&["form", "documents"], PATIENCE).map(drop)
    }
}
