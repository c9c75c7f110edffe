//! Devices that wait for approval: listed, approved, refused.

use app::enrolment::{PendingLine, PendingPage};
use domain::{
    Moment, Refusal,
    devices::status::Standing,
    enrolment::query::{PendingQuery, Place},
    ids::{ClientId, DeviceId},
    people::Permission,
};
use foundation::{
    Failure, Tenant,
    audit::Act,
    enrolment::{Chosen, PendingRow},
};

use crate::service::os;

/// Devices that one form may name; more are chosen by what they have in common.
const NAMED: usize = 1_000;

/// Which way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// They are in service from now on.
    Approve,
    /// They are out of service, and told so.
    Refuse,
}

fn line(row: PendingRow) -> PendingLine {
    let short = os::short(&row.os_name, row.os_version.as_deref());
    let os = short.map(|name| row.os_version.as_ref().map_or_else(|| name.clone(), |version| format!("{name} {version}")));
    PendingLine {
        id: DeviceId(row.id),
        hostname: row.hostname,
        kind: row.kind.as_str().into(),
        client: row.client_name,
        site: row.site_name,
        key: row.key_name,
        os,
        serial: row.serial,
        address: row.address,
        enrolled_at: Moment(row.enrolled_at),
        reported: row.last_seen_at > 0,
    }
}

/// The page that `query` asks for.
///
/// # Errors
/// Without the permission, or when the database fails.
pub async fn list(tenant: &Tenant, query: PendingQuery, fault: Option<String>, now: Moment) -> Result<PendingPage, Failure> {
    tenant.require(Permission::DevicesManage)?;
    // Every page of one walk shows the devices that waited when it began.
    let query = PendingQuery { until: query.until.or(Some(now)), ..query };
    let page = tenant.pending_devices(&query).await?;
    let beside = |row: Option<&PendingRow>, backwards: bool| {
        let place = row.map(|row| Place { at: Moment(row.enrolled_at), id: row.id, backwards });
        PendingQuery { place, ..query.clone() }
    };
    let key = match query.key {
        Some(key) => tenant.enrolment_key(key).await.map(|key| Some(key.name)).or_else(unseen)?,
        None => None,
    };
    Ok(PendingPage {
        matching: page.total,
        total: tenant.pending_count().await?,
        clients: tenant.clients().await?.into_iter().map(|client| (ClientId(client.id), client.name)).collect(),
        key_name: key,
        fault,
        earlier: page.earlier.then(|| beside(page.rows.first(), true)),
        later: page.later.then(|| beside(page.rows.last(), false)),
        lines: page.rows.into_iter().map(line).collect(),
        counted_at: now,
        query,
    })
}

/// A key that one may not see has no name here.
fn unseen(failure: Failure) -> Result<Option<String>, Failure> {
    if matches!(failure, Failure::Refused(Refusal::NotFound)) { Ok(None) } else { Err(failure) }
}

/// Which devices a form chose: those it names, or all that match.
///
/// # Errors
/// [`Refusal::Invalid`] when it chose none or too many, [`Refusal::NotFound`] for what is no device.
pub fn chosen(named: &[&str], all: bool, query: PendingQuery, now: Moment) -> Result<Chosen, Refusal> {
    if all {
        return Ok(Chosen::All(PendingQuery { until: query.until.or(Some(now)), place: None, ..query }));
    }
    if named.is_empty() {
        return Err(Refusal::invalid("device", "Choose at least one device, or all that match."));
    }
    if named.len() > NAMED {
        return Err(Refusal::invalid("device", "These are too many to name. Choose all that match instead."));
    }
    let ids: Result<Vec<DeviceId>, _> = named.iter().map(|id| id.parse()).collect();
    ids.map(Chosen::Some).map_err(|_| Refusal::NotFound)
}

/// Decides about the chosen devices, all or none of them; says how many there were.
///
/// # Errors
/// [`Refusal::NotFound`] when one is not within reach, [`Refusal::Conflict`] when somebody else decided meanwhile.
pub async fn decide(tenant: &Tenant, chosen: &Chosen, decision: Decision, address: &str, now: Moment) -> Result<usize, Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::DevicesManage)?;
    let (standing, reason, action, after) = match decision {
        Decision::Approve => (Standing::Active, None, "device approved", "active"),
        Decision::Refuse => (Standing::Retired, Some("its enrolment was refused"), "device refused", "retired"),
    };
    let settled = writing.settle_pending(chosen, standing, reason, now).await?;
    let act = |device: &foundation::enrolment::Settled| Act {
        action,
        object: Some(("device", device.id.to_string())),
        name: Some(device.hostname.clone()),
        client: Some(device.client),
        before: Some("pending".into()),
        after: Some(after.into()),
        address: Some(address.to_owned()),
        ..Act::default()
    };
    writing.record_all(now, settled.iter().map(act)).await?;
    writing.commit().await?;
    Ok(settled.len())
}
