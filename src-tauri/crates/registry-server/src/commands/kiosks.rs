//! Kiosks: invited, listed, suspended, revoked.

use registry_api::office::{InvitationWish, KioskDecision};

use super::{Call, Terminal, show, unknown};
use crate::Failure;

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    let (act, name) = match words {
        ["list"] => return show(&Terminal::open(call).await?.desk.kiosks().await?),
        [act, name] => (*act, *name),
        _ => return Err(unknown()),
    };
    let official = call.official()?;
    let decision = match act {
        "invite" => {
            let hours = call.option("hours").map(|_| call.number("hours", 0)).transpose()?;
            let hours = hours
                .map(u16::try_from)
                .transpose()
                .map_err(|_| Failure::Usage("--hours is a number".to_owned()))?;
            let wish = InvitationWish { place: call.required("place")?.to_owned(), hours };
            return show(&Terminal::open(call).await?.desk.invite(&official, name, &wish).await?);
        }
        "suspend" => KioskDecision::Suspended,
        "allow" => KioskDecision::Allowed,
        "revoke" => KioskDecision::Revoked,
        _ => return Err(unknown()),
    };
    let reason = call.required("reason")?;
    let terminal = Terminal::open(call).await?;
    Ok(terminal.desk.decide_kiosk(&official, name, decision, reason).await?)
}
