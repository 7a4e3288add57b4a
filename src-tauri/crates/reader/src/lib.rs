//! Card readers over PC/SC: who comes and goes, and one card to oneself for a while.
//!
//! The only user of `pcsc`; everything above runs without it. [`watch`] tells in events what happens at every
//! reader, and outlives the service: when it stops and starts again, so do the events. [`exclusive`] lends a card for
//! the length of one function, inside one transaction, and resets it at the end, so that no channel and no verified
//! PIN stays behind for the next program. [`Choice`] says which card counts, where several readers may hold one.
//!
//! Invariants: no data of a command or an answer is ever part of an error or a log, and none stays in memory of ours;
//! each wait is finite, also for a service that hangs; whoever holds a card blocks the thread it is on, and no other.
//!
//! Do not hold a card while a person types or reads: some systems reset one that is idle for five seconds.
//!
//! Standard: PC/SC Workgroup, parts 5 and 6, as pcsc-lite and WinSCard speak it.

mod choice;
mod error;
mod events;
mod exclusive;
mod holder;
mod name;
mod watch;

pub use choice::{CardNews, Choice};
pub use error::Error;
pub use events::ReaderEvent;
pub use exclusive::exclusive;
pub use name::ReaderName;
pub use watch::{Watch, watch};
