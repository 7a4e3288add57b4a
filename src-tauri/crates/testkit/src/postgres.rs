//! A PostgreSQL cluster for a run of tests or a bench: private folder, private socket, no port.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, ensure};

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
#[derive(Debug)]
pub struct Cluster {
    dir: PathBuf,
    bin: PathBuf,
    /// Open until the process ends.
    wishes: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Cluster {
    /// Starts one.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start() -> anyhow::Result<Self> {
        launch(None)
    }

    /// Address of a new, empty database.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn fresh_database(&self) -> anyhow::Result<String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("town{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.run("createdb", &[&name])?;
        Ok(format!("postgres://registry@localhost/{name}?host={}", self.dir.display()))
    }

    /// What a program of PostgreSQL's prints that is told which cluster it is for.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new(self.bin.join(program));
        command.args(["-U", "registry", "-h"]).arg(&self.dir).args(arguments);
        let told = command.output().with_context(|| format!("{program} cannot be run"))?;
        ensure!(told.status.success(), "{program}: {}", String::from_utf8_lossy(&told.stderr));
        Ok(String::from_utf8(told.stdout)?.trim().to_owned())
    }

    /// Where its socket is.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Starts a copy of it that follows it, and from now on waits with each commit until the copy has it on its disk.
    ///
    /// # Errors
    /// When the copy cannot be made or started.
    pub fn standby(&self) -> anyhow::Result<Self> {
        let standby = launch(Some(&self.dir))?;
        for statement in ["ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()"]
        {
            self.psql(statement)?;
        }
        Ok(standby)
    }

    /// What a statement gives, as `psql` prints it.
    ///
    /// # Errors
    /// When it fails, with what was said.
    pub fn psql(&self, statement: &str) -> anyhow::Result<String> {
        self.run("psql", &["-d", "postgres", "-At", "-c", statement])
    }

    /// It falls as if the power went, and stays down.
    ///
    /// # Errors
    /// When it does not.
    pub fn fall(&mut self) -> anyhow::Result<()> {
        self.wish("fall")
    }

    /// The copy becomes what is written to.
    ///
    /// # Errors
    /// When it does not.
    pub fn promote(&mut self) -> anyhow::Result<()> {
        self.wish("promote")
    }

    fn wish(&mut self, wish: &str) -> anyhow::Result<()> {
        writeln!(self.wishes, "{wish}")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let log = || std::fs::read_to_string(self.dir.join("log")).unwrap_or_default();
        ensure!(line.trim() == "done", "{wish} failed:\n{}", log());
        Ok(())
    }

    /// The process that owns all others of the cluster.
    ///
    /// # Errors
    /// When it does not run.
    pub fn postmaster(&self) -> anyhow::Result<u32> {
        let file = std::fs::read_to_string(self.dir.join("data/postmaster.pid"))?;
        Ok(file.lines().next().context("no process")?.trim().parse()?)
    }
}

#[allow(clippy::zombie_processes, reason = "its supervisor ends with its input, that is with this process")]
fn launch(primary: Option<&Path>) -> anyhow::Result<Cluster> {
    let bin = binaries()?;
    let dir = tempfile::Builder::new().prefix("registry-pg").tempdir()?.keep();
    // PostgreSQL does not run as root: then its own user has the folder.
    let mut command = if is_root()? {
        let owned = Command::new("chown").arg("postgres").arg(&dir).status()?;
        ensure!(owned.success(), "the user postgres is missing; the package postgresql-15 makes it");
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
        .spawn()?;
    let mut line = String::new();
    let mut answers = BufReader::new(child.stdout.take().context("no output")?);
    answers.read_line(&mut line)?;
    let log = || std::fs::read_to_string(dir.join("log")).unwrap_or_default();
    ensure!(line.trim() == "ready", "the cluster does not start:\n{}", log());
    Ok(Cluster { wishes: child.stdin.take().context("no input")?, answers, dir, bin })
}

/// Where Debian puts them; the newest, if there are several.
fn binaries() -> anyhow::Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .max_by_key(|bin| version(bin))
        .context("PostgreSQL is needed: `cargo xtask test` installs it (package postgresql-15)")
}

fn version(bin: &Path) -> u32 {
    let name = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

fn is_root() -> anyhow::Result<bool> {
    let told = Command::new("id").arg("-u").output()?;
    Ok(told.stdout.trim_ascii() == b"0")
}
