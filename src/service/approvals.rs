//! Approvals: staff ask, contacts say yes or no, staff may take the question back. What was decided is told to the room that asked.

mod asked;

use app::approvals::{ApprovalPage, Line, ListPage};
use domain::{
    Fault, Moment, Refusal,
    approvals::{self, Act, State},
    devices::given,
    ids::{ApprovalId, ClientId, MessageId, RequestId},
    people::Permission,
    requests::{self as request, Side, text},
    work::first_name,
};
use foundation::{
    Failure, Tenant, Writing,
    approvals::{ApprovalRow, NewApproval},
    audit, fresh_id,
    requests::{NewMessage, SetTo, kinds},
};

use super::{devices::By, requests::form_id};

pub use asked::asked;

/// What the form of a question sent.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The form that it was typed into; each form asks once.
    pub form: String,
    /// The question.
    pub title: String,
    /// What will happen, a line each.
    pub body: String,
    /// The word of the time to answer.
    pub term: String,
}

/// A line of a list; contacts read of staff their first name.
fn line(row: &ApprovalRow, contact: bool) -> Line {
    let asked_by = if contact { first_name(&row.asked_by_name).to_owned() } else { row.asked_by_name.clone() };
    Line {
        id: ApprovalId(row.id),
        title: row.title.clone(),
        state: row.at(),
        asked_by,
        asked_at: Moment(row.asked_at),
        expires_at: Moment(row.expires_at),
        decided_by: row.decided_by_name.as_ref().map(|name| if contact && row.at() == State::Withdrawn { first_name(name).to_owned() } else { name.clone() }),
        decided_at: row.decided_at.map(Moment),
    }
}

/// Approvals that wait, then those that were answered, newest first, after the one that `after` names.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission; when the database fails.
pub async fn list(tenant: &Tenant, after: Option<(Moment, ApprovalId)>) -> Result<ListPage, Failure> {
    may_see(tenant)?;
    let contact = tenant.who().client().is_some();
    let waiting = tenant.waiting_approvals(None).await?;
    let (answered, more) = tenant.answered_approvals(after).await?;
    let older = answered.last().filter(|_| more).map(|row| format!("{}.{}", row.asked_at, ApprovalId(row.id)));
    let lines = |rows: Vec<ApprovalRow>| rows.iter().map(|row| line(row, contact)).collect();
    Ok(ListPage { waiting: lines(waiting), answered: lines(answered), older, first: after.is_none(), contact })
}

/// Contacts answer, staff who look after requests look on.
fn may_see(tenant: &Tenant) -> Result<(), Refusal> {
    tenant
        .require(Permission::ApprovalsGive)
        .or_else(|_| tenant.require(Permission::RequestsManage))
        .map_err(|_| Refusal::Forbidden(Permission::ApprovalsGive.word()))
}

/// The approvals of a client that wait, for its page; empty for those who may not see them.
///
/// # Errors
/// When the database fails.
pub async fn of_client(tenant: &Tenant, client: ClientId) -> Result<Vec<Line>, Failure> {
    if may_see(tenant).is_err() {
        return Ok(Vec::new());
    }
    Ok(tenant.waiting_approvals(Some(client)).await?.iter().map(|row| line(row, false)).collect())
}

/// The page of an approval.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn page(tenant: &Tenant, id: ApprovalId, now: Moment) -> Result<ApprovalPage, Failure> {
    may_see(tenant)?;
    let row = tenant.approval(id).await?;
    let contact = tenant.who().client().is_some();
    let waits = row.at() == State::Waiting;
    let request = if row.kind == approvals::REQUEST { row.subject.parse::<RequestId>().ok() } else { None };
    let run = if row.kind == approvals::UPDATE_RUN && !contact { row.subject.parse().ok() } else { None };
    Ok(ApprovalPage {
        line: line(&row, contact),
        client: (ClientId(row.client_id), tenant.client(ClientId(row.client_id))?.row().await?.name),
        body: row.lines(),
        note: row.note.clone(),
        request,
        run,
        may_answer: waits && contact && now < Moment(row.expires_at) && tenant.require(Permission::ApprovalsGive).is_ok(),
        may_withdraw: waits && tenant.require(Permission::RequestsManage).is_ok(),
        contact,
        typed: (String::new(), None),
    })
}

fn entry(action: &'static str, id: ApprovalId, client: ClientId, title: &str, address: Option<&str>) -> audit::Act {
    audit::Act {
        action,
        object: Some(("approval", id.to_string())),
        name: Some(title.to_owned()),
        client: Some(client),
        address: address.map(str::to_owned),
        ..audit::Act::default()
    }
}

