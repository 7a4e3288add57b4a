//! Opening a file.

use std::fmt;

use secret::Password;
use signing::KeySigner;
use trust::Certificate;

use crate::budget::Budget;
use crate::contents::Contents;
use crate::error::Error;
use crate::identity::{Identity, Keyed, join};
use crate::passphrase::Passphrase;
use crate::pfx::{Pfx, Safe};

/// What can be seen of a file without its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Protection {
    /// Whether it is sealed: only then is a wrong password told for certain.
    pub sealed: bool,
    /// Rounds of hashing that opening takes at least, of [`MAX_ROUNDS`](crate::MAX_ROUNDS).
    pub rounds: u64,
}

/// An opened file, with its private keys. Keep it no longer than the command that needs it: the bytes of the file may
/// be kept instead, and opened again.
pub struct Keystore {
    identities: Vec<Identity>,
    keys: Vec<Keyed>,
}

impl Keystore {
    /// Looks at a file before anybody types a password: whether it is one, and that it can be opened at all.
    ///
    /// # Errors
    /// [`Error::NotPkcs12`], [`Error::TooLarge`], [`Error::Damaged`], [`Error::Unsupported`], [`Error::Costly`].
    pub fn peek(bytes: &[u8]) -> Result<Protection, Error> {
        let pfx = Pfx::read(bytes)?;
        let budget = weigh(&pfx)?;
        Ok(Protection { sealed: pfx.mac.is_some(), rounds: budget.spent() })
    }

    /// Opens a file. Pure computation of up to some seconds, on bytes that anybody may have made.
    ///
    /// # Errors
    /// As [`Keystore::peek`]; [`Error::WrongPassword`]; [`Error::NoKey`]; [`Error::KeyKind`].
    pub fn open(bytes: &[u8], password: &Password) -> Result<Self, Error> {
        let pfx = Pfx::read(bytes)?;
        // Refused before anything is computed; what lies deeper is weighed when it comes.
        weigh(&pfx)?;
        let keys = join(unlock(&pfx, &Passphrase::readings(password))?)?;
        let identities = keys.iter().map(|keyed| keyed.identity.clone()).collect();
        Ok(Self { identities, keys })
    }

    /// Every certificate whose key is in the file: at least one.
    #[must_use]
    pub fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// Gives up everything but one key, chosen by its certificate.
    ///
    /// # Errors
    /// [`Error::NoKey`] when the file does not hold that certificate's key.
    pub fn into_signer(self, certificate: &Certificate) -> Result<KeySigner, Error> {
        let chosen = self.keys.into_iter().find(|keyed| keyed.identity.certificate() == certificate);
        let Keyed { identity, key } = chosen.ok_or(Error::NoKey)?;
        KeySigner::new(identity.certificate().clone(), key).map_err(|_| Error::KeyKind)
    }
}

/// Shows how many identities there are and nothing of them.
impl fmt::Debug for Keystore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keystore").field("identities", &self.identities.len()).finish_non_exhaustive()
    }
}

/// What the visible parts would cost.
fn weigh(pfx: &Pfx<'_>) -> Result<Budget, Error> {
    let mut budget = Budget::new();
    if let Some(mac) = &pfx.mac {
        budget.spend(mac.rounds())?;
    }
    for safe in pfx.safes()? {
        if let Safe::Encrypted { scheme, .. } = safe {
            budget.spend(scheme.rounds())?;
        }
    }
    Ok(budget)
}

/// Deciphers with whichever reading of the password fits.
fn unlock(pfx: &Pfx<'_>, readings: &[Passphrase]) -> Result<Contents, Error> {
    let mut budget = Budget::new();
    let Some(mac) = &pfx.mac else { return any_reading(pfx, readings, &mut budget) };
    for reading in readings {
        if mac.fits(reading, &pfx.content, &mut budget)? {
            return Contents::read(pfx, reading, &mut budget).map_err(|error| match error {
                // The seal says that the password is right and that nothing was changed since: it was made so.
                Error::WrongPassword => Error::Damaged { what: "encryption", offset: 0 },
                other => other,
            });
        }
    }
    // A false seal is a wrong password or a changed file. Where anything encrypted opens, it is the latter. Only the
    // standard's reading is asked: that is slow already, and the others are rare.
    if let Some(reading) = readings.first()
        && Contents::any_part_opens(pfx, reading, &mut budget)?
    {
        return Err(Error::Damaged { what: "seal", offset: 0 });
    }
    Err(Error::WrongPassword)
}

fn any_reading(pfx: &Pfx<'_>, readings: &[Passphrase], budget: &mut Budget) -> Result<Contents, Error> {
    for reading in readings {
        match Contents::read(pfx, reading, budget) {
            Err(Error::WrongPassword) => {}
            done => return done,
        }
    }
    Err(Error::WrongPassword)
}
