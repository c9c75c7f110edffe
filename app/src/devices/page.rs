//! The page of all devices: filters, rows, pages.

use domain::{devices::status::Status, people::Permission};
use leptos::prelude::*;

use super::{
    DevicesPage,
    filters::{FilterChips, FilterForm},
    parts::{counted, list, list_with},
    rows::DeviceTable,
};
use crate::{
    Frame,
    layout::{link, may},
    render,
    ui::{Empty, LinkButton, Look, PageHead, Pager, Paging, thousands},
};

impl DevicesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Devices", move || view! { <DeviceList page=self/> })
    }
}

/// The list of devices.
#[component]
pub fn DeviceList(page: DevicesPage) -> impl IntoView {
    let note = match (page.total, page.show_client) {
        (0, _) => None,
        (n, true) => Some(format!("{} at {}", thousands(n), counted(page.total_clients, "client", "clients"))),
        (n, false) => Some(thousands(n)),
    };
    let body = if page.total == 0 { view! { <NoDevices enrol=page.enrol.clone()/> }.into_any() } else { view! { <Filled page=page.clone()/> }.into_any() };
    let approve = (page.query.status == Some(Status::Pending) && may(Permission::DevicesManage))
        .then(|| view! { <LinkButton href=link("/settings/enrolment/pending") icon="check">"Approve or refuse"</LinkButton> });
    view! {
        <PageHead title="Devices" note>
            {approve}
            {(page.total > 0).then(|| view! { <LinkButton href=link(&page.export) look=Look::Quiet icon="download">"Export CSV"</LinkButton> })}
            {page.enrol.map(|path| view! { <LinkButton href=link(&path) look=Look::Primary icon="plus">"Enrol devices"</LinkButton> })}
        </PageHead>
        {body}
    }
}

#[component]
fn Filled(page: DevicesPage) -> impl IntoView {
    let (query, counts) = (page.query.clone(), page.chips.clone());
    let rows = if page.rows.is_empty() { view! { <NoMatch total=page.total/> }.into_any() } else { view! { <Found page=page.clone()/> }.into_any() };
    view! {
        <div class="filter-bar">
            <FilterForm page/>
            <FilterChips query counts/>
        </div>
        {rows}
    }
}

#[component]
fn Found(page: DevicesPage) -> impl IntoView {
    let paging = Paging {
        first: Some(page.first_row),
        shown: page.rows.len() as u64,
        total: page.total_matching,
        counted: page.counted_at,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    view! {
        <div class="list">
            <DeviceTable caption="Devices" rows=page.rows show_client=page.show_client sorted=Some(page.query)/>
        </div>
        <Pager paging note="Security = security updates waiting, + other updates".to_owned()/>
    }
}

#[component]
fn NoDevices(enrol: Option<String>) -> impl IntoView {
    let text = match enrol {
        Some(_) => "A device appears here with its first report. Make an enrolment key, then start the agent with it.",
        None => "A device appears here with its first report.",
    };
    view! {
        <div class="alone">
            <Empty icon="monitor" title="No devices yet" text>
                {enrol.map(|path| view! { <LinkButton href=link(&path) look=Look::Primary icon="plus">"Enrol devices"</LinkButton> })}
            </Empty>
        </div>
    }
}

#[component]
fn NoMatch(total: u64) -> impl IntoView {
    let text = format!("All {} are outside these filters.", counted(total, "device", "devices"));
    view! {
        <div class="alone">
            <Empty icon="search" title="No device matches" text>
                <LinkButton href=list_with(|_| ())>"Clear filters"</LinkButton>
            </Empty>
        </div>
    }
}
