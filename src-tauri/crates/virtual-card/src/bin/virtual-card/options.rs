//! What the program is told when it is started.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt as _};
use virtual_card::{DEFAULT_ADDRESS, LineRate, SECOND_SLOT, atr};

pub const USAGE: &str = "usage: virtual-card --persona FILE [--contactless] [--atr-form 1|2]
                    [--slot 1|2 | --vpcd ADDRESS:PORT] [--inserted]
                    [--faults FILE] [--byte-us N] [--exchange-us N] [--tell-keys]
then on standard input: insert (i), remove (r), counts (c), quit (q)";

/// Everything the command line says.
pub struct Options {
    pub persona: PathBuf,
    pub faults: Option<PathBuf>,
    pub contactless: bool,
    pub atr_form: atr::Contactless,
    pub vpcd: SocketAddr,
    pub rate: LineRate,
    pub inserted: bool,
    pub tell_keys: bool,
}

impl Options {
    /// `None` when only help is asked for.
    pub fn from_arguments(mut parser: Parser) -> Result<Option<Self>, lexopt::Error> {
        let mut persona = None;
        let mut options = Self {
            persona: PathBuf::new(),
            faults: None,
            contactless: false,
            atr_form: atr::Contactless::default(),
            vpcd: DEFAULT_ADDRESS,
            rate: LineRate::INSTANT,
            inserted: false,
            tell_keys: false,
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("persona") => persona = Some(PathBuf::from(parser.value()?)),
                Arg::Long("faults") => options.faults = Some(PathBuf::from(parser.value()?)),
                Arg::Long("contactless") => options.contactless = true,
                Arg::Long("atr-form") => {
                    let forms = [atr::Contactless::Application, atr::Contactless::Pupi];
                    options.atr_form = one_of_two(&mut parser, forms)?;
                }
                Arg::Long("slot") => options.vpcd = one_of_two(&mut parser, [DEFAULT_ADDRESS, SECOND_SLOT])?,
                Arg::Long("vpcd") => options.vpcd = parser.value()?.parse()?,
                Arg::Long("byte-us") => options.rate.per_byte = microseconds(&mut parser)?,
                Arg::Long("exchange-us") => options.rate.per_exchange = microseconds(&mut parser)?,
                Arg::Long("inserted") => options.inserted = true,
                Arg::Long("tell-keys") => options.tell_keys = true,
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                other => return Err(other.unexpected()),
            }
        }
        options.persona = persona.ok_or("--persona is missing")?;
        Ok(Some(options))
    }
}

fn one_of_two<T>(parser: &mut Parser, [first, second]: [T; 2]) -> Result<T, lexopt::Error> {
    match parser.value()?.parse::<u8>()? {
        1 => Ok(first),
        2 => Ok(second),
        _ => Err("there are two: 1 and 2".into()),
    }
}

fn microseconds(parser: &mut Parser) -> Result<Duration, lexopt::Error> {
    Ok(Duration::from_micros(parser.value()?.parse()?))
}
