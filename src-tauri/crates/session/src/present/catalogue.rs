//! Choosing a procedure: lists, search, sheet.

use std::collections::BTreeSet;

use procedures::search::Among;
use procedures::{Deadline, DocumentNeed, Fee, FeeKind, Procedure, Signers};
use wording::{Arg, Text, format};

use super::Presenter;
use crate::browse::{SEARCH_CHARS, obstacle};
use crate::event::ReaderState;
use crate::state::SheetLook;
use crate::view::{
    Instead, Line, ListedBy, Need, Possible, ProcedureRow, Screen, SearchView, Sheet, SheetNotice, Tag,
    Topic, Why,
};

/// How many procedures the home screen shows.
const POPULAR: usize = 6;
/// Letters from which it is said that nothing is found: with fewer one is still beginning.
const MEANT: usize = 3;
/// The procedure that takes what has none of its own (Ley 39/2015 art. 66), where the catalogue has it.
const GENERAL: &str = "instancia-general";

impl Presenter<'_> {
    pub(super) fn home(&self) -> Screen {
        // The catalogue has the most asked first.
        let popular = self.environment.catalogue.shown().take(POPULAR);
        Screen::Home { popular: popular.map(|procedure| self.row(procedure)).collect() }
    }

    pub(super) fn topics(&self, by: ListedBy) -> Screen {
        let catalogue = &self.environment.catalogue;
        let topics = match by {
            ListedBy::Topic => catalogue.categories().filter_map(|known| self.topic(&known.code)).collect(),
            ListedBy::Wish => catalogue
                .objects()
                .filter_map(|known| {
                    let count = catalogue.for_object(&known.code).count();
                    self.counted(&known.code, &known.name, count)
                })
                .collect(),
        };
        Screen::Topics { by, topics }
    }

    /// A category, unless nothing is in it.
    fn topic(&self, code: &str) -> Option<Topic> {
        let known = self.environment.catalogue.category(code)?;
        self.counted(code, &known.name, self.environment.catalogue.in_category(code).count())
    }

    fn counted(&self, code: &str, name: &Text, count: usize) -> Option<Topic> {
        let count = u32::try_from(count).ok().filter(|count| *count > 0)?;
        Some(Topic { id: code.to_owned(), name: self.text(name), count })
    }

    pub(super) fn procedures(&self, by: ListedBy, code: &str) -> Screen {
        let catalogue = &self.environment.catalogue;
        let (name, procedures): (_, Vec<ProcedureRow>) = match by {
            ListedBy::Topic => (
                catalogue.category(code).map(|known| &known.name),
                catalogue.in_category(code).map(|known| self.row(known)).collect(),
            ),
            ListedBy::Wish => (
                catalogue.object(code).map(|known| &known.name),
                catalogue.for_object(code).map(|known| self.row(known)).collect(),
            ),
        };
        Screen::Procedures { topic: name.map(|name| self.text(name)).unwrap_or_default(), procedures }
    }

    pub(super) fn search(&self, typed: &str) -> Screen {
        let catalogue = &self.environment.catalogue;
        let found = self.environment.index.of(catalogue).find(typed, Among::Shown);
        let rows = |ids: &[&str]| ids.iter().filter_map(|id| Some(self.row(catalogue.get(id)?))).collect();
        let meant = typed.chars().filter(|letter| letter.is_alphanumeric()).count() >= MEANT;
        let instead = (meant && found.procedures.is_empty()).then(|| Instead {
            topics: found.topics.iter().filter_map(|code| self.topic(code)).collect(),
            general: catalogue.get(GENERAL).filter(|known| known.is_shown()).map(|known| self.row(known)),
        });
        Screen::Search(SearchView {
            typed: typed.to_owned(),
            max_chars: u32::try_from(SEARCH_CHARS).unwrap_or(u32::MAX),
            found: rows(&found.procedures),
            instead,
        })
    }

    fn row(&self, procedure: &Procedure) -> ProcedureRow {
        ProcedureRow {
            id: procedure.id.clone(),
            name: self.text(procedure.short_name.as_ref().unwrap_or(&procedure.name)),
            summary: self.text(&procedure.summary),
            tag: self.tag(procedure),
        }
    }

    /// What can be done of a procedure at this kiosk and moment. Without a network it can be done all the same: what is
    /// signed waits here.
    fn tag(&self, procedure: &Procedure) -> Tag {
        let mut why = Vec::new();
        match obstacle(procedure, self.official(self.now).date()) {
            Some("procedure.closed") => why.push(Why::Closed),
            Some(_) => why.push(Why::Suspended),
            None => {}
        }
        if procedure.signers == Signers::Representative {
            why.push(Why::Representative);
        }
        let no_reader = matches!(self.state.reader, ReaderState::None | ReaderState::ServiceDown);
        if no_reader && !self.environment.means.stick {
            why.push(Why::NoReader);
        }
        let nothing = !why.is_empty();
        if matches!(procedure.signers, Signers::AllApplicants | Signers::BothPartners) {
            why.push(Why::OtherSigners);
        }
        let untaken = |document: &procedures::DocumentRule| {
            document.need == DocumentNeed::Required && document.field.is_none()
        };
        if procedure.documents.iter().any(untaken) {
            why.push(Why::CounterDocument);
        }
        let possible = match (nothing, why.is_empty()) {
            (true, _) => Possible::InformationOnly,
            (false, false) => Possible::FinishAtCounter,
            (false, true) => Possible::Complete,
        };
        Tag { possible, why }
    }

    pub(super) fn sheet(&self, id: &str, look: &SheetLook) -> Screen {
        let catalogue = &self.environment.catalogue;
        let Some(procedure) = catalogue.get(id) else { return self.home() };
        let texts = |texts: &[Text]| texts.iter().map(|text| self.text(text)).collect();
        let related = catalogue.related(procedure).filter(|other| other.is_shown());
        Screen::Sheet(Sheet {
            id: procedure.id.clone(),
            name: self.text(&procedure.name),
            tag: self.tag(procedure),
            notice: self.notice(procedure),
            purpose: self.text(&procedure.purpose),
            who: self.text(&procedure.who_may),
            requirements: texts(&procedure.requirements),
            needs: self.needs(procedure, &look.ready),
            minutes: u32::from(procedure.minutes),
            facts: vec![
                line("sheet-term", self.term(procedure)),
                line("sheet-fee", self.fee_told(&procedure.fee)),
                line("sheet-silence", self.silence(procedure)),
                line("sheet-result", self.text(&procedure.result)),
                line("sheet-identification", self.say(procedure.identification.message_id(), &[])),
            ],
            more: look.more.then(|| self.more(procedure)),
            related: related.map(|other| self.row(other)).collect(),
        })
    }

    fn needs(&self, procedure: &Procedure, ready: &BTreeSet<u32>) -> Vec<Need> {
        let needs = procedure.you_will_need.iter().zip(0_u32..);
        needs.map(|(text, at)| Need { text: self.text(text), ready: ready.contains(&at) }).collect()
    }

    /// Why it cannot be begun, with the dates of its next period.
    fn notice(&self, procedure: &Procedure) -> Option<SheetNotice> {
        let today = self.official(self.now).date();
        let closed = obstacle(procedure, today)? == "procedure.closed";
        if !closed {
            let text = procedure.notice.as_ref().map(|text| self.text(text));
            return Some(SheetNotice { text, dates: None });
        }
        let dates = procedure.deadline.next_window(today).map(|(first, last)| {
            let written = |day| Arg::from(format::date(self.state.language, day).as_str());
            self.say("sheet-opens", &[("first", written(first)), ("last", written(last))])
        });
        Some(SheetNotice { text: procedure.deadline.words().map(|text| self.text(text)), dates })
    }

    fn term(&self, procedure: &Procedure) -> String {
        match procedure.term.months {
            0 => self.say("term-at-once", &[]),
            months => self.say("term-months", &[("months", Arg::Number(i64::from(months)))]),
        }
    }

    /// What it costs, who does not pay, a line each.
    fn fee_told(&self, fee: &Fee) -> String {
        let euros = |amount: procedures::Decimal| {
            let cents = amount.to_cents().and_then(|cents| u32::try_from(cents).ok())?;
            Some(format::money(self.state.language, cents))
        };
        let mut lines = match &fee.kind {
            FeeKind::Fixed(amount) => match euros(*amount) {
                Some(amount) => vec![self.say("fee-amount", &[("amount", Arg::from(amount.as_str()))])],
                None => vec![self.say(fee.message_id(), &[])],
            },
            _ => vec![self.say(fee.message_id(), &[])],
        };
        if let FeeKind::Table(rows) = &fee.kind {
            let row =
                |row: &procedures::FeeRow| Some(format!("{}: {}", self.text(&row.text), euros(row.amount)?));
            lines.extend(rows.iter().filter_map(row));
        }
        let free = |who: &Text| self.say("fee-exempt", &[("who", Arg::from(self.text(who).as_str()))]);
        lines.extend(fee.exemptions.iter().map(|exempt| free(&exempt.text)));
        lines.join("\n")
    }

    /// What silence means, and why.
    fn silence(&self, procedure: &Procedure) -> String {
        let meaning = self.say(procedure.silence.message_id(), &[]);
        format!("{meaning}\n{}", self.text(&procedure.silence_reason))
    }

    /// What is folded away at first.
    fn more(&self, procedure: &Procedure) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut add = |label: &str, texts: Vec<String>| {
            if !texts.is_empty() {
                lines.push(line(label, texts.join("\n")));
            }
        };
        let texts = |texts: &[Text]| -> Vec<String> { texts.iter().map(|text| self.text(text)).collect() };
        let period = match &procedure.deadline {
            Deadline::Always => self.say("period-always", &[]),
            Deadline::Told(text) | Deadline::Yearly { text, .. } => self.text(text),
        };
        add("sheet-period", vec![period]);
        add("sheet-unit", vec![self.unit(&procedure.unit)]);
        add("sheet-body", procedure.resolving_body.iter().map(|body| self.text(body)).collect());
        let mut law = texts(&procedure.legal_basis);
        law.extend(procedure.fee.ordinance.iter().map(|rule| self.text(rule)));
        law.dedup();
        add("sheet-law", law);
        add("sheet-appeals", texts(&procedure.appeals));
        let data = &procedure.data_protection;
        let named = |label: &str, text: &Text| format!("{}: {}", self.say(label, &[]), self.text(text));
        add(
            "sheet-data",
            vec![
                named("before-controller", &data.controller),
                named("before-purpose", &data.purpose),
                named("before-basis", &data.basis),
                named("sheet-recipients", &data.recipients),
                named("before-rights", &data.rights),
            ],
        );
        lines
    }

    pub(super) fn unit(&self, code: &str) -> String {
        self.environment.catalogue.unit(code).map_or_else(|| code.to_owned(), |unit| self.text(&unit.name))
    }
}

fn line(label: &str, text: String) -> Line {
    Line { label: label.to_owned(), text }
}
