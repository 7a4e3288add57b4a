//! What an exchange with other registries would carry of an entry as text of its own (SICRES 4).

use procedures::Procedure;
use registry_api::office::ExchangeWords;
use registry_api::{Answers, Language};
use serde::{Deserialize, Serialize};

/// The words of an entry for other registries. They are fixed with the entry, because the form may change after it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Exchange {
    /// What is told: `Expone`, at most 4000 characters.
    facts: String,
    /// What is asked for: `Solicita`, at most 4000 characters.
    request: String,
    /// The mark by which others know the matter, such as a plate: `Referencia_Externa`, at most 16 characters.
    reference: Option<String>,
}

impl Exchange {
    /// What the procedure's form says with these answers.
    pub(crate) fn of(procedure: &Procedure, answers: &Answers, language: Language) -> Self {
        Self {
            facts: procedure.facts_of(answers, language),
            request: procedure.request_of(answers, language),
            reference: procedure.reference_of(answers),
        }
    }

    /// What an entry's facts hold of it; nothing for an entry from before it was kept.
    pub(crate) fn in_facts(facts: &str) -> Option<ExchangeWords> {
        #[derive(Deserialize)]
        struct Kept {
            exchange: Option<Exchange>,
        }
        let kept: Option<Kept> = serde_json::from_str(facts).ok();
        let Exchange { facts, request, reference } = kept.and_then(|kept| kept.exchange)?;
        Some(ExchangeWords { facts, request, reference })
    }
}
