//! Deciding about an update at the tenant, a client or a device, and taking that back.

use domain::{
    Moment, Refusal,
    ids::{ClientId, UpdateId},
    patching::typed::{Conflict, Put, Shown, TypedDecision, WantedDecision},
    people::{Permission, Scope},
};
use foundation::{Failure, Tenant, Writing, audit::Act, patching::Spot};
use jiff::{civil::Date, tz::TimeZone};

use crate::service::devices::By;

/// The most updates that are decided at once.
const MANY: usize = 200;

/// Whether the viewer may decide at `spot`; for all clients only who sees all.
///
/// # Errors
/// [`Refusal::Forbidden`] naming the permission.
pub(super) fn may(tenant: &Tenant, spot: Spot) -> Result<(), Refusal> {
    tenant.require(Permission::PatchingDecide)?;
    let everywhere = matches!(tenant.who().scope, Scope::AllClients);
    if spot == Spot::Tenant && !everywhere { Err(Refusal::Forbidden("patching: decide, for all clients")) } else { Ok(()) }
}

fn begin(zone: &str, day: &str) -> Option<Moment> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let begin = day.parse::<Date>().ok()?.to_zoned(zone).ok()?;
    Some(Moment(begin.timestamp().as_millisecond()))
}

fn act(spot: Spot, action: &'static str, update: (UpdateId, &str), by: &By) -> Act {
    Act {
        action,
        object: Some(("update", update.0.to_string())),
        name: Some(update.1.to_owned()),
        client: spot.client(),
        address: Some(by.address.clone()),
        ..Act::default()
    }
}

/// `spot` as it is inside the change: a device at the client that it is at now, locked; a client within reach.
async fn held(writing: &Writing, spot: Spot) -> Result<Spot, Failure> {
    match spot {
        Spot::Tenant => {}
        Spot::Client(id) => drop(writing.client(id)?.row().await?),
        Spot::Device(_, id) => return Ok(Spot::Device(ClientId(writing.device_to_change(id).await?.row.client_id), id)),
    }
    Ok(spot)
}

/// Decides.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field, [`Refusal::Conflict`] with both values when somebody decided meanwhile.
pub async fn decide(tenant: &Tenant, update: UpdateId, spot: Spot, name: &str, typed: &TypedDecision, by: &By) -> Result<(), Failure> {
    let zone = tenant.who().time_zone.clone();
    let wanted = typed.check(by.now, |day| begin(&zone, day)).map_err(Refusal::Invalid)?;
    let writing = tenant.writing().await?;
    may(&writing, spot)?;
    let spot = held(&writing, spot).await?;
    let stands = writing.decision_at(update, spot).await?;
    let put = wanted.put(stands.as_ref()).map_err(Refusal::from)?;
    writing.keep_decision(update, spot, &wanted, put, by.now).await?;
    let entry = Act {
        before: stands.map(|stands| stands.verdict.label().to_owned()),
        after: Some(wanted.verdict.label().to_owned()),
        detail: wanted.note.clone(),
        ..act(spot, "update decided", (update, name), by)
    };
    writing.record(by.now, entry).await?;
    writing.commit().await
}

/// Takes a decision back.
///
/// # Errors
/// [`Refusal::Conflict`] when somebody decided meanwhile.
pub async fn take_back(tenant: &Tenant, update: UpdateId, spot: Spot, name: &str, shown: &str, by: &By) -> Result<(), Failure> {
    let shown: Shown = shown.parse().map_err(|()| Refusal::invalid("shown", "is no decision"))?;
    let writing = tenant.writing().await?;
    may(&writing, spot)?;
    let spot = held(&writing, spot).await?;
    let stands = writing.decision_at(update, spot).await?;
    let Some(decision) = stands else { return Ok(()) };
    let meanwhile = || Refusal::from(Conflict { wanted: decision.verdict, stands: Some(Box::new(decision.clone())) });
    if !shown.is(&decision) || !writing.drop_decision(decision.id, decision.revision).await? {
        return Err(meanwhile().into());
    }
    let entry = Act { before: Some(decision.verdict.label().to_owned()), ..act(spot, "update decision taken back", (update, name), by) };
    writing.record(by.now, entry).await?;
    writing.commit().await
}

/// An update with the decision that the list showed beside it: `upd_…@dec_…:3`, or `upd_…@` where there was none.
fn choice(sent: &str) -> Result<(UpdateId, Shown), Refusal> {
    let (id, shown) = sent.split_once('@').unwrap_or((sent, ""));
    Ok((id.parse().map_err(|_| Refusal::NotFound)?, shown.parse().map_err(|()| Refusal::invalid("update", "Reload the page and decide again."))?))
}

/// Decides about many updates for all clients; says how many now stand otherwise than before.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field, [`Refusal::NotFound`] for an update beyond reach, [`Refusal::Conflict`] with both values when
/// somebody decided about one of them meanwhile; then nothing is decided.
pub async fn decide_many(tenant: &Tenant, chosen: &[String], typed: &TypedDecision, by: &By) -> Result<u64, Failure> {
    if chosen.is_empty() || chosen.len() > MANY {
        return Err(Refusal::invalid("update", format!("Choose from 1 to {MANY} updates.")).into());
    }
    let chosen: Vec<(UpdateId, Shown)> = chosen.iter().map(|one| choice(one)).collect::<Result<_, _>>()?;
    let zone = tenant.who().time_zone.clone();
    let wanted = typed.check(by.now, |day| begin(&zone, day)).map_err(Refusal::Invalid)?;
    let writing = tenant.writing().await?;
    may(&writing, Spot::Tenant)?;
    let names = writing.catalogue_of(chosen.iter().map(|(id, _)| id.0)).await?;
    let mut changed = 0;
    for (id, shown) in chosen {
        let row = names.get(&id.0).ok_or(Refusal::NotFound)?;
        let name = format!("{} {}", row.name, row.version);
        let stands = writing.decision_at(id, Spot::Tenant).await?;
        let wanted = WantedDecision { shown, ..wanted.clone() };
        let put = wanted.put(stands.as_ref()).map_err(|conflict| Refusal::Conflict(format!("{name}: {}", conflict.sentence())))?;
        if put == Put::Same {
            continue;
        }
        writing.keep_decision(id, Spot::Tenant, &wanted, put, by.now).await?;
        let entry = Act { after: Some(wanted.verdict.label().to_owned()), detail: wanted.note.clone(), ..act(Spot::Tenant, "update decided", (id, &name), by) };
        writing.record(by.now, entry).await?;
        changed += 1;
    }
    writing.commit().await?;
    Ok(changed)
}
