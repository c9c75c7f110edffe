//! One key: its facts, its devices, and how far the first one has come.

use domain::enrolment::KeyState;
use leptos::prelude::*;

use super::{
    First, KeyLine, KeyPage,
    keys::{StateMark, Until, Waiting},
};
use crate::{
    Frame,
    audit::Tail,
    devices::{DeviceTable, parts::counted},
    layout::{Settings, link},
    render,
    ui::{At, Button, Confirm, Crumb, Crumbs, Empty, Fact, Facts, Look, Outcome, OutcomeMark, Section, When, thousands},
};

impl KeyPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("{}, enrolment", self.key.name);
        render(frame, &title, move || view! { <Key page=self/> })
    }
}

fn at(key: &KeyLine, rest: &str) -> String {
    link(&format!("/settings/enrolment/{}{rest}", key.id))
}

#[component]
fn Key(page: KeyPage) -> impl IntoView {
    let above = vec![Crumb { label: "Enrolment".into(), href: link("/settings/enrolment") }];
    let (key, acts) = (page.key.clone(), page.acts.clone());
    let alive = key.state != KeyState::Revoked;
    let revoke = alive.then(|| view! { <Revoke page=page.clone()/> });
    let (waiting, name) = (page.pending, key.name.clone());
    let pending = format!("/settings/enrolment/pending?key={}", key.id);
    view! {
        <Settings title=key.name.clone() note=format!("{} › {}", key.client.1, key.site)>
            {revoke}
        </Settings>
        <div class="settings-crumbs"><Crumbs above here=name/></div>
        <FirstReport page=page.clone()/>
        <Waiting pending=waiting path=pending/>
        <div class="columns">
            <Devices page/>
            <aside aria-label="The key and what people did to it">
                <Section title="This key"><About key/></Section>
                {acts.map(|tail| view! { <Tail tail/> })}
            </aside>
        </div>
    }
}

#[component]
fn Revoke(page: KeyPage) -> impl IntoView {
    let stops = match page.total {
        0 => "No device uses it yet. Nobody can enrol with it any more.".to_owned(),
        n => format!(
            "No new device can enrol with it, and every report of its {} is refused from now on. What they reported before stays.",
            counted(n, "device", "devices")
        ),
    };
    view! {
        <Confirm label="Revoke" title=format!("Revoke {}?", page.key.name) icon="ban" danger=true>
            <p>{stops}" This cannot be taken back."</p>
            <form method="post" action=at(&page.key, "/revocation")><Button look=Look::Danger small=true>"Revoke the key"</Button></form>
        </Confirm>
    }
}

/// The first report: awaited, or there.
#[component]
fn FirstReport(page: KeyPage) -> impl IntoView {
    let (waits, asks_again, key) = (page.waits(), page.asks_again, page.key.clone());
    let (outcome, word, text) = match page.first {
        First::Reported(id, name, seen) => (Outcome::Passed, "The first report is here.", view! { <Came id=id.to_string() name seen/> }.into_any()),
        First::Enrolled(id, name) if waits => (
            Outcome::Waiting,
            "Waiting for the first report.",
            view! { <a class="text-link" href=link(&format!("/devices/{id}"))>{name}</a> " has enrolled and has not reported yet." }.into_any(),
        ),
        First::None if waits => (Outcome::Waiting, "Waiting for the first report.", view! { "No device has enrolled with this key yet." }.into_any()),
        First::Enrolled(..) | First::None => return ().into_any(),
    };
    let again = waits.then(|| view! { <Again asks_again path=at(&key, "")/> });
    view! {
        <div class="banner first-report" role="status">
            <OutcomeMark outcome word/>
            <p>{text}</p>
            {again}
        </div>
    }
    .into_any()
}

#[component]
fn Came(id: String, name: String, seen: Option<domain::Moment>) -> impl IntoView {
    view! { <a class="text-link" href=link(&format!("/devices/{id}"))><strong>{name}</strong></a> " last reported " {seen.map(|at| view! { <When at ago=true/> })} "." }
}

/// Whether the page asks again by itself, and how to change that.
#[component]
fn Again(asks_again: bool, path: String) -> impl IntoView {
    if asks_again {
        let stop = format!("{path}?waited=stop");
        view! { <p class="first-again">"Looks again every 5 seconds. " <a class="text-link" href=stop>"Stop looking"</a></p> }.into_any()
    } else {
        view! { <p class="first-again"><a class="text-link" href=path>"Look again every 5 seconds"</a></p> }.into_any()
    }
}

#[component]
fn Devices(page: KeyPage) -> impl IntoView {
    if page.devices.is_empty() {
        let text = "A device stands here as soon as its agent has enrolled with this key.";
        return view! { <Section title="Devices"><Empty icon="monitor" title="No devices yet" text/></Section> }.into_any();
    }
    let shown = page.devices.len() as u64;
    let note = if shown < page.total {
        format!("the newest {}; {} have reported", thousands(shown), thousands(page.reported))
    } else {
        format!("{} have reported", thousands(page.reported))
    };
    let more = Some(("All of this client".to_owned(), link(&format!("/devices?client={}", page.key.client.0))));
    view! {
        <Section title="Devices" count=page.total note more>
            <DeviceTable caption="Devices of this key" rows=page.devices show_client=false/>
        </Section>
    }
    .into_any()
}

#[component]
fn About(key: KeyLine) -> impl IntoView {
    let limit = key.most.map_or_else(|| "no limit".to_owned(), |most| format!("at most {}", thousands(most)));
    let approval = if key.needs_approval { "Each new device waits for it" } else { "Not asked for" };
    let used = key.last_used_at.map(|at| view! { <When at ago=true/> }.into_any());
    let revoked = key.revoked_at.map(|at| view! { <Fact label="Revoked"><At at/></Fact> });
    let (state, enrolled, made) = (key.state, thousands(key.used), key.created_at);
    view! {
        <Facts>
            <Fact label="State"><StateMark state/></Fact>
            <Fact label="New devices"><Until line=key/></Fact>
            <Fact label="Enrolled">{enrolled} <span class="quiet">", " {limit}</span></Fact>
            <Fact label="Approval">{approval}</Fact>
            <Fact label="Made"><At at=made/></Fact>
            <Fact label="Last used">{used.unwrap_or_else(|| view! { "Never" }.into_any())}</Fact>
            {revoked}
        </Facts>
        <p class="section-words quiet">"The key itself is not kept and cannot be shown again."</p>
    }
}
