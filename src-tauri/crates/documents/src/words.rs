//! The words of one document, in one language.

use std::sync::LazyLock;

use wording::{Arg, Language, Wording};

use crate::Error;

/// Read once: the messages are part of the program.
static WORDING: LazyLock<Result<Wording, wording::Error>> = LazyLock::new(Wording::bundled);

/// Speaks one language.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    wording: &'static Wording,
    pub(crate) language: Language,
}

impl Words {
    pub(crate) fn of(language: Language) -> Result<Self, Error> {
        match &*WORDING {
            Ok(wording) => Ok(Self { wording, language }),
            Err(source) => Err(Error::Wording { source }),
        }
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
