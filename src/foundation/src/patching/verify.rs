//! A fresh report verifies what a run installed on its device.

use domain::{
    Moment,
    devices::{
        Report,
        report::{Package, Updates},
    },
    ids::RunId,
    jobs::Priority,
    patching::{
        install::{Request, Wanted},
        run::{Limits, TurnEvent},
        verify::Scan,
    },
};

use super::rows::turn;
use crate::{
    Failure, Writing,
    jobs::{Actor, Work},
    tenancy::SeenDevice,
};

/// A run goes on: devices are asked, time is looked at, and it ends with its last device.
pub const RUN_GOES_ON: &str = "update run";

impl Writing {
    /// Lets `report` tell what runs wait to know of `device`.
    pub(crate) async fn verify_turns(&self, device: &SeenDevice, report: &Report, now: Moment) -> Result<(), Failure> {
        let turns = self.turns_to_verify(device).await?;
        if matches!(report.updates, Some(Updates::Unknown { .. })) {
            return Ok(());
        }
        let reboot = report.state.reboot_required == Some(true);
        for row in &turns {
            // Both instants are by the device's own clock, however wrong that is.
            let after = row.told_at.is_none_or(|told| told <= report.taken_at.0);
            self.verify_turn(device, row, reboot, after, now).await?;
        }
        Ok(())
    }

    /// Compares what a turn of `device` was to install with what the device reported last. That nothing is missing is believed at any time,
    /// that something is only of a report that was taken `after` the installation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_turn(&self, device: &SeenDevice, row: &turn::Model, reboot: bool, after: bool, now: Moment) -> Result<(), Failure> {
        let run = RunId(row.run_id);
        let (Some(turn), Some(request)) = (row.turn(), self.request_of(device, run).await?) else { return Ok(()) };
        let packages: Vec<Package> = self.software(device).await?.map(|section| section.content).unwrap_or_default();
        let whole = Scan::of(&packages, &[]).verify(&request).is_whole();
        if !whole && !after {
            return Ok(());
        }
        let Ok(next) = turn.on(TurnEvent::Scan { whole, reboot }, now, &Limits::default()) else { return Ok(()) };
        if next != turn {
            self.change_turn(device, row, &next, row.command_id.map(domain::ids::CommandId), row.line.clone()).await?;
            self.go_on(run, now).await?;
        }
        Ok(())
    }

    /// What `device` was last asked to install in a run.
    async fn request_of(&self, device: &SeenDevice, run: RunId) -> Result<Option<Request>, Failure> {
        let asked = self.wants_of(device, run).await?.into_iter().filter(|want| want.asked).map(|want| want.update_id);
        let rows = self.catalogue_of(asked).await?;
        let wanted: Vec<Wanted> = rows.values().filter_map(|row| Wanted::of(&row.update()?.key).ok()).collect();
        let source = wanted.first().map(|wanted| wanted.key().source);
        Ok(source.and_then(|source| Request::new(run, 1, None, source, wanted).ok()))
    }

    /// Has the run go on now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn go_on(&self, run: RunId, at: Moment) -> Result<(), Failure> {
        let work = Work { kind: RUN_GOES_ON, subject: run.to_string(), priority: Priority::Normal, at, by: Actor::Platform };
        self.enqueue(work, at).await
    }
}
