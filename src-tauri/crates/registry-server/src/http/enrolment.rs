//! `POST /v1/enrolment` at its own door, and `POST /v1/kiosk/certificate` at the kiosks'.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use axum::{Extension, Router, middleware};
use registry_api::{
    ENROLMENT_PATH, Enrolled, Enrolment, MAX_ENROLMENT_BODY_BYTES, Problem, Renewal, code, renew_from,
};

use super::answers::{failure, json, problem};
use super::inbound::{decline, read_json};
use super::{App, log, with_fallbacks};
use crate::config::Limits;
use crate::kiosks::{Authority, Issued, NoCertificate};
use crate::store::Kept;
use crate::tls::KioskId;
use crate::verification::{Limit, Peer};
use crate::{Environment, Error, Store};

/// Whoever gives kiosks their certificates.
pub(crate) struct Enroller {
    authority: Authority,
    store: Store,
    environment: Arc<dyn Environment>,
    limits: Limits,
    often: Limit,
}

/// What comes of asking for a certificate.
enum Outcome {
    Issued(Issued, String),
    NoCode,
    No(NoCertificate),
}

impl Enroller {
    pub(crate) fn new(
        authority: Authority,
        store: Store,
        environment: Arc<dyn Environment>,
        limits: Limits,
    ) -> Self {
        Self { authority, store, environment, limits, often: Limit::new("enrolment") }
    }

    async fn enrol(&self, asked: Enrolment) -> Result<Outcome, Error> {
        let now = self.environment.now();
        let code_sha256 = asked.code.sha256();
        let Some(kiosk) = self.store.invited(&code_sha256, now).await? else { return Ok(Outcome::NoCode) };
        // Only for somebody with a code is a request worth reading.
        let request = match Authority::read(asked.request.as_slice()) {
            Ok(request) => request,
            Err(no) => return Ok(Outcome::No(no)),
        };
        let issued = self.authority.issue(&request, &kiosk, &*self.environment)?;
        Ok(match self.store.enrol(&code_sha256, &kiosk, issued, now).await? {
            Kept::New(issued) => {
                tracing::info!(event = "kiosk.enrolled", kiosk, key = request.key_sha256().fingerprint());
                Outcome::Issued(issued, kiosk)
            }
            Kept::Same(issued) => Outcome::Issued(issued, kiosk),
            Kept::Spent => Outcome::NoCode,
            Kept::Used => Outcome::No(NoCertificate::Used),
        })
    }

    async fn renew(&self, kiosk: &KioskId, asked: Renewal) -> Result<Outcome, Error> {
        let request = match Authority::read(asked.request.as_slice()) {
            Ok(request) => request,
            Err(no) => return Ok(Outcome::No(no)),
        };
        let issued = self.authority.issue(&request, kiosk.as_str(), &*self.environment)?;
        Ok(match self.store.renew(kiosk, issued, self.environment.now()).await? {
            Kept::New(issued) => {
                tracing::info!(event = "kiosk.renewed", kiosk = kiosk.as_str());
                Outcome::Issued(issued, kiosk.as_str().to_owned())
            }
            Kept::Same(issued) => Outcome::Issued(issued, kiosk.as_str().to_owned()),
            Kept::Spent => Outcome::NoCode,
            Kept::Used => Outcome::No(NoCertificate::Used),
        })
    }

    fn answer(&self, outcome: Result<Outcome, Error>) -> Response {
        let made = match outcome {
            Ok(Outcome::Issued(issued, kiosk)) => self.told(issued, kiosk),
            Ok(Outcome::NoCode) => {
                let title = "The code is unknown, spent or past";
                return problem(&Problem::new(403, code::ENROLMENT_CODE, title));
            }
            Ok(Outcome::No(no)) => {
                let mut wrong = Problem::new(422, code::ENROLMENT_REQUEST, "There is no certificate for it");
                wrong.detail = Some(no.to_string());
                return problem(&wrong);
            }
            Err(error) => Err(error),
        };
        match made {
            Ok(body) => json(StatusCode::CREATED, body),
            Err(error) => failure(&error),
        }
    }

    fn told(&self, issued: Issued, kiosk: String) -> Result<Vec<u8>, Error> {
        let enrolled = Enrolled {
            kiosk,
            renew_from: renew_from(issued.not_before, issued.not_after),
            not_after: issued.not_after,
            certificate: issued.der.into(),
            authority: self.authority.der()?.into(),
        };
        serde_json::to_vec(&enrolled).map_err(|_| Error::Internal { what: "a certificate that is no JSON" })
    }
}

/// The door at which kiosks enrol that have no certificate yet.
pub(crate) fn enrolment_router(enroller: Arc<Enroller>) -> Router {
    let counted = ("enrolment", Arc::clone(enroller.store.metrics()));
    with_fallbacks(Router::new().route(ENROLMENT_PATH, post(enrol)), enroller.limits)
        .layer(middleware::from_fn_with_state(counted, log))
        .with_state(enroller)
}

async fn enrol(State(enroller): State<Arc<Enroller>>, request: Request) -> Response {
    let from = request.extensions().get::<Peer>().map(|peer| peer.0);
    match enroller.often.admits(&enroller.store, from, enroller.environment.now()).await {
        Ok(true) => {}
        Ok(false) => {
            let wrong = Problem::new(429, code::TOO_MANY, "Too many requests from this address");
            return decline(request.into_body(), &enroller.limits, &wrong).await;
        }
        Err(error) => return failure(&error),
    }
    match read_json::<Enrolment>(request, &enroller.limits, MAX_ENROLMENT_BODY_BYTES).await {
        Ok(asked) => {
            // A task of its own: a kiosk that hangs up does not stop half way what it began.
            let task = {
                let enroller = Arc::clone(&enroller);
                tokio::spawn(async move { enroller.enrol(asked).await })
            };
            let broken = Err(Error::Internal { what: "an enrolment that broke off" });
            enroller.answer(task.await.unwrap_or(broken))
        }
        Err(answer) => answer,
    }
}

pub(super) async fn renew(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    request: Request,
) -> Response {
    let Some(enroller) = app.enroller.clone() else {
        let wrong = Problem::new(404, code::ENROLMENT_OFF, "This registry issues no certificates");
        return decline(request.into_body(), &app.limits, &wrong).await;
    };
    if app.environment.now() < kiosk.renew_from() {
        let wrong = Problem::new(409, code::ENROLMENT_EARLY, "The certificate is good for long enough");
        return decline(request.into_body(), &app.limits, &wrong).await;
    }
    match read_json::<Renewal>(request, &app.limits, MAX_ENROLMENT_BODY_BYTES).await {
        Ok(asked) => {
            let task = {
                let enroller = Arc::clone(&enroller);
                tokio::spawn(async move { enroller.renew(&kiosk, asked).await })
            };
            let broken = Err(Error::Internal { what: "a renewal that broke off" });
            enroller.answer(task.await.unwrap_or(broken))
        }
        Err(answer) => answer,
    }
}
