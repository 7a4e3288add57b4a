//! What nobody signed: registered as what it is, told everywhere as incomplete, and cured by a signature.

use std::sync::Arc;

use procedures::{Known, Today};
use registry_api::office::{EntryPage, EntryShown, LoggedAct, RequirementListed};
use registry_api::{
    Answers, Applicant, Assisted, Attachment, Language, Manifest, ManifestAttachment, OwnEntries, Receipt,
    Registry as _, RegistryError, Requirement, RequirementState, SignatureMeans, Submission, SubmissionKey,
    Unsigned, code,
};

use crate::citizen::{Citizen, amparo, application, at, catalogue, holder, new_key};
use crate::desk::{OFFICE, Rosa, told};
use crate::program::say;
use crate::receipts::text_of;
use crate::sessions::amparos_card;
use crate::town::{Clock, Open, THURSDAY, Town, issuers};
use crate::verification::{PAGE, look};
use crate::wire::{Reply, call, get, identity};

pub(crate) const PROCEDURE: &str = "certificat-serveis-prestats";
const WHEN: &str = "2026-03-12T17:05:00Z";

pub(crate) fn answers(who: &Citizen) -> Answers {
    let form = &catalogue().get(PROCEDURE).unwrap().form;
    let known = Known { name: &who.holder.given_name, surnames: &who.holder.surname1, nif: &who.holder.nif };
    let today = Today("2026-03-12".parse().unwrap());
    form.filed(&procedures::citizen::answers(form, &known, &today, 7).unwrap())
}

/// A package as the kiosk would make it, before anybody signs.
fn package(who: &Citizen, procedure: &str, answers: Answers, cures: Option<SubmissionKey>) -> Submission {
    package_with(who, procedure, answers, cures, None)
}

/// The same, with the consent of somebody who is assisted.
pub(crate) fn package_with(
    who: &Citizen,
    procedure: &str,
    answers: Answers,
    cures: Option<SubmissionKey>,
    consent: Option<Attachment>,
) -> Submission {
    let when = at(WHEN);
    let manifest = Manifest {
        key: new_key(when),
        procedure: procedure.to_owned(),
        procedure_version: catalogue().get(procedure).unwrap().version,
        language: Language::CaValencia,
        applicant: Applicant { nif: who.holder.nif.clone(), name: who.holder.full_name() },
        answers: answers.clone(),
        attachments: Vec::new(),
        cures,
        consent: consent.as_ref().map(ManifestAttachment::of),
    };
    Submission {
        key: manifest.key,
        procedure: manifest.procedure.clone(),
        procedure_version: manifest.procedure_version,
        language: manifest.language,
        handed_in_at: when,
        application: application(&manifest, when).into(),
        attachments: Vec::new(),
        answers,
        unsigned: Some(email("amparo@exemple.es")),
        cures,
        assisted: consent.map(|consent| Assisted { consent }),
    }
}

fn email(address: &str) -> Unsigned {
    Unsigned { email: address.to_owned(), confirmed_at: at("2026-03-12T17:04:00Z") }
}

fn unsigned() -> Submission {
    package(amparo(), PROCEDURE, answers(amparo()), None)
}

/// The same words signed, which cures what was handed in under a key.
fn signed(who: &Citizen, answers: Answers, first: SubmissionKey) -> Submission {
    let mut signed = package(who, PROCEDURE, answers, Some(first));
    signed.unsigned = None;
    signed.application = who.sign(&signed.application.bytes().unwrap(), at(WHEN)).into();
    signed
}

pub(crate) async fn refused(open: &Open, submission: &Submission) -> String {
    match open.client().submit(submission).await {
        Err(RegistryError::Refused(problem)) => problem.code,
        answer => panic!("{answer:?}"),
    }
}

/// The kiosk says that the person, warned, has taken the receipt.
async fn notice(open: &Open, key: SubmissionKey) -> Reply {
    tell(open, key, "{\"accepted_after_warning\":true}").await
}

