//! The page: no script, nothing from elsewhere, each chart with its table.

use std::fmt::Write as _;

use registry_api::Language;
use registry_api::figures::{Compared, Counted, ServiceFigures};
use wording::{Arg, Wording, format};

use super::chart::bars;
use crate::verification::escaped;

/// What the browser may do with it: show it.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}\
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 3rem}\
h1{font-size:1.7rem;line-height:1.25;margin:0}h2{font-size:1.3rem;margin:2.5rem 0 .5rem}\
.total{font-size:2.6rem;font-weight:700;margin:1.5rem 0 0;line-height:1.2}\
.chart{overflow-x:auto}svg{display:block}\
.now{fill:#1d4f91}.before{fill:#9db6d8}text{font-size:12px;fill:currentColor}\
@media (prefers-color-scheme:dark){.now{fill:#8ab4f0}.before{fill:#3e5b86}}\
.key span{display:inline-block;width:.9em;height:.9em;margin:0 .4em 0 0;vertical-align:-.1em}\
.key .b{background:#9db6d8;margin-left:1.5em}.key .n{background:#1d4f91}\
table{border-collapse:collapse;width:100%;margin:1rem 0}\
th,td{text-align:start;padding:.4rem .6rem;border-bottom:1px solid #8888}\
td+td,th+th{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}";

/// What procedures and units are called.
pub(crate) trait Names: Send + Sync {
    /// Name of a procedure, if it is known.
    fn procedure(&self, id: &str, language: Language) -> Option<String>;
    /// Name of a unit, if it is known.
    fn unit(&self, code: &str, language: Language) -> Option<String>;
}

/// What people call what is counted.
type Named<'a> = &'a dyn Fn(&str) -> String;

/// The page.
pub(crate) fn page(figures: &ServiceFigures, names: &dyn Names, language: Language) -> String {
    let wording = Wording::bundled();
    let say = |id: &str| escaped(&wording.say(language, id, &[]));
    let period = [
        ("from", Arg::Text(format::date(language, figures.from))),
        ("until", Arg::Text(format::date(language, figures.until))),
    ];
    let mut body = format!(
        "<h1>{}</h1><p>{}</p><p class=\"total\">{}</p><p>{}</p>",
        say("figures-title"),
        escaped(&wording.say(language, "figures-period", &period)),
        format::count(language, figures.total.entries),
        escaped(&comparison(wording, language, &figures.total)),
    );
    if figures.corrections > 0 {
        let count = Arg::Number(i64::try_from(figures.corrections).unwrap_or(i64::MAX));
        let said = wording.say(language, "figures-corrections", &[("count", count)]);
        let _ = write!(body, "<p>{}</p>", escaped(&said));
    }
    let of_one_year = figures.months.len() <= 12;
    let month = |name: &str| match name.split_once('-') {
        Some((_, month)) if of_one_year => month.to_owned(),
        Some((year, month)) => format!("{month}/{}", year.get(2..).unwrap_or_default()),
        None => name.to_owned(),
    };
    let _ = write!(
        body,
        "<h2>{}</h2><p class=\"key\"><span class=\"n\"></span>{}<span class=\"b\"></span>{}</p>\
         <div class=\"chart\">{}</div>",
        say("figures-months"),
        say("figures-this"),
        say("figures-before"),
        bars(&figures.months, month),
    );
    body.push_str(&rows(language, "figures-month", &figures.months, |name| month_name(language, name)));
    if figures.years.len() > 1 {
        let _ = write!(body, "<h2>{}</h2>", say("figures-years"));
        body.push_str(&rows(language, "figures-year", &figures.years, str::to_owned));
    }
    let procedure = |id: &str| names.procedure(id, language).unwrap_or_else(|| id.to_owned());
    let unit = |code: &str| names.unit(code, language).unwrap_or_else(|| code.to_owned());
    let channel = |code: &str| match code {
        "01" => wording.say(language, "figures-in-person", &[]),
        "02" => wording.say(language, "figures-electronic", &[]),
        other => other.to_owned(),
    };
    let day = |name: &str| name.parse().map_or_else(|_| name.to_owned(), |day| format::date(language, day));
    let groups: [(&str, &str, &[Counted], Named<'_>); 5] = [
        ("figures-procedures", "figures-procedure", &figures.procedures, &procedure),
        ("figures-channels", "figures-channel", &figures.channels, &channel),
        ("figures-kiosks", "figures-kiosk", &figures.kiosks, &str::to_owned),
        ("figures-units", "figures-unit", &figures.units, &unit),
        ("figures-days", "figures-day", &figures.days, &day),
    ];
    for (heading, column, counted, name) in groups {
        if !counted.is_empty() {
            let _ = write!(body, "<h2>{}</h2>", say(heading));
            body.push_str(&rows(language, column, counted, name));
        }
    }
    let waited = &figures.waited;
    let _ = write!(body, "<h2>{}</h2>", say("figures-waited"));
    if waited.entries == 0 {
        let _ = write!(body, "<p>{}</p>", say("figures-waited-none"));
    } else {
        let time = |seconds: u64| Arg::Text(format::duration(seconds));
        let told = [
            ("count", Arg::Number(i64::try_from(waited.entries).unwrap_or(i64::MAX))),
            ("median", time(waited.median_seconds)),
            ("most", time(waited.p95_seconds)),
            ("longest", time(waited.longest_seconds)),
        ];
        let _ = write!(body, "<p>{}</p>", escaped(&wording.say(language, "figures-waited-some", &told)));
    }
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{}</title>\
         <style>{STYLE}</style></head><body><main>{body}</main></body></html>",
        language.tag(),
        say("figures-title"),
    )
}

fn comparison(wording: &Wording, language: Language, count: &Compared) -> String {
    let before = ("before", Arg::Text(format::count(language, count.before)));
    match count.growth {
        None => wording.say(language, "figures-nothing-before", &[]),
        Some(growth) => {
            let growth = ("growth", Arg::Text(format::percent(language, growth)));
            wording.say(language, "figures-growth", &[before, growth])
        }
    }
}

fn rows(language: Language, column: &str, counted: &[Counted], name: impl Fn(&str) -> String) -> String {
    let say = |id: &str| escaped(&Wording::bundled().say(language, id, &[]));
    let mut table = format!(
        "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th></tr></thead><tbody>",
        say(column),
        say("figures-entries"),
        say("figures-before"),
        say("figures-change"),
    );
    for one in counted {
        let growth =
            one.count.growth.map_or_else(|| "–".to_owned(), |growth| format::percent(language, growth));
        let _ = write!(
            table,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{growth}</td></tr>",
            escaped(&name(&one.name)),
            format::count(language, one.count.entries),
            format::count(language, one.count.before),
        );
    }
    table.push_str("</tbody></table>");
    table
}

/// `2026-03` as people say it.
fn month_name(language: Language, name: &str) -> String {
    name.split_once('-')
        .and_then(|(year, month)| {
            Some(format::month_of_year(language, year.parse().ok()?, month.parse().ok()?))
        })
        .unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use registry_api::figures::Waited;

    use super::*;

    struct Known;

    impl Names for Known {
        fn procedure(&self, id: &str, _: Language) -> Option<String> {
            (id == "padro-alta").then(|| "Alta en el padró <b>".to_owned())
        }

        fn unit(&self, _: &str, _: Language) -> Option<String> {
            None
        }
    }

    fn counted(names: &[(&str, u64, u64)]) -> Vec<Counted> {
        names
            .iter()
            .map(|(name, entries, before)| Counted {
                name: (*name).to_owned(),
                count: Compared::new(*entries, *before),
            })
            .collect()
    }

    #[test]
    fn it_says_everything_in_each_language_and_nothing_as_markup() {
        let months: Vec<(String, u64, u64)> =
            (1..=9).map(|month| (format!("2024-{month:02}"), 1500 + 80 * month, 1300 + 55 * month)).collect();
        let months: Vec<(&str, u64, u64)> =
            months.iter().map(|(name, entries, before)| (name.as_str(), *entries, *before)).collect();
        let figures = ServiceFigures {
            from: Date::constant(2024, 1, 1),
            until: Date::constant(2024, 9, 30),
            total: Compared::new(16_047, 13_550),
            corrections: 12,
            years: counted(&[("2024", 16_047, 13_550)]),
            months: counted(&months),
            days: counted(&[("2024-09-30", 71, 0)]),
            procedures: counted(&[("padro-alta", 2_310, 1_984), ("x<script>", 3, 4)]),
            channels: counted(&[("02", 15_201, 12_010), ("01", 846, 1_540)]),
            kiosks: counted(&[("kiosk-01", 9_120, 0)]),
            units: counted(&[("OAC", 11_000, 10_000)]),
            waited: Waited::of(vec![90, 3_600, 90_061]),
        };
        for (language, wanted) in [
            (
                Language::CaValencia,
                ["16.047", "+18,43\u{A0}%", "1 de gener de 2024", "Electrònica", "1\u{A0}d 1\u{A0}h"],
            ),
            (Language::Es, ["16.047", "+18,43\u{A0}%", "30 de septiembre de 2024", "Presencial", "1\u{A0}h"]),
            (Language::En, ["16,047", "+18.43%", "30 September 2024", "Electronic", "1\u{A0}h"]),
        ] {
            let page = page(&figures, &Known, language);
            for wanted in wanted {
                assert!(page.contains(wanted), "{wanted}: {page}");
            }
            assert!(page.contains("Alta en el padró &lt;b&gt;") && page.contains("x&lt;script&gt;"));
            assert!(!page.contains("figures-") && !page.contains("<script"), "{page}");
        }
    }
}
