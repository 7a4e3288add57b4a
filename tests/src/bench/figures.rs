//! The one form that every bench has: rows for a table and for a file.

use std::fmt;
use std::fs;
use std::thread;

use serde::Serialize;

/// The rows of a bench.
#[derive(Debug, Serialize)]
pub struct Figures {
    bench: &'static str,
    machine: String,
    rows: Vec<Row>,
}

/// One figure; absent values are null.
#[derive(Debug, Serialize)]
pub struct Row {
    task: String,
    metric: String,
    unit: String,
    ours: f64,
    peer: Option<f64>,
    peer_name: Option<String>,
    limit: Option<f64>,
}

impl Figures {
    /// No figure yet.
    pub fn new(bench: &'static str) -> Self {
        Self { bench, machine: machine(), rows: Vec::new() }
    }

    /// One more.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The file's text.
    pub fn json(&self) -> serde_json::Result<String> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }
}

impl Row {
    /// A figure of ours alone.
    pub fn new(task: &str, metric: &str, unit: &str, ours: f64) -> Self {
        Self {
            task: task.to_owned(),
            metric: metric.to_owned(),
            unit: unit.to_owned(),
            ours: rounded(ours),
            peer: None,
            peer_name: None,
            limit: None,
        }
    }

    /// The same figure of the bare window.
    pub fn beside(self, peer: f64) -> Self {
        self.peer(peer, "bare Tauri window")
    }

    /// The same figure of somebody else's.
    pub fn peer(mut self, peer: f64, name: &str) -> Self {
        self.peer = Some(rounded(peer));
        self.peer_name = Some(name.to_owned());
        self
    }

    /// What it should not pass.
    pub fn limit(mut self, limit: f64) -> Self {
        self.limit = Some(limit);
        self
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n  {}\n", self.machine)?;
        writeln!(f, "  {:<34} {:<33} {:>10} {:>10} {:>10}", "", "", "ours", "peer", "limit")?;
        for row in &self.rows {
            let figure = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value}"));
            let over = if row.limit.is_some_and(|limit| row.ours > limit) { "  over" } else { "" };
            writeln!(
                f,
                "  {:<34} {:<33} {:>10} {:>10} {:>10} {:<2}{over}  {}",
                row.task,
                row.metric,
                figure(Some(row.ours)),
                figure(row.peer),
                figure(row.limit),
                row.unit,
                row.peer_name.as_deref().unwrap_or_default()
            )?;
        }
        Ok(())
    }
}

/// Three figures are enough for ratios, whole numbers for the rest.
fn rounded(value: f64) -> f64 {
    if value.abs() < 20.0 { (value * 1000.0).round() / 1000.0 } else { value.round() }
}

/// Processor, cores and memory: what makes figures comparable.
fn machine() -> String {
    let read = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let processor = read("/proc/cpuinfo", "model name");
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let memory: u64 = read("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    format!("{processor}, {cores} cores, {} GB", memory / 1024 / 1024)
}
