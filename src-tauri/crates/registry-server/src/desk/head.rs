//! The head of the book, under the town's seal.

use registry_api::{Base64Bytes, Head, SignedHead};
use trust::Certificate;

use super::Desk;
use crate::Error;
use crate::config::Config;
use crate::receipt::Seal;

impl Desk {
    /// The head, sealed. That somebody asked for it is in the log, and in the head.
    pub(crate) async fn head(&self, who: &str, seal: &Seal) -> Result<SignedHead, Error> {
        self.note(who, "audit.head", "").await?;
        let now = self.now();
        seal.is_valid_at(now)?;
        let content = self.store.head(&self.office, now).await?.to_text();
        let content = content.map_err(|_| Error::Internal { what: "a head that is no JSON" })?;
        let seal = Base64Bytes::from(seal.beside(content.as_bytes())?);
        Ok(SignedHead { content, seal })
    }
}

impl Config {
    /// The head of the book, sealed with the seal that the configuration names.
    ///
    /// # Errors
    /// [`Error::Material`], [`Error::SealPeriod`], [`Error::Seal`], [`Error::Store`].
    pub async fn sealed_head(&self, desk: &Desk, who: &str) -> Result<SignedHead, Error> {
        desk.head(who, &self.seal()?).await
    }

    /// What a head says that was published, if it bears the seal that the configuration names or, since seals are
    /// renewed, one of these.
    ///
    /// # Errors
    /// [`Error::Material`] for the seal of the configuration; [`Error::Wish`] for a head that is none of this town's.
    pub fn head_of(&self, published: &SignedHead, earlier: &[Certificate]) -> Result<Head, Error> {
        let content = published.content.as_bytes();
        let sealed = signing::inspect_detached(content, published.seal.as_slice())
            .map_err(|_| Error::Wish { what: "the head and its seal do not belong together" })?;
        if !self.seal()?.is(&sealed.signer) && !earlier.contains(&sealed.signer) {
            return Err(Error::Wish { what: "the head bears another seal" });
        }
        Head::of_text(&published.content).map_err(|_| Error::Wish { what: "what is sealed is no head" })
    }
}
