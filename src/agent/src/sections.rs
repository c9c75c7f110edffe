//! Leaves out of a report what the server has already.

use std::fmt::Write;

use domain::{
    Moment,
    devices::{Report, report::Hardware},
    time::DAY,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the server accepted last: a hash for each section.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Known {
    hardware: Option<String>,
    software: Option<String>,
    updates: Option<String>,
    /// When all sections were accepted together, by the device's clock.
    all_at: Option<Moment>,
}

impl Known {
    /// `report` without the sections that are known, and what is known once the server accepted that.
    pub fn trim(&self, mut report: Report) -> (Report, Known) {
        let fresh = self.all_at.is_some_and(|at| report.taken_at.0.abs_diff(at.0) < DAY.unsigned_abs());
        let known = if fresh { self.clone() } else { Known::default() };
        let next = Known {
            hardware: leave_out(&mut report.hardware, known.hardware.as_ref(), |hardware| hash(&coarse(hardware))),
            software: leave_out(&mut report.software, known.software.as_ref(), hash),
            updates: leave_out(&mut report.updates, known.updates.as_ref(), hash),
            all_at: if fresh { known.all_at } else { Some(report.taken_at) },
        };
        (report, next)
    }
}

fn leave_out<T>(section: &mut Option<T>, known: Option<&String>, hash: impl Fn(&T) -> String) -> Option<String> {
    let Some(content) = section.as_ref() else { return known.cloned() };
    let hash = hash(content);
    if known == Some(&hash) {
        *section = None;
    }
    Some(hash)
}

/// Free space moves all the time: only a whole percent counts as a change.
fn coarse(hardware: &Hardware) -> Hardware {
    let mut hardware = hardware.clone();
    for volume in &mut hardware.volumes {
        let percent = (volume.total_bytes / 100).max(1);
        volume.free_bytes = volume.free_bytes.map(|free| free / percent);
    }
    hardware
}

fn hash<T: Serialize>(content: &T) -> String {
    sha256_hex(&serde_json::to_vec(content).unwrap_or_default())
}

/// The SHA-256 of `bytes` in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use domain::{
        alerts::Sample,
        devices::report::{Package, Updates, Volume},
    };

    use super::*;

    fn full(taken_at: i64) -> Report {
        let volume = Volume { mount: "/".into(), total_bytes: 1000, free_bytes: Some(505), ..Volume::default() };
        Report {
            taken_at: Moment(taken_at),
            hardware: Some(Hardware { volumes: vec![volume], ..Hardware::default() }),
            software: Some(vec![Package { name: "bash".into(), ..Package::default() }]),
            updates: Some(Updates::Unknown { reason: "no lists".into() }),
            sample: Some(Sample { cpu_percent: Some(1.0), ..Sample::default() }),
            ..Report::default()
        }
    }

    fn sent(report: &Report) -> [bool; 3] {
        [report.hardware.is_some(), report.software.is_some(), report.updates.is_some()]
    }

    fn free(report: &mut Report, bytes: u64) {
        report.hardware.as_mut().expect("hardware").volumes[0].free_bytes = Some(bytes);
    }

    #[test]
    fn only_what_changed_is_sent() {
        let (first, known) = Known::default().trim(full(0));
        assert_eq!(sent(&first), [true, true, true]);
        assert_eq!(sent(&known.trim(full(1)).0), [false, false, false]);
        assert_eq!(known.trim(full(1)).0.sample, full(1).sample, "what was measured is sent each time");
        let mut changed = full(2);
        changed.software.as_mut().expect("software")[0].version = "2".into();
        free(&mut changed, 507);
        assert_eq!(sent(&known.trim(changed).0), [false, true, false]);
        let mut fuller = full(3);
        free(&mut fuller, 490);
        assert_eq!(sent(&known.trim(fuller).0), [true, false, false]);
    }

    #[test]
    fn everything_is_sent_again_after_a_day() {
        let (_, known) = Known::default().trim(full(0));
        assert_eq!(sent(&known.trim(full(DAY - 1)).0), [false, false, false]);
        let (again, known) = known.trim(full(DAY));
        assert_eq!(sent(&again), [true, true, true]);
        assert_eq!(sent(&known.trim(full(DAY + 1)).0), [false, false, false]);
    }

    #[test]
    fn a_section_that_could_not_be_read_stays_known() {
        let (_, known) = Known::default().trim(full(0));
        let (_, known) = known.trim(Report { software: None, ..full(1) });
        assert_eq!(sent(&known.trim(full(2)).0), [false, false, false]);
    }
}
