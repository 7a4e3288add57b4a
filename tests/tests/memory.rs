//! After use, neither the PIN nor a key of the channels is left in the memory of the process that used them.
//!
//! The process is `signer`, which has driver and reader and no allocator that wipes; the card is served by another one,
//! which tells the keys. The driver must not only forget, it must be seen to have known: each secret is looked for while
//! it is in use, and found.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use journeys::kept::bytes_in_memory;
use journeys::people::Town;
use journeys::place;
use journeys::process::command;
use journeys::stage::CardService;
use journeys::wait::{PATIENCE, wait_until};
use journeys::watcher::Watcher;
use openssl::hash::MessageDigest;
use openssl::sign::Verifier;
use openssl::x509::X509;
use testkit::card::PersonaSpec;

/// A program led by lines.
struct Led {
    child: Child,
    words: ChildStdin,
    lines: BufReader<ChildStdout>,
}

/// Starts a program; gives it, its input and its output.
fn start(mut program: Command) -> (Child, ChildStdin, BufReader<ChildStdout>) {
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let words = child.stdin.take().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    (child, words, lines)
}

impl Led {
    fn start(program: Command) -> Self {
        let (child, words, lines) = start(program);
        Self { child, words, lines }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.words, "{line}").unwrap();
    }

    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// What of the secrets it has in its memory now, and where.
    fn keeps(&self, secrets: &[Vec<u8>]) -> Vec<(usize, String)> {
        let secrets: Vec<&[u8]> = secrets.iter().map(Vec::as_slice).collect();
        bytes_in_memory(self.child.id(), &secrets).unwrap()
    }
}

impl Drop for Led {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of a program, as they come.
fn overhear(lines: BufReader<ChildStdout>) -> Receiver<String> {
    let (sender, heard) = channel();
    thread::spawn(move || lines.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    heard
}

/// Every run of hexadecimal digits long enough to be a key.
fn keys(line: &str) -> impl Iterator<Item = Vec<u8>> + '_ {
    line.split(|character: char| !character.is_ascii_hexdigit())
        .filter(|run| run.len() >= 32)
        .filter_map(|run| hex::decode(run).ok())
}

/// Letters and digits that stand nowhere else.
fn some_pin() -> String {
    let mut bytes = [0; 7];
    openssl::rand::rand_bytes(&mut bytes).unwrap();
    hex::encode_upper(bytes)
}

#[test]
fn neither_pin_nor_session_keys_outlive_their_use() {
    CardService::ready().unwrap();
    let town = Town::shared().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let watcher = Watcher::start().unwrap();
    for spec in [PersonaSpec::amparo(), PersonaSpec::vicent_2_0()] {
        let pin = some_pin();
        let persona = town.persona(&PersonaSpec { pin: pin.clone(), ..spec }).unwrap();
        let file = directory.path().join("persona.toml");
        persona.save(&file).unwrap();
        let mut card = command(place::program("virtual-card").unwrap());
        card.arg("--persona").arg(&file).args(["--inserted", "--tell-keys"]);
        let (child, words, lines) = start(card);
        let card = Reaped(child, words);
        let told = overhear(lines);
        let reader = watcher.inserted().unwrap();

        let mut signer = command(place::program("signer").unwrap());
        signer.arg(reader.to_string()).arg(hex::encode(town.authorities().component_root().n().to_vec()));
        let mut signer = Led::start(signer);
        signer.tell(&pin);
        assert_eq!(signer.hear(), "holding");
        assert_ne!(signer.keeps(&[pin.clone().into_bytes()]), [], "the PIN is held and not found");

        signer.tell("go on");
        assert_eq!(signer.hear(), "unlocked");
        let mut secrets = BTreeSet::new();
        wait_until("the keys of a channel", PATIENCE, || {
            secrets.extend(told.try_iter().flat_map(|line| keys(&line).collect::<Vec<_>>()));
            Ok(secrets.len() >= 2)
        })
        .unwrap();
        secrets.extend(told.try_iter().flat_map(|line| keys(&line).collect::<Vec<_>>()));
        // Whole, and by the halves that single DES uses.
        let mut secrets: Vec<Vec<u8>> = secrets
            .into_iter()
            .flat_map(|key| key.chunks(8).map(<[u8]>::to_vec).chain([key.clone()]).collect::<Vec<_>>())
            .collect();
        assert_ne!(signer.keeps(&secrets), [], "a channel is open and its keys are not found");

        signer.tell("go on");
        let done = signer.hear();
        let signature = hex::decode(done.strip_prefix("done ").expect("a signature")).unwrap();
        let own = persona.signature.as_ref().unwrap();
        let key = X509::from_der(&own.certificate.0).unwrap().public_key().unwrap();
        let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
        assert!(verifier.verify_oneshot(&signature, b"I ask for a parking permit.").unwrap());

        secrets.push(pin.into_bytes());
        let kept = signer.keeps(&secrets);
        assert_eq!(kept, [], "of {} secrets, the last one being the PIN", secrets.len());
        signer.tell("go on");
        drop(card);
        watcher.removed().unwrap();
    }
}

/// A program that ends when this is dropped.
struct Reaped(Child, #[allow(dead_code, reason = "closing it would be the word to end")] ChildStdin);

impl Drop for Reaped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
