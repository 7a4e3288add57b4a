//! `cargo xtask bench card`: what a conversation with the card costs, ours beside OpenSC's with the same card.
//!
//! Both go through the machine's card service to a virtual card on a line as slow as real contacts. The card counts the
//! exchanges (GET RESPONSE included) and the bytes in both directions; the chip's own computing takes it next to no time, so that the time
//! is that of the line, of the card service and of the program.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, bail, ensure};
use dnie::{CardAnchors, ComponentCache, Dnie, Error, KeyRef, Reason};
use openssl::hash::MessageDigest;
use openssl::sha::sha256;
use openssl::sign::Verifier;
use openssl::x509::X509;
use reader::ReaderName;
use secret::Pin;
use testkit::card::{PIN, PersonaSpec};
use virtual_card::{Counts, DEFAULT_ADDRESS, Generation, LineRate, Persona, Served, VirtualCard};

use super::figures::{Figures, Row};
use super::{median, say, write};
use crate::opensc::{OpenSc, Session};
use crate::people::Town;
use crate::stage::CardService;
use crate::wait::{PATIENCE, wait_until};
use crate::watcher::{Watcher, since};

/// How often each task is done by each side, in turns.
const RUNS: usize = 5;
/// How often OpenSC may try one run: about one of its handshakes in thirty fails by its own doing, since it pads a block
/// that came out short at the wrong end. Such a run is not counted.
const TRIES: usize = 6;
/// What is signed.
const MESSAGE: &[u8] = b"I ask for a parking permit.";

/// Least time of a line: 12 elementary time units per byte at 4.8 MHz (the fact sheet, 11).
const LINE_2_0: LineRate = LineRate::CONTACT_2_0;
/// As above for 3.0, with five milliseconds more for each exchange: such a card answers short commands within 7 ms.
const LINE_3_0: LineRate =
    LineRate { per_byte: LineRate::CONTACT_3_0.per_byte, per_exchange: Duration::from_millis(5) };

/// Exchanges that the driver must not pass (the fact sheet, 11).
const IDENTIFY_LIMIT: f64 = 15.0;
const CERTIFICATES_LIMIT: f64 = 32.0;
const SIGN_3_0_LIMIT: f64 = 36.0;
const SIGN_2_0_LIMIT: f64 = 20.0;
const SIGN_AGAIN_LIMIT: f64 = 42.0;
/// Milliseconds from the service's noticing a card to our event.
const EVENT_LIMIT: f64 = 300.0;

/// Takes every figure, prints a table, writes the file.
///
/// # Errors
/// When a figure cannot be taken.
pub fn card(output: &Path) -> anyhow::Result<()> {
    CardService::ready()?;
    let mut figures = Figures::new("card");
    insert_to_event(&mut figures)?;
    for spec in [PersonaSpec::amparo(), PersonaSpec::vicent_2_0()] {
        let bench = Bench::new(&spec)?;
        bench.run(&mut figures)?;
        bench.end()?;
    }
    write(&figures, output)
}

/// What one task cost.
#[derive(Debug, Clone, Copy)]
struct Cost {
    exchanges: u64,
    bytes: u64,
    time: Duration,
}

/// One card in the reader.
struct Bench {
    persona: Persona,
    served: Served,
    reader: ReaderName,
    watcher: Watcher,
    anchors: CardAnchors,
    component_root: Vec<u8>,
    /// OpenSC's names for the certificates of authentication, of signature, and of their issuer.
    ids: Vec<Vec<u8>>,
    peer: String,
}

