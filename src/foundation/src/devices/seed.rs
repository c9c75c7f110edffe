//! Many devices at once, as if each had reported: for the demo, and only in tenants that the demo made.

use domain::{
    Moment, Refusal,
    devices::{
        Report,
        report::{Package, Update, Updates},
        status::{Standing, late_for, online_for},
    },
    ids::{ChangeId, ClientId, DeviceId, SiteId},
};
use sea_orm::{ColumnTrait, Condition, Set, prelude::Expr, sea_query::OnConflict};

use super::{
    enrol::new_device,
    intake::{contact, search},
    rows::{change, check_in, device, document, inventory, update},
};
use crate::{Failure, Principal, Writing, fresh_id, secrets};

/// The job that may do this.
pub const DEMO: Principal = Principal::Job("demo");

/// How often invented devices report, in seconds.
const EVERY_S: i64 = 300;

/// A device to make.
#[derive(Debug, Clone)]
pub struct SeedDevice {
    /// Whose.
    pub client: ClientId,
    /// Where.
    pub site: SiteId,
    /// What it last said; its software is in `software`.
    pub report: Report,
    /// Its packages, stored already.
    pub software: Option<SeedDocument>,
    /// What people decided about it.
    pub standing: Standing,
    /// When it was enrolled.
    pub enrolled_at: Moment,
    /// Its last contact.
    pub last_seen: Option<Moment>,
    /// How often it reports.
    pub every_s: i64,
    /// When, kind, subject, before and after of each change.
    pub history: Vec<(Moment, &'static str, String, Option<String>, Option<String>)>,
}

/// A list of packages that is stored already.
#[derive(Debug, Clone)]
pub struct SeedDocument {
    hash: Vec<u8>,
    entries: i64,
}

impl Writing {
    fn only_demo(&self) -> Result<(), Refusal> {
        if self.who().principal == DEMO { Ok(()) } else { Err(Refusal::Forbidden("demo")) }
    }

    /// Stores a list of packages that devices can share.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_software(&self, packages: &[Package], now: Moment) -> Result<SeedDocument, Failure> {
        self.only_demo()?;
        let (document, row) = self.document(&packages.to_vec(), now)?;
        self.add_documents(vec![row]).await?;
        Ok(SeedDocument { hash: document, entries: i64::try_from(packages.len()).unwrap_or(i64::MAX) })
    }

    fn document<T: serde::Serialize>(&self, content: &T, now: Moment) -> Result<(Vec<u8>, document::ActiveModel), Failure> {
        let body = serde_json::to_string(content).map_err(|error| Refusal::Conflict(error.to_string()))?;
        let hash = secrets::hash(body.as_bytes());
        Ok((hash.clone(), document::ActiveModel { tenant_id: Set(self.id().0), hash: Set(hash), body: Set(body), created_at: Set(now.0) }))
    }

    async fn add_documents(&self, rows: Vec<document::ActiveModel>) -> Result<(), Failure> {
        let same = OnConflict::columns([document::Column::TenantId, document::Column::Hash]).do_nothing().to_owned();
        self.upsert(rows, same).await
    }

    /// Makes devices with all that they reported.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_devices(&self, devices: Vec<SeedDevice>, now: Moment) -> Result<(), Failure> {
        self.only_demo()?;
        let (mut rows, mut documents, mut inventories, mut updates, mut changes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for seed in devices {
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
            rows.push(self.device_row(id, &seed));
        }
        self.insert_many(rows).await?;
        self.add_documents(documents).await?;
        self.insert_many(inventories).await?;
        self.insert_many(updates).await?;
        self.insert_many(changes).await
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

    /// Adds reports to the counts of past hours: client, hour, reports.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_check_ins(&self, counts: Vec<(ClientId, Moment, i64)>) -> Result<(), Failure> {
        self.only_demo()?;
        let row = |(client, hour, reports): (ClientId, Moment, i64)| check_in::ActiveModel {
            tenant_id: Set(self.id().0),
            client_id: Set(client.0),
            hour_at: Set(hour.hour().0),
            reports: Set(reports),
        };
        let key = [check_in::Column::TenantId, check_in::Column::ClientId, check_in::Column::HourAt];
        let replace = OnConflict::columns(key).update_column(check_in::Column::Reports).to_owned();
        self.upsert(counts.into_iter().map(row).collect(), replace).await
    }

    /// Lets the invented devices of `client` that are due report again: those last seen between `from` and `to` ago.
    /// Real devices, which have an enrolment key, are left alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_contacts(&self, client: ClientId, now: Moment, from: i64, to: i64) -> Result<(), Failure> {
        use device::Column;
        self.only_demo()?;
        let due = invented()
            .add(Column::ClientId.eq(client.0))
            .add(Column::Standing.eq(Standing::Active.word()))
            .add(Column::LastSeenAt.gte((now - to).0))
            .add(Column::LastSeenAt.lt((now - from).0));
        let reports = self.update::<device::Entity>(due, contact(now, EVERY_S)).await?;
        if reports > 0 { self.add_check_ins(client, now, i64::try_from(reports).unwrap_or(i64::MAX)).await } else { Ok(()) }
    }

    /// The newest contact of the invented devices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_newest(&self) -> Result<Option<Moment>, Failure> {
        let newest = self.find::<device::Entity>().filter(invented()).order_by(device::Column::LastSeenAt, sea_orm::Order::Desc).limit(1);
        Ok(newest.one().await?.map(|row| Moment(row.last_seen_at)))
    }

    /// Moves every instant of the demo's devices by `by` milliseconds, so that a demo that slept wakes up as it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_shift(&self, by: i64) -> Result<u64, Failure> {
        use device::Column;
        use sea_orm::sea_query::ExprTrait;
        self.only_demo()?;
        let seen = invented().add(Column::LastSeenAt.gt(0));
        let later = |column: Column| (column, Expr::col(column).add(by));
        let values = [Column::LastSeenAt, Column::OnlineUntil, Column::LateUntil, Column::InventoryAt].map(later);
        self.update::<device::Entity>(seen, values).await
    }
}

/// Devices that no machine stands behind.
fn invented() -> Condition {
    Condition::all().add(device::Column::EnrolmentKeyId.is_null())
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
