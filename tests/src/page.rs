//! The window as a citizen meets it: screens, acts, fields and the keyboard, by the hooks the page carries.

use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::wait::{PATIENCE, wait_for, wait_until};
use crate::webdriver::{Element, Session};

/// What is in the way comes first: while something covers the screen, only its own acts can be pressed.
const COVER: &str = "[data-overlay]";
/// For a moment after a new screen touches are ignored, and the page says so.
const AWAKE: &str = ":root:not([data-guarded])";

/// The page in an open window.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    session: &'a Session,
}

/// A field as it is shown.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// What answers it.
    pub kind: FieldKind,
    /// Whether there is an answer already.
    pub answered: bool,
}

/// What answers a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One box or several lines.
    Text,
    /// Three boxes: day, month, year.
    Date,
    /// One of several rows.
    Choice,
    /// A row to tick.
    Statement,
    /// A file.
    Document,
    /// Nothing: it is shown, not asked.
    Shown,
}

impl<'a> Page<'a> {
    /// The page of a session.
    #[must_use]
    pub fn new(session: &'a Session) -> Self {
        Self { session }
    }

    /// The session below, for what the page objects do not say.
    #[must_use]
    pub fn session(&self) -> &Session {
        self.session
    }

    /// Which screen is shown.
    ///
    /// # Errors
    /// When none is.
    pub fn screen(&self) -> anyhow::Result<String> {
        self.attribute_of("[data-screen]", "data-screen")?.context("no screen is shown")
    }

