//! What stands above every tab of a device: name, status, place, what is out of the ordinary, and the tabs.

use domain::{
    Moment,
    devices::{
        query::encode,
        status::{INVENTORY_KEEPS, LISTS_KEEP, Status, stale},
    },
    ids::DeviceId,
    people::Permission,
    time::span,
};
use leptos::prelude::*;

use super::DeviceHead;
use crate::{
    devices::parts::{kind, list_with},
    layout::{clock, link, may},
    ui::{Badge, Crumb, Crumbs, Icon, LinkButton, Severity, SeverityMark, StatusMark, Tab, Tabs, Tone, When, exact_text},
    windows::{InMaintenance, StartMaintenance},
};

/// The address of a device, or of one of its tabs.
pub(super) fn at(id: DeviceId, tab: &str) -> String {
    link(&if tab.is_empty() { format!("/devices/{id}") } else { format!("/devices/{id}/{tab}") })
}

#[component]
pub(super) fn HeadView(head: DeviceHead, show_client: bool) -> impl IntoView {
    let (icon, word) = kind(head.kind);
    let above = vec![Crumb { label: "Devices".into(), href: link("/devices") }];
    let seen = match head.last_seen {
        Some(at) => view! { <span class="soft">"seen " <When at ago=true/></span> }.into_any(),
        None => view! { <span class="soft">"never seen"</span> }.into_any(),
    };
    view! {
        <div class="device-crumbs"><Crumbs above here=head.name().to_owned()/></div>
        <header class="device-head">
            <span class="device-kind" title=word><Icon name=icon class="icon-lg"/><span class="sr-only">{word}</span></span>
            <div class="device-words">
                <div class="device-line">
                    <h1>{head.name().to_owned()}</h1>
                    <StatusMark status=head.status/>
                    {seen}
                    {(head.reboot == Some(true)).then(|| view! { <Badge tone=Tone::Medium>"Restart pending"</Badge> })}
                    {head.maintenance.clone().map(|of| view! { <InMaintenance of/> })}
                    <Old what="Inventory" at=head.inventory_at keeps=INVENTORY_KEEPS/>
                    <Old what="Package lists" at=head.lists_at keeps=LISTS_KEEP/>
                    {show_client.then(|| view! { <Tags tags=head.tags.clone()/> })}
                </div>
                <Whereabouts head=head.clone() show_client/>
            </div>
            <HeadActs id=head.id maintained=head.maintenance.is_some()/>
        </header>
    }
}

/// What may be done from every tab.
#[component]
fn HeadActs(id: DeviceId, maintained: bool) -> impl IntoView {
    let start = (may(Permission::WindowsManage) && !maintained).then(|| view! { <StartMaintenance device=id/> });
    let manage = may(Permission::DevicesManage).then(|| view! { <LinkButton href=at(id, "manage") icon="settings">"Manage"</LinkButton> });
    let about = link(&format!("/requests/new?device={id}"));
    let ask = may(Permission::ContactHome).then(|| view! { <LinkButton href=about icon="circle-question-mark">"Ask about it"</LinkButton> });
    (start.is_some() || manage.is_some() || ask.is_some()).then(|| view! { <div class="device-acts">{ask}{start}{manage}</div> })
}

/// A badge with the age of what is older than it `keeps`.
#[component]
fn Old(what: &'static str, at: Option<Moment>, keeps: i64) -> impl IntoView {
    let age = stale(at, clock().now, keeps).zip(at);
    age.map(|(age, at)| view! { <span title=exact_text(at)><Badge tone=Tone::Medium>{what} " " {span(age)} " old"</Badge></span> })
}

#[component]
fn Tags(tags: Vec<String>) -> impl IntoView {
    let tag = |tag: String| view! { <a class="tag" href=list_with(|query| query.tag = Some(tag.clone()))>{tag.clone()}</a> };
    tags.into_iter().map(tag).collect_view()
}

