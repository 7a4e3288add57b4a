//! What was handed in without a signature: looked through, and what becomes of it.

use registry_api::office::RequirementWish;

use super::{Call, Terminal, show, unknown};
use crate::Failure;

/// Lines of a list, unless said otherwise.
const PAGE: i64 = 100;

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    let official = call.official()?;
    let (which, wish) = match words {
        ["list"] => return list(call, &official, false).await,
        ["overdue"] => return list(call, &official, true).await,
        ["notified", which] => {
            let wrong = |_| Failure::Usage("--on is a day, such as 2026-03-12".to_owned());
            (which, RequirementWish::Notified { on: call.required("on")?.parse().map_err(wrong)? })
        }
        ["extend", which] => {
            let wrong = |_| Failure::Usage("--days is a number from 1 to 5".to_owned());
            let days = call.required("days")?.parse().map_err(wrong)?;
            (which, RequirementWish::Extended { days, reason: call.required("reason")?.to_owned() })
        }
        ["withdraw", which] => {
            let resolution = call.required("resolution")?.to_owned();
            (which, RequirementWish::Withdrawn { resolution })
        }
        _ => return Err(unknown()),
    };
    let desk = Terminal::open(call).await?.desk;
    let requirement = desk.decide_requirement(&official, which, &wish).await?;
    show(&requirement.ok_or(Failure::Absent("entry that waits for a signature"))?)
}

async fn list(call: &Call, official: &str, overdue: bool) -> Result<(), Failure> {
    let (after, most) = (call.number("after", 0)?, call.number("most", PAGE)?);
    show(&Terminal::open(call).await?.desk.requirements(official, overdue, after, most).await?)
}
