//! Facts about the files as such.

use documents::{Error, Row, Section, application, forget, provisional, receipt};
use lopdf::{Dictionary, Document, Object};
use wording::Language;

use crate::samples;

#[test]
fn the_same_input_gives_the_same_bytes_also_after_forgetting() {
    let first = application(&samples::application(Language::CaValencia)).unwrap().pdf;
    forget();
    let second = application(&samples::application(Language::CaValencia)).unwrap().pdf;
    assert!(first == second);
    let first = receipt(&samples::receipt(Language::Es)).unwrap().pdf;
    forget();
    assert!(first == receipt(&samples::receipt(Language::Es)).unwrap().pdf);
    let first = provisional(&samples::provisional(Language::En)).unwrap().pdf;
    forget();
    assert!(first == provisional(&samples::provisional(Language::En)).unwrap().pdf);
}

#[test]
fn another_identifier_gives_another_file_id() {
    let one = samples::application(Language::Es);
    let mut other = one.clone();
    other.ident = "0197f3a2-0000-7000-8000-000000000002".into();
    let id = |pdf: &[u8]| format!("{:?}", Document::load_mem(pdf).unwrap().trailer.get(b"ID").unwrap());
    assert_ne!(id(&application(&one).unwrap().pdf), id(&application(&other).unwrap().pdf));
}

#[test]
fn every_paper_renders_in_every_language() {
    for language in Language::ALL {
        let papers = [
            ("application", application(&samples::application(language)).unwrap()),
            ("receipt", receipt(&samples::receipt(language)).unwrap()),
            ("provisional", provisional(&samples::provisional(language)).unwrap()),
        ];
        for (name, rendered) in papers {
            samples::keep(&format!("{name}-{language}"), &rendered);
            assert!(!samples::text(&rendered).contains("doc-"), "a message is missing in {language}");
            assert!(rendered.pdf.starts_with(b"%PDF-1.7"));
            let pdf = Document::load_mem(&rendered.pdf).unwrap();
            let catalog = pdf.catalog().unwrap();
            assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"OutputIntents"));
            let stated = catalog.get(b"Lang").unwrap().as_str().unwrap().to_vec();
            let expected = match language {
                Language::CaValencia => "ca-ES",
                Language::Es => "es-ES",
                Language::En => "en-GB",
            };
            assert_eq!(stated, expected.as_bytes());
        }
    }
}

#[test]
fn pages_can_be_shown_one_by_one() {
    let rendered = receipt(&samples::receipt(Language::CaValencia)).unwrap();
    assert!(rendered.pages() >= 1);
    for page in 0..rendered.pages() {
        let svg = rendered.page_svg(page);
        assert!(svg.starts_with("<svg") && svg.contains("</svg>"));
        assert!(!svg.contains("<text"), "letters are outlines, so the page needs no font");
    }
    assert!(rendered.page_svg(rendered.pages()).is_empty());
}

#[test]
fn a_rendered_paper_may_change_threads() {
    fn may_change<T: Send + Sync>(_: &T) {}
    may_change(&provisional(&samples::provisional(Language::Es)).unwrap());
}

#[test]
fn the_manifest_travels_inside_as_it_was_given() {
    let document = samples::application(Language::CaValencia);
    let rendered = application(&document).unwrap();
    let pdf = Document::load_mem(&rendered.pdf).unwrap();
    let spec = associated_file(&pdf);
    assert_eq!(spec.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Source");
    assert_eq!(spec.get(b"F").unwrap().as_str().unwrap(), b"manifest.json");
    let embedded = pdf.get_dict_in_dict(spec, b"EF").unwrap().get(b"F").unwrap();
    let stream = pdf.dereference(embedded).unwrap().1.as_stream().unwrap();
    assert_eq!(stream.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"application/json");
    let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&content).unwrap(), document.manifest);
}

fn associated_file(pdf: &Document) -> &Dictionary {
    let files = pdf.catalog().unwrap().get(b"AF").unwrap();
    let files = pdf.dereference(files).unwrap().1.as_array().unwrap();
    assert_eq!(files.len(), 1);
    match pdf.dereference(&files[0]).unwrap().1 {
        Object::Dictionary(spec) => spec,
        other => panic!("not a file specification: {other:?}"),
    }
}

#[test]
fn long_forms_take_the_pages_they_need() {
    let mut long = samples::application(Language::CaValencia);
    long.sections = vec![Section {
        heading: "Seixanta dades".into(),
        rows: (1..=60).map(|n| Row::new(format!("Dada número {n}"), format!("Valor {n}"))).collect(),
    }];
    long.sections.push(Section {
        heading: "Un text llarg".into(),
        rows: vec![Row::new("Exposició", "Vint paraules que s’han escrit moltes voltes. ".repeat(400))],
    });
    long.attachments = samples::files(40);
    let rendered = application(&long).unwrap();
    samples::keep("application-long", &rendered);
    assert!(rendered.pages() >= 5, "{}", rendered.pages());
    let squeezed = samples::squeezed(&samples::text(&rendered));
    for n in [1, 30, 60] {
        assert!(squeezed.contains(&format!("Dadanúmero{n}Valor{n}")));
    }
    assert!(squeezed.contains("document-40.pdf"));
    assert_eq!(squeezed.matches("Pàgina").count(), rendered.pages());

    long.large_print = true;
    let large = application(&long).unwrap();
    samples::keep("application-large", &large);
    assert!(large.pages() > rendered.pages());
}

#[test]
fn large_print_is_offered_for_every_paper() {
    let mut sealed = samples::receipt(Language::CaValencia);
    let small = receipt(&sealed).unwrap().pages();
    sealed.large_print = true;
    let large = receipt(&sealed).unwrap();
    samples::keep("receipt-large", &large);
    assert!(large.pages() > small);
    let mut slip = samples::provisional(Language::CaValencia);
    slip.large_print = true;
    let large = provisional(&slip).unwrap();
    samples::keep("provisional-large", &large);
    assert!(large.pages() > 1);
}

#[test]
fn a_link_too_long_for_a_square_is_refused_with_its_code() {
    let mut endless = samples::receipt(Language::Es);
    endless.verification.link = "x".repeat(5_000);
    let refused = receipt(&endless).unwrap_err();
    assert!(matches!(refused, Error::Square));
    assert_eq!(refused.code(), "document.square");
}