#[component]
fn Whereabouts(head: DeviceHead, show_client: bool) -> impl IntoView {
    let reported = head.display_name.is_some().then(|| head.hostname.clone());
    let (id, name) = head.client;
    let site = match head.site {
        Some(site) => view! { <span><Icon name="map-pin" class="icon-sm"/>{site}</span> }.into_any(),
        None => view! { <span><Icon name="map-pin" class="icon-sm"/>"No site"</span> }.into_any(),
    };
    view! {
        <p class="device-place">
            {show_client.then(|| view! { <span><Icon name="building-2" class="icon-sm"/><a href=link(&format!("/clients/{id}"))>{name}</a></span> })}
            {site}
            {reported.map(|name| view! { <span>"reports as " <span class="code">{name}</span></span> })}
        </p>
    }
}

/// What is out of the ordinary, and what that means.
#[component]
pub(super) fn Banners(head: DeviceHead) -> impl IntoView {
    let (device, decides) = (head.id, may(Permission::DevicesManage));
    let waits = (head.status == Status::Pending && decides)
        .then(|| view! { <a class="text-link" href=link(&format!("/settings/enrolment/pending?q={}", encode(&head.hostname)))>"Approve or refuse"</a> });
    let standing = match head.status {
        Status::Pending => Some((
            Severity::Medium,
            "Waits for approval.",
            "It has enrolled and may report, but it is counted as pending until somebody approves it.".to_owned(),
        )),
        Status::Quarantined => Some((Severity::Critical, "Quarantined.", quarantined(head.quarantine_reason.as_deref()))),
        Status::Retired => {
            Some((Severity::Info, "Retired.", "It is out of service: in no list and no count, its reports are refused, and its history is kept.".to_owned()))
        }
        Status::Online | Status::Late | Status::Offline => None,
    };
    let standing = standing
        .map(|(severity, word, text)| view! { <div class="banner" role="note"><SeverityMark severity word=word.to_owned()/><p>{text}</p>{waits}</div> });
    let duplicate = head.duplicate.map(|(id, name)| {
        let compare = decides.then(|| view! { <a class="text-link" href=at(device, "duplicate")>"Compare the two"</a> });
        view! {
            <div class="banner" role="note">
                <SeverityMark severity=Severity::Low word="Possible duplicate.".to_owned()/>
                <p>"The same machine seems to report as " <a class="text-link" href=at(id, "")>{name}</a> " too. Nothing is merged until somebody decides."</p>
                {compare}
            </div>
        }
    });
    view! {
        {standing}
        {duplicate}
    }
}

fn quarantined(reason: Option<&str>) -> String {
    let why = reason.map(|reason| reason.trim_end_matches('.')).filter(|reason| !reason.is_empty()).unwrap_or("What identifies it changed");
    let mut letters = why.chars();
    let why: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    format!("{why}. Nothing it says is stored until somebody has looked at it; what stands below is from before.")
}

#[component]
pub(super) fn TabRow(head: DeviceHead, open: &'static str) -> impl IntoView {
    let id = head.id;
    let watches = may(Permission::AlertsRead);
    let tabs = [
        ("", "Summary", None),
        ("hardware", "Hardware", None),
        ("software", "Software", head.packages),
        ("updates", "Updates", head.updates),
        ("alerts", "Alerts", None),
        ("history", "History", None),
        ("policy", "Effective policy", None),
    ];
    let shown = tabs.into_iter().filter(move |(word, ..)| watches || !matches!(*word, "alerts" | "policy"));
    let tab = move |(word, label, count): (&'static str, &'static str, Option<u64>)| view! { <Tab href=at(id, word) label count active=word == open/> };
    let commands = may(Permission::DevicesCommand).then(|| view! { <Tab href=at(id, "commands") label="Commands" active=open == "commands"/> });
    let manage = may(Permission::DevicesManage).then(|| view! { <Tab href=at(id, "manage") label="Manage" active=open == "manage"/> });
    view! { <Tabs label="Pages of this device">{shown.map(tab).collect_view()} {commands} {manage}</Tabs> }
}
