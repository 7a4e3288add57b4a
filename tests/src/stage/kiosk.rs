//! The kiosk: its configuration, its process, its window under the web view's driver.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::bus::Bus;
use super::{Display, Registry, Setting};
use crate::process::{self, Process, command};
use crate::wait::{PATIENCE, wait_for, wait_until};
use crate::webdriver::{Session, free_port, is_ready};

/// The kiosk of a stage.
#[derive(Debug)]
pub struct Kiosk {
    directory: PathBuf,
    configuration: PathBuf,
    environment: Vec<(String, String)>,
    disk_mb: Option<u32>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    session: Session,
    driver: Process,
    /// The kiosk's own process, a child of the driver.
    process: u32,
}

impl Kiosk {
    /// Writes the configuration; nothing runs yet.
    pub(super) fn configure(
        directory: &Path,
        registry: &Registry,
        display: &Display,
        bus: &Bus,
        setting: &Setting,
    ) -> anyhow::Result<Self> {
        let configuration = write(directory, registry, setting)?;
        let mut environment =
            if setting.own_display { of_the_person() } else { bare(directory, display, bus) };
        environment.extend(setting.environment.iter().cloned());
        Ok(Self {
            directory: directory.to_owned(),
            configuration,
            environment,
            disk_mb: setting.disk_mb,
            open: None,
        })
    }

    /// Opens the window under the driver and waits for its first screen.
    ///
    /// # Errors
    /// When it does not open.
    pub fn open(&mut self) -> anyhow::Result<()> {
        let program = crate::place::program("finestreta")?;
        let port = free_port()?;
        let mut driver = command("WebKitWebDriver");
        driver.arg(format!("--port={port}")).arg("--host=127.0.0.1");
        self.dress(&mut driver);
        driver.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut driver = Process::start("kiosk", driver, &self.logs())?;
        wait_until("the window's driver", PATIENCE, || {
            if let Some(status) = driver.ended()? {
                bail!("the window's driver ended with {status}");
            }
            Ok(is_ready(port))
        })?;
        // Should the driver die, the kiosk dies with it.
        let program = program.to_str().context("the path of the kiosk")?.to_owned();
        let configuration = self.configuration.to_str().context("the path of the configuration")?;
        let mut arguments = vec!["--pdeathsig", "TERM", "--"];
        let (size, store) = (format!("size={}m", self.disk_mb.unwrap_or_default()), self.store());
        if self.disk_mb.is_some() {
            arguments.extend(OWN_DISK);
            arguments.extend([size.as_str(), store.to_str().context("the path of the store")?]);
        }
        arguments.extend([&program, "--config", configuration]);
        let session = Session::start(port, Path::new("/usr/bin/setpriv"), &arguments)?;
        let process = wait_for("the kiosk's process", PATIENCE, || {
            let children = process::family(driver.id())?;
            Ok(children.into_iter().find(|id| {
                fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|path| path == Path::new(&program))
            }))
        })?;
        self.open = Some(Open { session, driver, process });
        wait_until("the first screen", PATIENCE, || Ok(self.session()?.find("[data-screen]")?.is_some()))
    }

    /// A command that shows the kiosk on the stage's display, without driver.
    ///
    /// # Errors
    /// When it has not been built.
    pub fn command(&self) -> anyhow::Result<std::process::Command> {
        let mut kiosk = command(crate::place::program("finestreta")?);
        kiosk.arg("--config").arg(&self.configuration);
        self.dress(&mut kiosk);
        Ok(kiosk)
    }

    /// Gives a command the stage's surroundings.
    pub fn dress(&self, command: &mut std::process::Command) {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.current_dir(&self.directory);
    }

    /// The session with its window.
    ///
    /// # Errors
    /// When it is not open.
    pub fn session(&self) -> anyhow::Result<&Session> {
        Ok(&self.open.as_ref().context("the kiosk is not open")?.session)
    }

    /// Its process.
    ///
    /// # Errors
    /// When it is not open.
    pub fn process(&self) -> anyhow::Result<u32> {
        Ok(self.open.as_ref().context("the kiosk is not open")?.process)
    }

    /// Where its output goes.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.directory.join("logs")
    }

    /// Its configuration.
    #[must_use]
    pub fn configuration(&self) -> &Path {
        &self.configuration
    }

    /// Fills the disk that the store lies on ([`Setting::disk_mb`]) until nothing more goes in.
    ///
    /// # Errors
    /// When the kiosk is not open, or the disk does not get full.
    pub fn fill_disk(&self) -> anyhow::Result<()> {
        let mut filling = File::create(self.filling()?)?;
        let piece = [0x5A; 4096];
        loop {
            match filling.write_all(&piece) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::StorageFull => return Ok(()),
                Err(error) => return Err(error).context("the disk of the store"),
            }
        }
    }

    /// Makes room again.
    ///
    /// # Errors
    /// When the kiosk is not open, or its disk was not filled.
    pub fn empty_disk(&self) -> anyhow::Result<()> {
        fs::remove_file(self.filling()?).context("the disk of the store")
    }

    /// The file that fills the disk, reached through the kiosk's own view of the file system.
    fn filling(&self) -> anyhow::Result<PathBuf> {
        self.disk_mb.context("the store has no disk of its own")?;
        let root = PathBuf::from(format!("/proc/{}/root", self.process()?));
        Ok(root.join(self.store().strip_prefix("/")?).join("filling"))
    }

    fn store(&self) -> PathBuf {
        self.directory.join("kiosk")
    }

    /// Ends its process as a power cut would.
    ///
    /// # Errors
    /// When it is not open.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        let mut open = self.open.take().context("the kiosk is not open")?;
        process::kill(open.process)?;
        wait_until("the end of the kiosk", PATIENCE, || Ok(!process::lives(open.process)))?;
        open.driver.stop();
        Ok(())
    }

    /// Closes the window and ends the program, if it is open.
    pub fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            let _ = open.session.close();
            let gone = wait_until("the end of the kiosk", PATIENCE, || Ok(!process::lives(open.process)));
            if gone.is_err() {
                let _ = process::kill(open.process);
            }
            open.driver.stop();
        }
    }
}

