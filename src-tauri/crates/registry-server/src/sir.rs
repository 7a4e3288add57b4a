//! Whether an entry could travel to another administration through the state's interconnection of registries (SIR):
//! the limits that it keeps in practice. Nothing is sent from here; whoever forwards an entry knows before trying.

/// Most annexes, the form among them.
const MOST_ANNEXES: usize = 5;
/// Largest annex, bytes.
const MAX_ANNEX_BYTES: i64 = 10 * 1024 * 1024;
/// All annexes together, bytes.
const MAX_TOTAL_BYTES: i64 = 15 * 1024 * 1024;
/// Longest name of a file, characters (SICRES 4, `Nombre_Fichero_Anexado`).
const MAX_NAME_CHARS: usize = 80;
/// What files may be, by the end of their names.
const KINDS: &[&str] = &[
    "jpg", "jpeg", "odt", "odp", "ods", "odg", "docx", "xlsx", "pptx", "pdf", "png", "rtf", "svg", "tiff",
    "txt", "xml", "xsig", "csig", "csv",
];

/// A file of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Annex {
    pub(crate) name: String,
    /// Bytes.
    pub(crate) size: i64,
}

/// What keeps an entry with these files from travelling: stable codes, each once; nothing where it can.
pub(crate) fn obstacles(annexes: &[Annex]) -> Vec<String> {
    let kind = |name: &str| name.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
    let is_known = |annex: &Annex| kind(&annex.name).is_some_and(|kind| KINDS.contains(&kind.as_str()));
    let is_named = |annex: &Annex| {
        annex.name.chars().count() <= MAX_NAME_CHARS
            && !annex.name.chars().any(registry_api::limits::is_forbidden_in_name)
    };
    let total: i64 = annexes.iter().map(|annex| annex.size).fold(0, i64::saturating_add);
    [
        ("sir.annexes", annexes.len() > MOST_ANNEXES),
        ("sir.size", annexes.iter().any(|annex| annex.size > MAX_ANNEX_BYTES)),
        ("sir.total", total > MAX_TOTAL_BYTES),
        ("sir.kind", !annexes.iter().all(is_known)),
        ("sir.name", !annexes.iter().all(is_named)),
    ]
    .into_iter()
    .filter(|(_, is_there)| *is_there)
    .map(|(code, _)| code.to_owned())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annex(name: &str, size: i64) -> Annex {
        Annex { name: name.to_owned(), size }
    }

    #[test]
    fn r16_what_goes_beyond_the_limits_of_the_exchange_is_told_of() {
        let form = || annex("form.pdf", 200_000);
        let told = |more: &[Annex]| obstacles(&[&[form()], more].concat()).join(" ");
        let (small, most) = (1000, MAX_ANNEX_BYTES);
        assert_eq!(told(&[]), "");
        assert_eq!(told(&vec![annex("a.PNG", small); 4]), "");
        assert_eq!(told(&vec![annex("a.png", small); 5]), "sir.annexes");
        assert_eq!(told(&[annex("a.pdf", most)]), "");
        assert_eq!(told(&[annex("a.pdf", most + 1)]), "sir.size");
        assert_eq!(told(&[annex("a.pdf", most), annex("b.pdf", most / 2)]), "sir.total");
        assert_eq!(told(&[annex("a.heic", small)]), "sir.kind");
        assert_eq!(told(&[annex("sense-final", small)]), "sir.kind");
        assert_eq!(told(&[annex("a&b.pdf", small)]), "sir.name");
        assert_eq!(told(&[annex(&format!("{}.pdf", "a".repeat(77)), small)]), "sir.name");
        assert_eq!(told(&[annex("pl\u{e0}nol.pdf", i64::MAX)]), "sir.size sir.total");
    }
}
