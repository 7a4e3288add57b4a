//! `cargo xtask bench catalogue`: what the catalogue costs at the start, at each key stroke of the search, and when a form is
//! judged; the judging beside a plain JSON Schema validator with an equivalent schema.

mod large;
mod schema;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, ensure};
use procedures::search::{Among, Index};
use procedures::{Answers, Catalogue, Procedure, Sources, Today, citizen};

use super::figures::{Figures, Row};
use super::{say, write};

/// How often the catalogue is loaded, and each text typed.
const TIMES: usize = 50;
/// How often a form is judged.
const JUDGED: usize = 2_000;
/// Procedures of a far larger town.
const MANY: usize = 5_000;
/// Milliseconds from a key stroke to what is found: one picture of a screen that makes sixty a second.
const STROKE_LIMIT: f64 = 16.0;
/// The day on which forms are filled in.
const TODAY: Today = Today(jiff::civil::Date::constant(2026, 3, 12));
/// What is typed, letter by letter.
const TYPED: &[&str] = &[
    "empadronarme en mislata",
    "papers del pis",
    "canviar de casa",
    "multa zona azul",
    "no puedo pagar el alquiler",
    "enpadronamient",
    "sol·licitud d’una terrassa per al bar",
    "certificado de convivencia",
    "parking for disabled people",
    "xqzwkjh",
];

/// Takes every figure, prints a table, writes the file.
///
/// # Errors
/// When a figure cannot be taken.
pub fn catalogue(output: &Path) -> anyhow::Result<()> {
    let mut figures = Figures::new("catalogue");
    let catalogue = bundled_catalogue::load()?;
    loads(&mut figures, &catalogue)?;
    searches(&mut figures, "", &catalogue)?;
    say("making a catalogue of a large town");
    searches(&mut figures, "large town: ", &large::catalogue(&Sources::bundled(), MANY)?)?;
    judgements(&mut figures, &catalogue)?;
    write(&figures, output)
}

/// The whole catalogue, as a kiosk has it at its start and as it reads one that the registry serves.
fn loads(figures: &mut Figures, catalogue: &Catalogue) -> anyhow::Result<()> {
    say("loading");
    let count = catalogue.procedures().count();
    let packed = times(TIMES, || black_box(bundled_catalogue::load()).is_ok())?;
    let read = times(TIMES, || black_box(Catalogue::load(&Sources::bundled())).is_ok())?;
    for (task, times) in [("program's catalogue → ready", packed), ("served catalogue → read, checked", read)]
    {
        figures.push(Row::new(task, &format!("median, {count} procedures"), "ms", milliseconds(&times, 50)?));
    }
    // A form is unpacked when somebody opens its procedure.
    let fresh = bundled_catalogue::load()?;
    let mut forms: Vec<Duration> = Vec::new();
    for procedure in fresh.procedures() {
        let began = Instant::now();
        black_box(procedure.form.all_pages());
        forms.push(began.elapsed());
    }
    forms.sort();
    figures.push(Row::new("a form opened the first time", "p99", "ms", milliseconds(&forms, 99)?));
    Ok(())
}

fn searches(figures: &mut Figures, of: &str, catalogue: &Catalogue) -> anyhow::Result<()> {
    say(&format!("{of}searching"));
    let count = catalogue.procedures().count();
    let made = times(5, || {
        black_box(Index::new(catalogue));
        true
    })?;
    figures.push(Row::new(
        &format!("{of}index made"),
        &format!("median, {count} procedures"),
        "ms",
        milliseconds(&made, 50)?,
    ));
    let index = Index::new(catalogue);
    let mut strokes: Vec<Duration> = Vec::new();
    for typed in TYPED.iter().cycle().take(TYPED.len() * TIMES / 10) {
        for (end, letter) in typed.char_indices() {
            let so_far = typed.get(..end + letter.len_utf8()).unwrap_or_default();
            let began = Instant::now();
            black_box(index.find(so_far, Among::All));
            strokes.push(began.elapsed());
        }
    }
    strokes.sort();
    let task = format!("{of}key stroke → found");
    for part in [50, 99] {
        let row =
            Row::new(&task, &format!("p{part} of {}", strokes.len()), "ms", milliseconds(&strokes, part)?);
        figures.push(row.limit(STROKE_LIMIT));
    }
    Ok(())
}

/// The form with the most fields, filled in: every fault of it, none, beside a validator of shapes alone.
fn judgements(figures: &mut Figures, catalogue: &Catalogue) -> anyhow::Result<()> {
    let largest = catalogue.procedures().max_by_key(|known| known.form.all_fields().count());
    let procedure = largest.context("there is no procedure")?;
    say(&format!("judging {}", procedure.id));
    for spoilt in [false, true] {
        let answers = fullest(procedure, spoilt)?;
        let schema = schema::of(&procedure.form, &answers);
        let validator = jsonschema::validator_for(&schema).map_err(|error| anyhow!("{error}"))?;
        let instance = serde_json::to_value(&answers)?;
        let faults = procedure.form.validate(&answers, &TODAY).len();
        let theirs = validator.iter_errors(&instance).count();
        let first =
            validator.iter_errors(&instance).next().map(|error| error.to_string()).unwrap_or_default();
        ensure!((faults > 0) == spoilt && (theirs > 0) == spoilt, "{faults} and {theirs} faults: {first}");
        let ours = times(JUDGED, || black_box(procedure.form.validate(&answers, &TODAY)).len() == faults)?;
        let peer = times(JUDGED, || black_box(validator.iter_errors(&instance).count()) == theirs)?;
        let fields = procedure.form.all_fields().count();
        let task = format!("largest form judged, {}", if spoilt { "faulty" } else { "right" });
        for part in [50, 99] {
            let metric = format!("p{part}, {} of {fields} fields", answers.len());
            let row = Row::new(&task, &metric, "ms", milliseconds(&ours, part)?);
            figures.push(row.peer(milliseconds(&peer, part)?, "jsonschema, shapes alone"));
        }
    }
    Ok(())
}

/// Of many right ways to fill it in, the one with the most answers; spoilt, its written answers are of no shape.
fn fullest(procedure: &Procedure, spoilt: bool) -> anyhow::Result<Answers> {
    let drawn =
        (0..200).filter_map(|seed| citizen::answers(&procedure.form, &citizen::KNOWN, &TODAY, seed).ok());
    // As they are filed: normalised, and only what is asked.
    let mut answers = drawn
        .map(|drawn| procedure.form.filed(&drawn))
        .max_by_key(Answers::len)
        .context("nobody can fill it in")?;
    if spoilt {
        for field in procedure.form.all_fields().filter(|field| schema::has_shape(field.kind)) {
            if let Some(answer) = answers.get_mut(&field.id) {
                "¿?".clone_into(answer);
            }
        }
    }
    Ok(answers)
}

/// How long some work took each time, sorted.
fn times(count: usize, mut work: impl FnMut() -> bool) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let began = Instant::now();
        ensure!(work(), "it came out otherwise");
        times.push(began.elapsed());
    }
    times.sort();
    Ok(times)
}

/// The time that so many of a hundred do not pass.
fn milliseconds(sorted: &[Duration], part: usize) -> anyhow::Result<f64> {
    let at = (sorted.len() * part / 100).min(sorted.len().saturating_sub(1));
    Ok(sorted.get(at).context("no figure was taken")?.as_secs_f64() * 1000.0)
}
