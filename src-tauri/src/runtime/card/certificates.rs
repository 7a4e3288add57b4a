//! Certificates that are not on a DNIe: in a PKCS#12 file, or on another card with a PKCS#11 module.

use std::path::PathBuf;
use std::sync::Arc;

use keystore::Keystore;
use secret::Password;
use session::{ForWhom, OfferedCertificate, PinLength, TriesLeft};
use signing::{Digest, Signer as _};
use token::{Identity, Module, Token};
use trust::{Anchors, Certificate, Context, Holder, Policy};

use super::dnie::person;
use super::{CardSetting, Key, Opened, SignRefusal, Signatory};
use crate::runtime::clock;

/// What is needed to judge them, and the modules that were needed so far.
pub(super) struct Certificates {
    citizens: Arc<Anchors>,
    zone: jiff::tz::TimeZone,
    paths: Vec<PathBuf>,
    loaded: Vec<Module>,
}

impl Certificates {
    pub(super) fn new(setting: &CardSetting) -> Self {
        Self {
            citizens: Arc::clone(&setting.citizens),
            zone: setting.zone.clone(),
            paths: setting.modules.clone(),
            loaded: Vec::new(),
        }
    }

    /// The certificates of a PKCS#12 file.
    pub(super) fn in_file(&self, file: &Arc<[u8]>, password: &Password) -> Result<Vec<Opened>, &'static str> {
        let keystore = Keystore::open(file, password).map_err(|error| told(&error, error.code()))?;
        let found = keystore.identities().iter();
        let found = found.map(|found| (found.certificate(), found.chain(), Key::File(Arc::clone(file))));
        self.offer(found)
    }

    /// The certificates on every token that the configured modules know, read without a PIN.
    pub(super) fn on_tokens(&mut self) -> Result<Vec<Opened>, &'static str> {
        let mut found = Vec::new();
        for token in self.tokens()? {
            match token.identities() {
                Ok(identities) => found.extend(identities),
                Err(token::Error::NoCertificate) => {}
                Err(error) => return Err(told(&error, error.code())),
            }
        }
        if found.is_empty() {
            return Err(token::Error::NoCertificate.code());
        }
        self.offer(found.iter().map(|found| (found.certificate(), found.chain(), Key::Token)))
    }

    /// What the token that holds this certificate says of the tries its PIN has left, and how long that PIN is.
    pub(super) fn tries(
        &mut self,
        certificate: &Certificate,
    ) -> Result<(TriesLeft, Option<PinLength>), &'static str> {
        let (token, _) = self.holding(certificate)?;
        let left = token.tries_left().map_err(|error| told(&error, error.code()))?;
        let limits = token.pin_limits();
        let length = |bytes| u32::try_from(bytes).unwrap_or(u32::MAX);
        Ok((words(left), Some(PinLength { min: length(limits.min), max: length(limits.max) })))
    }

    /// Signs with the token that holds this certificate.
    pub(super) fn sign_on_token(
        &mut self,
        certificate: &Certificate,
        pin: &Password,
        digest: &Digest,
    ) -> Result<Vec<u8>, SignRefusal> {
        let (token, own) = self.holding(certificate).map_err(SignRefusal::Failed)?;
        let mut signer = token.signer(&own, Some(pin)).map_err(|error| refusal(&error))?;
        signer.sign(digest).map_err(|error| {
            tracing::warn!(event = "token.failed", code = error.code(), "{error}");
            SignRefusal::Failed("token.failed")
        })
    }

    /// The token that holds a certificate, of all that are in.
    fn holding(&mut self, certificate: &Certificate) -> Result<(Token, Identity), &'static str> {
        for token in self.tokens()? {
            let identities = token.identities().unwrap_or_default();
            if let Some(own) = identities.into_iter().find(|own| own.certificate() == certificate) {
                return Ok((token, own));
            }
        }
        Err("card.other")
    }

    fn tokens(&mut self) -> Result<Vec<Token>, &'static str> {
        let mut tokens = Vec::new();
        for path in std::mem::take(&mut self.paths) {
            match Module::load(&path) {
                Ok(module) => self.loaded.push(module),
                Err(error) => {
                    tracing::error!(event = "token.failed", code = error.code(), "{error}");
                    // Perhaps it is installed meanwhile.
                    self.paths.push(path);
                }
            }
        }
        for module in &self.loaded {
            match module.tokens() {
                Ok(found) => tokens.extend(found),
                Err(token::Error::Absent) => {}
                Err(error) => return Err(told(&error, error.code())),
            }
        }
        match (tokens.is_empty(), self.loaded.is_empty()) {
            (false, _) => Ok(tokens),
            (true, true) => Err("token.module"),
            (true, false) => Err(token::Error::Absent.code()),
        }
    }

    /// What a person may choose from: every certificate of a person, and of each whether it serves and why not.
    fn offer<'a>(
        &self,
        found: impl Iterator<Item = (&'a Certificate, &'a [Certificate], Key)>,
    ) -> Result<Vec<Opened>, &'static str> {
        let mut opened = Vec::new();
        for (certificate, chain, key) in found {
            let Ok(holder) = Holder::claimed_by(certificate) else { continue };
            let offered = OfferedCertificate {
                id: hex::encode(certificate.sha256()),
                holder: person(&holder),
                for_whom: match certificate.organisation() {
                    Some(name) => ForWhom::Company { name },
                    None => ForWhom::Oneself,
                },
                issuer: certificate.issuer_in_words(),
                expires: certificate.not_after().to_zoned_datetime(self.zone.clone()).date(),
                usable: self.usable(certificate, chain),
            };
            let signatory = Signatory {
                holder: person(&holder),
                certificate: certificate.clone(),
                intermediates: chain.to_vec(),
                key,
            };
            opened.push(Opened { offered, signatory });
        }
        if opened.is_empty() { Err("certificate.not-a-person") } else { Ok(opened) }
    }

    fn usable(&self, certificate: &Certificate, chain: &[Certificate]) -> Result<(), &'static str> {
        let context = Context { anchors: &self.citizens, intermediates: chain };
        let policy = Policy::for_signature_of(certificate);
        match trust::verify(certificate, &context, clock::now(), policy) {
            Ok(_) => Ok(()),
            Err(refusal) => Err(crate::fault::told(refusal.code())),
        }
    }
}