impl Bench {
    fn new(spec: &PersonaSpec) -> anyhow::Result<Self> {
        let town = Town::shared()?;
        let persona = town.persona(spec)?;
        let watcher = Watcher::start()?;
        let rate = if persona.generation == Generation::V2 { LINE_2_0 } else { LINE_3_0 };
        let (served, reader) = watcher.insert(VirtualCard::new(&persona)?, DEFAULT_ADDRESS, rate)?;
        let component_root = town.authorities().component_root().n().to_vec();
        let anchors = CardAnchors::with_replaced_component_root(&component_root);
        let opensc = OpenSc::new()?;
        let list = opensc.says("pkcs15-tool", &["--list-certificates"])?;
        let ids = String::from_utf8_lossy(&list)
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| name.trim() == "ID")
            .map(|(_, id)| hex::decode(id.trim()))
            .collect::<Result<Vec<_>, _>>()?;
        ensure!(ids.len() == 3, "OpenSC sees {} certificates", ids.len());
        let peer = opensc.version()?;
        Ok(Self { persona, served, reader, watcher, anchors, component_root, ids, peer })
    }

    fn end(self) -> anyhow::Result<()> {
        self.watcher.remove(self.served).map(drop)
    }

    fn run(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let (mut identify, mut certificates) = (Pair::default(), Pair::default());
        let (mut sign, mut again) = (Pair::default(), Pair::default());
        let is_v3 = self.persona.generation == Generation::V3;
        let name = if is_v3 { "3.0" } else { "2.0" };
        for turn in 1..=RUNS {
            say(&format!("{name}: run {turn} of {RUNS}, ours and OpenSC"));
            identify.ours.push(self.our_identification()?);
            identify.peer.push(self.their_identification()?);
            if is_v3 {
                certificates.ours.push(self.our_certificates()?);
                certificates.peer.push(self.their_certificates()?);
            }
            let [first, second] = self.our_signatures()?;
            let [their_first, their_second] = self.their_signatures()?;
            sign.ours.push(first);
            sign.peer.push(their_first);
            if is_v3 {
                again.ours.push(second);
                again.peer.push(their_second);
            }
        }
        let tool = |name: &str| format!("{} {name}", self.peer);
        let (pkcs15, pkcs11) = (tool("pkcs15-tool"), tool("PKCS#11"));
        identify.rows(figures, &format!("identify-{name}"), &pkcs15, IDENTIFY_LIMIT)?;
        if is_v3 {
            certificates.rows(figures, "certificates-3.0", &pkcs11, CERTIFICATES_LIMIT)?;
            sign.rows(figures, "sign-3.0", &pkcs11, SIGN_3_0_LIMIT)?;
            again.rows(figures, "sign-again-3.0", &pkcs11, SIGN_AGAIN_LIMIT)?;
        } else {
            sign.rows(figures, "sign-2.0", &pkcs11, SIGN_2_0_LIMIT)?;
        }
        Ok(())
    }

    /// Recognition and the authentication certificate.
    fn our_identification(&self) -> anyhow::Result<Cost> {
        let (found, cost) = self.timed(|| {
            reader::exclusive(&self.reader, |card| {
                Dnie::open(card, &self.anchors)?.authentication_certificate()
            })
        });
        ensure!(found?? == self.persona.authentication.certificate.0, "another certificate");
        Ok(cost)
    }

    /// The same by OpenSC's leanest way, a program that reads one certificate; its start is part of the time.
    fn their_identification(&self) -> anyhow::Result<Cost> {
        let opensc = OpenSc::new()?;
        let id = hex::encode(self.ids.first().context("no certificate")?);
        let (pem, cost) = self.timed(|| opensc.says("pkcs15-tool", &["--read-certificate", &id]));
        let der = X509::from_pem(&pem?)?.to_der()?;
        ensure!(der == self.persona.authentication.certificate.0, "another certificate");
        Ok(cost)
    }

    fn our_certificates(&self) -> anyhow::Result<Cost> {
        let (found, cost) = self.timed(|| {
            reader::exclusive(&self.reader, |card| Dnie::open(card, &self.anchors)?.certificates())
        });
        let found = found??;
        ensure!(found.authentication == self.persona.authentication.certificate.0, "another certificate");
        ensure!(found.signature.is_some() && found.issuer.is_some(), "a certificate is missing");
        Ok(cost)
    }

    fn their_certificates(&self) -> anyhow::Result<Cost> {
        let opensc = OpenSc::new()?;
        let mut session = opensc.session()?;
        let (found, cost) = self.timed(|| -> anyhow::Result<Vec<Vec<u8>>> {
            session.open()?;
            self.ids.iter().map(|id| session.certificate(id)).collect()
        });
        let found = found?;
        let own = &self.persona.authentication.certificate.0;
        ensure!(found.len() == 3 && found.first() == Some(own), "another certificate");
        Ok(cost)
    }

    /// Channels, PIN and a signature, with the component certificates known from the reading before; then another one.
    fn our_signatures(&self) -> anyhow::Result<[Cost; 2]> {
        let cache = reader::exclusive(&self.reader, |card| -> Result<ComponentCache, Error> {
            let mut dnie = Dnie::open(card, &self.anchors)?;
            dnie.tries_left()?;
            Ok(dnie.component_cache())
        })??;
        let begun = Instant::now();
        let before = self.served.counts();
        let (first, second) = reader::exclusive(&self.reader, |card| -> anyhow::Result<_> {
            let dnie = Dnie::open_with_cache(card, &self.anchors, cache)?;
            let mut unlocked = dnie.verify(&pin()?).map_err(|refused| refusal(refused.reason))?;
            let signature = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE))?;
            let first = Cost::of(before, self.served.counts(), begun.elapsed());
            self.check(&signature)?;
            let (again, before) = (Instant::now(), self.served.counts());
            let mut unlocked = unlocked.verify_again(&pin()?).map_err(|refused| refusal(refused.reason))?;
            let signature = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE))?;
            let second = Cost::of(before, self.served.counts(), again.elapsed());
            self.check(&signature)?;
            Ok((first, second))
        })??;
        Ok([first, second])
    }

    /// Login and a signature in a session that has read the token before; then another one in the same session.
    fn their_signatures(&self) -> anyhow::Result<[Cost; 2]> {
        let opensc = OpenSc::believing(&self.component_root)?;
        let mut failures = Vec::new();
        for _ in 0..TRIES {
            let mut session = opensc.session()?;
            session.open()?;
            match self.their_two(&mut session) {
                Ok(costs) => return Ok(costs),
                Err(error) => failures.push(format!("{error:#}")),
            }
        }
        bail!("OpenSC does not sign: {}", failures.join("; "))
    }

    fn their_two(&self, session: &mut Session) -> anyhow::Result<[Cost; 2]> {
        let key = self.ids.get(1).context("no signature certificate")?;
        let digest = sha256(MESSAGE);
        let (signature, first) = self.timed(|| {
            session.login(PIN)?;
            session.sign(key, &digest)
        });
        self.check(&signature?)?;
        let (signature, second) = self.timed(|| session.sign(key, &digest));
        self.check(&signature?)?;
        Ok([first, second])
    }

    fn check(&self, signature: &[u8]) -> anyhow::Result<()> {
        let signer = self.persona.signature.as_ref().context("no signature certificate")?;
        let key = X509::from_der(&signer.certificate.0)?.public_key()?;
        let verified = Verifier::new(MessageDigest::sha256(), &key)?.verify_oneshot(signature, MESSAGE)?;
        ensure!(verified, "a signature that is none");
        Ok(())
    }

    fn timed<R>(&self, work: impl FnOnce() -> R) -> (R, Cost) {
        let (before, begun) = (self.served.counts(), Instant::now());
        let result = work();
        (result, Cost::of(before, self.served.counts(), begun.elapsed()))
    }
}

