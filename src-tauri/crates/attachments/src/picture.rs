//! Photographs: upright, of a sensible size, with nothing in them that cannot be seen.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageFormat, ImageReader, Limits, RgbImage};
use procedures::DocumentRule;
use procedures::content::{Mime, Refusal};
use sha2::{Digest as _, Sha256};
use wording::Language;

use crate::Error;

/// Most pixels that are read: more than any phone takes at full size.
const MOST_PIXELS: u64 = 120_000_000;
/// The longer side of what is kept, pixels: A4 at 300 dots an inch.
const LONGER_SIDE: u32 = 3508;
/// The longer side of what is shown, pixels.
const SHOWN_SIDE: u32 = 1200;
/// A drawing or a scanned text is kept exactly as it is if it is no larger than this, bytes.
const EXACT: usize = 1_500_000;
/// What the PDF around a photograph may need, bytes.
const FRAME: u64 = 100_000;
/// How faithfully pictures are kept, best first; the later ones only where a limit asks for it.
const QUALITIES: [u8; 4] = [GOOD, 75, 60, 45];
/// No difference is seen.
pub(crate) const GOOD: u8 = 88;

/// A photograph as it is kept.
pub(crate) struct Picture {
    pub(crate) mime: Mime,
    pub(crate) content: Vec<u8>,
    width: u32,
    height: u32,
}

/// Reads a picture, turns it upright, and writes it anew within the limit of its document.
pub(crate) fn uniform(content: &[u8], mime: Mime, rule: &DocumentRule) -> Result<Picture, Refusal> {
    let image = upright(content, mime)?;
    let image = flat(within(image, LONGER_SIDE));
    let room = rule.max_bytes().saturating_sub(FRAME);
    let fits = |bytes: &Vec<u8>| bytes.len() as u64 <= room;
    let kept = |mime, content| Picture { mime, content, width: image.width(), height: image.height() };
    let jpeg_accepted = rule.formats.contains(&Mime::Jpeg) || rule.formats.contains(&Mime::Pdf);
    if mime == Mime::Png
        && let Some(exact) = png(&image).filter(|bytes| fits(bytes))
        && (exact.len() <= EXACT || !jpeg_accepted)
    {
        return Ok(kept(Mime::Png, exact));
    }
    let found = QUALITIES.into_iter().filter(|_| jpeg_accepted).find_map(|quality| {
        // A picture that cannot be written fits no limit.
        jpeg(&image, quality).filter(|bytes| fits(bytes))
    });
    found
        .map(|bytes| kept(Mime::Jpeg, bytes))
        .ok_or(Refusal::TooBig { found: content.len() as u64, max: rule.max_bytes() })
}

/// A small picture to look at.
pub(crate) fn small(content: &[u8], mime: Mime) -> Option<Vec<u8>> {
    jpeg(&flat(within(upright(content, mime).ok()?, SHOWN_SIDE)), GOOD)
}

impl Picture {
    /// The picture on a page of A4.
    pub(crate) fn pdf(
        &self,
        rule: &DocumentRule,
        language: Language,
        taken_at: &str,
    ) -> Result<Vec<u8>, Error> {
        let photograph = documents::Photograph {
            ident: hex::encode(Sha256::digest(&self.content)),
            language,
            title: rule.name.in_language(language).to_owned(),
            content: self.content.clone(),
            is_png: self.mime == Mime::Png,
            lying: self.width > self.height,
            taken_at: taken_at.parse()?,
        };
        Ok(documents::photograph(&photograph)?.pdf)
    }
}

fn upright(content: &[u8], mime: Mime) -> Result<DynamicImage, Refusal> {
    let format = if mime == Mime::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    reader.no_limits();
    let mut decoder = reader.into_decoder().map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        let mega = |pixels: u64| pixels.div_ceil(1_000_000);
        return Err(Refusal::TooDetailed { found: mega(pixels), max: mega(MOST_PIXELS) });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    decoder.set_limits(limits).map_err(|_| Refusal::Damaged)?;
    let turned = decoder.orientation().map_err(|_| Refusal::Damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
    image.apply_orientation(turned);
    Ok(image)
}

fn within(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) <= side {
        return image;
    }
    image.resize(side, side, FilterType::CatmullRom)
}

/// Without transparency, on white.
fn flat(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    let mut white = image::RgbaImage::from_pixel(image.width(), image.height(), image::Rgba([255; 4]));
    imageops::overlay(&mut white, &image, 0, 0);
    DynamicImage::ImageRgba8(white).into_rgb8()
}

pub(crate) fn jpeg(image: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(image).ok()?;
    Some(bytes)
}

fn png(image: &RgbImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let color = image::ExtendedColorType::Rgb8;
    PngEncoder::new(&mut bytes).write_image(image.as_raw(), image.width(), image.height(), color).ok()?;
    Some(bytes)
}
