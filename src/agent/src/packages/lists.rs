//! How old the package lists are. An update that is not in the lists cannot be seen, so their age is a fact.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::Moment;

use crate::outside::moment;

/// When apt's lists were last refreshed; `None` when there are none.
pub fn apt() -> Option<Moment> {
    let lists = newest_list(Path::new("/var/lib/apt/lists"))?;
    // Touched by a refresh that found nothing new, where the system does that.
    let stamp = modified(Path::new("/var/lib/apt/periodic/update-success-stamp"));
    Some(stamp.map_or(lists, |stamp| stamp.max(lists)))
}

/// When dnf's cache was last refreshed; `None` when there is none.
pub fn dnf() -> Option<Moment> {
    let caches = ["/var/cache/dnf", "/var/cache/libdnf5"].into_iter().flat_map(|dir| children(Path::new(dir)));
    caches.filter_map(|repository| modified(&repository.join("repodata/repomd.xml"))).max()
}

/// The newest file of a folder of lists that holds at least one list of packages.
fn newest_list(dir: &Path) -> Option<Moment> {
    let files: Vec<PathBuf> = children(dir).into_iter().filter(|path| path.is_file() && !path.ends_with("lock")).collect();
    let has_packages = files.iter().any(|path| path.to_string_lossy().contains("_Packages"));
    files.iter().filter(|_| has_packages).filter_map(|path| modified(path)).max()
}

fn children(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn modified(path: &Path) -> Option<Moment> {
    fs::metadata(path).and_then(|about| about.modified()).ok().map(moment)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    fn file(dir: &Path, name: &str, seconds: u64) {
        let file = fs::File::create(dir.join(name)).expect("file");
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).expect("time");
    }

    #[test]
    fn no_lists_is_not_an_age() {
        let dir = std::env::temp_dir().join(format!("portico-agent-lists-{}", std::process::id()));
        fs::create_dir_all(dir.join("partial")).expect("folder");
        assert_eq!(newest_list(&dir.join("missing")), None);
        file(&dir, "lock", 9_000);
        file(&dir, "deb.example.org_dists_stable_InRelease", 2_000);
        assert_eq!(newest_list(&dir), None, "an index alone lists no package");
        file(&dir, "deb.example.org_dists_stable_main_binary-amd64_Packages.lz4", 1_000);
        assert_eq!(newest_list(&dir), Some(Moment(2_000_000)));
        fs::remove_dir_all(&dir).expect("removed");
    }
}
