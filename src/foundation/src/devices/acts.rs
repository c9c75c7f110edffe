//! What people do to a device: name it, put it somewhere else, tag it, note something, end it.

use domain::{
    Moment, Refusal,
    devices::{change::Difference, given, status::Standing},
    ids::{ClientId, EnrolmentKeyId, SiteId},
};
use sea_orm::{ColumnTrait, Condition, Order, Set, prelude::Expr, sea_query::OnConflict};

use super::{
    describe::with_given,
    enrol::NewKey,
    rows::{
        agent_key, change,
        device::{self, Column},
        device_tag, enrolment_key, removed_device,
    },
};
use crate::{
    Failure, Tenant, Writing,
    clients::rows::{client, site},
    tenancy::SeenDevice,
};

/// A site with its client.
#[derive(Debug, Clone, PartialEq)]
pub struct Whereabouts {
    /// The client.
    pub client: client::Model,
    /// The site.
    pub site: site::Model,
}

impl Tenant {
    /// A site within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn whereabouts(&self, id: SiteId) -> Result<Option<Whereabouts>, Failure> {
        let Some(site) = self.find::<site::Entity>().filter(site::Column::Id.eq(id.0)).one().await? else { return Ok(None) };
        let client = self.find::<client::Entity>().filter(client::Column::Id.eq(site.client_id)).one().await?;
        Ok(client.map(|client| Whereabouts { client, site }))
    }

    /// The name of an enrolment key within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enrolment_key_name(&self, id: EnrolmentKeyId) -> Result<Option<String>, Failure> {
        let row = self.find::<enrolment_key::Entity>().filter(enrolment_key::Column::Id.eq(id.0)).one().await?;
        Ok(row.map(|row| row.name))
    }

    /// The tags of `device`, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tags_of(&self, device: &SeenDevice) -> Result<Vec<String>, Failure> {
        let rows = self.find_of::<device_tag::Entity>(device).order_by(device_tag::Column::Tag, Order::Asc).all().await?;
        Ok(rows.into_iter().map(|row| row.tag).collect())
    }

    /// The keys that the agents of `device` ever had, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agent_keys(&self, device: &SeenDevice) -> Result<Vec<agent_key::Model>, Failure> {
        self.find_of::<agent_key::Entity>(device).order_by(agent_key::Column::CreatedAt, Order::Desc).limit(50).all().await
    }
}

