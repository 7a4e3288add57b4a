//! What the office asks and does, from a terminal and over the network: the same functions for both.
//!
//! Every act and every reading of an entry is written into the log with the name of whoever does it, before anything is
//! shown. Whether somebody may do it is asked before: at the terminal by the system, over the network by [`Role`].

mod book;
mod figures;
mod head;
mod officials;
mod requirements;
mod roles;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use registry_api::office::{
    DaysOff, Incident, InvitationWish, Invited, KioskDecision, KioskListed, LastDay, LoggedAct, MAX_TEXT,
    Refusal,
};
use registry_api::{Content, InvitationCode};

use crate::store::{Invitation, Note};
use crate::tls::is_name;
use crate::{Calendar, Environment, Error, Store, Term};

pub(crate) use requirements::notified;
pub(crate) use roles::{Act, Roles};
pub use roles::{Bar, Role};

/// How long a kiosk's code is good, unless said otherwise, hours.
const HOURS: u16 = 24;
/// Longest life of a code, hours.
const MOST_HOURS: u16 = 24 * 30;
/// Longest name of a place, characters.
const MAX_PLACE: usize = 120;

/// A store with what the office needs besides.
#[derive(Clone)]
pub struct Desk {
    /// The entries.
    pub store: Store,
    /// The town's calendar.
    pub calendar: Arc<Calendar>,
    /// Code of the office that registers.
    pub office: String,
    /// Clock and chance.
    pub environment: Arc<dyn Environment>,
}

impl Desk {
    pub(crate) fn now(&self) -> Timestamp {
        self.environment.now()
    }

