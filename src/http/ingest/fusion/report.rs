//! Turns the sections of an inventory into a report, and checks it.

use std::net::IpAddr;

use domain::{
    Moment,
    devices::{
        Report,
        limits::{self, PARTS},
        report::{Agent, Dropped, Hardware, Identity, Interface, Os, Package, State, Volume},
    },
};

use super::{
    super::reject::Reject,
    machine::{family, kind, unless_filler},
    numbers::Numbers,
    sections::{Network, Sections, Software},
    values::{Many, Word},
};

/// The report that `sent` makes. Of a `partial` inventory the hardware is taken only when it is whole.
///
/// # Errors
/// [`Reject::Invalid`] with the fields that break a limit.
pub fn report(sent: &Sections, partial: bool) -> Result<Report, Reject> {
    counts(sent)?;
    let mut numbers = Numbers::default();
    let whole = sent.cpus.seen > 0 && sent.drives.seen > 0 && sent.networks.seen > 0;
    let os = os(sent);
    let report = Report {
        taken_at: moment(&sent.accesslog.logdate, sent).unwrap_or_default(),
        agent: agent(sent),
        identity: identity(sent, &os),
        state: state(sent),
        hardware: (whole || !partial).then(|| hardware(sent, &mut numbers)),
        software: (sent.softwares.seen > 0).then(|| software(&sent.softwares.items)),
        updates: None,
        sample: None,
        dropped: dropped(sent),
        os,
    };
    numbers.verdict()?;
    limits::check(&report).map_err(Reject::Invalid)?;
    Ok(report)
}

/// The answer to more entries than are taken.
pub fn too_many(section: &str, most: usize) -> Reject {
    Reject::invalid(section, &format!("holds more than the {most} entries that are taken"))
}

fn counts(sent: &Sections) -> Result<(), Reject> {
    fn fits<T, const MOST: usize>(field: &str, list: &Many<T, MOST>) -> Result<(), Reject> {
        if list.fits() { Ok(()) } else { Err(too_many(field, MOST)) }
    }
    fits("cpus", &sent.cpus)?;
    fits("drives", &sent.drives)?;
    fits("networks", &sent.networks)?;
    fits("softwares", &sent.softwares)
}

fn owned(word: &Word) -> Option<String> {
    word.get().map(str::to_owned)
}

fn said(word: &Word) -> Option<String> {
    word.get().and_then(unless_filler).map(str::to_owned)
}

/// The agent writes local times; they are worth something only together with its offset.
fn moment(local: &Word, sent: &Sections) -> Option<Moment> {
    let text = format!("{} {}", local.get()?, sent.operatingsystem.timezone.offset.get()?);
    let parsed = jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %z", text).ok()?;
    parsed.to_timestamp().ok().map(|at| Moment(at.as_millisecond()))
}

fn agent(sent: &Sections) -> Agent {
    let client = sent.versionclient.get().unwrap_or_default();
    let (name, version) = client.rsplit_once("_v").or_else(|| client.rsplit_once("-v")).unwrap_or((client, ""));
    Agent { name: if name.is_empty() { "FusionInventory-Agent" } else { name }.to_owned(), version: version.to_owned() }
}

fn identity(sent: &Sections, os: &Os) -> Identity {
    let name = sent.hardware.name.get().or(sent.operatingsystem.fqdn.get()).unwrap_or_default();
    let fqdn = sent.operatingsystem.fqdn.get().into_iter().chain([name]).find(|name| name.contains('.'));
    let chassis = sent.hardware.chassis.get().or(sent.bios.chassis.get()).unwrap_or_default();
    Identity {
        hostname: name.split('.').next().unwrap_or_default().to_owned(),
        fqdn: fqdn.map(str::to_owned),
        machine_uuid: said(&sent.hardware.uuid).map(|uuid| uuid.to_lowercase()),
        serial: said(&sent.bios.serial),
        maker: said(&sent.bios.maker),
        model: said(&sent.bios.model),
        kind: kind(chassis, sent.hardware.vm.get().unwrap_or_default(), &os.family, &os.name),
    }
}

fn os(sent: &Sections) -> Os {
    let (os, hardware) = (&sent.operatingsystem, &sent.hardware);
    let name = os.full_name.get().or(hardware.os_name.get()).or(os.name.get()).unwrap_or_default();
    Os {
        family: family(name, os.kernel.get().unwrap_or_default()),
        name: name.to_owned(),
        version: owned(&os.version),
        kernel: owned(&os.kernel_version).or_else(|| owned(&hardware.os_version)),
        arch: owned(&os.arch),
    }
}

