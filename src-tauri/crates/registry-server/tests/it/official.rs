//! Behind another official registry: its number and its date, or none at all.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use registry_api::{Registry as _, RegistryError, SubmissionKey, code};
use registry_server::{Connector, Handed, Official, Reply, Step, TheirReceipt, start_behind};
use tokio::sync::Notify;

use crate::citizen::{amparo, at};
use crate::town::{Clock, Open, THURSDAY, Town};

const WHEN: &str = "2026-03-12T17:05:00Z";
/// The other registry's own clock.
const THEIR_TIME: &str = "2026-03-12T17:06:40Z";

/// How the other registry takes one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Well,
    /// It does it; its answer is lost.
    DoneAndLost,
    /// It does nothing; that too is not known.
    Lost,
    /// It cannot be reached.
    Away,
    NotReady,
    Refusing,
    /// It does it and never answers.
    DoneAndSilent,
}

/// Another registry: drafts, then annexes, then the confirmation that gives the number.
#[derive(Default)]
struct Other {
    moods: Mutex<VecDeque<Mood>>,
    drafts: Mutex<Vec<SubmissionKey>>,
    annexes: Mutex<BTreeMap<usize, usize>>,
    numbers: Mutex<BTreeMap<usize, u32>>,
    calls: Mutex<Vec<(String, bool)>>,
    silent: Notify,
}

impl Other {
    fn with(moods: &[Mood]) -> Arc<Self> {
        Arc::new(Self { moods: Mutex::new(moods.iter().copied().collect()), ..Self::default() })
    }

    fn numbers(&self) -> Vec<u32> {
        self.numbers.lock().unwrap().values().copied().collect()
    }

    fn official(&self, draft: usize) -> Option<Official> {
        let number = *self.numbers.lock().unwrap().get(&draft)?;
        Some(Official {
            number: format!("{number}/2026").parse().unwrap(),
            registered_at: at(THEIR_TIME),
            receipt: Some(TheirReceipt {
                media_type: "application/pdf".to_owned(),
                content: format!("%PDF their receipt of {number}").into_bytes(),
            }),
        })
    }

    /// What the step would answer if its effect is there.
    fn done(&self, key: SubmissionKey, step: &str) -> Option<Reply> {
        let (name, draft) = step.split_once(' ').unwrap_or((step, ""));
        let draft = draft.parse::<usize>().unwrap_or_default();
        match name {
            "draft" => {
                let place = self.drafts.lock().unwrap().iter().position(|known| *known == key)?;
                Some(Reply::Next(Step(format!("annex {place}"))))
            }
            "annex" => {
                let _ = self.annexes.lock().unwrap().get(&draft)?;
                Some(Reply::Next(Step(format!("confirm {draft}"))))
            }
            "confirm" => self.official(draft).map(Reply::Numbered),
            other => panic!("{other}"),
        }
    }

    fn act(&self, key: SubmissionKey, step: &str) {
        let (name, draft) = step.split_once(' ').unwrap_or((step, ""));
        let draft = draft.parse::<usize>().unwrap_or_default();
        match name {
            "draft" => self.drafts.lock().unwrap().push(key),
            "annex" => *self.annexes.lock().unwrap().entry(draft).or_default() += 1,
            _ => {
                let mut numbers = self.numbers.lock().unwrap();
                let next = 1000 + u32::try_from(numbers.len()).unwrap();
                assert!(numbers.insert(draft, next).is_none(), "confirmed twice");
            }
        }
    }
}

