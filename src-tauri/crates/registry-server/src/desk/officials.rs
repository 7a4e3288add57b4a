//! Who may file for citizens: the register of public employees.

use jiff::civil::Date;
use registry_api::office::MAX_TEXT;

use super::{Desk, text};
use crate::Error;
use crate::store::AuthorisedOfficial;

/// Longest name, characters.
const MAX_NAME: usize = 160;

impl Desk {
    /// The register.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn officials(&self) -> Result<Vec<AuthorisedOfficial>, Error> {
        self.store.officials().await
    }

    /// Writes a public employee into the register, or what she may from now on.
    ///
    /// # Errors
    /// [`Error::Wish`] for numbers, names, days and procedures that cannot be; [`Error::Store`].
    pub async fn authorise(&self, who: &str, official: &AuthorisedOfficial) -> Result<(), Error> {
        if procedures::check_nif(&official.nif).is_err() {
            return Err(Error::Wish { what: "the number is none of a natural person" });
        }
        text(&official.name, MAX_NAME, "a name")?;
        if official.from > official.until {
            return Err(Error::Wish { what: "the last day comes before the first" });
        }
        let plain = |id: &String| {
            !id.is_empty()
                && id.len() <= 64
                && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        if !official.procedures.iter().all(plain) {
            return Err(Error::Wish { what: "a procedure is named by its identifier in the catalogue" });
        }
        self.store.authorise(official, who, self.now()).await
    }

    /// Ends an authorisation with yesterday: nothing is filed on it from now on. `false` where none lasts.
    ///
    /// # Errors
    /// [`Error::Wish`] without a reason; [`Error::Store`].
    pub async fn end_authorisation(&self, who: &str, nif: &str, reason: &str) -> Result<bool, Error> {
        let (reason, now) = (text(reason, MAX_TEXT, "a reason")?, self.now());
        let yesterday: Date =
            self.calendar.date_of(now).yesterday().map_err(|_| Error::Calendar { what: "no day before" })?;
        self.store.end_authorisation(nif, yesterday, (who, reason), now).await
    }
}
