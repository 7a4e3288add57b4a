//! The QR code of a receipt: level M, as vector. Its quiet zone is the white that the template leaves around it.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::Error;

pub(crate) fn svg(link: &str) -> Result<Vec<u8>, Error> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(|_| Error::Square)?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .quiet_zone(false)
        .module_dimensions(4, 4)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    Ok(drawn.into_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_drawn_and_an_endless_one_is_refused() {
        let drawn = String::from_utf8(svg("https://example.org/csv/0000-0000").unwrap()).unwrap();
        assert!(drawn.contains("<svg") && !drawn.contains("<image"));
        assert!(matches!(svg(&"x".repeat(5_000)), Err(Error::Square)));
    }
}
