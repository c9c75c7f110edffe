//! An agent asks for work: what it says of earlier commands is kept, and what it may do now is signed for it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Moment, Refusal,
    commands::{Event, Kind, LISTENING, MOST_OUTPUT, MOST_PROGRESS, Order, State, Told, order_message},
    ids::{AgentKeyId, CommandId, PersonId},
    time::MINUTE,
};
use ed25519_dalek::{Signer, SigningKey};
use foundation::{
    Failure, Principal, Tenant,
    commands::{CommandChange, CommandRow, SigningKeys},
    tenancy::SeenDevice,
};

use crate::service::patching;

/// How exact the last time is at which an agent asked.
const EXACT: i64 = LISTENING - 20 * MINUTE;
/// The most bytes of scripts that one answer holds; the rest comes with the next.
const MOST_AT_ONCE: usize = 128 * 1024;
/// The most bytes of what became of each package that are kept.
const MOST_OUTCOME: usize = 512 * 1024;
/// What an agent says of commands at once.
const MOST_TOLD: usize = 100;

/// The tenant's signing key, made now if this is the first agent that asks.
///
/// # Errors
/// When the database or the operating system's randomness fails.
pub async fn keys(tenant: &Tenant, now: Moment) -> Result<SigningKeys, Failure> {
    if let Some(keys) = tenant.signing_key().await? {
        return Ok(keys);
    }
    let seed = SigningKeys::seed().map_err(|_| Refusal::Unavailable(5))?;
    let public = SigningKey::from_bytes(&seed).verifying_key().to_bytes().to_vec();
    let writing = tenant.writing().await?;
    let keys = writing.make_signing_key(SigningKeys { secret: seed.to_vec(), public }, now).await?;
    writing.commit().await?;
    Ok(keys)
}

/// Keeps what the agent that entered says of its commands, and that it asks. What is not newer than what is known changes nothing.
///
/// # Errors
/// [`Refusal::Invalid`] when it says more than an agent does.
pub async fn told(tenant: &Tenant, told: &[Told], allows_changes: bool, now: Moment) -> Result<(), Failure> {
    if told.len() > MOST_TOLD {
        return Err(Refusal::invalid("told", "is longer than 100").into());
    }
    let device = tenant.agents_device().await?;
    let known = tenant.listening(&device).await?.ok_or(Refusal::NotFound)?;
    let fresh = known.polled_at.is_some_and(|at| now.since(at) < EXACT) && known.allows_changes == Some(allows_changes);
    if fresh && told.is_empty() {
        return Ok(());
    }
    let writing = tenant.writing().await?;
    for one in told {
        let row = match writing.command_of(&device, one.id).await {
            // Deleted meanwhile, or never this device's: there is nothing to keep, and the agent need not say it again.
            Err(Failure::Refused(Refusal::NotFound)) => continue,
            row => row?,
        };
        if i64::from(one.number) > row.told {
            if !writing.change_command(&device, &row, change(&row, one, now)).await? {
                return Err(Refusal::Unavailable(1).into());
            }
            patching::told(&writing, &device, &row, one, plausible(one.at, &row, now)).await?;
        }
    }
    writing.note_poll(&device, allows_changes, now).await?;
    writing.commit().await
}

/// What changes about `row` when its device says this.
fn change(row: &CommandRow, told: &Told, now: Moment) -> CommandChange {
    let state = State::try_from(row.state.as_str()).unwrap_or(State::Failed);
    let event = match &told.done {
        None => Event::Progress,
        Some(done) if done.well => Event::Succeeded,
        Some(_) => Event::Failed,
    };
    let output = told.output.as_deref().map(tail).map(|(text, cut)| (text, cut || told.cut));
    let said = CommandChange { told: Some(told.number), output, progress: told.progress.as_deref().map(line), ..CommandChange::default() };
    // What cannot happen to it any more is kept beside it and changes no state.
    let Ok(after) = state.after(event) else { return said };
    let at = plausible(told.at, row, now);
    let said = CommandChange { state: Some(after), started_at: row.started_at.is_none().then_some(at), ..said };
    match &told.done {
        Some(done) if matches!(after, State::Done | State::Failed) => {
            let outcome = done.outcome.as_ref().and_then(|outcome| serde_json::to_string(outcome).ok()).filter(|text| text.len() <= MOST_OUTCOME);
            CommandChange { ended_at: Some(at), exit_code: done.code, reason: Some(done.reason.as_deref().map(line).unwrap_or_default()), outcome, ..said }
        }
        _ => said,
    }
}

/// A time that a device names, between the asking and now.
fn plausible(at: Moment, row: &CommandRow, now: Moment) -> Moment {
    Moment(at.0.clamp(row.created_at.min(now.0), now.0))
}

