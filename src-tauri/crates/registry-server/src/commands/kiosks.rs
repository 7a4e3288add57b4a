//! Kiosks: invited, listed, suspended, revoked.

use jiff::SignedDuration;
use jiff::Timestamp;
use registry_api::InvitationCode;
use registry_server::{Environment as _, Invitation, Machine, is_kiosk_name};
use serde::Serialize;

use super::{Call, Desk, now, show, unknown};
use crate::Failure;

/// How long a code is good, unless said otherwise.
const HOURS: i64 = 24;
/// Longest life of a code.
const MOST_HOURS: i64 = 24 * 30;
/// Longest name of a place.
const MAX_PLACE: usize = 120;

/// What the operator hands over.
#[derive(Serialize)]
struct Invited<'a> {
    kiosk: &'a str,
    code: &'a str,
    expires_at: Timestamp,
}

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    match words {
        ["list"] => show(&Desk::open(call).await?.store.kiosk_book().await?),
        ["invite", name] => invite(call, name).await,
        [act @ ("suspend" | "allow"), name] => {
            let official = call.official()?;
            let reason = call.required("reason")?;
            let desk = Desk::open(call).await?;
            Ok(desk.store.set_kiosk(name, *act == "allow", reason, &official, now()).await?)
        }
        ["revoke", name] => {
            let official = call.official()?;
            let reason = call.required("reason")?;
            let desk = Desk::open(call).await?;
            Ok(desk.store.revoke_kiosk(name, reason, &official, now()).await?)
        }
        _ => Err(unknown()),
    }
}

async fn invite(call: &Call, name: &str) -> Result<(), Failure> {
    let official = call.official()?;
    if !is_kiosk_name(name) {
        return Err(Failure::Usage("a kiosk's name is 1 to 64 letters, digits and . - _".to_owned()));
    }
    let place = call.required("place")?.trim();
    if place.is_empty() || place.chars().count() > MAX_PLACE || place.chars().any(char::is_control) {
        return Err(Failure::Usage(format!("--place is 1 to {MAX_PLACE} letters")));
    }
    let hours = call.number("hours", HOURS)?;
    if !(1..=MOST_HOURS).contains(&hours) {
        return Err(Failure::Usage(format!("--hours is 1 to {MOST_HOURS}")));
    }
    let expires_at = now()
        .checked_add(SignedDuration::from_hours(hours))
        .map_err(|_| Failure::Told("the clock is wrong".to_owned()))?;
    let mut random = [0; 16];
    Machine.random(&mut random)?;
    let code = InvitationCode::from_random(random);
    let invitation = Invitation { kiosk: name.to_owned(), place: place.to_owned(), expires_at };
    let desk = Desk::open(call).await?;
    desk.store.invite(&invitation, &code, &official, now()).await?;
    show(&Invited { kiosk: name, code: code.as_str(), expires_at })
}
