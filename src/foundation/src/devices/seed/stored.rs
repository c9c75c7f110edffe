//! Invented devices as rows.

use domain::{
    Moment, Refusal,
    devices::{
        Report,
        report::{Update, Updates},
        status::{Standing, late_for, online_for},
    },
    ids::{ChangeId, DeviceId},
    patching::Targets,
    time::DAY,
};
use sea_orm::{Set, sea_query::OnConflict};

use super::{
    super::{
        enrol::new_device,
        intake::search,
        rows::{change, device, document, inventory, update},
    },
    SeedDevice,
};
use crate::{
    Failure, Writing, fresh_id,
    patching::{SeedPatched, rows::Trust, trust_in},
    secrets,
};

impl Writing {
    /// Makes devices with all that they reported.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_devices(&self, devices: Vec<SeedDevice>, now: Moment) -> Result<(), Failure> {
        self.only_demo()?;
        let (mut rows, mut documents, mut inventories, mut updates, mut changes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut patched = Vec::new();
        for mut seed in devices {
            let id: DeviceId = fresh_id();
            let seen = seed.last_seen.unwrap_or_default().0;
            if let Some(hardware) = &seed.report.hardware {
                let (hash, row) = self.document(hardware, now)?;
                documents.push(row);
                inventories.push(self.inventory(id, "hardware", hash, 1, seen));
            }
            if let Some(software) = &seed.software {
                inventories.push(self.inventory(id, "software", software.hash.clone(), software.entries, seen));
            }
            if let Some(Updates::Listed { items, .. }) = &seed.report.updates {
                updates.extend(items.iter().map(|item| self.update_row(id, item)));
            }
            changes.extend(seed.history.iter().map(|(at, kind, subject, old, new)| change::ActiveModel {
                tenant_id: Set(self.id().0),
                id: Set(fresh_id::<ChangeId>().0),
                device_id: Set(id.0),
                at: Set(at.0),
                kind: Set((*kind).to_owned()),
                subject: Set(subject.clone()),
                old: Set(old.clone()),
                new: Set(new.clone()),
            }));
            patched.extend(patches(id, &mut seed, now));
            rows.push(self.device_row(id, &seed));
        }
        self.insert_many(rows).await?;
        self.add_documents(documents).await?;
        self.insert_many(inventories).await?;
        self.insert_many(updates).await?;
        self.insert_many(changes).await?;
        self.seed_patches(patched).await
    }

    fn inventory(&self, device: DeviceId, section: &str, hash: Vec<u8>, entries: i64, received_at: i64) -> inventory::ActiveModel {
        inventory::ActiveModel {
            tenant_id: Set(self.id().0),
            device_id: Set(device.0),
            section: Set(section.to_owned()),
            hash: Set(hash),
            entries: Set(entries),
            received_at: Set(received_at),
        }
    }

    fn update_row(&self, device: DeviceId, item: &Update) -> update::ActiveModel {
        update::ActiveModel {
            tenant_id: Set(self.id().0),
            device_id: Set(device.0),
            name: Set(item.name.clone()),
            arch: Set(item.arch.clone().unwrap_or_default()),
            installed: Set(item.installed.clone()),
            candidate: Set(item.candidate.clone()),
            origin: Set(item.origin.clone()),
            security: Set(item.security.map_or(-1, i16::from)),
        }
    }

    fn device_row(&self, id: DeviceId, seed: &SeedDevice) -> device::ActiveModel {
        let report = &seed.report;
        let seen = seed.last_seen.unwrap_or_default().0;
        let until = |span: i64| if seen > 0 { seen + span } else { 0 };
        let interfaces = report.hardware.iter().flat_map(|hardware| &hardware.interfaces);
        let address = interfaces.filter(|interface| interface.name != "lo").flat_map(|interface| &interface.addresses).next().cloned();
        let (pending, security, lists_at, reason) = waiting(report);
        device::ActiveModel {
            client_id: Set(seed.client.0),
            site_id: Set(seed.site.0),
            standing: Set(seed.standing.word().into()),
            search: Set(search(report, address.as_deref())),
            kind: Set(report.identity.kind.word().into()),
            os_family: Set(report.os.family.clone()),
            os_name: Set(report.os.name.clone()),
            os_version: Set(report.os.version.clone()),
            kernel: Set(report.os.kernel.clone()),
            arch: Set(report.os.arch.clone()),
            machine_uuid: Set(report.identity.machine_uuid.clone()),
            serial: Set(report.identity.serial.clone()),
            maker: Set(report.identity.maker.clone()),
            model: Set(report.identity.model.clone()),
            address: Set(address),
            users_logged_in: Set(report.state.users_logged_in.map(i64::from)),
            booted_at: Set(report.state.booted_at.map(|at| at.0)),
            reboot_required: Set(report.state.reboot_required.map_or(-1, i16::from)),
            updates_pending: Set(pending),
            updates_security: Set(security),
            updates_lists_at: Set(lists_at),
            updates_reason: Set(reason),
            agent_name: Set(report.agent.name.clone()),
            agent_version: Set(report.agent.version.clone()),
            dropped_environment: Set(report.dropped.environment.into()),
            dropped_processes: Set(report.dropped.processes.into()),
            dropped_users: Set(report.dropped.users.into()),
            last_seen_at: Set(seen),
            online_until: Set(until(online_for(seed.every_s))),
            late_until: Set(until(late_for(seed.every_s))),
            inventory_at: Set(seen),
            ..new_device(self.id().0, id.0, &report.identity.hostname, seed.every_s, seed.enrolled_at)
        }
    }

    pub(super) fn document<T: serde::Serialize>(&self, content: &T, now: Moment) -> Result<(Vec<u8>, document::ActiveModel), Failure> {
        let body = serde_json::to_string(content).map_err(|error| Refusal::Conflict(error.to_string()))?;
        let hash = secrets::hash(body.as_bytes());
        Ok((hash.clone(), document::ActiveModel { tenant_id: Set(self.id().0), hash: Set(hash), body: Set(body), created_at: Set(now.0) }))
    }

    pub(super) async fn add_documents(&self, rows: Vec<document::ActiveModel>) -> Result<(), Failure> {
        let same = OnConflict::columns([document::Column::TenantId, document::Column::Hash]).do_nothing().to_owned();
        self.upsert(rows, same).await
    }
}

fn waiting(report: &Report) -> (i32, i32, Option<i64>, Option<String>) {
    let number = |items: usize| i32::try_from(items).unwrap_or(i32::MAX);
    match &report.updates {
        None => (-1, -1, None, None),
        Some(Updates::Unknown { reason }) => (-1, -1, None, Some(reason.clone())),
        Some(Updates::Listed { lists_at, items }) => {
            let security = items.iter().filter(|item| item.security == Some(true)).count();
            (number(items.len()), number(security), lists_at.map(|at| at.0), None)
        }
    }
}

/// How updates stand on a device that is in service and reported them.
fn patches(id: DeviceId, seed: &mut SeedDevice, now: Moment) -> Option<SeedPatched> {
    let patches = seed.patches.take()?;
    let silent = now.0 - i64::from(Targets::default().unseen_days) * DAY;
    let trust = match seed.report.updates.as_ref().filter(|_| seed.standing == Standing::Active)? {
        _ if seed.last_seen.is_none_or(|seen| seen.0 < silent) => Trust::Silent,
        Updates::Listed { lists_at, .. } => trust_in(*lists_at, seed.last_seen.unwrap_or_default()),
        Updates::Unknown { .. } => Trust::NoLists,
    };
    Some(SeedPatched { device: id.0, client: seed.client.0, trust, patches })
}
