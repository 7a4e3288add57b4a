//! The office's door: each route with what somebody must be allowed to do for it, and the desk that does it.

mod figures;

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query as InAddress, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use axum::{Extension, Router};
use jiff::civil::Date;
use registry_api::office::{
    CorrectionWish, Incident, InvitationWish, KioskWish, MAX_LINES, MAX_OFFICE_BODY_BYTES, Reason,
    RequirementWish,
};
use registry_api::{OFFICE_PATH, Problem, code};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::answers::{failure, nothing, problem, written};
use super::inbound::{decline, read_json};
use super::{log, with_fallbacks};
use crate::Error;
use crate::config::Limits;
use crate::desk::{Act, Desk, Roles, read_term};
use crate::figures::Names;
use crate::receipt::Seal;
use crate::store::Query;
use crate::tls::StaffId;

/// Lines of a page, unless said otherwise.
const PAGE: u32 = 50;

/// What stands behind the office's door.
pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) roles: Roles,
    pub(crate) limits: Limits,
    /// What procedures and units are called.
    pub(crate) names: Arc<dyn Names>,
    pub(crate) seal: Arc<Seal>,
}

type Shared = State<Arc<Office>>;
type Named = Result<Path<String>, PathRejection>;
type Asked<T> = Result<InAddress<T>, QueryRejection>;

/// The routes of the office.
pub(crate) fn office_router(office: Arc<Office>) -> Router {
    let route = |path: &str| format!("{OFFICE_PATH}{path}");
    let may = |act: Act, methods: MethodRouter<Arc<Office>>| {
        // Only where there is a route: what is not there is nobody's to be allowed.
        methods.route_layer(middleware::from_fn_with_state((Arc::clone(&office), act), permit))
    };
    let routes = Router::new()
        .route(&route("/entries"), may(Act::ReadEntries, get(entries)))
        .route(&route("/entries/{which}"), may(Act::ReadEntries, get(entry)))
        .route(&route("/entries/{which}/corrections"), may(Act::CorrectEntries, post(correct)))
        .route(&route("/entries/{which}/requirement"), may(Act::DecideOnRequirements, post(requirement)))
        .route(&route("/requirements"), may(Act::ReadEntries, get(requirements)))
        .route(&route("/quarantine"), may(Act::ReadQuarantine, get(quarantine)))
        .route(&route("/quarantine/{id}/dismissal"), may(Act::DismissRefusals, post(dismiss)))
        .route(&route("/incidents"), may(Act::ReadIncidents, get(incidents)))
        .route(&route("/incidents/{id}"), may(Act::DeclareIncidents, put(declare)))
        .route(&route("/calendar/{year}"), may(Act::ReadCalendar, get(days_off)))
        .route(&route("/term"), may(Act::ReadCalendar, get(last_day)))
        .route(&route("/kiosks"), may(Act::ReadKiosks, get(kiosks)))
        .route(&route("/kiosks/{name}/invitation"), may(Act::DecideOnKiosks, post(invite)))
        .route(&route("/kiosks/{name}/state"), may(Act::DecideOnKiosks, put(decide_kiosk)))
        .route(&route("/log"), may(Act::ReadLog, get(read_log)))
        .route(&route("/log/head"), may(Act::ReadLog, get(head)))
        .route(&route("/figures"), may(Act::ReadFigures, get(figures::figures)))
        .route(&route("/figures.csv"), may(Act::ReadFigures, get(figures::table)))
        .route(&route("/figures.html"), may(Act::ReadFigures, get(figures::page)));
    let counted = ("office", Arc::clone(office.desk.store.metrics()));
    with_fallbacks(routes, office.limits)
        .layer(middleware::from_fn_with_state(counted, log))
        .with_state(office)
}

/// Lets by whoever may do it; tells the others why not.
async fn permit(
    State((office, act)): State<(Arc<Office>, Act)>,
    Extension(staff): Extension<StaffId>,
    request: Request,
    next: Next,
) -> Response {
    let bar = match office.desk.store.bar_of(&staff).await {
        Ok(bar) => bar,
        Err(error) => return failure(&error),
    };
    match office.roles.refusal(&staff, bar, act) {
        None => next.run(request).await,
        Some(wrong) => {
            tracing::warn!(event = "staff.refused", code = wrong.code);
            decline(request.into_body(), &office.limits, &wrong).await
        }
    }
}

