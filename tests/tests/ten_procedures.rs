//! Ten procedures that have little in common, each filled in, signed and filed in the window: lists of people, hours,
//! streets, sums and fees, files of several kinds, in three languages, upright and lying.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;

use journeys::answers::{self, OwnKnown};
use journeys::applicant::Applicant;
use journeys::citizen::{Citizen, Outcome};
use journeys::judge;
use journeys::stage::{Format, Setting, Stage};
use procedures::{Answers, FieldKind, Procedure, Way};
use registry_api::Language;
use testkit::card::PersonaSpec;

const UPRIGHT: &[(&str, Language)] = &[
    ("terrassa-nova", Language::CaValencia),
    ("padro-alta", Language::Es),
    ("ajuda-emergencia-social", Language::En),
    ("factura-electronica", Language::CaValencia),
    ("matrimoni-civil", Language::Es),
];
const LYING: &[(&str, Language)] = &[
    ("ivtm-exempcio-discapacitat", Language::En),
    ("renda-inclusio", Language::CaValencia),
    ("multa-recurs", Language::Es),
    ("subvencio-culturals", Language::En),
    ("ocupacio-acte-public", Language::CaValencia),
];

/// What was typed: the files' own marks differ from it, and a document that need not be given is not given by leaving it.
fn typed(procedure: &Procedure, answers: &Answers) -> Answers {
    let form = &procedure.form;
    let left: Vec<&str> = procedure
        .documents_asked(answers)
        .into_iter()
        .filter_map(|document| document.how)
        .filter(|how| answers.get(*how).is_none_or(|way| way == Way::None.answer()))
        .collect();
    let file = |id: &str| form.field(id).is_some_and(|field| field.kind == FieldKind::Document);
    let kept = answers.iter().filter(|(id, _)| !file(id) && !left.contains(&id.as_str()));
    kept.map(|(id, answer)| (id.clone(), answer.clone())).collect()
}

fn file_each(name: &str, format: Format, wanted: &[(&str, Language)]) {
    let catalogue = bundled_catalogue::load().unwrap();
    let mut stage = Stage::set(name, Setting { format, ..Setting::default() }).unwrap();
    for (name, _, content) in answers::papers() {
        stage.offer(name, &content).unwrap();
    }
    let known = OwnKnown::of(&PersonaSpec::amparo());
    for (place, (id, language)) in wanted.iter().enumerate() {
        let procedure = catalogue.get(id).unwrap();
        let seed = u64::try_from(place).unwrap();
        let answers = answers::right(procedure, &known, &BTreeMap::new(), seed).unwrap();
        let citizen = Citizen::amparo(*language);
        let number = file(&mut stage, &citizen, procedure, &answers)
            .unwrap_or_else(|error| panic!("{id}, answered {answers:?}: {error:#}"));

        let entry = stage.registry().entry(&number).unwrap();
        assert_eq!(entry.told.procedure, *id);
        judge::sealed(&entry.receipt, stage.town()).unwrap();
        judge::signed_by(&entry.application, &citizen.spec.holder.nif, stage.town()).unwrap();
        let wanted = procedure.form.filed(&answers);
        assert_eq!(typed(procedure, &entry.told.answers), typed(procedure, &wanted), "{id}");
    }
    assert_eq!(stage.registry().entries().unwrap().len(), wanted.len());
}

/// The whole visit, and its number.
fn file(
    stage: &mut Stage,
    citizen: &Citizen,
    procedure: &Procedure,
    answers: &Answers,
) -> anyhow::Result<String> {
    citizen.arrive(stage)?;
    let mut applicant = Applicant::new(stage.page()?, procedure, answers);
    applicant.find(procedure.name.in_language(citizen.language))?;
    applicant.begin()?;
    applicant.fill()?;
    citizen.wait_for_review(&stage.page()?)?;
    citizen.consent(stage)?;
    citizen.type_pin(stage, &citizen.spec.pin)?;
    let Outcome::Registered(number) = citizen.outcome(stage)? else { anyhow::bail!("no number was given") };
    citizen.leave(stage)?;
    Ok(number)
}

#[test]
fn five_are_filed_on_an_upright_screen() {
    file_each("five-upright", Format::Portrait, UPRIGHT);
}

#[test]
fn five_are_filed_on_a_lying_screen() {
    file_each("five-lying", Format::Landscape, LYING);
}
