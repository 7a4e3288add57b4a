//! One request and its answer.

use attachments::{Answer, Request, ToTake, work};
use procedures::content::{Mime, Refusal};
use procedures::{Catalogue, DocumentRule};
use proptest::prelude::*;
use wording::Language;

/// The rule of an identity document: PDF, JPG or PNG, 5 MB.
pub fn rule() -> DocumentRule {
    let catalogue = Catalogue::bundled().unwrap();
    catalogue.procedures().find_map(|procedure| procedure.document("DNI")).unwrap().clone()
}

pub fn take(rule: DocumentRule, content: Vec<u8>) -> Answer {
    let taken_at = "2026-03-12T18:05:31+01:00[Europe/Madrid]".to_owned();
    work(Request::Take(Box::new(ToTake { rule, language: Language::CaValencia, taken_at, content }))).unwrap()
}

#[test]
fn a_request_and_its_answer_go_through_two_pipes() {
    let content = testkit::pdf::Sample::plain().build();
    let taken_at = "2026-03-12T18:05:31+01:00[Europe/Madrid]".to_owned();
    let file = ToTake { rule: rule(), language: Language::Es, taken_at, content: content.clone() };
    let (mut there, mut back) = (Vec::new(), Vec::new());
    attachments::ask(&Request::Take(Box::new(file)), &mut there).unwrap();
    attachments::serve(there.as_slice(), &mut back).unwrap();
    let taken = attachments::read_answer(back.as_slice()).unwrap().unwrap();
    assert_eq!(taken.content, content);
    assert!(attachments::serve(&b"\xFF\xFF"[..], &mut back).is_err());
}

#[test]
fn what_was_taken_before_can_be_shown_again() {
    let content = testkit::pdf::Sample::plain().build();
    let shown = work(Request::Show { mime: Mime::Pdf, content }).unwrap().unwrap();
    assert_eq!(shown.images.len(), 1);
    assert!(shown.content.is_empty());
}

#[test]
fn an_electronic_invoice_has_no_pages() {
    let mut rule = rule();
    rule.formats = vec![Mime::Xml];
    let taken = take(rule, b"<?xml version=\"1.0\"?><Facturae/>".to_vec()).unwrap();
    assert_eq!((taken.mime, taken.pages, taken.images.len()), (Mime::Xml, 0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_follows_a_mark_is_judged_without_panic(mark in 0..3_usize, rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let marks: [&[u8]; 3] = [b"%PDF-1.7\n", &[0xFF, 0xD8, 0xFF], b"\x89PNG\r\n\x1a\n"];
        let ends: [&[u8]; 3] = [b"\n%%EOF", &[0xFF, 0xD9], b"IEND"];
        let content = [marks[mark], &rest, ends[mark]].concat();
        prop_assert!(matches!(take(rule(), content), Err(Refusal::Damaged | Refusal::Locked)));
    }
}