/// Asks the client of a request for a yes; the request waits for the client then. A form that is sent twice asks once.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field; [`Refusal::Conflict`] for a form that asked something else; [`Refusal::NotFound`],
/// [`Refusal::Forbidden`].
pub async fn ask(tenant: &Tenant, request: RequestId, typed: &Asked, by: &By) -> Result<(), Failure> {
    let title = text::line("title", "Ask the question in one line.", &typed.title)?;
    let body = text::text("body", &typed.body)?.unwrap_or_default();
    let term = approvals::term(&typed.term).ok_or_else(|| Refusal::Invalid(vec![Fault::new("term", "Choose how long they may answer.")]))?;
    let lines: Vec<String> = body.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect();
    let writing = tenant.writing().await?;
    let row = writing.request_to_change(request).await?;
    writing.require(Permission::RequestsManage)?;
    let event = event(form_id(&typed.form), Side::Staff, format!("asked for approval: {title}"));
    if writing.sent_before(&event).await?.is_some() {
        return asked_alike(&writing, request, &title, &lines).await;
    }
    let client = ClientId(row.client_id);
    let new = NewApproval { client, kind: approvals::REQUEST, subject: request.to_string(), title: title.clone(), body: lines, expires_at: by.now + term };
    let id = writing.ask_approval(new, by.now).await?;
    writing.say(&row, event, by.now).await?;
    if row.state.parse::<request::State>().is_ok_and(request::State::is_live) {
        writing.set_request(&row, SetTo { state: Some(request::State::WaitingClient), ..SetTo::default() }, by.now).await?;
    }
    writing.record(by.now, entry("approval asked for", id, client, &title, Some(&by.address))).await?;
    writing.commit().await
}

/// Whether the form that is sent again asked the same.
async fn asked_alike(writing: &Writing, request: RequestId, title: &str, lines: &[String]) -> Result<(), Failure> {
    let before = writing.approvals_of(approvals::REQUEST, &request.to_string()).await?;
    if before.iter().any(|row| row.title == title && row.lines() == lines) {
        return Ok(());
    }
    Err(Refusal::Conflict("You sent this form before, with other words, and that was asked. Ask again if you want both.".into()).into())
}

/// Answers an approval, or takes it back. The same answer twice is one.
///
/// # Errors
/// [`Refusal::Conflict`] with both values when it is decided otherwise; [`Refusal::Invalid`] for `note`; [`Refusal::Forbidden`].
pub async fn decide(tenant: &Tenant, id: ApprovalId, act: Act, note: &str, by: &By) -> Result<(), Failure> {
    let note = given::note(note)?;
    let writing = tenant.writing().await?;
    writing.approval(id).await?;
    writing.require(if act == Act::Withdraw { Permission::RequestsManage } else { Permission::ApprovalsGive })?;
    let (row, after) = writing.decide_approval(id, act, note.clone(), by.now).await?;
    if after != row.at() {
        let side = if act == Act::Withdraw { Side::Staff } else { Side::Client };
        follow(&writing, &row, after, side, note.as_deref(), by.now).await?;
        let action = if act == Act::Withdraw { "approval withdrawn" } else { "approval answered" };
        let act = entry(action, id, ClientId(row.client_id), &row.title, Some(&by.address));
        let act = audit::Act { before: Some(row.at().word().into()), after: Some(after.word().into()), detail: note, ..act };
        writing.record(by.now, act).await?;
    }
    writing.commit().await
}

/// Writes the answer into the conversation of the request that asked; when nothing else of it waits for the client, it is open again.
async fn follow(writing: &Writing, row: &ApprovalRow, after: State, side: Side, note: Option<&str>, now: Moment) -> Result<(), Failure> {
    let Some(request) = Some(&row.subject).filter(|_| row.kind == approvals::REQUEST).and_then(|id| id.parse::<RequestId>().ok()) else { return Ok(()) };
    let words = match after {
        State::Approved => "approved",
        State::Refused => "refused",
        State::Withdrawn => "took the question back",
        State::Waiting | State::Expired => "No answer came in time",
    };
    let note = note.map(|note| format!(" \u{2013} {note}")).unwrap_or_default();
    let asking = writing.request_to_change(request).await?;
    writing.say(&asking, event(fresh_id(), side, format!("{words}: {}{note}", row.title)), now).await?;
    let others = writing.approvals_of(approvals::REQUEST, &row.subject).await?;
    if asking.state == request::State::WaitingClient.word() && others.iter().all(|other| other.at() != State::Waiting) {
        writing.set_request(&asking, SetTo { state: Some(request::State::Open), ..SetTo::default() }, now).await?;
    }
    Ok(())
}

/// A line of the conversation that says what happened.
const fn event(id: MessageId, side: Side, body: String) -> NewMessage {
    NewMessage { id, kind: kinds::EVENT, side, body, files: Vec::new() }
}

/// Ends the time to answer of the approval that `subject` names; for the platform's own work.
///
/// # Errors
/// When the database fails.
pub async fn expire(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    let Ok(id) = subject.parse::<ApprovalId>() else { return Ok(()) };
    let (row, after) = match writing.decide_approval(id, Act::Expire, None, now).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
        found => found?,
    };
    if after != row.at() {
        follow(writing, &row, after, Side::Staff, None, now).await?;
        writing.record(now, entry("approval expired", id, ClientId(row.client_id), &row.title, None)).await?;
    }
    Ok(())
}

/// Tells the room that asked what was decided, by the approval's kind; for the platform's own work.
///
/// # Errors
/// When the database fails.
pub async fn decided(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    let Ok(id) = subject.parse::<ApprovalId>() else { return Ok(()) };
    let row = match writing.approval(id).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
        found => found?,
    };
    match row.kind.as_str() {
        // Its conversation says it already.
        approvals::REQUEST => {}
        approvals::UPDATE_RUN => super::patching::answered(writing, &row, now).await?,
        kind => tracing::warn!(kind, approval = %id, state = row.state, "no room of this program asked for this approval"),
    }
    Ok(())
}
