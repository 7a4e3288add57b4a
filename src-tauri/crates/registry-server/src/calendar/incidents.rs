//! Declared incidents that extend terms (Law 39/2015, art. 32.4 and 32.5).
//!
//! An outage by itself extends nothing. What does is a resolution that names the incident and the extension, and is
//! published at the electronic office with both.

use jiff::civil::Date;
pub use registry_api::office::{Extension, Incident, Scope};

use super::{Calendar, Term};
use crate::Error;

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
