//! What stands above every tab of a device: name, status, place, what is out of the ordinary, and the tabs.

use domain::{
    devices::{query::encode, status::Status},
    ids::DeviceId,
    people::Permission,
};
use leptos::prelude::*;

use super::DeviceHead;
use crate::{
    devices::parts::{kind, list_with},
    layout::{link, may},
    ui::{Badge, Crumb, Crumbs, Icon, Severity, SeverityMark, StatusMark, Tab, Tabs, Tone, When},
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
        <div class="device-crumbs"><Crumbs above here=head.hostname.clone()/></div>
        <header class="device-head">
            <span class="device-kind" title=word><Icon name=icon class="icon-lg"/><span class="sr-only">{word}</span></span>
            <div class="device-words">
                <div class="device-line">
                    <h1>{head.hostname.clone()}</h1>
                    <StatusMark status=head.status/>
                    {seen}
                    {(head.reboot == Some(true)).then(|| view! { <Badge tone=Tone::Medium>"Restart pending"</Badge> })}
                </div>
                <Whereabouts head show_client/>
            </div>
        </header>
    }
}

#[component]
fn Whereabouts(head: DeviceHead, show_client: bool) -> impl IntoView {
    let (id, name) = head.client;
    let site = match head.site {
        Some(site) => view! { <span><Icon name="map-pin" class="icon-sm"/>{site}</span> }.into_any(),
        None => view! { <span><Icon name="map-pin" class="icon-sm"/>"No site"</span> }.into_any(),
    };
    view! {
        <p class="device-place">
            {show_client.then(|| view! { <span><Icon name="building-2" class="icon-sm"/><a href=link(&format!("/clients/{id}"))>{name}</a></span> })}
            {site}
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
        Status::Retired => Some((Severity::Info, "Retired.", "It is out of service, counted nowhere, and kept for its history.".to_owned())),
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
    let tabs = [
        ("", "Summary", None),
        ("hardware", "Hardware", None),
        ("software", "Software", head.packages),
        ("updates", "Updates", head.updates),
        ("history", "History", None),
    ];
    let tab = move |(word, label, count): (&'static str, &'static str, Option<u64>)| view! { <Tab href=at(id, word) label count active=word == open/> };
    view! { <Tabs label="Pages of this device">{tabs.map(tab).collect_view()}</Tabs> }
}
