//! How much at the same time, and how long at most: the part of the configuration that says so.

use std::time::Duration;

use serde::Deserialize;

use crate::Error;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Section {
    /// Connections at the same time.
    connections: usize,
    /// Submissions read and judged at the same time.
    submissions: usize,
    /// Megabytes of them in memory at the same time. One that is larger is read alone.
    memory_mb: u32,
    /// Longest wait of a submission for its turn, seconds.
    wait_seconds: u64,
    /// Longest TLS handshake, seconds.
    handshake_seconds: u64,
    /// Longest time for a request's head, and between requests, seconds.
    head_seconds: u64,
    /// Longest time for a request's body, seconds.
    pub(super) body_seconds: u64,
    /// Longest time for requests under way when the server stops, seconds.
    stop_seconds: u64,
    /// Room for refused packages, megabytes.
    quarantine_mb: u32,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            connections: 1024,
            submissions: 16,
            memory_mb: 40,
            wait_seconds: 20,
            handshake_seconds: 10,
            head_seconds: 10,
            body_seconds: 60,
            stop_seconds: 30,
            quarantine_mb: 2_000,
        }
    }
}

/// How much at the same time, and how long at most.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) connections: usize,
    pub(crate) submissions: usize,
    pub(crate) memory_mb: u32,
    pub(crate) wait: Duration,
    pub(crate) handshake: Duration,
    pub(crate) head: Duration,
    pub(crate) body: Duration,
    pub(crate) stop: Duration,
    pub(crate) quarantine_bytes: i64,
}

impl Section {
    /// The limits, each within what makes sense.
    pub(super) fn checked(&self) -> Result<Limits, Error> {
        let seconds = [
            self.wait_seconds,
            self.handshake_seconds,
            self.head_seconds,
            self.body_seconds,
            self.stop_seconds,
        ];
        let counts = [self.connections, self.submissions];
        if seconds.iter().any(|seconds| !(1..=3600).contains(seconds))
            || counts.iter().any(|count| !(1..=10_000).contains(count))
        {
            return Err(Error::Config {
                message: "limits: seconds are 1 to 3600, numbers 1 to 10000".to_owned(),
            });
        }
        if !(1..=100_000).contains(&self.memory_mb) {
            return Err(Error::Config { message: "limits.memory_mb is 1 to 100000".to_owned() });
        }
        Ok(Limits {
            connections: self.connections,
            submissions: self.submissions,
            memory_mb: self.memory_mb,
            wait: Duration::from_secs(self.wait_seconds),
            handshake: Duration::from_secs(self.handshake_seconds),
            head: Duration::from_secs(self.head_seconds),
            body: Duration::from_secs(self.body_seconds),
            stop: Duration::from_secs(self.stop_seconds),
            quarantine_bytes: i64::from(self.quarantine_mb) * 1_000_000,
        })
    }
}
