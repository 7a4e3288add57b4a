//! The table (RFC 4180), one line a figure.

use registry_api::figures::{Counted, ServiceFigures};

use crate::Error;

/// The figures as a table: what is counted by, which, entries, entries a year before, growth in percent. The first line says
/// so.
///
/// # Errors
/// [`Error::Internal`] if it cannot be written, which memory always can.
pub fn table(figures: &ServiceFigures) -> Result<String, Error> {
    let failed = |_| Error::Internal { what: "a table that cannot be written" };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(["by", "name", "entries", "year_before", "growth_percent"]).map_err(failed)?;
    let total = Counted { name: format!("{}/{}", figures.from, figures.until), count: figures.total };
    let groups = [
        ("period", std::slice::from_ref(&total)),
        ("year", &figures.years),
        ("month", &figures.months),
        ("day", &figures.days),
        ("procedure", &figures.procedures),
        ("channel", &figures.channels),
        ("kiosk", &figures.kiosks),
        ("unit", &figures.units),
    ];
    for (by, group) in groups {
        for Counted { name, count } in group {
            let growth = count.growth.map_or_else(String::new, |growth| format!("{growth:.2}"));
            let (entries, before) = (count.entries.to_string(), count.before.to_string());
            writer.write_record([by, &plain(name), &entries, &before, &growth]).map_err(failed)?;
        }
    }
    let waited = &figures.waited;
    for (name, figure) in [
        ("entries", waited.entries),
        ("median_seconds", waited.median_seconds),
        ("p95_seconds", waited.p95_seconds),
        ("longest_seconds", waited.longest_seconds),
    ] {
        writer.write_record(["waited", name, &figure.to_string(), "", ""]).map_err(failed)?;
    }
    writer.write_record(["corrections", "", &figures.corrections.to_string(), "", ""]).map_err(failed)?;
    let bytes =
        writer.into_inner().map_err(|_| Error::Internal { what: "a table that cannot be written" })?;
    String::from_utf8(bytes).map_err(|_| Error::Internal { what: "a table that is no text" })
}

/// A name that no spreadsheet takes for a formula.
fn plain(name: &str) -> String {
    match name.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{name}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::civil::Date;
    use registry_api::figures::{Compared, Waited};

    use super::*;

    #[test]
    fn it_is_read_back_as_it_was_and_holds_no_formula() {
        let day = Date::constant(2026, 3, 12);
        let named = |name: &str| vec![Counted { name: name.to_owned(), count: Compared::new(3, 2) }];
        let figures = ServiceFigures {
            from: day,
            until: day,
            total: Compared::new(3, 2),
            corrections: 1,
            years: named("2026"),
            months: named("2026-03"),
            days: named("2026-03-12"),
            procedures: named("=HYPERLINK(\"x\")"),
            channels: named("02"),
            kiosks: named("-1, \"kiosk\""),
            units: Vec::new(),
            waited: Waited::of(vec![90]),
        };
        let text = table(&figures).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let lines: Vec<Vec<String>> =
            reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(lines[0], ["period", "2026-03-12/2026-03-12", "3", "2", "50.00"]);
        assert!(
            lines.contains(
                &["procedure", "'=HYPERLINK(\"x\")", "3", "2", "50.00"].map(str::to_owned).to_vec()
            )
        );
        assert!(lines.contains(&["kiosk", "'-1, \"kiosk\"", "3", "2", "50.00"].map(str::to_owned).to_vec()));
        assert_eq!(lines.last().unwrap()[..3], ["corrections", "", "1"]);
    }
}
