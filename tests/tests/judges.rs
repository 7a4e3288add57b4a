//! Signatures made here, judged by tools of others: poppler's `pdfsig` over an NSS database, pyHanko, and
//! `openssl cms -cades`. They share no code with `signing`, and each sees faults that the others overlook.
//!
//! The judges look at the machine's clock, so the certificates are made for the present.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use signing::{Attributes, KeySigner, prepare};
use testkit::pdf::Sample;
use testkit::pki::{Authorities, Purpose};
use trust::Holder;

static COURT: LazyLock<Court> = LazyLock::new(Court::new);

/// An authority that the judges trust, and one that they do not.
struct Court {
    authorities: Authorities,
    stranger: Authorities,
    now: Timestamp,
    dir: PathBuf,
}

impl Court {
    fn new() -> Self {
        #[allow(clippy::disallowed_methods)] // The judges cannot be told another time.
        let now = Timestamp::now();
        let authorities = Authorities::generate(now).unwrap();
        let stranger = Authorities::generate(now).unwrap();
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("root.pem"), authorities.citizen_root().x509().to_pem().unwrap()).unwrap();
        let database = dir.join("nss");
        fs::create_dir(&database).unwrap();
        let database = format!("sql:{}", database.display());
        run("certutil", &["-N", "-d", &database, "--empty-password"]);
        let root = dir.join("root.pem");
        let root = root.to_str().unwrap();
        run("certutil", &["-A", "-d", &database, "-n", "root", "-t", "CT,C,C", "-i", root]);
        Self { authorities, stranger, now, dir }
    }

    fn root(&self) -> PathBuf {
        self.dir.join("root.pem")
    }

    fn sign(&self, by: &Authorities, sample: &Sample) -> Vec<u8> {
        let holder = Holder {
            nif: "99999002Q".into(),
            given_name: "AMPARO".into(),
            surname1: "MARTÍ".into(),
            surname2: Some("SOLER".into()),
        };
        let day = SignedDuration::from_hours(24);
        let (certificate, key) =
            by.citizen(&holder, Purpose::Signature, self.now - day, self.now + day * 365).unwrap();
        let attributes = Attributes {
            claimed_at: self.now.to_zoned_datetime(TimeZone::get("Europe/Madrid").unwrap()),
            field_name: "Signatura1",
            signer_name: Some("AMPARO MARTÍ SOLER"),
            reason: Some("Sol·licitud d'empadronament"),
        };
        let chain = [by.citizen_sub().certificate.clone()];
        let unsigned = prepare(&sample.build(), &certificate, &chain, &attributes).unwrap();
        unsigned.seal_with(&mut KeySigner::new(certificate, key).unwrap()).unwrap()
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

fn samples() -> [(&'static str, Sample); 4] {
    [
        ("plain.pdf", Sample::plain()),
        ("tagged.pdf", Sample::plain().tagged().attach("manifest.json", b"{}")),
        ("stream.pdf", Sample::plain().with_xref_stream()),
        ("tagged-stream.pdf", Sample::plain().tagged().with_xref_stream()),
    ]
}

/// One bit of the page's text.
fn changed(mut file: Vec<u8>) -> Vec<u8> {
    let at = file.windows(11).position(|window| window == b"Sol-licitud").unwrap();
    if let Some(byte) = file.get_mut(at) {
        *byte ^= 1;
    }
    file
}

#[test]
fn pdfsig_finds_the_signature_valid_and_the_certificate_trusted() {
    for (name, sample) in samples() {
        let verdict = pdfsig(&COURT.file(name, &COURT.sign(&COURT.authorities, &sample)));
        for wanted in [
            "Signature Type: ETSI.CAdES.detached",
            "Signing Hash Algorithm: SHA-256",
            "Signature Validation: Signature is Valid.",
            "Certificate Validation: Certificate is Trusted.",
            "- Total document signed",
        ] {
            assert!(verdict.contains(wanted), "{name}: no {wanted:?} in\n{verdict}");
        }
    }
}

#[test]
fn pdfsig_does_not_believe_a_changed_file_or_a_stranger() {
    let signed = COURT.sign(&COURT.authorities, &Sample::plain());
    let verdict = pdfsig(&COURT.file("pdfsig-changed.pdf", &changed(signed)));
    assert!(verdict.contains("Signature Validation: Digest Mismatch."), "{verdict}");
    let foreign = COURT.sign(&COURT.stranger, &Sample::plain());
    let verdict = pdfsig(&COURT.file("pdfsig-stranger.pdf", &foreign));
    assert!(!verdict.contains("Certificate is Trusted"), "{verdict}");
}

#[test]
fn pyhanko_judges_the_signature_valid() {
    for (name, sample) in samples() {
        let name = format!("pyhanko-{name}");
        let (accepted, verdict) = pyhanko(&COURT.file(&name, &COURT.sign(&COURT.authorities, &sample)));
        assert!(accepted, "{name}: {verdict}");
        assert!(verdict.contains("The signature is judged VALID."), "{name}: {verdict}");
        assert!(verdict.contains("The signature covers the entire file."), "{name}: {verdict}");
    }
}

#[test]
fn pyhanko_does_not_believe_a_changed_file_or_a_stranger() {
    let signed = COURT.sign(&COURT.authorities, &Sample::plain());
    let (accepted, verdict) = pyhanko(&COURT.file("pyhanko-changed.pdf", &changed(signed)));
    assert!(!accepted, "{verdict}");
    let foreign = COURT.sign(&COURT.stranger, &Sample::plain());
    let (accepted, verdict) = pyhanko(&COURT.file("pyhanko-stranger.pdf", &foreign));
    assert!(!accepted, "{verdict}");
}

/// The only judge that insists on the signing-certificate attribute.
#[test]
fn openssl_finds_the_advanced_attributes() {
    let signed = COURT.sign(&COURT.authorities, &Sample::plain().tagged());
    assert!(openssl_cades("good", &signed), "a good file");
    assert!(!openssl_cades("changed", &changed(signed)), "a changed file");
    assert!(!openssl_cades("stranger", &COURT.sign(&COURT.stranger, &Sample::plain())), "a stranger's file");
}

fn pdfsig(file: &Path) -> String {
    // Its exit code is zero whatever it finds: the text is the verdict.
    let database = COURT.dir.join("nss");
    run("pdfsig", &["-nssdir", database.to_str().unwrap(), file.to_str().unwrap()])
}

fn pyhanko(file: &Path) -> (bool, String) {
    let venv = std::env::var_os("FINESTRETA_PYHANKO").expect(
        "FINESTRETA_PYHANKO names the Python environment with pyHanko; `cargo xtask test` makes one and sets it",
    );
    let output = Command::new(Path::new(&venv).join("bin/pyhanko"))
        .args(["sign", "validate", "--pretty-print", "--no-revocation-check", "--trust-replace", "--trust"])
        .args([&COURT.root(), file])
        .output()
        .expect("pyhanko in the environment named by FINESTRETA_PYHANKO");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.success(), text)
}

fn openssl_cades(name: &str, signed: &[u8]) -> bool {
    let at = signed.windows(11).rposition(|window| window == b"/Contents <").unwrap() + 10;
    let end = at + signed.iter().skip(at).position(|byte| *byte == b'>').unwrap() + 1;
    let mut cms = hex::decode(signed.get(at + 1..end - 1).unwrap()).unwrap();
    let len = 4 + usize::from(u16::from_be_bytes([*cms.get(2).unwrap(), *cms.get(3).unwrap()]));
    cms.truncate(len);
    let content = [signed.get(..at).unwrap(), signed.get(end..).unwrap()].concat();
    let cms = COURT.file(&format!("{name}.p7s"), &cms);
    let content = COURT.file(&format!("{name}.bin"), &content);
    let status = Command::new("openssl")
        .args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-out", "/dev/null", "-in"])
        .arg(cms)
        .arg("-content")
        .arg(content)
        .arg("-CAfile")
        .arg(COURT.root())
        .output()
        .expect("the openssl command (package openssl)")
        .status;
    status.success()
}

/// Runs a judge and gives its text. A judge that is not installed is a failure, never a pass.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .unwrap_or_else(|error| panic!("{program} (packages poppler-utils, libnss3-tools): {error}"));
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{program}: {text}");
    text
}
