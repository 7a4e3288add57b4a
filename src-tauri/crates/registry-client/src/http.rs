//! The calls, and what each answer means.

use std::time::Duration;

use async_trait::async_trait;
use registry_api::{
    CATALOGUE_PATH, Catalogues, ENROLMENT_PATH, Enrolled, Enrolment, HEALTH_PATH, Health, Held,
    InvitationCode, PROBLEM_MEDIA_TYPE, Problem, RENEWAL_PATH, Receipt, Registry, RegistryError, Renewal,
    SUBMISSIONS_PATH, Sha256Hex, SignedCatalogue, Submission, SubmissionKey, code, limits,
};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, IF_NONE_MATCH, RETRY_AFTER};
use reqwest::{Certificate, Client, Identity, StatusCode, Url, redirect, retry, tls};
use serde::Serialize;

use crate::{CertificateRequest, Door, EnrolError, Error};

/// Where the registry is and how to be trusted by it.
#[derive(Clone, Copy)]
pub struct Connection<'a> {
    /// Its address, `https://host[:port][/path]`.
    pub address: &'a str,
    /// Certificates, PEM, one of which must have issued the registry's.
    pub authority_pem: &'a [u8],
    /// The kiosk's certificate, PEM, with its chain.
    pub certificate_pem: &'a [u8],
    /// The kiosk's private key, PEM, PKCS #8.
    pub key_pem: &'a [u8],
    /// Longest time for name, connection and TLS handshake.
    pub connect_timeout: Duration,
    /// Longest time for a whole call, the connection included.
    pub timeout: Duration,
}

impl std::fmt::Debug for Connection<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("address", &self.address)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A registry behind HTTPS. Cheap to clone.
#[derive(Debug, Clone)]
pub struct HttpRegistry {
    pub(crate) client: Client,
    address: Url,
}

/// A body that came whole, with what it calls itself.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    media_type: String,
    retry_after: Option<Duration>,
    body: Vec<u8>,
}

/// No registry needs longer, and a broken one must not silence a kiosk for a year.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

impl HttpRegistry {
    /// A client with these settings. Nothing is sent yet.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn new(connection: &Connection<'_>) -> Result<Self, Error> {
        let address = base(connection.address)?;
        let identity = Identity::from_pkcs8_pem(connection.certificate_pem, connection.key_pem)
            .map_err(Error::Identity)?;
        let client = builder(connection.authority_pem, connection.connect_timeout, connection.timeout)?
            .identity(identity)
            .build()
            .map_err(Error::Setup)?;
        Ok(Self { client, address })
    }

    /// Asks for the certificate after the one that is shown. Whether it is early is the registry's to say.
    ///
    /// # Errors
    /// See [`RegistryError`]. Repeatable with the same request.
    pub async fn renew(&self, request: &CertificateRequest) -> Result<Enrolled, RegistryError> {
        let asked = Renewal { request: request.der().to_vec().into() };
        let answer =
            send(post(&self.client, self.url(RENEWAL_PATH), &asked)?, limits::MAX_PROBLEM_BODY_BYTES).await?;
        answer.enrolled()
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        below(&self.address, path)
    }
}

/// Connections that believe this authority and nobody else, and repeat nothing.
fn builder(
    authority_pem: &[u8],
    connect_timeout: Duration,
    timeout: Duration,
) -> Result<reqwest::ClientBuilder, Error> {
    let authority =
        Certificate::from_pem_bundle(authority_pem).map_err(|error| Error::Authority(Some(error)))?;
    if authority.is_empty() {
        return Err(Error::Authority(None));
    }
    Ok(Client::builder()
        .tls_backend_native()
        .tls_version_min(tls::Version::TLS_1_2)
        .tls_certs_only(authority)
        .https_only(true)
        .no_proxy()
        .referer(false)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .http1_only()
        .pool_max_idle_per_host(0)
        .connect_timeout(connect_timeout)
        .timeout(timeout))
}

