//! The kiosk application.

use std::process::ExitCode;

fn main() -> ExitCode {
    finestreta_lib::run(std::env::args_os())
}
