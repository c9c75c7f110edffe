//! Deciding about an update at the tenant, a client or a device, and taking that back.

use domain::{
    Moment, Refusal,
    ids::UpdateId,
    patching::typed::{Conflict, TypedDecision},
    people::{Permission, Scope},
};
use foundation::{Failure, Tenant, audit::Act, patching::Spot};
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

/// Decides.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field, [`Refusal::Conflict`] with both values when somebody decided meanwhile.
pub async fn decide(tenant: &Tenant, update: UpdateId, spot: Spot, name: &str, typed: &TypedDecision, by: &By) -> Result<(), Failure> {
    let zone = tenant.who().time_zone.clone();
    let wanted = typed.check(by.now, |day| begin(&zone, day)).map_err(Refusal::Invalid)?;
    let writing = tenant.writing().await?;
    may(&writing, spot)?;
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
    let shown: domain::patching::typed::Shown = shown.parse().map_err(|()| Refusal::invalid("shown", "is no decision"))?;
    let writing = tenant.writing().await?;
    may(&writing, spot)?;
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

/// Decides about many updates for all clients; says how many now stand otherwise than before.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field, [`Refusal::NotFound`] for an update beyond reach.
pub async fn decide_many(tenant: &Tenant, chosen: &[String], typed: &TypedDecision, by: &By) -> Result<u64, Failure> {
    if chosen.is_empty() || chosen.len() > MANY {
        return Err(Refusal::invalid("update", format!("Choose from 1 to {MANY} updates.")).into());
    }
    let ids: Vec<UpdateId> = chosen.iter().map(|id| id.parse().map_err(|_| Refusal::NotFound)).collect::<Result<_, _>>()?;
    let zone = tenant.who().time_zone.clone();
    let wanted = typed.check(by.now, |day| begin(&zone, day)).map_err(Refusal::Invalid)?;
    let writing = tenant.writing().await?;
    may(&writing, Spot::Tenant)?;
    let names = writing.catalogue_of(ids.iter().map(|id| id.0)).await?;
    let mut changed = 0;
    for id in ids {
        let row = names.get(&id.0).ok_or(Refusal::NotFound)?;
        let stands = writing.decision_at(id, Spot::Tenant).await?;
        // The list shows no revisions: what stands in this transaction is what is decided over.
        let shown = domain::patching::typed::Shown(stands.as_ref().map(|stands| (stands.id, stands.revision)));
        let wanted = domain::patching::typed::WantedDecision { shown, ..wanted.clone() };
        let put = wanted.put(stands.as_ref()).map_err(Refusal::from)?;
        if put == domain::patching::typed::Put::Same {
            continue;
        }
        writing.keep_decision(id, Spot::Tenant, &wanted, put, by.now).await?;
        let name = format!("{} {}", row.name, row.version);
        let entry = Act { after: Some(wanted.verdict.label().to_owned()), detail: wanted.note.clone(), ..act(Spot::Tenant, "update decided", (id, &name), by) };
        writing.record(by.now, entry).await?;
        changed += 1;
    }
    writing.commit().await?;
    Ok(changed)
}
