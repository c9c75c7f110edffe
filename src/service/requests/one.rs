//! One request with its conversation, as far as whoever looks may read it.

use app::requests::{Attached, Forms, Message, Offer, RequestPage};
use domain::{
    Moment, approvals,
    ids::{ApprovalId, AttachmentId, ClientId, DeviceId, MessageId, RequestId},
    people::Permission,
    requests::{Act, Side, State},
    work::first_name,
};
use foundation::{
    Failure, Tenant, fresh_id,
    requests::{FileRow, RequestLine, StoredFile, kinds, rows::message},
};

use super::{acts::can_look_after, lists::line};

/// The page of a request.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when it is not within reach.
pub async fn page(tenant: &Tenant, id: RequestId, now: Moment) -> Result<RequestPage, Failure> {
    let row = tenant.request_line(id).await?;
    let contact = tenant.who().client().is_some();
    let files = tenant.files(id).await?;
    let messages = tenant.messages(id).await?.into_iter().map(|row| message(row, &files, contact)).collect();
    let device = match row.device_id {
        Some(device) if tenant.device(DeviceId(device)).await.is_ok() => Some(DeviceId(device)),
        _ => None,
    };
    let form = || fresh_id::<MessageId>().to_string();
    let manages = tenant.require(Permission::RequestsManage).is_ok();
    let approvals = tenant.approvals_of(approvals::REQUEST, &id.to_string()).await?;
    let approvals = approvals.into_iter().map(|row| (ApprovalId(row.id), row.title.clone(), row.at(), Moment(row.expires_at))).collect();
    let row_client = row.client_id;
    Ok(RequestPage {
        offers: offers(&row, contact, now),
        // What a contact sends back must not tell of notes among staff.
        revision: if contact { 0 } else { row.revision },
        line: line(row, contact),
        device,
        messages,
        approvals,
        staff: if manages { can_look_after(tenant, ClientId(row_client)).await? } else { Vec::new() },
        contact,
        forms: Forms { reply: form(), note: form(), question: form() },
        typed: Default::default(),
    })
}

fn offers(row: &RequestLine, contact: bool, now: Moment) -> Vec<Offer> {
    let state: State = row.state.parse().unwrap_or_default();
    let side = if contact { Side::Client } else { Side::Staff };
    let allowed = |act| state.after(act, Moment(row.state_at), now).is_ok();
    let mut offers = Vec::new();
    if allowed(Act::Reply(side)) {
        offers.push(Offer::Reply);
    }
    if contact && allowed(Act::Solve) {
        offers.push(Offer::Solve);
    }
    if !state.is_live() && allowed(Act::Reopen) {
        offers.push(Offer::Reopen);
    }
    offers
}

fn message(row: message::Model, files: &[FileRow], contact: bool) -> Message {
    let staff = row.side == "staff";
    // What happened by itself has nobody's name.
    let author = if row.author_id.is_none() {
        String::new()
    } else if contact && staff {
        first_name(&row.author_name).to_owned()
    } else {
        row.author_name
    };
    let attached = |file: &FileRow| Attached { id: AttachmentId(file.id), name: file.name.clone(), size: u64::try_from(file.size).unwrap_or(0) };
    Message {
        at: Moment(row.at),
        author,
        staff,
        internal: row.kind == kinds::NOTE,
        event: row.kind == kinds::EVENT,
        body: row.body,
        files: files.iter().filter(|file| file.message_id == row.id).map(attached).collect(),
    }
}

/// A file of a request.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when the request is not within reach, or the caller may not read the message.
pub async fn attachment(tenant: &Tenant, request: RequestId, id: AttachmentId) -> Result<StoredFile, Failure> {
    tenant.require(Permission::RequestsRead)?;
    tenant.request_line(request).await?;
    tenant.file(request, id).await
}
