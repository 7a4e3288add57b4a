//! Certificate and key of a kiosk in its files: changed so that whatever breaks off, a pair that belongs together is
//! there or can be put together.
//!
//! The new key is written first, beside the one in use; it is asked for again with the same key until there is an answer.
//! Then the new certificate takes the place of the old one, and the new key that of the old key. Between these two steps
//! the certificate is of the key beside: [`Keeping::mend`] sees that and takes the last step.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::pkey::PKey;
use openssl::x509::X509;
use registry_api::{Enrolled, renew_from};

use crate::{CertificateRequest, EnrolError, Mismatch};

/// The two files, PEM.
#[derive(Debug, Clone, Copy)]
pub struct Keeping<'a> {
    /// The certificate.
    pub certificate: &'a Path,
    /// The private key, read by its owner alone.
    pub key: &'a Path,
}

impl Keeping<'_> {
    /// Whether there is a certificate.
    #[must_use]
    pub fn is_enrolled(&self) -> bool {
        self.certificate.exists()
    }

    /// The request for the next certificate: of the key that waits for one, or of a new one.
    ///
    /// # Errors
    /// When the key cannot be made or written.
    pub fn request(&self) -> Result<CertificateRequest, EnrolError> {
        self.mend()?;
        let next = next(self.key);
        match fs::read(&next) {
            Ok(pem) => return Ok(CertificateRequest::from_key_pem(&pem)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let request = CertificateRequest::generate()?;
        // Whole or not there: half a key could not be asked for again.
        let begun = beside(self.key, "begun");
        remove(&begun)?;
        write(&begun, &request.key_pem()?, 0o600)?;
        fs::rename(&begun, &next)?;
        sync(self.key)?;
        Ok(request)
    }

    /// Puts the certificate that was issued, and its key, in their places.
    ///
    /// # Errors
    /// [`EnrolError::Mismatch`] when it is not the one asked for, and when it cannot be written.
    pub fn keep(
        &self,
        request: &CertificateRequest,
        enrolled: &Enrolled,
        kiosk: &str,
    ) -> Result<(), EnrolError> {
        let pem = request.certificate_pem(enrolled, kiosk)?;
        let next = next(self.certificate);
        remove(&next)?;
        write(&next, &pem, 0o644)?;
        fs::rename(&next, self.certificate)?;
        sync(self.certificate)?;
        Ok(self.mend()?)
    }

    /// Forgets a key that waits for a certificate it will not get.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn forget(&self) -> Result<(), EnrolError> {
        Ok(remove(&next(self.key))?)
    }

    /// Takes the last step of a change that broke off.
    ///
    /// # Errors
    /// When a file cannot be read or moved.
    pub fn mend(&self) -> io::Result<()> {
        let next = next(self.key);
        let (Some(certificate), Some(key)) = (read(self.certificate)?, read(&next)?) else { return Ok(()) };
        let belongs = || {
            let public = X509::from_pem(&certificate)?.public_key()?;
            let key = PKey::private_key_from_pem(&key)?;
            Ok::<_, ErrorStack>(public.public_eq(&key))
        };
        if belongs().unwrap_or(false) {
            fs::rename(&next, self.key)?;
            sync(self.key)?;
        }
        Ok(())
    }

    /// From when on the certificate may be renewed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn renew_from(&self) -> Result<Timestamp, EnrolError> {
        let certificate = X509::from_pem(&fs::read(self.certificate)?)?;
        Ok(renew_from(moment(certificate.not_before())?, moment(certificate.not_after())?))
    }
}

fn moment(time: &Asn1TimeRef) -> Result<Timestamp, EnrolError> {
    let since = Asn1Time::from_unix(0)?.diff(time)?;
    let seconds = i64::from(since.days) * 86_400 + i64::from(since.secs);
    Timestamp::from_second(seconds)
        .map_err(|_| EnrolError::Mismatch(Mismatch { what: "its dates are out of reach" }))
}

fn next(path: &Path) -> PathBuf {
    beside(path, "next")
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// What was renamed stays so when the power goes.
fn sync(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use openssl::hash::MessageDigest;
    use openssl::nid::Nid;
    use openssl::x509::{X509NameBuilder, X509Req};

    use super::*;

    /// Whoever issues, with a key of its own.
    fn issue(request: &CertificateRequest, name: &str) -> Enrolled {
        let authority = CertificateRequest::generate().unwrap().key_pem().unwrap();
        let authority = PKey::private_key_from_pem(&authority).unwrap();
        let mut subject = X509NameBuilder::new().unwrap();
        subject.append_entry_by_nid(Nid::COMMONNAME, name).unwrap();
        let mut builder = X509::builder().unwrap();
        builder.set_subject_name(&subject.build()).unwrap();
        let key = X509Req::from_der(request.der()).unwrap().public_key().unwrap();
        builder.set_pubkey(&key).unwrap();
        builder.set_not_before(&Asn1Time::from_unix(0).unwrap()).unwrap();
        builder.set_not_after(&Asn1Time::from_unix(900).unwrap()).unwrap();
        builder.sign(&authority, MessageDigest::sha256()).unwrap();
        let at = |text: &str| text.parse().unwrap();
        Enrolled {
            kiosk: name.to_owned(),
            certificate: builder.build().to_der().unwrap().into(),
            authority: Vec::new().into(),
            not_after: at("1970-01-01T00:15:00Z"),
            renew_from: at("1970-01-01T00:10:00Z"),
        }
    }

    #[test]
    fn a_pair_that_belongs_together_is_there_whatever_breaks_off() {
        let dir = tempfile::tempdir().unwrap();
        let (certificate, key) = (dir.path().join("kiosk.pem"), dir.path().join("kiosk.key"));
        let keeping = Keeping { certificate: &certificate, key: &key };
        let pair = || {
            let public = X509::from_pem(&fs::read(&certificate).unwrap()).unwrap().public_key().unwrap();
            public.public_eq(&PKey::private_key_from_pem(&fs::read(&key).unwrap()).unwrap())
        };
        assert!(!keeping.is_enrolled());
        let request = keeping.request().unwrap();
        // No answer came: it is asked again with the same key.
        assert_eq!(keeping.request().unwrap().key_pem().unwrap(), request.key_pem().unwrap());
        assert!(keeping.keep(&request, &issue(&request, "kiosk-02"), "kiosk-01").is_err());
        assert!(!keeping.is_enrolled());
        keeping.keep(&request, &issue(&request, "kiosk-01"), "kiosk-01").unwrap();
        assert!(keeping.is_enrolled() && pair());
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(keeping.renew_from().unwrap().as_second(), 600);

        // The power goes when the new certificate is in its place and the new key is not.
        let request = keeping.request().unwrap();
        let old = fs::read(&key).unwrap();
        let pem = request.certificate_pem(&issue(&request, "kiosk-01"), "kiosk-01").unwrap();
        fs::write(&certificate, pem).unwrap();
        assert!(!pair());
        keeping.mend().unwrap();
        assert!(pair() && fs::read(&key).unwrap() != old);

        // A key that waits is no reason to touch what works.
        keeping.request().unwrap();
        keeping.mend().unwrap();
        assert!(pair());
        keeping.forget().unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
