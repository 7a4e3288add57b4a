//! How a kiosk comes to its certificate and to the next one: by its own program, at the door of a real registry.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use jiff::SignedDuration;
use journeys::people::now;
use journeys::place::program;
use journeys::process::command;
use journeys::stage::{Windowless, runtime};
use registry_api::{Registry as _, RegistryError, SubmissionKey};
use registry_client::{Connection, HttpRegistry};

/// A kiosk that has no certificate yet, and where it will keep it.
struct Kiosk {
    configuration: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
}

impl Kiosk {
    fn new(stage: &Windowless, id: &str) -> Self {
        let configuration = stage.kiosk(id).unwrap();
        let beside = |name: &str| configuration.with_file_name(name);
        let (certificate, key) = (beside("own.pem"), beside("own.key"));
        let mut table: toml::Table = fs::read_to_string(&configuration).unwrap().parse().unwrap();
        table["kiosk"]["id"] = id.into();
        table["registry"]["certificate"] = certificate.to_str().unwrap().into();
        table["registry"]["key"] = key.to_str().unwrap().into();
        fs::write(&configuration, table.to_string()).unwrap();
        Self { configuration, certificate, key }
    }

    /// Runs the kiosk's program with these words, and types a line. Whether it was well, and all that it said.
    fn says(&self, words: &[&str], typed: &str) -> (bool, String) {
        let mut kiosk = command(program("finestreta").unwrap());
        kiosk.args(words).arg("--config").arg(&self.configuration);
        kiosk.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut kiosk = kiosk.spawn().unwrap();
        // Whoever needs no code does not wait for one.
        let _ = writeln!(kiosk.stdin.take().unwrap(), "{typed}");
        let output = kiosk.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    /// What the registry answers it, asked for a receipt that there is not.
    fn is_heard(&self, stage: &Windowless) -> Result<(), RegistryError> {
        let pem = |path: &Path| fs::read(path).unwrap();
        let registry = HttpRegistry::new(&Connection {
            address: &stage.registry().address(),
            authority_pem: &pem(&stage.registry().directory().join("pki/tls-ca.pem")),
            certificate_pem: &pem(&self.certificate),
            key_pem: &pem(&self.key),
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(20),
        })
        .unwrap();
        let receipt = runtime().unwrap().block_on(registry.receipt(SubmissionKey::new(now(), [1; 10])));
        receipt.map(|receipt| assert!(receipt.is_none()))
    }
}

#[test]
fn a_kiosk_enrols_with_its_code_and_is_heard_with_the_key_that_never_left_it() {
    let mut stage = Windowless::set().unwrap();
    let door = stage.registry_mut().open_for_enrolling(&[]).unwrap();
    let kiosk = Kiosk::new(&stage, "kiosk-07");
    let code = stage.registry().invite("kiosk-07").unwrap();

    // What is no code is told before anybody is asked, and a code that was not given by the registry.
    let (well, said) = kiosk.says(&["enrol", "--at", &door], "no code");
    assert!(!well && said.contains("27 letters and digits"), "{said}");
    let other = stage.registry().invite("kiosk-08").unwrap();
    let (well, said) = kiosk.says(&["enrol", "--at", &door], &other);
    assert!(!well, "the code of another kiosk: {said}");
    assert!(!kiosk.certificate.exists());

    let (well, said) = kiosk.says(&["enrol", "--at", &door], &code);
    assert!(well && said.starts_with("kiosk-07 is enrolled until "), "{said}");
    assert_eq!(fs::metadata(&kiosk.key).unwrap().permissions().mode() & 0o777, 0o600);
    kiosk.is_heard(&stage).unwrap();

    let (well, said) = kiosk.says(&["enrol", "--at", &door], &code);
    assert!(!well && said.contains("--again"), "{said}");
    let (well, said) = kiosk.says(&["renew"], "");
    assert!(well && said.starts_with("nothing to do before "), "{said}");

    stage.registry().revoke("kiosk-07").unwrap();
    // What it signs meanwhile stays in its queue.
    let answer = kiosk.is_heard(&stage);
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
}

#[test]
fn a_kiosk_whose_certificate_ends_soon_has_the_next_one_with_a_new_key() {
    let mut stage = Windowless::set().unwrap();
    stage.registry_mut().open_for_enrolling(&["kiosk-09"]).unwrap();
    let kiosk = Kiosk::new(&stage, "kiosk-09");
    let day = SignedDuration::from_hours(24);
    let old = stage.town().authorities().client("kiosk-09", now() - day * 20, now() + day * 3).unwrap();
    fs::write(&kiosk.certificate, old.certificate_pem().unwrap()).unwrap();
    fs::write(&kiosk.key, old.key_pem().unwrap()).unwrap();
    kiosk.is_heard(&stage).unwrap();

    let (well, said) = kiosk.says(&["renew"], "");
    assert!(well && said.starts_with("kiosk-09 is enrolled until "), "{said}");
    assert_ne!(fs::read(&kiosk.certificate).unwrap(), old.certificate_pem().unwrap());
    assert_ne!(fs::read(&kiosk.key).unwrap(), old.key_pem().unwrap());
    assert_eq!(fs::metadata(&kiosk.key).unwrap().permissions().mode() & 0o777, 0o600);
    kiosk.is_heard(&stage).unwrap();
    let (well, said) = kiosk.says(&["renew"], "");
    assert!(well && said.starts_with("nothing to do before "), "{said}");
}
