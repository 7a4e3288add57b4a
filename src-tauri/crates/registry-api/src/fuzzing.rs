//! What fuzzing and the replay of its corpus call. Not part of the API: nothing here is of use to a program.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::office::{CorrectionWish, Incident, InvitationWish, KioskWish, Reason, RequirementWish};
use crate::{
    CatalogueDocument, ChallengeWish, Enrolled, Enrolment, Head, Held, Manifest, Problem, Receipt, Renewal,
    SessionWish, SignedCatalogue, SignedHead, Submission,
};

/// Any bytes as the body of every request and of every answer. How many of them they can be.
///
/// # Panics
/// When what was read is written so that it reads as something else.
pub fn body(bytes: &[u8]) -> usize {
    let read = [
        same::<Submission>(bytes),
        same::<Manifest>(bytes),
        same::<Enrolment>(bytes),
        same::<Renewal>(bytes),
        same::<ChallengeWish>(bytes),
        same::<SessionWish>(bytes),
        same::<CorrectionWish>(bytes),
        same::<InvitationWish>(bytes),
        same::<KioskWish>(bytes),
        same::<RequirementWish>(bytes),
        same::<Reason>(bytes),
        same::<Incident>(bytes),
        same::<Receipt>(bytes),
        same::<Held>(bytes),
        same::<Enrolled>(bytes),
        same::<Problem>(bytes),
        same::<SignedCatalogue>(bytes),
        same::<CatalogueDocument>(bytes),
        same::<SignedHead>(bytes),
        same::<Head>(bytes),
    ];
    read.into_iter().filter(|read| *read).count()
}

fn same<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> bool {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else { return false };
    let written = passed(serde_json::to_vec(&value));
    let again = passed(serde_json::from_slice::<T>(&written));
    assert_eq!(written, passed(serde_json::to_vec(&again)), "it reads as something else");
    true
}

fn passed<T, E: Debug>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("what was read cannot be written and read: {error:?}"),
    }
}