impl Writing {
    /// Gives `device` a name; `None` takes the reported one back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn name_device(&self, device: &SeenDevice, name: Option<&str>) -> Result<(), Failure> {
        let search = with_given(&device.row.search, name, &self.tags_of(device).await?);
        self.update_device(device, [(Column::DisplayName, Expr::value(name.map(str::to_owned))), (Column::Search, Expr::value(search))]).await
    }

    /// Puts `device` at `place`; past reports stay counted where they were sent from. At another client, what was said of its former
    /// sites is no longer told, and keys that were to enrol it again end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn place_device(&self, device: &SeenDevice, place: &Whereabouts, now: Moment) -> Result<(), Failure> {
        if place.client.id != device.row.client_id {
            self.leave_client(device, now).await?;
        }
        self.move_alerts_of(device, place.client.id).await?;
        self.move_decisions_of(device, place.client.id).await?;
        self.forget_software_of(device).await?;
        self.update_device(device, [(Column::ClientId, Expr::value(place.client.id)), (Column::SiteId, Expr::value(place.site.id))]).await?;
        self.count_software_of(device).await?;
        self.follow_windows_of(device, now).await
    }

    async fn leave_client(&self, device: &SeenDevice, now: Moment) -> Result<(), Failure> {
        use change::Column as Change;
        self.end_unused_keys(device, now).await?;
        let moved = Condition::all().add(Change::Kind.eq("people")).add(Change::Subject.starts_with("Moved"));
        let nothing = || Expr::value(None::<String>);
        self.update_of::<change::Entity>(device, moved, [(Change::Old, nothing()), (Change::New, nothing())]).await.map(drop)
    }

    /// Adds a tag; says whether it is new.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there are too many, or the database fails.
    pub async fn tag_device(&self, device: &SeenDevice, tag: &str) -> Result<bool, Failure> {
        let mut tags = self.tags_of(device).await?;
        if tags.iter().any(|known| known == tag) {
            return Ok(false);
        }
        if tags.len() >= given::TAGS {
            return Err(Refusal::invalid("tag", format!("A device has at most {} tags. Remove one first.", given::TAGS)).into());
        }
        let row = device_tag::ActiveModel { tenant_id: Set(self.id().0), device_id: Set(device.row.id), tag: Set(tag.to_owned()) };
        self.insert(row).await?;
        tags.push(tag.to_owned());
        self.find_by_tags(device, &tags).await.map(|()| true)
    }

    /// Removes a tag; says whether it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untag_device(&self, device: &SeenDevice, tag: &str) -> Result<bool, Failure> {
        let mut tags = self.tags_of(device).await?;
        if !tags.iter().any(|known| known == tag) {
            return Ok(false);
        }
        self.delete_some_of::<device_tag::Entity>(device, device_tag::Column::Tag.eq(tag)).await?;
        tags.retain(|known| known != tag);
        self.find_by_tags(device, &tags).await.map(|()| true)
    }

    async fn find_by_tags(&self, device: &SeenDevice, tags: &[String]) -> Result<(), Failure> {
        let search = with_given(&device.row.search, device.row.display_name.as_deref(), tags);
        self.update_device(device, [(Column::Search, Expr::value(search))]).await
    }

    /// Writes a note on `device`, in place of the one before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_device(&self, device: &SeenDevice, note: Option<&str>) -> Result<(), Failure> {
        self.update_device(device, [(Column::Note, Expr::value(note.map(str::to_owned)))]).await
    }

    /// Decides about `device`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_device(&self, device: &SeenDevice, standing: Standing) -> Result<(), Failure> {
        self.forget_software_of(device).await?;
        self.update_device(device, [(Column::Standing, Expr::value(standing.word())), (Column::StandingReason, Expr::value(None::<String>))]).await?;
        self.count_software_of(device).await
    }

    /// Deletes `device` with all that is its own. A foreign agent that still runs is known by what stays, and refused.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_device(&self, device: &SeenDevice, now: Moment) -> Result<(), Failure> {
        if let (Some(key), Some(foreign_id)) = (device.row.enrolment_key_id, device.row.foreign_id.clone()) {
            let row =
                removed_device::ActiveModel { tenant_id: Set(self.id().0), enrolment_key_id: Set(key), foreign_id: Set(foreign_id), removed_at: Set(now.0) };
            let key = [removed_device::Column::TenantId, removed_device::Column::EnrolmentKeyId, removed_device::Column::ForeignId];
            self.upsert(vec![row], OnConflict::columns(key).update_column(removed_device::Column::RemovedAt).to_owned()).await?;
        }
        self.end_unused_keys(device, now).await?;
        self.forget_software_of(device).await?;
        self.drop_policy_of(device).await?;
        self.drop_decisions_of(device).await?;
        self.delete::<device::Entity>(Column::Id.eq(device.row.id)).await.map(drop)
    }

    /// Ends the keys of the device's own agent; says how many lived.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_agent_keys(&self, device: &SeenDevice, now: Moment) -> Result<u64, Failure> {
        let values = [(agent_key::Column::RevokedAt, Expr::value(now.0))];
        self.update_of::<agent_key::Entity>(device, agent_key::Column::RevokedAt.is_null(), values).await
    }

    /// Makes an enrolment key that enrols `device` again, once, until `until`; earlier ones that nobody used end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_renewal(&self, device: &SeenDevice, until: Moment, now: Moment) -> Result<(EnrolmentKeyId, String), Failure> {
        self.end_unused_keys(device, now).await?;
        let key = NewKey {
            client: ClientId(device.row.client_id),
            site: SiteId(device.row.site_id),
            name: format!("{}, to enrol again", device.row.name()),
            needs_approval: false,
            expires_at: Some(until),
            most: Some(1),
        };
        let (id, token) = self.make_enrolment_key(key, now).await?;
        let bound = [(enrolment_key::Column::DeviceId, Expr::value(Some(device.row.id)))];
        self.update::<enrolment_key::Entity>(enrolment_key::Column::Id.eq(id.0), bound).await?;
        Ok((id, token))
    }

    async fn end_unused_keys(&self, device: &SeenDevice, now: Moment) -> Result<(), Failure> {
        self.end_renewals(device, now).await
    }

    /// Writes an act of a person into the history of `device`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_act(&self, device: &SeenDevice, subject: String, old: Option<String>, new: Option<String>, now: Moment) -> Result<(), Failure> {
        self.note_changes(device, vec![Difference { kind: "people", subject, old, new }], now).await
    }
}
