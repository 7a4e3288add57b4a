//! The page itself: one column, no script, nothing from elsewhere.

use registry_api::{Language, RequirementState};
use wording::format;

use super::{Form, Found, Verification};

/// What the browser may do with it: show it, and send its form back here.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}\
body{margin:0 auto;max-width:40rem;padding:1.5rem 1rem 3rem}\
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.35rem;line-height:1.3}\
label,dt{display:block;font-weight:600;margin-top:1.25rem}\
input{box-sizing:border-box;font:inherit;padding:.6rem;width:100%;border:2px solid currentColor;border-radius:.4rem}\
small{display:block;font-size:1rem;margin:.3rem 0}dd{margin:0}\
button{font:inherit;font-weight:600;margin-top:1.5rem;min-height:3rem;padding:.6rem 1.4rem;border:2px solid currentColor;\
border-radius:.4rem;background:#1d4f91;color:#fff;cursor:pointer}\
:focus-visible{outline:3px solid #e07b00;outline-offset:2px}";

/// The form, with a code that came with the address.
pub(super) fn form(verification: &Verification, language: Language, code: &str) -> String {
    let say = |id| escaped(&verification.wording.say(language, id, &[]));
    let body = format!(
        "<p>{}</p>\
         <form method=\"post\" action=\"/csv\" autocomplete=\"off\">\
         <label for=\"code\">{}</label><small id=\"code-help\">{}</small>\
         <input id=\"code\" name=\"code\" value=\"{}\" required maxlength=\"60\" aria-describedby=\"code-help\" \
         spellcheck=\"false\" autocapitalize=\"characters\">\
         <label for=\"proof\">{}</label><small id=\"proof-help\">{}</small>\
         <input id=\"proof\" name=\"proof\" required maxlength=\"20\" aria-describedby=\"proof-help\" \
         spellcheck=\"false\">\
         <button>{}</button></form>",
        say("verify-purpose"),
        say("verify-code"),
        say("verify-code-help"),
        escaped(code),
        say("verify-proof"),
        say("verify-proof-help"),
        say("verify-look"),
    );
    page(verification, language, &body)
}

/// What the entry says, and the way to the sealed document.
pub(super) fn found(verification: &Verification, language: Language, found: &Found, form: &Form) -> String {
    let say = |id| escaped(&verification.wording.say(language, id, &[]));
    let presented = found.entry.presented_at.to_zoned_datetime(verification.calendar.zone().clone());
    let rows = [
        ("verify-number", found.entry.number.to_string()),
        ("verify-presented", format::date_time_with_seconds(language, &presented)),
        ("verify-effective", format::date(language, found.entry.effective_on)),
        ("verify-office", found.receipt.office.clone()),
    ];
    let signature = found.requirement.as_ref().map(|requirement| {
        let id = match requirement.state {
            RequirementState::Cured => "verify-signed-later",
            RequirementState::Withdrawn => "verify-withdrawn",
            _ => "verify-unsigned",
        };
        let number = requirement.cured_by.as_ref().map(ToString::to_string).unwrap_or_default();
        let told = verification.wording.say(language, id, &[("number", number.into())]);
        ("verify-signature", told)
    });
    let row =
        |(id, value): (&'static str, String)| format!("<dt>{}</dt><dd>{}</dd>", say(id), escaped(&value));
    let rows: String = rows.into_iter().chain(signature).map(row).collect();
    let body = format!(
        "<h2>{}</h2><dl>{rows}</dl>\
         <form method=\"post\" action=\"/csv\">\
         <input type=\"hidden\" name=\"code\" value=\"{}\"><input type=\"hidden\" name=\"proof\" value=\"{}\">\
         <input type=\"hidden\" name=\"document\" value=\"1\">\
         <button>{}</button></form><p>{}</p>",
        say("verify-found"),
        escaped(&form.code),
        escaped(&form.proof),
        say("verify-document"),
        say("verify-compare"),
    );
    page(verification, language, &body)
}

/// Nothing was found, whatever the cause. It depends on nothing that was typed.
pub(super) fn absent(verification: &Verification, language: Language) -> String {
    notice(verification, language, "verify-absent", "verify-absent-help")
}

/// Not now.
pub(super) fn later(verification: &Verification, language: Language) -> String {
    notice(verification, language, "verify-later", "verify-later-help")
}

fn notice(verification: &Verification, language: Language, heading: &str, help: &str) -> String {
    let say = |id| escaped(&verification.wording.say(language, id, &[]));
    let back = form(verification, language, "");
    let begin = format!("<main><h2 role=\"alert\">{}</h2><p>{}</p>", say(heading), say(help));
    back.replacen("<main>", &begin, 1)
}

fn page(verification: &Verification, language: Language, body: &str) -> String {
    let title = escaped(&verification.wording.say(language, "verify-title", &[]));
    let town = escaped(verification.town.in_language(language));
    let tag = language.tag();
    format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title} · {town}</title><style>{STYLE}</style></head>\
         <body><header><p>{town}</p><h1>{title}</h1></header><main>{body}</main></body></html>"
    )
}

pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