async fn tell(open: &Open, key: SubmissionKey, body: &str) -> Reply {
    let path = format!("/v1/submissions/{key}/notice");
    let kiosk = crate::town::authorities();
    call(open.running.address(), identity(kiosk), "POST", &path, None, Some(body)).await.unwrap()
}

fn requirement(reply: &Reply) -> Requirement {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice(&reply.body).unwrap()
}

async fn own(open: &Open) -> OwnEntries {
    let session = amparos_card().session(&open.client()).await.unwrap();
    let reply = get(open, "/v1/citizen/entries", Some(session.token.as_str())).await;
    serde_json::from_slice(&reply.body).unwrap()
}

async fn town() -> (Town, Arc<Clock>, Open, Rosa) {
    let (town, clock) = (Town::new(), Clock::at(THURSDAY));
    let doors: Vec<_> = OFFICE.iter().chain(&PAGE).copied().collect();
    let open = town.open_with(&clock, &doors).await;
    let rosa = Rosa::at(&open);
    (town, clock, open, rosa)
}

#[tokio::test(flavor = "multi_thread")]
async fn r7_what_is_not_signed_has_a_number_and_is_shown_as_complete_nowhere() {
    let (town, _clock, open, rosa) = town().await;
    let submission = unsigned();
    let receipt: Receipt = open.client().submit(&submission).await.unwrap();
    assert_eq!(receipt.number.as_str(), "2026-E-000001");
    assert_eq!(receipt.signed_with, SignatureMeans::Email);
    assert_eq!(receipt.presented_at, at(THURSDAY));
    let term = receipt.to_be_signed.unwrap();
    assert_eq!((term.working_days, term.until.to_string().as_str()), (10, "2026-03-27"));
    // No last day to resolve can be told while the term may stand still.
    assert_eq!(receipt.resolution.due, None);

    // On the paper,
    let paper = text_of(receipt.document.as_slice()).await;
    assert!(!paper.contains("Empremtadeldocumentsignat"), "{paper}");
    for words in [
        "peròfaltalasignatura",
        "Faltalasignatura",
        "notéefectefinsquelasigne",
        "27demarçde2026",
        "Sensesignatura",
    ] {
        assert!(paper.contains(words), "{words} is not in {paper}");
    }
    assert!(paper.find("Faltalasignatura") < paper.find("Quèpassaara"), "{paper}");
    // at the public page,
    let page = look(&open, receipt.csv.as_str(), "99999002Q").await;
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("Not signed: it has no effect until it is"), "{page}");
    // in the person's own list,
    let entries = own(&open).await.entries;
    assert_eq!(entries[0].requirement.as_ref().unwrap().state, RequirementState::Open);
    // and in the book.
    let book: EntryPage = rosa.reads("/entries").await;
    assert_eq!(book.entries[0].signature_status, "unsigned_pending");
    let shown: EntryShown = rosa.reads("/entries/2026-E-000001").await;
    assert_eq!(shown.requirement.unwrap().state, RequirementState::Open);
    assert_eq!(shown.sir_obstacles, [""; 0]);
    assert_eq!(shown.entry.signer_certificate_sha256, "");

    // The same again is the same, and the book is whole.
    assert_eq!(open.client().submit(&submission).await.unwrap(), receipt);
    open.running.stop().await;
    assert_eq!(
        town.sql("SELECT identification_means, signature_status FROM entries").await,
        [["email", "unsigned_pending"]]
    );
    assert_eq!(
        town.sql("SELECT entry, working_days, notified_on FROM requirements").await,
        [["1", "10", "-"]]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_cures_it_once_and_it_keeps_its_date() {
    let (town, clock, open, rosa) = town().await;
    let first = unsigned();
    open.client().submit(&first).await.unwrap();
    assert_eq!(requirement(&notice(&open, first.key).await).until.unwrap().to_string(), "2026-03-27");

    // Five days later, at any kiosk.
    clock.set("2026-03-17T10:00:00Z");
    let receipt = open.client().submit(&signed(amparo(), first.answers.clone(), first.key)).await.unwrap();
    assert_eq!(receipt.number.as_str(), "2026-E-000002");
    assert_eq!(receipt.cures.as_ref().unwrap().as_str(), "2026-E-000001");
    assert_eq!(receipt.signed_with, SignatureMeans::Dnie);
    let paper = text_of(receipt.document.as_slice()).await;
    assert!(paper.contains("Signal’assentament") && !paper.contains("Faltalasignatura"), "{paper}");

    let entries = own(&open).await.entries;
    let cured = entries[1].requirement.as_ref().unwrap();
    assert_eq!(cured.state, RequirementState::Cured);
    assert_eq!(cured.cured_by.as_ref().unwrap().as_str(), "2026-E-000002");
    assert_eq!(entries[1].presented_at, at(THURSDAY));
    assert_eq!(entries[0].requirement, None);
    // The term to resolve stood still from the notification to the signature: a month from 12 March, and five days.
    let shown: EntryShown = rosa.reads("/entries/2026-E-000001").await;
    assert_eq!(shown.due.unwrap().on.to_string(), "2026-04-17");
    let page = rosa.reads::<Vec<RequirementListed>>("/requirements").await;
    assert_eq!(page, []);

    // There is nothing left to sign, and nothing to withdraw.
    let again = signed(amparo(), first.answers.clone(), first.key);
    assert_eq!(refused(&open, &again).await, code::CURES);
    let withdraw = "{\"act\":\"withdrawn\",\"resolution\":\"Decret 1/2026\"}";
    let path = "/entries/2026-E-000001/requirement";
    assert_eq!(rosa.is_told("POST", path, Some(withdraw)).await, told(409, code::OFFICE_REQUIREMENT));
    open.running.stop().await;
    assert_eq!(town.sql("SELECT reason FROM quarantine").await, [[code::CURES]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn r9_nothing_is_notified_to_whoever_was_not_warned_or_did_not_accept() {
    let (_town, _clock, open, rosa) = town().await;
    let first = unsigned();
    open.client().submit(&first).await.unwrap();
    let refused = tell(&open, first.key, "{\"accepted_after_warning\":false}").await;
    assert_eq!((refused.status, refused.problem().code.as_str()), (422, code::NOTICE));
    for silent in ["", "{}", "{\"accepted_after_warning\":null}", "{\"accepted_after_warning\":\"true\"}"] {
        let refused = tell(&open, first.key, silent).await;
        assert_eq!((refused.status, refused.problem().code.as_str()), (400, code::MALFORMED), "{silent}");
    }
    let listed = rosa.reads::<Vec<RequirementListed>>("/requirements").await;
    assert_eq!(listed[0].requirement.state, RequirementState::Open, "{listed:?}");
    let told = requirement(&notice(&open, first.key).await);
    assert_eq!((told.state, told.notified_on.is_some()), (RequirementState::Running, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn r10_of_several_notifications_the_earliest_counts() {
    let (_town, clock, open, rosa) = town().await;
    let first = unsigned();
    open.client().submit(&first).await.unwrap();
    clock.set("2026-03-17T10:00:00Z");
    let path = "/entries/2026-E-000001/requirement";
    let notified = |on: &str| format!("{{\"act\":\"notified\",\"on\":\"{on}\"}}");
    let reply = rosa.asks("POST", path, Some(&notified("2026-03-16"))).await;
    assert_eq!(requirement(&reply).until.unwrap().to_string(), "2026-03-31");
    // The kiosk a day later changes nothing; a letter that had come before does.
    let later = requirement(&notice(&open, first.key).await);
    assert_eq!(later.notified_on.unwrap().to_string(), "2026-03-16");
    let earlier = requirement(&rosa.asks("POST", path, Some(&notified("2026-03-13"))).await);
    assert_eq!(earlier.notified_on.unwrap().to_string(), "2026-03-13");
    assert_eq!(earlier.until.unwrap().to_string(), "2026-03-30");
    assert_eq!(earlier.state, RequirementState::Running);
    for impossible in ["2026-03-11", "2026-03-18"] {
        let wish = notified(impossible);
        assert_eq!(rosa.is_told("POST", path, Some(&wish)).await, told(422, code::OFFICE_WISH), "{wish}");
    }
    let log: Vec<LoggedAct> = rosa.reads("/log?subject=2026-E-000001&most=100").await;
    let days: Vec<_> = log.iter().filter(|act| act.action == "requirement.notified").collect();
    assert_eq!(days.len(), 2, "{days:?}");
    assert!(days[1].actor.starts_with("Rosa Gil"), "{days:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_term_is_made_longer_while_it_runs_and_ends_in_a_resolution() {
    let (_town, clock, open, rosa) = town().await;
    let first = unsigned();
    let csv = open.client().submit(&first).await.unwrap().csv;
    let path = "/entries/2026-E-000001/requirement";
    let extend = |days: u8| format!("{{\"act\":\"extended\",\"days\":{days},\"reason\":\"Ho demana\"}}");
    let withdraw = "{\"act\":\"withdrawn\",\"resolution\":\"Decret 12/2026\"}";
    // Nothing runs before somebody was told.
    assert_eq!(rosa.is_told("POST", path, Some(&extend(5))).await, told(409, code::OFFICE_REQUIREMENT));
    assert_eq!(rosa.is_told("POST", path, Some(withdraw)).await, told(409, code::OFFICE_REQUIREMENT));
    notice(&open, first.key).await;
    assert_eq!(rosa.is_told("POST", path, Some(&extend(6))).await, told(422, code::OFFICE_WISH));
    let longer = requirement(&rosa.asks("POST", path, Some(&extend(5))).await);
    assert_eq!((longer.working_days, longer.until.unwrap().to_string().as_str()), (15, "2026-04-07"));
    assert_eq!(rosa.is_told("POST", path, Some(&extend(1))).await, told(422, code::OFFICE_WISH));

    // The last moment of the last day, and the first of the next.
    clock.set("2026-04-07T21:59:59Z");
    assert_eq!(rosa.is_told("POST", path, Some(withdraw)).await, told(409, code::OFFICE_REQUIREMENT));
    assert_eq!(rosa.reads::<Vec<RequirementListed>>("/requirements?overdue=true").await, []);
    clock.set("2026-04-07T22:00:00Z");
    let overdue: Vec<RequirementListed> = rosa.reads("/requirements?overdue=true").await;
    assert_eq!(overdue[0].number.as_str(), "2026-E-000001");
    assert_eq!(overdue[0].requirement.state, RequirementState::Overdue);
    assert_eq!(rosa.reads::<Vec<RequirementListed>>("/requirements?after=1").await, []);
    let over = requirement(&rosa.asks("POST", path, Some(withdraw)).await);
    assert_eq!(over.state, RequirementState::Withdrawn);
    let page = look(&open, csv.as_str(), "99999002Q").await;
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("Not signed: taken as withdrawn"), "{page}");
    // After that nobody signs it any more.
    let late = signed(amparo(), first.answers.clone(), first.key);
    assert_eq!(refused(&open, &late).await, code::CURES);
    for wrong in ["overdue=perhaps", "after=-1", "most=0", "other=1"] {
        let path = format!("/requirements?{wrong}");
        assert_eq!(rosa.is_told("GET", &path, None).await, told(400, code::PARAMETER), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_counts_after_the_term_until_there_is_a_resolution() {
    let (_town, clock, open, _rosa) = town().await;
    let first = unsigned();
    open.client().submit(&first).await.unwrap();
    notice(&open, first.key).await;
    clock.set("2026-05-04T10:00:00Z");
    open.client().submit(&signed(amparo(), first.answers.clone(), first.key)).await.unwrap();
    assert_eq!(requirement(&notice(&open, first.key).await).state, RequirementState::Cured);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_applied_signs_it_and_only_the_same_words() {
    let (_town, _clock, open, _rosa) = town().await;
    let first = unsigned();
    open.client().submit(&first).await.unwrap();
    let josep = Citizen::of(
        issuers(),
        holder("99999001S", "JOSEP", "FERRER", None),
        "2024-01-01T00:00:00Z",
        "2030-01-01T00:00:00Z",
    );
    // Somebody else, nothing of this key, and what was signed from the beginning.
    let somebody = signed(&josep, answers(&josep), first.key);
    assert_eq!(refused(&open, &somebody).await, code::CURES);
    let nothing = signed(amparo(), first.answers.clone(), new_key(at(WHEN)));
    assert_eq!(refused(&open, &nothing).await, code::CURES);
    let usual = amparo().submission(WHEN);
    open.client().submit(&usual).await.unwrap();
    let usual = signed(amparo(), first.answers.clone(), usual.key);
    assert_eq!(refused(&open, &usual).await, code::CURES);
    // What is not covered by the signature.
    let mut swapped = signed(amparo(), first.answers.clone(), first.key);
    swapped.cures = None;
    assert_eq!(refused(&open, &swapped).await, "submission.manifest.cures");
    open.client().submit(&signed(amparo(), first.answers.clone(), first.key)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_handed_in_so_is_refused() {
    let (_town, _clock, open, _rosa) = town().await;
    // A procedure that has to be signed.
    let mut other = amparo().submission(WHEN);
    other.unsigned = Some(email("amparo@exemple.es"));
    assert_eq!(refused(&open, &other).await, code::UNSIGNED);
    // Signed all the same.
    let mut both = unsigned();
    both.application = amparo().sign(&both.application.bytes().unwrap(), at(WHEN)).into();
    assert_eq!(refused(&open, &both).await, code::UNSIGNED_WHO);
    // Nobody was reached, or only after it was handed in.
    for who in [
        email("amparo"),
        Unsigned { email: "a@exemple.es".to_owned(), confirmed_at: at("2026-03-12T17:05:01Z") },
    ] {
        let mut nobody = unsigned();
        nobody.unsigned = Some(who);
        assert_eq!(refused(&open, &nobody).await, code::UNSIGNED_WHO);
    }
    // Who applies has a number with the letter of another.
    let stranger = Citizen::of(
        issuers(),
        holder("99999002A", "AMPARO", "MARTÍ", None),
        "2024-01-01T00:00:00Z",
        "2030-01-01T00:00:00Z",
    );
    let nobody = package(&stranger, PROCEDURE, answers(amparo()), None);
    assert_eq!(refused(&open, &nobody).await, code::UNSIGNED_WHO);
    // Neither signed nor said to be unsigned.
    let mut silent = unsigned();
    silent.unsigned = None;
    assert_eq!(refused(&open, &silent).await, "submission.signature.none");
    // Nothing of it waits for anything.
    assert_eq!(notice(&open, other.key).await.problem().code, code::NOT_FOUND);
    let good = amparo().submission(WHEN);
    open.client().submit(&good).await.unwrap();
    assert_eq!(notice(&open, good.key).await.problem().code, code::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_is_done_from_a_terminal() {
    let (town, _clock, open, _rosa) = town().await;
    let first = unsigned();
    open.client().submit(&first).await.unwrap();
    notice(&open, first.key).await;
    open.running.stop().await;
    let says = async |words: &[&str]| {
        let words: Vec<_> = words.iter().copied().chain(["--official", "Rosa Gil"]).collect();
        say(&words, Some(&town)).await
    };
    // By the machine's time it is overdue.
    for list in ["list", "overdue"] {
        let (well, out, err) = says(&["requirements", list]).await;
        assert!(well && out.contains("2026-E-000001") && out.contains("overdue"), "{list}: {out}{err}");
    }
    let (well, _, err) = says(&["requirements", "notified", "2026-E-000001", "--on", "ahir"]).await;
    assert!(!well && err.contains("2026-03-12"), "{err}");
    let extend = ["requirements", "extend", "2026-E-000001", "--days", "2", "--reason", "Ho demana"];
    let (well, _, err) = says(&extend).await;
    assert!(!well && err.contains("no term runs"), "{err}");
    let withdraw = ["requirements", "withdraw", "2026-E-000001", "--resolution", "Decret 3/2026"];
    let (well, out, err) = says(&withdraw).await;
    assert!(well && out.contains("withdrawn"), "{out}{err}");
    let (well, out, err) = says(&["requirements", "list"]).await;
    assert!(well && out.trim() == "[]", "{out}{err}");
}
