//! The kiosk application.

use std::alloc::System;
use std::process::ExitCode;

use zeroizing_alloc::ZeroAlloc;

/// Whatever held a person's answers, names or papers is overwritten when it is freed, also in libraries that know
/// nothing of it: the end of a session leaves no copies behind in the heap of this process.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    finestreta_lib::surroundings::settle();
    finestreta_lib::run(std::env::args_os())
}
