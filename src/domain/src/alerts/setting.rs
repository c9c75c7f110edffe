//! What a condition asks for: its limits, how long, how bad, and whether it is watched at all.

use serde::{Deserialize, Serialize};

use super::{Key, Kind, Severity};

/// Two percentages: one raises, the other, on the better side of it, clears. Between them nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Beyond this is a breach, in whole percent.
    pub raise: u8,
    /// Up to this is clear again, in whole percent.
    pub clear: u8,
}

/// All that one condition asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Setting {
    /// Whether it is watched.
    pub on: bool,
    /// How bad it is.
    pub severity: Severity,
    /// The limits, for conditions that compare a percentage.
    pub limits: Option<Limits>,
    /// For how many seconds it must be so before an alert is raised.
    pub for_s: u32,
    /// For how many seconds it must be clear before its alert is resolved.
    pub clear_for_s: u32,
}

impl Limits {
    /// Whether `percent` is a breach; `low_is_bad` as [`Kind::percent`] says.
    pub fn breached(self, percent: f64, low_is_bad: bool) -> bool {
        if low_is_bad { percent < f64::from(self.raise) } else { percent > f64::from(self.raise) }
    }

    /// Whether `percent` is clear again, beyond the space between the limits.
    pub fn cleared(self, percent: f64, low_is_bad: bool) -> bool {
        if low_is_bad { percent >= f64::from(self.clear) } else { percent <= f64::from(self.clear) }
    }

    /// Whether the two stand in the right order and mean something.
    pub const fn fit(self, low_is_bad: bool) -> bool {
        let ordered = if low_is_bad { self.clear >= self.raise } else { self.clear <= self.raise };
        self.raise >= 1 && self.raise <= 99 && self.clear <= 100 && ordered
    }
}

impl Setting {
    /// What holds where no policy says otherwise. Processes and scripts are watched once a policy names them.
    pub const fn usual(kind: Kind) -> Self {
        const MINUTES: u32 = 60;
        const DAYS: u32 = 24 * 60 * MINUTES;
        let (limits, for_s, clear_for_s) = match kind {
            Kind::NotSeen => (None, 10 * MINUTES, 0),
            Kind::Cpu => (Some(Limits { raise: 95, clear: 85 }), 30 * MINUTES, 5 * MINUTES),
            Kind::Memory => (Some(Limits { raise: 90, clear: 85 }), 15 * MINUTES, 5 * MINUTES),
            Kind::Disk => (Some(Limits { raise: 10, clear: 12 }), 5 * MINUTES, 5 * MINUTES),
            Kind::DiskWarning => (Some(Limits { raise: 20, clear: 22 }), 30 * MINUTES, 5 * MINUTES),
            Kind::Service | Kind::Process => (None, 2 * MINUTES, 2 * MINUTES),
            Kind::Reboot | Kind::SecurityUpdates => (None, 7 * DAYS, 0),
            Kind::Script => (None, 0, 0),
        };
        Self { on: !matches!(kind, Kind::Process | Kind::Script), severity: kind.severity(), limits, for_s, clear_for_s }
    }

    /// What `key` asks for, as a sentence without its full stop: `CPU above 95 % for 30 min`. `named`: a policy names the subject itself.
    pub fn sentence(&self, key: &Key, named: bool) -> String {
        let subject = key.subject();
        let percent = self.limits.map_or(0, |limits| limits.raise);
        let what = match key.kind() {
            Kind::NotSeen => "Not seen".to_owned(),
            Kind::Cpu => format!("CPU above {percent} %"),
            Kind::Memory => format!("Memory above {percent} %"),
            Kind::Disk | Kind::DiskWarning => format!("Less than {percent} % free on {}", subject.unwrap_or("any disk")),
            Kind::Service => {
                subject.map_or_else(|| "Any systemd unit failed".to_owned(), |unit| format!("{unit} {}", if named { "failed or stopped" } else { "failed" }))
            }
            Kind::Process => format!("Process {} not running", subject.unwrap_or("that is named")),
            Kind::Reboot => "Restart pending".to_owned(),
            Kind::SecurityUpdates if self.for_s > 0 => return format!("Security updates older than {}", lasting(self.for_s)),
            Kind::SecurityUpdates => "Security updates waiting".to_owned(),
            Kind::Script => format!("Script {} failed", subject.unwrap_or("that is named")),
        };
        if self.for_s == 0 { what } else { format!("{what} for {}", lasting(self.for_s)) }
    }
}

/// Seconds in the largest unit that loses nothing: `90 s`, `10 min`, `36 h`, `7 d`.
pub fn lasting(seconds: u32) -> String {
    for (size, unit) in [(86_400, "d"), (3_600, "h"), (60, "min")] {
        if seconds >= size && seconds.is_multiple_of(size) {
            return format!("{} {unit}", seconds / size);
        }
    }
    format!("{seconds} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_settings_read_as_sentences() {
        let table = [
            ("not-seen", "Not seen for 10 min", Severity::High),
            ("disk:/var", "Less than 10 % free on /var for 5 min", Severity::Critical),
            ("disk-warning", "Less than 20 % free on any disk for 30 min", Severity::Medium),
            ("memory", "Memory above 90 % for 15 min", Severity::Medium),
            ("cpu", "CPU above 95 % for 30 min", Severity::Low),
            ("service", "Any systemd unit failed for 2 min", Severity::High),
            ("service:ssh.service", "ssh.service failed or stopped for 2 min", Severity::High),
            ("process:sshd", "Process sshd not running for 2 min", Severity::High),
            ("security-updates", "Security updates older than 7 d", Severity::Medium),
            ("reboot", "Restart pending for 7 d", Severity::Low),
            ("script:backup", "Script backup failed", Severity::Medium),
        ];
        for (key, sentence, severity) in table {
            let key: Key = key.parse().expect("a key");
            let setting = Setting::usual(key.kind());
            assert_eq!((setting.sentence(&key, true).as_str(), setting.severity), (sentence, severity));
            assert_eq!(setting.limits.is_some(), key.kind().percent().is_some());
            assert!(key.kind().percent().is_none_or(|low| setting.limits.is_some_and(|limits| limits.fit(low))));
        }
    }

    #[test]
    fn limits_leave_a_space_between() {
        let busy = Limits { raise: 90, clear: 85 };
        assert_eq!([84.9, 85.0, 88.0, 90.0, 90.1].map(|p| (busy.cleared(p, false), busy.breached(p, false))), {
            [(true, false), (true, false), (false, false), (false, false), (false, true)]
        });
        let full = Limits { raise: 10, clear: 12 };
        assert_eq!([9.9, 10.0, 11.9, 12.0].map(|p| (full.cleared(p, true), full.breached(p, true))), {
            [(false, true), (false, false), (false, false), (true, false)]
        });
        assert!(!Limits { raise: 90, clear: 91 }.fit(false) && !Limits { raise: 10, clear: 9 }.fit(true) && !Limits { raise: 0, clear: 0 }.fit(false));
    }

    #[test]
    fn spans_lose_nothing() {
        for (seconds, text) in [(0, "0 s"), (90, "90 s"), (600, "10 min"), (129_600, "36 h"), (604_800, "7 d")] {
            assert_eq!(lasting(seconds), text);
        }
    }
}
