//! Devices that look like one machine: finding the twin, keeping both, or making one of two.

use domain::{
    Moment, Refusal,
    devices::{change::Difference, status::Standing},
};
use sea_orm::{
    ColumnTrait, Condition, Order, Set,
    prelude::Expr,
    sea_query::{ExprTrait, OnConflict},
};

use super::{
    describe::with_given,
    rows::{
        agent_key, change,
        device::{self, Column, Entity, Model},
        device_tag, inventory, kept_apart, update,
    },
};
use crate::{Failure, Tenant, Writing, tenancy::SeenDevice};

impl Tenant {
    /// Another device of the same client that says it is the same machine, unless somebody said that they are two.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn duplicate_of(&self, device: &SeenDevice) -> Result<Option<Model>, Failure> {
        let Some(uuid) = device.row.machine_uuid.clone().filter(|_| device.row.standing != Standing::Retired.word()) else { return Ok(None) };
        let apart = self.find_of::<kept_apart::Entity>(device).all().await?;
        let twins = self.find::<Entity>().filter(Column::ClientId.eq(device.row.client_id)).filter(Column::MachineUuid.eq(uuid));
        let others = Column::Id.ne(device.row.id).and(Column::Id.is_not_in(apart.iter().map(|row| row.other_id)));
        twins.filter(others).filter(Column::Standing.ne(Standing::Retired.word())).order_by(Column::Id, Order::Asc).one().await
    }

    /// Whether `one` and `other` still look like one machine.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn are_twins(&self, one: &SeenDevice, other: &SeenDevice) -> Result<bool, Failure> {
        let apart = self.find_of::<kept_apart::Entity>(one).filter(kept_apart::Column::OtherId.eq(other.row.id)).count().await? > 0;
        let in_service = |row: &Model| row.standing != Standing::Retired.word();
        let same = one.row.client_id == other.row.client_id && one.row.machine_uuid.is_some() && one.row.machine_uuid == other.row.machine_uuid;
        Ok(same && !apart && one.row.id != other.row.id && in_service(&one.row) && in_service(&other.row))
    }

    /// The words that people gave `device`, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn words_on(&self, device: &SeenDevice) -> Result<Vec<String>, Failure> {
        let rows = self.find_of::<device_tag::Entity>(device).order_by(device_tag::Column::Tag, Order::Asc).all().await?;
        Ok(rows.into_iter().map(|row| row.tag).collect())
    }

    /// Whether an agent of our own reports as `device`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_own_agent(&self, device: &SeenDevice) -> Result<bool, Failure> {
        Ok(self.find_of::<agent_key::Entity>(device).filter(agent_key::Column::RevokedAt.is_null()).count().await? > 0)
    }
}

