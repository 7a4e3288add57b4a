//! The manifests: workspace lints, versions set once in the root, lock files that name public registries only.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::place::Place;

/// One of our packages and what it uses outside of its tests.
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its manifest.
    pub manifest: PathBuf,
    /// Names of the packages it uses, ours and others', its build script's included.
    pub uses: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<MetadataDependency>,
}

#[derive(Deserialize)]
struct MetadataDependency {
    name: String,
    kind: Option<String>,
}

/// Our packages as cargo sees them.
pub fn read(place: &Place) -> anyhow::Result<Vec<Package>> {
    let told = place.cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    if !told.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&told.stderr));
    }
    let metadata: Metadata =
        serde_json::from_slice(&told.stdout).context("cargo metadata is not understood")?;
    let packages = metadata.packages.into_iter().map(|package| Package {
        name: package.name,
        manifest: package.manifest_path,
        uses: package
            .dependencies
            .into_iter()
            .filter(|dependency| dependency.kind.as_deref() != Some("dev"))
            .map(|dependency| dependency.name)
            .collect(),
    });
    Ok(packages.collect())
}

/// What is wrong with the manifests and the lock files.
pub fn faults(place: &Place, packages: &[Package]) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    for package in packages {
        let text = fs::read_to_string(&package.manifest)?;
        let manifest: toml::Table = text.parse().with_context(|| package.manifest.display().to_string())?;
        for fault in manifest_faults(&manifest) {
            faults.push(format!("crate `{}`: {fault}", package.name));
        }
        if !has_crate_doc(&package.manifest) {
            faults.push(format!("crate `{}`: its first file does not begin with a `//!` doc", package.name));
        }
    }
    let read = |lock: &str| fs::read_to_string(place.root().join(lock)).with_context(|| lock.to_owned());
    faults.extend(
        foreign_sources(&read("Cargo.lock")?).map(|line| format!("Cargo.lock: `{line}` is not a release")),
    );
    if let Some(line) = first_address(&read("ui/package-lock.json")?) {
        faults.push(format!("ui/package-lock.json: `{line}` names a host; the client knows where to fetch"));
    }
    Ok(faults)
}

fn manifest_faults(manifest: &toml::Table) -> Vec<String> {
    let mut faults = Vec::new();
    let inherits = |table: Option<&toml::Value>| {
        table.and_then(|value| value.get("workspace")).and_then(toml::Value::as_bool).unwrap_or(false)
    };
    if !inherits(manifest.get("lints")) {
        faults.push("it does not inherit the workspace's lints".to_owned());
    }
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(table) = manifest.get(kind).and_then(toml::Value::as_table) else { continue };
        for (name, dependency) in table {
            if !inherits(Some(dependency)) {
                faults.push(format!("`{name}` has a version of its own; versions are set once, in the root"));
            }
        }
    }
    faults
}

fn has_crate_doc(manifest: &Path) -> bool {
    let source = manifest.with_file_name("src");
    let first = ["lib.rs", "main.rs"].iter().map(|name| source.join(name)).find(|path| path.exists());
    first.and_then(|path| fs::read_to_string(path).ok()).is_some_and(|text| text.starts_with("//! "))
}

/// Lines of Cargo's lock that name something else than a release of a registry.
fn foreign_sources(lock: &str) -> impl Iterator<Item = &str> {
    lock.lines().map(str::trim).filter(|line| line.starts_with("source = ") && !line.contains("\"registry+"))
}

/// The first address in npm's lock.
fn first_address(lock: &str) -> Option<&str> {
    lock.lines().map(str::trim).find(|line| line.starts_with("\"resolved\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_its_own_is_told() {
        let manifest = "[dependencies]\nserde = \"1\"\n[lints]\nworkspace = true".parse().unwrap_or_default();
        assert_eq!(manifest_faults(&manifest).len(), 1);
        let manifest = "[dependencies]\nserde.workspace = true".parse().unwrap_or_default();
        assert_eq!(manifest_faults(&manifest), ["it does not inherit the workspace's lints"]);
    }

    #[test]
    fn a_lock_that_fetches_elsewhere_is_told() {
        let lock = "source = \"registry+https://index.test\"\nsource = \"git+https://elsewhere.test/a\"";
        assert_eq!(foreign_sources(lock).count(), 1);
        assert_eq!(first_address("{}"), None);
        assert!(first_address("  \"resolved\": \"https://elsewhere.test/a.tgz\",").is_some());
    }
}
