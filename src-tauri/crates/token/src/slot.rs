//! One token: what it says of itself, its certificates, and logging in.

use std::fmt;

use cryptoki::context::Pkcs11;
use cryptoki::error::{Error as Cryptoki, RvError};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::AuthPin;
use secret::Password;

use crate::error::{Error, TriesLeft};
use crate::identity::{self, Identity};
use crate::module::Module;
use crate::signer::{Again, TokenSigner};

/// How long a token's PIN is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinLimits {
    /// Fewest bytes.
    pub min: usize,
    /// Most bytes.
    pub max: usize,
}

impl PinLimits {
    /// What a token says, made sense of: some say nothing, or more than can be typed.
    fn of(info: &TokenInfo) -> Self {
        let said = info.max_pin_length();
        let max = if said == 0 { Password::MAX_CHARS } else { said.min(Password::MAX_CHARS) };
        Self { min: info.min_pin_length().min(max), max }
    }

    /// Whether a PIN could be one of this token.
    #[must_use]
    pub fn allow(&self, pin: &Password) -> bool {
        (self.min..=self.max).contains(&pin.expose().len())
    }
}

/// A token in a slot. It may leave at any moment, which every call tells.
#[derive(Clone)]
pub struct Token {
    module: Module,
    slot: Slot,
    label: String,
    serial: String,
    manufacturer: String,
    model: String,
    pin_limits: PinLimits,
    pin_pad: bool,
}

impl Token {
    pub(crate) fn new(module: Module, slot: Slot, info: &TokenInfo) -> Self {
        Self {
            module,
            slot,
            label: info.label().to_owned(),
            serial: info.serial_number().to_owned(),
            manufacturer: info.manufacturer_id().to_owned(),
            model: info.model().to_owned(),
            pin_limits: PinLimits::of(info),
            pin_pad: info.protected_authentication_path(),
        }
    }

    /// The number of its slot.
    #[must_use]
    pub fn slot(&self) -> u64 {
        self.slot.id()
    }

    /// Its label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its serial number.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// Who made it.
    #[must_use]
    pub fn manufacturer(&self) -> &str {
        &self.manufacturer
    }

    /// Its model.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// How long its PIN is.
    #[must_use]
    pub fn pin_limits(&self) -> PinLimits {
        self.pin_limits
    }

    /// Whether the PIN is typed on the reader itself (CKF_PROTECTED_AUTHENTICATION_PATH).
    #[must_use]
    pub fn has_pin_pad(&self) -> bool {
        self.pin_pad
    }

    /// How many times a wrong PIN may still be tried, asked anew; it costs none. Blocks.
    ///
    /// # Errors
    /// [`Error::Removed`], [`Error::Failed`].
    pub fn tries_left(&self) -> Result<TriesLeft, Error> {
        let info = self.present()?;
        Ok(if info.user_pin_locked() {
            TriesLeft::None
        } else if info.user_pin_final_try() {
            TriesLeft::Last
        } else if info.user_pin_count_low() {
            TriesLeft::Few
        } else {
            TriesLeft::Plenty
        })
    }

    /// The certificates that can be read without a PIN, authorities apart. Blocks.
    ///
    /// # Errors
    /// [`Error::NoCertificate`] when there is none: it may take [`Token::identities_after`]; [`Error::Removed`],
    /// [`Error::Busy`], [`Error::Failed`].
    pub fn identities(&self) -> Result<Vec<Identity>, Error> {
        identity::read(&self.session()?)
    }

    /// The certificates that can be read with the PIN; `None` has it typed on the PIN pad. Blocks.
    ///
    /// # Errors
    /// As [`Token::identities`] and [`Token::signer`].
    pub fn identities_after(&self, pin: Option<&Password>) -> Result<Vec<Identity>, Error> {
        let session = self.session()?;
        self.login(&session, pin)?;
        let read = identity::read(&session);
        // It is closed next, which ends the login too; some modules forget that.
        let _ = session.logout();
        read
    }

    /// Logs in and finds the key of a certificate; `None` has the PIN typed on the PIN pad. Blocks.
    ///
    /// # Errors
    /// [`Error::PinLength`] and [`Error::PinLocked`], before a try is spent; [`Error::PinWrong`]; [`Error::NoKey`],
    /// [`Error::KeyKind`]; [`Error::Removed`], [`Error::Busy`], [`Error::Failed`].
    pub fn signer(&self, identity: &Identity, pin: Option<&Password>) -> Result<TokenSigner, Error> {
        let session = self.session()?;
        self.login(&session, pin)?;
        let again = pin.map_or(Again::OnPad, |pin| Again::With(auth_pin(pin)));
        TokenSigner::find(self.clone(), session, identity, again)
    }

    pub(crate) fn context(&self) -> &Pkcs11 {
        self.module.context()
    }

    pub(crate) fn in_slot(&self) -> Slot {
        self.slot
    }

    /// What went wrong with a PIN: each of these has cost a try, or found none left.
    pub(crate) fn pin_error(&self, error: Cryptoki) -> Error {
        match error {
            Cryptoki::Pkcs11(RvError::PinIncorrect, _) => match self.tries_left() {
                Ok(TriesLeft::None) => Error::PinLocked,
                Ok(left) => Error::PinWrong { left },
                // It left meanwhile; that the PIN was wrong is what matters.
                Err(_) => Error::PinWrong { left: TriesLeft::Few },
            },
            Cryptoki::Pkcs11(RvError::PinLenRange | RvError::PinInvalid, _) => self.pin_length(),
            other => Error::from(other),
        }
    }

    fn pin_length(&self) -> Error {
        Error::PinLength { min: self.pin_limits.min, max: self.pin_limits.max }
    }

    /// Whether it is still this token.
    fn present(&self) -> Result<TokenInfo, Error> {
        let info = self.context().get_token_info(self.slot)?;
        if info.serial_number() != self.serial || info.label() != self.label {
            return Err(Error::Removed);
        }
        Ok(info)
    }

    fn session(&self) -> Result<Session, Error> {
        self.present()?;
        Ok(self.context().open_ro_session(self.slot)?)
    }

    fn login(&self, session: &Session, pin: Option<&Password>) -> Result<(), Error> {
        if self.tries_left()? == TriesLeft::None {
            return Err(Error::PinLocked);
        }
        if pin.is_some_and(|pin| !self.pin_limits.allow(pin)) {
            return Err(self.pin_length());
        }
        let pin = pin.map(auth_pin);
        let login = || session.login(UserType::User, pin.as_ref());
        match login() {
            // Whoever it was, it was not with this PIN.
            Err(Cryptoki::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {
                session.logout()?;
                login()
            }
            done => done,
        }
        .map_err(|error| self.pin_error(error))
    }
}

/// Shows what tells tokens apart; a label may name a person only by the issuer's carelessness, and stays out too.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("slot", &self.slot.id())
            .field("manufacturer", &self.manufacturer)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

/// The PIN in the form that the binding takes, which overwrites it when dropped. The text is allocated at its length,
/// so that becoming a box does not move it.
fn auth_pin(pin: &Password) -> AuthPin {
    AuthPin::from(pin.expose().to_owned())
}
