//! The process that reads a stranger's file: it answers, and what would bring a program down brings down only it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use attachments::{Answer, Request, ToTake};
use procedures::Catalogue;
use procedures::content::{Mime, Refusal};
use wording::Language;

/// Has a file read for the general application, by the program as it is installed.
fn read(content: Vec<u8>) -> Result<Answer, attachments::Error> {
    let catalogue = Catalogue::bundled().unwrap();
    let rule = catalogue.procedures().find_map(|procedure| procedure.document("DNI")).unwrap().clone();
    let taken_at = "2026-03-12T18:05:31+01:00[Europe/Madrid]".to_owned();
    let request = Request::Take(Box::new(ToTake { rule, language: Language::Es, taken_at, content }));
    let mut child = Command::new(env!("CARGO_BIN_EXE_finestreta"))
        .arg("--read-a-file")
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let asked = attachments::ask(&request, &mut input);
    let _ = input.flush();
    drop(input);
    let answer = attachments::read_answer(child.stdout.take().unwrap());
    assert_eq!(child.wait().unwrap().success(), answer.is_ok());
    asked?;
    answer
}

#[test]
fn a_file_is_read_and_shown_with_nothing_but_two_pipes() {
    let pdf = testkit::pdf::Sample::plain().build();
    let taken = read(pdf.clone()).unwrap().unwrap();
    assert_eq!((taken.mime, taken.pages, taken.content), (Mime::Pdf, 1, pdf));
    assert_eq!(taken.images.len(), 1);
    assert!(taken.images[0].starts_with(&[0xFF, 0xD8, 0xFF]));
}

#[test]
fn a_photograph_becomes_a_page_there() {
    let photograph = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([x as u8, y as u8, 0]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    photograph.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let taken = read(jpeg.into_inner()).unwrap().unwrap();
    assert_eq!((taken.mime, taken.pages, taken.images.len()), (Mime::Pdf, 1, 1));
}

#[test]
fn a_file_that_nests_without_end_ends_its_reader_and_nothing_else() {
    let mut hostile = b"%PDF-1.7\n1 0 obj\n".to_vec();
    hostile.extend(std::iter::repeat_n(b'[', 3_000_000));
    hostile.extend_from_slice(b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
    // Whether it notices or falls over, nobody is told that the file is good.
    assert!(!matches!(read(hostile), Ok(Ok(_))));
}

#[test]
fn what_is_wrong_with_a_file_is_an_answer() {
    assert_eq!(read(Vec::new()).unwrap(), Err(Refusal::Empty));
    assert_eq!(read(b"MZ\x90".to_vec()).unwrap(), Err(Refusal::Kind));
}
