//! Whole filings with the registry's own process: over mutual TLS, signed and with an attachment, verified, numbered, kept and
//! answered with a sealed receipt; and how much memory it has while large ones come.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use documents::{ApplicationDocument, Party};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use procedures::{Catalogue, Known};
use registry_api::{
    Answers, Applicant, Attachment, Content, Language, Manifest, ManifestAttachment, Registry as _,
    RegistryError, Submission, SubmissionKey,
};
use registry_server::{Database, Environment as _, Machine};
use signing::{Attributes, KeySigner};
use testkit::pki::{Authorities, Purpose};
use tokio::task::JoinSet;
use trust::Holder;

use super::super::figures::{Figures, Row};
use super::super::say;
use super::{CLIENTS, part_of};
use crate::place;
use crate::stage::Windowless;

const PROCEDURE: &str = "instancia-general";
/// Filings of one figure.
const FILINGS: usize = 256;
/// Bytes of the attachment of an ordinary filing, and of a large one.
const ORDINARY: usize = 200_000;
const LARGE: usize = 20_000_000;
/// Most memory while sixty-four send a large one each, megabytes.
const MEMORY: f64 = 150.0;
/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(300);
/// Between two tries of a client that is told to come back.
const AGAIN: Duration = Duration::from_millis(500);

/// Takes the figures with a book; those of large filings too, if wanted.
pub(super) async fn filings(
    figures: &mut Figures,
    name: &str,
    database: &Database,
    large: bool,
) -> anyhow::Result<()> {
    let mut stage = tokio::task::block_in_place(|| {
        let mut stage = Windowless::set()?;
        stage.registry_mut().keep_in(database)?;
        anyhow::Ok(stage)
    })?;
    let citizen = Citizen::new(stage.town().authorities())?;
    for clients in CLIENTS {
        let count = if clients == 1 { FILINGS / 4 } else { FILINGS };
        say(&format!("{name}: {count} filings of 200 kB are signed"));
        let packages = citizen.packages(count, ORDINARY)?;
        say(&format!("{name}: {clients} clients file them"));
        let (took, waits) = file(&stage, packages, clients).await?;
        let task = format!("{name}, filings of 200 kB, verified, over TLS: {clients} clients");
        #[allow(clippy::cast_precision_loss, reason = "far fewer than 2 to the 52nd")]
        let rate = waits.len() as f64 / took.as_secs_f64();
        say(&format!("  {rate:.0} a second"));
        figures.push(Row::new(&task, "receipts", "1/s", rate));
        for (metric, part) in [("half of them within", 50), ("99 of 100 within", 99)] {
            figures.push(Row::new(&task, metric, "ms", part_of(&waits, part)));
        }
    }
    if !large {
        return Ok(());
    }
    // It starts anew: what it needed before says nothing of what comes.
    tokio::task::block_in_place(|| large_ones_allowed(&mut stage))?;
    say(&format!("{name}: sixty-four filings of 20 MB are signed"));
    let packages = citizen.packages(64, LARGE)?;
    say(&format!("{name}: they are filed at once"));
    let (took, _) = file(&stage, packages, 64).await?;
    let task = format!("{name}: 64 clients with 20 MB each");
    let memory = most_memory(stage.registry().process()?)?;
    say(&format!("  {memory:.0} MB"));
    figures.push(Row::new(&task, "memory at most", "MB", memory).limit(MEMORY));
    figures.push(Row::new(&task, "until all have their receipts", "s", took.as_secs_f64()));
    Ok(())
}

/// So many clients hand in what there is, each with a connection of its own for each filing, as kiosks do.
async fn file(
    stage: &Windowless,
    packages: Vec<Submission>,
    clients: usize,
) -> anyhow::Result<(Duration, Vec<Duration>)> {
    let packages = Arc::new(packages);
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let client = stage.registry().client_that_waits(PATIENCE)?;
        let (packages, next) = (Arc::clone(&packages), Arc::clone(&next));
        tasks.spawn(async move {
            let mut waits = Vec::new();
            while let Some(package) = packages.get(next.fetch_add(1, Ordering::Relaxed)) {
                let handed_in = Instant::now();
                loop {
                    match client.submit(package).await {
                        Ok(_) => break,
                        // Nothing was sent: the clients have the machine as well, and some have to wait for it.
                        Err(RegistryError::Unavailable { .. } | RegistryError::Unreachable { .. })
                            if handed_in.elapsed() < PATIENCE =>
                        {
                            tokio::time::sleep(AGAIN).await;
                        }
                        Err(error) => return Err(anyhow!("a filing failed: {error}")),
                    }
                }
                waits.push(handed_in.elapsed());
            }
            anyhow::Ok(waits)
        });
    }
    let mut waits = Vec::new();
    while let Some(done) = tasks.join_next().await {
        waits.extend(done??);
    }
    waits.sort_unstable();
    Ok((begun.elapsed(), waits))
}

/// The most memory that a process ever had, megabytes.
fn most_memory(process: u32) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no memory is told")?;
    let kilobytes: f64 = line.split_whitespace().next().context("no figure")?.parse()?;
    Ok(kilobytes / 1024.0)
}

