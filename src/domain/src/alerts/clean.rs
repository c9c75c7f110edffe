//! The door for measurements: every list bounded, every text plain, every number possible.

use std::collections::BTreeSet;

use super::sample::{Sample, Security, Services};
use crate::{
    Fault, Moment,
    devices::limits::{FAULTS, PARTS, TEXT, UPDATES, is_plain},
    time::{DAY, MINUTE},
};

/// The most units, processes or scripts of one report.
pub const ENTRIES: usize = 500;
/// How far the clock of a device may be ahead, in milliseconds.
pub const AHEAD: i64 = 5 * MINUTE;
/// How long ago anything may be said to have begun, in milliseconds: ten years.
pub const AGO: i64 = 3_653 * DAY;

/// A sample that passed the door.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checked(Sample);

impl Checked {
    /// The sample.
    pub const fn sample(&self) -> &Sample {
        &self.0
    }
}

struct Door {
    faults: Vec<Fault>,
    now: Moment,
}

/// What is left of `sample` at `now` once everything impossible is dropped, and a fault for each thing that was (at most [`FAULTS`]).
/// What is dropped counts as not measured; so it raises nothing and resolves nothing.
pub fn clean(sample: Sample, now: Moment) -> (Checked, Vec<Fault>) {
    let mut door = Door { faults: Vec::new(), now };
    let volumes = sample.volumes.and_then(|list| {
        door.list("volumes", list, PARTS, |door, field, space| {
            let possible = space.total_bytes > 0 && i64::try_from(space.total_bytes).is_ok() && space.free_bytes <= space.total_bytes;
            door.ask(possible, field, "has more free bytes than it has, or an impossible size") && door.name(field, &space.mount)
        })
    });
    let checked = Sample {
        cpu_percent: door.percent("cpu_percent", sample.cpu_percent),
        memory_percent: door.percent("memory_percent", sample.memory_percent),
        volumes: volumes.map(|list| door.once("volumes", list, |space| space.mount.clone())),
        services: sample.services.and_then(|services| door.services(services)),
        processes: door.list("processes", sample.processes, ENTRIES, |door, field, process| door.name(field, &process.name)).unwrap_or_default(),
        reboot: sample.reboot.map(|mut reboot| {
            reboot.since = door.past("reboot.since", reboot.since);
            reboot
        }),
        security: sample.security.and_then(|security| door.security(security)),
        scripts: door
            .list("scripts", sample.scripts, ENTRIES, |door, field, script| door.name(field, &script.id) && door.line(field, &script.line))
            .unwrap_or_default(),
    };
    (Checked(checked), door.faults)
}

impl Door {
    fn ask(&mut self, fine: bool, field: &str, message: &str) -> bool {
        if !fine && self.faults.len() < FAULTS {
            self.faults.push(Fault::new(field, message));
        }
        fine
    }

    fn percent(&mut self, field: &str, value: Option<f64>) -> Option<f64> {
        // Agents round; half a percent above the whole is still the whole.
        let possible = value.is_none_or(|value| (0.0..=100.5).contains(&value));
        value.filter(|_| self.ask(possible, field, "is not a percentage from 0 to 100")).map(|value| value.min(100.0))
    }

    fn past(&mut self, field: &str, at: Option<Moment>) -> Option<Moment> {
        let possible = at.is_none_or(|at| at <= self.now + AHEAD && at >= self.now - AGO);
        at.filter(|_| self.ask(possible, field, "lies in the future or too long ago")).map(|at| at.min(self.now))
    }

    fn name(&mut self, field: &str, text: &str) -> bool {
        self.ask(!text.trim().is_empty(), field, "has no name") && self.line(field, text)
    }

    fn line(&mut self, field: &str, text: &str) -> bool {
        let short = self.ask(text.chars().count() <= TEXT, field, "holds a text longer than 255 characters");
        short && self.ask(is_plain(text), field, "holds a control or direction character")
    }

    /// The entries that `keep` keeps; `None`: there are too many to look at.
    fn list<T>(&mut self, field: &str, list: Vec<T>, most: usize, keep: impl Fn(&mut Self, &str, &T) -> bool) -> Option<Vec<T>> {
        if !self.ask(list.len() <= most, field, &format!("holds {} entries, at most {most} are taken", list.len())) {
            return None;
        }
        let kept = list.into_iter().enumerate().filter(|(at, item)| keep(self, &format!("{field}[{at}]"), item));
        Some(kept.map(|(_, item)| item).collect())
    }

    fn once<T>(&mut self, field: &str, list: Vec<T>, name: impl Fn(&T) -> String) -> Vec<T> {
        let mut seen = BTreeSet::new();
        list.into_iter().filter(|item| self.ask(seen.insert(name(item)), field, "holds an entry twice")).collect()
    }

    fn services(&mut self, services: Services) -> Option<Services> {
        match services {
            Services::Unknown { reason } => Some(Services::Unknown { reason: self.reason("services.reason", reason) }),
            Services::Listed { units } => {
                let sent = units.len();
                let kept = self.list("services.units", units, ENTRIES, |door, field, unit| door.name(field, &unit.name))?;
                // A list with a hole would let a unit that failed pass for one that runs.
                if kept.len() < sent {
                    return Some(Services::Unknown { reason: "The list of units was damaged.".into() });
                }
                Some(Services::Listed { units: self.once("services.units", kept, |unit| unit.name.clone()) })
            }
        }
    }