    /// Writes a reading into the log.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn note(&self, who: &str, action: &str, subject: &str) -> Result<(), Error> {
        self.store.note(self.line(who, action, subject, "")).await
    }

    #[allow(clippy::unused_self, reason = "reads as what the desk writes")]
    fn line(&self, who: &str, action: &str, subject: &str, detail: &str) -> Note {
        Note {
            actor: who.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
        }
    }

    /// What was refused, the newest first.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn quarantine(&self, who: &str, most: i64) -> Result<Vec<Refusal>, Error> {
        self.note(who, "quarantine.list", "").await?;
        self.store.refusals(most).await
    }

    /// Takes a refused package off the list. `false` when it is not there.
    ///
    /// # Errors
    /// [`Error::Wish`] without a reason; [`Error::Store`].
    pub async fn dismiss(&self, who: &str, id: &str, reason: &str) -> Result<bool, Error> {
        let note = self.line(who, "quarantine.dismiss", id, text(reason, MAX_TEXT, "a reason")?);
        self.store.dismiss(id, note, self.now()).await
    }

    /// A refused package as it came; `None` when it is not there or there was no room for it.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Documents`] or [`Error::Damaged`].
    pub async fn refused_package(&self, who: &str, id: &str) -> Result<Option<Content>, Error> {
        let note = self.line(who, "quarantine.read", id, "");
        self.store.refused_package(id, note).await
    }

    /// The declared incidents.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn incidents(&self) -> Result<Vec<Incident>, Error> {
        self.store.incidents().await
    }

    /// Declares an incident, or says more of one that is declared.
    ///
    /// # Errors
    /// [`Error::Wish`] where it makes no sense; [`Error::Store`].
    pub async fn declare(&self, who: &str, incident: &Incident) -> Result<(), Error> {
        if !is_name(&incident.id) {
            return Err(Error::Wish { what: "an incident's name is 1 to 64 letters, digits and . - _" });
        }
        text(&incident.what, MAX_TEXT, "what happened")?;
        if incident.ends_at.is_some_and(|ends_at| ends_at < incident.starts_at) {
            return Err(Error::Wish { what: "an incident ends after it begins" });
        }
        self.store.declare(incident, who, self.now()).await
    }

    /// The days off of a year besides Saturdays and Sundays.
    #[must_use]
    pub fn days_off(&self, year: i16) -> DaysOff {
        DaysOff { year, days: self.calendar.days_off(year) }
    }

    /// The last day of a term.
    ///
    /// # Errors
    /// [`Error::Calendar`].
    pub fn last_day(&self, from: Date, term: Term) -> Result<LastDay, Error> {
        Ok(LastDay { last: self.calendar.end_of_days(from, term)? })
    }

    /// The kiosks of the book.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn kiosks(&self) -> Result<Vec<KioskListed>, Error> {
        self.store.kiosk_book().await
    }

    /// Makes a code with which a kiosk enrols once.
    ///
    /// # Errors
    /// [`Error::Wish`] for names and lives that cannot be; [`Error::Store`].
    pub async fn invite(&self, who: &str, kiosk: &str, wish: &InvitationWish) -> Result<Invited, Error> {
        if !is_name(kiosk) {
            return Err(Error::Wish { what: "a kiosk's name is 1 to 64 letters, digits and . - _" });
        }
        let place = text(&wish.place, MAX_PLACE, "a place")?.to_owned();
        let hours = wish.hours.unwrap_or(HOURS);
        if !(1..=MOST_HOURS).contains(&hours) {
            return Err(Error::Wish { what: "a code is good for 1 to 720 hours" });
        }
        let now = self.now();
        let expires_at =
            now.checked_add(SignedDuration::from_hours(i64::from(hours))).map_err(|_| Error::Clock)?;
        let mut random = [0; 16];
        self.environment.random(&mut random)?;
        let code = InvitationCode::from_random(random);
        let invitation = Invitation { kiosk: kiosk.to_owned(), place, expires_at };
        self.store.invite(&invitation, &code, who, now).await?;
        Ok(Invited { kiosk: kiosk.to_owned(), code, expires_at })
    }

    /// Suspends a kiosk, allows it again, or revokes it with all its certificates.
    ///
    /// # Errors
    /// [`Error::Wish`] without a reason, or for a name that cannot be; [`Error::Store`].
    pub async fn decide_kiosk(
        &self,
        who: &str,
        kiosk: &str,
        decision: KioskDecision,
        reason: &str,
    ) -> Result<(), Error> {
        if !is_name(kiosk) {
            return Err(Error::Wish { what: "a kiosk's name is 1 to 64 letters, digits and . - _" });
        }
        let (reason, now) = (text(reason, MAX_TEXT, "a reason")?, self.now());
        match decision {
            KioskDecision::Allowed => self.store.set_kiosk(kiosk, true, reason, who, now).await,
            KioskDecision::Suspended => self.store.set_kiosk(kiosk, false, reason, who, now).await,
            KioskDecision::Revoked => self.store.revoke_kiosk(kiosk, reason, who, now).await,
        }
    }

    /// The newest lines of the log.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn log(&self, who: &str, subject: Option<&str>, most: i64) -> Result<Vec<LoggedAct>, Error> {
        self.note(who, "audit.log", subject.unwrap_or_default()).await?;
        self.store.log(subject, most).await
    }
}

/// A text that somebody wrote, without blanks around it.
fn text<'a>(text: &'a str, most: usize, what: &'static str) -> Result<&'a str, Error> {
    let text = text.trim();
    let plain = |character: char| !character.is_control() || character == '\n';
    if text.is_empty() || text.chars().count() > most || !text.chars().all(plain) {
        return Err(Error::Wish { what });
    }
    Ok(text)
}

/// A term as it is typed: `10wd`, `10d`, `3m`, `1y`.
#[must_use]
pub fn read_term(text: &str) -> Option<Term> {
    let letters = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(letters);
    let number = number.parse().ok()?;
    match unit {
        "wd" => Some(Term::WorkingDays(number)),
        "d" => Some(Term::NaturalDays(number)),
        "m" => Some(Term::Months(number)),
        "y" => Some(Term::Years(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_as_they_are_typed() {
        assert_eq!(read_term("10wd"), Some(Term::WorkingDays(10)));
        assert_eq!(read_term("3m"), Some(Term::Months(3)));
        for wrong in ["", "10", "wd", "ten d", "10 d", "-1d", "99999999d"] {
            assert_eq!(read_term(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn texts_are_said_in_so_many_letters() {
        assert_eq!(text(" per error ", 20, "a reason").ok(), Some("per error"));
        for wrong in ["", "  ", "massa llarg de veres", "amb\tres"] {
            assert!(text(wrong, 15, "a reason").is_err(), "{wrong}");
        }
    }
}
