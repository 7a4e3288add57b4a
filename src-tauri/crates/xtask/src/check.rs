//! `cargo xtask test`: every check, cheap ones first; it stops at the first that fails.

use crate::place::Place;
use crate::step::Steps;
use crate::{foreign, packages, page, stage, tidy};

/// Parts of the check that a filter can name.
const PARTS: &[&str] = &["format", "tidy", "page", "clippy", "unit", "journeys"];

/// Runs the checks that a filter names, or all; a filter that names none is a part of tests' names.
pub fn all(place: &Place, filter: Option<&str>) -> anyhow::Result<()> {
    let part = filter.filter(|filter| PARTS.contains(filter));
    let tests = filter.filter(|_| part.is_none());
    let mut steps = Steps::new(place)?;
    let result = run(place, &mut steps, part, tests);
    println!("{}", steps.summary());
    result
}

fn run(place: &Place, steps: &mut Steps, part: Option<&str>, tests: Option<&str>) -> anyhow::Result<()> {
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    let whole = tests.is_none();

    packages::install(steps, packages::Purpose::Test)?;
    if whole && wanted("format") {
        steps.run("format", place.cargo().args(["fmt", "--all", "--check"]))?;
    }
    if whole && wanted("tidy") {
        steps.call("tidy", || tidy::run(place))?;
    }
    if whole && wanted("page") {
        page::check(place, steps)?;
    }
    if wanted("clippy") || wanted("unit") || wanted("journeys") {
        // The application carries the built page, so nothing of it compiles before.
        page::build(place, steps)?;
    }
    if whole && wanted("clippy") {
        let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        steps.run("clippy", place.cargo().args(clippy))?;
    }
    let (mut judge, mut reader, mut bucket) = (None, None, None);
    if wanted("unit") || wanted("journeys") {
        judge = Some(foreign::pyhanko(place, steps)?);
    }
    if wanted("unit") {
        reader = Some(foreign::schemathesis(place, steps)?);
        bucket = Some(foreign::moto(place, steps)?);
    }
    let cargo_test = || {
        let mut cargo = place.cargo();
        if let Some(pyhanko) = judge.as_ref() {
            cargo.env("FINESTRETA_PYHANKO", pyhanko);
        }
        if let Some(schemathesis) = reader.as_ref() {
            cargo.env("FINESTRETA_SCHEMATHESIS", schemathesis);
        }
        if let Some(bucket) = bucket.as_ref() {
            cargo.env("FINESTRETA_S3", bucket);
        }
        // One failure does not hide the next.
        cargo.args(["test", "--no-fail-fast"]);
        cargo
    };
    if wanted("unit") {
        let mut unit = cargo_test();
        unit.args(["--workspace", "--exclude", "journeys"]).args(tests);
        steps.run("unit and integration tests", &mut unit)?;
    }
    if wanted("journeys") {
        stage::build(place, steps, stage::Profile::Development)?;
        let mut journeys = cargo_test();
        journeys.args(["--package", "journeys"]).args(tests).args(["--", "--test-threads=1"]);
        steps.run("journeys", &mut journeys)?;
    }
    Ok(())
}
