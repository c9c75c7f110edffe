//! Two tabs of a device: its alerts, and what is watched on it with the policy that says so.

use domain::{
    alerts::{InboxQuery, inbox::Show},
    ids::AlertId,
};
use leptos::prelude::*;

use super::{
    AlertsTab, EffectiveTab, PolicyPlace, Watched,
    parts::{OrDash, at, list},
    places::policy,
    rows::{Columns, Lines},
    rules::RuleCells,
};
use crate::ui::{Cell, Column, Empty, Head, LinkButton, Row, Rows, Section, Slot, Table, When, thousands};

/// The alerts of one device, live ones first.
#[component]
pub fn DeviceAlerts(tab: AlertsTab) -> impl IntoView {
    let all = list(&InboxQuery { show: Show::All, device: Some(tab.device), ..InboxQuery::default() });
    if tab.rows.is_empty() {
        let text = "When something that a policy watches goes wrong on this device, its alert stands here.";
        return view! { <div class="alone"><Empty icon="bell" title="No alerts yet" text/></div> }.into_any();
    }
    let live = tab.rows.iter().filter(|row| row.state.is_live()).count() as u64;
    let note = format!("{} live", thousands(live));
    let rest = if tab.more { "Older ones too, in the inbox" } else { "In the inbox" };
    view! {
        <Section title="Alerts" note more=(rest.to_owned(), all)>
            <Lines caption="Alerts of this device, live ones first" rows=tab.rows columns=Columns::default()/>
        </Section>
    }
    .into_any()
}

/// What is watched on one device.
#[component]
pub fn EffectivePolicy(tab: EffectiveTab) -> impl IntoView {
    let line = |watched: Watched| view! { <Line watched/> };
    let body = if tab.watched.is_empty() {
        view! { <Empty icon="activity" title="Nothing is watched" text="No policy watches anything on this device."/> }.into_any()
    } else {
        view! {
            <Table caption="What is watched on this device">
                <Head>
                    <Column label="Condition"/>
                    <Column label="Watched"/>
                    <Column label="Severity"/>
                    <Column label="Limits"/>
                    <Column label="For"/>
                    <Column label="Last seen"/>
                    <Column label="Breaching" number=true/>
                </Head>
                <Rows>{tab.watched.into_iter().map(line).collect_view()}</Rows>
            </Table>
        }
        .into_any()
    };
    view! {
        {(!tab.places.is_empty()).then(|| view! { <Places places=tab.places/> })}
        <Section title="Effective policy" note="The nearest policy that says something wins: device, site, client, then all clients.".to_owned()>
            {body}
        </Section>
    }
}

/// Where values for this device can be set.
#[component]
fn Places(places: Vec<PolicyPlace>) -> impl IntoView {
    let place = |place: PolicyPlace| {
        let values = (place.values > 0).then(|| format!(" ({} set)", thousands(place.values)));
        view! { <LinkButton href=policy(&place.word) small=true icon="pencil">{place.name}{values}</LinkButton> }
    };
    view! {
        <nav class="policy-places" aria-label="Policies that hold for this device">
            <span class="soft">"Change the policy of:"</span>
            {places.into_iter().map(place).collect_view()}
        </nav>
    }
}

#[component]
fn Line(watched: Watched) -> impl IntoView {
    let Watched { rule, value, breaching_since, alert } = watched;
    let breach = match (breaching_since, alert) {
        (Some(since), Some(id)) => view! { <a class="number-link" href=at_alert(id)>"for " <When at=since/></a> }.into_any(),
        (Some(since), None) => view! { <span>"for " <When at=since/></span> }.into_any(),
        (None, Some(id)) => view! { <a class="number-link" href=at_alert(id)>"Alert"</a> }.into_any(),
        (None, None) => view! { <OrDash text=value.as_ref().map(|_| "No".to_owned()) none="no data yet"/> }.into_any(),
    };
    view! {
        <Row>
            <RuleCells rule here=None href=None/>
            <Cell><span class="stacked-word">"Last seen: "</span><OrDash text=value none="no data yet"/></Cell>
            <Cell number=true kind=Slot::Meta><span class="stacked-word">"Breaching: "</span>{breach}</Cell>
        </Row>
    }
}

fn at_alert(id: AlertId) -> String {
    at(id, "")
}