/// Asks for a kiosk's first certificate at a registry's address for enrolling.
///
/// # Errors
/// See [`RegistryError`]. Repeatable with the same code and the same request, while the code lasts.
pub async fn enrol(
    door: &Door<'_>,
    code: InvitationCode,
    request: &CertificateRequest,
) -> Result<Enrolled, EnrolError> {
    let client = builder(door.authority_pem, door.timeout, door.timeout)?.build().map_err(Error::Setup)?;
    let asked = Enrolment { code, request: request.der().to_vec().into() };
    let url = below(&base(door.address)?, ENROLMENT_PATH);
    let answer = send(post(&client, url, &asked)?, limits::MAX_PROBLEM_BODY_BYTES).await?;
    Ok(answer.enrolled()?)
}

fn below(address: &Url, path: &str) -> Url {
    let mut url = address.clone();
    url.set_path(&format!("{}{path}", address.path().trim_end_matches('/')));
    url
}

pub(crate) fn post(
    client: &Client,
    url: Url,
    body: &impl Serialize,
) -> Result<reqwest::RequestBuilder, RegistryError> {
    let body = serde_json::to_vec(body)
        .map_err(|error| RegistryError::Unreachable { source: Some(error.into()) })?;
    Ok(client.post(url).header(CONTENT_TYPE, "application/json").body(body))
}

pub(crate) async fn send(request: reqwest::RequestBuilder, most: usize) -> Result<Answer, RegistryError> {
    let accept = format!("application/json, {PROBLEM_MEDIA_TYPE}");
    let mut response = request.header(ACCEPT, accept).send().await.map_err(lost)?;
    let status = response.status();
    let media_type = media_type(response.headers());
    let retry_after = retry_after(response.headers());
    let most = if status.is_success() { most } else { limits::MAX_PROBLEM_BODY_BYTES };
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        if body.len().saturating_add(chunk.len()) > most {
            // What an overloaded server wraps its 503 in does not change what 503 means.
            return match unavailable(status, retry_after) {
                Some(error) => Err(error),
                None => Err(RegistryError::Nonsense { what: "the answer is too large" }),
            };
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, media_type, retry_after, body })
}

#[async_trait]
impl Registry for HttpRegistry {
    async fn submit(&self, submission: &Submission) -> Result<Receipt, RegistryError> {
        let url = self.url(&format!("{SUBMISSIONS_PATH}/{}", submission.key));
        let body = serde_json::to_vec(submission)
            .map_err(|error| RegistryError::Unreachable { source: Some(error.into()) })?;
        let request = self.client.put(url).header(CONTENT_TYPE, "application/json").body(body);
        let answer = send(request, limits::MAX_RECEIPT_BODY_BYTES).await?;
        match answer.status {
            StatusCode::OK | StatusCode::CREATED => {
                let receipt: Receipt = answer.json()?;
                receipt.compare(submission).map_err(|_| RegistryError::Nonsense {
                    what: "the receipt is not the one of what was sent",
                })?;
                Ok(receipt)
            }
            _ => Err(answer.failure()),
        }
    }

    async fn receipt(&self, key: SubmissionKey) -> Result<Option<Receipt>, RegistryError> {
        let url = self.url(&format!("{SUBMISSIONS_PATH}/{key}"));
        let answer = send(self.client.get(url), limits::MAX_RECEIPT_BODY_BYTES).await?;
        if answer.status == StatusCode::OK {
            let receipt: Receipt = answer.json()?;
            receipt
                .check_key(key)
                .map_err(|_| RegistryError::Nonsense { what: "the receipt is not the one asked for" })?;
            return Ok(Some(receipt));
        }
        // A 404 counts only in the registry's own words: any web server at a wrong address says 404 too, and to
        // believe it would file twice.
        match answer.failure() {
            RegistryError::Refused(problem) if problem.code == code::NOT_FOUND => Ok(None),
            failure => Err(failure),
        }
    }

    async fn health(&self) -> Result<(), RegistryError> {
        let answer = send(self.client.get(self.url(HEALTH_PATH)), limits::MAX_PROBLEM_BODY_BYTES).await?;
        if answer.status != StatusCode::OK {
            return Err(answer.failure());
        }
        let health: Health = answer.json()?;
        if health.status == "ok" {
            Ok(())
        } else {
            Err(RegistryError::Nonsense { what: "the registry is neither well nor unwell" })
        }
    }
}