    fn security(&mut self, security: Security) -> Option<Security> {
        match security {
            Security::Unknown { reason } => Some(Security::Unknown { reason: self.reason("security.reason", reason) }),
            Security::Listed { waiting, oldest } => {
                let possible = usize::try_from(waiting).is_ok_and(|waiting| waiting <= UPDATES);
                let oldest = self.past("security.oldest", oldest);
                self.ask(possible, "security.waiting", "is more than a machine can have").then_some(Security::Listed { waiting, oldest })
            }
        }
    }

    fn reason(&mut self, field: &str, reason: String) -> String {
        if self.line(field, &reason) { reason } else { "It could not be told.".into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::sample::{Outcome, Process, Reboot, Script, Space, Unit, UnitState};

    const NOW: Moment = Moment(1_800_000_000_000);

    fn dropped(sample: Sample, field: &str) -> Sample {
        let (checked, faults) = clean(sample, NOW);
        assert_eq!(faults.first().map(|fault| fault.field.as_str()), Some(field), "{faults:?}");
        assert!(faults.len() <= FAULTS);
        checked.0
    }

    fn space(total_bytes: u64, free_bytes: u64) -> Space {
        Space { mount: "/".into(), total_bytes, free_bytes }
    }

    #[test]
    fn impossible_percentages_are_not_measured() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.1, 101.0, 1e300] {
            assert_eq!(dropped(Sample { cpu_percent: Some(value), ..Sample::default() }, "cpu_percent").cpu_percent, None);
            assert_eq!(dropped(Sample { memory_percent: Some(value), ..Sample::default() }, "memory_percent").memory_percent, None);
        }
        let (checked, faults) = clean(Sample { cpu_percent: Some(100.4), memory_percent: Some(0.0), ..Sample::default() }, NOW);
        assert_eq!((checked.0.cpu_percent, checked.0.memory_percent, faults.len()), (Some(100.0), Some(0.0), 0));
    }

    #[test]
    fn impossible_volumes_are_dropped_one_by_one_and_floods_whole() {
        for bad in
            [space(0, 0), space(10, 11), space(u64::MAX, 1), Space { mount: "a\u{202e}".into(), ..space(10, 1) }, Space { mount: " ".into(), ..space(10, 1) }]
        {
            let good = Space { mount: "/var".into(), ..space(10, 1) };
            let left = dropped(Sample { volumes: Some(vec![bad, good.clone()]), ..Sample::default() }, "volumes[0]");
            assert_eq!(left.volumes, Some(vec![good]));
        }
        assert_eq!(dropped(Sample { volumes: Some(vec![space(10, 1); 2]), ..Sample::default() }, "volumes").volumes.map(|list| list.len()), Some(1));
        assert_eq!(dropped(Sample { volumes: Some(vec![space(10, 11); 100]), ..Sample::default() }, "volumes[0]").volumes, Some(vec![]));
        assert_eq!(dropped(Sample { volumes: Some(vec![space(10, 1); PARTS + 1]), ..Sample::default() }, "volumes").volumes, None);
    }

    #[test]
    fn a_damaged_list_of_units_is_unknown() {
        let unit = |name: &str| Unit { name: name.into(), state: UnitState::Failed };
        let services = Some(Services::Listed { units: vec![unit("a.service"), unit("b\u{0}")] });
        let left = dropped(Sample { services, ..Sample::default() }, "services.units[1]");
        assert!(matches!(left.services, Some(Services::Unknown { .. })));
        let flood = Some(Services::Listed { units: vec![unit("a.service"); ENTRIES + 1] });
        assert_eq!(dropped(Sample { services: flood, ..Sample::default() }, "services.units").services, None);
        let long = Some(Services::Unknown { reason: "x".repeat(1_000_000) });
        assert_eq!(
            dropped(Sample { services: long, ..Sample::default() }, "services.reason").services,
            Some(Services::Unknown { reason: "It could not be told.".into() })
        );
    }

    #[test]
    fn absurd_counts_times_and_texts_are_dropped() {
        let many = Some(Security::Listed { waiting: u32::MAX, oldest: None });
        assert_eq!(dropped(Sample { security: many, ..Sample::default() }, "security.waiting").security, None);
        for at in [Moment(i64::MAX), Moment(i64::MIN), Moment(0), NOW + AHEAD + 1] {
            let left = dropped(Sample { reboot: Some(Reboot { required: true, since: Some(at) }), ..Sample::default() }, "reboot.since");
            assert_eq!(left.reboot, Some(Reboot { required: true, since: None }));
        }
        let script = Script { id: "s".into(), outcome: Outcome::Failed, line: "x".repeat(256) };
        assert!(dropped(Sample { scripts: vec![script], ..Sample::default() }, "scripts[0]").scripts.is_empty());
        let nameless = Process { name: String::new(), found: Some(false) };
        assert!(dropped(Sample { processes: vec![nameless], ..Sample::default() }, "processes[0]").processes.is_empty());
    }

    #[test]
    fn a_report_may_leave_out_and_may_not_add() {
        assert_eq!(serde_json::from_str::<Sample>("{}").expect("empty"), Sample::default());
        let text = r#"{"services":{"known":"listed","units":[{"name":"a.service","state":"failed"}]},"reboot":{"required":true}}"#;
        assert!(serde_json::from_str::<Sample>(text).is_ok());
        for bad in
            [r#"{"gpu":1}"#, r#"{"cpu_percent":"90"}"#, r#"{"cpu_percent":1e999}"#, r#"{"services":{"known":"listed","units":[{"name":"a","state":"angry"}]}}"#]
        {
            assert!(serde_json::from_str::<Sample>(bad).is_err(), "{bad}");
        }
    }
}
