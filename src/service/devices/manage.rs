//! What the page shows on which people change a device.

use app::devices::detail::manage::{Credential, ManageTab, Place, Typed};
use domain::{
    Moment,
    devices::status::Standing,
    ids::{EnrolmentKeyId, SiteId},
};
use foundation::{Failure, Tenant, tenancy::SeenDevice};

/// The forms of `device` as it stands.
///
/// # Errors
/// When the database fails.
pub async fn manage(tenant: &Tenant, device: &SeenDevice) -> Result<ManageTab, Failure> {
    let row = &device.row;
    Ok(ManageTab {
        id: device.id(),
        name: Typed::of(row.display_name.clone().unwrap_or_default()),
        hostname: row.hostname.clone(),
        site: Typed::of(SiteId(row.site_id).to_string()),
        places: places(tenant, device).await?,
        tags: tenant.tags_of(device).await?,
        tag: Typed::default(),
        note: Typed::of(row.note.clone().unwrap_or_default()),
        retired: row.standing == Standing::Retired.word(),
        credential: credential(tenant, device).await?,
        renewal: None,
        goes: (tenant.change_count(device).await?, tenant.software_count(device).await?.unwrap_or_default()),
    })
}

/// The sites within reach, without what is archived; the device's own is there in any case.
async fn places(tenant: &Tenant, device: &SeenDevice) -> Result<Vec<Place>, Failure> {
    let clients: std::collections::BTreeMap<_, _> = tenant.clients().await?.into_iter().map(|client| (client.id, client)).collect();
    let mut places = Vec::new();
    for site in tenant.sites().await? {
        let Some(client) = clients.get(&site.client_id) else { continue };
        let open = site.archived_at.is_none() && client.archived_at.is_none();
        if open || site.id == device.row.site_id {
            places.push(Place { site: SiteId(site.id), names: (client.name.clone(), site.name) });
        }
    }
    places.sort_by_cached_key(|place| (place.names.0.to_lowercase(), place.names.1.to_lowercase()));
    Ok(places)
}

async fn credential(tenant: &Tenant, device: &SeenDevice) -> Result<Credential, Failure> {
    let keys = tenant.agent_keys(device).await?;
    let newest = keys.iter().find(|key| key.revoked_at.is_none()).or_else(|| keys.first());
    if let Some(key) = newest {
        let enrolled_by = name_of(tenant, Some(key.enrolment_key_id)).await?;
        return Ok(Credential::Own { made_at: Moment(key.created_at), revoked_at: key.revoked_at.map(Moment), enrolled_by });
    }
    if device.row.foreign_id.is_none() {
        return Ok(Credential::None);
    }
    Ok(Credential::Shared { enrolled_by: name_of(tenant, device.row.enrolment_key_id).await? })
}

async fn name_of(tenant: &Tenant, key: Option<uuid::Uuid>) -> Result<Option<String>, Failure> {
    let Some(key) = key else { return Ok(None) };
    tenant.enrolment_key_name(EnrolmentKeyId(key)).await
}
