//! A town for one test: its files, its clock, its registry.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use registry_client::{Connection, HttpRegistry};
use registry_server::{Config, Environment, Running, example, start};
use tempfile::TempDir;
use testkit::pki::Authorities;

/// A Thursday, a working day in the example's calendar.
pub(crate) const THURSDAY: &str = "2026-03-12T17:05:31.250Z";

/// Made once: keys take a second. TLS judges by the machine's clock, so they are of now.
pub(crate) fn authorities() -> &'static Authorities {
    static MADE: OnceLock<Authorities> = OnceLock::new();
    MADE.get_or_init(new_authorities)
}

pub(crate) fn new_authorities() -> Authorities {
    #[allow(clippy::disallowed_methods)]
    Authorities::generate(Timestamp::now()).unwrap()
}

/// The citizens' authority and the seal, of the year in which the tests' clock runs.
pub(crate) fn issuers() -> &'static Authorities {
    static MADE: OnceLock<Authorities> = OnceLock::new();
    MADE.get_or_init(|| Authorities::generate("2026-01-01T00:00:00Z".parse().unwrap()).unwrap())
}

/// A clock that shows what it is told.
pub(crate) struct Clock(Mutex<Timestamp>);

impl Clock {
    pub(crate) fn at(text: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(text.parse().unwrap())))
    }

    pub(crate) fn set(&self, text: &str) {
        *self.0.lock().unwrap() = text.parse().unwrap();
    }
}

impl Environment for Clock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Files of a registry, which outlive the registry.
pub(crate) struct Town {
    dir: TempDir,
}

impl Town {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let who = authorities();
        who.write(dir.path()).unwrap();
        std::fs::rename(dir.path().join("tls-ca.pem"), dir.path().join("kiosk-authority.pem")).unwrap();
        let issuers = issuers();
        for (name, bytes) in [
            ("citizens.pem", issuers.citizen_root().x509().to_pem().unwrap()),
            ("seal.pem", issuers.seal().certificate_pem().unwrap()),
            ("seal.key", issuers.seal().key_pem().unwrap()),
        ] {
            std::fs::write(dir.path().join(name), bytes).unwrap();
        }
        let text = example().replace("127.0.0.1:8443", "127.0.0.1:0");
        std::fs::write(dir.path().join("registry.toml"), text).unwrap();
        Self { dir }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn config_file(&self) -> PathBuf {
        self.dir.path().join("registry.toml")
    }

    pub(crate) fn store_file(&self) -> PathBuf {
        self.dir.path().join("registry.db")
    }

    pub(crate) async fn open(&self, clock: &Arc<Clock>) -> Open {
        self.open_with(clock, &[]).await
    }

    pub(crate) async fn open_with(&self, clock: &Arc<Clock>, overrides: &[(&str, &str)]) -> Open {
        let overrides = overrides
            .iter()
            .map(|(name, value)| (format!("FINESTRETA_REGISTRY_{name}"), (*value).to_owned()));
        let config = Config::load(&self.config_file(), overrides).unwrap();
        let running = start(config.settings().unwrap(), Arc::clone(clock) as _).await.unwrap();
        Open { running }
    }

    /// Looks at the database as an operator would.
    pub(crate) async fn sql(&self, query: &'static str) -> Vec<Vec<String>> {
        use sqlx::{Column as _, Connection as _, Row as _, ValueRef as _};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.store_file());
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
        let text = |row: &sqlx::sqlite::SqliteRow, place: usize| {
            if row.try_get_raw(place).unwrap().is_null() {
                return "-".to_owned();
            }
            row.try_get::<String, _>(place).unwrap_or_else(|_| {
                row.try_get::<i64, _>(place)
                    .map_or_else(|_| row.columns()[place].name().to_owned(), |n| n.to_string())
            })
        };
        let table =
            rows.iter().map(|row| (0..row.columns().len()).map(|place| text(row, place)).collect()).collect();
        connection.close().await.unwrap();
        table
    }

    /// Tries to change the database as an operator should not.
    pub(crate) async fn tamper(&self, query: &'static str) -> Result<(), sqlx::Error> {
        use sqlx::Connection as _;
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.store_file());
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
        sqlx::query(query).execute(&mut connection).await?;
        connection.close().await
    }
}

/// A registry that is open.
pub(crate) struct Open {
    pub(crate) running: Running,
}

impl Open {
    pub(crate) fn client(&self) -> HttpRegistry {
        self.client_of(authorities())
    }

    pub(crate) fn client_of(&self, kiosk: &Authorities) -> HttpRegistry {
        client(&format!("https://{}", self.running.address()), kiosk)
    }
}

pub(crate) fn client(address: &str, kiosk: &Authorities) -> HttpRegistry {
    HttpRegistry::new(&Connection {
        address,
        authority_pem: &authorities().tls_ca().x509().to_pem().unwrap(),
        certificate_pem: &kiosk.kiosk().certificate_pem().unwrap(),
        key_pem: &kiosk.kiosk().key_pem().unwrap(),
        connect_timeout: Duration::from_secs(60),
        timeout: Duration::from_secs(300),
    })
    .unwrap()
}
