//! The one place of the kiosk that reads the clock and draws fresh keys.

use jiff::Timestamp;
use registry_api::SubmissionKey;
use session::Moment;

/// The kiosk's time.
#[allow(clippy::disallowed_methods, reason = "the edge of the program: everything below is handed the time")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Now, with a key nobody has used.
pub(super) fn moment() -> Moment {
    let now = now();
    let mut random = [0_u8; 10];
    random.copy_from_slice(&uuid::Uuid::new_v4().into_bytes()[6..]);
    Moment { now, fresh: SubmissionKey::new(now, random) }
}