/// Starts the registry with a catalogue that lets the attachment be large.
fn large_ones_allowed(stage: &mut Windowless) -> anyhow::Result<()> {
    let folder = stage.directory().join("catalogue");
    copy(&place::root().join("assets/catalogue"), &folder)?;
    let file = folder.join("documents.toml");
    let text = fs::read_to_string(&file)?;
    let (before, of_it) = text.split_once("code = \"DOC-LLIURE\"").context("the document is not there")?;
    fs::write(
        &file,
        format!("{before}code = \"DOC-LLIURE\"{}", of_it.replacen("max_mb = 10", "max_mb = 50", 1)),
    )?;
    stage.registry_mut().serve_catalogue(&folder)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &there)?;
        } else {
            fs::copy(entry.path(), there)?;
        }
    }
    Ok(())
}

/// Who signs.
struct Citizen {
    holder: Holder,
    certificate: trust::Certificate,
    key: openssl::pkey::PKey<openssl::pkey::Private>,
    chain: [trust::Certificate; 1],
    answers: Answers,
    version: u32,
}

impl Citizen {
    fn new(authorities: &Authorities) -> anyhow::Result<Self> {
        let holder = Holder {
            nif: "99999002Q".to_owned(),
            given_name: "AMPARO".to_owned(),
            surname1: "MARTÍ".to_owned(),
            surname2: Some("SOLER".to_owned()),
        };
        let year = SignedDuration::from_hours(24 * 365);
        let now = Machine.now();
        let (certificate, key) = authorities.citizen(&holder, Purpose::Signature, now - year, now + year)?;
        let catalogue = Catalogue::bundled().map_err(|errors| anyhow!("{errors:?}"))?;
        let procedure = catalogue.get(PROCEDURE).context("the procedure is not there")?;
        let known = Known { name: "AMPARO", surnames: "MARTÍ SOLER", nif: &holder.nif };
        let mut answers = procedure.form.prefill(&known);
        for (field, answer) in [
            ("facts", "El fanal del carrer no fa llum des de fa un mes."),
            ("request", "Que arregleu el fanal."),
            ("notify-by", "electronic"),
            ("email", "amparo@exemple.es"),
        ] {
            answers.insert(field.to_owned(), answer.to_owned());
        }
        let answers = procedure.form.filed(&answers);
        let chain = [authorities.citizen_sub().certificate.clone()];
        Ok(Self { holder, certificate, key, chain, answers, version: procedure.version })
    }

    /// Packages whose attachments are of so many bytes, each another.
    fn packages(&self, count: usize, bytes: usize) -> anyhow::Result<Vec<Submission>> {
        (0..count).map(|_| self.package(bytes)).collect()
    }

    fn package(&self, bytes: usize) -> anyhow::Result<Submission> {
        let when: Timestamp = Machine.now();
        let mut random = [0; 10];
        Machine.random(&mut random)?;
        let key = SubmissionKey::new(when, random);
        let mut content = format!("%PDF-1.7\n% {key}\n").into_bytes();
        content.resize(bytes, b' ');
        content.extend_from_slice(b"\n%%EOF\n");
        let content = Content::from(content);
        let attachment = Attachment {
            name: "factura.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            sha256: content.sha256(),
            content,
            document: "DOC-LLIURE".to_owned(),
        };
        let mut answers = self.answers.clone();
        answers.insert("attachment".to_owned(), attachment.sha256.to_string());
        let manifest = Manifest {
            key,
            procedure: PROCEDURE.to_owned(),
            procedure_version: self.version,
            language: Language::CaValencia,
            applicant: Applicant { nif: self.holder.nif.clone(), name: self.holder.full_name() },
            answers: answers.clone(),
            attachments: vec![ManifestAttachment {
                name: attachment.name.clone(),
                sha256: attachment.sha256.clone(),
                size: attachment.content.len(),
                document: attachment.document.clone(),
            }],
            cures: None,
            consent: None,
        };
        Ok(Submission {
            key,
            procedure: PROCEDURE.to_owned(),
            procedure_version: self.version,
            language: Language::CaValencia,
            handed_in_at: when,
            application: self.signed(&manifest, when)?.into(),
            attachments: vec![attachment],
            answers,
            unsigned: None,
            cures: None,
            assisted: None,
        })
    }

    fn signed(&self, manifest: &Manifest, when: Timestamp) -> anyhow::Result<Vec<u8>> {
        let made_at = when.to_zoned_datetime(TimeZone::get("Europe/Madrid")?);
        let document = ApplicationDocument {
            ident: manifest.key.to_string(),
            language: manifest.language,
            large_print: false,
            town: documents::Town {
                name: "Ajuntament de proves".to_owned(),
                place: "Proves".to_owned(),
                e_office: "seu.exemple.es".to_owned(),
                counter: String::new(),
                phone: String::new(),
            },
            title: "Instància general".to_owned(),
            unit: "Oficina".to_owned(),
            applicant: Party { name: manifest.applicant.name.clone(), nif: manifest.applicant.nif.clone() },
            representative: None,
            sections: Vec::new(),
            declarations: Vec::new(),
            attachments: Vec::new(),
            consulted: Vec::new(),
            data_protection: Vec::new(),
            made_at: made_at.clone(),
            manifest: serde_json::to_value(manifest)?,
        };
        let pdf = documents::application(&document)?.pdf;
        let attributes =
            Attributes { claimed_at: made_at, field_name: "Signatura", signer_name: None, reason: None };
        let mut signer = KeySigner::new(self.certificate.clone(), self.key.clone())?;
        let prepared = signing::prepare(&pdf, &self.certificate, &self.chain, &attributes)?;
        Ok(prepared.seal_with(&mut signer)?)
    }
}
