//! What a report may hold. A report that breaks a limit is refused whole, and the answer names the field.

use super::report::{Hardware, Report, Update, Updates};
use crate::Fault;

/// The longest text of a field, in characters.
pub const TEXT: usize = 255;
/// The most packages of one device.
pub const PACKAGES: usize = 20_000;
/// The most updates of one device.
pub const UPDATES: usize = 10_000;
/// The most processors, volumes or interfaces of one device.
pub const PARTS: usize = 512;
/// The most faults one answer lists.
pub const FAULTS: usize = 20;

/// Collects faults, and stops at [`FAULTS`].
#[derive(Debug, Default)]
struct Faults(Vec<Fault>);

/// Whether `text` may be stored and shown: no control characters and nothing that turns the reading direction.
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
}

impl Faults {
    fn add(&mut self, field: &str, message: &str) {
        if self.0.len() < FAULTS {
            self.0.push(Fault::new(field, message));
        }
    }

    fn text(&mut self, field: &str, text: &str) {
        if text.chars().count() > TEXT {
            self.add(field, "is longer than 255 characters");
        } else if !is_plain(text) {
            self.add(field, "holds a control or direction character");
        }
    }

    fn maybe(&mut self, field: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(field, text);
        }
    }

    fn count(&mut self, field: &str, have: usize, most: usize) -> bool {
        if have > most {
            self.add(field, &format!("holds {have} entries, at most {most} are taken"));
        }
        have <= most
    }
}

/// Checks `report` against every limit.
///
/// # Errors
/// The first [`FAULTS`] faults, each with the path of its field.
pub fn check(report: &Report) -> Result<(), Vec<Fault>> {
    let mut faults = Faults::default();
    identity(&mut faults, report);
    if let Some(hardware) = &report.hardware {
        parts(&mut faults, hardware);
    }
    if let Some(packages) = &report.software
        && faults.count("software", packages.len(), PACKAGES)
    {
        for (at, package) in packages.iter().enumerate() {
            let field = |name: &str| format!("software[{at}].{name}");
            if package.name.is_empty() {
                faults.add(&field("name"), "is empty");
            }
            faults.text(&field("name"), &package.name);
            faults.text(&field("version"), &package.version);
            faults.maybe(&field("arch"), package.arch.as_deref());
            faults.maybe(&field("publisher"), package.publisher.as_deref());
            faults.maybe(&field("source"), package.source.as_deref());
        }
    }
    match &report.updates {
        Some(Updates::Listed { items, .. }) if faults.count("updates.items", items.len(), UPDATES) => updates(&mut faults, items),
        Some(Updates::Unknown { reason }) => faults.text("updates.reason", reason),
        _ => {}
    }
    if faults.0.is_empty() { Ok(()) } else { Err(faults.0) }
}

fn identity(faults: &mut Faults, report: &Report) {
    let (identity, os) = (&report.identity, &report.os);
    if identity.hostname.trim().is_empty() {
        faults.add("identity.hostname", "is empty");
    }
    faults.text("identity.hostname", &identity.hostname);
    faults.maybe("identity.fqdn", identity.fqdn.as_deref());
    faults.maybe("identity.machine_uuid", identity.machine_uuid.as_deref());
    faults.maybe("identity.serial", identity.serial.as_deref());
    faults.maybe("identity.maker", identity.maker.as_deref());
    faults.maybe("identity.model", identity.model.as_deref());
    faults.text("agent.name", &report.agent.name);
    faults.text("agent.version", &report.agent.version);
    faults.text("os.family", &os.family);
    faults.text("os.name", &os.name);
    faults.maybe("os.version", os.version.as_deref());
    faults.maybe("os.kernel", os.kernel.as_deref());
    faults.maybe("os.arch", os.arch.as_deref());
}

