//! The file systems of a machine, and how full they are.

use domain::devices::report::Volume;

use crate::demo::{rng::Rng, software::Purpose};

/// Bytes of one GB of disk.
const GB: u64 = 1_000_000_000;

/// The file systems of a machine for `purpose` whose first disk has `disk` GB.
pub fn of(purpose: Purpose, disk: u64, rng: &mut Rng) -> Vec<Volume> {
    let data = disk * rng.between(2, 5).unsigned_abs();
    match purpose {
        Purpose::Desk(_) => vec![volume("C:", None, "NTFS", disk, rng)],
        Purpose::Mac => vec![volume("/", Some("/dev/disk3s1s1"), "apfs", disk, rng)],
        Purpose::Windows(_) => vec![volume("C:", None, "NTFS", disk, rng), volume("D:", None, "NTFS", data, rng)],
        Purpose::Linux { services, .. } => {
            let mut volumes = vec![volume("/", Some("/dev/sda2"), "ext4", disk, rng), volume("/boot", Some("/dev/sda1"), "ext4", 1, rng)];
            let mount = if services { "/var/lib/postgresql" } else { "/srv" };
            volumes.push(volume(mount, Some("/dev/sdb1"), "xfs", data, rng));
            volumes
        }
    }
}

fn volume(mount: &str, device: Option<&str>, filesystem: &str, size: u64, rng: &mut Rng) -> Volume {
    let total_bytes = size * GB;
    // Of a thousand, so that free space does not sit on whole percents.
    let free = match rng.between(0, 99) {
        0..2 => rng.between(8, 49),
        2..8 => rng.between(50, 119),
        _ => rng.between(180, 760),
    };
    let free_bytes = Some(total_bytes / 1_000 * free.unsigned_abs() + rng.bits() % 100_000);
    Volume { mount: mount.into(), device: device.map(Into::into), filesystem: Some(filesystem.into()), total_bytes, free_bytes }
}
