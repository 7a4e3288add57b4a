//! The town of the tests: its authorities, and the cards of its people.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use testkit::card::{PersonaSpec, persona};
use testkit::p12::Export;
use testkit::pki::{Authorities, Identity};
use trust::Holder;
use virtual_card::{Persona, VirtualCard};

/// Authorities made on the spot, the same for every stage of one program.
#[derive(Clone)]
pub struct Town {
    authorities: Authorities,
}

impl Town {
    /// The authorities of this program, made when first asked for.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn shared() -> anyhow::Result<Self> {
        static SHARED: Mutex<Option<Town>> = Mutex::new(None);
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(town) = shared.as_ref() {
            return Ok(town.clone());
        }
        let town = Self { authorities: Authorities::generate(now()).context("the test authorities")? };
        Ok(shared.insert(town).clone())
    }

    /// Stores them where registry and kiosk look.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, directory: &Path) -> anyhow::Result<()> {
        self.authorities.write(directory)
    }

    /// The authorities themselves.
    #[must_use]
    pub fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    /// A person with keys and certificates.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn persona(&self, spec: &PersonaSpec) -> anyhow::Result<Persona> {
        persona(&self.authorities, spec, now())
    }

    /// The card of a person.
    ///
    /// # Errors
    /// As [`Town::persona`].
    pub fn card(&self, spec: &PersonaSpec) -> anyhow::Result<VirtualCard> {
        Ok(VirtualCard::new(&self.persona(spec)?)?)
    }
}

impl Town {
    /// The card of a person, as it lies on a contactless reader.
    ///
    /// # Errors
    /// As [`Town::persona`].
    pub fn contactless(&self, spec: &PersonaSpec) -> anyhow::Result<VirtualCard> {
        Ok(VirtualCard::contactless(&self.persona(spec)?)?)
    }

    /// A certificate of this person by a provider that is not the police, with its key.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn provided(&self, spec: &PersonaSpec) -> anyhow::Result<Identity> {
        let holder = Holder {
            nif: spec.holder.nif.clone(),
            given_name: spec.holder.given_name.clone(),
            surname1: spec.holder.surname1.clone(),
            surname2: spec.holder.surname2.clone(),
        };
        let day = SignedDuration::from_hours(24);
        self.authorities.provider_citizen(&holder, now() - day, now() + day * 365)
    }

    /// The same in a file, as people keep it on a memory stick (PKCS#12).
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn certificate_file(
        &self,
        spec: &PersonaSpec,
        password: &str,
        directory: &Path,
    ) -> anyhow::Result<Vec<u8>> {
        let chain = [self.authorities.provider().certificate.clone()];
        let export = Export {
            identity: Some(&self.provided(spec)?),
            chain: &chain,
            name: "el meu certificat",
            password,
        };
        export.by_openssl(directory, &[])
    }
}

/// A scanned paper as it may lie on a memory stick: one empty page, PDF.
#[must_use]
pub fn paper() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", text.len()));
        text.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let start = text.len();
    text.push_str(&format!(
        "xref\n0 {0}\n{table}trailer\n<< /Size {0} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    text.into_bytes()
}

/// A new key for the kiosk's store: 64 hexadecimal digits.
///
/// # Errors
/// When the system has no random bytes.
pub fn store_key() -> anyhow::Result<String> {
    let mut key = [0; 32];
    openssl::rand::rand_bytes(&mut key)?;
    Ok(hex::encode(key))
}

/// The time, for the stage is where real time comes in.
#[must_use]
#[allow(clippy::disallowed_methods)]
pub fn now() -> Timestamp {
    Timestamp::now()
}
