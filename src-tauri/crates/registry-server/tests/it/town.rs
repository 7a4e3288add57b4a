//! A town for one test: its files, its clock, its registry.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use registry_client::{Connection, HttpRegistry};
use registry_server::{Config, Database, Environment, Keeping, Running, Settings, example, start};
use tempfile::TempDir;
use testkit::pki::{Authorities, Identity};

/// A Thursday, a working day in the example's calendar.
pub(crate) const THURSDAY: &str = "2026-03-12T17:05:31.250Z";

/// Made once: keys take a second. TLS judges by the machine's clock, so they are of now.
pub(crate) fn authorities() -> &'static Authorities {
    static MADE: OnceLock<Authorities> = OnceLock::new();
    MADE.get_or_init(new_authorities)
}

pub(crate) fn new_authorities() -> Authorities {
    Authorities::generate(machine_now()).unwrap()
}

#[allow(clippy::disallowed_methods)]
pub(crate) fn machine_now() -> Timestamp {
    Timestamp::now()
}

/// The citizens' authority and the seal, of the year in which the tests' clock runs.
pub(crate) fn issuers() -> &'static Authorities {
    static MADE: OnceLock<Authorities> = OnceLock::new();
    MADE.get_or_init(|| Authorities::generate("2026-01-01T00:00:00Z".parse().unwrap()).unwrap())
}

/// A certificate of a member of staff, good or past by the machine's time.
pub(crate) fn staff(name: &str, past: bool) -> Identity {
    let (now, hour) = (machine_now(), SignedDuration::from_hours(1));
    let until = if past { now - hour } else { now + hour };
    issuers().client(name, now - hour * 2, until).unwrap()
}

/// A clock that shows what it is told.
pub(crate) struct Clock(Mutex<Timestamp>);

impl Clock {
    pub(crate) fn at(text: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(text.parse().unwrap())))
    }

    /// One that shows the machine's time, where TLS judges certificates that the registry makes.
    pub(crate) fn of_now() -> Arc<Self> {
        Arc::new(Self(Mutex::new(machine_now())))
    }

    pub(crate) fn move_to(&self, at: Timestamp) {
        *self.0.lock().unwrap() = at;
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
    /// Address of its PostgreSQL database, if it has one.
    url: Option<String>,
}

impl Town {
    pub(crate) fn new() -> Self {
        Self::with(crate::fresh_database())
    }

    /// A town with its database at this address, or with a file.
    pub(crate) fn with(url: Option<String>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let who = authorities();
        who.write(dir.path()).unwrap();
        for end in ["pem", "key"] {
            let authority = dir.path().join(format!("kiosk-authority.{end}"));
            std::fs::rename(dir.path().join(format!("tls-ca.{end}")), authority).unwrap();
        }
        let issuers = issuers();
        for (name, bytes) in [
            ("citizens.pem", issuers.citizen_root().x509().to_pem().unwrap()),
            ("seal.pem", issuers.seal().certificate_pem().unwrap()),
            ("seal.key", issuers.seal().key_pem().unwrap()),
            ("staff-authority.pem", issuers.tls_ca().x509().to_pem().unwrap()),
        ] {
            std::fs::write(dir.path().join(name), bytes).unwrap();
        }
        let text = example().replace("127.0.0.1:8443", "127.0.0.1:0");
        std::fs::write(dir.path().join("registry.toml"), text).unwrap();
        Self { dir, url }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn config_file(&self) -> PathBuf {
        self.dir.path().join("registry.toml")
    }

    pub(crate) fn database(&self) -> Database {
        match &self.url {
            Some(url) => Database::Postgres(url.clone()),
            None => Database::Sqlite(self.dir.path().join("registry.db")),
        }
    }

    pub(crate) fn keeping(&self) -> Keeping {
        Keeping::Folder(self.dir.path().join("documents"))
    }

    /// Has documents kept elsewhere from now on: keys and values of that part of the configuration.
    pub(crate) fn keep_documents(&self, values: &[(&str, &str)]) {
        let lines: String = values.iter().map(|(key, value)| format!("{key} = {value:?}\n")).collect();
        let text = std::fs::read_to_string(self.config_file()).unwrap();
        let text = text.replace("[documents]\n", &format!("[documents]\n{lines}"));
        std::fs::write(self.config_file(), text).unwrap();
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.url.is_some()
    }

    /// Variables that point a registry to the town's database.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        let url = self.url.iter().map(|url| ("FINESTRETA_REGISTRY_STORE_URL".to_owned(), format!("{url:?}")));
        url.collect()
    }

