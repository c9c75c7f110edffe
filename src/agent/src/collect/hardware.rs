//! Memory, file systems and network interfaces.

use std::{collections::BTreeMap, path::Path};

use domain::devices::report::{Hardware, Interface, Volume};
use sysinfo::{DiskRefreshKind, Disks, MemoryRefreshKind, Networks, RefreshKind, System};

use super::{dmi, processors};

/// Reads the hardware; each list is sorted, so that nothing but a real change makes a difference.
pub fn read() -> Hardware {
    let memory = System::new_with_specifics(RefreshKind::nothing().with_memory(MemoryRefreshKind::everything())).ok();
    Hardware {
        cpus: processors::read(),
        memory_bytes: memory.as_ref().map(System::total_memory).filter(|bytes| *bytes > 0),
        swap_bytes: memory.as_ref().map(System::total_swap),
        volumes: volumes(mounted()),
        interfaces: interfaces(),
        firmware: dmi::field("bios_version"),
    }
}

/// Network file systems are not asked: a server that is gone would hold the agent up.
fn mounted() -> Vec<Volume> {
    let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_storage());
    let disks = disks.iter().flat_map(|disks| disks.iter());
    let directories = disks.filter(|disk| disk.mount_point().is_dir());
    directories
        .map(|disk| Volume {
            mount: disk.mount_point().to_string_lossy().into_owned(),
            device: Some(disk.name().to_string_lossy().into_owned()),
            filesystem: Some(disk.file_system().to_string_lossy().into_owned()),
            total_bytes: disk.total_space(),
            free_bytes: Some(disk.available_space()),
        })
        .collect()
}

/// One entry for each device that stores something, at its shortest mount point.
fn volumes(mounted: Vec<Volume>) -> Vec<Volume> {
    let mut by_device = BTreeMap::<Option<String>, Volume>::new();
    for volume in mounted.into_iter().filter(stores) {
        let seen = by_device.entry(volume.device.clone()).or_insert_with(|| volume.clone());
        if (volume.mount.len(), &volume.mount) < (seen.mount.len(), &seen.mount) {
            *seen = volume;
        }
    }
    let mut volumes: Vec<_> = by_device.into_values().collect();
    volumes.sort_by(|a, b| a.mount.cmp(&b.mount));
    volumes
}

fn stores(volume: &Volume) -> bool {
    let real = volume.device.as_deref().is_some_and(|device| device.starts_with("/dev/") && !device.starts_with("/dev/loop"));
    let named = match volume.filesystem.as_deref().unwrap_or_default() {
        "zfs" | "bcachefs" | "virtiofs" => true,
        // The root of a container; below /var/lib/docker they are other machines' roots.
        "overlay" => volume.mount == "/",
        _ => false,
    };
    volume.total_bytes > 0 && (real || named)
}

fn interfaces() -> Vec<Interface> {
    let Ok(networks) = Networks::new_with_refreshed_list() else { return Vec::new() };
    let read = networks.iter().map(|(name, data)| {
        let mut addresses: Vec<String> = data.ip_networks().iter().map(|network| network.addr.to_string()).collect();
        addresses.sort();
        Interface { name: name.to_string_lossy().into_owned(), mac: mac(&data.mac_address().to_string()), addresses }
    });
    let mut interfaces: Vec<_> = read.filter(|interface| is_telling(&interface.name)).collect();
    interfaces.sort_by(|a, b| a.name.cmp(&b.name));
    interfaces
}

/// The loopback is everywhere the same, and the ends of containers come and go.
fn is_telling(name: &str) -> bool {
    name != "lo" && !name.starts_with("veth") && Path::new("/sys/class/net").join(name).exists()
}

fn mac(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    (text != "00:00:00:00:00:00").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volume(device: &str, mount: &str, filesystem: &str) -> Volume {
        Volume { mount: mount.into(), device: Some(device.into()), filesystem: Some(filesystem.into()), total_bytes: 10, free_bytes: Some(5) }
    }

    #[test]
    fn only_what_stores_something_is_a_volume() {
        let mounted = vec![
            volume("/dev/sda2", "/srv", "ext4"),
            volume("/dev/sda1", "/var/lib/docker", "btrfs"),
            volume("/dev/sda1", "/", "btrfs"),
            volume("overlay", "/var/lib/docker/overlay2/1/merged", "overlay"),
            volume("/dev/loop3", "/snap/core", "ext4"),
            volume("portal", "/run/user/1000/doc", "fuse.portal"),
            volume("tank/home", "/home", "zfs"),
            Volume { total_bytes: 0, ..volume("/dev/sdb", "/media", "vfat") },
        ];
        let mounts: Vec<_> = volumes(mounted).into_iter().map(|volume| volume.mount).collect();
        assert_eq!(mounts, ["/", "/home", "/srv"]);
    }

    #[test]
    fn no_address_is_no_mac() {
        assert_eq!(mac("00:00:00:00:00:00"), None);
        assert_eq!(mac("02:FC:00:00:00:01").as_deref(), Some("02:fc:00:00:00:01"));
    }
}
