//! People and places that do not exist, and a look into a PDF.

use documents::{
    ApplicationDocument, AttachedFile, Means, Party, ProvisionalDocument, Reason, ReceiptDocument, Rendered,
    Resolution, Row, Section, Silence, Town, Verification,
};
use jiff::ZonedDateTime;
use jiff::civil::date;
use lopdf::Document;
use wording::Language;

pub const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

pub fn moment() -> ZonedDateTime {
    "2026-03-12T10:42:07+01:00[Europe/Madrid]".parse().unwrap()
}

pub fn town() -> Town {
    Town {
        name: "Ajuntament de Vilaclara".into(),
        place: "Vilaclara".into(),
        e_office: "seu.vilaclara.example".into(),
        counter: "plaça Major, 1, de dilluns a divendres, de 9 a 14".into(),
        phone: "960 000 000".into(),
    }
}

pub fn party() -> Party {
    Party { name: "Amparo Martí i Soler".into(), nif: "12345678Z".into() }
}

pub fn files(count: usize) -> Vec<AttachedFile> {
    (1..=count)
        .map(|n| AttachedFile {
            name: if n == 1 { "contracte-lloguer.pdf".into() } else { format!("document-{n}.pdf") },
            nature: Some("Títol que acredita l’ús de l’habitatge".into()),
            size: 1_150_000 * n as u64,
            sha256: HASH.into(),
        })
        .collect()
}

pub fn sections() -> Vec<Section> {
    vec![
        Section {
            heading: "El domicili nou".into(),
            rows: vec![
                Row::new("Carrer", "Carrer de la Lluna, 12, 3a"),
                Row::new("Codi postal", "46920"),
                Row::new("Des de quan hi viu", "01/03/2026"),
                Row::new("Hi ha cèdules o col·lectius al mateix pis?", ""),
            ],
        },
        Section {
            heading: "El motiu".into(),
            rows: vec![Row::new(
                "Explique per què demana el canvi",
                "Visc en este pis amb ma filla des de l’1 de març.\nÉs de lloguer: 650,00 € al mes, \
                 instal·lacions incloses. «Força!»",
            )],
        },
    ]
}

pub fn application(language: Language) -> ApplicationDocument {
    ApplicationDocument {
        ident: "0197f3a2-0000-7000-8000-000000000001".into(),
        language,
        large_print: false,
        town: town(),
        title: "Canvi de domicili dins del municipi".into(),
        unit: "Padró d’habitants".into(),
        applicant: party(),
        representative: None,
        sections: sections(),
        declarations: vec![
            "Declare que són certes les dades que he donat.".into(),
            "Em compromet a comunicar qualsevol canvi.".into(),
        ],
        attachments: files(2),
        consulted: vec!["Volant d’empadronament anterior".into()],
        data_protection: vec![
            Row::new("Responsable", "Ajuntament de Vilaclara"),
            Row::new("Finalitat", "Tramitar el canvi de domicili en el padró municipal d’habitants."),
            Row::new("Base legal", "Llei 7/1985, de bases del règim local: obligació legal."),
            Row::new("Drets", "Accés, rectificació i supressió, davant de dpd@vilaclara.example."),
        ],
        made_at: moment(),
        manifest: serde_json::json!({
            "procedure": "padro-canvi-domicili",
            "applicant": { "nif": "12345678Z", "name": "Amparo Martí i Soler" },
            "answers": { "carrer": "Carrer de la Lluna, 12, 3a · 漢字 🙂" },
        }),
    }
}

pub fn receipt(language: Language) -> ReceiptDocument {
    ReceiptDocument {
        language,
        large_print: false,
        town: town(),
        number: "2026-E-000123".into(),
        presented_at: moment(),
        registered_at: moment(),
        effective_on: date(2026, 3, 12),
        office: "Registre general".into(),
        unit: "Padró d’habitants".into(),
        procedure: "Canvi de domicili dins del municipi".into(),
        sia: Some("1234567".into()),
        interested: party(),
        representative: None,
        assisted_by: None,
        means: Means::Dnie,
        sign_by: None,
        cures: None,
        fee: None,
        fingerprint: "0a1b2c3d".into(),
        application_sha256: HASH.into(),
        attachments: files(2),
        consent: None,
        consulted: vec!["Volant d’empadronament anterior".into()],
        missing: Vec::new(),
        missing_until: None,
        resolution: Resolution { months: 3, silence: Silence::Positive, due: Some(date(2026, 6, 12)) },
        sections: sections(),
        verification: Verification {
            csv: "7KQ2-M9XD-1TZ8-0P4R-C6VB-H3NJ-5AX".into(),
            address: "seu.vilaclara.example/csv".into(),
            link: "https://seu.vilaclara.example/csv/7KQ2-M9XD-1TZ8-0P4R-C6VB-H3NJ-5AX".into(),
        },
    }
}

pub fn provisional(language: Language) -> ProvisionalDocument {
    ProvisionalDocument {
        language,
        large_print: false,
        town: town(),
        procedure: "Canvi de domicili dins del municipi".into(),
        interested: party(),
        reason: Reason::Offline,
        evidence_number: "P-7F3A-0042".into(),
        handed_in_at: moment(),
        fingerprint: "0a1b2c3d".into(),
        application_sha256: HASH.into(),
        attachments: files(2),
        contact: Some("a…o@exemple.example".into()),
        term_ends_on: None,
    }
}

/// The text of all pages, as a reader's copy gives it.
pub fn text(rendered: &Rendered) -> String {
    let pdf = Document::load_mem(&rendered.pdf).unwrap();
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    pdf.extract_text(&pages).unwrap()
}

/// Without white space: where lines break is nobody's promise.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Left in the build folder for whoever wants to look at the pages or judge them with other tools.
pub fn keep(name: &str, rendered: &Rendered) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.pdf")), &rendered.pdf).unwrap();
}
