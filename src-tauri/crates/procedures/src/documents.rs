//! The documents of an application as its answers stand: which are asked, how each is given, and what is missing.

use wording::Language;

use crate::form::{Answers, Field, FieldKind, Page};
use crate::procedure::{ConsultBasis, Consultation, DocumentNeed, DocumentRule, Procedure};

/// A way of giving a document (Law 39/2015, article 28).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Its file is attached.
    Attach,
    /// The town hall looks it up.
    Consult,
    /// It was given to an administration before.
    Held,
    /// It is brought later (article 68).
    Later,
    /// It is not given: only where it need not be.
    None,
}

impl Way {
    /// Every way, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Attach, Self::Consult, Self::Held, Self::Later, Self::None];

    /// The answer that chooses it.
    #[must_use]
    pub fn answer(self) -> &'static str {
        match self {
            Self::Attach => "attach",
            Self::Consult => "consult",
            Self::Held => "held",
            Self::Later => "later",
            Self::None => "none",
        }
    }

    fn of_answer(answer: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.answer() == answer)
    }
}

/// A document that is asked, or that the town hall looks up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedDocument<'a> {
    /// Its rule.
    pub rule: &'a DocumentRule,
    /// The page that asks it and nothing else; none if nobody is asked.
    pub page: Option<&'a Page>,
    /// The field that takes the choice between several ways; none if there is only one.
    pub how: Option<&'a str>,
    /// The ways it may be given, [`Way::Attach`] first; none if nobody is asked.
    pub ways: Vec<Way>,
    /// How many files it may be.
    pub instances: usize,
    /// Whether it must be given in one of its ways.
    pub compulsory: bool,
    /// How it stands.
    pub state: DocumentState,
}

/// How a document stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentState {
    /// It must be given, and is not yet.
    Missing,
    /// It may be given, and is not.
    NotAdded,
    /// Attached: the fields that hold its files, in order.
    Added(Vec<String>),
    /// The town hall looks it up.
    Consulted,
    /// It was given before: when and where.
    Held(String),
    /// It is brought later.
    Later,
}

impl Procedure {
    /// Each document of a page of its own that is asked as the answers stand, in the order of the form; then those that
    /// the town hall looks up by itself. A document that a question of the form asks is part of that question.
    #[must_use]
    pub fn documents_asked(&self, answers: &Answers) -> Vec<AskedDocument<'_>> {
        let asked = self.form.asked(answers);
        let answer = |field: &str| asked.given.get(field).map(String::as_str).filter(|a| !a.is_empty());
        let mut documents: Vec<_> = asked
            .pages
            .iter()
            .filter_map(|(page, fields)| {
                let rule = self.document(page.document.as_deref()?)?;
                Some(asked_document(rule, page, fields, answer))
            })
            .collect();
        let consulted = self.documents.iter().filter(|rule| rule.need == DocumentNeed::Consulted);
        documents.extend(consulted.map(|rule| AskedDocument {
            rule,
            page: None,
            how: None,
            ways: Vec::new(),
            instances: 0,
            compulsory: false,
            state: DocumentState::Consulted,
        }));
        documents
    }
}

fn asked_document<'a, 'b>(
    rule: &'a DocumentRule,
    page: &'a Page,
    fields: &[&'a Field],
    answer: impl Fn(&str) -> Option<&'b str>,
) -> AskedDocument<'a> {
    let how = page.fields.iter().find(|field| field.kind == FieldKind::Choice);
    let ways = match how {
        Some(how) => Way::ALL
            .into_iter()
            .filter(|way| how.options.iter().any(|option| option.id == way.answer()))
            .collect(),
        None => vec![Way::Attach],
    };
    let compulsory = matches!(rule.need, DocumentNeed::Required | DocumentNeed::Conditional);
    let chosen = match how {
        Some(how) => answer(&how.id).and_then(Way::of_answer),
        None => Some(Way::Attach),
    };
    let nothing = if compulsory { DocumentState::Missing } else { DocumentState::NotAdded };
    let state = match chosen {
        None => nothing,
        Some(Way::None) => DocumentState::NotAdded,
        Some(Way::Consult) => DocumentState::Consulted,
        Some(Way::Later) => DocumentState::Later,
        Some(Way::Attach) => {
            let files = fields.iter().filter(|f| f.kind == FieldKind::Document && answer(&f.id).is_some());
            let files: Vec<_> = files.map(|field| field.id.clone()).collect();
            if files.is_empty() { nothing } else { DocumentState::Added(files) }
        }
        Some(Way::Held) => {
            let told = fields.iter().filter(|field| field.kind == FieldKind::Text);
            let told = told.filter_map(|field| answer(&field.id)).next();
            told.map_or(DocumentState::Missing, |told| DocumentState::Held(told.to_owned()))
        }
    };
    AskedDocument {
        rule,
        page: Some(page),
        how: how.map(|field| field.id.as_str()),
        ways,
        instances: page.fields.iter().filter(|field| field.kind == FieldKind::Document).count(),
        compulsory,
        state,
    }
}

impl Procedure {
    /// What the town hall looks up as the answers stand: what nobody objected to, and what was agreed to.
    #[must_use]
    pub fn looked_up(&self, answers: &Answers) -> Vec<&Consultation> {
        let asked = self.form.asked(answers);
        let ticked = |consultation: &Consultation| {
            asked.given.get(consultation.field().as_str()).is_some_and(|answer| answer == "yes")
        };
        let done = |consultation: &&Consultation| match consultation.basis {
            ConsultBasis::Objection => !ticked(consultation),
            ConsultBasis::Consent => ticked(consultation),
        };
        self.consults.iter().filter(done).collect()
    }

    /// What the person need not bring, since the town hall looks it up or an administration has it (Law 39/2015,
    /// article 28), in words.
    #[must_use]
    pub fn not_to_bring(&self, answers: &Answers, language: Language) -> Vec<String> {
        let looked_up = self.looked_up(answers);
        let mut words: Vec<_> =
            looked_up.iter().map(|known| known.text.in_language(language).to_owned()).collect();
        words.extend(self.documents_asked(answers).iter().filter_map(|document| {
            let name = document.rule.name.in_language(language);
            match &document.state {
                DocumentState::Consulted => Some(name.to_owned()),
                DocumentState::Held(told) => Some(format!("{name} ({told})")),
                _ => None,
            }
        }));
        words
    }

    /// Documents that are brought later (article 68), in words.
    #[must_use]
    pub fn to_bring(&self, answers: &Answers, language: Language) -> Vec<String> {
        let asked = self.documents_asked(answers);
        let later = asked.iter().filter(|document| document.state == DocumentState::Later);
        later.map(|document| document.rule.name.in_language(language).to_owned()).collect()
    }
}
