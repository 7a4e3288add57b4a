//! PDF: taken byte by byte as it is, or not at all.

use lopdf::{Dictionary, Document, Object, dictionary};
use procedures::content::{Mime, Refusal};
use testkit::pdf::Sample;

use crate::taking::{rule, take};

/// A file of so many empty pages, with more in its catalogue.
fn document(pages: usize, more: Dictionary) -> Document {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            let page = dictionary! { "Type" => "Page", "Parent" => tree, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] };
            Object::Reference(document.add_object(page))
        })
        .collect();
    let count = i64::try_from(pages).unwrap();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
    catalog.extend(&more);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    document
}

fn bytes(mut document: Document, compressed: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    if compressed {
        document.save_modern(&mut bytes).unwrap();
    } else {
        document.save_to(&mut bytes).unwrap();
    }
    bytes
}

#[test]
fn a_plain_file_is_taken_as_it_is_and_shown() {
    for file in [
        Sample::plain().build(),
        Sample::plain().tagged().with_xref_stream().build(),
        Sample::plain().attach("dades.xml", b"<a/>").build(),
    ] {
        let taken = take(rule(), file.clone()).unwrap();
        assert_eq!((taken.mime, taken.pages), (Mime::Pdf, 1));
        assert!(taken.content == file, "not a byte is changed: it may be signed");
        let image = image::load_from_memory(&taken.images[0]).unwrap();
        assert_eq!(image.width(), 1000);
        let (ink, paper) = image.to_luma8().pixels().fold((0, 0), |(ink, paper), pixel| {
            if pixel.0[0] < 128 { (ink + 1, paper) } else { (ink, paper + 1) }
        });
        assert!(ink > 100 && paper > ink, "its letters are drawn: {ink} dark dots on {paper}");
    }
}

#[test]
fn of_a_long_file_the_first_pages_are_shown() {
    let taken = take(rule(), bytes(document(30, Dictionary::new()), false)).unwrap();
    assert_eq!((taken.pages, taken.images.len()), (30, attachments::SHOWN_PAGES));
}

#[test]
fn a_file_that_acts_by_itself_is_refused_however_well_it_hides_it() {
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let program = dictionary! { "S" => "Launch", "F" => Object::string_literal("a.exe") };
    let nested = dictionary! { "Next" => vec![Object::Dictionary(program.clone())] };
    for action in [script, program, nested] {
        let catalog = dictionary! { "OpenAction" => action };
        for compressed in [false, true] {
            let file = bytes(document(1, catalog.clone()), compressed);
            assert_eq!(take(rule(), file), Err(Refusal::Active), "compressed: {compressed}");
        }
    }
    let form = dictionary! { "AcroForm" => dictionary! { "XFA" => Object::string_literal("x") } };
    assert_eq!(take(rule(), bytes(document(1, form), true)), Err(Refusal::Active));
    // A place to begin at is no act.
    let begin = dictionary! { "OpenAction" => dictionary! { "S" => "GoTo" } };
    assert!(take(rule(), bytes(document(1, begin), true)).is_ok());
}

#[test]
fn locked_cut_and_empty_files_are_told_apart() {
    let whole = Sample::plain().build();
    let locked = Sample::plain().with_trailer("/Encrypt << /Filter /Standard /V 1 /R 2 >>").build();
    assert_eq!(take(rule(), locked), Err(Refusal::Locked));
    assert_eq!(take(rule(), whole[..whole.len() / 2].to_vec()), Err(Refusal::Damaged));
    assert_eq!(take(rule(), b"%PDF-1.7\n%%EOF".to_vec()), Err(Refusal::Damaged));
    assert_eq!(take(rule(), bytes(document(0, Dictionary::new()), false)), Err(Refusal::Damaged));
    assert_eq!(take(rule(), Vec::new()), Err(Refusal::Empty));
}

#[test]
fn the_limit_is_that_of_the_document() {
    let mut file = Sample::plain().build();
    let end = file.split_off(9);
    file.extend(std::iter::repeat_n(b"% filler\n", 600_000).flatten());
    file.extend(end);
    let found = file.len() as u64;
    assert_eq!(take(rule(), file), Err(Refusal::TooBig { found, max: 5_000_000 }));
}
