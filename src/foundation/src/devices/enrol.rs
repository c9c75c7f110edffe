//! Machines become devices, under the limits of the key they present.

use domain::{
    Moment, Refusal,
    devices::{Report, change::Difference, status::Standing},
    enrolment::{KeyLimits, KeyRefusal},
    ids::{AgentKeyId, ClientId, DeviceId, EnrolmentKeyId, SiteId},
};
use sea_orm::{
    ColumnTrait, Condition, Set,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::{agent_key, device, enrolment_key};
use crate::{Failure, Principal, Tenant, Writing, audit::Act, fresh_id, secrets, tenancy::SeenDevice};

/// A key to make.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// The client whose devices it enrols.
    pub client: ClientId,
    /// The site they start at.
    pub site: SiteId,
    /// What people call it.
    pub name: String,
    /// Whether each device waits for approval.
    pub needs_approval: bool,
    /// When it stops taking new devices.
    pub expires_at: Option<Moment>,
    /// How many devices it may enrol.
    pub most: Option<i64>,
}

/// What an enrolment credential says about itself.
#[derive(Debug, Clone)]
pub struct EnrolmentCredential {
    /// The key.
    pub id: EnrolmentKeyId,
    /// Its limits.
    pub limits: KeyLimits,
}

/// A device that was made, and the name of its agent's key.
pub type Enrolled = (DeviceId, AgentKeyId);

/// The word of a refused key, for agents.
fn refused(refusal: KeyRefusal) -> Refusal {
    Refusal::Conflict(refusal.to_string())
}

pub(crate) fn limits(row: &enrolment_key::Model) -> KeyLimits {
    KeyLimits { revoked_at: row.revoked_at.map(Moment), expires_at: row.expires_at.map(Moment), most: row.most, used: row.used }
}

impl Tenant {
    /// The key that the caller presented.
    pub(super) async fn presented_key(&self) -> Result<enrolment_key::Model, Failure> {
        let Principal::Enrolment(id) = self.who().principal else { return Err(Refusal::NotFound.into()) };
        let row = self.find::<enrolment_key::Entity>().filter(enrolment_key::Column::Id.eq(id.0)).one().await?;
        row.ok_or(Refusal::NotFound.into())
    }
}

impl Writing {
    /// Makes an enrolment key; the token is shown once and stored as a hash.
    ///
    /// # Errors
    /// When the client or site is not within reach, or the database fails.
    pub async fn make_enrolment_key(&self, key: NewKey, now: Moment) -> Result<(EnrolmentKeyId, String), Failure> {
        let id: EnrolmentKeyId = fresh_id();
        Ok((id, self.make_enrolment_key_as(id, key, now).await?))
    }

    /// Makes an enrolment key under an id that was chosen before, so that a form that is sent twice makes one.
    ///
    /// # Errors
    /// When the client or site is not within reach, or the database fails.
    pub async fn make_enrolment_key_as(&self, id: EnrolmentKeyId, key: NewKey, now: Moment) -> Result<String, Failure> {
        let token = secrets::fresh_token("ptk").map_err(|_| Refusal::Unavailable(5))?;
        self.client(key.client)?;
        self.insert(enrolment_key::ActiveModel {
            tenant_id: Set(self.id().0),
            id: Set(id.0),
            client_id: Set(key.client.0),
            site_id: Set(key.site.0),
            name: Set(key.name),
            secret_hash: Set(secrets::hash(token.as_bytes())),
            needs_approval: Set(key.needs_approval),
            expires_at: Set(key.expires_at.map(|at| at.0)),
            most: Set(key.most),
            used: Set(0),
            created_at: Set(now.0),
            ..Default::default()
        })
        .await?;
        Ok(token)
    }