/// Which entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    from: Option<Date>,
    until: Option<Date>,
    procedure: Option<String>,
    nif: Option<String>,
    text: Option<String>,
    below: Option<i64>,
    most: Option<u32>,
}

/// How many lines, and on what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    subject: Option<String>,
    most: Option<u32>,
}

/// How many lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Most {
    most: Option<u32>,
}

/// Which requirements.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiting {
    overdue: Option<bool>,
    after: Option<i64>,
    most: Option<u32>,
}

/// A term from a day on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    from: Date,
    term: String,
}

async fn entries(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    asked: Asked<Search>,
) -> Response {
    let Some((InAddress(search), most)) = asked.ok().and_then(|asked| {
        let most = lines(asked.most)?;
        asked.below.is_none_or(|below| below >= 1).then_some((asked, most))
    }) else {
        return parameter();
    };
    let desk = &office.desk;
    let found = async {
        let first = |day: Option<Date>| day.map(|day| desk.calendar.first_hour(day)).transpose();
        let next = |day: Date| day.tomorrow().map_err(|_| Error::Calendar { what: "no day after" });
        let query = Query {
            from: first(search.from)?,
            before: first(search.until.map(next).transpose()?)?,
            procedure: search.procedure,
            nif: search.nif,
            text: search.text,
            below: search.below,
            most,
        };
        desk.entries(&staff.actor(), &query).await
    };
    told(StatusCode::OK, found.await)
}

async fn entry(State(office): Shared, Extension(staff): Extension<StaffId>, which: Named) -> Response {
    let Ok(Path(which)) = which else { return absent() };
    match office.desk.entry(&staff.actor(), &which).await {
        Ok(None) => absent(),
        Ok(Some(entry)) => told(StatusCode::OK, Ok(entry)),
        Err(error) => refused(&error),
    }
}

async fn correct(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    which: Named,
    request: Request,
) -> Response {
    let wish = match body::<CorrectionWish>(&office, request).await {
        Ok(wish) => wish,
        Err(answer) => return answer,
    };
    let Ok(Path(which)) = which else { return absent() };
    let done =
        apart(&office, move |office| async move { office.desk.correct(&staff.actor(), &which, wish).await });
    match done.await {
        Ok(None) => absent(),
        Ok(Some(entry)) => told(StatusCode::CREATED, Ok(entry)),
        Err(error) => refused(&error),
    }
}

async fn requirements(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    asked: Asked<Waiting>,
) -> Response {
    let Some((InAddress(asked), most)) = asked.ok().and_then(|asked| {
        let most = lines(asked.most)?;
        asked.after.is_none_or(|after| after >= 0).then_some((asked, most))
    }) else {
        return parameter();
    };
    let (overdue, after) = (asked.overdue.unwrap_or(false), asked.after.unwrap_or(0));
    told(StatusCode::OK, office.desk.requirements(&staff.actor(), overdue, after, most).await)
}

async fn requirement(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    which: Named,
    request: Request,
) -> Response {
    let wish = match body::<RequirementWish>(&office, request).await {
        Ok(wish) => wish,
        Err(answer) => return answer,
    };
    let Ok(Path(which)) = which else { return absent() };
    match office.desk.decide_requirement(&staff.actor(), &which, &wish).await {
        Ok(None) => absent(),
        Ok(Some(requirement)) => told(StatusCode::OK, Ok(requirement)),
        Err(error) => refused(&error),
    }
}

async fn quarantine(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    asked: Asked<Most>,
) -> Response {
    let Some(most) = asked.ok().and_then(|InAddress(asked)| lines(asked.most)) else { return parameter() };
    told(StatusCode::OK, office.desk.quarantine(&staff.actor(), most).await)
}

async fn dismiss(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    id: Named,
    request: Request,
) -> Response {
    let wish = match body::<Reason>(&office, request).await {
        Ok(wish) => wish,
        Err(answer) => return answer,
    };
    let Ok(Path(id)) = id else { return absent() };
    match office.desk.dismiss(&staff.actor(), &id, &wish.reason).await {
        Ok(true) => nothing(),
        Ok(false) => absent(),
        Err(error) => refused(&error),
    }
}

async fn incidents(State(office): Shared) -> Response {
    told(StatusCode::OK, office.desk.incidents().await)
}

async fn declare(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    id: Named,
    request: Request,
) -> Response {
    let incident = match body::<Incident>(&office, request).await {
        Ok(incident) => incident,
        Err(answer) => return answer,
    };
    let done = if id.is_ok_and(|Path(id)| id == incident.id) {
        office.desk.declare(&staff.actor(), &incident).await
    } else {
        Err(Error::Wish { what: "the address is of another incident" })
    };
    told(StatusCode::OK, done.map(|()| incident))
}

