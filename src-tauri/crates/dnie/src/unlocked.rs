//! A card whose PIN has been verified: it signs.

use std::fmt;

use apdu::{Card, Command, Status};
use secret::Pin;

use crate::{
    Certificates, Dnie, Error, Generation, Refused, certificates,
    constants::DIGEST_INFO_SHA256,
    error::Step,
    lds::{self, DataGroup, Lds, LdsFault},
    link::with_data,
};

/// Lengths of the RSA signatures a DNIe can make, in bytes; those of today are RSA-2048.
const SIGNATURE_LENGTHS: [usize; 3] = [128, 240, 256];

/// Which of the citizen's keys signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyRef {
    /// The authentication key.
    Authentication,
    /// The signature key: ask for consent before each use.
    Signature,
}

impl KeyRef {
    /// The key reference (fact sheet, 6).
    const fn number(self) -> u8 {
        match self {
            Self::Authentication => 0x01,
            Self::Signature => 0x02,
        }
    }
}

/// A card with an open channel and a verified PIN.
pub struct Unlocked<C> {
    card: Dnie<C>,
}

impl<C: Card> Unlocked<C> {
    pub(crate) const fn new(card: Dnie<C>) -> Self {
        Self { card }
    }

    /// Signs a SHA-256 digest: RSA PKCS#1 v1.5, 256 bytes from a card of today.
    ///
    /// The value is what the card says; whoever uses it verifies it with the certificate's key.
    ///
    /// # Errors
    /// [`Error::VerifyAgain`] when the card wants the PIN once more, as 3.0 does after each signature;
    /// [`Error::NoSignatureCertificate`] when it has no such key.
    pub fn sign(&mut self, key: KeyRef, digest_sha256: &[u8; 32]) -> Result<Vec<u8>, Error> {
        let select = with_data(Command::new(0x00, 0x22, 0x41, 0xB6), &[0x84, 0x02, 0x01, key.number()])?;
        self.demand(key, Step::SelectSignatureKey, &select)?;
        let info = [&DIGEST_INFO_SHA256[..], digest_sha256].concat();
        let compute = with_data(Command::new(0x00, 0x2A, 0x9E, 0x9A), &info)?.with_le(256);
        let signature = self.demand(key, Step::Sign, &compute)?;
        if SIGNATURE_LENGTHS.contains(&signature.len()) {
            Ok(signature)
        } else {
            Err(Error::malformed("the signature", signature.len()))
        }
    }

    /// Reads files of the travel document application inside the channel, see [`Dnie::lds`]. The PIN's rights remain.
    ///
    /// # Errors
    /// As [`Dnie::lds`]; [`Error::VerifyAgain`] when the channel has been lost.
    pub fn lds(&mut self, groups: &[DataGroup]) -> Result<Lds, Error> {
        if self.card.generation() == Generation::V2 {
            return Err(LdsFault::Absent.into());
        }
        self.require_channel()?;
        lds::read(&mut self.card.link, groups)
    }

    /// Reads the certificates inside the channel: the only way on cards that want the PIN for it.
    ///
    /// # Errors
    /// As [`Dnie::certificates`]; [`Error::VerifyAgain`] when the channel has been lost.
    pub fn certificates(&mut self) -> Result<Certificates, Error> {
        self.require_channel()?;
        certificates::read_all(&mut self.card.link)
    }

    /// The channel may have been lost at an earlier command: nothing may go out in plain in its place.
    fn require_channel(&self) -> Result<(), Error> {
        if self.card.link.is_protected() { Ok(()) } else { Err(Error::VerifyAgain) }
    }

    /// Shows the PIN again, for a further signature on 3.0. The channel is torn down and built anew, since a PIN
    /// channel on top of a live user channel ends in garbled answers.
    ///
    /// # Errors
    /// As [`Dnie::verify`].
    #[allow(clippy::result_large_err, reason = "the card itself is given back, as the signature promises")]
    pub fn verify_again(self, pin: &Pin) -> Result<Self, Refused<C>> {
        self.lock().verify(pin)
    }

    /// Ends the channel and the PIN's rights, and gives the locked card back.
    #[must_use]
    pub fn lock(mut self) -> Dnie<C> {
        // A card that does not answer any more is locked as well.
        let _ = self.card.close();
        self.card
    }

    /// Ends the channel as well as it can and gives the card back.
    pub fn into_inner(self) -> C {
        self.card.into_inner()
    }

    /// How many exchanges this card has cost so far.
    #[must_use]
    pub const fn exchanges(&self) -> u32 {
        self.card.exchanges()
    }

    /// The card, for what it tells without an exchange.
    #[must_use]
    pub const fn card(&self) -> &Dnie<C> {
        &self.card
    }

    fn demand(&mut self, key: KeyRef, step: Step, command: &Command) -> Result<Vec<u8>, Error> {
        self.require_channel()?;
        let (status, data) = match self.card.link.send(step, command) {
            Ok(answer) => (answer.status, answer.data),
            Err(Error::ChannelLost { status: Status::SECURITY_NOT_SATISFIED }) => {
                return Err(Error::VerifyAgain);
            }
            Err(error) => return Err(error),
        };
        match (status, key) {
            (Status::OK, _) => Ok(data),
            (Status::SECURITY_NOT_SATISFIED, _) => Err(Error::VerifyAgain),
            (Status::REFERENCE_NOT_FOUND | Status::NOT_FOUND, KeyRef::Signature) => {
                Err(Error::NoSignatureCertificate)
            }
            (status, _) => Err(Error::Status { step, status }),
        }
    }
}

impl<C> fmt::Debug for Unlocked<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unlocked").field(&self.card).finish()
    }
}
