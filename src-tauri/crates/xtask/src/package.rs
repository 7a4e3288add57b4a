//! `cargo xtask package`: Debian packages of the kiosk and of the registry, from the files in `installer/`. They are
//! unpacked again and a scripted citizen files with what was in them, so that a package that is made also works.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::place::Place;
use crate::step::Steps;
use crate::{packages, page, stage};

/// One package: its program and the files that go with it.
struct Debian {
    name: &'static str,
    summary: &'static str,
    about: &'static str,
    program: &'static str,
    /// Folder of `installer/` with its files, laid out as on the installed machine.
    files: &'static str,
    /// Its configuration, where the program itself has a documented example of it.
    example: Option<&'static str>,
    /// What it needs besides the libraries that the program links.
    needs: &'static [&'static str],
}

/// Makes the users and directories that a package describes.
const SYSTEM_USERS: &str = "systemd | systemd-standalone-sysusers";

const PACKAGES: &[Debian] = &[
    Debian {
        name: "finestreta",
        summary: "self-service window of a town hall, the kiosk",
        about: "Citizens identify themselves with their national identity card, fill in a procedure, sign it\n \
                and take the receipt of the town's electronic registry.",
        program: "finestreta",
        files: "kiosk",
        example: None,
        needs: &["pcscd", "libccid", "cage", "dbus", SYSTEM_USERS],
    },
    Debian {
        name: "finestreta-registry",
        summary: "self-service window of a town hall, the registry",
        about: "Receives signed applications from the kiosks, verifies them, numbers them and answers with a\n \
                sealed receipt.",
        program: "finestreta-registry",
        files: "registry",
        example: Some("etc/finestreta/registry.toml"),
        needs: &[SYSTEM_USERS],
    },
];

/// Builds for release and packs.
pub fn run(place: &Place) -> anyhow::Result<()> {
    let mut steps = Steps::new(place)?;
    packages::install(&mut steps, packages::Purpose::Package)?;
    page::build(place, &mut steps)?;
    stage::build(place, &mut steps, stage::Profile::Release)?;
    let unpacked = place.target().join("packages").join("unpacked");
    if unpacked.exists() {
        fs::remove_dir_all(&unpacked)?;
    }
    for package in PACKAGES {
        let tree = place.target().join("packages").join(package.name);
        steps.call(&format!("files of {}", package.name), || lay_out(place, package, &tree))?;
        let made = place.target().join("packages").join(format!(
            "{}_{}_{}.deb",
            package.name,
            env!("CARGO_PKG_VERSION"),
            architecture()?
        ));
        let mut pack = Command::new("dpkg-deb");
        pack.args(["--root-owner-group", "--build"]).arg(&tree).arg(&made);
        steps.run(&format!("package {}", package.name), &mut pack)?;
        println!("  {}", made.display());
        // Whether this machine could have it: every package that it needs exists.
        let mut install = Command::new("apt-get");
        install.args(["install", "--simulate", "--yes", "--no-install-recommends"]).arg(&made);
        steps.run(&format!("what {} needs", package.name), &mut install)?;
        let mut unpack = Command::new("dpkg-deb");
        unpack.arg("--extract").arg(&made).arg(&unpacked);
        steps.run(&format!("unpack {}", package.name), &mut unpack)?;
    }
    let mut filing = stage::scripted(place, stage::Profile::Release);
    filing.env("FINESTRETA_PROGRAMS", unpacked.join("usr/bin"));
    steps.run("a filing with what was unpacked", &mut filing)
}

/// The tree of a package, as `dpkg-deb` takes it.
fn lay_out(place: &Place, package: &Debian, tree: &Path) -> anyhow::Result<()> {
    if tree.exists() {
        fs::remove_dir_all(tree)?;
    }
    let source = place.root().join("installer").join(package.files);
    let mut configuration = Vec::new();
    for file in crate::inputs::files(&source, &[])? {
        let inside = file.strip_prefix(&source)?;
        let control = inside.starts_with("DEBIAN");
        // Maintainer scripts are run, everything else is read.
        copy(&file, &tree.join(inside), if control { 0o755 } else { 0o644 })?;
        if inside.starts_with("etc") {
            configuration.push(format!("/{}\n", inside.display()));
        }
    }
    let program = place.target().join("release").join(package.program);
    copy(&program, &tree.join("usr/bin").join(package.program), 0o755)?;
    if let Some(example) = package.example {
        let told = Command::new(&program).arg("example").output()?;
        fs::create_dir_all(tree.join("etc/finestreta"))?;
        fs::write(tree.join(example), told.stdout)?;
        configuration.push(format!("/{example}\n"));
    }
    let documents = tree.join("usr/share/doc").join(package.name);
    copy(&place.root().join("LICENSE"), &documents.join("copyright"), 0o644)?;
    copy(&place.root().join("README.md"), &documents.join("README.md"), 0o644)?;

    let control = tree.join("DEBIAN");
    fs::create_dir_all(&control)?;
    fs::write(control.join("conffiles"), configuration.concat())?;
    fs::write(control.join("control"), control_of(package, &libraries(place, &program)?)?)?;
    Ok(())
}

fn control_of(package: &Debian, libraries: &str) -> anyhow::Result<String> {
    Ok(format!(
        "Package: {}\nVersion: {}\nArchitecture: {}\nMaintainer: Finestreta <finestreta@example.org>\n\
         Section: web\nPriority: optional\nDepends: {}\nDescription: {}\n {}\n",
        package.name,
        env!("CARGO_PKG_VERSION"),
        architecture()?,
        [package.needs.join(", ").as_str(), libraries].join(", "),
        package.summary,
        package.about,
    ))
}

/// The packages of the libraries that a program links, as Debian's own tool finds them.
fn libraries(place: &Place, program: &Path) -> anyhow::Result<String> {
    // It wants the control file of a source package where it runs.
    let scratch: PathBuf = place.target().join("packages").join("source");
    fs::create_dir_all(scratch.join("debian"))?;
    fs::write(
        scratch.join("debian/control"),
        "Source: finestreta\n\nPackage: finestreta\nArchitecture: any\n",
    )?;
    let told = Command::new("dpkg-shlibdeps").current_dir(&scratch).arg("-O").arg(program).output()?;
    let text = String::from_utf8(told.stdout)?;
    match text.trim().strip_prefix("shlibs:Depends=") {
        Some(libraries) if told.status.success() => Ok(libraries.to_owned()),
        _ => bail!("dpkg-shlibdeps failed: {}", String::from_utf8_lossy(&told.stderr)),
    }
}

fn architecture() -> anyhow::Result<String> {
    let told = Command::new("dpkg").arg("--print-architecture").output().context("dpkg cannot be run")?;
    Ok(String::from_utf8(told.stdout)?.trim().to_owned())
}

fn copy(from: &Path, to: &Path, mode: u32) -> anyhow::Result<()> {
    if let Some(directory) = to.parent() {
        fs::create_dir_all(directory)?;
        fs::set_permissions(directory, fs::Permissions::from_mode(0o755))?;
    }
    fs::copy(from, to).with_context(|| format!("{} cannot be copied", from.display()))?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode))?;
    Ok(())
}
