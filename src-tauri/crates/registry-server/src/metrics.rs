//! What is counted while the registry runs, for whoever watches over it.
//!
//! Names and labels follow Prometheus' conventions. No label holds a name, a number, a key, or anything else of which there
//! could be many: routes are those of the router, never addresses as they were asked.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// Upper ends of the classes of durations, seconds.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 20.0];
/// Upper ends of the classes of batches, jobs.
const JOBS: [f64; 10] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];

/// One kind of request and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    door: &'static str,
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    door: &'static str,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Door {
    door: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Came {
    outcome: &'static str,
}

/// The counters of one server.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    connections: Family<Door, Gauge>,
    refused: Family<Door, Counter>,
    filings: Family<Came, Counter>,
    batches: Family<Came, Counter>,
    jobs: Histogram,
    flushes: Histogram,
    started: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let durations: fn() -> Histogram = || Histogram::new(SECONDS);
        let mut made = Self {
            registry: Registry::with_prefix("finestreta_registry"),
            requests: Family::default(),
            durations: Family::new_with_constructor(durations),
            connections: Family::default(),
            refused: Family::default(),
            filings: Family::default(),
            batches: Family::default(),
            jobs: Histogram::new(JOBS),
            flushes: Histogram::new(SECONDS),
            started: Gauge::default(),
        };
        let registry = &mut made.registry;
        registry.register("requests", "Requests that were answered", made.requests.clone());
        registry.register_with_unit(
            "request_duration",
            "From the head of a request until its answer began",
            Unit::Seconds,
            made.durations.clone(),
        );
        registry.register("connections", "Connections that are open", made.connections.clone());
        registry.register(
            "refused_handshakes",
            "Connections that ended before it was known whose they are",
            made.refused.clone(),
        );
        registry.register(
            "filings",
            "Packages that were handed in, by what came of them",
            made.filings.clone(),
        );
        registry.register("batches", "Batches that were written, by what came of them", made.batches.clone());
        registry.register("batch_jobs", "Writes that shared one flush to the disk", made.jobs.clone());
        registry.register_with_unit(
            "batch_duration",
            "From the beginning of a batch until it was on the disk",
            Unit::Seconds,
            made.flushes.clone(),
        );
        registry.register_with_unit(
            "start_time",
            "When the server began to listen, since 1970",
            Unit::Seconds,
            made.started.clone(),
        );
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "What runs here", version);
        made
    }
}

impl Metrics {
    /// The server listens.
    pub(crate) fn started(&self, now: Timestamp) {
        self.started.set(now.as_second());
    }

    /// A request was answered.
    pub(crate) fn answered(
        &self,
        door: &'static str,
        method: &str,
        route: &str,
        status: u16,
        since: Instant,
    ) {
        let (method, route) = (known_method(method).to_owned(), route.to_owned());
        self.durations
            .get_or_create(&Route { door, route: route.clone() })
            .observe(since.elapsed().as_secs_f64());
        self.requests.get_or_create(&Asked { door, method, route, status }).inc();
    }

    /// A connection is open for as long as what is given back is kept.
    pub(crate) fn connected(&self, door: &'static str) -> Connected {
        let gauge = self.connections.get_or_create(&Door { door }).clone();
        gauge.inc();
        Connected(gauge)
    }

    /// A connection ended before it was known whose it is.
    pub(crate) fn refused(&self, door: &'static str) {
        self.refused.get_or_create(&Door { door }).inc();
    }

    /// Something came of a package.
    pub(crate) fn filed(&self, outcome: &'static str) {
        self.filings.get_or_create(&Came { outcome }).inc();
    }

    /// A batch is written, or was not.
    pub(crate) fn wrote(&self, jobs: usize, took: Duration, well: bool) {
        let outcome = if well { "written" } else { "failed" };
        self.batches.get_or_create(&Came { outcome }).inc();
        self.jobs.observe(f64::from(u32::try_from(jobs).unwrap_or(u32::MAX)));
        self.flushes.observe(took.as_secs_f64());
    }

    /// All of it, as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// A connection that is open.
pub(crate) struct Connected(Gauge);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// A client may invent methods, and each would be a line of its own.
fn known_method(method: &str) -> &str {
    match method {
        "GET" | "HEAD" | "PUT" | "POST" | "DELETE" => method,
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told_and_what_a_client_invents_is_not() {
        let metrics = Metrics::default();
        let since = Instant::now();
        metrics.answered("kiosks", "PUT", "/v1/submissions/{key}", 201, since);
        metrics.answered("kiosks", "X-INVENTED", "-", 404, since);
        metrics.filed("new");
        metrics.wrote(3, Duration::from_millis(2), true);
        let open = metrics.connected("office");
        let text = metrics.text();
        for line in [
            "finestreta_registry_requests_total{door=\"kiosks\",method=\"PUT\",route=\"/v1/submissions/{key}\",status=\"201\"} 1",
            "finestreta_registry_filings_total{outcome=\"new\"} 1",
            "finestreta_registry_batch_jobs_bucket{le=\"4.0\"} 1",
            "finestreta_registry_batch_jobs_bucket{le=\"2.0\"} 0",
            "finestreta_registry_connections{door=\"office\"} 1",
            "# TYPE finestreta_registry_request_duration_seconds histogram",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(!text.contains("INVENTED") && text.contains("method=\"other\""), "{text}");
        drop(open);
        assert!(metrics.text().contains("finestreta_registry_connections{door=\"office\"} 0"));
    }
}