#[async_trait]
impl Connector for Other {
    fn name(&self) -> &'static str {
        "other"
    }

    fn first(&self) -> Step {
        Step("draft".to_owned())
    }

    async fn take(&self, handed: Handed<'_>, step: &Step, doubtful: bool) -> Reply {
        let key = handed.submission.key;
        assert_eq!(handed.filing.interested.nif, "99999002Q");
        self.calls.lock().unwrap().push((step.0.clone(), doubtful));
        let mood = self.moods.lock().unwrap().pop_front().unwrap_or(Mood::Well);
        // Looks before it repeats.
        if doubtful
            && mood != Mood::Away
            && let Some(done) = self.done(key, &step.0)
        {
            return done;
        }
        match mood {
            Mood::Away => Reply::NotDone,
            Mood::Lost => Reply::Unknown,
            Mood::NotReady => Reply::Pending { after: Duration::from_secs(60) },
            Mood::Refusing => Reply::Refused { code: "other.unit-unknown".to_owned() },
            Mood::Well => {
                self.act(key, &step.0);
                self.done(key, &step.0).unwrap()
            }
            Mood::DoneAndLost => {
                self.act(key, &step.0);
                Reply::Unknown
            }
            Mood::DoneAndSilent => {
                self.act(key, &step.0);
                self.silent.notify_one();
                std::future::pending().await
            }
        }
    }
}

async fn open(town: &Town, clock: &Arc<Clock>, other: &Arc<Other>, patience: Duration) -> Open {
    let (environment, connector) = (Arc::clone(clock) as _, Arc::clone(other) as _);
    Open { running: start_behind(town.settings(&[]), environment, connector, patience).await.unwrap() }
}

const LONG: Duration = Duration::from_secs(120);
const NONE: Duration = Duration::ZERO;

