//! One alert with everything around it, and what holds for a device.

use app::alerts::{AlertLine, AlertPage, EffectiveTab, Offered, PolicyPlace, TimelineLine, Watched};
use domain::{
    Moment, Refusal,
    alerts::{Key, Level, Rule, State, What},
    ids::{AlertId, ClientId, DeviceId, SiteId},
    people::Permission,
};
use foundation::{
    Failure, Tenant,
    alerts::{AlertRow, EntryRow, Spot, usual},
    tenancy::SeenDevice,
};

use super::lists::{line, with_windows};

/// The page of the alert.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when it is not within reach.
pub async fn page(tenant: &Tenant, id: AlertId) -> Result<AlertPage, Failure> {
    let row = tenant.alert_line(id).await?;
    let (revision, timeline) = (row.revision, tenant.timeline(&row).await?);
    let line_of = with_windows(tenant, line(row).into_iter().collect()).await?.pop().ok_or(Refusal::NotFound)?;
    let (rule, others, here) = around(tenant, &line_of).await?;
    let may = here && tenant.require(Permission::AlertsManage).is_ok();
    Ok(AlertPage {
        rule,
        timeline: timeline.into_iter().filter_map(told).collect(),
        offers: if may { offers(&line_of.state, line_of.breaching) } else { Vec::new() },
        revision,
        note: (String::new(), None),
        others: others.into_iter().filter(|other| other.id != id.0).filter_map(line).collect(),
        notices: crate::service::notices::notices_of(tenant, id).await?,
        line: line_of,
    })
}

/// What holds for the device, and what else is wrong on it. Of a device that moved out of reach neither is known, and nothing can be done.
async fn around(tenant: &Tenant, line: &AlertLine) -> Result<(Rule, Vec<AlertRow>, bool), Failure> {
    match tenant.device(line.device.0).await {
        Ok(device) => {
            let layers = tenant.policy_layers(&device).await?;
            Ok((layers.effective().rule(&line.key), tenant.alerts_of(&device, true).await?.0, true))
        }
        Err(Failure::Refused(Refusal::NotFound)) => Ok((usual(&line.key), Vec::new(), false)),
        Err(failure) => Err(failure),
    }
}

fn told(row: EntryRow) -> Option<TimelineLine> {
    let what: What = serde_json::from_str(&row.what).ok()?;
    let (words, note) = match (what, row.note) {
        (What::RaisedIn(_), Some(name)) => (format!("raised inside the maintenance window “{name}”, so suppressed"), None),
        (What::Suppressed(_), Some(name)) => (format!("suppressed by the maintenance window “{name}”"), None),
        (What::WindowEnded(_), Some(name)) => (format!("the maintenance window “{name}” ended"), None),
        (_, note) => (what.words().to_owned(), note),
    };
    Some(TimelineLine { at: Moment(row.at), by: row.actor_name, words, note })
}

/// What a state allows, the usual act first.
fn offers(state: &State, breaching: bool) -> Vec<Offered> {
    use Offered::{Acknowledge, Dismiss, Reopen, Resolve, Snooze, Unacknowledge, Wake};
    match state {
        State::Open => vec![Acknowledge, Snooze, Resolve, Dismiss],
        State::Acknowledged { .. } => vec![Resolve, Unacknowledge, Snooze, Dismiss],
        State::Snoozed { .. } if breaching => vec![Wake, Acknowledge, Snooze, Resolve, Dismiss],
        State::Snoozed { .. } => vec![Wake, Snooze, Resolve, Dismiss],
        State::Suppressed { .. } if breaching => vec![Acknowledge, Snooze, Resolve, Dismiss],
        State::Suppressed { .. } => vec![Snooze, Resolve, Dismiss],
        State::Resolved { .. } => vec![Reopen],
        State::Dismissed { .. } => Vec::new(),
    }
}

/// What is watched on `device`, with where each value comes from.
///
/// # Errors
/// When the database fails.
pub async fn effective(tenant: &Tenant, device: &SeenDevice) -> Result<EffectiveTab, Failure> {
    let layers = tenant.policy_layers(device).await?;
    let tracks = tenant.tracks(device).await?;
    let (live, _) = tenant.alerts_of(device, true).await?;
    let effective = layers.effective();
    let mut rules = effective.rules();
    let known: Vec<Key> = rules.iter().map(|rule| rule.key.clone()).collect();
    rules.extend(tracks.keys().filter(|key| !known.contains(key)).map(|key| effective.rule(key)));
    let watched = rules.into_iter().map(|rule| {
        let track = tracks.get(&rule.key);
        let alert = live.iter().find(|row| row.condition == rule.key.to_string()).map(|row| AlertId(row.id));
        Watched {
            value: track.and_then(|track| track.value.as_ref()).map(ToString::to_string),
            breaching_since: track.and_then(|track| track.breaching_since),
            alert,
            rule,
        }
    });
    let places = if tenant.require(Permission::MonitoringManage).is_ok() { places(tenant, device).await? } else { Vec::new() };
    Ok(EffectiveTab { device: device.id(), watched: watched.collect(), places })
}

/// Where values for the device can be set, nearest first.
async fn places(tenant: &Tenant, device: &SeenDevice) -> Result<Vec<PolicyPlace>, Failure> {
    let (client, site) = (ClientId(device.row.client_id), SiteId(device.row.site_id));
    let within = tenant.client(client)?;
    let spots = [
        (Spot::Device(client, device.id()), device.id().to_string(), device.row.name().to_owned()),
        (Spot::Site(client, site), site.to_string(), within.site(site).await?.name),
        (Spot::Client(client), client.to_string(), within.row().await?.name),
        (Spot::Tenant, "tenant".to_owned(), "All clients".to_owned()),
    ];
    let mut places = Vec::new();
    for (spot, word, name) in spots {
        let (document, _) = tenant.policy_at(spot).await?;
        places.push(PolicyPlace { word, name, values: document.iter().count() as u64 });
    }
    Ok(places)
}

/// The word of a level's place in an address.
pub(super) fn word(level: Level, subject: uuid::Uuid) -> String {
    match level {
        Level::Platform | Level::Tenant => "tenant".into(),
        Level::Client => ClientId(subject).to_string(),
        Level::Site => SiteId(subject).to_string(),
        Level::Device => DeviceId(subject).to_string(),
    }
}
