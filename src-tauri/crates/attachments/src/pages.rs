//! Pictures of the pages of a PDF.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::RgbImage;

use crate::{SHOWN_PAGES, picture};

/// How wide a picture of a page is, pixels: letters of 8 points can be read on the kiosk's screen.
const WIDTH: f32 = 1000.0;
/// How tall at most: a page that is a strip is shown smaller.
const TALLEST: f32 = 2000.0;

/// Pictures of the first pages; none of what cannot be drawn.
pub(crate) fn of_pdf(content: &[u8]) -> Vec<Vec<u8>> {
    let Ok(pdf) = Pdf::new(content.to_vec()) else { return Vec::new() };
    let cache = RenderCache::new();
    let settings = InterpreterSettings::default();
    pdf.pages()
        .iter()
        .take(SHOWN_PAGES)
        .filter_map(|page| {
            let (width, height) = page.render_dimensions();
            let scale = (WIDTH / width).min(TALLEST / height);
            // Within what was asked above; a page without size has no picture.
            let size = |length: f32| {
                (length * scale).is_finite().then(|| (length * scale).clamp(1.0, TALLEST) as u16)
            };
            let drawn = render(
                page,
                &cache,
                &settings,
                &RenderSettings {
                    x_scale: scale,
                    y_scale: scale,
                    width: Some(size(width)?),
                    height: Some(size(height)?),
                    bg_color: WHITE,
                },
            );
            let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
            // On white nothing is transparent: the fourth byte of each pixel says nothing.
            let opaque: Vec<u8> = drawn
                .data_as_u8_slice()
                .chunks_exact(4)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
                .collect();
            picture::jpeg(&RgbImage::from_raw(width, height, opaque)?, picture::GOOD)
        })
        .collect()
}
