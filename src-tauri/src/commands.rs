//! What the page may call. Each checks nothing but its types, calls one function, and returns at once: what
//! follows comes as the next view.

use std::sync::Arc;

use session::Intent;
use tauri::State;
use tokio::sync::watch;

use crate::runtime::{Desk, Seen, Shown};

/// The desk, once there is one: the page is on the screen before all that is behind it has been opened.
pub(crate) struct Awaited(watch::Receiver<Option<Arc<Desk>>>);

impl Awaited {
    pub(crate) fn new() -> (watch::Sender<Option<Arc<Desk>>>, Self) {
        let (sender, receiver) = watch::channel(None);
        (sender, Self(receiver))
    }

    /// Never comes where the desk could not be opened: then the program ends.
    async fn desk(&self) -> Arc<Desk> {
        let mut there = self.0.clone();
        let desk = there.wait_for(Option::is_some).await.ok().and_then(|desk| desk.clone());
        match desk {
            Some(desk) => desk,
            None => std::future::pending().await,
        }
    }

    /// What is wished before there is a desk is wished of a screen that nobody can have read.
    fn tell(&self, wish: impl FnOnce(&Desk)) {
        if let Some(desk) = self.0.borrow().as_ref() {
            wish(desk);
        }
    }
}

/// The next view. It is answered as soon as there is one that the page has not been given; at once to a page that has just
/// been loaded.
#[tauri::command]
pub(crate) async fn session_next(
    awaited: State<'_, Awaited>,
    revision: Option<u32>,
    wipes: Option<u32>,
) -> Result<Shown, ()> {
    let seen = revision.zip(wipes).map(|(revision, wipes)| Seen { revision, wipes });
    let desk = awaited.desk().await;
    Ok(desk.next(seen).await)
}

/// What the person wants.
#[tauri::command]
pub(crate) fn session_intent(awaited: State<'_, Awaited>, intent: Intent) {
    awaited.tell(|desk| desk.intend(intent));
}

/// One more character of the PIN. It is gathered here, at the edge; the session knows only how many there are.
#[tauri::command]
pub(crate) fn pin_push(awaited: State<'_, Awaited>, character: char) {
    awaited.tell(|desk| desk.pin_push(character));
}

/// Drops the last character of the PIN.
#[tauri::command]
pub(crate) fn pin_erase(awaited: State<'_, Awaited>) {
    awaited.tell(Desk::pin_erase);
}

/// Drops the whole PIN.
#[tauri::command]
pub(crate) fn pin_clear(awaited: State<'_, Awaited>) {
    awaited.tell(Desk::pin_clear);
}

/// The accept button of the PIN.
#[tauri::command]
pub(crate) fn pin_submit(awaited: State<'_, Awaited>) {
    awaited.tell(Desk::pin_submit);
}
