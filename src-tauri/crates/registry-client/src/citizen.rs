//! A citizen's session, from the kiosk's side.

use registry_api::{
    CHALLENGES_PATH, CURRENT_SESSION_PATH, Challenge, ChallengeWish, CitizenSession, EntryNumber,
    OWN_ENTRIES_PATH, OwnEntries, OwnEntry, Purpose, Random256, RegistryError, SESSIONS_PATH, SessionWish,
    code, limits,
};
use reqwest::StatusCode;

use crate::http::{HttpRegistry, post, send};

impl HttpRegistry {
    /// What the citizen's card has to sign for this. The text is written by [`Challenge::text`] with the kiosk's own name.
    ///
    /// # Errors
    /// See [`RegistryError`].
    pub async fn challenge(&self, purpose: Purpose) -> Result<Challenge, RegistryError> {
        let request = post(&self.client, self.url(CHALLENGES_PATH), &ChallengeWish { purpose })?;
        let answer = send(request, limits::MAX_PROBLEM_BODY_BYTES).await?;
        let challenge: Challenge = match answer.status {
            StatusCode::CREATED => answer.json()?,
            _ => return Err(answer.failure()),
        };
        if challenge.purpose == purpose {
            Ok(challenge)
        } else {
            Err(RegistryError::Nonsense { what: "the challenge is for something else" })
        }
    }

    /// Opens a session with a signed challenge.
    ///
    /// # Errors
    /// See [`RegistryError`]; the challenge is spent whatever comes of it.
    pub async fn open_session(&self, wish: &SessionWish) -> Result<CitizenSession, RegistryError> {
        let request = post(&self.client, self.url(SESSIONS_PATH), wish)?;
        let answer = send(request, limits::MAX_PROBLEM_BODY_BYTES).await?;
        match answer.status {
            StatusCode::CREATED => answer.json(),
            _ => Err(answer.failure()),
        }
    }

    /// Ends the session.
    ///
    /// # Errors
    /// See [`RegistryError`].
    pub async fn end_session(&self, token: &Random256) -> Result<(), RegistryError> {
        let request = self.client.delete(self.url(CURRENT_SESSION_PATH)).bearer_auth(token.as_str());
        let answer = send(request, limits::MAX_PROBLEM_BODY_BYTES).await?;
        match answer.status {
            StatusCode::NO_CONTENT => Ok(()),
            _ => Err(answer.failure()),
        }
    }

    /// A page of the citizen's own entries, the newest first: from the beginning, or below the place where the one before
    /// ended.
    ///
    /// # Errors
    /// See [`RegistryError`].
    pub async fn own_entries(
        &self,
        token: &Random256,
        below: Option<i64>,
    ) -> Result<OwnEntries, RegistryError> {
        let mut url = self.url(OWN_ENTRIES_PATH);
        if let Some(below) = below {
            url.query_pairs_mut().append_pair("below", &below.to_string());
        }
        let request = self.client.get(url).bearer_auth(token.as_str());
        let answer = send(request, limits::MAX_RECEIPT_BODY_BYTES).await?;
        match answer.status {
            StatusCode::OK => answer.json(),
            _ => Err(answer.failure()),
        }
    }

    /// One of the citizen's own entries with its receipt; nothing where there is none of hers.
    ///
    /// # Errors
    /// See [`RegistryError`].
    pub async fn own_entry(
        &self,
        token: &Random256,
        number: &EntryNumber,
    ) -> Result<Option<OwnEntry>, RegistryError> {
        let mut url = self.url(OWN_ENTRIES_PATH);
        // A number of another registry may hold a slash.
        if let Ok(mut path) = url.path_segments_mut() {
            path.push(number.as_str());
        }
        let request = self.client.get(url).bearer_auth(token.as_str());
        let answer = send(request, limits::MAX_RECEIPT_BODY_BYTES).await?;
        if answer.status == StatusCode::OK {
            return answer.json().map(Some);
        }
        match answer.failure() {
            RegistryError::Refused(problem) if problem.code == code::ENTRY_NOT_FOUND => Ok(None),
            failure => Err(failure),
        }
    }
}
