//! The window, the printer and the stick.

pub(crate) mod intake;
pub(crate) mod output;
pub(crate) mod presence;
pub(crate) mod stick;
mod webview;

use session::SessionView;
use tauri::{App, WebviewUrl, WebviewWindowBuilder};

use crate::config::KioskConfig;

/// Name of the citizen's window, as in `capabilities/kiosk.json`.
pub(crate) const WINDOW: &str = "kiosk";

/// Opens the one window: no storage of any kind behind it, no menu, no zoom.
pub(crate) fn open_window(
    app: &mut App,
    config: &KioskConfig,
    first: Option<&SessionView>,
) -> Result<(), tauri::Error> {
    // A session of the automation protocol needs the default web context, so an automated window is not ephemeral; it
    // gets a data folder of its own instead. The system sets the variable only for a process it starts to be driven.
    let automated = std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true");
    let mut builder = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
        .title("Finestreta")
        .inner_size(config.width, config.height)
        .decorations(false)
        .fullscreen(config.fullscreen)
        .incognito(!automated)
        .zoom_hotkeys_enabled(false)
        .initialization_script(stage_script(config, first));
    if automated {
        builder =
            builder.data_directory(std::env::temp_dir().join(format!("finestreta-{}", std::process::id())));
    }
    let window = builder.build()?;
    window.with_webview(webview::close_the_side_doors)?;
    Ok(())
}

/// What the page must know before its first paint: the very screen it is on, and the view it begins with.
fn stage_script(config: &KioskConfig, first: Option<&SessionView>) -> String {
    let stage = serde_json::json!({
        "pxPerMm": config.px_per_mm,
        "bottomAboveFloorMm": config.bottom_above_floor_mm,
        "firstView": first,
    });
    format!("Object.defineProperty(window, '__FINESTRETA__', {{ value: Object.freeze({stage}) }});")
}
