//! The register of public employees who may file for citizens.

use jiff::civil::Date;
use registry_server::AuthorisedOfficial;

use super::{Call, Terminal, show, unknown};
use crate::Failure;

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    match words {
        ["list"] => show(&Terminal::open(call).await?.desk.officials().await?),
        ["authorise", nif] => {
            let who = call.official()?;
            let official = AuthorisedOfficial {
                nif: (*nif).to_owned(),
                name: call.required("name")?.trim().to_owned(),
                procedures: call
                    .option("procedure")
                    .map(|list| list.split(',').map(|id| id.trim().to_owned()).collect())
                    .unwrap_or_default(),
                from: day(call, "from")?,
                until: day(call, "until")?,
            };
            Terminal::open(call).await?.desk.authorise(&who, &official).await?;
            show(&official)
        }
        ["end", nif] => {
            let (who, reason) = (call.official()?, call.required("reason")?);
            match Terminal::open(call).await?.desk.end_authorisation(&who, nif, reason).await? {
                true => Ok(()),
                false => Err(Failure::Absent("authorisation that lasts")),
            }
        }
        _ => Err(unknown()),
    }
}

fn day(call: &Call, name: &str) -> Result<Date, Failure> {
    let wrong = |_| Failure::Usage(format!("--{name} is a day, such as 2026-03-12"));
    call.required(name)?.parse().map_err(wrong)
}
