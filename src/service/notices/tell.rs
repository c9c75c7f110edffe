//! Decides who is told of an alert, by the tenant's routes, and writes down why each was told or not.

use app::alerts::NoticeLine;
use domain::{
    Moment,
    alerts::{Channel, Decision, Facts, Key, Occasion, Quiet, Route, State, Target, Why, plan},
    ids::{AlertId, ClientId, DeviceId},
    notices::{AlertNews, Cause, Kind, Told, told},
    people::Scope,
};
use foundation::{Failure, Tenant, Writing, alerts::AlertRow, notices::NewDelivery};
use jiff::Timestamp;

use super::Portal;

/// The routes and channels of a tenant.
struct Ways {
    routes: Vec<Route>,
    channels: Vec<Channel>,
}

/// Tells of what `subject` names, as the job of that subject. What was told already is not told again.
///
/// # Errors
/// When the database fails.
pub async fn tell(writing: &Writing, subject: &str, portal: &Portal, now: Moment) -> Result<(), Failure> {
    let Some((id, cause)) = Cause::read(subject) else { return Ok(()) };
    // Deleted with its device.
    let Some(state) = writing.alert_to_tell(id).await? else { return Ok(()) };
    let row = writing.alert_line(id).await?;
    let ways = Ways {
        routes: writing.routes().await?.into_iter().map(|kept| kept.it).collect(),
        channels: writing.channels().await?.into_iter().map(|kept| kept.it).collect(),
    };
    let over = matches!(state, State::Resolved { .. });
    // What happened meanwhile was told already, in this order, by the job of the end.
    if cause == Cause::Again && over && !writing.is_to_be_told(id, Cause::Resolved).await? {
        return Ok(());
    }
    if cause == Cause::Resolved {
        // Asked for at once, and another worker took the end first.
        for earlier in [Cause::Raised, Cause::Again] {
            if writing.is_to_be_told(id, earlier).await? {
                decide(writing, (&row, &state), earlier, &ways, portal, now).await?;
            }
        }
        if !over {
            return Ok(());
        }
    }
    decide(writing, (&row, &state), cause, &ways, portal, now).await
}

async fn decide(writing: &Writing, alert: (&AlertRow, &State), cause: Cause, ways: &Ways, portal: &Portal, now: Moment) -> Result<(), Failure> {
    let (row, state) = alert;
    let (id, occasion) = (AlertId(row.id), cause.occasion());
    let mut known = writing.notices_of(id).await?;
    if cause == Cause::Again {
        for (at, lines) in &mut known {
            *lines = told::past(std::mem::take(lines));
            writing.keep_notices(id, *at, lines, now).await?;
        }
    }
    let sent = known.iter().flat_map(|(at, lines)| told::sent(*at, lines)).collect();
    let began = known.iter().filter(|(at, _)| *at == Occasion::Raised).flat_map(|(_, lines)| told::began(lines)).collect();
    let quiet = Quiet { window: window_of(writing, state).await?, sent, began };
    let facts = Facts { severity: row.severity(), client: Some(ClientId(row.client_id)), state };
    let mut fresh = Vec::new();
    for decision in plan(occasion, &facts, &ways.routes, &ways.channels, &quiet) {
        fresh.push(follow(writing, row, occasion, decision, ways, portal, now).await?);
    }
    let before = known.into_iter().find(|(at, _)| *at == occasion).map(|(_, lines)| lines).unwrap_or_default();
    writing.keep_notices(id, occasion, &told::merged(before, fresh), now).await
}

/// What the window is called that suppresses an alert in `state`.
async fn window_of(writing: &Writing, state: &State) -> Result<Option<String>, Failure> {
    let State::Suppressed { window } = state else { return Ok(None) };
    Ok(writing.window_names(&[*window]).await?.remove(window))
}

/// Posts what a decision sends, and gives its line.
async fn follow(writing: &Writing, row: &AlertRow, occasion: Occasion, decision: Decision, ways: &Ways, portal: &Portal, now: Moment) -> Result<Told, Failure> {
    let route = ways.routes.iter().find(|route| route.id == decision.route).map(|route| route.name.clone()).unwrap_or_default();
    let channel = ways.channels.iter().find(|channel| channel.id == decision.channel);
    let sends = decision.sends();
    let mut line = told::line(decision, now, route, channel.map(|channel| channel.name.clone()).unwrap_or_default());
    if let Some(channel) = channel.filter(|_| sends) {
        line.delivery = Some(writing.post(notice(row, occasion, channel, portal), now).await?);
    }
    Ok(line)
}

/// What leaves through `channel` about an alert.
pub(crate) fn notice(row: &AlertRow, occasion: Occasion, channel: &Channel, portal: &Portal) -> NewDelivery {
    let id = AlertId(row.id);
    let (device, since, url) = (row.device_name(), written(Moment(row.raised_at)), portal.at(&format!("/alerts/{id}")));
    let condition = row.condition.parse::<Key>().map_or_else(|_| row.condition.clone(), |key| key.label());
    let news = AlertNews {
        occasion,
        brand: &portal.name,
        accent: &portal.accent,
        severity: row.severity(),
        condition: &condition,
        value: row.value.as_deref(),
        device: &device,
        client: &row.client_name,
        since: &since,
        url: &url,
        ids: [id.to_string(), DeviceId(row.device_id).to_string(), ClientId(row.client_id).to_string()],
    };
    let (kind, to, body, html) = match &channel.target {
        Target::Email { to } => (Kind::Mail, to.clone(), news.text(), Some(news.html())),
        Target::Webhook { .. } => (Kind::Webhook, vec![channel.target.words()], news.json(), None),
    };
    NewDelivery {
        client: Some(ClientId(row.client_id)),
        channel: Some((channel.id, channel.name.clone())),
        alert: Some(id),
        what: if occasion == Occasion::Raised { "alert raised" } else { "alert resolved" },
        kind,
        to,
        from_name: portal.name.clone(),
        subject: news.subject(),
        body,
        html,
        attachment: None,
    }
}

fn written(at: Moment) -> String {
    Timestamp::from_millisecond(at.0).map(|at| at.strftime("%-d %b %Y, %H:%M UTC").to_string()).unwrap_or_default()
}

/// Who was told of an alert and who was not, newest first, with what became of each delivery.
///
/// # Errors
/// When the database fails.
pub async fn notices_of(tenant: &Tenant, id: AlertId) -> Result<Vec<NoticeLine>, Failure> {
    let may_open = super::require(tenant).is_ok();
    // Who looks after some clients does not learn which others have routes of their own.
    let all = tenant.who().scope == Scope::AllClients;
    let decided = tenant.notices_of(id).await?;
    let states = tenant.delivery_states(decided.iter().flat_map(|(_, lines)| lines).filter_map(|line| line.delivery)).await?;
    let mut lines = Vec::new();
    for (occasion, decided) in decided {
        for told in decided.into_iter().filter(|told| all || told.why != Why::OtherClient) {
            // The log forgets before the alert does.
            let delivery = told.delivery.and_then(|delivery| Some((delivery, *states.get(&delivery)?)));
            lines.push(NoticeLine {
                occasion,
                at: told.at,
                route: told.route_name,
                channel: told.channel_name,
                why: told.why,
                past: told.past,
                delivery,
                may_open,
            });
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    Ok(lines)
}
