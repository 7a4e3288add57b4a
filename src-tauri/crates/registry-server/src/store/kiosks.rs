//! Kiosks in the book: invitations, certificates, and what each is worth now.

use jiff::{SignedDuration, Timestamp};
use openssl::x509::X509;
use registry_api::office::{KioskCertificate, KioskListed};
use registry_api::{InvitationCode, Sha256Hex};
use sqlx::{AnyConnection, Row as _};

use super::batch::hold;
use super::log::{self, Note};
use super::{Store, read_time, written};
use crate::Error;
use crate::kiosks::{Issued, Standing};
use crate::tls::{KioskId, moment};

/// How long the certificate before is heard once the next one is issued: the kiosk has to store that one first.
const OVERLAP: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An invitation that an operator makes.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Name of the kiosk.
    pub kiosk: String,
    /// Where it stands.
    pub place: String,
    /// Until when the code is good.
    pub expires_at: Timestamp,
}

/// What came of a certificate that was issued.
#[derive(Debug, Clone)]
pub(crate) enum Kept {
    /// It is in the book.
    New(Issued),
    /// The same key had one for the same reason before.
    Same(Issued),
    /// The code is spent.
    Spent,
    /// The key was used for something else.
    Used,
}

impl Store {
    /// Keeps an invitation; a former one of the same kiosk that was not used is of no use any more.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn invite(
        &self,
        invitation: &Invitation,
        code: &InvitationCode,
        official: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Invitation { kiosk, place, expires_at } = invitation;
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        hold(&mut transaction).await?;
        withdraw_invitations(&mut transaction, kiosk).await?;
        sqlx::query(
            "INSERT INTO kiosk_invitations (code_sha256, kiosk, place, invited_by, invited_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(code.sha256().to_string())
        .bind(kiosk.clone())
        .bind(place.clone())
        .bind(official.to_owned())
        .bind(written(now))
        .bind(written(*expires_at))
        .execute(&mut *transaction)
        .await?;
        let note = note(official, "kiosk.invite", kiosk, place);
        log::append(&mut transaction, vec![note], now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The kiosk that a code invites, spent or not; nothing for one that is unknown or past.
    pub(crate) async fn invited(
        &self,
        code_sha256: &Sha256Hex,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        Ok(sqlx::query_scalar(
            "SELECT kiosk FROM kiosk_invitations WHERE code_sha256 = $1 AND expires_at > $2",
        )
        .bind(code_sha256.to_string())
        .bind(written(now))
        .fetch_optional(&self.reader)
        .await?)
    }

    /// Spends a code on a certificate. The kiosk's former certificates are heard no more.
    pub(crate) async fn enrol(
        &self,
        code_sha256: &Sha256Hex,
        kiosk: &str,
        issued: Issued,
        now: Timestamp,
    ) -> Result<Kept, Error> {
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        hold(&mut transaction).await?;
        let spent = sqlx::query(
            "UPDATE kiosk_invitations SET spent_at = $1 \
             WHERE code_sha256 = $2 AND kiosk = $3 AND spent_at IS NULL AND expires_at > $1",
        )
        .bind(written(now))
        .bind(code_sha256.to_string())
        .bind(kiosk.to_owned())
        .execute(&mut *transaction)
        .await?;
        let known = by_key(&mut transaction, &issued.key_sha256).await?;
        match known {
            Some((_, Some(code), before)) if code == code_sha256.as_str() => return Ok(Kept::Same(before)),
            _ if spent.rows_affected() == 0 => return Ok(Kept::Spent),
            // Dropped, the transaction is rolled back: the code is not spent.
            Some(_) => return Ok(Kept::Used),
            None => {}
        }
        sqlx::query(
            "INSERT INTO enrolled_kiosks (name, place, state, since, reason) \
             SELECT kiosk, place, 'enrolled', $1, '' FROM kiosk_invitations WHERE code_sha256 = $2 \
             ON CONFLICT (name) DO UPDATE SET place = excluded.place, state = excluded.state, \
             since = excluded.since, reason = excluded.reason",
        )
        .bind(written(now))
        .bind(code_sha256.to_string())
        .execute(&mut *transaction)
        .await?;
        heard_until(&mut transaction, kiosk, now).await?;
        insert(&mut transaction, kiosk, &issued, Some(code_sha256), now).await?;
        let note = note(kiosk, "kiosk.enrol", kiosk, issued.sha256.as_str());
        log::append(&mut transaction, vec![note], now).await?;
        transaction.commit().await?;
        Ok(Kept::New(issued))
    }

    /// Keeps the certificate after the one that a kiosk shows.
    pub(crate) async fn renew(&self, kiosk: &KioskId, issued: Issued, now: Timestamp) -> Result<Kept, Error> {
        let name = kiosk.as_str();
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        hold(&mut transaction).await?;
        match by_key(&mut transaction, &issued.key_sha256).await? {
            None if kiosk.issued().is_ok_and(|shown| shown.key_sha256 == issued.key_sha256) => {
                return Ok(Kept::Used);
            }
            None => {}
            // That it shows this very certificate means that its key is not a new one.
            Some((owner, None, before)) if owner == name && before.sha256 != *kiosk.certificate_sha256() => {
                return Ok(Kept::Same(before));
            }
            Some(_) => return Ok(Kept::Used),
        }
        // A kiosk whose certificate came from elsewhere is of the book from now on.
        sqlx::query(
            "INSERT INTO enrolled_kiosks (name, place, state, since, reason) \
             VALUES ($1, '', 'enrolled', $2, '') ON CONFLICT (name) DO NOTHING",
        )
        .bind(name.to_owned())
        .bind(written(now))
        .execute(&mut *transaction)
        .await?;
        // So is the certificate that it shows, since it still needs it.
        let shown = kiosk.issued().map_err(Error::Tls)?;
        if by_key(&mut transaction, &shown.key_sha256).await?.is_none() {
            insert(&mut transaction, name, &shown, None, now).await?;
        }
        let until = now.checked_add(OVERLAP).map_err(|_| Error::Clock)?;
        heard_until(&mut transaction, name, until).await?;
        insert(&mut transaction, name, &issued, None, now).await?;
        let note = note(name, "kiosk.renew", name, issued.sha256.as_str());
        log::append(&mut transaction, vec![note], now).await?;
        transaction.commit().await?;
        Ok(Kept::New(issued))
    }

    /// Revokes a kiosk with all its certificates and invitations, those that the book does not know among them.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn revoke_kiosk(
        &self,
        kiosk: &str,
        reason: &str,
        official: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        hold(&mut transaction).await?;
        withdraw_invitations(&mut transaction, kiosk).await?;
        sqlx::query(
            "INSERT INTO enrolled_kiosks (name, place, state, since, reason) \
             VALUES ($1, '', 'revoked', $2, $3) ON CONFLICT (name) \
             DO UPDATE SET state = excluded.state, since = excluded.since, reason = excluded.reason",
        )
        .bind(kiosk.to_owned())
        .bind(written(now))
        .bind(reason.to_owned())
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE kiosk_certificates SET revoked_at = $1 WHERE kiosk = $2 AND revoked_at IS NULL")
            .bind(written(now))
            .bind(kiosk.to_owned())
            .execute(&mut *transaction)
            .await?;
        let note = note(official, "kiosk.revoke", kiosk, reason);
        log::append(&mut transaction, vec![note], now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What the kiosk that shows a certificate is worth now.
    pub(crate) async fn standing(&self, kiosk: &KioskId, now: Timestamp) -> Result<Standing, Error> {
        let rows = sqlx::query(
            "SELECT 'state' AS what, state AS value, '' AS until FROM kiosks WHERE name = $1 \
             UNION ALL SELECT 'book', state, '' FROM enrolled_kiosks WHERE name = $1 \
             UNION ALL SELECT 'certificate', coalesce(revoked_at, ''), heard_until \
             FROM kiosk_certificates WHERE sha256 = $2 AND kiosk = $1",
        )
        .bind(kiosk.as_str().to_owned())
        .bind(kiosk.certificate_sha256().to_string())
        .fetch_all(&self.reader)
        .await?;
        let (mut suspended, mut book, mut certificate) = (false, None, None);
        for row in &rows {
            let text = |column: &str| row.try_get::<String, _>(column);
            match text("what")?.as_str() {
                "state" => suspended = text("value")? == "suspended",
                "book" => book = Some(text("value")?),
                _ => certificate = Some((text("value")?, read_time(&text("until")?)?)),
            }
        }
        let revoked = book.as_deref() == Some("revoked")
            || certificate.as_ref().is_some_and(|(revoked_at, _)| !revoked_at.is_empty());
        let replaced = certificate.as_ref().is_some_and(|(_, until)| *until <= now);
        Ok(if revoked {
            Standing::Revoked
        } else if kiosk.is_past() || replaced {
            Standing::Expired
        } else if book.is_some() && certificate.is_none() {
            Standing::Unknown
        } else if suspended {
            Standing::Suspended
        } else if certificate.is_some() {
            Standing::Known
        } else {
            Standing::Unlisted
        })
    }

    /// Every kiosk of the book, and those that were suspended at some time, by name.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn kiosk_book(&self) -> Result<Vec<KioskListed>, Error> {
        let rows = sqlx::query(
            "SELECT names.name, enrolled_kiosks.place, enrolled_kiosks.state AS book, \
             enrolled_kiosks.since AS book_since, enrolled_kiosks.reason AS book_reason, \
             kiosks.state, kiosks.since, kiosks.reason FROM (SELECT name FROM kiosks \
             UNION SELECT name FROM enrolled_kiosks UNION SELECT kiosk FROM kiosk_invitations) AS names \
             LEFT JOIN kiosks ON kiosks.name = names.name \
             LEFT JOIN enrolled_kiosks ON enrolled_kiosks.name = names.name ORDER BY names.name",
        )
        .fetch_all(&self.reader)
        .await?;
        let mut kiosks = Vec::with_capacity(rows.len());
        for row in &rows {
            let text = |column: &str| -> Result<Option<String>, Error> { Ok(row.try_get(column)?) };
            let name = text("name")?.unwrap_or_default();
            let (book, state) = (text("book")?, text("state")?);
            let (state, since, reason) = match (book.as_deref(), state) {
                (Some("revoked"), _) => ("revoked", text("book_since")?, text("book_reason")?),
                (_, Some(state)) if state == "suspended" => ("suspended", text("since")?, text("reason")?),
                (Some(_), None) => ("enrolled", text("book_since")?, None),
                (_, Some(_)) => ("allowed", text("since")?, text("reason")?),
                (None, None) => ("invited", None, None),
            };
            kiosks.push(KioskListed {
                certificates: self.certificates_of(&name).await?,
                invited_until: self.invited_until(&name).await?,
                name,
                place: text("place")?.filter(|place| !place.is_empty()),
                state: state.to_owned(),
                since: since.as_deref().map(read_time).transpose()?,
                reason: reason.filter(|reason| !reason.is_empty()),
            });
        }
        Ok(kiosks)
    }

    async fn certificates_of(&self, kiosk: &str) -> Result<Vec<KioskCertificate>, Error> {
        let rows = sqlx::query(
            "SELECT sha256, serial, issued_at, heard_until, revoked_at FROM kiosk_certificates \
             WHERE kiosk = $1 ORDER BY issued_at DESC LIMIT 10",
        )
        .bind(kiosk.to_owned())
        .fetch_all(&self.reader)
        .await?;
        let certificate = |row: &sqlx::any::AnyRow| {
            let time = |column: &str| read_time(&row.try_get::<String, _>(column)?);
            Ok(KioskCertificate {
                sha256: row
                    .try_get::<String, _>("sha256")?
                    .parse()
                    .map_err(|_| Error::Damaged { what: "a hash" })?,
                serial: row.try_get("serial")?,
                issued_at: time("issued_at")?,
                heard_until: time("heard_until")?,
                revoked_at: row
                    .try_get::<Option<String>, _>("revoked_at")?
                    .as_deref()
                    .map(read_time)
                    .transpose()?,
            })
        };
        rows.iter().map(certificate).collect()
    }

    async fn invited_until(&self, kiosk: &str) -> Result<Option<Timestamp>, Error> {
        let until: Option<String> = sqlx::query_scalar(
            "SELECT expires_at FROM kiosk_invitations WHERE kiosk = $1 AND spent_at IS NULL \
             ORDER BY invited_at DESC LIMIT 1",
        )
        .bind(kiosk.to_owned())
        .fetch_optional(&self.reader)
        .await?;
        until.as_deref().map(read_time).transpose()
    }
}

async fn withdraw_invitations(connection: &mut AnyConnection, kiosk: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM kiosk_invitations WHERE kiosk = $1 AND spent_at IS NULL")
        .bind(kiosk.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}

/// Former certificates are heard until then and no longer.
async fn heard_until(connection: &mut AnyConnection, kiosk: &str, until: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE kiosk_certificates SET heard_until = $1 WHERE kiosk = $2 AND heard_until > $1")
        .bind(written(until))
        .bind(kiosk.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert(
    connection: &mut AnyConnection,
    kiosk: &str,
    issued: &Issued,
    code_sha256: Option<&Sha256Hex>,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO kiosk_certificates (sha256, kiosk, serial, key_sha256, code_sha256, issued_at, \
         not_after, heard_until, certificate) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
    )
    .bind(issued.sha256.to_string())
    .bind(kiosk.to_owned())
    .bind(issued.serial.clone())
    .bind(issued.key_sha256.to_string())
    .bind(code_sha256.map(ToString::to_string))
    .bind(written(now))
    .bind(written(issued.not_after))
    .bind(issued.der.clone())
    .execute(connection)
    .await?;
    Ok(())
}

/// The certificate of a key with the name of its kiosk and the hash of the code it was issued for.
async fn by_key(
    connection: &mut AnyConnection,
    key_sha256: &Sha256Hex,
) -> Result<Option<(String, Option<String>, Issued)>, Error> {
    let row = sqlx::query("SELECT * FROM kiosk_certificates WHERE key_sha256 = $1")
        .bind(key_sha256.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let time = |column: &str| read_time(&row.try_get::<String, _>(column)?);
    let der: Vec<u8> = row.try_get("certificate")?;
    let not_before = X509::from_der(&der)
        .ok()
        .and_then(|certificate| moment(certificate.not_before()))
        .ok_or(Error::Damaged { what: "a kiosk's certificate" })?;
    let issued = Issued {
        sha256: Sha256Hex::of(&der),
        der,
        serial: row.try_get("serial")?,
        key_sha256: key_sha256.clone(),
        not_before,
        not_after: time("not_after")?,
    };
    Ok(Some((row.try_get("kiosk")?, row.try_get("code_sha256")?, issued)))
}

fn note(actor: &str, action: &str, subject: &str, detail: &str) -> Note {
    Note {
        actor: actor.to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
    }
}
