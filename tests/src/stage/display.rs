//! A virtual display of the kiosk's size, whose picture can be read as a file.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::process::{Process, command};

/// The two formats of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// 1080×1920.
    #[default]
    Portrait,
    /// 1920×1080.
    Landscape,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Portrait, Self::Landscape];

    /// Width and height, pixels.
    #[must_use]
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Portrait => (1080, 1920),
            Self::Landscape => (1920, 1080),
        }
    }

    /// A word for file names.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Portrait => "portrait",
            Self::Landscape => "landscape",
        }
    }
}

/// A display.
#[derive(Debug)]
pub struct Display {
    name: String,
    format: Format,
    framebuffer: Option<PathBuf>,
    _server: Option<Process>,
}

/// A sample of what a display shows: equal samples, equal pictures, as far as the eye can tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame(Vec<u8>);

impl Display {
    /// Starts a virtual display with a number of its own.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(format: Format, directory: &Path) -> anyhow::Result<Self> {
        let framebuffers = directory.join("framebuffer");
        std::fs::create_dir_all(&framebuffers)?;
        let (width, height) = format.size();
        let mut xvfb = command("Xvfb");
        // White where no window is, so that a window's first dark pixel is its own.
        xvfb.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-wr", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .arg("-fbdir")
            .arg(&framebuffers);
        let mut server = Process::start("display", xvfb, directory)?;
        let number = server.says(|line| line.trim().parse::<u32>().ok())?;
        Ok(Self {
            name: format!(":{number}"),
            format,
            framebuffer: Some(framebuffers.join("Xvfb_screen0")),
            _server: Some(server),
        })
    }

    /// The display of the person at this terminal.
    #[must_use]
    pub fn own(format: Format) -> Self {
        let name = std::env::var("DISPLAY").unwrap_or_default();
        Self { name, format, framebuffer: None, _server: None }
    }

    /// What goes into `DISPLAY`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Reads every eighth line of what is shown now. Quick: nothing is asked of the display's server.
    ///
    /// # Errors
    /// When the display is not virtual.
    pub fn frame(&self) -> anyhow::Result<Frame> {
        let path = self.framebuffer.as_ref().context("only a virtual display can be read")?;
        let file = File::open(path)?;
        let (width, height) = self.format.size();
        let line = u64::from(width) * 4;
        let pixels = line * u64::from(height);
        // The picture stands at the end of the file, behind a header of its own format (X window dump).
        let start = file.metadata()?.len().checked_sub(pixels).context("the display's file is too short")?;
        let mut sample = Vec::new();
        let mut row = vec![0; usize::try_from(line)?];
        for number in (0..u64::from(height)).step_by(8) {
            match file.read_exact_at(&mut row, start + number * line) {
                Ok(()) => sample.extend_from_slice(&row),
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Frame(sample))
    }
}

impl Frame {
    /// How many of the sampled pixels are dark, as only text and drawings are.
    #[must_use]
    pub fn ink(&self) -> usize {
        let (pixels, _) = self.0.as_chunks::<4>();
        pixels.iter().filter(|[blue, green, red, _]| *blue < 128 && *green < 100 && *red < 100).count()
    }
}
