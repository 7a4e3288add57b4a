//! The day of effect, as the person reads it on the receipt.

use registry_api::Registry as _;

use crate::citizen::amparo;
use crate::town::{Clock, Town};

#[tokio::test(flavor = "multi_thread")]
async fn r5_days_off_take_effect_on_the_next_working_day_and_keep_their_moment() {
    let town = Town::new();
    let clock = Clock::at("2026-03-08T10:20:00Z");
    let open = town.open(&clock).await;
    let client = open.client();
    let cases = [
        // Sunday 11:20 at the office; Monday; the eve, and the day, of Saint Joseph; three months later.
        ("2026-03-08T10:20:00Z", "2026-03-09", "2026-06-09"),
        ("2026-03-09T09:00:00Z", "2026-03-09", "2026-06-09"),
        ("2026-03-18T22:59:59Z", "2026-03-18", "2026-06-18"),
        ("2026-03-18T23:00:00Z", "2026-03-20", "2026-06-22"),
    ];
    for (now, effective, due) in cases {
        clock.set(now);
        let receipt = client.submit(&amparo().submission("2026-03-08T10:00:00Z")).await.unwrap();
        assert_eq!(receipt.presented_at, now.parse().unwrap());
        assert_eq!(receipt.effective_on.to_string(), effective, "{now}");
        assert_eq!(receipt.resolution.due.unwrap().to_string(), due, "{now}");
    }
}
