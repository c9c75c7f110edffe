//! The first page of staff: figures, the clients that need a look, the devices seen last.

use leptos::prelude::*;

use super::{
    StaffHome, count_all,
    figures::FigureRow,
    fresh::FirstSteps,
    side::{CheckInChart, OsMix, Statuses},
};
use crate::{
    Frame,
    clients::ClientTable,
    devices::{
        DeviceTable,
        parts::{counted, list_with},
    },
    layout::{clock, link, place::place},
    render,
    ui::{Empty, PageHead, Section, live::LiveMark, thousands},
};

impl StaffHome {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Home", move || view! { <StaffFirst page=self/> })
    }
}

/// Home for staff.
#[component]
pub fn StaffFirst(page: StaffHome) -> impl IntoView {
    let devices = count_all(&page.figures.by_status);
    if devices == 0 {
        return view! { <PageHead title="Home"/><FirstSteps steps=page.steps/> }.into_any();
    }
    let note = format!("{} in service at {}", counted(devices, "device", "devices"), counted(page.clients_total, "client", "clients"));
    view! {
        <PageHead title="Home" note><LiveMark since=clock().now.0 base=place().base href=link("/")/></PageHead>
        {(!page.steps.is_empty()).then(|| view! { <FirstSteps steps=page.steps.clone()/> })}
        <FigureRow figures=page.figures.clone()/>
        <div class="columns">
            <div>
                <Failing page=page.clone()/>
                <Recent page=page.clone()/>
            </div>
            <aside aria-label="All devices">
                <Statuses figures=page.figures/>
                <CheckInChart check_ins=page.check_ins/>
                <OsMix os_mix=page.os_mix/>
            </aside>
        </div>
    }
    .into_any()
}

#[component]
fn Failing(page: StaffHome) -> impl IntoView {
    let shown = page.failing.len() as u64;
    if shown == 0 {
        let text = "Each device of each client is seen in time, and no security update waits on a device that can tell.";
        return view! { <Section title="Clients that need a look" count=0><Empty icon="shield-check" title="Nothing needs you now" text/></Section> }
            .into_any();
    }
    let note = if shown < page.failing_total {
        format!("the worst {} of {}", thousands(shown), thousands(page.failing_total))
    } else {
        format!("of {}, worst first", thousands(page.clients_total))
    };
    view! {
        <Section title="Clients that need a look" count=page.failing_total note more=("All clients".to_owned(), link("/clients"))>
            <ClientTable caption="Clients that need a look" rows=page.failing short=true/>
        </Section>
    }
    .into_any()
}

#[component]
fn Recent(page: StaffHome) -> impl IntoView {
    if page.recent.is_empty() {
        return ().into_any();
    }
    let all = list_with(|query| (query.sort, query.descending) = (domain::devices::query::Sort::Seen, true));
    view! {
        <Section title="Seen last" more=("All by last contact".to_owned(), all)>
            <DeviceTable caption="Devices seen last" rows=page.recent show_client=true/>
        </Section>
    }
    .into_any()
}