impl Writing {
    /// Notes that two devices are two, so that nobody is asked again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_apart(&self, one: &SeenDevice, other: &SeenDevice, now: Moment) -> Result<(), Failure> {
        let row = |device: &SeenDevice, other: &SeenDevice| kept_apart::ActiveModel {
            tenant_id: Set(self.id().0),
            device_id: Set(device.row.id),
            other_id: Set(other.row.id),
            kept_at: Set(now.0),
        };
        let key = [kept_apart::Column::TenantId, kept_apart::Column::DeviceId, kept_apart::Column::OtherId];
        self.upsert(vec![row(one, other), row(other, one)], OnConflict::columns(key).do_nothing().to_owned()).await
    }

    /// Makes one device of two: `kept` stays, with the history, tags and agents of `other`, which is deleted.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when one of them is quarantined.
    pub async fn merge_devices(&self, kept: &SeenDevice, other: &SeenDevice, now: Moment) -> Result<(), Failure> {
        let quarantined = |device: &SeenDevice| device.row.standing == Standing::Quarantined.word();
        if quarantined(kept) || quarantined(other) {
            return Err(Refusal::Conflict("One of the two is quarantined. Settle that first; nothing was merged.".into()).into());
        }
        let every = Condition::all;
        self.update_of::<change::Entity>(other, every(), [(change::Column::DeviceId, Expr::value(kept.row.id))]).await?;
        self.update_of::<agent_key::Entity>(other, every(), [(agent_key::Column::DeviceId, Expr::value(kept.row.id))]).await?;
        self.keep_work_of(kept, other).await?;
        self.move_turns(kept, other, now).await?;
        self.merge_decisions(kept, other).await?;
        self.copy_tags(kept, other).await?;
        self.forget_software_of(kept).await?;
        self.forget_software_of(other).await?;
        let fresher = other.row.inventory_at > kept.row.inventory_at;
        if fresher {
            self.move_inventory(kept, other).await?;
            self.move_updates(kept, other).await?;
        }
        self.delete::<Entity>(Column::Id.eq(other.row.id)).await?;
        let values = foreign(&kept.row, &other.row).into_iter().chain(fresher.then(|| told(&other.row)).into_iter().flatten());
        let values: Vec<_> = values.chain(contact(&kept.row, &other.row)).chain(words(&kept.row, &other.row)).collect();
        if !values.is_empty() {
            self.update::<Entity>(Column::Id.eq(kept.row.id), values).await?;
        }
        self.settle_merged(kept, other).await?;
        // Only now it says what it is and whether it is in service.
        self.count_software_of(kept).await?;
        let name = format!("{}, enrolled as {}", other.row.hostname, other.id());
        self.note_changes(kept, Difference::between("standing", "Merged with", None, Some(&name)).into_iter().collect(), now).await
    }

    /// A device that was let in once stays in; and it is found by what it is called now.
    async fn settle_merged(&self, kept: &SeenDevice, other: &SeenDevice) -> Result<(), Failure> {
        let active = |device: &SeenDevice| device.row.standing == Standing::Active.word();
        if active(other) && !active(kept) {
            let values = [(Column::Standing, Expr::value(Standing::Active.word())), (Column::StandingReason, Expr::value(None::<String>))];
            self.update_device(kept, values).await?;
        }
        let merged = self.device(kept.id()).await?;
        let search = with_given(&merged.row.search, merged.row.display_name.as_deref(), &self.words_on(&merged).await?);
        self.update_device(&merged, [(Column::Search, Expr::value(search))]).await
    }

    /// Commands, and alerts that are over, go with the history; what is still wrong is raised again by the next report.
    async fn keep_work_of(&self, kept: &SeenDevice, other: &SeenDevice) -> Result<(), Failure> {
        use crate::{alerts::rows::alert, commands::rows::command};
        self.update_of::<command::Entity>(other, Condition::all(), [(command::Column::DeviceId, Expr::value(kept.row.id))]).await?;
        let over = alert::Column::Live.eq(false);
        self.update_of::<alert::Entity>(other, over, [(alert::Column::DeviceId, Expr::value(kept.row.id))]).await?;
        self.drop_policy_of(other).await
    }

    async fn copy_tags(&self, kept: &SeenDevice, other: &SeenDevice) -> Result<(), Failure> {
        let tag = |tag: String| device_tag::ActiveModel { tenant_id: Set(self.id().0), device_id: Set(kept.row.id), tag: Set(tag) };
        let tags = self.words_on(other).await?.into_iter().map(tag).collect();
        let key = [device_tag::Column::TenantId, device_tag::Column::DeviceId, device_tag::Column::Tag];
        self.upsert(tags, OnConflict::columns(key).do_nothing().to_owned()).await
    }

    /// The newer inventory takes the place of the older one.
    async fn move_inventory(&self, kept: &SeenDevice, other: &SeenDevice) -> Result<(), Failure> {
        self.delete_of::<inventory::Entity>(kept).await?;
        self.delete_of::<update::Entity>(kept).await?;
        self.update_of::<inventory::Entity>(other, Condition::all(), [(inventory::Column::DeviceId, Expr::value(kept.row.id))]).await?;
        self.update_of::<update::Entity>(other, Condition::all(), [(update::Column::DeviceId, Expr::value(kept.row.id))]).await.map(drop)
    }
}

