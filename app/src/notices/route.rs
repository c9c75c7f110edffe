//! The form of one route: which alerts, whose, when, and where they go.

use domain::alerts::Severity;
use leptos::prelude::*;

use super::model::RoutePage;
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Button, Checkbox, Checks, Choice, Confirm, Crumb, Crumbs, Field, Group, Look, Radios, Select, Sheet},
};

impl RoutePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = if self.id.is_some() { self.name.clone() } else { "Add a route".to_owned() };
        render(frame, &title.clone(), move || view! { <RouteView page=self title/> })
    }
}

#[component]
fn RouteView(page: RoutePage, title: String) -> impl IntoView {
    let to = link(&page.id.map_or_else(|| "/settings/channels/routes".to_owned(), |id| format!("/settings/channels/routes/{id}")));
    let label = if page.id.is_some() { "Save" } else { "Add the route" };
    let (revision, removal) = (page.revision.clone(), page.id.map(|_| format!("{to}/removal")));
    view! {
        <Settings title=title.clone()/>
        <div class="settings-crumbs"><Crumbs above=vec![Crumb { label: "Channels".into(), href: link("/settings/channels") }] here=title/></div>
        <form method="post" action=to>
            <input type="hidden" name="revision" value=revision/>
            <Sheet>
                <Which page=page.clone()/>
                <Where page/>
                <div class="sheet-acts"><Button look=Look::Primary>{label}</Button></div>
            </Sheet>
        </form>
        {removal.map(|to| view! { <Remove to/> })}
    }
}

#[component]
fn Which(page: RoutePage) -> impl IntoView {
    let RoutePage { name, least, clients, listed, all_clients, faults, .. } = page;
    let severity = move |one: Severity| {
        let label = if one == Severity::Critical { one.label().to_owned() } else { format!("{} and worse", one.label()) };
        Choice { value: one.word().into(), label, selected: least == one.word() }
    };
    let whose = |value: &str, label: &str, hint: &'static str| (Choice { value: value.into(), label: label.into(), selected: clients == value }, hint);
    let whose = vec![whose("any", "All clients", "Also those added later."), whose("listed", "Some clients", "Only those ticked below.")];
    let client = move |(id, name): (domain::ids::ClientId, String)| Choice { selected: listed.contains(&id.to_string()), value: id.to_string(), label: name };
    view! {
        <Group title="Which alerts" note="An alert goes to a channel once, however many routes lead there.">
            <Field label="Name" name="name" value=name error=faults.of("name") required=true autocomplete="off"/>
            <Select label="Severity" name="least" choices=Severity::ALL.into_iter().map(severity).collect() error=faults.of("least")/>
            <Radios label="Clients" name="clients" choices=whose error=faults.of("clients")/>
            <Checks label="Chosen clients" name="listed" choices=all_clients.into_iter().map(client).collect() none="There are no clients yet." error=faults.of("listed")/>
        </Group>
    }
}

#[component]
fn Where(page: RoutePage) -> impl IntoView {
    let RoutePage { on, on_raise, on_resolve, channel, all_channels, faults, .. } = page;
    let choice = move |(id, name): (domain::ids::ChannelId, String)| Choice { selected: channel == id.to_string(), value: id.to_string(), label: name };
    let wrong = faults.of("on_raise").map(|text| view! { <p class="field-error" role="alert">{text}</p> });
    view! {
        <Group title="When and where">
            <Checkbox label="When an alert is raised" name="on_raise" checked=on_raise/>
            <Checkbox label="When it is over" name="on_resolve" checked=on_resolve/>
            {wrong}
            <Select label="Channel" name="channel" choices=all_channels.into_iter().map(choice).collect() error=faults.of("channel")/>
            <Checkbox label="Use this route" name="on" checked=on/>
        </Group>
    }
}

#[component]
fn Remove(to: String) -> impl IntoView {
    view! {
        <Sheet>
            <Group title="Remove" note="The channel stays.">
                <Confirm label="Remove" title="Remove this route?" danger=true>
                    <p>"Alerts that only this route takes are told to nobody any more."</p>
                    <form method="post" action=to><Button look=Look::Danger small=true>"Remove it"</Button></form>
                </Confirm>
            </Group>
        </Sheet>
    }
}
