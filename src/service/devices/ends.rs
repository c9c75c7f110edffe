//! Acts that end something of a device: its agent's key, or the device itself.

use domain::{Moment, Refusal, devices::status::Standing, ids::DeviceId, time::DAY};
use foundation::{Failure, Tenant};

use super::acts::{By, Trace, begin, entry, keep};

/// How long the key of a renewal can be used.
const RENEWAL: i64 = DAY;

/// Ends the key of a device's own agent.
///
/// # Errors
/// [`Refusal::Conflict`] when it has none, or when the device is not within reach.
pub async fn revoke_key(tenant: &Tenant, id: DeviceId, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    if writing.agent_keys(&device).await?.is_empty() {
        return Err(no_key().into());
    }
    if writing.end_agent_keys(&device, by.now).await? == 0 {
        return Ok(());
    }
    keep(writing, &device, by, Trace { action: "agent key revoked", told: Some("Agent key revoked"), before: None, after: None }).await
}

/// Makes a key with which the agent enrols again as this device; gives the token and until when it can be used.
///
/// # Errors
/// [`Refusal::Conflict`] when the device has no own agent or is out of service, or when it is not within reach.
pub async fn renew_key(tenant: &Tenant, id: DeviceId, by: &By) -> Result<(String, Moment), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    if device.row.standing == Standing::Retired.word() {
        return Err(Refusal::Conflict("this device is retired; return it to service first".into()).into());
    }
    if writing.agent_keys(&device).await?.is_empty() {
        return Err(no_key().into());
    }
    let until = by.now + RENEWAL;
    let (_, token) = writing.make_renewal(&device, until, by.now).await?;
    keep(writing, &device, by, Trace { action: "agent key rotation started", told: None, before: None, after: None }).await?;
    Ok((token, until))
}

fn no_key() -> Refusal {
    Refusal::Conflict("this device has no key of its own".into())
}

/// Deletes a device with everything that is its own.
///
/// # Errors
/// When the device is not within reach, or deleted already.
pub async fn remove(tenant: &Tenant, id: DeviceId, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    writing.remove_device(&device, by.now).await?;
    let act = foundation::audit::Act { detail: Some(format!("it reported as {}", device.row.hostname)), ..entry(&device, by, "device deleted") };
    writing.record(by.now, act).await?;
    writing.commit().await
}
