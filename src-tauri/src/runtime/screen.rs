//! What the person sees. The page asks for it and is answered when there is something new: nothing is ever run in the page
//! from here. A script pushed into it would be given back its result by an engine in this process, which costs some
//! megabytes and keeps its own copies of what it was given, names and answers among them.

use serde::Serialize;
use session::SessionView;
use tokio::sync::watch;

/// A view, and which page may show it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shown {
    pub(crate) view: SessionView,
    /// How many sessions were wiped since the program started. A page that has shown another number begins anew, with a
    /// fresh heap.
    pub(crate) wipes: u32,
}

/// What a page has last been given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) revision: u32,
    pub(crate) wipes: u32,
}

impl Shown {
    fn is_new_to(&self, seen: Option<Seen>) -> bool {
        seen.is_none_or(|seen| seen.revision != self.view.revision || seen.wipes != self.wipes)
    }
}

/// Waits until there is something that the page has not been given, and gives it. A page that has been given nothing is
/// answered at once.
pub(super) async fn next(mut shown: watch::Receiver<Shown>, seen: Option<Seen>) -> Shown {
    let next = shown.wait_for(|shown| shown.is_new_to(seen)).await.map(|shown| shown.clone());
    match next {
        Ok(next) => next,
        // Without an actor nothing changes any more.
        Err(_) => std::future::pending().await,
    }
}
