//! The notices of a demo tenant: who is told of alerts, and what left in the past days.

use domain::{
    Moment,
    alerts::{Channel, Clients, InboxQuery, Occasion, Route, Severity, Target, Why},
    brand::BrandWords,
    ids::{AlertId, ChannelId},
    notices::{State, Told},
};
use foundation::{
    Failure, Writing,
    alerts::AlertRow,
    fresh_id,
    notices::{SeedDelivery, SeedNotice},
};

use crate::service::notices::{Portal, notice};

/// Alerts whose notices left.
const TOLD: usize = 12;
/// Every so many deliveries one was tried twice.
const TWICE: usize = 5;

/// Makes two channels, two routes, and what left for the newest alerts.
pub(super) async fn notices(writing: &Writing, slug: &str, now: Moment) -> Result<(), Failure> {
    let (desk, night) = (channel("Service desk", format!("desk@{slug}.example")), channel("On call", format!("oncall@{slug}.example")));
    writing.add_channel(&desk, None, now).await?;
    writing.add_channel(&night, None, now).await?;
    let (high, worst) = (route("Service desk, high and worse", Severity::High, desk.id), route("On call, critical", Severity::Critical, night.id));
    writing.add_route(&high, now).await?;
    writing.add_route(&worst, now).await?;
    let (brand, host) = (writing.brand().await?, writing.first_host().await?);
    let accent = serde_json::from_str::<BrandWords>(&brand.tokens).map(|words| words.accent).unwrap_or_default();
    let portal = Portal { name: brand.name, accent, url: format!("http://{host}:3000") };
    let rows = writing.alert_page(&InboxQuery::default()).await?.rows;
    for (n, row) in rows.iter().filter(|row| row.severity() >= Severity::High).take(TOLD).enumerate() {
        let mut lines = vec![left(writing, row, (&high, &desk), &portal, n).await?];
        lines.push(if row.severity() < worst.least { kept_back(row, (&worst, &night)) } else { left(writing, row, (&worst, &night), &portal, n + 1).await? });
        let at = Moment(row.raised_at);
        writing.seed_notice(SeedNotice { alert: AlertId(row.id), occasion: Occasion::Raised, lines }, at).await?;
    }
    Ok(())
}

fn channel(name: &str, to: String) -> Channel {
    Channel { id: fresh_id(), name: name.into(), on: true, target: Target::Email { to: vec![to] } }
}

fn route(name: &str, least: Severity, channel: ChannelId) -> Route {
    Route { id: fresh_id(), name: name.into(), on: true, least, clients: Clients::Any, on_raise: true, on_resolve: true, channel }
}

/// A notice that left; now and then only with its second try.
async fn left(writing: &Writing, row: &AlertRow, (route, channel): (&Route, &Channel), portal: &Portal, n: usize) -> Result<Told, Failure> {
    let twice = n % TWICE == 1;
    let error = twice.then(|| "the mail server refused the mail: 450 4.2.1 try again later".to_owned());
    let new = notice(row, Occasion::Raised, channel, portal);
    let seed = SeedDelivery { new, at: Moment(row.raised_at), state: State::Sent, tried: if twice { 2 } else { 1 }, error };
    let delivery = Some(writing.seed_delivery(seed).await?);
    let why = Why::Sent { severity: row.severity(), least: route.least };
    Ok(Told { delivery, why, ..kept_back(row, (route, channel)) })
}

/// A notice that the route did not take.
fn kept_back(row: &AlertRow, (route, channel): (&Route, &Channel)) -> Told {
    Told {
        at: Moment(row.raised_at),
        route: route.id,
        route_name: route.name.clone(),
        channel: channel.id,
        channel_name: channel.name.clone(),
        why: Why::SeverityBelow { severity: row.severity(), least: route.least },
        delivery: None,
        past: false,
    }
}
