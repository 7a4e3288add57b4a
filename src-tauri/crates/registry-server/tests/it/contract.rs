//! What the description promises, tried by a tool that reads nothing else: Schemathesis makes requests of every shape from
//! the committed `openapi.json` and from near it, and compares each answer of the registry's process with it.

use std::path::{Path, PathBuf};

use testkit::pki::Identity;
use tokio::process::Command;

use crate::authorisation::{Caller, DOORS, Scene};
use crate::program::{Process, town_of_now};
use crate::town::authorities;

/// Set by the project's test command to the tool's own Python environment.
const TOOL: &str = "FINESTRETA_SCHEMATHESIS";

/// What an answer must be: none of the server's own failing, and in status, type, headers and body as described.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

fn written(folder: &Path, name: &str, identity: &Identity) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.join(format!("{name}.pem")), folder.join(format!("{name}.key")));
    std::fs::write(&certificate, identity.certificate_pem().unwrap()).unwrap();
    std::fs::write(&key, identity.key_pem().unwrap()).unwrap();
    (certificate, key)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_one_that_the_description_promises() {
    let tool = std::env::var(TOOL).expect(
        "FINESTRETA_SCHEMATHESIS names the Python environment with Schemathesis; `cargo xtask test` makes one and sets it",
    );
    let town = town_of_now();
    let process = Process::start(&town, DOORS).await;
    let scene = Scene::set(&town, &process).await;
    let folder = tempfile::tempdir().unwrap();
    let description = folder.path().join("openapi.json");
    std::fs::write(&description, registry_api::openapi_json().unwrap()).unwrap();
    let authority = folder.path().join("authority.pem");
    std::fs::write(&authority, authorities().tls_ca().x509().to_pem().unwrap()).unwrap();

    let mut wrong = String::new();
    for (part, door, caller) in [
        ("registry", process.kiosks, "kiosk"),
        ("registry", process.kiosks, "citizen"),
        ("office", process.office.unwrap(), "clerk"),
        ("office", process.office.unwrap(), "operator"),
        ("enrolment", process.enrolment.unwrap(), "nobody"),
    ] {
        let mut command = Command::new(Path::new(&tool).join("bin").join("schemathesis"));
        command.kill_on_drop(true).current_dir(folder.path()).arg("run").arg(&description);
        command.args(["--url", &format!("https://localhost:{}", door.port()), "--include-tag", part]);
        command.arg("--tls-verify").arg(&authority);
        command.args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--max-examples", "50"]);
        // The same requests each time; a failure is then one that comes again.
        command.args(["--generation-deterministic", "--no-shrink"]);
        command.args(["--workers", "1", "--continue-on-failure", "--no-color", "--warnings", "off"]);
        command.args(["--suppress-health-check", "all"]);
        let Caller { identity, token } = &scene.callers[caller];
        if let Some(identity) = identity {
            let (certificate, key) = written(folder.path(), caller, identity);
            command.arg("--request-cert").arg(certificate).arg("--request-cert-key").arg(key);
        }
        if let Some(token) = token {
            command.args(["--header", &format!("Authorization: Bearer {token}")]);
            // The others would be asked outside of a session.
            command.args(["--exclude-operation-id", "endSession"]);
        }
        let told = command.output().await.unwrap();
        if !told.status.success() {
            let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
            wrong.push_str(&format!("{part} as {caller}:\n{out}{err}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