    pub(crate) fn settings(&self, overrides: &[(&str, &str)]) -> Settings {
        let overrides = overrides
            .iter()
            .map(|(name, value)| (format!("FINESTRETA_REGISTRY_{name}"), (*value).to_owned()))
            .chain(self.variables());
        Config::load(&self.config_file(), overrides).unwrap().settings().unwrap()
    }

    pub(crate) async fn open(&self, clock: &Arc<Clock>) -> Open {
        self.open_with(clock, &[]).await
    }

    pub(crate) async fn open_with(&self, clock: &Arc<Clock>, overrides: &[(&str, &str)]) -> Open {
        let running = start(self.settings(overrides), Arc::clone(clock) as _).await.unwrap();
        Open { running }
    }

    /// Looks at the database as an operator would.
    pub(crate) async fn sql(&self, query: &'static str) -> Vec<Vec<String>> {
        use sqlx::{Connection as _, Row as _, ValueRef as _};
        let mut connection = self.connect().await.unwrap();
        let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
        let text = |row: &sqlx::any::AnyRow, place: usize| {
            if row.try_get_raw(place).unwrap().is_null() {
                return "-".to_owned();
            }
            let number = || row.try_get::<i64, _>(place).map(|number| number.to_string());
            let truth = || row.try_get::<bool, _>(place).map(|truth| i32::from(truth).to_string());
            row.try_get::<String, _>(place).or_else(|_| number()).or_else(|_| truth()).unwrap()
        };
        let table = rows.iter().map(|row| (0..row.len()).map(|place| text(row, place)).collect()).collect();
        connection.close().await.unwrap();
        table
    }

    /// Tries to change the database as an operator should not.
    pub(crate) async fn tamper(&self, query: &str) -> Result<(), sqlx::Error> {
        use sqlx::Connection as _;
        let mut connection = self.connect().await?;
        sqlx::query(sqlx::AssertSqlSafe(query)).execute(&mut connection).await?;
        connection.close().await
    }

    /// Takes the guard off a table that stands there under this name.
    pub(crate) async fn disarm(&self, trigger: &str, table: &str) {
        let on = if self.is_postgres() { format!(" ON {table}") } else { String::new() };
        self.tamper(&format!("DROP TRIGGER {trigger}{on}")).await.unwrap();
    }

    /// Makes a table take nothing more, under the name of a guard.
    pub(crate) async fn fill_up(&self, trigger: &str, table: &str) {
        let action = match self.is_postgres() {
            true => "FOR EACH ROW EXECUTE FUNCTION refuse('the disk is full')",
            false => "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        };
        self.tamper(&format!("CREATE TRIGGER {trigger} BEFORE INSERT ON {table} {action}")).await.unwrap();
    }

    async fn connect(&self) -> Result<sqlx::AnyConnection, sqlx::Error> {
        use sqlx::Connection as _;
        sqlx::any::install_default_drivers();
        let url = match &self.url {
            Some(url) => url.clone(),
            None => format!("sqlite://{}", self.dir.path().join("registry.db").display()),
        };
        sqlx::AnyConnection::connect(&url).await
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
    let kiosk = kiosk.kiosk();
    client_with(address, &kiosk.certificate_pem().unwrap(), &kiosk.key_pem().unwrap())
}

pub(crate) fn client_with(address: &str, certificate_pem: &[u8], key_pem: &[u8]) -> HttpRegistry {
    HttpRegistry::new(&Connection {
        address,
        authority_pem: &authorities().tls_ca().x509().to_pem().unwrap(),
        certificate_pem,
        key_pem,
        connect_timeout: Duration::from_secs(60),
        timeout: Duration::from_secs(300),
    })
    .unwrap()
}