/// Opens the file once more, for this one signature.
pub(super) fn sign_with_file(
    file: &[u8],
    certificate: &Certificate,
    password: &Password,
    digest: &Digest,
) -> Result<Vec<u8>, SignRefusal> {
    let opened = Keystore::open(file, password).and_then(|keystore| keystore.into_signer(certificate));
    let mut signer = opened.map_err(|error| match error {
        keystore::Error::WrongPassword => SignRefusal::Wrong(TriesLeft::Untold),
        other => SignRefusal::Failed(told(&other, other.code())),
    })?;
    signer.sign(digest).map_err(|_| SignRefusal::Failed("signature.failed"))
}

fn refusal(error: &token::Error) -> SignRefusal {
    match error {
        token::Error::PinWrong { left } => SignRefusal::Wrong(words(*left)),
        token::Error::PinLocked => SignRefusal::Failed("pin.blocked"),
        token::Error::Removed | token::Error::Absent => SignRefusal::Failed("card.removed"),
        other => SignRefusal::Failed(told(other, other.code())),
    }
}

/// The finer reason stays in the log.
fn told(error: &dyn std::error::Error, code: &'static str) -> &'static str {
    tracing::warn!(event = "certificate.failed", code, "{error}");
    code
}

const fn words(left: token::TriesLeft) -> TriesLeft {
    match left {
        token::TriesLeft::Plenty => TriesLeft::Untold,
        token::TriesLeft::Few => TriesLeft::Few,
        token::TriesLeft::Last => TriesLeft::Last,
        token::TriesLeft::None => TriesLeft::Blocked,
    }
}