#[async_trait]
impl Catalogues for HttpRegistry {
    async fn catalogue(&self, known: Option<&Sha256Hex>) -> Result<Option<SignedCatalogue>, RegistryError> {
        let mut request = self.client.get(self.url(CATALOGUE_PATH));
        if let Some(tag) = known {
            request = request.header(IF_NONE_MATCH, format!("\"{}\"", tag.as_str()));
        }
        let answer = send(request, limits::MAX_CATALOGUE_BODY_BYTES).await?;
        match answer.status {
            StatusCode::OK => answer.json().map(Some),
            // Whoever knows nothing cannot be told that nothing has changed.
            StatusCode::NOT_MODIFIED if known.is_some() => Ok(None),
            _ => Err(answer.failure()),
        }
    }
}

impl Answer {
    fn enrolled(&self) -> Result<Enrolled, RegistryError> {
        if self.status == StatusCode::CREATED { self.json() } else { Err(self.failure()) }
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T, RegistryError> {
        if self.media_type != "application/json" {
            return Err(RegistryError::Nonsense { what: "the answer is not JSON" });
        }
        // The parser's error may repeat what it read: it is dropped.
        serde_json::from_slice(&self.body)
            .map_err(|_| RegistryError::Nonsense { what: "the answer is JSON of another shape" })
    }

    /// What an answer that is not the expected one means.
    pub(crate) fn failure(&self) -> RegistryError {
        if let Some(error) = unavailable(self.status, self.retry_after) {
            return error;
        }
        // In the registry's own words: any server may say that it has accepted something.
        if self.status == StatusCode::ACCEPTED && self.json::<Held>().is_ok() {
            return RegistryError::Pending { retry_after: self.retry_after };
        }
        if !self.status.is_client_error() {
            return RegistryError::Nonsense { what: "the answer's status is not one of the contract" };
        }
        if self.media_type != PROBLEM_MEDIA_TYPE {
            return RegistryError::Nonsense { what: "the refusal carries no problem details" };
        }
        match serde_json::from_slice::<Problem>(&self.body) {
            Err(_) => RegistryError::Nonsense { what: "the problem details are of another shape" },
            Ok(problem) if problem.status != self.status.as_u16() => {
                RegistryError::Nonsense { what: "the problem details are of another answer" }
            }
            // It was not looked at, and will be once staff has let the kiosk in again: nothing of a citizen is refused.
            Ok(problem) if problem.code.starts_with("kiosk.") => {
                RegistryError::Unavailable { retry_after: None }
            }
            Ok(problem) if problem.code == code::NO_SUCH_RESOURCE || problem.code == code::METHOD => {
                RegistryError::Nonsense { what: "the address is not the one of a registry" }
            }
            Ok(problem) => RegistryError::Refused(Box::new(problem)),
        }
    }
}

fn unavailable(status: StatusCode, retry_after: Option<Duration>) -> Option<RegistryError> {
    let waits = status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT;
    waits.then_some(RegistryError::Unavailable { retry_after })
}

/// Before the connection stood nothing can have arrived; afterwards anything can.
fn lost(error: reqwest::Error) -> RegistryError {
    // Addresses hold keys, not people, yet belong in no error text.
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        RegistryError::Unreachable { source: Some(error.into()) }
    } else {
        RegistryError::Unknown { source: Some(error.into()) }
    }
}

fn base(address: &str) -> Result<Url, Error> {
    let url = Url::parse(address).map_err(|_| Error::Address)?;
    let lawful = url.scheme() == "https"
        && url.has_host()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if lawful { Ok(url) } else { Err(Error::Address) }
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Seconds only (RFC 9110, 10.2.3); a date would need a clock that both sides share.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_addresses_are_taken() {
        assert!(base("https://registre.example/v").is_ok());
        for wrong in [
            "http://registre.example/",
            "registre.example",
            "https://a:b@registre.example/",
            "https://registre.example/?a=b",
            "https://registre.example/#a",
            "",
        ] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_to_wait_is_seconds_and_bounded() {
        let with = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(with("30"), Some(Duration::from_secs(30)));
        assert_eq!(with("99999999999"), Some(LONGEST_WAIT));
        assert_eq!(with("Fri, 13 Mar 2026 08:00:00 GMT"), None);
        assert_eq!(with("-1"), None);
    }
}