/// Writes a kiosk's configuration, its key and its folders, and says where the configuration is.
pub(super) fn write(directory: &Path, registry: &Registry, setting: &Setting) -> anyhow::Result<PathBuf> {
    for name in ["home", "run", "tmp", "stick", "files", "kiosk"] {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory.join(name))?;
    }
    let key = directory.join("store.key");
    fs::write(&key, format!("{}\n", crate::people::store_key()?))?;
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600))?;
    let configuration = directory.join("kiosk.toml");
    fs::write(&configuration, toml(directory, registry, setting)?)?;
    Ok(configuration)
}

/// Runs a program that alone sees a small disk: its size and its folder come first, then the program. Without being
/// root, a user is so only inside; nothing outside changes.
const OWN_DISK: [&str; 7] = [
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "sh",
    "-c",
    "mount -t tmpfs -o \"$0\" tmpfs \"$1\" && shift && exec \"$@\"",
];

/// What a window needs to be shown under a virtual display.
fn bare(directory: &Path, display: &Display, bus: &Bus) -> Vec<(String, String)> {
    let path = |name: &str| directory.join(name).display().to_string();
    let surroundings = [
        ("DISPLAY", display.name().to_owned()),
        ("DBUS_SESSION_BUS_ADDRESS", bus.address().to_owned()),
        ("HOME", path("home")),
        ("XDG_RUNTIME_DIR", path("run")),
        // What the web view keeps while it is driven goes with the stage.
        ("TMPDIR", path("tmp")),
        ("GDK_BACKEND", "x11".to_owned()),
        // No accessibility bus and no graphics card on a bare machine.
        ("NO_AT_BRIDGE", "1".to_owned()),
        ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned()),
    ];
    surroundings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What a window needs to be shown on the display of the person at this terminal.
fn of_the_person() -> Vec<(String, String)> {
    let names =
        ["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "HOME"];
    names.into_iter().filter_map(|name| Some((name.to_owned(), std::env::var(name).ok()?))).collect()
}

/// The kiosk's configuration.
fn toml(directory: &Path, registry: &Registry, setting: &Setting) -> anyhow::Result<String> {
    let (width, height) = setting.format.size();
    let path = |name: &str| quoted(&directory.join(name).display().to_string());
    let pki = |name: &str| quoted(&registry.directory().join("pki").join(name).display().to_string());
    let mut anchors = vec![pki("citizen-root.pem"), pki("provider-root.pem")];
    for real in setting.real_cards.iter().flatten() {
        anchors.push(quoted(&real.display().to_string()));
    }
    let mut sections = vec![
        (
            "town",
            vec![
                ("council_va", quoted("Ajuntament de Mislata")),
                ("council_es", quoted("Ayuntamiento de Mislata")),
                ("council_en", quoted("Mislata Town Council")),
                ("place", quoted("Mislata")),
                ("e_office", quoted("mislata.sedipualba.es")),
            ],
        ),
        (
            "kiosk",
            vec![
                ("id", quoted("kiosk-01")),
                ("fullscreen", "false".to_owned()),
                ("width", width.to_string()),
                ("height", height.to_string()),
            ],
        ),
        (
            "registry",
            vec![
                ("url", quoted(&registry.address())),
                ("ca", pki("tls-ca.pem")),
                ("certificate", pki("kiosk.pem")),
                ("key", pki("kiosk.key")),
                ("timeout_seconds", "20".to_owned()),
            ],
        ),
        (
            "trust",
            vec![
                ("citizen_anchors", format!("[{}]", anchors.join(", "))),
                ("seal_anchors", format!("[{}]", pki("seal-ca.pem"))),
            ],
        ),
        (
            "card",
            vec![
                ("replaced_component_root", pki("component-root.modulus")),
                ("stick_certificates", "true".to_owned()),
            ],
        ),
        ("store", vec![("path", path("kiosk/kiosk.sqlite")), ("key_file", path("store.key"))]),
        (
            "output",
            vec![
                ("save_dir", path("stick")),
                ("printer", quoted(&format!("file:{}", directory.join("printed").display()))),
                ("documents_dir", path("files")),
            ],
        ),
    ];
    if setting.real_cards.is_some() {
        sections.retain(|(name, _)| *name != "card");
    }
    for (key, value) in &setting.kiosk {
        let (section, key) = key.split_once('.').context("a setting is named `section.key`")?;
        match sections.iter_mut().find(|(name, _)| *name == section) {
            Some((_, keys)) => {
                keys.retain(|(name, _)| *name != key);
                keys.push((key, value.clone()));
            }
            None => sections.push((section, vec![(key, value.clone())])),
        }
    }
    let mut text = String::new();
    for (section, keys) in sections {
        text.push_str(&format!("[{section}]\n"));
        for (key, value) in keys {
            text.push_str(&format!("{key} = {value}\n"));
        }
        text.push('\n');
    }
    Ok(text)
}

/// A TOML string; no path or name of a stage holds what would need escaping otherwise.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