fn parts(faults: &mut Faults, hardware: &Hardware) {
    faults.maybe("hardware.firmware", hardware.firmware.as_deref());
    for bytes in [hardware.memory_bytes, hardware.swap_bytes].into_iter().flatten() {
        if bytes > i64::MAX as u64 {
            faults.add("hardware.memory_bytes", "is more than a machine can have");
        }
    }
    if faults.count("hardware.cpus", hardware.cpus.len(), PARTS) {
        for (at, cpu) in hardware.cpus.iter().enumerate() {
            faults.text(&format!("hardware.cpus[{at}].name"), &cpu.name);
            if cpu.mhz.is_some_and(|mhz| !mhz.is_finite() || mhz < 0.0) {
                faults.add(&format!("hardware.cpus[{at}].mhz"), "is not a number");
            }
        }
    }
    if faults.count("hardware.volumes", hardware.volumes.len(), PARTS) {
        for (at, volume) in hardware.volumes.iter().enumerate() {
            faults.text(&format!("hardware.volumes[{at}].mount"), &volume.mount);
            faults.maybe(&format!("hardware.volumes[{at}].device"), volume.device.as_deref());
            faults.maybe(&format!("hardware.volumes[{at}].filesystem"), volume.filesystem.as_deref());
        }
    }
    if faults.count("hardware.interfaces", hardware.interfaces.len(), PARTS) {
        for (at, interface) in hardware.interfaces.iter().enumerate() {
            faults.text(&format!("hardware.interfaces[{at}].name"), &interface.name);
            faults.maybe(&format!("hardware.interfaces[{at}].mac"), interface.mac.as_deref());
            faults.count(&format!("hardware.interfaces[{at}].addresses"), interface.addresses.len(), PARTS);
            for address in interface.addresses.iter().take(PARTS) {
                faults.text(&format!("hardware.interfaces[{at}].addresses"), address);
            }
        }
    }
}

fn updates(faults: &mut Faults, items: &[Update]) {
    for (at, update) in items.iter().enumerate() {
        let field = |name: &str| format!("updates.items[{at}].{name}");
        faults.text(&field("name"), &update.name);
        faults.text(&field("installed"), &update.installed);
        faults.text(&field("candidate"), &update.candidate);
        faults.maybe(&field("arch"), update.arch.as_deref());
        faults.maybe(&field("origin"), update.origin.as_deref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::devices::report::{Cpu, Package};

    fn fine() -> Report {
        let mut report = Report::default();
        report.identity.hostname = "lab-1".into();
        report
    }

    fn refused(change: impl Fn(&mut Report), field: &str) {
        let mut report = fine();
        change(&mut report);
        let faults = check(&report).expect_err(field);
        assert_eq!(faults[0].field, field, "{faults:?}");
        assert!(faults.len() <= FAULTS);
    }

    #[test]
    fn each_limit_names_its_field() {
        assert_eq!(check(&fine()), Ok(()));
        refused(|r| r.identity.hostname.clear(), "identity.hostname");
        refused(|r| r.identity.hostname = "x".repeat(1_000_000), "identity.hostname");
        refused(|r| r.identity.hostname = "a\0b".into(), "identity.hostname");
        refused(|r| r.identity.maker = Some("abc\u{202e}cba".into()), "identity.maker");
        refused(|r| r.software = Some(vec![Package { name: "p".into(), ..Package::default() }; 100_000]), "software");
        refused(|r| r.software = Some(vec![Package::default()]), "software[0].name");
        let slow = |mhz| Hardware { cpus: vec![Cpu { mhz: Some(mhz), ..Cpu::default() }], ..Hardware::default() };
        refused(|r| r.hardware = Some(slow(f64::NAN)), "hardware.cpus[0].mhz");
        refused(|r| r.hardware = Some(slow(f64::INFINITY)), "hardware.cpus[0].mhz");
        refused(|r| r.hardware = Some(Hardware { memory_bytes: Some(u64::MAX), ..Hardware::default() }), "hardware.memory_bytes");
    }

    #[test]
    fn accents_and_emoji_are_plain() {
        assert!(is_plain("Zoë's Büro \u{1f41f}"));
    }
}
