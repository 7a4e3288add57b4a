//! What the libraries of the window and of the connection read from the process's environment when they start, and how the
//! cryptographic one ends.

/// Names and values.
const SETTINGS: [(&str, &str); 2] = [
    // The page's script is run as it is, never compiled to machine code: of all of a browser's engine the compiler has had
    // the most holes, it needs memory that can be written and run, and threads and megabytes of its own. What the page does
    // between two touches is far too little to win anything by it.
    ("JSC_useJIT", "0"),
    // The kiosk trusts the authorities of its configuration and no other. The cryptographic library would read all those of
    // the system first, at every start, to have them replaced.
    ("SSL_CERT_FILE", "/dev/null"),
];

/// Settles them. To be called first of all in `main`: as long as there is one thread, none can be reading the environment.
pub fn settle() {
    for (name, value) in SETTINGS {
        // Refused only for a name that is none.
        let _ = webkit2gtk::glib::setenv(name, value, true);
    }
    // Asked this way, and before anything else asks for it, OpenSSL puts nothing away when the program ends, when a thread
    // of SQLite may still be using it.
    openssl::init();
}
