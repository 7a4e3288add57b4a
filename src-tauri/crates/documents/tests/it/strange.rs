//! People are called and write what they are called and write.

use documents::{Party, Row, Section, application, provisional, receipt};
use proptest::prelude::*;
use wording::Language;

use crate::samples;

#[test]
fn names_in_other_scripts_render_and_a_note_says_what_stands_for_them() {
    let mut document = samples::application(Language::CaValencia);
    let name = "Олена العربية 漢字 🙂👩‍👧 Nguyễn Ţepeş";
    document.applicant = Party { name: name.into(), nif: "X1234567L".into() };
    document.manifest = serde_json::json!({ "applicant": { "name": name } });
    let rendered = application(&document).unwrap();
    samples::keep("application-strange", &rendered);
    let said = samples::squeezed(&samples::text(&rendered));
    assert!(said.contains("□□□□□") && said.contains("Ţepeş"), "{said}");
    assert!(said.contains(&samples::squeezed("□ ocupa el lloc")), "{said}");
    assert!(!said.contains("Олена"));
}

#[test]
fn markup_is_text() {
    let mut document = samples::application(Language::Es);
    let typed = "#panic() *no* _no_ $x$ @ref <label> = Título \\ #include \"/etc/passwd\" `raw`";
    document.sections = vec![Section { heading: typed.into(), rows: vec![Row::new(typed, typed)] }];
    document.title = typed.into();
    let said = samples::squeezed(&samples::text(&application(&document).unwrap()));
    assert!(said.matches(&samples::squeezed(typed)).count() >= 4);
}

#[test]
fn empty_input_is_still_a_paper() {
    let mut document = samples::application(Language::En);
    document.title = String::new();
    document.applicant = Party { name: String::new(), nif: String::new() };
    document.sections = vec![
        Section { heading: String::new(), rows: Vec::new() },
        Section { heading: String::new(), rows: vec![Row::new("", "")] },
    ];
    document.attachments = Vec::new();
    document.declarations = vec![String::new()];
    document.data_protection = Vec::new();
    assert!(samples::text(&application(&document).unwrap()).contains("No document is attached"));
}

#[test]
fn words_without_a_space_stay_on_the_page() {
    let mut document = samples::application(Language::Es);
    document.large_print = true;
    let endless = "x".repeat(3_000);
    document.sections = vec![Section { heading: "h".into(), rows: vec![Row::new(&*endless, &*endless)] }];
    let rendered = application(&document).unwrap();
    samples::keep("application-endless", &rendered);
    let said = samples::squeezed(&samples::text(&rendered));
    assert_eq!(said.matches('x').count() / 1_000, 6, "every sign is there");
}

/// Any characters, with those that trouble typesetters often among them.
fn typed() -> impl Strategy<Value = String> {
    let troubling = prop::sample::select(vec![
        '\0',
        '\r',
        '\n',
        '\t',
        '\u{7F}',
        '\u{85}',
        '\u{AD}',
        '\u{300}',
        '\u{301}',
        '\u{327}',
        '\u{600}',
        '\u{62B}',
        '\u{915}',
        '\u{94D}',
        '\u{E01}',
        '\u{200B}',
        '\u{200D}',
        '\u{200F}',
        '\u{202E}',
        '\u{2028}',
        '\u{2044}',
        '\u{2066}',
        '\u{25CC}',
        '\u{AC00}',
        '\u{1100}',
        '\u{1161}',
        '\u{D7FB}',
        '\u{FE0F}',
        '\u{FEFF}',
        '\u{FFFC}',
        '\u{FFFD}',
        '\u{FFFF}',
        '\u{1F1EA}',
        '\u{1F468}',
        '\u{E000}',
        '\u{E0001}',
        '\u{10FFFF}',
        '#',
        '$',
        '@',
        '\\',
        '"',
        '\'',
        '*',
        '_',
        '`',
        '<',
        '>',
        '~',
        '/',
        ' ',
        'l',
        '·',
        'ŀ',
        'f',
        'i',
        'ĳ',
        '1',
        '½',
        'ẞ',
    ]);
    let sign = prop_oneof![3 => troubling, 2 => any::<char>(), 2 => prop::char::range('a', 'z')];
    prop::collection::vec(sign, 0..60).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_every_paper_renders(a in typed(), b in typed(), c in typed(), large in any::<bool>()) {
        let mut asked = samples::application(Language::CaValencia);
        asked.large_print = large;
        asked.title = a.clone();
        asked.applicant = Party { name: b.clone(), nif: c.clone() };
        asked.sections = vec![Section { heading: c.clone(), rows: vec![Row::new(&*a, &*b), Row::new(&*b, &*c)] }];
        asked.declarations = vec![a.clone()];
        asked.data_protection = vec![Row::new(&*c, &*a)];
        asked.attachments[0].name = b.clone();
        asked.attachments[0].nature = Some(c.clone());
        asked.manifest = serde_json::json!([a, b, c]);
        prop_assert!(application(&asked).is_ok());

        let mut given = samples::receipt(Language::En);
        given.large_print = large;
        given.interested = asked.applicant.clone();
        given.sections = asked.sections.clone();
        given.procedure = a.clone();
        given.unit = b.clone();
        given.missing = vec![c.clone()];
        given.number = b.clone();
        prop_assert!(receipt(&given).is_ok());

        let mut waiting = samples::provisional(Language::Es);
        waiting.interested = asked.applicant.clone();
        waiting.procedure = a;
        waiting.contact = Some(b);
        waiting.attachments = asked.attachments;
        prop_assert!(provisional(&waiting).is_ok());
    }
}
