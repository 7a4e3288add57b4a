//! Catalogues that come, or do not.
#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;
use std::sync::{Mutex, OnceLock};

use procedures::Files;
use registry_api::RegistryError;
use session::State;
use tempfile::TempDir;
use testkit::pki::Authorities;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::*;

type Answer = Result<Option<SignedCatalogue>, RegistryError>;

/// A registry that says what it is told to, and remembers what it was asked.
#[derive(Default)]
struct Told {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Option<Sha256Hex>>>,
}

#[async_trait::async_trait]
impl Catalogues for Told {
    async fn catalogue(&self, known: Option<&Sha256Hex>) -> Answer {
        self.asked.lock().unwrap().push(known.cloned());
        self.answers.lock().unwrap().pop_front().unwrap_or(Ok(None))
    }
}

fn authorities() -> &'static Authorities {
    static MADE: OnceLock<Authorities> = OnceLock::new();
    MADE.get_or_init(|| Authorities::generate(clock::now()).unwrap())
}

fn sealed_by(authorities: &Authorities, content: String) -> SignedCatalogue {
    let mut signer = authorities.seal_signer().unwrap();
    let seal = signing::sign_detached(content.as_bytes(), &mut signer, &[]).unwrap();
    SignedCatalogue { content, seal: seal.into() }
}

/// The bundled catalogue with another version of the general application, put together so many minutes ago.
fn edition(version: u32, minutes_ago: i64) -> SignedCatalogue {
    sealed_by(authorities(), text(&files(version), minutes_ago))
}

fn files(version: u32) -> Files {
    let mut files = Files::bundled();
    let general = files.procedures.get_mut("instancia-general.toml").unwrap();
    *general = general.replacen("version = 1\n", &format!("version = {version}\n"), 1);
    files
}

fn text(files: &Files, minutes_ago: i64) -> String {
    let issued_at = clock::now() - jiff::SignedDuration::from_mins(minutes_ago);
    CatalogueDocument::new(issued_at, files.clone()).to_text().unwrap()
}

struct Kiosk {
    folder: TempDir,
    registry: Arc<Told>,
    out: UnboundedReceiver<Message>,
    task: tokio::task::JoinHandle<()>,
    _shown: watch::Sender<Shown>,
}

impl Kiosk {
    fn start(folder: TempDir, answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::start_with(bundled_catalogue::load().unwrap(), folder, answers)
    }

    /// A kiosk whose program brings this catalogue.
    fn start_with(catalogue: Catalogue, folder: TempDir, answers: impl IntoIterator<Item = Answer>) -> Self {
        let registry =
            Arc::new(Told { answers: Mutex::new(answers.into_iter().collect()), ..Told::default() });
        let anchors = authorities().anchors_seal();
        let store = folder.path().join("store.sqlite");
        let pace = Pace { settle: Duration::ZERO, every: Duration::from_millis(1) };
        let supply = Supply::new(Arc::clone(&registry) as _, anchors, &store, pace);
        let catalogue = Arc::new(catalogue);
        let environment = session::Environment {
            catalogue: Arc::clone(&catalogue),
            index: Arc::default(),
            wording: wording::Wording::bundled(),
            town: session::Town {
                council: wording::Text { va: String::new(), es: String::new(), en: String::new() },
            },
            timers: session::Timers::default(),
            means: session::Means { stick: false, token: false },
            demonstration: false,
            zone: jiff::tz::TimeZone::UTC,
        };
        let now = clock::now();
        let view = session::view(&State::new(now), &environment, now);
        let (shown, seen) = watch::channel(Shown { view, wipes: 0 });
        let (messages, out) = unbounded_channel();
        let first = Fresh { catalogue, index: Arc::default() };
        let refresh = Refresh { supply, first, shown: seen, out: messages };
        Self { folder, registry, out, task: tokio::spawn(refresh.work()), _shown: shown }
    }

    /// Version of the general application in the next catalogue that is handed over.
    async fn next(&mut self) -> Option<u32> {
        match self.out.recv().await.unwrap() {
            Message::Catalogue(fresh) => fresh.catalogue.get("instancia-general").map(|known| known.version),
            _ => panic!("only catalogues are handed over"),
        }
    }

