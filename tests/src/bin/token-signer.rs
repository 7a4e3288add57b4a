//! Signs with whatever a PKCS#11 module shows in its slots, through the `token` crate: what the kiosk does with a card
//! that is not a DNIe, in a process of its own, so that something may be preloaded into it.
//!
//! `token-signer MODULE`, the PIN on standard input. For each certificate whose key is there it says
//! `CERTIFICATE SIGNATURE`, both hexadecimal, the signature being over [`MESSAGE`]; or `refused CODE TRIES` once.

// A program for tests: what it prints is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, ensure};
use secret::Password;
use signing::{Digest, Signer as _};
use token::{Module, Token};

/// What is signed.
const MESSAGE: &[u8] = b"I ask for a parking permit.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("token-signer: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let module = std::env::args().nth(1).context("which module?")?;
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed)?;
    let mut pin = Password::new();
    for character in typed.trim_end().chars() {
        pin.push(character).map_err(|_| anyhow!("no PIN is that long"))?;
    }
    let module = Module::load(Path::new(&module)).map_err(|error| anyhow!("{}: {error}", error.code()))?;
    let mut signed = 0;
    for token in module.tokens().map_err(|error| anyhow!("{}: {error}", error.code()))? {
        signed += sign(&token, &pin)?;
    }
    ensure!(signed > 0, "no certificate with its key");
    Ok(())
}

fn sign(token: &Token, pin: &Password) -> anyhow::Result<usize> {
    let identities = token.identities().map_err(|error| anyhow!("{}: {error}", error.code()))?;
    for identity in &identities {
        let mut signer = match token.signer(identity, Some(pin)) {
            Ok(signer) => signer,
            Err(error) => {
                println!("refused {} {:?}", error.code(), token.tries_left());
                return Ok(1);
            }
        };
        let signature = signer.sign(&Digest::of(MESSAGE)).map_err(|error| anyhow!("{error}"))?;
        println!("{} {}", hex::encode(identity.certificate().der()), hex::encode(signature));
    }
    Ok(identities.len())
}
