//! Signs once with the card in a reader, by the driver alone, and holds still where it says so: somebody looks into its
//! memory meanwhile.
//!
//! `signer READER ROOT`, the root being the component root's modulus, hexadecimal. Its first line of input is the PIN,
//! every further one lets it go on. It says `holding` when it has the PIN, `unlocked` when the card has seen it,
//! `done SIGNATURE` when everything has been dropped.
//!
//! It has no allocator that wipes what is freed, unlike the kiosk: driver and reader must do without.

// A program for tests: what it prints is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, ensure};
use dnie::{CardAnchors, Dnie, KeyRef};
use openssl::sha::sha256;
use reader::ReaderName;
use secret::Pin;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("signer: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let reader = arguments.next().context("which reader?")?;
    let reader = ReaderName::new(&reader).context("no name of a reader")?;
    let root = hex::decode(arguments.next().context("which root?")?)?;
    let anchors = CardAnchors::with_replaced_component_root(&root);

    let mut input = Input::new()?;
    let pin = input.pin()?;
    say("holding")?;
    input.go_on()?;
    let signature = reader::exclusive(&reader, |card| -> anyhow::Result<Vec<u8>> {
        let dnie = Dnie::open(card, &anchors)?;
        let unlocked = dnie.verify(&pin).map_err(|refused| anyhow!(refused.reason.code()));
        let mut unlocked = unlocked?;
        say("unlocked")?;
        input.go_on()?;
        Ok(unlocked.sign(KeyRef::Signature, &sha256(b"I ask for a parking permit."))?)
    })??;
    drop(pin);
    say(&format!("done {}", hex::encode(signature)))?;
    input.go_on()
}

/// Standard input without the buffer of the standard library, which would keep the PIN.
struct Input(File);

impl Input {
    fn new() -> anyhow::Result<Self> {
        Ok(Self(File::from(io::stdin().as_fd().try_clone_to_owned()?)))
    }

    fn pin(&mut self) -> anyhow::Result<Pin> {
        let mut pin = Pin::new();
        loop {
            match self.byte()? {
                b'\n' => return Ok(pin),
                character => pin.push(char::from(character))?,
            }
        }
    }

    fn go_on(&mut self) -> anyhow::Result<()> {
        while self.byte()? != b'\n' {}
        Ok(())
    }

    fn byte(&mut self) -> anyhow::Result<u8> {
        let mut byte = [0];
        ensure!(self.0.read(&mut byte)? == 1, "the input ended");
        Ok(byte[0])
    }
}

fn say(line: &str) -> anyhow::Result<()> {
    println!("{line}");
    Ok(io::stdout().flush()?)
}
