//! `finestreta enrol` and `finestreta renew`: how the kiosk comes to its certificate, at a terminal and without a window.
//!
//! The key is made here, written where the configuration says, and never sent. The code is read from standard input, so
//! that it is in no list of processes.

use std::ffi::OsString;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use registry_api::{Enrolled, InvitationCode, code};
use registry_client::{CertificateRequest, Connection, Door, EnrolError, HttpRegistry, Keeping, enrol};

use crate::StartError;
use crate::config::{Config, ConfigError, read_bytes};
use crate::runtime::now;

/// Longest line that is read for a code, bytes.
const MAX_LINE: u64 = 256;

/// Why there is no certificate. Read by the person who installs the kiosk, in English.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    #[error("what was typed is no code: it has 27 letters and digits in groups of four")]
    Code,
    #[error("there is a certificate already; `finestreta enrol --again` takes a new code for it")]
    There,
    #[error("standard input or output cannot be used: {0}")]
    Terminal(#[from] std::io::Error),
}

/// What was asked for.
struct Wish {
    config: PathBuf,
    at: Option<String>,
    again: bool,
}

/// Runs one of the two words.
pub(crate) fn run(word: &str, arguments: Vec<OsString>) -> ExitCode {
    let done = wish(arguments).and_then(|wish| match word {
        "enrol" => first(&wish),
        _ => next(&wish),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            let code = match &fault {
                Fault::Enrol(error) => error.code().to_owned(),
                _ => "enrolment.kiosk".to_owned(),
            };
            tracing::error!(event = "kiosk.not-enrolled", code, "{fault}");
            ExitCode::FAILURE
        }
    }
}

fn wish(arguments: Vec<OsString>) -> Result<Wish, Fault> {
    use lexopt::{Arg, ValueExt as _};
    let usage = |error| Fault::Start(StartError::Usage(error));
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut wish = Wish { config: PathBuf::from(crate::CONFIG), at: None, again: false };
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Arg::Long("config") => wish.config = parser.value().map_err(usage)?.into(),
            Arg::Long("at") => {
                wish.at = Some(parser.value().and_then(|value| value.string()).map_err(usage)?);
            }
            Arg::Long("again") => wish.again = true,
            other => return Err(usage(other.unexpected())),
        }
    }
    Ok(wish)
}

/// The first certificate, with a code.
fn first(wish: &Wish) -> Result<(), Fault> {
    let config = Config::read(&wish.config)?;
    let at = wish.at.as_deref().ok_or_else(|| {
        Fault::Start(StartError::Usage(lexopt::Error::MissingValue { option: Some("--at".to_owned()) }))
    })?;
    let keeping = keeping(&config);
    if keeping.is_enrolled() && !wish.again {
        return Err(Fault::There);
    }
    let code = read_code()?;
    let authority = read_bytes(&config.registry.ca)?;
    let request = keeping.request()?;
    let door = Door { address: at, authority_pem: &authority, timeout: config.registry.timeout() };
    let enrolled = tauri::async_runtime::block_on(enrol(&door, code, &request));
    settled(&keeping, &request, &config.kiosk.id, enrolled)
}

/// The certificate after the one there is, once it is time.
fn next(wish: &Wish) -> Result<(), Fault> {
    let config = Config::read(&wish.config)?;
    let keeping = keeping(&config);
    keeping.mend()?;
    let from = keeping.renew_from()?;
    if now() < from {
        return say(&format!("nothing to do before {from}\n"));
    }
    let registry = &config.registry;
    let (authority, certificate, key) =
        (read_bytes(&registry.ca)?, read_bytes(&registry.certificate)?, read_bytes(&registry.key)?);
    let connection = Connection {
        address: &registry.url,
        authority_pem: &authority,
        certificate_pem: &certificate,
        key_pem: &key,
        connect_timeout: registry.timeout(),
        timeout: registry.timeout(),
    };
    let client = HttpRegistry::new(&connection).map_err(EnrolError::from)?;
    let request = keeping.request()?;
    let enrolled = tauri::async_runtime::block_on(client.renew(&request)).map_err(EnrolError::from);
    settled(&keeping, &request, &config.kiosk.id, enrolled)
}

/// Keeps the certificate. A key for which there never will be one of this kiosk's waits for none.
fn settled(
    keeping: &Keeping<'_>,
    request: &CertificateRequest,
    kiosk: &str,
    answer: Result<Enrolled, EnrolError>,
) -> Result<(), Fault> {
    let answer =
        answer.and_then(|enrolled| Ok(request.certificate_pem(&enrolled, kiosk).map(|_| enrolled)?));
    let never = |error: &EnrolError| {
        matches!(error, EnrolError::Mismatch(_)) || error.code() == code::ENROLMENT_REQUEST
    };
    if answer.as_ref().is_err_and(never) {
        keeping.forget()?;
    }
    let enrolled = answer?;
    keeping.keep(request, &enrolled, kiosk)?;
    say(&format!("{} is enrolled until {}\n", enrolled.kiosk, enrolled.not_after))
}

fn keeping(config: &Config) -> Keeping<'_> {
    Keeping { certificate: &config.registry.certificate, key: &config.registry.key }
}

fn read_code() -> Result<InvitationCode, Fault> {
    use std::io::Read as _;
    let input = std::io::stdin();
    if input.is_terminal() {
        say("code: ")?;
    }
    let mut line = String::new();
    std::io::BufReader::new(input.lock().take(MAX_LINE)).read_line(&mut line)?;
    line.trim().parse().map_err(|_| Fault::Code)
}

fn say(text: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
