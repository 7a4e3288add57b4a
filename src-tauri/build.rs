//! Names the commands, so that permissions are generated from the list and `capabilities/` can grant them.

/// Every command the page may be granted; the invoke handler in `src/lib.rs` registers the same.
const COMMANDS: [&str; 6] =
    ["session_next", "session_intent", "pin_push", "pin_erase", "pin_clear", "pin_submit"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Two of the program's megabytes are a list of its own addresses, read whole at each start; packed it is some kilobytes.
    // Understood by the linker and the C library of Debian 12 and later.
    println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    let manifest = tauri_build::AppManifest::new().commands(&COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).map_err(Into::into)
}
