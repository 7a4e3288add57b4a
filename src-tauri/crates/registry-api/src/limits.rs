//! How much may be handed in. Kiosk and registry read the same numbers, so that a citizen is told before choosing a
//! file and never after (Royal Decree 203/2021, art. 39).

/// Largest signed application, bytes.
pub const MAX_APPLICATION_BYTES: usize = 10 * 1024 * 1024;
/// Most attachments of one submission.
pub const MAX_ATTACHMENTS: usize = 20;
/// Largest attachment, bytes: as large as a catalogue lets a document be. Other registries take less (SICRES: 10 MB), so
/// what is for them is asked in smaller documents.
pub const MAX_ATTACHMENT_BYTES: usize = 50_000_000;
/// Application and attachments together, bytes.
pub const MAX_PACKAGE_BYTES: usize = 64 * 1024 * 1024;
/// Longest name of an attachment, characters.
pub const MAX_NAME_CHARS: usize = 120;
/// Most answers of one form.
pub const MAX_ANSWERS: usize = procedures::limits::FIELDS;
/// Longest single answer, bytes.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024;
/// Largest body of a submission on the wire: the package in base 64, and a generous mebibyte for all the rest.
pub const MAX_SUBMISSION_BODY_BYTES: usize = MAX_PACKAGE_BYTES.div_ceil(3) * 4 + 1024 * 1024;
/// Largest body of a receipt on the wire.
pub const MAX_RECEIPT_BODY_BYTES: usize = 8 * 1024 * 1024;
/// Largest catalogue on the wire, with its seal: about a hundred times one of a town like Mislata.
pub const MAX_CATALOGUE_BODY_BYTES: usize = 40 * 1024 * 1024;
/// Largest problem or health answer on the wire.
pub const MAX_PROBLEM_BODY_BYTES: usize = 64 * 1024;
/// Largest manifest inside a document, bytes.
pub const MAX_MANIFEST_BYTES: usize = 1024 * 1024;

/// Characters a file name may not hold: those the exchange between registries refuses (SICRES), and control ones.
#[must_use]
pub fn is_forbidden_in_name(character: char) -> bool {
    character.is_control() || ">%*&:;¿?/\\|\"!<¡#•".contains(character)
}
