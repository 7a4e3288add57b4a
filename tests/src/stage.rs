//! The stage: display, session bus, card service, registry and kiosk, set for one journey and struck after it.

mod bus;
mod card_service;
mod display;
mod impostor;
mod kiosk;
mod registry;
mod windowless;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use anyhow::Context as _;
use tempfile::TempDir;
use virtual_card::{DEFAULT_ADDRESS, Served, VirtualCard};

pub use card_service::{CardService, Suspended};
pub use display::{Display, Format, Frame};
pub use impostor::Impostor;
pub use kiosk::Kiosk;
pub use registry::{Entry, Exchange, Registry, Told, runtime};
pub use windowless::Windowless;

use self::bus::Bus;
use crate::page::Page;
use crate::people::Town;
use crate::pictures;
use crate::place;
use crate::wait::{PATIENCE, wait_until};

/// How long a card is out at least: the card service looks every 0.4 s, and one that is back sooner never left, as
/// far as it knows. No hand is that quick.
const HAND: Duration = Duration::from_secs(1);

/// Everything but the citizen.
pub struct Stage {
    /// The card in the reader, if one is.
    card: Option<Served>,
    /// When the last card left.
    out_since: Option<Instant>,
    kiosk: Kiosk,
    registry: Registry,
    display: Display,
    _bus: Bus,
    town: Town,
    name: String,
    // Last, so that nothing still writes into it when it goes.
    directory: TempDir,
}

/// How a stage is set.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The screen.
    pub format: Format,
    /// Changes to the kiosk's configuration: `section.key` and a value as TOML writes it.
    pub kiosk: Vec<(String, String)>,
    /// The cards are real ones: the card authorities are the real ones too, and so are the anchors found here.
    pub real_cards: Option<Vec<PathBuf>>,
    /// The display of the person at this terminal, instead of a virtual one.
    pub own_display: bool,
    /// More of the kiosk's environment.
    pub environment: Vec<(String, String)>,
    /// The kiosk's store lies on a disk of its own, of so many megabytes; see [`Kiosk::fill_disk`].
    pub disk_mb: Option<u32>,
}

impl Stage {
    /// Sets the stage, registry and kiosk running, no card in the reader.
    ///
    /// # Errors
    /// When a part does not start; its name and the end of what it said are told.
    pub fn set(name: &str, setting: Setting) -> anyhow::Result<Self> {
        let stage = Self::prepare(name, setting)?;
        stage.opened()
    }

    /// The stage with the registry running and the kiosk still closed.
    ///
    /// # Errors
    /// As [`Stage::set`].
    pub fn prepare(name: &str, setting: Setting) -> anyhow::Result<Self> {
        let directory =
            tempfile::Builder::new().prefix("finestreta-").tempdir().context("a directory for the stage")?;
        let logs = directory.path().join("logs");
        CardService::ready()?;
        let town = Town::shared()?;
        town.write(&directory.path().join("pki"))?;
        let display = if setting.own_display {
            Display::own(setting.format)
        } else {
            Display::start(setting.format, &logs)?
        };
        let bus = Bus::start(&logs)?;
        let registry = Registry::start(directory.path(), setting.real_cards.as_deref())?;
        let kiosk = Kiosk::configure(directory.path(), &registry, &display, &bus, &setting)?;
        Ok(Self {
            card: None,
            out_since: None,
            kiosk,
            registry,
            display,
            _bus: bus,
            town,
            name: name.to_owned(),
            directory,
        })
    }

    /// Opens the kiosk's window.
    ///
    /// # Errors
    /// When it does not open.
    pub fn open(&mut self) -> anyhow::Result<()> {
        self.kiosk.open()
    }

    fn opened(mut self) -> anyhow::Result<Self> {
        self.open()?;
        Ok(self)
    }

    /// What the window shows.
    ///
    /// # Errors
    /// When no window is open.
    pub fn page(&self) -> anyhow::Result<Page<'_>> {
        Ok(Page::new(self.kiosk.session()?))
    }

    /// Puts a card into the reader, no sooner after the last one than a hand can.
    ///
    /// # Errors
    /// When the virtual reader is not there.
    pub fn insert(&mut self, card: VirtualCard) -> anyhow::Result<()> {
        if let Some(since) = self.out_since.take() {
            wait_until("a hand", PATIENCE, || Ok(since.elapsed() >= HAND))?;
        }
        self.card = Some(virtual_card::serve(card, DEFAULT_ADDRESS)?);
        Ok(())
    }

    /// Takes the card out.
    ///
    /// # Errors
    /// When none is in.
    pub fn remove(&mut self) -> anyhow::Result<VirtualCard> {
        let card = self.card.take().context("no card is in the reader")?.remove();
        self.out_since = Some(Instant::now());
        Ok(card)
    }

    /// The card in the reader.
    ///
    /// # Errors
    /// When none is in.
    pub fn card(&self) -> anyhow::Result<&Served> {
        self.card.as_ref().context("no card is in the reader")
    }

    /// The authorities of this stage.
    #[must_use]
    pub fn town(&self) -> &Town {
        &self.town
    }

    /// The registry.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The registry, to stop and start it.
    #[must_use]
    pub fn registry_mut(&mut self) -> &mut Registry {
        &mut self.registry
    }

    /// The kiosk.
    #[must_use]
    pub fn kiosk(&self) -> &Kiosk {
        &self.kiosk
    }

    /// The kiosk, to kill and open it.
    #[must_use]
    pub fn kiosk_mut(&mut self) -> &mut Kiosk {
        &mut self.kiosk
    }

    /// The display.
    #[must_use]
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// The stage's directory.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Where the kiosk saves files, as if it were a memory stick.
    #[must_use]
    pub fn stick(&self) -> PathBuf {
        self.directory.path().join("stick")
    }

    /// Puts a document where the kiosk offers files from, as if it were on a memory stick.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn offer(&self, name: &str, document: &[u8]) -> anyhow::Result<()> {
        Ok(fs::write(self.directory.path().join("files").join(name), document)?)
    }

    /// Keeps what helps to understand a failure: a picture of the display, what the page held, the logs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_evidence(&self) -> anyhow::Result<PathBuf> {
        let kept = place::target()?.join("failures").join(&self.name);
        if kept.exists() {
            fs::remove_dir_all(&kept)?;
        }
        fs::create_dir_all(&kept)?;
        let _ = pictures::take(&self.display, &kept.join("display.png"));
        if let Ok(page) = self.page()
            && let Ok(html) = page.html()
        {
            fs::write(kept.join("page.html"), html)?;
        }
        for entry in fs::read_dir(self.directory.path().join("logs"))? {
            let entry = entry?;
            // The display's own file is a folder's, and is the picture above.
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), kept.join(entry.file_name()))?;
            }
        }
        Ok(kept)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if thread::panicking() || env::var_os("FINESTRETA_KEEP").is_some() {
            let _ = self.keep_evidence();
        }
        // The card first: what follows would only wait for it.
        drop(self.card.take());
        self.kiosk.close();
    }
}
