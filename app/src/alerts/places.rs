//! Where monitoring policies are kept, and the way to a client's own.

use domain::people::Permission;
use leptos::prelude::*;

use super::{PoliciesPage, PolicyPlace};
use crate::{
    Frame,
    devices::parts::counted,
    layout::{Settings, link, may},
    render,
    ui::{Button, Cell, Choice, Column, Empty, Head, Row, RowLink, Rows, Section, Select, Slot, Table, thousands},
};

impl PoliciesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Monitoring policies", move || view! { <Places page=self/> })
    }
}

/// The address of the policy at a place.
pub(super) fn policy(word: &str) -> String {
    link(&format!("/settings/monitoring/{word}"))
}

#[component]
fn Places(page: PoliciesPage) -> impl IntoView {
    let PoliciesPage { tenant, own, more, clients } = page;
    let own = if own.is_empty() { view! { <NoOwn/> }.into_any() } else { view! { <Own own more/> }.into_any() };
    let words = "A policy says what is watched, when that is an alert and how bad it is. What holds for all clients holds everywhere; a client, a site or a \
                 device can have values of its own, and the nearest wins.";
    view! {
        <Settings title="Monitoring" note="What is watched, and when it is an alert".to_owned()/>
        <p class="page-words under-tabs">{words}</p>
        <div class="columns">
            <div>
                <Section title="For everybody"><PlaceTable caption="The policy for all clients" places=vec![tenant]/></Section>
                {own}
            </div>
            <aside aria-label="A client's own policy"><Open clients/></aside>
        </div>
    }
}

#[component]
fn NoOwn() -> impl IntoView {
    let text = "No client, site or device has values of its own: the policy for all clients holds everywhere.";
    view! { <Section title="Values of their own"><Empty icon="layers" title="Nobody differs" text/></Section> }
}

#[component]
fn Own(own: Vec<PolicyPlace>, more: bool) -> impl IntoView {
    let count = own.len() as u64;
    let rest = more.then(|| view! { <p class="soft section-words">{format!("These are the first {}, by name. Open any other from its device or client.", thousands(count))}</p> });
    view! {
        <Section title="Values of their own" count=Some(count).filter(|_| !more)>
            <PlaceTable caption="Policies with values of their own" places=own/>
            {rest}
        </Section>
    }
}

/// The level that the word in an address stands for.
fn level_word(word: &str) -> &'static str {
    match word.split('_').next() {
        Some("cli") => "Client",
        Some("sit") => "Site",
        Some("dev") => "Device",
        _ => "Everywhere",
    }
}

#[component]
fn PlaceTable(#[prop(into)] caption: String, places: Vec<PolicyPlace>) -> impl IntoView {
    let line = |place: PolicyPlace| {
        let values = if place.values == 0 { "the usual values".to_owned() } else { counted(place.values, "value set", "values set") };
        let (href, level) = (policy(&place.word), level_word(&place.word));
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href>{place.name}</RowLink></Cell>
                <Cell>{level}</Cell>
                <Cell number=true>{values}</Cell>
            </Row>
        }
    };
    view! {
        <Table caption>
            <Head><Column label="Policy of"/><Column label="Level"/><Column label="Set there" number=true/></Head>
            <Rows>{places.into_iter().map(line).collect_view()}</Rows>
        </Table>
    }
}

/// A choice of a client whose policy to open; it travels in the query, and the answer is a redirection.
#[component]
fn Open(clients: Vec<(String, String)>) -> impl IntoView {
    if clients.is_empty() {
        return ().into_any();
    }
    let choices = clients.into_iter().map(|(value, label)| Choice { value, label, selected: false }).collect();
    let hint = "Sites and devices have theirs too: open a device, then Effective policy.".to_owned();
    let verb = if may(Permission::MonitoringManage) { "Open its policy" } else { "Show its policy" };
    view! {
        <Section title="A client's own policy">
            <form class="manage-form" method="get" action=link("/settings/monitoring")>
                <Select label="Client" name="place" choices hint/>
                <div><Button>{verb}</Button></div>
            </form>
        </Section>
    }
    .into_any()
}
