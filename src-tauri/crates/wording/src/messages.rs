//! Fluent messages, embedded, one bundle per language.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast;
use unic_langid::LanguageIdentifier;

use crate::Language;

/// The files of one language: name and contents.
type Files = [(&'static str, &'static str); 6];

macro_rules! files {
    ($tag:literal) => {
        [
            ("page.ftl", include_str!(concat!("../../../../assets/wording/", $tag, "/page.ftl"))),
            ("faults.ftl", include_str!(concat!("../../../../assets/wording/", $tag, "/faults.ftl"))),
            ("fields.ftl", include_str!(concat!("../../../../assets/wording/", $tag, "/fields.ftl"))),
            ("figures.ftl", include_str!(concat!("../../../../assets/wording/", $tag, "/figures.ftl"))),
            ("documents.ftl", include_str!(concat!("../../../../assets/wording/", $tag, "/documents.ftl"))),
            (
                "verification.ftl",
                include_str!(concat!("../../../../assets/wording/", $tag, "/verification.ftl")),
            ),
        ]
    };
}

const CA_VALENCIA: Files = files!("ca-valencia");
const ES: Files = files!("es");
const EN: Files = files!("en");

/// Every message of the product, in every language.
pub struct Wording {
    ca_valencia: OnceLock<Messages>,
    es: OnceLock<Messages>,
    en: OnceLock<Messages>,
}

struct Messages {
    bundle: FluentBundle<FluentResource>,
    ids: BTreeSet<String>,
}

/// A value put into a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words, as they are.
    Text(String),
    /// A number; the message may choose its words by it.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

/// Why the embedded messages of a language cannot be used: a mistake of whoever wrote them, which a test of this crate finds.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{language}/{file}: {reason}")]
    Syntax { language: Language, file: &'static str, reason: String },
    #[error("{language}/{file}: message `{id}` is defined twice")]
    Duplicate { language: Language, file: &'static str, id: String },
}

static BUNDLED: Wording = Wording { ca_valencia: OnceLock::new(), es: OnceLock::new(), en: OnceLock::new() };

impl Wording {
    /// The messages that are part of the program. A language is read when something is first said in it: a counter speaks
    /// one at a time, and shows its first screen without any of them.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// The words of a message (`msg`) or of one of its attributes (`msg.attr`).
    ///
    /// Never fails: an id that does not exist comes back as itself and an argument that was not given as `{$name}`,
    /// so that a gap is seen by whoever reads and stops nobody. Tests keep both from happening.
    #[must_use]
    pub fn say(&self, language: Language, id: &str, args: &[(&str, Arg)]) -> String {
        let messages = self.messages(language);
        let Some(pattern) = messages.pattern(id) else { return id.to_owned() };
        let mut given = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Text(text) => FluentValue::String(Cow::Borrowed(text.as_str())),
                Arg::Number(number) => FluentValue::from(*number),
            };
            given.set(*name, value);
        }
        let mut gaps = Vec::new();
        messages.bundle.format_pattern(pattern, Some(&given), &mut gaps).into_owned()
    }

    /// Whether a message (`msg`) with words, or an attribute of one (`msg.attr`), exists.
    #[must_use]
    pub fn has(&self, language: Language, id: &str) -> bool {
        self.messages(language).pattern(id).is_some()
    }

    /// Ids of every message, sorted, without attributes.
    #[must_use]
    pub fn ids(&self, language: Language) -> Vec<String> {
        self.messages(language).ids.iter().cloned().collect()
    }

    fn messages(&self, language: Language) -> &Messages {
        let messages = match language {
            Language::CaValencia => &self.ca_valencia,
            Language::Es => &self.es,
            Language::En => &self.en,
        };
        // A test reads them all: nobody meets the empty ones, and if somebody did, they would see ids and could go on.
        messages.get_or_init(|| Messages::read(language).unwrap_or_else(|_| Messages::empty(language)))
    }
}

impl std::fmt::Debug for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wording").finish_non_exhaustive()
    }
}

fn files(language: Language) -> Files {
    match language {
        Language::CaValencia => CA_VALENCIA,
        Language::Es => ES,
        Language::En => EN,
    }
}

impl Messages {
    fn empty(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![plural_rules_of(language)]);
        // The marks that isolate directions show as boxes in PDF fonts, and all our languages run the same way.
        bundle.set_use_isolating(false);
        Self { bundle, ids: BTreeSet::new() }
    }

    fn read(language: Language) -> Result<Self, Error> {
        let Self { mut bundle, mut ids } = Self::empty(language);
        for (file, source) in files(language) {
            let resource =
                FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| Error::Syntax {
                    language,
                    file,
                    reason: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
                })?;
            for entry in resource.entries() {
                if let ast::Entry::Message(message) = entry {
                    ids.insert(message.id.name.to_owned());
                }
            }
            bundle.add_resource(resource).map_err(|errors| Error::Duplicate {
                language,
                file,
                id: errors
                    .into_iter()
                    .find_map(|e| match e {
                        FluentError::Overriding { id, .. } => Some(id),
                        FluentError::ParserError(_) | FluentError::ResolverError(_) => None,
                    })
                    .unwrap_or_default(),
            })?;
        }
        Ok(Self { bundle, ids })
    }

    fn pattern(&self, id: &str) -> Option<&ast::Pattern<&str>> {
        match id.split_once('.') {
            None => self.bundle.get_message(id)?.value(),
            Some((message, attribute)) => {
                Some(self.bundle.get_message(message)?.get_attribute(attribute)?.value())
            }
        }
    }
}

