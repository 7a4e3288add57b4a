//! Declared incidents that extend terms (Law 39/2015, art. 32.4 and 32.5).
//!
//! An outage by itself extends nothing. What does is a resolution that names the incident and the extension, and is
//! published at the electronic office with both.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, Term};
use crate::Error;

/// One incident, as declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Its name among the incidents: `2026-03-10-outage`.
    pub id: String,
    /// What happened, as published.
    pub what: String,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when; open while it lasts.
    pub ends_at: Option<Timestamp>,
    /// What it concerns.
    pub scope: Scope,
    /// The resolution and where it is published; without one nothing is extended.
    pub resolution: Option<String>,
    /// How far the resolution extends terms that end while it lasts.
    pub extension: Option<Extension>,
    /// Whether the resolution lets what was handed in at a kiosk meanwhile count as presented then.
    #[serde(default)]
    pub hand_in_counts: bool,
}

/// What an incident concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every procedure.
    Everything,
    /// These.
    Procedures(Vec<String>),
}

/// The concrete extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extension {
    /// Until this day.
    Until(Date),
    /// By so many working days from the last day of the term.
    WorkingDays(u16),
}

impl Incident {
    fn concerns(&self, procedure: &str) -> bool {
        match &self.scope {
            Scope::Everything => true,
            Scope::Procedures(procedures) => procedures.iter().any(|known| known == procedure),
        }
    }

    /// Whether it lasted at a moment.
    fn lasts_at(&self, at: Timestamp) -> bool {
        self.starts_at <= at && self.ends_at.is_none_or(|ends_at| at <= ends_at)
    }

    /// Whether what was handed in for a procedure at this moment counts as presented then.
    #[must_use]
    pub fn recognises(&self, procedure: &str, handed_in_at: Timestamp) -> bool {
        self.resolution.is_some()
            && self.hand_in_counts
            && self.concerns(procedure)
            && self.lasts_at(handed_in_at)
    }
}

impl Calendar {
    /// The last day of a term that would end on `last`, with what the published resolutions add, and which of them did.
    /// A term that had ended before an incident began is not revived by it; one that lasts still, `today`, has touched
    /// no term that ends later.
    ///
    /// # Errors
    /// As [`Calendar::end`].
    pub fn extended<'a>(
        &self,
        last: Date,
        procedure: &str,
        incidents: &'a [Incident],
        today: Date,
    ) -> Result<(Date, Vec<&'a str>), Error> {
        let mut incidents: Vec<_> = incidents
            .iter()
            .filter(|incident| incident.resolution.is_some() && incident.concerns(procedure))
            .collect();
        incidents.sort_by_key(|incident| incident.starts_at);
        let (mut day, mut by) = (last, Vec::new());
        for incident in incidents {
            let begins = self.date_of(incident.starts_at);
            let ends = incident.ends_at.map_or(today, |ends_at| self.date_of(ends_at));
            if day < begins || day > ends {
                continue;
            }
            let extended = match incident.extension {
                None => continue,
                Some(Extension::Until(until)) => self.working_from(until)?,
                Some(Extension::WorkingDays(days)) => self.end_of_days(day, Term::WorkingDays(days))?,
            };
            // No resolution makes a term shorter.
            if extended > day {
                day = extended;
                by.push(incident.id.as_str());
            }
        }
        Ok((day, by))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn outage() -> Incident {
        Incident {
            id: "outage".to_owned(),
            what: "Tall de llum".to_owned(),
            starts_at: "2026-03-10T08:00:00Z".parse().unwrap(),
            ends_at: Some("2026-03-11T08:00:00Z".parse().unwrap()),
            scope: Scope::Everything,
            resolution: Some("Decret 7/2026, tauler".to_owned()),
            extension: Some(Extension::WorkingDays(2)),
            hand_in_counts: false,
        }
    }

    fn end(last: &str, incidents: &[Incident]) -> (String, usize) {
        let calendar = Calendar::new([date("2026-03-19")]).unwrap();
        let (day, by) =
            calendar.extended(date(last), "empadronament", incidents, date("2026-03-20")).unwrap();
        (day.to_string(), by.len())
    }

    #[test]
    fn only_terms_that_end_while_it_lasts_are_extended() {
        assert_eq!(end("2026-03-09", &[outage()]), ("2026-03-09".to_owned(), 0));
        assert_eq!(end("2026-03-10", &[outage()]), ("2026-03-12".to_owned(), 1));
        assert_eq!(end("2026-03-11", &[outage()]), ("2026-03-13".to_owned(), 1));
        assert_eq!(end("2026-03-12", &[outage()]), ("2026-03-12".to_owned(), 0));
    }

    #[test]
    fn an_outage_by_itself_extends_nothing() {
        let unpublished = Incident { resolution: None, ..outage() };
        assert_eq!(end("2026-03-10", &[unpublished]), ("2026-03-10".to_owned(), 0));
        let without = Incident { extension: None, ..outage() };
        assert_eq!(end("2026-03-10", &[without]), ("2026-03-10".to_owned(), 0));
        let elsewhere = Incident { scope: Scope::Procedures(vec!["queixa".to_owned()]), ..outage() };
        assert_eq!(end("2026-03-10", &[elsewhere]), ("2026-03-10".to_owned(), 0));
    }

    #[test]
    fn a_day_that_is_named_is_moved_to_a_working_one_and_never_back() {
        let until = |day| Incident { extension: Some(Extension::Until(date(day))), ..outage() };
        assert_eq!(end("2026-03-10", &[until("2026-03-19")]), ("2026-03-20".to_owned(), 1));
        assert_eq!(end("2026-03-10", &[until("2026-03-01")]), ("2026-03-10".to_owned(), 0));
    }

    #[test]
    fn one_incident_after_the_other() {
        let second = Incident {
            id: "second".to_owned(),
            starts_at: "2026-03-12T08:00:00Z".parse().unwrap(),
            ends_at: None,
            ..outage()
        };
        assert_eq!(end("2026-03-10", &[second.clone(), outage()]), ("2026-03-16".to_owned(), 2));
        // It lasts still: what ends later than today is not touched yet.
        assert_eq!(end("2026-03-23", &[second]), ("2026-03-23".to_owned(), 0));
    }

    #[test]
    fn what_was_handed_in_counts_only_where_the_resolution_says_so() {
        let during = "2026-03-10T09:00:00Z".parse().unwrap();
        assert!(!outage().recognises("queixa", during));
        let counts = Incident { hand_in_counts: true, ..outage() };
        assert!(counts.recognises("queixa", during));
        assert!(!counts.recognises("queixa", "2026-03-12T09:00:00Z".parse().unwrap()));
        let unpublished = Incident { resolution: None, ..counts };
        assert!(!unpublished.recognises("queixa", during));
    }
}