    /// What covers the screen, if anything.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn cover(&self) -> anyhow::Result<Option<String>> {
        self.attribute_of(COVER, "data-overlay")
    }

    /// Waits for a screen.
    ///
    /// # Errors
    /// When another one stays.
    pub fn wait_for_screen(&self, name: &str) -> anyhow::Result<()> {
        self.wait_for_screens(&[name], PATIENCE).map(drop)
    }

    /// Waits for one of several screens and tells which it is.
    ///
    /// # Errors
    /// When another one stays.
    pub fn wait_for_screens(&self, names: &[&str], limit: Duration) -> anyhow::Result<String> {
        let mut seen = String::new();
        let found = wait_for(&format!("screen {}", names.join(" or ")), limit, || {
            seen = self.screen()?;
            Ok(names.contains(&seen.as_str()).then(|| seen.clone()))
        });
        found.with_context(|| format!("the screen is `{seen}`, covered by {:?}", self.cover().ok().flatten()))
    }

    /// Waits until something of a name covers the screen.
    ///
    /// # Errors
    /// When nothing of that name comes.
    pub fn wait_for_cover(&self, name: &str) -> anyhow::Result<()> {
        wait_until(&format!("cover {name}"), PATIENCE, || Ok(self.cover()?.as_deref() == Some(name)))
    }

    /// Waits until nothing covers the screen.
    ///
    /// # Errors
    /// When it stays covered.
    pub fn wait_for_no_cover(&self) -> anyhow::Result<()> {
        wait_until("an uncovered screen", PATIENCE, || Ok(self.cover()?.is_none()))
    }

    /// Presses the button of an act: `continue`, `back`, `end`, …
    ///
    /// # Errors
    /// When there is none.
    pub fn act(&self, name: &str) -> anyhow::Result<()> {
        self.press(&format!("[data-act=\"{name}\"]"))
    }

    /// Presses a row: a language, a topic, a procedure, a file.
    ///
    /// # Errors
    /// When there is none.
    pub fn row(&self, id: &str) -> anyhow::Result<()> {
        self.press(&format!("[data-id=\"{id}\"]"))
    }

    /// Presses what a selector finds, once it is there and the page takes touches.
    ///
    /// # Errors
    /// When it does not come, or something covers it.
    pub fn press(&self, selector: &str) -> anyhow::Result<()> {
        let element = self.awake(selector)?;
        self.session.bring_into_view(&element)?;
        self.session.click(&element).with_context(|| format!("{selector} cannot be pressed"))
    }

    /// Presses a key of the on-screen keyboard.
    ///
    /// # Errors
    /// When there is no such key.
    pub fn key(&self, name: &str) -> anyhow::Result<()> {
        let quoted = json!(name).to_string();
        self.press(&format!("[data-key={quoted}]"))
    }

    /// Types on the on-screen keyboard, as a finger would: a capital is the key of capitals and the letter.
    ///
    /// # Errors
    /// When a character has no key.
    pub fn type_keys(&self, text: &str) -> anyhow::Result<()> {
        for character in text.chars() {
            let key = match character {
                ' ' => "space".to_owned(),
                other => other.to_lowercase().to_string(),
            };
            // Where a capital comes by itself the key shows it, and pressing for it would lock it.
            if character.is_uppercase() && self.face_of(&key)? != character.to_string() {
                self.key("shift")?;
            }
            self.key(&key)?;
        }
        Ok(())
    }

    /// Fills in one field of a form with the on-screen keyboard or by choosing.
    ///
    /// # Errors
    /// When the field is not there or does not take the answer.
    pub fn answer(&self, field: &Field, answer: &str) -> anyhow::Result<()> {
        let inside = format!("[data-field=\"{}\"]", field.id);
        match field.kind {
            FieldKind::Text => {
                self.press(&format!("{inside} :is(input, textarea)"))?;
                self.type_keys(answer)
            }
            FieldKind::Date => {
                // The caret moves on by itself when a box is full.
                self.press(&format!("{inside} [data-part=day]"))?;
                self.type_keys(&answer.replace('/', ""))
            }
            FieldKind::Choice => self.press(&format!("{inside} [data-choice=\"{answer}\"]")),
            FieldKind::Statement => self.press(&format!("{inside} [role=checkbox]")),
            FieldKind::Document => self.press(&format!("{inside} [data-choice]")),
            FieldKind::Shown => bail!("field {} is shown, not asked", field.id),
        }
    }

    /// The fields of the page of the form that is shown.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn fields(&self) -> anyhow::Result<Vec<Field>> {
        let script = r#"
            return [...document.querySelectorAll('[data-screen="form"] [data-field]')].map((node) => {
              const boxes = [...node.querySelectorAll("input:not([data-part=filter]), textarea")];
              const rows = [...node.querySelectorAll("[data-choice]")];
              const kind = boxes.length === 3 ? "date"
                : boxes.length > 0 ? "text"
                : node.querySelector("[data-act=refresh-files]") ? "document"
                : node.querySelector("[role=checkbox]") ? "statement"
                : rows.length > 0 ? "choice"
                : "shown";
              const answered = boxes.some((box) => box.value !== "")
                || rows.some((row) => row.getAttribute("aria-checked") === "true");
              return { id: node.dataset.field, kind, answered };
            });"#;
        let fields = self.session.run(script, &[])?;
        let fields = fields.as_array().context("no list of fields")?.iter();
        fields
            .map(|field| {
                let text = |key: &str| field.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let kind = match text("kind").as_str() {
                    "text" => FieldKind::Text,
                    "date" => FieldKind::Date,
                    "choice" => FieldKind::Choice,
                    "document" => FieldKind::Document,
                    "statement" => FieldKind::Statement,
                    "shown" => FieldKind::Shown,
                    other => bail!("a field of kind `{other}`"),
                };
                let answered = field.get("answered").and_then(Value::as_bool).unwrap_or_default();
                Ok(Field { id: text("id"), kind, answered })
            })
            .collect()
    }

    /// The value of an attribute of the first element that a selector finds.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn attribute_of(&self, selector: &str, name: &str) -> anyhow::Result<Option<String>> {
        let script = "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null;";
        let value = self.session.run(script, &[json!(selector), json!(name)])?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// The text inside the first element that a selector finds, spaces made single.
    ///
    /// # Errors
    /// When there is no such element.
    pub fn text_of(&self, selector: &str) -> anyhow::Result<String> {
        let script = "return document.querySelector(arguments[0])?.textContent ?? null;";
        let value = self.session.run(script, &[json!(selector)])?;
        let text = value.as_str().with_context(|| format!("there is no {selector}"))?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// All the words that can be read on the page now; not those under a cover.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn words(&self) -> anyhow::Result<String> {
        let value = self.session.run("return document.body.innerText;", &[])?;
        let text = value.as_str().context("no page")?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until the page says something.
    ///
    /// # Errors
    /// When it never does.
    pub fn wait_for_words(&self, words: &str) -> anyhow::Result<()> {
        let mut said = String::new();
        let found = wait_until(&format!("the words “{words}”"), PATIENCE, || {
            said = self.words()?;
            Ok(said.contains(words))
        });
        found.with_context(|| format!("the page says: {said}"))
    }

    /// Waits until nothing moves any more, so that a picture shows the screen and not its coming.
    ///
    /// # Errors
    /// When it goes on moving.
    pub fn wait_until_still(&self) -> anyhow::Result<()> {
        let script = r#"
            const done = arguments[0];
            const moving = () => "guarded" in document.documentElement.dataset
              || document.getAnimations().some((one) => one.playState === "running"
                && Number.isFinite(one.effect.getComputedTiming().endTime)
                && one.effect.getComputedTiming().endTime < 1000);
            const look = () => moving() ? setTimeout(look, 20)
              : requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50, true)));
            look();"#;
        // A page that is reloaded meanwhile answers only when it is there again.
        wait_for("a still page", PATIENCE, || Ok(Some(self.session.run_later(script, &[])?))).map(drop)
    }

    /// The whole page, as it stands in the web view.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn html(&self) -> anyhow::Result<String> {
        let html = self.session.run("return document.documentElement.outerHTML;", &[])?;
        html.as_str().map(str::to_owned).context("no page")
    }

    /// What is written on a key now.
    fn face_of(&self, key: &str) -> anyhow::Result<String> {
        let key = format!("[data-key={}]", json!(key));
        self.awake(&key)?;
        self.text_of(&key)
    }

    /// An element that can be pressed now.
    fn awake(&self, selector: &str) -> anyhow::Result<Element> {
        wait_for(selector, PATIENCE, || {
            let covered = self.cover()?.is_some();
            let place =
                if covered { format!("{AWAKE} {COVER} {selector}") } else { format!("{AWAKE} {selector}") };
            // The element that covers may carry the act itself.
            self.session.find(&place)
        })
    }
}
