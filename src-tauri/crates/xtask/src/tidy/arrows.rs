//! The arrows between crates: what is not listed may not be used. Dependencies of tests are exempt.

use super::manifests::Package;

/// Any of ours.
const ANY: &[&str] = &["*"];

/// Crate and what it may use, from the floor upwards.
const ARROWS: &[(&str, &[&str])] = &[
    ("secret", &[]),
    ("wording", &[]),
    ("trust", &[]),
    ("procedures", &["wording"]),
    // What its build reads and checks with the rules of `procedures`, which could not do so while it is built itself.
    ("bundled-catalogue", &["procedures"]),
    ("apdu", &[]),
    ("signing", &["trust"]),
    ("registry-api", &["procedures", "wording"]),
    ("reader", &["apdu"]),
    ("dnie", &["apdu", "secret"]),
    // Whoever else can sign; neither knows the DNIe, nor the other.
    ("keystore", &["secret", "signing", "trust"]),
    ("token", &["secret", "signing", "trust"]),
    // Never the driver: two readings of one standard check each other.
    ("virtual-card", &["apdu", "secret"]),
    ("registry-client", &["registry-api"]),
    ("filing", &["registry-api", "secret"]),
    ("documents", &["registry-api", "procedures", "wording"]),
    // Not `session`, nor the registry: only the process that reads a stranger's file.
    ("attachments", &["documents", "procedures", "wording"]),
    ("session", &["registry-api", "procedures", "wording"]),
    (
        "registry-server",
        &["registry-api", "bundled-catalogue", "procedures", "trust", "signing", "documents", "wording"],
    ),
    ("fuzz", &["dnie", "keystore", "registry-api", "registry-server"]),
    (
        "finestreta",
        &[
            "secret",
            "apdu",
            "reader",
            "dnie",
            "keystore",
            "token",
            "trust",
            "signing",
            "keystore",
            "token",
            "bundled-catalogue",
            "procedures",
            "wording",
            "registry-api",
            "registry-client",
            "filing",
            "documents",
            "attachments",
            "session",
        ],
    ),
    ("testkit", ANY),
    ("journeys", ANY),
    ("bare-window", &[]),
    ("xtask", &[]),
];

/// Packages from outside that only some of ours may use.
const RESERVED: &[(&str, &[&str])] =
    &[("pcsc", &["reader"]), ("cryptoki", &["token"]), ("tauri", &["finestreta", "bare-window"])];

/// Every arrow that is not in the table, and every crate that is not.
pub fn faults(packages: &[Package]) -> Vec<String> {
    let mut faults = Vec::new();
    for package in packages {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
            faults.push(format!("crate `{}` is not in the table of arrows", package.name));
            continue;
        };
        for used in &package.uses {
            let ours = packages.iter().any(|other| other.name == *used);
            if ours && *allowed != ANY && !allowed.contains(&used.as_str()) {
                faults.push(format!("crate `{}` may not use `{used}`", package.name));
            }
            let reserved = RESERVED.iter().find(|(name, _)| name == used);
            if reserved.is_some_and(|(_, by)| !by.contains(&package.name.as_str())) {
                faults.push(format!("crate `{}` may not use `{used}` from outside", package.name));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, uses: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            manifest: "Cargo.toml".into(),
            uses: uses.iter().map(|used| (*used).to_owned()).collect(),
        }
    }

    #[test]
    fn an_arrow_that_is_not_listed_is_told() {
        let faults = faults(&[package("dnie", &["apdu"]), package("virtual-card", &["dnie"])]);
        assert_eq!(faults, ["crate `virtual-card` may not use `dnie`"]);
    }

    #[test]
    fn an_unknown_crate_is_told() {
        assert_eq!(faults(&[package("surprise", &[])]).len(), 1);
    }

    #[test]
    fn only_the_reader_may_use_pcsc() {
        assert_eq!(faults(&[package("reader", &["pcsc"])]), Vec::<String>::new());
        assert_eq!(faults(&[package("dnie", &["pcsc"])]).len(), 1);
    }

    #[test]
    fn only_the_token_may_use_cryptoki() {
        assert_eq!(faults(&[package("token", &["cryptoki"])]), Vec::<String>::new());
        assert_eq!(faults(&[package("finestreta", &["cryptoki"])]).len(), 1);
    }

    #[test]
    fn every_arrow_points_down() {
        for (at, (name, uses)) in ARROWS.iter().enumerate() {
            for used in uses.iter().filter(|used| **used != "*") {
                let below = ARROWS.iter().position(|(other, _)| other == used);
                assert!(below.is_some_and(|below| below < at), "{name} uses {used}, which is not below it");
            }
        }
    }
}
