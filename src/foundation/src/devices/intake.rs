//! A report becomes rows. The device is the credential's, never one that the report names.

use domain::{
    Moment, Refusal,
    alerts::Asked,
    devices::{
        Report,
        change::{self, Difference},
        report::Updates,
        status::Standing,
    },
    ids::{ChangeId, ClientId, DeviceId},
};
use sea_orm::{
    Set,
    prelude::Expr,
    sea_query::{ExprTrait, OnConflict},
};

pub(crate) use super::describe::{contact, search};
use super::{
    describe::plausible,
    rows::{change as change_rows, check_in, device::Column},
};
use crate::{Failure, Writing, fresh_id, tenancy::SeenDevice};

/// Which agent a report came through.
#[derive(Debug, Clone)]
pub enum Source {
    /// Our own agent; the number of its report.
    Own {
        /// Grows with every report.
        sequence: i64,
    },
    /// Any other, by the id it gave itself. It is unique only under its enrolment key.
    Foreign {
        /// The agent's DEVICEID.
        id: String,
    },
}

/// What became of a report that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// Stored.
    Stored {
        /// The device.
        device: DeviceId,
        /// A section is missing here: send everything next time.
        send_all: bool,
        /// What its agent is to look at by name.
        asked: Asked,
    },
    /// It was here already; nothing changed.
    Duplicate,
    /// The device waits for approval; only what tells which machine it is, and its contact, are kept.
    Pending,
    /// Its identity changed under its credential; nothing of it is kept.
    Quarantined(String),
}

impl Writing {
    /// Stores `report` for `device`.
    pub(super) async fn take(&self, device: &SeenDevice, report: &Report, every_s: i64, now: Moment) -> Result<Received, Failure> {
        let standing: Standing = device.row.standing.parse().unwrap_or(Standing::Quarantined);
        match standing {
            Standing::Retired => return Err(Refusal::Conflict(retired(device)).into()),
            Standing::Quarantined => return Ok(Received::Quarantined(device.row.standing_reason.clone().unwrap_or_default())),
            Standing::Pending => {
                self.introduce(device, report, every_s, now, Vec::new()).await?;
                return Ok(Received::Pending);
            }
            Standing::Active => {}
        }
        let mut differences = self.keep_sections(device, report, now).await?;
        differences.extend(facts(device, report, now));
        self.describe(device, report, every_s, now).await?;
        self.note_changes(device, differences, now).await?;
        self.add_check_ins(ClientId(device.row.client_id), now, 1).await?;
        self.verify_turns(device, report, now).await?;
        let asked = self.watch(device, report.sample.as_ref(), every_s, now).await?;
        let send_all = self.software_count(device).await?.is_none();
        Ok(Received::Stored { device: device.id(), send_all, asked })
    }

    /// Stops a device whose identity is no longer the one that was enrolled.
    pub(super) async fn quarantine(&self, device: &SeenDevice, reason: String, now: Moment) -> Result<Received, Failure> {
        let values = [(Column::Standing, Expr::value(Standing::Quarantined.word())), (Column::StandingReason, Expr::value(reason.clone()))];
        self.forget_updates_of(device).await?;
        self.update_device(device, values).await?;
        self.clear_alerts_of(device, now).await?;
        let difference = Difference::between("standing", "Quarantined", None, Some(&reason));
        self.note_changes(device, difference.into_iter().collect(), now).await?;
        Ok(Received::Quarantined(reason))
    }

    async fn keep_sections(&self, device: &SeenDevice, report: &Report, now: Moment) -> Result<Vec<Difference>, Failure> {
        let (mut differences, mut changed) = (Vec::new(), false);
        if let Some(hardware) = &report.hardware {
            let old = self.section::<domain::devices::report::Hardware>(device).await?;
            if self.keep_section(device, hardware, now).await?.is_some() {
                differences.extend(old.map(|old| change::hardware(&old.content, hardware)).unwrap_or_default());
            }
        }
        if let Some(software) = &report.software {
            let kept = self.keep_software(device, software, now).await?;
            changed = kept.is_some();
            differences.extend(kept.unwrap_or_default());
        }
        if let Some(Updates::Listed { items, .. }) = &report.updates {
            changed |= self.keep_updates(device, items).await?;
        }
        self.keep_pairs(device, report, changed, now).await?;
        Ok(differences)
    }

    pub(super) async fn note_changes(&self, device: &SeenDevice, differences: Vec<Difference>, now: Moment) -> Result<(), Failure> {
        let rows = differences.into_iter().map(|difference| change_rows::ActiveModel {
            tenant_id: Set(self.id().0),
            id: Set(fresh_id::<ChangeId>().0),
            device_id: Set(device.row.id),
            at: Set(now.0),
            kind: Set(difference.kind.to_owned()),
            subject: Set(difference.subject),
            old: Set(difference.old),
            new: Set(difference.new),
        });
        self.insert_many(rows.collect()).await
    }

    /// Adds `reports` to the count of this hour.
    pub(super) async fn add_check_ins(&self, client: ClientId, now: Moment, reports: i64) -> Result<(), Failure> {
        use check_in::Column;
        let row = check_in::ActiveModel { tenant_id: Set(self.id().0), client_id: Set(client.0), hour_at: Set(now.hour().0), reports: Set(reports) };
        let more = Expr::col((check_in::Entity, Column::Reports)).add(reports);
        let conflict = OnConflict::columns([Column::TenantId, Column::ClientId, Column::HourAt]).value(Column::Reports, more).to_owned();
        self.upsert(vec![row], conflict).await
    }
}

/// What a device out of service is told: why, where somebody said so.
fn retired(device: &SeenDevice) -> String {
    device.row.standing_reason.as_ref().map_or_else(|| "this device is retired".into(), |reason| format!("this device is out of service: {reason}"))
}

/// What else changed: name, system, kernel, agent, a restart.
fn facts(device: &SeenDevice, report: &Report, now: Moment) -> Vec<Difference> {
    let row = &device.row;
    if row.os_name.is_empty() || report.os.name.is_empty() {
        return Vec::new();
    }
    let restart = row.booted_at.zip(plausible(report.state.booted_at, now)).filter(|(old, new)| change::restarted(*old, *new));
    [
        Difference::between("system", "Host name", Some(&row.hostname), Some(&report.identity.hostname)),
        Difference::between("system", "Operating system", Some(&row.os_name), Some(&report.os.name)),
        Difference::between("system", "Kernel", row.kernel.as_deref(), report.os.kernel.as_deref()),
        Difference::between("agent", &report.agent.name, Some(&row.agent_version), Some(&report.agent.version)),
        restart.and_then(|_| Difference::between("restart", "Restarted", None, Some(""))).map(|d| Difference { new: None, ..d }),
    ]
    .into_iter()
    .flatten()
    .collect()
}
