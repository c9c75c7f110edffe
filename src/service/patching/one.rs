//! The page of one update: what is decided where, and how it stands on each device.

use app::patching::{Decided, UpdatePage};
use domain::{
    Moment, Refusal,
    ids::{ClientId, DeviceId, UpdateId},
    patching::{
        Place, decide,
        decision::Decision,
        query::PairsQuery,
        typed::{Shown, TypedDecision},
    },
    people::{Permission, Scope},
};
use foundation::{Failure, Tenant, patching::Spot};

use super::{
    decide::may,
    fleet::by_update,
    lists,
    says::{Known, Says},
    updates,
};

/// The place that `word` names, within reach, and its name; without a word the widest one where the viewer may decide.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn place(tenant: &Tenant, word: &str) -> Result<(Spot, String), Failure> {
    let everywhere = matches!(tenant.who().scope, Scope::AllClients);
    if word == "tenant" || (word.is_empty() && everywhere) {
        return Ok((Spot::Tenant, "All clients".into()));
    }
    if let Ok(id) = word.parse::<DeviceId>() {
        let device = tenant.device(id).await?;
        return Ok((Spot::Device(ClientId(device.row.client_id), id), device.row.name().to_owned()));
    }
    let id = match word {
        "" => tenant.clients().await?.first().map(|row| ClientId(row.id)).ok_or(Refusal::NotFound)?,
        word => word.parse().map_err(|_| Refusal::NotFound)?,
    };
    Ok((Spot::Client(id), tenant.client(id)?.row().await?.name))
}

fn word(spot: Spot) -> String {
    match spot {
        Spot::Tenant => "tenant".into(),
        Spot::Client(id) => id.to_string(),
        Spot::Device(_, id) => id.to_string(),
    }
}

async fn decided(tenant: &Tenant, decisions: &[Decision]) -> Result<Vec<Decided>, Failure> {
    let mut all = Vec::new();
    for decision in decisions {
        let at = match decision.place {
            Place::Tenant => "tenant".to_owned(),
            Place::Client(id) => id.to_string(),
            Place::Device(id) => id.to_string(),
            Place::Site(_) => continue,
        };
        // What was removed since keeps no name.
        let Ok((_, name)) = place(tenant, &at).await else { continue };
        let Decision { verdict, who, note, at: when, expires, .. } = decision.clone();
        all.push((decision.place.level(), Decided { place: at, name, verdict, who, at: when, note, expires }));
    }
    all.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
    Ok(all.into_iter().take(200).map(|(_, decided)| decided).collect())
}

/// The page of an update, with the form for `spot`.
///
/// # Errors
/// [`Refusal::NotFound`] when no device within reach needs or has it.
pub async fn update(tenant: &Tenant, id: UpdateId, spot: (Spot, String), now: Moment) -> Result<UpdatePage, Failure> {
    tenant.require(Permission::PatchingRead)?;
    let counts = by_update(tenant, Some(id.0)).await?.remove(&id.0).ok_or(Refusal::NotFound)?;
    let known = tenant.catalogue_of([id.0]).await?.get(&id.0).and_then(Known::of).ok_or(Refusal::NotFound)?;
    let says = Says::load(tenant, now).await?;
    let about = says.about(id.0, &known, None, None);
    let effective = decide(&about, now);
    let line = updates::line(id.0, &known, counts, &says);
    let stands = tenant.decision_at(id, spot.0).await?;
    let devices = lists::pairs(tenant, PairsQuery { update: Some(id), ..PairsQuery::default() }, now).await?;
    let everywhere = matches!(tenant.who().scope, Scope::AllClients).then(|| ("tenant".to_owned(), "All clients".to_owned()));
    let mut places: Vec<(String, String)> = devices.clients.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    places.sort_by_cached_key(|(_, name)| name.to_lowercase());
    Ok(UpdatePage {
        reason: effective.reason(),
        decided: decided(tenant, says.by_hand(id.0)).await?,
        line,
        devices,
        place: (word(spot.0), spot.1),
        places: everywhere.into_iter().chain(places).collect(),
        typed: typed(stands.as_ref()),
        faults: Vec::new(),
        stands: stands.is_some(),
        may_decide: may(tenant, spot.0).is_ok(),
    })
}

fn typed(stands: Option<&Decision>) -> TypedDecision {
    let shown = Shown(stands.map(|stands| (stands.id, stands.revision))).to_string();
    let verdict = stands.map_or("approve", |stands| stands.verdict.word()).to_owned();
    TypedDecision { verdict, note: stands.and_then(|stands| stands.note.clone()).unwrap_or_default(), shown, ..TypedDecision::default() }
}
