//! The register of public employees who may file for citizens (Law 39/2015, art. 12.3; Royal Decree 203/2021, art. 31).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::Store;
use super::log::Note;
use crate::Error;

/// A public employee and what she may file for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthorisedOfficial {
    /// Number of her certificate's holder.
    pub nif: String,
    /// Her name.
    pub name: String,
    /// Which procedures; all where there is none.
    pub procedures: Vec<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl AuthorisedOfficial {
    fn read(row: &AnyRow) -> Result<Self, Error> {
        let date = |column: &str| -> Result<Date, Error> {
            let text: String = row.try_get(column)?;
            text.parse().map_err(|_| Error::Damaged { what: "an authorisation" })
        };
        let procedures: String = row.try_get("procedures")?;
        Ok(Self {
            nif: row.try_get("nif")?,
            name: row.try_get("name")?,
            procedures: procedures.split_whitespace().map(str::to_owned).collect(),
            from: date("from_on")?,
            until: date("until_on")?,
        })
    }

    /// Whether she may file this for others on a day.
    #[must_use]
    pub fn may(&self, procedure: &str, on: Date) -> bool {
        (self.from..=self.until).contains(&on)
            && (self.procedures.is_empty() || self.procedures.iter().any(|known| known == procedure))
    }
}

impl Store {
    /// A public employee of the register, by the number of her certificate.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn official(&self, nif: &str) -> Result<Option<AuthorisedOfficial>, Error> {
        let row = sqlx::query("SELECT * FROM officials WHERE nif = $1")
            .bind(nif)
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(AuthorisedOfficial::read).transpose()
    }

    /// The register, by names.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn officials(&self) -> Result<Vec<AuthorisedOfficial>, Error> {
        let rows = sqlx::query("SELECT * FROM officials ORDER BY name, nif").fetch_all(&self.reader).await?;
        rows.iter().map(AuthorisedOfficial::read).collect()
    }

    /// Writes a public employee into the register, or what she may from now on.
    ///
    /// # Errors
    /// [`Error::Store`]; also where the last day comes before the first.
    pub async fn authorise(
        &self,
        official: &AuthorisedOfficial,
        who: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let procedures = official.procedures.join(" ");
        let note = Note {
            actor: who.to_owned(),
            action: "official.authorised".to_owned(),
            subject: official.nif.clone(),
            detail: format!("{} {} {procedures}", official.from, official.until),
        };
        let query = sqlx::query(
            "INSERT INTO officials (nif, name, procedures, from_on, until_on) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (nif) DO UPDATE SET name = excluded.name, procedures = excluded.procedures, \
             from_on = excluded.from_on, until_on = excluded.until_on",
        )
        .bind(official.nif.clone())
        .bind(official.name.clone())
        .bind(procedures)
        .bind(official.from.to_string())
        .bind(official.until.to_string());
        self.act(query, note, now).await.map(drop)
    }

    /// Ends an authorisation with a day, which is the last. `false` where there is none that would last longer.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn end_authorisation(
        &self,
        nif: &str,
        on: Date,
        (who, reason): (&str, &str),
        now: Timestamp,
    ) -> Result<bool, Error> {
        let note = Note {
            actor: who.to_owned(),
            action: "official.ended".to_owned(),
            subject: nif.to_owned(),
            detail: reason.to_owned(),
        };
        let query = sqlx::query(
            "UPDATE officials SET until_on = $1, from_on = CASE WHEN from_on > $2 THEN $3 ELSE from_on END \
             WHERE nif = $4 AND until_on > $5",
        )
        .bind(on.to_string())
        .bind(on.to_string())
        .bind(on.to_string())
        .bind(nif.to_owned())
        .bind(on.to_string());
        self.act(query, note, now).await
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_authorisation_is_of_days_and_procedures() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let mut rosa = AuthorisedOfficial {
            nif: "99999003V".to_owned(),
            name: "Rosa Gil".to_owned(),
            procedures: Vec::new(),
            from: date("2026-03-01"),
            until: date("2026-03-31"),
        };
        assert!(rosa.may("padro-alta", date("2026-03-01")) && rosa.may("padro-alta", date("2026-03-31")));
        assert!(!rosa.may("padro-alta", date("2026-02-28")) && !rosa.may("padro-alta", date("2026-04-01")));
        rosa.procedures = vec!["instancia-general".to_owned()];
        assert!(
            !rosa.may("padro-alta", date("2026-03-12")) && rosa.may("instancia-general", date("2026-03-12"))
        );
    }
}
