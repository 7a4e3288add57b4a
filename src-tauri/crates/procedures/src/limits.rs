//! How large a catalogue may be. Beyond any real one, and far below what could exhaust a kiosk.

/// Bytes of one file.
pub const FILE_BYTES: usize = 512 * 1024;
/// Bytes of all files together.
pub const CATALOGUE_BYTES: usize = 32 * 1024 * 1024;
/// Procedures.
pub const PROCEDURES: usize = 10_000;
/// Pages of a form, the items of its groups counted.
pub const PAGES: usize = 300;
/// Fields of a form, the items of its groups counted.
pub const FIELDS: usize = 900;
/// Options of a choice.
pub const OPTIONS: usize = 300;
/// Most characters of `Expone` and of `Solicita` (SICRES 4).
pub const SICRES_TEXT: usize = 4000;
/// Most characters of `Resumen` (SICRES 4).
pub const SICRES_ABSTRACT: usize = 240;
/// Most characters of `Referencia_Externa` (SICRES 4).
pub const SICRES_REFERENCE: usize = 16;
