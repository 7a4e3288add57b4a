//! Bars as SVG. They say again what the table beside them says, so whoever cannot see them misses nothing.

use std::fmt::Write as _;

use registry_api::figures::Counted;

const HEIGHT: u32 = 220;
/// Width of one pair of bars, with the space after it.
const STEP: u32 = 52;
const BAR: u32 = 20;
/// Room for the name under the bars.
const FOOT: u32 = 20;

/// Pairs of bars: those of the year before in a lighter tone, then those of the period.
pub(super) fn bars(counted: &[Counted], name: impl Fn(&str) -> String) -> String {
    let most = counted.iter().map(|one| one.count.entries.max(one.count.before)).max().unwrap_or(0).max(1);
    let width = STEP * u32::try_from(counted.len()).unwrap_or(u32::MAX / STEP).max(1);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {width} {}\" width=\"{width}\" role=\"presentation\" aria-hidden=\"true\">",
        HEIGHT + FOOT
    );
    let tall = |count: u64| u32::try_from(count * u64::from(HEIGHT) / most).unwrap_or(HEIGHT);
    let mut left = 1;
    for one in counted {
        for (class, place, count) in
            [("before", left, one.count.before), ("now", left + BAR, one.count.entries)]
        {
            let tall = tall(count);
            // Writing to a string cannot fail.
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{place}\" y=\"{}\" width=\"{BAR}\" height=\"{tall}\"/>",
                HEIGHT - tall
            );
        }
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            left + BAR,
            HEIGHT + FOOT - 4,
            name(&one.name)
        );
        left += STEP;
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use registry_api::figures::Compared;

    use super::*;

    #[test]
    fn the_tallest_bar_fills_the_chart_and_nothing_is_divided_by_nothing() {
        let one =
            |entries, before| Counted { name: "2026-03".to_owned(), count: Compared::new(entries, before) };
        let svg = bars(&[one(5, 10), one(0, 0)], str::to_owned);
        assert!(svg.contains("height=\"220\"") && svg.contains("height=\"110\""), "{svg}");
        assert!(bars(&[], str::to_owned).contains("<svg"));
        assert!(bars(&[one(0, 0)], str::to_owned).contains("height=\"0\""));
    }
}
