//! PKCS#12 files made by the programs that people's files come from: OpenSSL's and NSS's tools.
//!
//! Nothing is committed: keys are made on the spot, and what passes through the disk lies in the caller's directory.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use openssl::hash::MessageDigest;
use openssl::pkcs5::pbkdf2_hmac;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use trust::Certificate;

use crate::pki::Identity;

/// A file in the making, by `openssl pkcs12 -export`.
pub struct Export<'a> {
    /// Whose key and certificate; none exports the chain alone.
    pub identity: Option<&'a Identity>,
    /// Other certificates, in the order in which they are to stand.
    pub chain: &'a [Certificate],
    /// The entry's name.
    pub name: &'a str,
    /// The password, as UTF-8.
    pub password: &'a str,
}

impl Export<'_> {
    /// Has OpenSSL make it, with further options (`-legacy`, for example).
    ///
    /// # Errors
    /// When OpenSSL refuses.
    pub fn by_openssl(&self, dir: &Path, options: &[&str]) -> Result<Vec<u8>> {
        let out = dir.join("export.p12");
        let input = dir.join("export.pem");
        let mut pem = Vec::new();
        if let Some(identity) = self.identity {
            pem.extend(identity.key_pem()?);
            pem.extend(identity.certificate_pem()?);
        }
        for certificate in self.chain {
            pem.extend(certificate.x509().to_pem()?);
        }
        write(&input, &pem)?;
        let password = dir.join("export.password");
        write(&password, self.password.as_bytes())?;
        let mut openssl = Command::new("openssl");
        openssl.args(["pkcs12", "-export", "-name", self.name]).args(options);
        if self.identity.is_none() {
            openssl.arg("-nokeys");
        }
        openssl.arg("-in").arg(&input).arg("-out").arg(&out);
        // A file without a line would be no password at all to OpenSSL's reader.
        if self.password.is_empty() {
            openssl.args(["-passout", "pass:"]);
        } else {
            openssl.arg("-passout").arg(format!("file:{}", password.display()));
        }
        run(&mut openssl)?;
        let made = fs::read(&out).context("exported file");
        for path in [&input, &password, &out] {
            fs::remove_file(path)?;
        }
        made
    }

    /// Has NSS, which Firefox uses, import it and export it again, with further options for the export.
    ///
    /// # Errors
    /// When one of the tools refuses.
    pub fn by_nss(&self, dir: &Path, options: &[&str]) -> Result<Vec<u8>> {
        let database = dir.join("nss");
        fs::create_dir_all(&database)?;
        let at = format!("sql:{}", database.display());
        run(Command::new("certutil").args(["-N", "--empty-password", "-d", &at]))?;
        let (input, out) = (dir.join("for-nss.p12"), dir.join("from-nss.p12"));
        write(&input, &self.by_openssl(dir, &[])?)?;
        let password = dir.join("nss.password");
        write(&password, format!("{}\n", self.password).as_bytes())?;
        let pk12util = |direction: &str, path: &PathBuf| {
            let mut tool = Command::new("pk12util");
            tool.arg(direction).arg(path).arg("-w").arg(&password).args(["-d", &at, "-K", ""]);
            tool
        };
        run(&mut pk12util("-i", &input))?;
        run(pk12util("-o", &out).args(["-n", self.name]).args(options))?;
        let made = fs::read(&out).context("exported file");
        for path in [&input, &password, &out] {
            fs::remove_file(path)?;
        }
        fs::remove_dir_all(&database)?;
        made
    }
}

/// One file with everything that several hold, which OpenSSL's tool cannot make. They have to be without a seal
/// (`-nomac`), and so is the result.
///
/// # Errors
/// When one is not such a file.
pub fn merge(files: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut safes = Vec::new();
    for file in files {
        let info = inside(after(inside(file)?)?)?;
        let octets = inside(after(info)?)?;
        safes.extend_from_slice(inside(inside(octets)?)?);
    }
    let octets = tlv(0x04, &tlv(0x30, &safes));
    let data = tlv(0x06, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]);
    let info = tlv(0x30, &[data, tlv(0xA0, &octets)].concat());
    Ok(tlv(0x30, &[tlv(0x02, &[3]), info].concat()))
}

/// A file without a seal (`-nomac`), sealed as RFC 9579 says, which Debian's OpenSSL cannot do yet: PBMAC1 with
/// HMAC-SHA-256 throughout.
///
/// # Errors
/// When it is not such a file.
pub fn seal_with_pbmac1(file: &[u8], password: &str) -> Result<Vec<u8>> {
    const ITERATIONS: u16 = 2048;
    let salt = b"sixteen octets..";
    let body = inside(file)?;
    let content = inside(inside(after(inside(after(body)?)?)?)?)?;
    let mut key = [0_u8; 32];
    let hash = MessageDigest::sha256();
    pbkdf2_hmac(password.as_bytes(), salt, usize::from(ITERATIONS), hash, &mut key)?;
    let key = PKey::hmac(&key)?;
    let value = Signer::new(hash, &key)?.sign_oneshot_to_vec(content)?;

    let sequence = |parts: &[Vec<u8>]| tlv(0x30, &parts.concat());
    let oid = |tail: &[u8]| tlv(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d], tail].concat());
    let hmac = || sequence(&[oid(&[2, 9]), tlv(0x05, &[])]);
    let count = tlv(0x02, &ITERATIONS.to_be_bytes());
    let derivation = sequence(&[tlv(0x04, salt), count, tlv(0x02, &[32]), hmac()]);
    let parameters = sequence(&[sequence(&[oid(&[1, 5, 12]), derivation]), hmac()]);
    let info = sequence(&[sequence(&[oid(&[1, 5, 14]), parameters]), tlv(0x04, &value)]);
    // The salt and the count outside are not used (clause 4).
    let seal = sequence(&[info, tlv(0x04, b"NOT USED"), tlv(0x02, &[1])]);
    Ok(tlv(0x30, &[body, &seal].concat()))
}

/// DER of any length below 16 MiB.
#[must_use]
pub fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let [.., a, b, c] = value.len().to_be_bytes();
    let mut der = match (a, b, c) {
        (0, 0, 0..=0x7F) => vec![tag, c],
        (0, 0, _) => vec![tag, 0x81, c],
        (0, ..) => vec![tag, 0x82, b, c],
        _ => vec![tag, 0x83, a, b, c],
    };
    der.extend_from_slice(value);
    der
}

/// What the first element of DER holds.
fn inside(der: &[u8]) -> Result<&[u8]> {
    let (header, len) = measure(der)?;
    der.get(header..header + len).context("DER")
}

/// What follows the first element of DER.
fn after(der: &[u8]) -> Result<&[u8]> {
    let (header, len) = measure(der)?;
    der.get(header + len..).context("DER")
}

fn measure(der: &[u8]) -> Result<(usize, usize)> {
    let first = usize::from(*der.get(1).context("DER")?);
    if first < 0x80 {
        return Ok((2, first));
    }
    let octets = der.get(2..2 + (first & 0x7F)).context("DER")?;
    Ok((2 + octets.len(), octets.iter().fold(0, |len, octet| (len << 8) | usize::from(*octet))))
}

/// Writes a file that its owner alone can read.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes).with_context(|| path.display().to_string())
}

/// Runs a tool to its end.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.output().with_context(|| program.clone())?;
    ensure!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}
