//! Measures how this machine is doing, for alerts. What cannot be measured is left out; it never stops a report.

mod asked;
mod cpu;
mod memory;
mod processes;
mod reboot;
mod scripts;
mod security;
mod seen;
mod services;
mod unit;
mod volumes;

pub use asked::clean;

use std::path::Path;

use domain::{
    Moment,
    alerts::{Asked, Sample},
    devices::Report,
};

use self::seen::Seen;
use crate::collect;

/// Takes measured reports, one after the other, of the machine it runs on.
#[derive(Debug)]
pub struct Meter {
    cpu: cpu::Cpu,
    processes: processes::Watch,
    seen: Seen,
}

impl Meter {
    /// Remembers in the state folder `dir` when it first saw what waits.
    pub fn open(dir: &Path) -> Self {
        Self::with(Seen::open(dir))
    }

    /// Knows what is remembered in `dir`, if it can be read, and changes nothing there.
    pub fn looking(dir: &Path) -> Self {
        Self::with(Seen::looking(dir))
    }

    fn with(seen: Seen) -> Self {
        Self { cpu: cpu::Cpu::default(), processes: processes::Watch::default(), seen }
    }

    /// Everything the agent knows about this machine as of `now` by the device's clock, with what was measured. It takes a second
    /// longer when nothing was measured before.
    pub async fn report(&mut self, now: Moment, asked: &Asked) -> Report {
        // First: collecting is work too, and is not what the processors are asked about.
        let cpu_percent = self.cpu.percent().await;
        let mut report = collect::report(now).await;
        let sample = Sample {
            cpu_percent,
            memory_percent: memory::percent(),
            volumes: volumes::volumes(report.hardware.as_ref()),
            services: Some(services::services(&asked.units).await),
            processes: self.processes.look(&asked.processes).await,
            reboot: reboot::reboot(report.state.reboot_required, &mut self.seen, now),
            security: report.updates.as_ref().map(|updates| security::security(updates, &mut self.seen, now)),
            scripts: scripts::scripts(&asked.scripts).await,
        };
        self.seen.save();
        report.sample = Some(sample);
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn this_machine_is_measured_and_nothing_is_left_behind() {
        let dir = std::env::temp_dir().join(format!("portico-agent-measure-{}", std::process::id()));
        let now = crate::outside::now();
        let asked = Asked { units: vec!["no-such-unit.service".into()], processes: vec!["no-such-process".into()], scripts: Vec::new() };
        let sample = Meter::looking(&dir).report(now, &asked).await.sample.expect("a sample");
        let (checked, faults) = domain::alerts::clean(sample.clone(), now);
        assert_eq!((checked.sample(), faults.len()), (&sample, 0), "{faults:?}");
        assert!(sample.cpu_percent.is_some() && sample.memory_percent.is_some_and(|percent| percent > 0.0), "{sample:?}");
        assert!(sample.services.is_some() && sample.security.is_some() && !dir.exists());
    }
}