async fn days_off(State(office): Shared, year: Result<Path<i16>, PathRejection>) -> Response {
    match year {
        Ok(Path(year)) if (1970..=9999).contains(&year) => {
            told(StatusCode::OK, Ok(office.desk.days_off(year)))
        }
        _ => parameter(),
    }
}

async fn last_day(State(office): Shared, asked: Asked<Term>) -> Response {
    let Some((from, term)) =
        asked.ok().and_then(|InAddress(asked)| Some((asked.from, read_term(&asked.term)?)))
    else {
        return parameter();
    };
    match office.desk.last_day(from, term) {
        // A term that ends after the last of all days.
        Err(Error::Calendar { .. }) => parameter(),
        last => told(StatusCode::OK, last),
    }
}

async fn kiosks(State(office): Shared) -> Response {
    told(StatusCode::OK, office.desk.kiosks().await)
}

async fn invite(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    name: Named,
    request: Request,
) -> Response {
    let wish = match body::<InvitationWish>(&office, request).await {
        Ok(wish) => wish,
        Err(answer) => return answer,
    };
    let name = name.map(|Path(name)| name).unwrap_or_default();
    told(StatusCode::CREATED, office.desk.invite(&staff.actor(), &name, &wish).await)
}

async fn decide_kiosk(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    name: Named,
    request: Request,
) -> Response {
    let wish = match body::<KioskWish>(&office, request).await {
        Ok(wish) => wish,
        Err(answer) => return answer,
    };
    let name = name.map(|Path(name)| name).unwrap_or_default();
    match office.desk.decide_kiosk(&staff.actor(), &name, wish.state, &wish.reason).await {
        Ok(()) => nothing(),
        Err(error) => refused(&error),
    }
}

async fn read_log(
    State(office): Shared,
    Extension(staff): Extension<StaffId>,
    asked: Asked<Lines>,
) -> Response {
    let Some((subject, most)) =
        asked.ok().and_then(|InAddress(asked)| Some((asked.subject, lines(asked.most)?)))
    else {
        return parameter();
    };
    told(StatusCode::OK, office.desk.log(&staff.actor(), subject.as_deref(), most).await)
}

async fn head(State(office): Shared, Extension(staff): Extension<StaffId>) -> Response {
    told(StatusCode::OK, office.desk.head(&staff.actor(), &office.seal).await)
}

async fn body<T: DeserializeOwned>(office: &Office, request: Request) -> Result<T, Response> {
    read_json(request, &office.limits, MAX_OFFICE_BODY_BYTES).await
}

/// A task of its own: somebody who hangs up does not stop half way what was begun.
async fn apart<T: Send + 'static, F: Future<Output = Result<T, Error>> + Send + 'static>(
    office: &Arc<Office>,
    work: impl FnOnce(Arc<Office>) -> F,
) -> Result<T, Error> {
    let task = tokio::spawn(work(Arc::clone(office)));
    task.await.unwrap_or(Err(Error::Internal { what: "an act that broke off" }))
}

/// How many lines; nothing when it is none of the numbers that may be asked for.
fn lines(most: Option<u32>) -> Option<i64> {
    let most = most.unwrap_or(PAGE);
    (1..=MAX_LINES).contains(&most).then_some(i64::from(most))
}

fn told(status: StatusCode, made: Result<impl serde::Serialize, Error>) -> Response {
    match made {
        Ok(made) => written(status, &made),
        Err(error) => refused(&error),
    }
}

fn refused(error: &Error) -> Response {
    let (status, code, title, what) = match error {
        Error::Wish { what } => (422, code::OFFICE_WISH, "It cannot be done so", what),
        Error::Correction { what } => (409, code::OFFICE_CORRECTION, "It cannot be corrected so", what),
        Error::Requirement { what } => (409, code::OFFICE_REQUIREMENT, "The requirement is not there", what),
        error => return failure(error),
    };
    let mut wrong = Problem::new(status, code, title);
    wrong.detail = Some((*what).to_owned());
    problem(&wrong)
}

fn absent() -> Response {
    problem(&Problem::new(404, code::OFFICE_NOT_FOUND, "There is nothing of this name"))
}

fn parameter() -> Response {
    problem(&Problem::new(400, code::PARAMETER, "A parameter of the address is not of its shape"))
}
