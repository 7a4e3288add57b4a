//! Test authorities: the citizens' identity card, its chips, its travel document, the registry's TLS, the town's seal.
//!
//! Names and profiles follow the real ones closely enough that the product's checks run unchanged; every
//! organisation number and person is fictitious. No leaf carries authority information access, so that foreign
//! tools need no network to judge a signature.
//!
//! Each call of [`Authorities::generate`] makes other keys under the same names, which is how a test gets an
//! authority that looks right and is not trusted.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use signing::KeySigner;
use trust::{Anchors, Certificate, Holder};
use virtual_card::Persona;
use virtual_card::lds;

mod crl;
mod der;
mod document;
mod issue;

pub use document::GroupDigest;
pub use issue::{Algorithm, CitizenProfile, Usage};
use issue::{Issuer, Leaf, Name};

/// Bits of every key but the component root's.
const RSA_BITS: u32 = 2048;
/// The chips' root of the second generation of cards has 1024 bits; its certificates are not X.509.
const COMPONENT_RSA_BITS: u32 = 1024;
/// Authorities begin long before `now`, so that personas may have certificates that expired years ago.
const AUTHORITIES_SINCE_DAYS: i64 = 10 * 365;
/// Authorities end long after `now`.
const AUTHORITIES_UNTIL_DAYS: i64 = 20 * 365;
/// How long a list of revoked certificates stands.
const CRL_DAYS: i64 = 7;
/// Servers, the kiosk and the seal begin a little before `now`.
const LEAVES_SINCE_DAYS: i64 = 30;
/// Servers, the kiosk and the seal end two years after `now`.
const LEAVES_UNTIL_DAYS: i64 = 2 * 365;

/// A certificate with its private key.
#[derive(Clone)]
pub struct Identity {
    /// The certificate.
    pub certificate: Certificate,
    /// Its private key.
    pub key: PKey<Private>,
}

impl Identity {
    /// The private key as PKCS#8 PEM.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn key_pem(&self) -> Result<Vec<u8>> {
        Ok(self.key.private_key_to_pem_pkcs8()?)
    }

    /// The certificate as PEM.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn certificate_pem(&self) -> Result<Vec<u8>> {
        Ok(self.certificate.x509().to_pem()?)
    }
}

/// Which of a citizen's two certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To say who she is.
    Authentication,
    /// To sign.
    Signature,
}

/// Every test authority with the keys that tests need.
#[derive(Clone)]
pub struct Authorities {
    citizen_root: Certificate,
    citizen_sub: Identity,
    component_root: Rsa<Private>,
    tls_ca: Identity,
    registry: Identity,
    kiosk: Identity,
    seal_ca: Certificate,
    seal: Identity,
    csca: Certificate,
    document_signer: Identity,
    provider_root: Certificate,
    provider: Identity,
}

impl Authorities {
    /// Makes all keys and certificates anew. Takes about a second.
    ///
    /// # Errors
    /// Only when OpenSSL fails, or `now` is so far away that dates overflow.
    pub fn generate(now: Timestamp) -> Result<Self> {
        let authorities = around(now, AUTHORITIES_SINCE_DAYS, AUTHORITIES_UNTIL_DAYS)?;
        let leaves = around(now, LEAVES_SINCE_DAYS, LEAVES_UNTIL_DAYS)?;

        let police = |cn| {
            Name::new()
                .country("ES")
                .utf8("O", "DIRECCION GENERAL DE LA POLICIA")
                .utf8("OU", "DNIE")
                .utf8("CN", cn)
        };
        let citizen_root = Issuer::root(&police("AC RAIZ DNIE TEST"), new_key()?, authorities)?;
        let citizen_sub = citizen_root.subordinate(&police("AC DNIE 901 TEST"), new_key()?, authorities)?;

        let town = || {
            Name::new()
                .country("ES")
                .utf8("O", "AJUNTAMENT DE MISLATA (PROVES)")
                .utf8("organizationIdentifier", "VATES-P9999999J")
        };
        let tls = Issuer::root(&town().utf8("CN", "AC TLS (PROVES)"), new_key()?, authorities)?;
        let registry = tls.issue(&Leaf::server(&town().utf8("CN", "localhost"), leaves), new_key()?)?;
        let kiosk = tls.issue(&Leaf::client(&Name::new().utf8("CN", "kiosk-01"), leaves), new_key()?)?;

        let seal_ca = Issuer::root(
            &Name::new().country("ES").utf8("O", "PRESTADOR DE PROVES").utf8("CN", "AC SEGELLS (PROVES)"),
            new_key()?,
            authorities,
        )?;
        let seal_name = town().utf8("CN", "SEGELL D'ÒRGAN (PROVES)");
        let seal = seal_ca.issue(&Leaf::seal(&seal_name, leaves), new_key()?)?;
        let (csca, document_signer) = document::authorities(authorities, authorities)?;
        let provider_name = |cn| Name::new().country("ES").utf8("O", "PRESTADOR DE PROVES").utf8("CN", cn);
        let provider_root = Issuer::root(&provider_name("AC ARREL (PROVES)"), new_key()?, authorities)?;
        let provider =
            provider_root.subordinate(&provider_name("AC USUARIS (PROVES)"), new_key()?, authorities)?;

        Ok(Self {
            citizen_root: citizen_root.certificate()?,
            citizen_sub: citizen_sub.into_identity()?,
            component_root: Rsa::generate(COMPONENT_RSA_BITS)?,
            tls_ca: tls.into_identity()?,
            registry,
            kiosk,
            seal_ca: seal_ca.certificate()?,
            seal,
            csca: csca.certificate()?,
            document_signer,
            provider_root: provider_root.certificate()?,
            provider: provider.into_identity()?,
        })
    }

