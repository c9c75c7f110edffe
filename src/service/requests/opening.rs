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
    Said, called, entry,
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

/// Opens it; a form that was sent before gives the request that it made then.
///
/// # Errors
/// [`Refusal::Invalid`] naming the fields; [`Refusal::Forbidden`] without the permission.
pub async fn open(tenant: &Tenant, opened: Opened, by: &By) -> Result<RequestId, Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::RequestsWrite)?;
    let contact = writing.who().client();
    let (said, mut faults) = opened.said.check();
    if let Some(id) = writing.sent_before(said.form).await? {
        return Ok(id);
    }
    let subject = text::subject(&opened.subject);
    if let Err(Refusal::Invalid(found)) = &subject {
        faults.splice(0..0, found.clone());
    }
    if said.text.is_none() && faults.iter().all(|fault| fault.field != "text") {
        faults.push(Fault::new("text", "Tell what happens, so that somebody can help."));
    }
    let priority = if opened.priority.is_empty() { Ok(Priority::default()) } else { opened.priority.parse() };
    if priority.is_err() {
        faults.push(Fault::new("priority", "Choose how urgent it is."));
    }
    let mut client = contact.or_else(|| opened.client.parse().ok().filter(|id| writing.client(*id).is_ok()));
    let device = match opened.device.parse::<DeviceId>() {
        Ok(id) => writing.device(id).await.ok(),
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
    let (Some(client), Ok(subject), Ok(priority), Some(text), true) = (client, subject, priority, said.text, faults.is_empty()) else {
        return Err(Refusal::Invalid(faults).into());
    };
    if writing.client(client)?.row().await?.archived_at.is_some() {
        return Err(Refusal::Conflict("This client is archived. Restore it first.".into()).into());
    }
    let side = if contact.is_some() { Side::Client } else { Side::Staff };
    let first = NewMessage { id: said.form, kind: kinds::REPLY, side, body: text, files: said.files };
    let device = device.map(|device| (device.id(), device.row.name().to_owned()));
    let (id, number) = writing.open_request(NewRequest { client, device, subject: subject.clone(), priority }, first, by.now).await?;
    if side == Side::Client {
        told::news_came(&writing, id, News::Opened, by.now).await?;
    }
    writing.record(by.now, entry("request opened", id, client, format!("{} {subject}", called(number)), &by.address)).await?;
    writing.commit().await?;
    Ok(id)
}
