//! The first page of a contact: is my company well, why, and which devices.

use domain::{Moment, devices::status::Status, windows::Occurrence};
use leptos::prelude::*;

use super::{
    ContactHome, SiteLine, count_all,
    health::{HealthCard, headline},
};
use crate::{
    Brand, Frame,
    devices::{DeviceTable, parts::counted},
    layout::link,
    render,
    ui::{Empty, Icon, Section, When, thousands},
};

impl ContactHome {
    /// The whole document; whom to call comes from the frame's brand.
    pub fn render(self, frame: Frame) -> String {
        let brand = frame.brand.clone();
        render(frame, "Home", move || view! { <ContactFirst page=self brand/> })
    }
}

/// Home for contacts.
#[component]
pub fn ContactFirst(page: ContactHome, brand: Brand) -> impl IntoView {
    let total = count_all(&page.by_status);
    let (title, text) = headline(&page);
    let (at, sites) = (page.measured_at, page.sites.clone());
    let (found, open) = page.requests.clone();
    let waiting = (!page.approvals.is_empty()).then(|| view! { <Waiting rows=page.approvals.clone()/> });
    let requests = view! { <Requests rows=found open/> };
    let maintenance = page.maintenance.clone().map(|next| view! { <Maintenance next/> });
    let lately = (!page.lately.is_empty()).then(|| view! { <Lately deeds=page.lately.clone()/> });
    let body = if total == 0 {
        let text = "Your devices appear here with their first report.";
        view! { <Empty icon="monitor" title="No devices yet" text/> }.into_any()
    } else {
        view! { <HealthCard page=page.clone()/><Devices page/> }.into_any()
    };
    view! {
        <header class="hello"><h1>{title}</h1><p>{text}</p></header>
        <div class="columns">
            <div>{waiting}{body}{requests}{lately}</div>
            <aside aria-label="Your sites and whom to call">
                <Call brand/>
                {maintenance}
                <Sites sites/>
                {(total > 0).then(|| view! { <Checked at/> })}
            </aside>
        </div>
    }
}

#[component]
fn Waiting(rows: Vec<crate::approvals::Line>) -> impl IntoView {
    view! {
        <Section title="Waiting for your answer" count=rows.len() as u64 more=("All approvals".to_owned(), link("/approvals"))>
            <crate::approvals::ApprovalList caption="Waiting approvals" rows/>
        </Section>
    }
}

#[component]
fn Requests(rows: Vec<crate::requests::Line>, open: u64) -> impl IntoView {
    let body = if rows.is_empty() {
        view! { <p class="soft section-words">"None is open. "<a class="text-link" href=link("/requests/new")>"Ask for help"</a></p> }.into_any()
    } else {
        view! { <div class="list"><crate::requests::Lines rows contact=true/></div> }.into_any()
    };
    view! { <Section title="Open requests" count=open more=("All requests".to_owned(), link("/requests"))>{body}</Section> }
}

#[component]
fn Lately(deeds: Vec<crate::work::Deed>) -> impl IntoView {
    view! { <Section title="What we did lately" more=("Everything".to_owned(), link("/what-we-did"))><crate::work::Deeds deeds/></Section> }
}

/// When work on the devices is planned, so that nobody wonders.
#[component]
fn Maintenance(next: (String, String, Occurrence)) -> impl IntoView {
    let (name, zone, at) = next;
    let open = at.from <= crate::layout::clock().now;
    view! {
        <Section title=if open { "Maintenance now" } else { "Next maintenance" }>
            <p class="section-words"><strong>{name}</strong></p>
            <crate::windows::Times occurrence=at zone/>
        </Section>
    }
}

#[component]
fn Checked(at: Moment) -> impl IntoView {
    view! { <p class="soft checked">"Counted " <When at ago=true/> "."</p> }
}

#[component]
fn Devices(page: ContactHome) -> impl IntoView {
    let total = count_all(&page.by_status);
    let shown = page.devices.len() as u64;
    let ill = page.by_status.iter().any(|(status, n)| *status != Status::Online && *n > 0);
    let note = if ill && shown < total { "those that need a look first" } else { "" };
    let note = (!note.is_empty()).then(|| note.to_owned());
    let more = format!("All {}", counted(total, "device", "devices"));
    view! {
        <Section title="Devices" count=total note more=(more, link("/devices"))>
            <DeviceTable caption="Devices" rows=page.devices show_client=false/>
        </Section>
    }
}

#[component]
fn Call(brand: Brand) -> impl IntoView {
    if brand.phone.is_none() && brand.hours.is_none() {
        return ().into_any();
    }
    let phone = brand.phone.map(|phone| {
        let digits: String = phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
        view! { <p class="call-line"><Icon name="phone"/><a class="text-link" href=format!("tel:{digits}")>{phone}</a></p> }
    });
    view! {
        <section class="card card-soft call">
            <h2>"Need help?"</h2>
            <p>{format!("{} looks after your systems.", brand.name)}</p>
            {phone}
            {brand.hours.map(|hours| view! { <p class="call-line"><Icon name="clock"/>{hours}</p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Sites(sites: Vec<SiteLine>) -> impl IntoView {
    if sites.is_empty() {
        return ().into_any();
    }
    let line = |site: SiteLine| {
        let words = if site.devices == 0 { "no devices".to_owned() } else { format!("{} of {} online", thousands(site.online), thousands(site.devices)) };
        view! { <li><Icon name="map-pin"/><strong>{site.name}</strong><span class="soft">{words}</span></li> }
    };
    view! { <Section title="Sites" count=sites.len() as u64><ul class="sites">{sites.into_iter().map(line).collect_view()}</ul></Section> }.into_any()
}
