//! How quick a touch feels: from the moment the window's engine dates it to the frame that answers it.

use anyhow::{Context as _, ensure};
use registry_api::Language;
use serde_json::Value;

use super::figures::{Figures, Row};
use super::say;
use crate::citizen::{Citizen, GENERAL};
use crate::page::{FieldKind, Page};
use crate::stage::{Setting, Stage};
use crate::wait::{PATIENCE, wait_until};

/// Changes of screen, and letters typed.
const TOUCHES: usize = 30;
/// Calls of the core.
const CALLS: usize = 200;

/// Notes, for each touch, after how many milliseconds a frame showed what came of it: the pressed look, the letter,
/// the next screen. Painted means that the frame after the change was handed over.
const RECORDER: &str = r#"
  const seen = (window.__seen = { press: [], letter: [], screen: [], long: 0, told: () => {} });
  const letters = () => [...document.querySelectorAll("input, textarea")].map((box) => box.value).join("\n");
  const screen = () => document.querySelector("main");
  function after(event, changed, into) {
    const look = () => {
      if (performance.now() - event.timeStamp > 2000) return;
      if (!changed()) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        into.push(performance.now() - event.timeStamp);
        seen.told();
      };
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  }
  // After the target's own answer: a driver's finger is up again before the next frame, so the look is asked for now.
  addEventListener("pointerdown", (event) => {
    if (document.querySelector("[data-pressed]") !== null) after(event, () => true, seen.press);
  });
  addEventListener("pointerup", (event) => {
    const [text, main] = [letters(), screen()];
    const key = event.target.closest("[data-key]") !== null;
    if (key) after(event, () => letters() !== text, seen.letter);
    else after(event, () => screen() !== main, seen.screen);
  }, true);
  // Whatever keeps the page from answering shows as a gap between two ticks of a clock that never waits.
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    seen.long = Math.max(seen.long, now - last - 10);
    last = now;
  }, 10);"#;

/// Answers once so many samples of a kind are there. To ask for them again and again would keep the page from what is measured.
const AWAITER: &str = r#"
  const [kind, count, done] = arguments;
  const seen = window.__seen;
  seen.told = () => {
    if (seen[kind].length < count) return;
    seen.told = () => {};
    done(seen[kind].length);
  };
  seen.told();"#;

/// Asks the core so many times and gives how long each answer took, milliseconds.
const CALLER: &str = r#"
  const [calls, done] = arguments;
  (async () => {
    const took = [];
    for (let call = 0; call < calls; call++) {
      const since = performance.now();
      await window.__TAURI_INTERNALS__.invoke("session_next");
      took.push(performance.now() - since);
    }
    done(took);
  })();"#;

/// Takes the figures of touches and core calls.
///
/// # Errors
/// When one cannot be taken.
pub(super) fn touches(figures: &mut Figures) -> anyhow::Result<()> {
    say("touches and letters");
    let mut stage = Stage::set("bench-touch", Setting::default())?;
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.arrive(&mut stage)?;
    let page = stage.page()?;
    page.session().run(RECORDER, &[])?;
    for turn in 0..TOUCHES {
        page.row(GENERAL)?;
        noted(&page, "screen", 2 * turn + 1)?;
        page.wait_for_screen("sheet")?;
        page.act("back")?;
        noted(&page, "screen", 2 * turn + 2)?;
        page.wait_for_screen("home")?;
    }
    citizen.begin(&stage, GENERAL)?;
    type_letters(&citizen, &page)?;

    let pressed = at_95_percent(samples(&page, "press")?)?;
    let letter = at_95_percent(samples(&page, "letter")?)?;
    let screen = at_95_percent(samples(&page, "screen")?)?;
    let calls = page.session().run_later(CALLER, &[CALLS.into()])?;
    let calls = at_95_percent(numbers(&calls)?)?;
    let longest = page.session().run("return window.__seen.long;", &[])?;
    let longest = longest.as_f64().context("the longest task")?;

    let metric = "95 % of touches";
    figures.push(Row::new("touch → pressed look", metric, "ms", pressed).limit(50.0));
    figures.push(Row::new("key released → letter", metric, "ms", letter).limit(50.0));
    figures.push(Row::new("act → next screen painted", metric, "ms", screen).limit(100.0));
    figures.push(Row::new("core call", "95 % of calls", "ms", calls).limit(50.0));
    figures.push(Row::new("longest task in the page", "worst", "ms", longest).limit(100.0));
    Ok(())
}

/// Types into the first field of the form that takes text.
fn type_letters(citizen: &Citizen, page: &Page<'_>) -> anyhow::Result<()> {
    let field = loop {
        if let Some(field) = page.fields()?.into_iter().find(|field| field.kind == FieldKind::Text) {
            break field;
        }
        citizen.fill_page(page)?;
        let before = page.text_of("h1")?;
        page.act("continue")?;
        wait_until("the next page", PATIENCE, || Ok(page.text_of("h1")? != before))?;
    };
    let before = samples(page, "letter")?.len();
    page.answer(&field, &"aeiou ".repeat(TOUCHES / 6))?;
    noted(page, "letter", before + TOUCHES / 6 * 6)
}

/// Waits until so many samples have been noted: none is left out.
fn noted(page: &Page<'_>, kind: &str, count: usize) -> anyhow::Result<()> {
    page.session().run_later(AWAITER, &[kind.into(), count.into()]).map(drop)
}

fn samples(page: &Page<'_>, kind: &str) -> anyhow::Result<Vec<f64>> {
    numbers(&page.session().run("return window.__seen[arguments[0]];", &[kind.into()])?)
}

fn numbers(value: &Value) -> anyhow::Result<Vec<f64>> {
    let list = value.as_array().context("no list of figures")?;
    list.iter().map(|number| number.as_f64().context("a figure is no number")).collect()
}

/// The figure that 95 of 100 stay below.
fn at_95_percent(mut values: Vec<f64>) -> anyhow::Result<f64> {
    ensure!(values.len() >= TOUCHES / 2, "too few figures were taken: {}", values.len());
    values.sort_by(f64::total_cmp);
    values.get(values.len() * 95 / 100).copied().context("no figure was taken")
}
