//! A PostgreSQL cluster for this run of the tests: private folder, private socket, no port.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// It starts, says so, does as it is told, and stops when its input ends: however this process ends, the cluster goes with
/// it.
const SUPERVISOR: &str = r#"
set -e
bin=$1 dir=$2 primary=$3
cd "$dir"
if [ -z "$primary" ]; then
    "$bin/initdb" -D "$dir/data" -U registry -A trust -E UTF8 --locale=C.UTF-8 >"$dir/log" 2>&1
else
    "$bin/pg_basebackup" -d "host=$primary user=registry application_name=standby" -D "$dir/data" -R -X stream \
        -c fast >"$dir/log" 2>&1
fi
"$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k '$dir' -c listen_addresses='' -c max_connections=500" \
    start >>"$dir/log" 2>&1 </dev/null
trap '' INT TERM HUP
echo ready
while read -r wish; do
    case $wish in
        fall) "$bin/pg_ctl" -D "$dir/data" -w -m immediate stop >>"$dir/log" 2>&1 </dev/null ;;
        promote) "$bin/pg_ctl" -D "$dir/data" -w promote >>"$dir/log" 2>&1 </dev/null ;;
    esac
    echo done
done
"$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1
rm -rf "$dir"
"#;

/// One that runs.
pub(crate) struct Cluster {
    dir: PathBuf,
    bin: PathBuf,
    /// Open until the process ends.
    wishes: ChildStdin,
    answers: BufReader<ChildStdout>,
}

fn cluster() -> &'static Cluster {
    static STARTED: OnceLock<Cluster> = OnceLock::new();
    STARTED.get_or_init(start)
}

/// Address of a new, empty database.
pub(crate) fn fresh_database() -> String {
    cluster().fresh_database()
}

impl Cluster {
    /// Address of a new, empty database.
    pub(crate) fn fresh_database(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("town{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(self.bin.join("createdb"))
            .args(["-U", "registry", "-h"])
            .arg(&self.dir)
            .arg(&name)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        format!("postgres://registry@localhost/{name}?host={}", self.dir.display())
    }

    /// Where its socket is.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Starts a copy of it that follows it, and from now on waits with each commit until the copy has it on its disk.
    pub(crate) fn standby(&self) -> Cluster {
        let standby = launch(Some(&self.dir));
        for statement in ["ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()"]
        {
            self.psql(statement);
        }
        standby
    }

    /// What a statement gives, as `psql` prints it.
    pub(crate) fn psql(&self, statement: &str) -> String {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args(["-U", "registry", "-d", "postgres", "-At", "-c", statement, "-h"]).arg(&self.dir);
        let told = psql.output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8(told.stdout).unwrap().trim().to_owned()
    }

    /// It falls as if the power went, and stays down.
    pub(crate) fn fall(&mut self) {
        self.wish("fall");
    }

    /// The copy becomes what is written to.
    pub(crate) fn promote(&mut self) {
        self.wish("promote");
    }

    fn wish(&mut self, wish: &str) {
        use std::io::Write as _;
        writeln!(self.wishes, "{wish}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        assert_eq!(
            line.trim(),
            "done",
            "{}",
            std::fs::read_to_string(self.dir.join("log")).unwrap_or_default()
        );
    }

    /// The process that owns all others of the cluster.
    pub(crate) fn postmaster(&self) -> u32 {
        let file = std::fs::read_to_string(self.dir.join("data/postmaster.pid")).unwrap();
        file.lines().next().unwrap().trim().parse().unwrap()
    }
}

/// Starts one more, for a test that does it harm.
pub(crate) fn start() -> Cluster {
    launch(None)
}

#[allow(clippy::zombie_processes, reason = "its supervisor ends with its input, that is with this process")]
fn launch(primary: Option<&Path>) -> Cluster {
    let bin = binaries();
    let dir = tempfile::Builder::new().prefix("registry-pg").tempdir().unwrap().keep();
    // PostgreSQL does not run as root: then its own user has the folder.
    let mut command = if is_root() {
        let owned = Command::new("chown").arg("postgres").arg(&dir).status().unwrap();
        assert!(owned.success(), "the user postgres is missing; the package postgresql-15 makes it");
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    let mut child = command
        .args(["-c", SUPERVISOR, "cluster"])
        .arg(&bin)
        .arg(&dir)
        .arg(primary.unwrap_or(Path::new("")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    answers.read_line(&mut line).unwrap();
    let log = || std::fs::read_to_string(dir.join("log")).unwrap_or_default();
    assert_eq!(line.trim(), "ready", "the cluster does not start:\n{}", log());
    Cluster { wishes: child.stdin.take().unwrap(), answers, dir, bin }
}

/// Where Debian puts them; the newest, if there are several.
fn binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .max_by_key(|bin| version(bin))
        .expect("PostgreSQL is needed: `cargo xtask test` installs it (package postgresql-15)")
}

fn version(bin: &Path) -> u32 {
    let name = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

fn is_root() -> bool {
    let told = Command::new("id").arg("-u").output().unwrap();
    told.stdout.trim_ascii() == b"0"
}
