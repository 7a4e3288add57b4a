//! Photographs: upright, within the limit, and with nothing in them that cannot be seen.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use procedures::content::{Mime, Refusal};

use crate::taking::{rule, take};

fn written(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Black at the left, white at the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| Rgb([if x < width / 2 { 0 } else { 255 }; 3]))
}

/// With what a phone writes: the way it was held, and a word that stands for the place.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"lloc-inconfusible");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

fn contains(content: &[u8], mark: &[u8]) -> bool {
    content.windows(mark.len()).any(|window| window == mark)
}

#[test]
fn a_photograph_becomes_a_pdf_of_one_page() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let taken = take(rule(), written(halves(600, 400), format)).unwrap();
        assert_eq!((taken.mime, taken.pages, taken.images.len()), (Mime::Pdf, 1, 1));
        let page = image::load_from_memory(&taken.images[0]).unwrap();
        assert!(page.width() > page.height(), "a wide picture lies");
        let dot = |x: f32| page.to_luma8().get_pixel((1000.0 * x) as u32, page.height() / 2).0[0];
        assert!(dot(0.3) < 40 && dot(0.7) > 215);
        // The same photograph is the same document.
        assert_eq!(take(rule(), written(halves(600, 400), format)).unwrap().content, taken.content);
    }
}

#[test]
fn it_stands_as_it_was_held_and_says_not_where() {
    let mut only_pictures = rule();
    only_pictures.formats = vec![Mime::Jpeg];
    let content = with_exif(&written(halves(600, 400), ImageFormat::Jpeg), 6);
    assert!(contains(&content, b"lloc-inconfusible"));
    let taken = take(only_pictures, content.clone()).unwrap();
    assert_eq!(taken.mime, Mime::Jpeg);
    assert!(!contains(&taken.content, b"lloc-inconfusible") && !contains(&taken.content, b"Exif"));
    let upright = image::load_from_memory(&taken.content).unwrap().to_luma8();
    assert_eq!(upright.dimensions(), (400, 600));
    // Turned by a quarter to the right, left becomes top.
    assert!(upright.get_pixel(200, 100).0[0] < 40 && upright.get_pixel(200, 500).0[0] > 215);
    let pdf = take(rule(), content).unwrap();
    assert!(!contains(&pdf.content, b"lloc-inconfusible"));
    let page = image::load_from_memory(&pdf.images[0]).unwrap();
    assert!(page.height() > page.width());
}

#[test]
fn what_is_larger_than_its_document_allows_is_made_to_fit() {
    // Noise: nothing shrinks it but fewer dots and less faith.
    let mut seed = 1_u32;
    let noise = RgbImage::from_fn(2400, 2400, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(seed >> 8) as u8, (seed >> 16) as u8, (seed >> 24) as u8])
    });
    let content = written(noise, ImageFormat::Png);
    assert!(content.len() as u64 > rule().max_bytes());
    let taken = take(rule(), content.clone()).unwrap();
    assert!(taken.content.len() as u64 <= rule().max_bytes());
    let mut tiny = rule();
    tiny.max_mb = 0;
    assert_eq!(take(tiny, content.clone()), Err(Refusal::TooBig { found: content.len() as u64, max: 0 }));
}

#[test]
fn what_can_be_seen_through_is_on_white() {
    let mut only_pictures = rule();
    only_pictures.formats = vec![Mime::Png];
    let clear = RgbaImage::from_pixel(30, 30, Rgba([0, 0, 0, 0]));
    let taken = take(only_pictures, written(clear, ImageFormat::Png)).unwrap();
    assert_eq!(image::load_from_memory(&taken.content).unwrap().to_rgb8().get_pixel(5, 5), &Rgb([255; 3]));
}

#[test]
fn a_picture_that_ends_too_soon_or_unfolds_too_far_is_refused() {
    let whole = written(halves(600, 400), ImageFormat::Png);
    let mut cut = whole[..whole.len() / 2].to_vec();
    cut.extend(b"IEND");
    assert_eq!(take(rule(), cut), Err(Refusal::Damaged));
    // Only its head says how large it is.
    let mut vast = whole;
    vast[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let crc = crc(&vast[12..29]);
    vast[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(take(rule(), vast), Err(Refusal::TooDetailed { found: 900, max: 120 }));
}

/// The check sum of a part of a PNG (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 },
        )
    })
}
