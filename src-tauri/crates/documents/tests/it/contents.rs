//! What each paper says.

use documents::{Means, Party, Reason, Resolution, SignBy, Silence, application, provisional, receipt};
use jiff::civil::date;
use wording::Language;

use crate::samples::{self, squeezed, text};

#[track_caller]
fn assert_says(haystack: &str, needles: &[&str]) {
    for needle in needles {
        assert!(squeezed(haystack).contains(&squeezed(needle)), "{needle:?} is not said in:\n{haystack}");
    }
}

#[test]
fn the_application_says_who_asks_what_and_with_which_files() {
    let said = text(&application(&samples::application(Language::CaValencia)).unwrap());
    assert_says(
        &said,
        &[
            "Sol·licitud",
            "Canvi de domicili dins del municipi",
            "Persona sol·licitant",
            "Amparo Martí i Soler",
            "12345678Z",
            "650,00 €",
            "instal·lacions incloses. «Força!»",
            "Sense resposta",
            "contracte-lloguer.pdf",
            "1,2 MB",
            samples::HASH,
            "Declare que són certes",
            "Protecció de dades",
            "Vilaclara, 12 de març de 2026",
            "Signat electrònicament per Amparo Martí i Soler, amb NIF 12345678Z.",
            "no acredita el registre",
        ],
    );
    assert!(!said.contains('□') && !said.contains("doc-"));
}

#[test]
fn who_represents_signs() {
    let mut document = samples::application(Language::Es);
    document.representative = Some(Party { name: "Vicent Pla".into(), nif: "87654321X".into() });
    let said = text(&application(&document).unwrap());
    assert_says(&said, &["Representante", "Firmado electrónicamente por Vicent Pla, con NIF 87654321X."]);
}

#[test]
fn the_receipt_of_what_is_not_signed_says_so_first_and_in_each_language() {
    for (language, missing, until, signed) in [
        (Language::CaValencia, "Falta la signatura", "27 de març de 2026", "Empremta del document signat"),
        (Language::Es, "Falta la firma", "27 de marzo de 2026", "Huella del documento firmado"),
        (Language::En, "The signature is missing", "27 March 2026", "Fingerprint of the signed document"),
    ] {
        let mut document = samples::receipt(language);
        assert_says(&text(&receipt(&document).unwrap()), &[signed]);
        document.means = Means::Email;
        document.sign_by = Some(SignBy { working_days: 10, until: date(2026, 3, 27) });
        document.resolution.due = None;
        let said = squeezed(&text(&receipt(&document).unwrap()));
        assert!(said.contains(&squeezed(missing)) && said.contains(&squeezed(until)), "{said}");
        assert!(!said.contains(&squeezed(signed)) && !said.contains("doc-"), "{said}");
    }
}

#[test]
fn the_receipt_says_all_that_the_law_wants() {
    let said = text(&receipt(&samples::receipt(Language::CaValencia)).unwrap());
    assert_says(
        &said,
        &[
            "Justificant de registre",
            "2026-E-00 0123",
            "12 de març de 2026, 10:42:07",
            "Registre general",
            "Padró d’habitants",
            "Amparo Martí i Soler",
            "Codi SIA",
            "DNI electrònic",
            samples::HASH,
            "fins al 12 de juny de 2026",
            "silenci positiu",
            "Contingut presentat",
            "Carrer de la Lluna",
            "seu.vilaclara.example/csv",
            "Segell electrònic: Ajuntament de Vilaclara",
        ],
    );
    assert!(!said.contains("Data d’efectes"), "only told when it is another day");
    assert!(!said.contains("doc-"));
}

#[test]
fn code_and_address_are_on_every_page_of_the_receipt() {
    let document = samples::receipt(Language::Es);
    let rendered = receipt(&document).unwrap();
    assert!(rendered.pages() > 1);
    let said = squeezed(&text(&rendered));
    // Once in the foot of each page, and once in the text, which is read aloud.
    assert_eq!(said.matches(&document.verification.csv).count(), rendered.pages() + 1);
}

#[test]
fn an_effective_date_of_another_day_and_the_missing_are_told() {
    let mut document = samples::receipt(Language::Es);
    document.effective_on = date(2026, 3, 16);
    document.missing = vec!["Fotocopia del contrato".into()];
    document.missing_until = Some(date(2026, 3, 26));
    document.fee = Some("24,50 €".into());
    document.assisted_by = Some("Personal 0042".into());
    let said = text(&receipt(&document).unwrap());
    assert_says(
        &said,
        &[
            "Fecha de efectos",
            "16 de marzo de 2026",
            "Fotocopia del contrato",
            "26 de marzo",
            "24,50 €",
            "0042",
        ],
    );
}

#[test]
fn a_procedure_without_a_term_promises_none() {
    let mut document = samples::receipt(Language::En);
    document.resolution = Resolution { months: 0, silence: Silence::None, due: None };
    let said = text(&receipt(&document).unwrap());
    assert_says(&said, &["has no last day for an answer", "no effect by silence"]);
    assert!(!squeezed(&said).contains("Thetermtodecidestarts"));
}

#[test]
fn the_slip_says_on_top_and_at_the_foot_that_nothing_is_registered() {
    let rendered = provisional(&samples::provisional(Language::CaValencia)).unwrap();
    let said = text(&rendered);
    assert!(squeezed(&said).matches("Encaranoestàregistrada").count() > rendered.pages());
    assert_says(
        &said,
        &[
            "Este paper no és un justificant",
            "P-7F3A-0042",
            "12 de març de 2026, 10:42:07",
            samples::HASH,
            "no hi ha connexió",
            "S’enviarà al registre",
            "a…o@exemple.example",
            "Una avaria no allarga el termini",
            "plaça Major, 1",
            "960 000 000",
            "La data legal",
        ],
    );
    for never in ["Número de registre", "Codi segur", "Segell", "(CSV)"] {
        assert!(!squeezed(&said).contains(&squeezed(never)), "a slip is no receipt: {never}");
    }
}

#[test]
fn each_reason_has_its_words() {
    for (reason, words) in [
        (Reason::Offline, "no hay conexión con el registro"),
        (Reason::Slow, "no ha contestado a tiempo"),
        (Reason::Refused, "no la ha admitido"),
    ] {
        let mut document = samples::provisional(Language::Es);
        document.reason = reason;
        document.contact = None;
        document.term_ends_on = Some(date(2026, 3, 20));
        let said = text(&provisional(&document).unwrap());
        assert_says(&said, &[words, "su carpeta de la sede electrónica", "20 de marzo de 2026"]);
        assert_eq!(squeezed(&said).contains("Seenviaráalregistro"), reason != Reason::Refused);
    }
}
