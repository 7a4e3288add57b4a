//! A filing on the kiosk's side: a draft while it is typed, a queued package once it is signed, until the
//! registry has numbered it. *Nothing is lost, nothing is filed twice* has this one home.
//!
//! # The life of a filing
//! A filing has one key from its first page. As a **draft** it is rewritten with each answer. When it is signed,
//! [`Filings::enqueue`] moves it to the **queue** in one transaction that also drops the draft: from the moment
//! that call returns, losing power loses nothing. [`Filings::drain`] then works through what is due:
//!
//! ```text
//! queued ──► submitting ──► registered            (a number: the end)
//!   ▲            │ ├──────► refused               (for good: kept for the staff)
//!   │            │ └──────► unknown ──► registered (the registry had it after all)
//!   └────────────┴─────────────┘                  (nothing arrived: later again)
//! ```
//!
//! `submitting` is written before the request leaves. A process that dies there finds the row at its next start
//! and turns it into `unknown`, and an unknown filing is *asked about* by its key before it is sent again
//! (`Registry::receipt`). The registry takes each key once (Ley 39/2015 art. 16.3 wants one number), so even a
//! request sent twice is one entry.
//!
//! The store is a SQLCipher database opened with a raw 256-bit key that comes from elsewhere; without it nothing
//! can be read. Time is given in. Nothing here knows a card or a page.

mod draft;
mod error;
mod queue;
mod store;

pub use draft::{Draft, DraftFile};
pub use error::Error;
pub use queue::{OutboxEntry, Progress};
pub use store::Filings;
