//! The stage on which whole journeys are played: the real window, the real card service, the real registry.
//!
//! Everything runs as it would at a town hall, except that the display is virtual, the authorities are made on
//! the spot, and the card is a program behind vsmartcard's reader. The kiosk is driven through the web view's
//! own WebDriver, by the hooks that the page carries.
//!
//! Invariants: what the stage started it stops, by id, even when the program that set it dies; nothing waits
//! for the clock, everything waits for a condition with a limit; no file is written outside of the stage's own
//! directory and the target directory.

pub mod answers;
pub mod applicant;
pub mod bench;
pub mod citizen;
pub mod demo;
pub mod judge;
pub mod kept;
pub mod opensc;
pub mod page;
pub mod people;
pub mod pictures;
pub mod place;
pub mod process;
pub mod stage;
pub mod wait;
pub mod watcher;
pub mod webdriver;