fn state(sent: &Sections) -> State {
    // Nobody logged in and users not asked for look alike on the wire: no entry.
    let users = Some(sent.users.0).filter(|users| *users > 0);
    State { booted_at: moment(&sent.operatingsystem.boot, sent), users_logged_in: users, reboot_required: None }
}

fn dropped(sent: &Sections) -> Dropped {
    let users = sent.users.0.saturating_add(sent.local_users.0).saturating_add(sent.local_groups.0);
    Dropped { environment: sent.envs.0, processes: sent.processes.0, users }
}

fn hardware(sent: &Sections, numbers: &mut Numbers) -> Hardware {
    Hardware {
        cpus: sent.cpus.items.iter().enumerate().map(|(at, cpu)| numbers.cpu(at, cpu)).collect(),
        memory_bytes: numbers.bytes("hardware.memory_bytes", &sent.hardware.memory),
        swap_bytes: numbers.bytes("hardware.swap_bytes", &sent.hardware.swap),
        volumes: volumes(sent, numbers),
        interfaces: interfaces(&sent.networks.items),
        firmware: said(&sent.bios.version),
    }
}

/// Windows names a volume by its letter, some tools write the letter where others put the device. A drive without a size is empty.
fn volumes(sent: &Sections, numbers: &mut Numbers) -> Vec<Volume> {
    let each = sent.drives.items.iter().enumerate().filter_map(|(at, drive)| {
        let total_bytes = numbers.bytes(&format!("hardware.volumes[{at}].total_bytes"), &drive.total);
        let free_bytes = numbers.bytes(&format!("hardware.volumes[{at}].free_bytes"), &drive.free);
        Some(Volume {
            mount: drive.letter.get().or(drive.mount.get()).or(drive.device.get())?.to_owned(),
            device: owned(&drive.device).filter(|_| drive.letter.get().is_none() && drive.mount.get().is_some()),
            filesystem: owned(&drive.filesystem),
            total_bytes: total_bytes.filter(|bytes| *bytes > 0)?,
            free_bytes,
        })
    });
    each.collect()
}

fn interfaces(entries: &[Network]) -> Vec<Interface> {
    let mut merged: Vec<Interface> = Vec::new();
    for entry in entries {
        let mac = mac(entry);
        let Some(name) = owned(&entry.name).or_else(|| mac.clone()) else { continue };
        let at = merged.iter().position(|known| known.name == name && known.mac == mac).unwrap_or_else(|| {
            merged.push(Interface { name, mac, addresses: Vec::new() });
            merged.len() - 1
        });
        for address in addresses(entry) {
            if merged[at].addresses.len() <= PARTS && !merged[at].addresses.contains(&address) {
                merged[at].addresses.push(address);
            }
        }
    }
    merged
}

/// A virtual interface's address is made up at every start, so it would make one machine look like another.
fn mac(entry: &Network) -> Option<String> {
    let hardware = !matches!(entry.made_up.get(), Some("1" | "true"));
    let mac = entry.mac.get().filter(|_| hardware)?.to_lowercase().replace('-', ":");
    Some(mac).filter(|mac| mac.chars().any(|c| c != '0' && c != ':'))
}

fn addresses(entry: &Network) -> impl Iterator<Item = String> {
    let texts = [&entry.ipaddress, &entry.ipaddress6].into_iter().filter_map(|texts| texts.0.get());
    // A zone or a prefix length may follow; what is no address is left out.
    let bare = texts.flat_map(|texts| texts.split([' ', ','])).filter_map(|text| text.split(['%', '/']).next());
    bare.filter_map(|text| text.parse::<IpAddr>().ok()).map(|address| address.to_string())
}

fn software(entries: &[Software]) -> Vec<Package> {
    let each = entries.iter().filter_map(|entry| {
        Some(Package {
            name: owned(&entry.name)?,
            version: owned(&entry.version).unwrap_or_default(),
            arch: owned(&entry.arch),
            publisher: owned(&entry.publisher),
            source: owned(&entry.source),
        })
    });
    let mut packages: Vec<Package> = each.collect();
    packages.sort_by(|a, b| (&a.name, &a.arch, a).cmp(&(&b.name, &b.arch, b)));
    packages.dedup();
    packages
}
