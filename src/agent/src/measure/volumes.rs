//! The room on the file systems that were just read with the hardware.

use std::collections::BTreeSet;

use domain::{
    alerts::sample::Space,
    devices::{
        limits::PARTS,
        report::{Hardware, Volume},
    },
};

/// Full from the day they are made. A read-only mount is no sign of them: to a confined service all mounts are read-only.
const IMAGES: [&str; 6] = ["squashfs", "iso9660", "udf", "erofs", "cramfs", "romfs"];

/// The room on each mounted file system, for an ordinary user; `None` when none could be read.
pub fn volumes(hardware: Option<&Hardware>) -> Option<Vec<Space>> {
    let mut seen = BTreeSet::new();
    let fresh = hardware?.volumes.iter().filter(|volume| !is_image(volume) && seen.insert(volume.mount.as_str()));
    let spaces: Vec<Space> = fresh.filter_map(space).take(PARTS).collect();
    (!spaces.is_empty()).then_some(spaces)
}

fn is_image(volume: &Volume) -> bool {
    volume.filesystem.as_deref().is_some_and(|name| IMAGES.contains(&name))
}

fn space(volume: &Volume) -> Option<Space> {
    let free_bytes = volume.free_bytes?.min(volume.total_bytes);
    (volume.total_bytes > 0).then(|| Space { mount: volume.mount.clone(), total_bytes: volume.total_bytes, free_bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volume(mount: &str, filesystem: &str, total_bytes: u64, free_bytes: Option<u64>) -> Volume {
        Volume { mount: mount.into(), device: None, filesystem: Some(filesystem.into()), total_bytes, free_bytes }
    }

    #[test]
    fn what_fills_up_is_listed_once() {
        let list = vec![
            volume("/", "ext4", 100, Some(40)),
            volume("/", "overlay", 100, Some(40)),
            volume("/boot/efi", "vfat", 10, Some(11)),
            volume("/media/dvd", "udf", 10, Some(0)),
            volume("/snap/core", "squashfs", 10, Some(0)),
            volume("/srv", "xfs", 10, None),
            volume("/var", "xfs", 0, Some(0)),
        ];
        let spaces = volumes(Some(&Hardware { volumes: list, ..Hardware::default() })).expect("some");
        let seen: Vec<_> = spaces.iter().map(|space| (space.mount.as_str(), space.total_bytes, space.free_bytes)).collect();
        assert_eq!(seen, [("/", 100, 40), ("/boot/efi", 10, 10)]);
    }

    #[test]
    fn nothing_read_is_not_measured() {
        assert_eq!(volumes(None), None);
        assert_eq!(volumes(Some(&Hardware::default())), None);
        let many = (0..=PARTS).map(|number| volume(&format!("/{number}"), "ext4", 2, Some(1))).collect();
        assert_eq!(volumes(Some(&Hardware { volumes: many, ..Hardware::default() })).map(|list| list.len()), Some(PARTS));
    }
}
