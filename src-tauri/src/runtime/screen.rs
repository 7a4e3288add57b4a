//! What the person sees: the page in the window, or nothing where the kiosk is driven without one.

use session::SessionView;
use tauri::{AppHandle, Emitter as _};

use crate::kiosk::WINDOW;

/// Event that carries a new view to the page.
const VIEW_EVENT: &str = "session-view";
/// Event that tells the page to start anew with a fresh heap.
const WIPE_EVENT: &str = "session-wipe";

/// Where views are shown.
pub(crate) trait Screen: Send {
    /// Shows a view in place of the one before.
    fn show(&self, view: &SessionView);
    /// Forgets everything that was shown.
    fn wipe(&self);
}

impl Screen for AppHandle {
    fn show(&self, view: &SessionView) {
        if let Err(error) = self.emit_to(WINDOW, VIEW_EVENT, view) {
            tracing::error!(event = "view.failed", "{error}");
        }
    }

    fn wipe(&self) {
        if let Err(error) = self.emit_to(WINDOW, WIPE_EVENT, ()) {
            tracing::error!(event = "view.failed", "{error}");
        }
    }
}

/// No window: whoever drives the kiosk asks for the view.
pub(crate) struct NoScreen;

impl Screen for NoScreen {
    fn show(&self, _: &SessionView) {}

    fn wipe(&self) {}
}