    /// A qualified certificate of a provider that is not the police, as people keep it in a file: no device, one
    /// certificate for everything, both surnames in one attribute. With its key, made now.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn provider_citizen(
        &self,
        who: &Holder,
        not_before: Timestamp,
        not_after: Timestamp,
    ) -> Result<Identity> {
        Issuer::existing(&self.provider).issue(&Leaf::customer(who, (not_before, not_after)), new_key()?)
    }

    /// The root of that provider.
    #[must_use]
    pub fn provider_root(&self) -> &Certificate {
        &self.provider_root
    }

    /// The authority of that provider that issues to citizens, with its key.
    #[must_use]
    pub fn provider(&self) -> &Identity {
        &self.provider
    }

    /// A citizen's certificate with the profile of the real card, and its key (made now, RSA-2048).
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn citizen(
        &self,
        who: &Holder,
        purpose: Purpose,
        not_before: Timestamp,
        not_after: Timestamp,
    ) -> Result<(Certificate, PKey<Private>)> {
        self.citizen_with(who, &CitizenProfile::of(purpose), not_before, not_after)
    }

    /// A citizen's certificate that deviates from the real card's profile, for tests of refusals.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn citizen_with(
        &self,
        who: &Holder,
        profile: &CitizenProfile,
        not_before: Timestamp,
        not_after: Timestamp,
    ) -> Result<(Certificate, PKey<Private>)> {
        let key = PKey::from_rsa(Rsa::generate(profile.rsa_bits)?)?;
        let issuer = Issuer::existing(&self.citizen_sub);
        let identity = issuer.issue(&Leaf::citizen(who, profile, (not_before, not_after)), key)?;
        Ok((identity.certificate, identity.key))
    }

    /// What a verifier of citizens believes: the root alone.
    #[must_use]
    pub fn anchors_citizen(&self) -> Anchors {
        Anchors::new(vec![self.citizen_root.clone()])
    }

    /// What a verifier of the town's seals believes.
    #[must_use]
    pub fn anchors_seal(&self) -> Anchors {
        Anchors::new(vec![self.seal_ca.clone()])
    }

    /// The citizens' root.
    #[must_use]
    pub fn citizen_root(&self) -> &Certificate {
        &self.citizen_root
    }

    /// The authority that issues to citizens, with its key.
    #[must_use]
    pub fn citizen_sub(&self) -> &Identity {
        &self.citizen_sub
    }

    /// The root of the chips' own certificates: only a key.
    #[must_use]
    pub fn component_root(&self) -> &Rsa<Private> {
        &self.component_root
    }

    /// The authority of server and kiosk.
    #[must_use]
    pub fn tls_ca(&self) -> &Certificate {
        &self.tls_ca.certificate
    }

    /// The key of the authority of server and kiosk.
    #[must_use]
    pub fn tls_ca_key(&self) -> &PKey<Private> {
        &self.tls_ca.key
    }

    /// Another client's certificate of that authority, with its key, made now.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn client(&self, name: &str, not_before: Timestamp, not_after: Timestamp) -> Result<Identity> {
        let leaf = Leaf::client(&Name::new().utf8("CN", name), (not_before, not_after));
        Issuer::existing(&self.tls_ca).issue(&leaf, new_key()?)
    }

    /// The registry's server certificate, for `localhost` and `127.0.0.1`.
    #[must_use]
    pub fn registry(&self) -> &Identity {
        &self.registry
    }

    /// The client certificate of `kiosk-01`.
    #[must_use]
    pub fn kiosk(&self) -> &Identity {
        &self.kiosk
    }

    /// The authority of the town's seal.
    #[must_use]
    pub fn seal_ca(&self) -> &Certificate {
        &self.seal_ca
    }

    /// The town's seal.
    #[must_use]
    pub fn seal(&self) -> &Identity {
        &self.seal
    }

    /// The town's seal, ready to sign.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn seal_signer(&self) -> Result<KeySigner> {
        Ok(KeySigner::new(self.seal.certificate.clone(), self.seal.key.clone())?)
    }

    /// The country signing authority, which a verifier of travel documents believes. A stranger is the one of other
    /// authorities, see [`Authorities::generate`].
    #[must_use]
    pub fn csca(&self) -> &Certificate {
        &self.csca
    }

    /// Who signs travel documents.
    #[must_use]
    pub fn document_signer(&self) -> &Identity {
        &self.document_signer
    }

    /// EF.SOD of a persona's card: the hashes of its data groups as they are now, signed.
    ///
    /// # Errors
    /// When the persona has no document's data, or OpenSSL fails.
    pub fn security_object(&self, persona: &Persona, digest: GroupDigest) -> Result<Vec<u8>> {
        document::security_object(&self.document_signer, &lds::data_groups(persona)?, digest)
    }

    /// The list of revoked certificates of the authority that issues to citizens, DER, good for a week from `now`.
    ///
    /// # Errors
    /// Only when OpenSSL fails, or `now` is so far away that dates overflow.
    pub fn citizen_crl(&self, revoked: &[&Certificate], now: Timestamp) -> Result<Vec<u8>> {
        crl::list(&self.citizen_sub, revoked, 1, around(now, 0, CRL_DAYS)?)
    }

    /// Stores everything in a directory, made if need be (0700); private keys as 0600.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, dir: &Path) -> Result<()> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .context("directory for the test authorities")?;
        let public = |name: &str, certificate: &Certificate| -> Result<()> {
            fs::write(dir.join(name), certificate.x509().to_pem()?).with_context(|| name.to_owned())
        };
        public("citizen-root.pem", &self.citizen_root)?;
        public("seal-ca.pem", &self.seal_ca)?;
        public("csca.pem", &self.csca)?;
        public("provider-root.pem", &self.provider_root)?;
        let identities = [
            ("citizen-sub", &self.citizen_sub),
            ("tls-ca", &self.tls_ca),
            ("registry", &self.registry),
            ("kiosk", &self.kiosk),
            ("seal", &self.seal),
            ("document-signer", &self.document_signer),
            ("provider", &self.provider),
        ];
        for (name, identity) in identities {
            public(&format!("{name}.pem"), &identity.certificate)?;
            write_private(&dir.join(format!("{name}.key")), &identity.key_pem()?)?;
        }
        let component = PKey::from_rsa(self.component_root.clone())?;
        write_private(&dir.join("component-root.key"), &component.private_key_to_pem_pkcs8()?)?;
        let modulus = hex::encode(self.component_root.n().to_vec());
        fs::write(dir.join("component-root.modulus"), format!("{modulus}\n"))
            .context("component-root.modulus")
    }

    /// Reads what [`Authorities::write`] stored.
    ///
    /// # Errors
    /// When a file is absent or unreadable.
    pub fn read(dir: &Path) -> Result<Self> {
        let bytes =
            |name: String| fs::read(dir.join(&name)).with_context(|| format!("test authorities: {name}"));
        let certificate = |name: &str| -> Result<Certificate> {
            Certificate::from_pem(&bytes(format!("{name}.pem"))?).with_context(|| name.to_owned())
        };
        let key = |name: &str| -> Result<PKey<Private>> {
            PKey::private_key_from_pem(&bytes(format!("{name}.key"))?).with_context(|| name.to_owned())
        };
        let identity = |name: &str| -> Result<Identity> {
            Ok(Identity { certificate: certificate(name)?, key: key(name)? })
        };
        Ok(Self {
            citizen_root: certificate("citizen-root")?,
            citizen_sub: identity("citizen-sub")?,
            component_root: key("component-root")?.rsa()?,
            tls_ca: identity("tls-ca")?,
            registry: identity("registry")?,
            kiosk: identity("kiosk")?,
            seal_ca: certificate("seal-ca")?,
            seal: identity("seal")?,
            csca: certificate("csca")?,
            document_signer: identity("document-signer")?,
            provider_root: certificate("provider-root")?,
            provider: identity("provider")?,
        })
    }
}