#[tokio::test(flavor = "multi_thread")]
async fn number_and_date_are_theirs_and_their_receipt_is_kept_beside_ours() {
    let town = Town::new();
    let other = Other::with(&[]);
    let open = open(&town, &Clock::at(THURSDAY), &other, LONG).await;
    let submission = amparo().submission(WHEN);
    let receipt = open.client().submit(&submission).await.unwrap();
    assert_eq!(receipt.number.as_str(), "1000/2026");
    assert_eq!((receipt.registered_at, receipt.presented_at), (at(THEIR_TIME), at(THEIR_TIME)));
    assert!(receipt.compare(&submission).is_ok());
    assert_eq!(open.client().submit(&submission).await.unwrap(), receipt);
    assert_eq!(town.sql("SELECT numbered_by, number, seq FROM entries").await, [["other", "1000/2026", "-"]]);
    let theirs = registry_api::Sha256Hex::of(b"%PDF their receipt of 1000");
    assert_eq!(
        town.sql("SELECT media_type, sha256 FROM official_receipts").await,
        [["application/pdf", theirs.as_str()]]
    );
    assert_eq!(other.calls.lock().unwrap().len(), 3);
    assert!(other.calls.lock().unwrap().iter().all(|(_, doubtful)| !doubtful));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_presented_before_the_official_number_is_there() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let other = Other::with(&[Mood::Away, Mood::Well, Mood::Well, Mood::NotReady]);
    let open = open(&town, &clock, &other, NONE).await;
    let submission = amparo().submission(WHEN);
    let pending = |answer: &Result<(), RegistryError>| {
        matches!(answer, Err(RegistryError::Pending { retry_after: Some(_) }))
    };
    let answer = open.client().submit(&submission).await.map(drop);
    assert!(pending(&answer), "{answer:?}");
    // Another package under its key is one too many already now.
    let mut twin = amparo().submission(WHEN);
    twin.key = submission.key;
    let answer = open.client().submit(&twin).await;
    assert!(
        matches!(&answer, Err(RegistryError::Refused(wrong)) if wrong.code == code::CONFLICT),
        "{answer:?}"
    );

    // It was away; then it took everything and was not ready; each time nothing is an entry.
    for (now, calls) in [(THURSDAY, 1), ("2026-03-12T17:06:00Z", 4)] {
        clock.set(now);
        until(|| other.calls.lock().unwrap().len() == calls).await;
        settled(&town).await;
        let answer = open.client().receipt(submission.key).await.map(drop);
        assert!(pending(&answer), "{answer:?}");
        assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
    }
    clock.set("2026-03-12T17:08:00Z");
    until(|| other.numbers().len() == 1).await;
    let receipt = loop {
        match open.client().receipt(submission.key).await {
            Ok(Some(receipt)) => break receipt,
            answer => assert!(pending(&answer.map(drop))),
        }
    };
    assert_eq!(receipt.number.as_str(), "1000/2026");
    assert_eq!(other.calls.lock().unwrap().last().unwrap(), &("confirm 0".to_owned(), true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_asked_about_and_nothing_is_done_twice() {
    for lost in [Mood::DoneAndLost, Mood::Lost] {
        for step in 0..3 {
            let town = Town::new();
            let clock = Clock::at(THURSDAY);
            let mut moods = vec![Mood::Well; step];
            moods.push(lost);
            let other = Other::with(&moods);
            let open = open(&town, &clock, &other, NONE).await;
            let submission = amparo().submission(WHEN);
            let answer = open.client().submit(&submission).await;
            assert!(matches!(answer, Err(RegistryError::Pending { .. })), "{answer:?}");
            until(|| other.calls.lock().unwrap().len() == step + 1).await;
            settled(&town).await;
            clock.set("2026-03-12T17:06:40Z");
            until(|| !other.numbers().is_empty()).await;
            let receipt = loop {
                if let Ok(Some(receipt)) = open.client().receipt(submission.key).await {
                    break receipt;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            };
            assert_eq!(receipt.number.as_str(), "1000/2026");
            assert_eq!(other.drafts.lock().unwrap().len(), 1, "{lost:?} at {step}");
            assert_eq!(other.annexes.lock().unwrap().values().sum::<usize>(), 1, "{lost:?} at {step}");
            assert_eq!(other.numbers(), [1000]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_falls_between_two_steps_goes_on_with_the_written_one() {
    for step in 0..3 {
        let town = Town::new();
        let clock = Clock::at(THURSDAY);
        let mut moods = vec![Mood::Well; step];
        moods.push(Mood::DoneAndSilent);
        let other = Other::with(&moods);
        // Large enough not to be kept in memory.
        let submission = crate::documents::large();
        let first = open(&town, &clock, &other, NONE).await;
        let answer = first.client().submit(&submission).await;
        assert!(matches!(answer, Err(RegistryError::Pending { .. })), "{answer:?}");
        other.silent.notified().await;
        drop(first);
        // What it held is free again once its time has run out.
        clock.set("2026-03-12T17:20:00Z");
        let second = open(&town, &clock, &other, LONG).await;
        let receipt = loop {
            if let Ok(Some(receipt)) = second.client().receipt(submission.key).await {
                break receipt;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        assert_eq!(receipt.number.as_str(), "1000/2026");
        assert_eq!(other.drafts.lock().unwrap().len(), 1);
        assert_eq!(other.annexes.lock().unwrap().values().sum::<usize>(), 1);
        second.running.stop().await;
        assert_eq!(town.sql("SELECT state FROM intakes").await, [["numbered"]]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_official_registry_refuses_is_told_and_no_entry() {
    let town = Town::new();
    let other = Other::with(&[Mood::Well, Mood::Refusing]);
    let open = open(&town, &Clock::at(THURSDAY), &other, LONG).await;
    let submission = amparo().submission(WHEN);
    for _ in 0..2 {
        let answer = open.client().submit(&submission).await;
        let Err(RegistryError::Refused(problem)) = answer else { panic!("{answer:?}") };
        assert_eq!((problem.status, problem.code.as_str()), (422, code::OFFICIAL));
        assert_eq!(problem.detail.as_deref(), Some("other.unit-unknown"));
    }
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
    assert_eq!(town.sql("SELECT state, reason FROM intakes").await, [["refused", "other.unit-unknown"]]);
}

/// Waits until what came of the last step is written: only then the clock may go on.
async fn settled(town: &Town) {
    let held = "SELECT count(*) FROM intakes WHERE leased_until > '1970-01-01T00:00:00.000Z'";
    while town.sql(held).await != [["0"]] {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until something is so; the test's own limit says when it never will be.
async fn until(so: impl Fn() -> bool) {
    while !so() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
