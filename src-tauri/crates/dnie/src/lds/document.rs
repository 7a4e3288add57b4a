//! What a document says, and the proof that it says so.

use std::{fmt, ops::Deref, time::SystemTime};

use super::{
    AdditionalDetails, CscaAnchors, DataGroup, Lds, LdsFault, Mrz, PersonalDetails, Portrait, passive,
};

/// The groups that were read, by what they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// DG1.
    pub mrz: Option<Mrz>,
    /// DG2.
    pub portrait: Option<Portrait>,
    /// DG11.
    pub personal: Option<PersonalDetails>,
    /// DG13.
    pub additional: Option<AdditionalDetails>,
}

/// Something that the issuing state signed: made by [`Lds::authenticate`] alone, so that whoever holds one knows that
/// path, signature and hashes are right.
///
/// It says that the data are genuine, not that they are this chip's: a copy has the same signature. That the chip is
/// genuine too is what the CWA channel shows, whose component certificates are checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Authentic<T> {
    value: T,
    signer: Vec<u8>,
}

impl<T> Authentic<T> {
    /// The document signer's certificate, DER.
    #[must_use]
    pub fn signer(&self) -> &[u8] {
        &self.signer
    }

    /// The value without its proof.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Authentic<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Authentic<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Authentic").field(&self.value).finish()
    }
}

impl Lds {
    /// Reads the groups **without any proof**: anyone can have written them.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`], [`LdsFault::CheckDigit`].
    pub fn document(&self) -> Result<Document, LdsFault> {
        let group = |group| self.group(group);
        Ok(Document {
            mrz: group(DataGroup::Mrz).map(Mrz::parse).transpose()?,
            portrait: group(DataGroup::Portrait).map(Portrait::parse).transpose()?,
            personal: group(DataGroup::Personal).map(PersonalDetails::parse).transpose()?,
            additional: group(DataGroup::Additional).map(AdditionalDetails::parse).transpose()?,
        })
    }

    /// Passive authentication (ICAO 9303-11, 5.1): the signature of EF.SOD, the document signer's path to an anchor
    /// at a moment, and the hash of every group that was read; then reads the groups.
    ///
    /// Revocation is not looked at: the lists are the caller's to fetch and to judge.
    ///
    /// # Errors
    /// [`LdsFault`] with what is wrong.
    pub fn authenticate(
        &self,
        anchors: &CscaAnchors,
        at: SystemTime,
    ) -> Result<Authentic<Document>, LdsFault> {
        let security = self.security_object().ok_or(LdsFault::Absent)?;
        let signer = passive::check(security, &self.groups, anchors, at)?;
        Ok(Authentic { value: self.document()?, signer })
    }
}
