//! What the page may call. Each checks nothing but its types, calls one function, and returns at once: what
//! follows comes as the next view.

use session::Intent;
use tauri::State;

use crate::runtime::{Desk, Seen, Shown};

/// The next view. It is answered as soon as there is one that the page has not been given; at once to a page that has just
/// been loaded.
#[tauri::command]
pub(crate) async fn session_next(
    desk: State<'_, Desk>,
    revision: Option<u32>,
    wipes: Option<u32>,
) -> Result<Shown, ()> {
    let seen = revision.zip(wipes).map(|(revision, wipes)| Seen { revision, wipes });
    Ok(desk.next(seen).await)
}

/// What the person wants.
#[tauri::command]
pub(crate) fn session_intent(desk: State<'_, Desk>, intent: Intent) {
    desk.intend(intent);
}

/// One more character of the PIN. It is gathered here, at the edge; the session knows only how many there are.
#[tauri::command]
pub(crate) fn pin_push(desk: State<'_, Desk>, character: char) {
    desk.pin_push(character);
}

/// Drops the last character of the PIN.
#[tauri::command]
pub(crate) fn pin_erase(desk: State<'_, Desk>) {
    desk.pin_erase();
}

/// Drops the whole PIN.
#[tauri::command]
pub(crate) fn pin_clear(desk: State<'_, Desk>) {
    desk.pin_clear();
}

/// The accept button of the PIN.
#[tauri::command]
pub(crate) fn pin_submit(desk: State<'_, Desk>) {
    desk.pin_submit();
}
