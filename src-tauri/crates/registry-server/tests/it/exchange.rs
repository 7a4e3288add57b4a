//! What another administration would be sent of an entry (SICRES 4): the file is not written here, but all that the norm
//! wants in it is kept from the first day.

use registry_api::Registry as _;
use serde_json::Value;

use crate::citizen::{amparo, sha256};
use crate::town::{Clock, THURSDAY, Town};

/// Elements that the norm obliges to in an electronic entry of a natural person, where they are kept, and how many characters
/// they may have. A pointer leads into the column's JSON. Codes are those that the town has configured, which have to be of the
/// common directory (DIR3) where entries are to travel.
const OBLIGATORY: &[(&str, &str, &str, usize)] = &[
    ("De_Origen_o_Remitente/Codigo_Entidad_Registral_Origen", "office", "", 21),
    ("De_Destino/Codigo_Unidad_Tramitacion_Destino", "dest_unit", "", 21),
    ("De_Interesado/Documento_Identificacion", "interested_nif", "", 256),
    ("De_Interesado/Nombre", "sicres", "/datos_persona/nombre", 30),
    ("De_Interesado/Primer_Apellido", "sicres", "/datos_persona/primer_apellido", 30),
    ("De_Asiento/Modo_Registro", "mode", "", 2),
    ("De_Asiento/Tipo_Registro", "sicres", "/tipo_registro", 1),
    ("De_Asiento/Numero_Registro_Entrada", "number", "", 20),
    ("De_Asiento/Resumen", "abstract", "", 240),
    ("De_Asiento/Fecha_Hora_Registro", "registered_at", "", 24),
    ("De_Asiento/Fecha_Hora_Presentacion", "presented_at", "", 24),
    ("De_Internos_Control/Documentacion_Fisica", "sicres", "/documentacion_fisica", 1),
    ("De_Formulario_Generico/Expone", "sicres", "/expone", 4000),
    ("De_Formulario_Generico/Solicita", "sicres", "/solicita", 4000),
];

#[tokio::test(flavor = "multi_thread")]
async fn r12_an_entry_keeps_all_that_an_exchange_of_sicres_4_has_to_carry() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = amparo().submission("2026-03-12T17:05:00Z");
    open.client().submit(&submission).await.unwrap();
    open.running.stop().await;

    let row = town
        .sql(
            "SELECT office, dest_unit, interested_nif, sicres, mode, number, abstract, registered_at, presented_at, \
             form_pdf_sha256, signer_certificate_sha256 FROM entries",
        )
        .await
        .remove(0);
    let columns = [
        "office",
        "dest_unit",
        "interested_nif",
        "sicres",
        "mode",
        "number",
        "abstract",
        "registered_at",
        "presented_at",
        "form_pdf_sha256",
        "signer_certificate_sha256",
    ];
    let of = |name: &str| row[columns.iter().position(|column| *column == name).unwrap()].as_str();
    let sicres: Value = serde_json::from_str(of("sicres")).unwrap();
    for (element, column, pointer, most) in OBLIGATORY {
        let text = match *pointer {
            "" => of(column),
            pointer => sicres.pointer(pointer).and_then(Value::as_str).unwrap_or("-"),
        };
        assert!(!["", "-"].contains(&text), "{element} is not kept: {sicres}");
        assert!(text.chars().count() <= *most, "{element} is too long: {text}");
    }
    let holder = &amparo().holder;
    assert_eq!(sicres["datos_persona"]["nombre"], holder.given_name);
    assert_eq!(sicres["datos_persona"]["primer_apellido"], holder.surname1);
    assert_eq!(sicres["datos_persona"]["segundo_apellido"].as_str(), holder.surname2.as_deref());
    // Of 3.0 as well: the certificate that signed, and the form itself, which is an annex of its own.
    assert_eq!(of("form_pdf_sha256"), sha256(&submission.application.bytes().unwrap()).as_str());
    assert_eq!(of("signer_certificate_sha256").len(), 64);

    // Each annex with its name and ending, kind, hash and size.
    let annexes = town.sql("SELECT name, mime, sha256, size FROM attachments ORDER BY place").await;
    let given = &submission.attachments[0];
    let size = given.content.len().to_string();
    assert_eq!(annexes, [[given.name.as_str(), given.mime.as_str(), given.sha256.as_str(), size.as_str()]]);
    assert!(given.name.ends_with(".pdf") && given.name.chars().count() <= 80);
}