/// From so many days before to so many days after.
fn around(now: Timestamp, since: i64, until: i64) -> Result<(Timestamp, Timestamp)> {
    let days = |days: i64| days.checked_mul(24).map(SignedDuration::from_hours).context("date");
    Ok((now.checked_sub(days(since)?)?, now.checked_add(days(until)?)?))
}

fn new_key() -> Result<PKey<Private>> {
    Ok(PKey::from_rsa(Rsa::generate(RSA_BITS)?)?)
}

/// The mode is set at creation, so that the key is never readable by others, and again for a file that was there.
fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.write_all(bytes)?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn written_authorities_read_back_and_keys_are_private() {
        let now = "2026-03-12T09:00:00Z".parse().unwrap();
        let made = Authorities::generate(now).unwrap();
        let dir = tempfile::tempdir().unwrap();
        made.write(dir.path()).unwrap();
        let read = Authorities::read(dir.path()).unwrap();
        assert_eq!(read.citizen_sub().certificate, made.citizen_sub().certificate);
        assert!(read.seal().key.public_eq(&made.seal().key));
        assert_eq!(read.csca(), made.csca());
        assert_eq!(read.component_root().n().to_vec(), made.component_root().n().to_vec());
        for entry in fs::read_dir(dir.path()).unwrap() {
            let entry = entry.unwrap();
            if entry.path().extension().is_some_and(|e| e == "key") {
                assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
            }
        }
    }
}
