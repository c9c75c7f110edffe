//! What people do to a request: answer it, note something among staff, decide where it is and who has it, solve it, open it again.

use domain::{
    Refusal,
    ids::{ClientId, PersonId, RequestId},
    people::Permission,
    requests::{Act, Priority, Side, State, query::chosen},
};
use foundation::{
    Failure, Tenant, Writing, fresh_id,
    requests::{NewMessage, SetTo, kinds, rows::request},
};

use super::{
    Said, called, entry,
    told::{self, News},
};
use crate::service::devices::By;

/// What staff chose in the form beside a request.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    /// The word of the state.
    pub state: String,
    /// The word of the priority.
    pub priority: String,
    /// The person who has it; empty: nobody.
    pub assigned: String,
    /// The version that was looked at.
    pub revision: String,
}

fn state(row: &request::Model) -> State {
    row.state.parse().unwrap_or(State::Open)
}

fn name(row: &request::Model) -> String {
    format!("{} {}", called(row.number), row.subject)
}

fn side(tenant: &Tenant) -> Side {
    if tenant.who().client().is_some() { Side::Client } else { Side::Staff }
}

/// Starts an act: the request is found first, so that whoever may not see it learns nothing of what may be done.
async fn begin(tenant: &Tenant, id: RequestId, permission: Permission) -> Result<(Writing, request::Model), Failure> {
    let writing = tenant.writing().await?;
    let row = writing.request_to_change(id).await?;
    writing.require(permission)?;
    Ok((writing, row))
}

/// Puts the request where `act` leads, with a line of what happened when it goes somewhere else.
async fn step(writing: &Writing, row: &request::Model, act: Act, by: &By) -> Result<State, Failure> {
    let before = state(row);
    let after = before.after(act, domain::Moment(row.state_at), by.now)?;
    if after != before {
        writing.set_request(row, SetTo { state: Some(after), ..SetTo::default() }, by.now).await?;
        if !matches!(act, Act::Reply(_)) {
            let said = NewMessage { id: fresh_id(), kind: kinds::EVENT, side: side(writing), body: happened(after).to_owned(), files: Vec::new() };
            writing.say(row, said, by.now).await?;
        }
    }
    Ok(after)
}

/// What a line of the conversation says of a request that went there; both sides read it.
const fn happened(state: State) -> &'static str {
    match state {
        State::New | State::Open => "opened it again",
        State::WaitingClient => "waits for the client",
        State::WaitingThird => "waits for a third party",
        State::OnHold => "put it on hold",
        State::Solved => "marked it as solved",
        State::Closed => "closed it",
    }
}

async fn record(writing: &Writing, row: &request::Model, action: &'static str, after: Option<(State, State)>, by: &By) -> Result<(), Failure> {
    let act = entry(action, RequestId(row.id), ClientId(row.client_id), name(row), &by.address);
    let (before, after) = after.map(|(before, after)| (before.word().to_owned(), after.word().to_owned())).unzip();
    writing.record(by.now, foundation::audit::Act { before, after, ..act }).await
}

/// Answers a request; staff may put it into another state than the usual one with the same answer.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field, [`Refusal::Conflict`] when its state does not allow it.
pub async fn reply(tenant: &Tenant, id: RequestId, said: Said, then: &str, by: &By) -> Result<(), Failure> {
    let said = said.check("text", "Write an answer first.").map_err(Refusal::Invalid)?;
    let chosen: Option<State> = match then {
        "" => None,
        then => Some(then.parse().map_err(|()| Refusal::invalid("then", "Choose one of the states."))?),
    };
    let (writing, row) = begin(tenant, id, Permission::RequestsWrite).await?;
    let from = side(&writing);
    let new = NewMessage { id: said.form, kind: kinds::REPLY, side: from, body: said.text, files: said.files };
    if writing.sent_before(&new).await?.is_some() {
        return Ok(());
    }
    let mut after = step(&writing, &row, Act::Reply(from), by).await?;
    writing.say(&row, new, by.now).await?;
    if let Some(chosen) = chosen.filter(|chosen| from == Side::Staff && *chosen != after) {
        let moved = request::Model { state: after.word().into(), ..row.clone() };
        after = step(&writing, &moved, Act::Set(chosen), by).await?;
    }
    told::news_came(&writing, id, if from == Side::Staff { News::Answered } else { News::Said }, by.now).await?;
    let action = if from == Side::Staff { "request answered" } else { "request replied to" };
    record(&writing, &row, action, Some((state(&row), after)), by).await?;
    writing.commit().await
}

/// Writes a note that only staff read.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field; [`Refusal::Forbidden`] for contacts.
pub async fn note(tenant: &Tenant, id: RequestId, said: Said, by: &By) -> Result<(), Failure> {
    let said = said.check("note", "Write a note first.").map_err(|mut faults| {
        faults.iter_mut().for_each(|fault| fault.field = "note".into());
        Refusal::Invalid(faults)
    })?;
    let (writing, row) = begin(tenant, id, Permission::RequestsManage).await?;
    let new = NewMessage { id: said.form, kind: kinds::NOTE, side: Side::Staff, body: said.text, files: said.files };
    if writing.sent_before(&new).await?.is_some() {
        return Ok(());
    }
    writing.say(&row, new, by.now).await?;
    // The audit of a client can be read by others than staff one day; the note itself never stands in it.
    record(&writing, &row, "request noted", None, by).await?;
    writing.commit().await
}

