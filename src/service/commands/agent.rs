//! An agent asks for work: what it says of earlier commands is kept, and what it may do now is signed for it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Moment, Refusal,
    commands::{Event, Kind, LISTENING, MOST_OUTPUT, MOST_PROGRESS, Order, State, Told, order_message},
    ids::{CommandId, DeviceId, PersonId},
    time::{DAY, MINUTE},
};
use ed25519_dalek::{Signer, SigningKey};
use foundation::{
    Database, Failure, Principal, Tenant,
    commands::{CommandChange, CommandRow, SigningKeys},
    tenancy::SeenDevice,
};

/// How exact the last time is at which an agent asked.
const EXACT: i64 = LISTENING - 20 * MINUTE;
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
    if let Some(keys) = writing.signing_key().await? {
        return Ok(keys);
    }
    let keys = SigningKeys { secret: seed.to_vec(), public };
    writing.make_signing_key(keys.clone(), now).await?;
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
        if i64::from(one.number) > row.told && !writing.change_command(&device, &row, change(&row, one, now)).await? {
            return Err(Refusal::Unavailable(1).into());
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
            CommandChange { ended_at: Some(at), exit_code: done.code, reason: Some(done.reason.as_deref().map(line).unwrap_or_default()), ..said }
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
pub async fn news(database: &Database, tenant: &Tenant, keys: &SigningKeys, has: &[CommandId], now: Moment) -> Result<News, Failure> {
    let device = tenant.agents_device().await?;
    let mut news = News::default();
    for row in tenant.commands_to_do(&device).await? {
        if row.expires_at <= now.0 || has.contains(&CommandId(row.id)) {
            continue;
        }
        match refusal(database, tenant, &device, &row).await? {
            Some(why) => give_up(tenant, &device, &row, why, now).await?,
            None => news.orders.extend(take(tenant, &device, row, keys, now).await?),
        }
    }
    if !has.is_empty() {
        news.cancelled = tenant.commands_taken_back(&device, now - DAY).await?;
        news.cancelled.retain(|id| has.contains(id));
    }
    Ok(news)
}

/// Why whoever asked may not have it done any more.
async fn refusal(database: &Database, tenant: &Tenant, device: &SeenDevice, row: &CommandRow) -> Result<Option<&'static str>, Failure> {
    let (Some(person), Ok(kind)) = (row.person_id, Kind::try_from(row.kind.as_str())) else { return Ok(None) };
    let may = async {
        let asker = database.enter(&Principal::Person(PersonId(person)), tenant.id()).await?;
        asker.device(device.id()).await?;
        Ok::<_, Failure>(asker.require(kind.permission())?)
    };
    match may.await {
        Ok(()) => Ok(None),
        Err(Failure::Refused(Refusal::NotFound | Refusal::Forbidden(_))) => Ok(Some("whoever asked for it may not do so any more")),
        Err(failure) => Err(failure),
    }
}

async fn give_up(tenant: &Tenant, device: &SeenDevice, row: &CommandRow, why: &str, now: Moment) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.change_command(device, row, CommandChange::end(State::Cancelled, why, now)).await?;
    writing.commit().await
}

/// The order of `row`, once it is marked as taken; `None` when it changed meanwhile.
async fn take(tenant: &Tenant, device: &SeenDevice, row: CommandRow, keys: &SigningKeys, now: Moment) -> Result<Option<Order>, Failure> {
    if row.state == State::Queued.word() {
        let writing = tenant.writing().await?;
        let fetched = CommandChange { state: Some(State::Fetched), fetched_at: Some(now), ..CommandChange::default() };
        if !writing.change_command(device, &row, fetched).await? {
            return Ok(None);
        }
        writing.commit().await?;
    }
    Ok(signed(device.id(), row, keys))
}

fn signed(device: DeviceId, row: CommandRow, keys: &SigningKeys) -> Option<Order> {
    let seed: [u8; 32] = keys.secret.as_slice().try_into().ok()?;
    let (id, expires_at) = (CommandId(row.id), Moment(row.expires_at));
    let signature = SigningKey::from_bytes(&seed).sign(order_message(id, device, expires_at, &row.spec).as_bytes());
    Some(Order { id, device, expires_at, spec: row.spec, signature: BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()) })
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
