//! Files are what their bytes say.

use std::sync::LazyLock;

use procedures::content::{Look, Mime, Refusal, check, check_size, sniff};
use procedures::{Catalogue, DocumentRule};
use proptest::prelude::*;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR....IEND\xAE\x42\x60\x82";
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F', b'I', b'F', 0xFF, 0xD9];

/// Found once: whoever judges many files does not read the catalogue for each.
static DNI: LazyLock<DocumentRule> = LazyLock::new(|| rule("DNI"));

static FACTURAE: LazyLock<DocumentRule> = LazyLock::new(|| rule("FACTURAE"));

fn rule(code: &str) -> DocumentRule {
    Catalogue::bundled().unwrap().procedures().find_map(|p| p.document(code).cloned()).unwrap()
}

#[test]
fn kinds_are_told_by_content() {
    assert_eq!(sniff(PDF), Some(Mime::Pdf));
    assert_eq!(sniff(PNG), Some(Mime::Png));
    assert_eq!(sniff(JPEG), Some(Mime::Jpeg));
    for other in [&b""[..], b"%PDF", b"PK\x03\x04", b"MZ", b"<html>", b" %PDF-1.7", b"\x89PNG"] {
        assert_eq!(sniff(other), None, "{other:?}");
    }
}

#[test]
fn a_document_takes_its_kinds_and_no_other() {
    let (any, pdf_only) = (rule("DNI"), rule("TITOL-HABIT"));
    assert_eq!(check(PDF, &pdf_only), Ok(Mime::Pdf));
    assert_eq!(check(JPEG, &any), Ok(Mime::Jpeg));
    assert_eq!(check(PNG, &any), Ok(Mime::Png));
    assert_eq!(check(JPEG, &pdf_only), Err(Refusal::Kind));
    assert_eq!(check(b"MZ\x90", &any), Err(Refusal::Kind));
}

#[test]
fn an_invoice_is_taken_signed_or_not() {
    let rule = rule("FACTURAE");
    let plain = b"<?xml version=\"1.0\"?>\n<Facturae></Facturae>\n";
    let signed = b"\xEF\xBB\xBF<?xml version=\"1.0\"?><Facturae><Signature \
        xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></Facturae>";
    assert_eq!(check(plain, &rule), Ok(Mime::Xml));
    assert_eq!(check(signed, &rule), Ok(Mime::Xsig));
    assert_eq!((Mime::Xsig.extension(), Mime::Xsig.as_str()), ("xsig", "application/xml"));
    let unfolds = b"<?xml version=\"1.0\"?><!DOCTYPE x []><Facturae></Facturae>";
    assert_eq!(check(unfolds, &rule), Err(Refusal::Damaged));
}

#[test]
fn a_file_over_the_limit_is_refused_with_both_sizes() {
    let rule = rule("DNI");
    assert_eq!(check_size(rule.max_bytes(), &rule), Ok(()));
    let over = rule.max_bytes() + 1;
    assert_eq!(check_size(over, &rule), Err(Refusal::TooBig { found: over, max: rule.max_bytes() }));
}

#[test]
fn each_refusal_tells_what_was_found_and_what_is_accepted() {
    let rule = rule("DNI");
    let found = Refusal::TooBig { found: 5_000_001, max: 5_000_000 };
    let arg = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(found.args(&rule), [arg("found", "6"), arg("max", "5")]);
    assert_eq!(Refusal::Kind.args(&rule), [arg("kinds", &rule.kinds())]);
    assert_eq!(
        Refusal::TooDetailed { found: 200, max: 120 }.args(&rule),
        [arg("found", "200"), arg("max", "120")]
    );
}

#[test]
fn what_nobody_could_read_is_refused_for_what_it_is() {
    let rule = rule("DNI");
    let locked = b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF";
    assert_eq!(check(b"", &rule), Err(Refusal::Empty));
    for file in [&PDF[..20], &PNG[..20], &JPEG[..8]] {
        assert_eq!(check(file, &rule), Err(Refusal::Damaged));
    }
    assert_eq!(check(locked, &rule), Err(Refusal::Locked));
    let active = b"%PDF-1.7\n1 0 obj << /S /JavaScript /JS (app.alert) >> endobj\n%%EOF";
    assert_eq!(check(active, &rule), Err(Refusal::Active));
}

proptest! {
    #[test]
    fn any_bytes_are_judged_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = check(&bytes, &DNI);
    }

    /// Marks stand anywhere, and pieces end in the middle of them.
    #[test]
    fn a_file_is_the_same_in_pieces(
        parts in prop::collection::vec(prop_oneof![
            Just(&b"%PDF-1.7"[..]), Just(PNG), Just(JPEG), Just(&b"\xEF\xBB\xBF<?xml "[..]), Just(&b"%%EOF"[..]),
            Just(&b"/Encrypt"[..]), Just(&b"/JavaScript"[..]), Just(&b"/XFA"[..]), Just(&b"<!DOCTYPE"[..]),
            Just(&b"http://www.w3.org/2000/09/xmldsig#"[..]), Just(&b">"[..]), Just(&b" \n"[..]), Just(&b"x"[..]),
        ], 0..8),
        size in 1_usize..50,
    ) {
        let file = parts.concat();
        let mut look = Look::default();
        file.chunks(size).for_each(|piece| look.go_on(piece));
        for rule in [&*DNI, &*FACTURAE] {
            prop_assert_eq!(look.judge(rule), check(&file, rule));
        }
        prop_assert_eq!(look.kind(), sniff(&file));
    }
}
