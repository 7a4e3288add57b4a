//! Nothing is lost, nothing is filed twice.

use filing::Progress;
use jiff::SignedDuration;
use registry_api::FilingState;

use crate::fake::{FakeRegistry, Mood, key, now, open, submission};

#[tokio::test]
async fn a_filing_gets_its_number_and_leaves_only_its_receipt_here() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::Well);
    filings.enqueue(&submission(1), now()).await.unwrap();
    filings.enqueue(&submission(1), now()).await.unwrap();
    let progress = filings.drain(&registry, now()).await.unwrap();
    assert!(
        matches!(&progress[..], [Progress::Registered(receipt)] if receipt.number.as_str() == "2026-E-000001")
    );
    let outbox = filings.outbox().await.unwrap();
    assert_eq!(
        (outbox.len(), outbox[0].state, outbox[0].number.as_deref()),
        (1, FilingState::Registered, Some("2026-E-000001"))
    );
    assert!(filings.drain(&registry, now()).await.unwrap().is_empty());
    assert_eq!(filings.next_due().await.unwrap(), None);
    filings.close().await;
}

#[tokio::test]
async fn an_unreachable_registry_is_tried_again_later_and_sooner_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::Unreachable);
    filings.enqueue(&submission(1), now()).await.unwrap();
    assert!(matches!(
        &filings.drain(&registry, now()).await.unwrap()[..],
        [Progress::Waiting { code: "registry.unreachable", .. }]
    ));
    assert!(filings.drain(&registry, now()).await.unwrap().is_empty(), "not before its time");
    let due = filings.next_due().await.unwrap().unwrap();
    assert!(due >= now() + SignedDuration::from_secs(5) && due < now() + SignedDuration::from_secs(10));
    registry.becomes(Mood::Well);
    filings.hurry(now()).await.unwrap();
    assert!(matches!(&filings.drain(&registry, now()).await.unwrap()[..], [Progress::Registered(_)]));
    filings.close().await;
}

#[tokio::test]
async fn waits_grow_to_five_minutes_and_no_further() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::Unreachable);
    filings.enqueue(&submission(1), now()).await.unwrap();
    let mut at = now();
    let mut last = SignedDuration::ZERO;
    for _ in 0..20 {
        filings.drain(&registry, at).await.unwrap();
        let due = filings.next_due().await.unwrap().unwrap();
        last = due.duration_since(at);
        at = due;
    }
    assert!(last >= SignedDuration::from_mins(5) && last <= SignedDuration::from_secs(375), "{last:?}");
    filings.close().await;
}

#[tokio::test]
async fn a_registry_that_asks_for_patience_gets_it() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::Busy);
    filings.enqueue(&submission(1), now()).await.unwrap();
    filings.drain(&registry, now()).await.unwrap();
    assert!(filings.next_due().await.unwrap().unwrap() >= now() + SignedDuration::from_secs(90));
    filings.close().await;
}

#[tokio::test]
async fn a_lost_answer_is_asked_about_before_anything_is_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::Swallows);
    filings.enqueue(&submission(1), now()).await.unwrap();
    assert!(matches!(&filings.drain(&registry, now()).await.unwrap()[..], [Progress::Waiting { .. }]));
    assert_eq!(filings.outbox().await.unwrap()[0].state, FilingState::Unknown);
    registry.becomes(Mood::Well);
    filings.hurry(now()).await.unwrap();
    assert!(matches!(&filings.drain(&registry, now()).await.unwrap()[..], [Progress::Registered(_)]));
    assert_eq!((registry.count(), *registry.submits.lock().unwrap()), (1, 1));
    filings.close().await;
}

#[tokio::test]
async fn nonsense_is_no_answer_and_the_filing_stays() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::TalksNonsense);
    filings.enqueue(&submission(1), now()).await.unwrap();
    filings.drain(&registry, now()).await.unwrap();
    let entry = &filings.outbox().await.unwrap()[0];
    assert_eq!((entry.state, entry.code.as_deref()), (FilingState::Unknown, Some("registry.nonsense")));
    registry.becomes(Mood::Well);
    filings.hurry(now()).await.unwrap();
    filings.drain(&registry, now()).await.unwrap();
    assert_eq!(registry.count(), 1);
    filings.close().await;
}

#[tokio::test]
async fn a_refused_filing_is_kept_for_the_staff_and_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::Refuses);
    filings.enqueue(&submission(1), now()).await.unwrap();
    let progress = filings.drain(&registry, now()).await.unwrap();
    assert_eq!(progress, [Progress::Refused { key: key(1), code: "submission.signature.hash".to_owned() }]);
    registry.becomes(Mood::Well);
    filings.hurry(now()).await.unwrap();
    assert!(filings.drain(&registry, now()).await.unwrap().is_empty());
    assert_eq!(filings.outbox().await.unwrap()[0].state, FilingState::Refused);
    filings.close().await;
}

#[tokio::test]
async fn what_was_being_sent_when_the_process_died_is_asked_about_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let registry = FakeRegistry::new(Mood::Well);
    let filings = open(folder.path()).await;
    filings.enqueue(&submission(1), now()).await.unwrap();
    // A call that never returns, given up in the middle: what a killed process leaves behind.
    let hanging = Hanging;
    let given_up =
        tokio::time::timeout(std::time::Duration::from_millis(100), filings.drain(&hanging, now())).await;
    assert!(given_up.is_err());
    assert_eq!(filings.outbox().await.unwrap()[0].state, FilingState::Submitting);
    filings.close().await;
    let filings = open(folder.path()).await;
    assert_eq!(filings.outbox().await.unwrap()[0].state, FilingState::Unknown);
    filings.drain(&registry, now()).await.unwrap();
    assert_eq!(registry.count(), 1);
    filings.close().await;
}

struct Hanging;

#[async_trait::async_trait]
impl registry_api::Registry for Hanging {
    async fn submit(
        &self,
        _: &registry_api::Submission,
    ) -> Result<registry_api::Receipt, registry_api::RegistryError> {
        std::future::pending().await
    }

    async fn receipt(
        &self,
        _: registry_api::SubmissionKey,
    ) -> Result<Option<registry_api::Receipt>, registry_api::RegistryError> {
        std::future::pending().await
    }

    async fn health(&self) -> Result<(), registry_api::RegistryError> {
        Ok(())
    }
}

#[tokio::test]
async fn several_filings_go_out_in_the_order_they_were_handed_in() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    let registry = FakeRegistry::new(Mood::Well);
    for number in [3, 1, 2] {
        filings.enqueue(&submission(number), now()).await.unwrap();
    }
    let progress = filings.drain(&registry, now()).await.unwrap();
    let keys: Vec<_> = progress
        .iter()
        .map(|progress| match progress {
            Progress::Registered(receipt) => receipt.key,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(keys, [key(1), key(2), key(3)]);
    filings.close().await;
}
