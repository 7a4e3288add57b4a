//! The words of one document, in one language.

use wording::{Arg, Language, Wording};

/// Speaks one language.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    wording: &'static Wording,
    pub(crate) language: Language,
}

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        Self { wording: Wording::bundled(), language }
    }

    pub(crate) fn say(&self, id: &str) -> String {
        self.wording.say(self.language, id, &[])
    }

    pub(crate) fn say_with(&self, id: &str, args: &[(&str, Arg)]) -> String {
        self.wording.say(self.language, id, args)
    }

    /// Language and region as the PDF states them. `ca-valencia` cannot be said there: the region has two letters.
    pub(crate) fn locale(&self) -> (&'static str, &'static str) {
        match self.language {
            Language::CaValencia => ("ca", "ES"),
            Language::Es => ("es", "ES"),
            Language::En => ("en", "GB"),
        }
    }
}