/// One line of text that a database takes, from a device that may say anything.
fn line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(MOST_PROGRESS).collect()
}

/// The last bytes of what was printed, as text without what no text has; and whether that is less than was sent.
fn tail(output: &str) -> (String, bool) {
    let start = output.len().saturating_sub(MOST_OUTPUT);
    let start = (start..=output.len()).find(|at| output.is_char_boundary(*at)).unwrap_or(output.len());
    let text = output.get(start..).unwrap_or_default();
    (text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect(), start > 0)
}

/// What an agent is to do, and what it need not begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// Signed, oldest first.
    pub orders: Vec<Order>,
    /// Commands that it has and that were taken back.
    pub cancelled: Vec<CommandId>,
}

/// What is new for the agent that entered and `has` these commands already. What it takes is marked as taken.
///
/// # Errors
/// When the database fails.
pub async fn news(tenant: &Tenant, keys: &SigningKeys, has: &[CommandId], now: Moment) -> Result<News, Failure> {
    let Principal::Agent(agent) = tenant.who().principal else { return Err(Refusal::NotFound.into()) };
    let device = tenant.agents_device().await?;
    let mut news = News::default();
    let to_do = if tenant.takes_commands(&device).await? { tenant.commands_to_do(&device).await? } else { Vec::new() };
    for row in to_do {
        if row.expires_at <= now.0 || has.contains(&CommandId(row.id)) {
            continue;
        }
        if !patching::may_begin(tenant, &row).await? {
            continue;
        }
        if let Some(why) = refusal(tenant, &device, &row).await? {
            give_up(tenant, &device, &row, why, now).await?;
            continue;
        }
        if news.orders.iter().map(|order| order.spec.len()).sum::<usize>() + row.spec.len() > MOST_AT_ONCE {
            break;
        }
        news.orders.extend(take(tenant, (&device, agent), row, keys, now).await?);
    }
    if !has.is_empty() {
        news.cancelled = tenant.commands_taken_back(&device, has).await?;
    }
    Ok(news)
}

/// Why whoever asked may not have it done any more.
async fn refusal(tenant: &Tenant, device: &SeenDevice, row: &CommandRow) -> Result<Option<&'static str>, Failure> {
    let (Some(person), Ok(kind)) = (row.person_id, Kind::try_from(row.kind.as_str())) else { return Ok(None) };
    let may = tenant.may(PersonId(person), device, kind.permission()).await?;
    Ok((!may).then_some("whoever asked for it may not do so any more"))
}

async fn give_up(tenant: &Tenant, device: &SeenDevice, row: &CommandRow, why: &str, now: Moment) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.change_command(device, row, CommandChange::end(State::Cancelled, why, now)).await?;
    patching::command_over(&writing, device, row, State::Cancelled, now).await?;
    writing.commit().await
}

/// The order of `row`, once it is marked as taken; `None` when it changed meanwhile.
async fn take(tenant: &Tenant, whose: (&SeenDevice, AgentKeyId), row: CommandRow, keys: &SigningKeys, now: Moment) -> Result<Option<Order>, Failure> {
    if row.state == State::Queued.word() {
        let writing = tenant.writing().await?;
        let fetched = CommandChange { state: Some(State::Fetched), fetched_at: Some(now), ..CommandChange::default() };
        if !writing.change_command(whose.0, &row, fetched).await? {
            return Ok(None);
        }
        patching::fetched(&writing, whose.0, &row, now).await?;
        writing.commit().await?;
    }
    Ok(signed(whose.1, row, keys))
}

fn signed(agent: AgentKeyId, row: CommandRow, keys: &SigningKeys) -> Option<Order> {
    let seed: [u8; 32] = keys.secret.as_slice().try_into().ok()?;
    let (id, expires_at) = (CommandId(row.id), Moment(row.expires_at));
    let signature = SigningKey::from_bytes(&seed).sign(order_message(id, agent, expires_at, &row.spec).as_bytes());
    Some(Order { id, agent, expires_at, spec: row.spec, signature: BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_devices_print_is_bounded_and_is_text() {
        assert_eq!(tail("a\0b\x1b[31m\tc\n"), ("ab[31m\tc\n".to_owned(), false));
        let (text, cut) = tail(&"\u{e4}".repeat(MOST_OUTPUT));
        assert!(cut && text.len() <= MOST_OUTPUT && text.chars().all(|c| c == '\u{e4}'));
        assert_eq!(line("so\nfar \0").as_str(), "sofar ");
        assert_eq!(line(&"x".repeat(9_999)).len(), MOST_PROGRESS);
    }
}
