//! A window with one sentence, made with the same shell, of the same size and in the same way as the kiosk's:
//! what it costs in time and memory is what no kiosk made with this shell can avoid. Only the bench opens it.

use tauri::{WebviewUrl, WebviewWindowBuilder};

#[allow(clippy::disallowed_methods, reason = "the expansion of `generate_context!`")]
fn main() -> tauri::Result<()> {
    let mut sizes = std::env::args().skip(1).filter_map(|argument| argument.parse::<f64>().ok());
    let width = sizes.next().unwrap_or(1080.0);
    let height = sizes.next().unwrap_or(1920.0);
    tauri::Builder::default()
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("A bare window")
                .inner_size(width, height)
                .decorations(false)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