/// Valencian counts as Catalan does, and it is by that name that the plural rules know it.
fn plural_rules_of(language: Language) -> LanguageIdentifier {
    let name: &[u8] = match language {
        Language::CaValencia => b"ca",
        Language::Es => b"es",
        Language::En => b"en",
    };
    // Three constants, each read by a test: the undetermined language is never reached.
    LanguageIdentifier::from_bytes(name).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What a translation may not change about a message: its parts and the arguments of each.
    type Shape = BTreeMap<String, BTreeSet<String>>;

    fn shapes(files: Files) -> Shape {
        let mut shape = Shape::new();
        for (_, source) in files {
            let resource = FluentResource::try_new(source.to_owned()).unwrap();
            for entry in resource.entries() {
                let ast::Entry::Message(message) = entry else { continue };
                let name = message.id.name.to_owned();
                if let Some(value) = &message.value {
                    shape.insert(name.clone(), arguments(value));
                }
                for attribute in &message.attributes {
                    shape.insert(format!("{name}.{}", attribute.id.name), arguments(&attribute.value));
                }
            }
        }
        shape
    }

    fn arguments(pattern: &ast::Pattern<&str>) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        in_pattern(pattern, &mut names);
        names
    }

    fn in_pattern(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                in_expression(expression, names);
            }
        }
    }

    fn in_expression(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
        match expression {
            ast::Expression::Inline(inline) => in_inline(inline, names),
            ast::Expression::Select { selector, variants } => {
                in_inline(selector, names);
                variants.iter().for_each(|v| in_pattern(&v.value, names));
            }
        }
    }

    fn in_inline(inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                names.insert(id.name.to_owned());
            }
            ast::InlineExpression::Placeable { expression } => in_expression(expression, names),
            ast::InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|a| in_inline(a, names));
            }
            _ => {}
        }
    }

    #[test]
    fn every_file_is_fluent_and_every_id_is_defined_once() {
        for language in Language::ALL {
            Messages::read(language).unwrap();
        }
    }

    #[test]
    fn the_three_languages_have_the_same_messages_attributes_and_arguments() {
        let valencian = shapes(CA_VALENCIA);
        for language in [Language::Es, Language::En] {
            let other = shapes(files(language));
            let missing: Vec<_> = valencian.keys().filter(|k| !other.contains_key(*k)).collect();
            let extra: Vec<_> = other.keys().filter(|k| !valencian.contains_key(*k)).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{language}: lacks {missing:?}, adds {extra:?}");
            for (id, arguments) in &valencian {
                assert_eq!(other.get(id), Some(arguments), "{language}: arguments of {id}");
            }
        }
    }

    #[test]
    fn a_message_lives_in_the_same_file_in_every_language() {
        for (index, (file, _)) in CA_VALENCIA.iter().enumerate() {
            let ids = |language| -> BTreeSet<String> {
                let resource = FluentResource::try_new(files(language)[index].1.to_owned()).unwrap();
                resource
                    .entries()
                    .filter_map(|e| match e {
                        ast::Entry::Message(m) => Some(m.id.name.to_owned()),
                        _ => None,
                    })
                    .collect()
            };
            assert_eq!(ids(Language::CaValencia), ids(Language::Es), "{file}");
            assert_eq!(ids(Language::CaValencia), ids(Language::En), "{file}");
        }
    }

    #[test]
    fn every_message_has_a_note_for_the_translator() {
        for language in Language::ALL {
            for (file, source) in files(language) {
                // The bundle's own parser leaves comments out.
                let resource = fluent_syntax::parser::parse(source).unwrap();
                for entry in resource.body {
                    if let ast::Entry::Message(message) = entry {
                        assert!(
                            message.comment.is_some(),
                            "{language}/{file}: {} has no note",
                            message.id.name
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn typeset_words_have_typeset_apostrophes() {
        for language in Language::ALL {
            for (file, source) in files(language) {
                let said = source.lines().filter(|line| !line.starts_with('#'));
                let typewritten: Vec<_> = said.filter(|line| line.contains('\'')).collect();
                assert!(typewritten.is_empty(), "{language}/{file}: {typewritten:#?}");
            }
        }
    }

    #[test]
    fn what_does_not_exist_comes_back_as_its_id() {
        let wording = Wording::bundled();
        assert_eq!(wording.say(Language::Es, "no-such-message", &[]), "no-such-message");
        assert_eq!(wording.say(Language::Es, "no-such.part", &[]), "no-such.part");
        assert!(!wording.has(Language::Es, "no-such-message"));
    }

    #[test]
    fn valencian_chooses_words_by_number() {
        let mut bundle: FluentBundle<FluentResource> =
            FluentBundle::new_concurrent(vec![plural_rules_of(Language::CaValencia)]);
        let source = "dies = { $n ->\n    [one] un dia\n   *[other] { $n } dies\n }\n";
        bundle.add_resource(FluentResource::try_new(source.to_owned()).unwrap()).unwrap();
        bundle.set_use_isolating(false);
        let messages = Messages { bundle, ids: BTreeSet::new() };
        let say = |n: i64| {
            let mut args = FluentArgs::new();
            args.set("n", n);
            messages
                .bundle
                .format_pattern(messages.pattern("dies").unwrap(), Some(&args), &mut Vec::new())
                .into_owned()
        };
        assert_eq!(say(1), "un dia");
        assert_eq!(say(3), "3 dies");
    }

    #[test]
    fn the_plural_rules_know_each_language() {
        let names = Language::ALL.map(|l| plural_rules_of(l).to_string());
        assert_eq!(names, ["ca", "es", "en"]);
    }

    #[test]
    fn the_bundles_may_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Wording>();
    }
}