    /// Makes a device for our own agent, with the public key that was made on it.
    ///
    /// # Errors
    /// The limit of the key that stands against it; or else when the database fails.
    pub async fn enrol_agent(&self, hostname: &str, public_key: Vec<u8>, every_s: i64, now: Moment) -> Result<Result<Enrolled, KeyRefusal>, Failure> {
        let key = match self.use_key(now).await? {
            Ok(key) => key,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let device = match self.enrolled_again(&key, now).await? {
            Some(device) => device,
            None if key.device_id.is_some() => return Ok(Err(KeyRefusal::Revoked)),
            None => self.add_device(&key, hostname, None, every_s, now).await?,
        };
        let id: AgentKeyId = fresh_id();
        self.insert(agent_key::ActiveModel {
            tenant_id: Set(self.id().0),
            id: Set(id.0),
            device_id: Set(device.0),
            enrolment_key_id: Set(key.id),
            public_key: Set(public_key),
            sequence: Set(0),
            created_at: Set(now.0),
            revoked_at: Set(None),
            allows_changes: Set(-1),
            polled_at: Set(None),
        })
        .await?;
        Ok(Ok((device, id)))
    }

    /// The device that a foreign agent is under its key; made when it is new.
    pub(super) async fn foreign_device(&self, foreign_id: &str, report: &Report, every_s: i64, now: Moment) -> Result<SeenDevice, Failure> {
        let key = self.presented_key().await?;
        limits(&key).report().map_err(refused)?;
        self.touch_enrolment_key(key.id, key.last_used_at, now).await?;
        if let Some(known) = self.foreign_device_of(EnrolmentKeyId(key.id), foreign_id).await? {
            return Ok(known);
        }
        if self.was_removed(EnrolmentKeyId(key.id), foreign_id).await? {
            return Err(Refusal::Conflict("this device was deleted; to bring it back, give its agent another enrolment key".into()).into());
        }
        if key.device_id.is_some() {
            return Err(Refusal::Conflict("this key enrols one device's own agent again, and nothing else".into()).into());
        }
        let key = self.use_key(now).await?.map_err(refused)?;
        let id = self.add_device(&key, &report.identity.hostname, Some(foreign_id), every_s, now).await?;
        self.record(now, enrolled(id, &key, &report.identity.hostname)).await?;
        self.device(id).await
    }

    /// The device that `key` was made for, with its former agent's keys ended; `None` when there is none, or it is out of service.
    async fn enrolled_again(&self, key: &enrolment_key::Model, now: Moment) -> Result<Option<DeviceId>, Failure> {
        let Some(device) = self.device_of_key(key).await?.filter(|device| device.row.standing != Standing::Retired.word()) else { return Ok(None) };
        self.end_agent_keys(&device, now).await?;
        // A foreign agent of the same device is known by the key that it presents.
        if device.row.foreign_id.is_none() {
            self.update_device(&device, [(device::Column::EnrolmentKeyId, Expr::value(Some(key.id)))]).await?;
        }
        let difference = Difference { kind: "agent", subject: "Agent key".into(), old: None, new: Some("a new one, enrolled again".into()) };
        self.note_changes(&device, vec![difference], now).await?;
        Ok(Some(device.id()))
    }

    /// Takes one use of the presented key; its count is never exceeded, however many ask at once.
    async fn use_key(&self, now: Moment) -> Result<Result<enrolment_key::Model, KeyRefusal>, Failure> {
        use enrolment_key::Column;
        let key = self.presented_key().await?;
        let open = Condition::all()
            .add(Column::Id.eq(key.id))
            .add(Column::RevokedAt.is_null())
            .add(Condition::any().add(Column::ExpiresAt.is_null()).add(Column::ExpiresAt.gt(now.0)))
            .add(Condition::any().add(Column::Most.is_null()).add(Expr::col(Column::Used).lt(Expr::col(Column::Most))));
        let values = [(Column::Used, Expr::col(Column::Used).add(1)), (Column::LastUsedAt, Expr::value(now.0))];
        let taken = self.update::<enrolment_key::Entity>(open, values).await?;
        Ok(if taken == 0 { Err(limits(&key).enrol(now).err().unwrap_or(KeyRefusal::UsedUp)) } else { Ok(key) })
    }

    async fn add_device(&self, key: &enrolment_key::Model, hostname: &str, foreign_id: Option<&str>, every_s: i64, now: Moment) -> Result<DeviceId, Failure> {
        let id: DeviceId = fresh_id();
        let standing = if key.needs_approval { Standing::Pending } else { Standing::Active };
        self.insert(device::ActiveModel {
            client_id: Set(key.client_id),
            site_id: Set(key.site_id),
            enrolment_key_id: Set(Some(key.id)),
            foreign_id: Set(foreign_id.map(str::to_owned)),
            standing: Set(standing.word().to_owned()),
            ..new_device(self.id().0, id.0, hostname, every_s, now)
        })
        .await?;
        Ok(id)
    }
}

/// The audit entry of a device that enrolled through a foreign agent.
fn enrolled(device: DeviceId, key: &enrolment_key::Model, hostname: &str) -> Act {
    Act {
        action: "device enrolled",
        object: Some(("device", device.to_string())),
        name: Some(hostname.to_owned()),
        client: Some(ClientId(key.client_id)),
        after: Some(format!("enrolled with {}", key.name)),
        ..Act::default()
    }
}

/// A device about which nothing is known but its name.
pub(crate) fn new_device(tenant: Uuid, id: Uuid, hostname: &str, every_s: i64, now: Moment) -> device::ActiveModel {
    device::ActiveModel {
        tenant_id: Set(tenant),
        id: Set(id),
        hostname: Set(hostname.to_owned()),
        search: Set(hostname.to_lowercase()),
        kind: Set("unknown".into()),
        os_family: Set(String::new()),
        os_name: Set(String::new()),
        reboot_required: Set(-1),
        updates_pending: Set(-1),
        updates_security: Set(-1),
        agent_name: Set(String::new()),
        agent_version: Set(String::new()),
        dropped_environment: Set(0),
        dropped_processes: Set(0),
        dropped_users: Set(0),
        every_s: Set(every_s),
        enrolled_at: Set(now.0),
        last_seen_at: Set(0),
        online_until: Set(0),
        late_until: Set(0),
        inventory_at: Set(0),
        ..Default::default()
    }
}
