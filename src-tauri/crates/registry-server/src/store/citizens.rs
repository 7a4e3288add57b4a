//! Citizens whom the registry knows for a few minutes: what they have to sign, and their sessions.

use jiff::Timestamp;
use registry_api::{Challenge, CitizenSession, Purpose, Random256, Sha256Hex};
use sqlx::Row as _;

use super::batch::hold;
use super::log::{self, Note};
use super::{Store, read_time, written};
use crate::Error;
use crate::tls::KioskId;

/// Whom a session is of, and what for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Citizen {
    pub(crate) nif: String,
    pub(crate) purpose: Purpose,
}

impl Store {
    /// Keeps what a kiosk has to have signed; what it had before is of no use any more.
    pub(crate) async fn keep_challenge(
        &self,
        kiosk: &KioskId,
        challenge: &Challenge,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        sqlx::query("DELETE FROM citizen_challenges WHERE expires_at <= $1")
            .bind(written(now))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO citizen_challenges (kiosk_certificate, nonce, purpose, expires_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (kiosk_certificate) DO UPDATE SET \
             nonce = excluded.nonce, purpose = excluded.purpose, expires_at = excluded.expires_at",
        )
        .bind(kiosk.certificate_sha256().to_string())
        .bind(challenge.nonce.as_str().to_owned())
        .bind(challenge.purpose.as_str())
        .bind(written(challenge.expires_at))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes the challenge of a nonce away and gives its purpose and end, if it is this kiosk's and not past. Nobody gets
    /// it twice.
    pub(crate) async fn spend_challenge(
        &self,
        kiosk: &KioskId,
        nonce: &Random256,
        now: Timestamp,
    ) -> Result<Option<(Purpose, Timestamp)>, Error> {
        let row = sqlx::query(
            "DELETE FROM citizen_challenges WHERE kiosk_certificate = $1 AND nonce = $2 \
             RETURNING purpose, expires_at",
        )
        .bind(kiosk.certificate_sha256().to_string())
        .bind(nonce.as_str().to_owned())
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let expires_at = read_time(&row.try_get::<String, _>("expires_at")?)?;
        let purpose = row
            .try_get::<String, _>("purpose")?
            .parse()
            .map_err(|_| Error::Damaged { what: "the purpose of a challenge" })?;
        Ok((expires_at > now).then_some((purpose, expires_at)))
    }

    /// Opens a session; the one before of the same kiosk ends. The log says so by the certificate and not by the name.
    pub(crate) async fn open_session(
        &self,
        kiosk: &KioskId,
        session: &CitizenSession,
        nif: &str,
        certificate_sha256: &Sha256Hex,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        hold(&mut transaction).await?;
        sqlx::query("DELETE FROM citizen_sessions WHERE expires_at <= $1")
            .bind(written(now))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO citizen_sessions (kiosk_certificate, token_sha256, purpose, nif, expires_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kiosk_certificate) DO UPDATE SET \
             token_sha256 = excluded.token_sha256, purpose = excluded.purpose, nif = excluded.nif, \
             expires_at = excluded.expires_at",
        )
        .bind(kiosk.certificate_sha256().to_string())
        .bind(session.token.sha256().to_string())
        .bind(session.purpose.as_str())
        .bind(nif.to_owned())
        .bind(written(session.expires_at))
        .execute(&mut *transaction)
        .await?;
        let note = Note {
            actor: format!("citizen at {}", kiosk.as_str()),
            action: "citizen.session".to_owned(),
            subject: certificate_sha256.to_string(),
            detail: session.purpose.as_str().to_owned(),
        };
        log::append(&mut transaction, vec![note], now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whose session a token is of, at this kiosk and now.
    pub(crate) async fn citizen_of(
        &self,
        kiosk: &KioskId,
        token: &Random256,
        now: Timestamp,
    ) -> Result<Option<Citizen>, Error> {
        let row = sqlx::query(
            "SELECT nif, purpose FROM citizen_sessions \
             WHERE token_sha256 = $1 AND kiosk_certificate = $2 AND expires_at > $3",
        )
        .bind(token.sha256().to_string())
        .bind(kiosk.certificate_sha256().to_string())
        .bind(written(now))
        .fetch_optional(&self.reader)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let purpose = row
            .try_get::<String, _>("purpose")?
            .parse()
            .map_err(|_| Error::Damaged { what: "the purpose of a session" })?;
        Ok(Some(Citizen { nif: row.try_get("nif")?, purpose }))
    }

    /// Ends the session of a token.
    pub(crate) async fn end_session(&self, token: &Random256) -> Result<(), Error> {
        sqlx::query("DELETE FROM citizen_sessions WHERE token_sha256 = $1")
            .bind(token.sha256().to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
