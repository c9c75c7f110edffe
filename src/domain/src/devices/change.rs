//! What differs between two reports, in words.

use super::report::{Hardware, Package};

/// The most changes that one report may add; more are summed up in one line.
pub const MOST: usize = 200;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `software`, `system`, `hardware`, `network`, `restart`, `agent`, `standing` or `people`.
    pub kind: &'static str,
    /// What changed.
    pub subject: String,
    /// What it was; `None`: it was not there.
    pub old: Option<String>,
    /// What it is; `None`: it is gone.
    pub new: Option<String>,
}

impl Difference {
    /// A difference of `subject`, unless both are the same.
    pub fn between(kind: &'static str, subject: &str, old: Option<&str>, new: Option<&str>) -> Option<Self> {
        (old != new).then(|| Self { kind, subject: subject.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned) })
    }
}

/// The packages that came, went or changed version. Both lists are sorted by name and architecture.
pub fn software(old: &[Package], new: &[Package]) -> Vec<Difference> {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut differences = Vec::new();
    loop {
        let step = match (old.peek(), new.peek()) {
            (None, None) => return bounded(differences),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => place(a).cmp(&place(b)),
        };
        let before = step.is_le().then(|| old.next()).flatten();
        let after = step.is_ge().then(|| new.next()).flatten();
        let name = before.or(after).map(|package| package.name.as_str()).unwrap_or_default();
        differences.extend(Difference::between("software", name, before.map(|p| p.version.as_str()), after.map(|p| p.version.as_str())));
    }
}

fn place(package: &Package) -> (&str, Option<&str>) {
    (&package.name, package.arch.as_deref())
}

fn bounded(mut differences: Vec<Difference>) -> Vec<Difference> {
    if differences.len() > MOST {
        let rest = differences.len() - MOST;
        differences.truncate(MOST);
        differences.push(Difference { kind: "software", subject: "More packages changed".into(), old: None, new: Some(format!("{rest} more")) });
    }
    differences
}

/// Memory, processors and volumes that changed. Free space and addresses come and go, so they are no change.
pub fn hardware(old: &Hardware, new: &Hardware) -> Vec<Difference> {
    let memory = |of: &Hardware| of.memory_bytes.map(gigabytes);
    let cpus = |of: &Hardware| of.cpus.first().map(|cpu| format!("{} x {}", of.cpus.len(), cpu.name));
    let mut differences: Vec<_> = Difference::between("hardware", "Memory", memory(old).as_deref(), memory(new).as_deref()).into_iter().collect();
    differences.extend(Difference::between("hardware", "Processors", cpus(old).as_deref(), cpus(new).as_deref()));
    let size = |of: &Hardware, mount: &str| of.volumes.iter().find(|volume| volume.mount == mount).map(|volume| gigabytes(volume.total_bytes));
    let mut mounts: Vec<&str> = old.volumes.iter().chain(&new.volumes).map(|volume| volume.mount.as_str()).collect();
    mounts.sort_unstable();
    mounts.dedup();
    for mount in mounts {
        differences.extend(Difference::between("hardware", &format!("Volume {mount}"), size(old, mount).as_deref(), size(new, mount).as_deref()));
    }
    bounded(differences)
}

/// Bytes as people read them on a label.
fn gigabytes(bytes: u64) -> String {
    match bytes >> 20 {
        mib if mib < 1024 => format!("{mib} MB"),
        mib if mib < 10 * 1024 => format!("{}.{} GB", mib / 1024, mib % 1024 * 10 / 1024),
        mib => format!("{} GB", (mib + 512) / 1024),
    }
}

/// Whether two reports of the start of a machine mean two starts: clocks are read twice and may differ by seconds.
pub const fn restarted(old: i64, new: i64) -> bool {
    new.saturating_sub(old) > 2 * crate::time::MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(list: &[(&str, &str)]) -> Vec<Package> {
        list.iter().map(|(name, version)| Package { name: (*name).into(), version: (*version).into(), ..Package::default() }).collect()
    }

    #[test]
    fn packages_come_go_and_change() {
        let old = packages(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let new = packages(&[("b", "2"), ("c", "1"), ("d", "1")]);
        let found: Vec<_> = software(&old, &new).into_iter().map(|d| (d.subject, d.old, d.new)).collect();
        let text = |s: &str| Some(s.to_owned());
        assert_eq!(found, [("a".into(), text("1"), None), ("b".into(), text("1"), text("2")), ("d".into(), None, text("1"))]);
    }

    #[test]
    fn ten_thousand_changes_stay_bounded() {
        let many: Vec<Package> = (0..10_000).map(|i| Package { name: format!("p{i:05}"), version: "1".into(), ..Package::default() }).collect();
        let found = software(&[], &many);
        assert_eq!(found.len(), MOST + 1);
        assert_eq!(found[MOST].new.as_deref(), Some("9800 more"));
    }

    #[test]
    fn memory_reads_as_on_its_label() {
        let with = |bytes| Hardware { memory_bytes: Some(bytes), ..Hardware::default() };
        let found = hardware(&with(64 << 30), &with(96 << 30));
        assert_eq!((found[0].old.as_deref(), found[0].new.as_deref()), (Some("64 GB"), Some("96 GB")));
        assert!(hardware(&with(64 << 30), &with((64 << 30) + 5)).is_empty());
    }
}
