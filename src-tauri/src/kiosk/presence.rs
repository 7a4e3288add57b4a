//! Whether a memory stick is in, as far as the system shows it: by its folder.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often it is looked at.
const INTERVAL: Duration = Duration::from_secs(1);

/// Whether a stick is mounted at a folder. Unknown for a folder that is there and is not where anything is mounted: what
/// mounts sticks may keep their empty folder, and a town may offer files from a folder of its own.
pub(crate) fn presence(folder: &Path) -> Option<bool> {
    let Ok(own) = std::fs::metadata(folder) else { return Some(false) };
    let above = folder.parent().and_then(|above| std::fs::metadata(above).ok())?;
    (own.dev() != above.dev()).then_some(true)
}

/// What is known of a stick's coming and going.
#[derive(Debug, Default, PartialEq, Eq)]
struct Known(Option<bool>);

impl Known {
    /// What a further look tells that is new. A folder where a stick has been seen and nothing is mounted any more is
    /// one that it has left.
    fn look(&mut self, seen: Option<bool>) -> Option<bool> {
        let now = seen.or((self.0 == Some(true)).then_some(false)).or(self.0);
        (now != self.0).then(|| self.0 = now).and(now)
    }
}

/// Looks again and again, and tells each change until nobody listens.
pub(crate) async fn watch(folder: PathBuf, mut tell: impl FnMut(bool) -> bool) {
    let mut known = Known::default();
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let folder = folder.clone();
        // A stick that hangs must not hold up anything else.
        let Ok(seen) = tokio::task::spawn_blocking(move || presence(&folder)).await else { return };
        if let Some(present) = known.look(seen)
            && !tell(present)
        {
            return;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_mounted_folder_is_a_stick_and_a_missing_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(presence(Path::new("/proc")), Some(true));
        assert_eq!(presence(&folder.path().join("stick")), Some(false));
        assert_eq!(presence(folder.path()), None);
    }

    #[test]
    fn only_changes_are_told_and_an_ordinary_folder_never() {
        let mut known = Known::default();
        let looks = [None, None, Some(true), Some(true), None, None, Some(true), Some(false), None];
        let told: Vec<_> = looks.into_iter().map(|seen| known.look(seen)).collect();
        let (came, left) = (Some(true), Some(false));
        assert_eq!(told, [None, None, came, None, left, None, came, left, None]);
    }
}