/// Sets state, priority and who has it, as staff chose.
///
/// # Errors
/// [`Refusal::Conflict`] with both values when somebody changed it meanwhile; [`Refusal::Invalid`] naming the field.
pub async fn decide(tenant: &Tenant, id: RequestId, typed: &Decided, by: &By) -> Result<(), Failure> {
    let to: State = typed.state.parse().map_err(|()| Refusal::invalid("state", "Choose one of the states."))?;
    let priority: Priority = typed.priority.parse().map_err(|()| Refusal::invalid("priority", "Choose one of the priorities."))?;
    let (writing, row) = begin(tenant, id, Permission::RequestsManage).await?;
    let assigned = assignee(&writing, &row, &typed.assigned).await?;
    if typed.revision.parse::<i64>() != Ok(row.revision) {
        let now = state(&row).label(Side::Staff);
        let why = format!(
            "You wanted this request \"{}\"; somebody changed it meanwhile, and it is \"{now}\". Look at it again before you decide.",
            to.label(Side::Staff)
        );
        return Err(Refusal::Conflict(why).into());
    }
    let before = state(&row);
    if to != before {
        step(&writing, &row, Act::Set(to), by).await?;
        told::news_came(&writing, id, News::Answered, by.now).await?;
        record(&writing, &row, "request decided", Some((before, to)), by).await?;
    }
    let other = SetTo {
        state: None,
        priority: (priority.word() != row.priority).then_some(priority),
        assigned: (assigned.map(|id| id.0) != row.assigned_to).then_some(assigned),
    };
    if other.priority.is_some() || other.assigned.is_some() {
        writing.set_request(&row, other, by.now).await?;
        record(&writing, &row, "request assigned", None, by).await?;
    }
    writing.commit().await
}

/// The person of staff with this id who has the request's client in reach; empty is nobody. Whoever has it already may keep it.
async fn assignee(writing: &Writing, row: &request::Model, typed: &str) -> Result<Option<PersonId>, Failure> {
    if typed.is_empty() {
        return Ok(None);
    }
    let id: Option<PersonId> = typed.parse().ok();
    let known = id.filter(|id| row.assigned_to == Some(id.0));
    let known = match (known, id) {
        (Some(id), _) => Some(id),
        (None, Some(id)) => can_look_after(writing, ClientId(row.client_id)).await?.into_iter().find(|(known, _)| *known == id).map(|(id, _)| id),
        (None, None) => None,
    };
    Ok(Some(known.ok_or_else(|| Refusal::invalid("assigned", "Choose one of the people in the list."))?))
}

/// The staff who can look after the requests of `client`, in name order.
///
/// # Errors
/// When the database fails.
pub(super) async fn can_look_after(tenant: &Tenant, client: ClientId) -> Result<Vec<(PersonId, String)>, Failure> {
    let able = tenant.staff_of(client).await?.into_iter().filter(|row| row.role.is_some_and(|role| role.holds(Permission::RequestsManage)));
    let mut people: Vec<(PersonId, String)> = able.map(|row| (PersonId(row.person.id), row.person.name)).collect();
    people.sort_by_cached_key(|(_, name)| name.to_lowercase());
    Ok(people)
}

/// Says that it is done; for contacts. It is done already: nothing to say.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::Forbidden`].
pub async fn solve(tenant: &Tenant, id: RequestId, by: &By) -> Result<(), Failure> {
    own(tenant, id, Act::Solve, by).await
}

/// Opens it again; for contacts and staff.
///
/// # Errors
/// [`Refusal::Conflict`] when it is open, or was closed long ago.
pub async fn reopen(tenant: &Tenant, id: RequestId, by: &By) -> Result<(), Failure> {
    own(tenant, id, Act::Reopen, by).await
}

async fn own(tenant: &Tenant, id: RequestId, act: Act, by: &By) -> Result<(), Failure> {
    let (writing, row) = begin(tenant, id, Permission::RequestsWrite).await?;
    let before = state(&row);
    if act == Act::Solve && before == State::Solved {
        return Ok(());
    }
    let after = step(&writing, &row, act, by).await?;
    // The client reads what staff did; what its own people do has words of its own.
    let action = if side(&writing) == Side::Staff { "request decided" } else { "request changed" };
    record(&writing, &row, action, Some((before, after)), by).await?;
    writing.commit().await
}

/// Closes each of `ids`, one transaction each; says how many were closed, and how many were closed already or are out of reach.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field.
pub async fn close_many(tenant: &Tenant, ids: &[String], by: &By) -> Result<(u64, u64), Failure> {
    tenant.require(Permission::RequestsManage)?;
    let ids = chosen(ids.iter().map(String::as_str)).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let (mut closed, mut left) = (0, 0);
    for id in ids {
        match begin(tenant, id, Permission::RequestsManage).await {
            Ok((writing, row)) if state(&row) != State::Closed => {
                step(&writing, &row, Act::Set(State::Closed), by).await?;
                record(&writing, &row, "request decided", Some((state(&row), State::Closed)), by).await?;
                writing.commit().await?;
                closed += 1;
            }
            Ok(_) | Err(Failure::Refused(Refusal::NotFound)) => left += 1,
            Err(failure) => return Err(failure),
        }
    }
    Ok((closed, left))
}