/// Whose foreign identity stays: a device has room for one, and the one that reported last is the one in use.
pub fn stays_foreign(kept: &Model, other: &Model) -> bool {
    other.foreign_id.is_none() || (kept.foreign_id.is_some() && kept.last_seen_at >= other.last_seen_at)
}

fn foreign(kept: &Model, other: &Model) -> Vec<(Column, Expr)> {
    if stays_foreign(kept, other) {
        return Vec::new();
    }
    vec![(Column::EnrolmentKeyId, Expr::value(other.enrolment_key_id)), (Column::ForeignId, Expr::value(other.foreign_id.clone()))]
}

/// A name that people gave stays, and so does every note.
fn words(kept: &Model, other: &Model) -> Vec<(Column, Expr)> {
    let note = match (&kept.note, &other.note) {
        (Some(mine), Some(theirs)) => Some(format!("{mine}\n\n{theirs}")),
        (None, Some(theirs)) => Some(theirs.clone()),
        _ => None,
    };
    let name = other.display_name.clone().filter(|_| kept.display_name.is_none());
    let (note, name) = (note.map(|note| (Column::Note, Expr::value(note))), name.map(|name| (Column::DisplayName, Expr::value(name))));
    note.into_iter().chain(name).collect()
}

/// The last contact is that of whichever reported last.
fn contact(kept: &Model, other: &Model) -> Vec<(Column, Expr)> {
    if kept.last_seen_at >= other.last_seen_at {
        return Vec::new();
    }
    vec![
        (Column::LastSeenAt, Expr::value(other.last_seen_at)),
        (Column::OnlineUntil, Expr::value(other.online_until)),
        (Column::LateUntil, Expr::value(other.late_until)),
        (Column::EveryS, Expr::value(other.every_s)),
    ]
}

/// What a machine says about itself.
fn told(row: &device::Model) -> Vec<(Column, Expr)> {
    let text = |text: &Option<String>| Expr::value(text.clone());
    vec![
        (Column::Hostname, Expr::value(row.hostname.clone())),
        (Column::Search, Expr::value(row.search.clone())),
        (Column::Kind, Expr::value(row.kind.clone())),
        (Column::OsFamily, Expr::value(row.os_family.clone())),
        (Column::OsName, Expr::value(row.os_name.clone())),
        (Column::OsVersion, text(&row.os_version)),
        (Column::Kernel, text(&row.kernel)),
        (Column::Arch, text(&row.arch)),
        (Column::Serial, text(&row.serial)),
        (Column::Maker, text(&row.maker)),
        (Column::Model, text(&row.model)),
        (Column::Address, text(&row.address)),
        (Column::UsersLoggedIn, Expr::value(row.users_logged_in)),
        (Column::BootedAt, Expr::value(row.booted_at)),
        (Column::RebootRequired, Expr::value(row.reboot_required)),
        (Column::UpdatesPending, Expr::value(row.updates_pending)),
        (Column::UpdatesSecurity, Expr::value(row.updates_security)),
        (Column::UpdatesListsAt, Expr::value(row.updates_lists_at)),
        (Column::UpdatesReason, text(&row.updates_reason)),
        (Column::AgentName, Expr::value(row.agent_name.clone())),
        (Column::AgentVersion, Expr::value(row.agent_version.clone())),
        (Column::DroppedEnvironment, Expr::value(row.dropped_environment)),
        (Column::DroppedProcesses, Expr::value(row.dropped_processes)),
        (Column::DroppedUsers, Expr::value(row.dropped_users)),
        (Column::InventoryAt, Expr::value(row.inventory_at)),
    ]
}