    /// Waits until everything that the registry had to say has been heard, and then some.
    async fn heard_all(&self) {
        while !self.registry.answers.lock().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        let asked = || self.registry.asked.lock().unwrap().len();
        let until = asked() + 2;
        while asked() < until {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// The power goes.
    async fn stop(self) -> TempDir {
        self.task.abort();
        let _ = self.task.await;
        self.folder
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[tokio::test]
async fn a_new_catalogue_is_taken_kept_and_there_again_after_the_next_start() {
    let mut kiosk = Kiosk::start(folder(), [Ok(Some(edition(2, 5)))]);
    assert_eq!(kiosk.next().await, Some(2));
    kiosk.heard_all().await;
    let first = kiosk.registry.asked.lock().unwrap().clone();
    assert_eq!(first.first(), Some(&None));
    let tag = CatalogueDocument::of_text(&edition(2, 0).content).unwrap().tag();
    assert_eq!(first.last(), Some(&Some(tag.clone())), "then only another one is asked for");

    let mut kiosk = Kiosk::start(kiosk.stop().await, []);
    assert_eq!(kiosk.next().await, Some(2), "from the shelf, without a network");
    kiosk.heard_all().await;
    assert_eq!(kiosk.registry.asked.lock().unwrap().first(), Some(&Some(tag)));
}

#[tokio::test]
async fn what_is_not_the_towns_not_whole_or_earlier_changes_nothing() {
    let other = Authorities::generate(clock::now()).unwrap();
    let mut changed = edition(3, 0);
    changed.content = changed.content.replacen("version = 3", "version = 4", 1);
    let mut half = edition(3, 0);
    half.content.truncate(half.content.len() / 2);
    let answers = [
        Ok(Some(edition(2, 5))),
        Ok(Some(sealed_by(&other, text(&files(3), 0)))),
        Ok(Some(changed)),
        Ok(Some(half)),
        Ok(Some(sealed_by(authorities(), "{\"format\":\"another\"}".to_owned()))),
        Ok(Some(edition(1, 60))),
        Err(RegistryError::Unreachable { source: None }),
        Err(RegistryError::Nonsense { what: "the answer is too large" }),
        Ok(Some(edition(5, 0))),
    ];
    let mut kiosk = Kiosk::start(folder(), answers);
    assert_eq!(kiosk.next().await, Some(2));
    assert_eq!(kiosk.next().await, Some(5), "nothing in between was taken");
    let mut kiosk = Kiosk::start(kiosk.stop().await, []);
    assert_eq!(kiosk.next().await, Some(5));
}

#[tokio::test]
async fn a_broken_file_is_left_out_and_the_rest_is_taken() {
    let mut files = files(2);
    files.procedures.insert("padro-alta.toml".to_owned(), "id = \"padro-alta\"\nversion = ".to_owned());
    let mut shared = files.clone();
    shared.shared.insert("units.toml".to_owned(), "[[units]".to_owned());
    let nothing = Files { procedures: Default::default(), ..files.clone() };
    let sealed = |files: &Files| Ok(Some(sealed_by(authorities(), text(files, 0))));
    let mut kiosk = Kiosk::start(folder(), [sealed(&shared), sealed(&nothing), sealed(&files)]);
    let Some(Message::Catalogue(fresh)) = kiosk.out.recv().await else { panic!() };
    assert!(fresh.catalogue.get("padro-alta").is_none());
    assert_eq!(fresh.catalogue.get("instancia-general").unwrap().version, 2);
}

#[tokio::test]
async fn a_program_that_brings_a_later_version_does_not_go_back() {
    let folder = folder();
    let shelf = Shelf::beside(&folder.path().join("store.sqlite"));
    shelf.put(&edition(2, 5)).unwrap();
    let kiosk = Kiosk::start_with(files(3).load().unwrap().catalogue, folder, []);
    kiosk.heard_all().await;
    assert_eq!(kiosk.registry.asked.lock().unwrap().first(), Some(&None), "it is as if nothing lay there");
}
