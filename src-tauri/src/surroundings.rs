//! What the libraries of the window and of the connection read from the process's environment when they start, and how the
//! cryptographic one ends.

/// Names and values.
const SETTINGS: [(&str, &str); 3] = [
    // The page's script is compiled in the plain way only. What would optimise it is where a browser's engine has had the most
    // holes, and has threads and megabytes of its own; without any compiler a change of screen takes a quarter longer.
    ("JSC_useDFGJIT", "0"),
    // The kiosk trusts the authorities of its configuration and no other. The cryptographic library would read all those of
    // the system first, at every start, to have them replaced.
    ("SSL_CERT_FILE", "/dev/null"),
    // The toolkit would ask the display's graphics driver which pixels it draws best, and load all of it for the answer.
    ("GDK_GL", "disable"),
];

/// Where the library that finds graphics drivers is told which ones there are (libglvnd, EGL vendor neutral dispatch).
const DRIVERS: &str = "__EGL_VENDOR_LIBRARY_FILENAMES";

/// Settles them. To be called first of all in `main`: as long as there is one thread, none can be reading the environment.
pub fn settle() {
    for (name, value) in SETTINGS {
        // Refused only for a name that is none.
        let _ = webkit2gtk::glib::setenv(name, value, true);
    }
    leave_graphics_drivers_out();
    // Asked this way, and before anything else asks for it, OpenSSL puts nothing away when the program ends, when a thread
    // of SQLite may still be using it.
    openssl::init();
}

/// Keeps graphics drivers out of this process. The web view asks for one when it starts, whether anything is to be drawn by it
/// or not: tens of megabytes, a compiler among them, that are loaded and linked while the page waits for its answers. Drivers
/// are looked for once, so the question is asked here first, while none can be found. The process that lays the page out
/// does need one to exist, and finds it as ever.
fn leave_graphics_drivers_out() {
    let before = std::env::var_os(DRIVERS);
    let _ = webkit2gtk::glib::setenv(DRIVERS, "/dev/null", true);
    // What is answered is of no interest.
    let _ = khronos_egl::Instance::new(khronos_egl::Static).query_string(None, khronos_egl::EXTENSIONS);
    match before {
        Some(before) => drop(webkit2gtk::glib::setenv(DRIVERS, before, true)),
        None => webkit2gtk::glib::unsetenv(DRIVERS),
    }
}
