//! A request is opened: by a contact for their own client, or by staff for a client within reach.

use app::requests::NewPage;
use domain::{
    Fault, Refusal,
    devices::query::DeviceQuery,
    ids::{ClientId, DeviceId, RequestId},
    people::Permission,
    requests::{Priority, Side, text},
};
use foundation::{
    Failure, Tenant, fresh_id,
    requests::{NewMessage, NewRequest, kinds},
};

use super::{
    Checked, Said, called, entry,
    told::{self, News},
};
use crate::service::devices::By;

/// Devices that the form offers.
const DEVICES: u64 = 500;

/// What the form of a new request sent.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    /// What it is about.
    pub subject: String,
    /// The word of the priority.
    pub priority: String,
    /// The client; contacts have but one.
    pub client: String,
    /// The device, if it is about one.
    pub device: String,
    /// The first message.
    pub said: Said,
}

/// The empty form; `device` is chosen when it is within reach.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission; when the database fails.
pub async fn form(tenant: &Tenant, device: Option<&str>, now: domain::Moment) -> Result<NewPage, Failure> {
    tenant.require(Permission::RequestsWrite)?;
    let contact = tenant.who().client().is_some();
    let clients = if contact { Vec::new() } else { tenant.clients().await?.into_iter().map(|row| (row.id.into(), row.name)).collect() };
    let mut page = NewPage { form: fresh_id::<domain::ids::MessageId>().to_string(), clients, ..NewPage::default() };
    if contact {
        let rows = tenant.device_lines(&DeviceQuery::default(), now, DEVICES).await?;
        page.devices = rows.iter().map(|row| (row.id(), row.name().to_owned())).collect();
        page.devices.sort_by_cached_key(|(_, name)| name.to_lowercase());
    }
    if let Some(id) = device.and_then(|id| id.parse::<DeviceId>().ok())
        && let Ok(found) = tenant.device(id).await
    {
        page.device = id.to_string();
        page.client = ClientId(found.row.client_id).to_string();
        if !page.devices.iter().any(|(known, _)| *known == id) {
            page.devices.push((id, found.row.name().to_owned()));
        }
    }
    Ok(page)
}

/// A new request whose form holds nothing wrong.
struct Ready {
    new: NewRequest,
    said: Checked,
}

/// Looks at what was typed, before anybody waits to write. Everything that is wrong is said at once.
async fn look(tenant: &Tenant, opened: Opened) -> Result<Ready, Failure> {
    let mut faults = Vec::new();
    let subject = text::subject(&opened.subject).map_err(|refusal| take(&mut faults, refusal)).ok();
    let said = opened.said.check("text", "Tell what happens, so that somebody can help.").map_err(|found| faults.extend(found)).ok();
    let priority = if opened.priority.is_empty() { Ok(Priority::default()) } else { opened.priority.parse() };
    if priority.is_err() {
        faults.push(Fault::new("priority", "Choose how urgent it is."));
    }
    let mut client = tenant.who().client().or_else(|| opened.client.parse().ok().filter(|id| tenant.client(*id).is_ok()));
    let device = match opened.device.parse::<DeviceId>() {
        Ok(id) => tenant.device(id).await.ok(),
        Err(_) => None,
    };
    if device.is_none() && !opened.device.is_empty() {
        faults.push(Fault::new("device", "Choose one of the devices in the list."));
    }
    if let Some(device) = &device {
        client = client.or(Some(ClientId(device.row.client_id)));
        if client != Some(ClientId(device.row.client_id)) {
            faults.push(Fault::new("device", "This device belongs to another client."));
        }
    }
    if client.is_none() {
        faults.push(Fault::new("client", "Choose a client."));
    }
    let (Some(client), Some(subject), Ok(priority), Some(said), true) = (client, subject, priority, said, faults.is_empty()) else {
        return Err(Refusal::Invalid(faults).into());
    };
    let device = device.map(|device| (device.id(), device.row.name().to_owned()));
    Ok(Ready { new: NewRequest { client, device, subject, priority }, said })
}

fn take(faults: &mut Vec<Fault>, refusal: Refusal) {
    if let Refusal::Invalid(found) = refusal {
        faults.extend(found);
    }
}

/// Opens it; a form that was sent before gives the request that it made then.
///
/// # Errors
/// [`Refusal::Invalid`] naming the fields; [`Refusal::Conflict`] for an archived client, and for a form that was sent with other words;
/// [`Refusal::Forbidden`] without the permission.
pub async fn open(tenant: &Tenant, opened: Opened, by: &By) -> Result<RequestId, Failure> {
    tenant.require(Permission::RequestsWrite)?;
    let Ready { mut new, said } = look(tenant, opened).await?;
    let writing = tenant.writing().await?;
    writing.require(Permission::RequestsWrite)?;
    let side = if writing.who().client().is_some() { Side::Client } else { Side::Staff };
    let first = NewMessage { id: said.form, kind: kinds::REPLY, side, body: said.text, files: said.files };
    if let Some(id) = writing.sent_before(&first).await? {
        return Ok(id);
    }
    if writing.client(new.client)?.row().await?.archived_at.is_some() {
        return Err(Refusal::Conflict("This client is archived. Restore it first.".into()).into());
    }
    // A device that went elsewhere meanwhile is not this request's any more.
    if let Some((id, _)) = &new.device
        && !writing.device(*id).await.is_ok_and(|device| device.row.client_id == new.client.0)
    {
        new.device = None;
    }
    let (client, subject) = (new.client, new.subject.clone());
    let (id, number) = writing.open_request(new, first, by.now).await?;
    if side == Side::Client {
        told::news_came(&writing, id, News::Opened, by.now).await?;
    }
    writing.record(by.now, entry("request opened", id, client, format!("{} {subject}", called(number)), &by.address)).await?;
    writing.commit().await?;
    Ok(id)
}