impl Cost {
    fn of(before: Counts, after: Counts, time: Duration) -> Self {
        let spent = since(before, after);
        Self { exchanges: spent.exchanges, bytes: spent.received + spent.sent, time }
    }
}

/// Both sides' costs of a task.
#[derive(Default)]
struct Pair {
    ours: Vec<Cost>,
    peer: Vec<Cost>,
}

impl Pair {
    fn rows(&self, figures: &mut Figures, task: &str, peer: &str, limit: f64) -> anyhow::Result<()> {
        type Figure = fn(&Cost) -> f64;
        #[allow(clippy::cast_precision_loss)]
        let (exchanges, bytes): (Figure, Figure) = (|cost| cost.exchanges as f64, |cost| cost.bytes as f64);
        let time: Figure = |cost| cost.time.as_secs_f64() * 1000.0;
        let mut row = |metric: &str, unit: &str, of: Figure, limit: Option<f64>| -> anyhow::Result<()> {
            let (ours, theirs) = (median(self.ours.iter().map(of))?, median(self.peer.iter().map(of))?);
            let row = Row::new(task, metric, unit, ours).peer(theirs, peer);
            figures.push(match limit {
                Some(limit) => row.limit(limit),
                None => row,
            });
            Ok(())
        };
        row("exchanges", "", exchanges, Some(limit))?;
        row("bytes", "B", bytes, None)?;
        row("time", "ms", time, None)?;
        Ok(())
    }
}

/// From a card's being put in to the event: the service looks every 0.4 s; what comes after that is ours.
fn insert_to_event(figures: &mut Figures) -> anyhow::Result<()> {
    let watcher = Watcher::start()?;
    let mut card = Town::shared()?.card(&PersonaSpec::amparo())?;
    let (mut whole, mut ours) = (Vec::new(), Vec::new());
    for turn in 1..=RUNS {
        say(&format!("insertion {turn} of {RUNS}"));
        let begun = Instant::now();
        let served = virtual_card::serve(card, DEFAULT_ADDRESS)?;
        // The service powers a card up as soon as it sees it.
        let noticed = std::thread::scope(|scope| {
            let noticed = scope.spawn(|| {
                wait_until("power", PATIENCE, || Ok(served.is_powered()))?;
                anyhow::Ok(Instant::now())
            });
            watcher.inserted()?;
            let told = Instant::now();
            let noticed = noticed.join().map_err(|_| anyhow!("the look at the card panicked"))??;
            anyhow::Ok((told, noticed))
        });
        let (told, noticed) = noticed?;
        whole.push((told - begun).as_secs_f64() * 1000.0);
        ours.push(told.saturating_duration_since(noticed).as_secs_f64() * 1000.0);
        card = watcher.remove(served)?;
    }
    let worst = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
    figures.push(Row::new(
        "insert-to-event",
        "time, the service's look included",
        "ms",
        median(whole.into_iter())?,
    ));
    figures.push(
        Row::new("insert-to-event", "worst after the service saw it", "ms", worst(&ours)).limit(EVENT_LIMIT),
    );
    Ok(())
}

fn pin() -> anyhow::Result<Pin> {
    let mut pin = Pin::new();
    for character in PIN.chars() {
        pin.push(character)?;
    }
    Ok(pin)
}

fn refusal(reason: Reason) -> anyhow::Error {
    anyhow!("the card refused: {}", reason.code())
}
