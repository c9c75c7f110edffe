//! Access groups: named sets of clients that technicians get.

use domain::ids::{AccessGroupId, ClientId};
use leptos::prelude::*;

use super::model::Faults;
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Button, Checks, Choice, Confirm, Crumb, Crumbs, Field, Group, Look, Sheet},
};

/// One group, as it stands or as it was typed.
#[derive(Debug, Clone, Default)]
pub struct OneGroup {
    /// Which; `None` is a new one.
    pub id: Option<AccessGroupId>,
    /// Its name.
    pub name: String,
    /// Its clients, as their ids.
    pub clients: Vec<String>,
    /// How many people have it.
    pub people: u64,
    /// What is wrong.
    pub faults: Faults,
}

/// All groups, and the form for a new one at the end.
#[derive(Debug, Clone, Default)]
pub struct GroupsPage {
    /// The groups by name, then the new one.
    pub groups: Vec<OneGroup>,
    /// The clients to choose from.
    pub clients: Vec<(ClientId, String)>,
}

impl GroupsPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Access groups", move || view! { <Groups page=self/> })
    }
}

/// The page.
#[component]
pub fn Groups(page: GroupsPage) -> impl IntoView {
    let GroupsPage { groups, clients } = page;
    let note = "A technician with access groups sees the clients of these groups and nothing of the others: not in lists, counts, search or the audit.";
    view! {
        <Settings title="Access groups"/>
        <div class="settings-crumbs"><Crumbs above=vec![Crumb { label: "People".into(), href: link("/settings/people") }] here="Access groups"/></div>
        <p class="sheet-note">{note}</p>
        <Sheet>{groups.into_iter().map(|group| view! { <One group clients=clients.clone()/> }).collect_view()}</Sheet>
    }
}

#[component]
fn One(group: OneGroup, clients: Vec<(ClientId, String)>) -> impl IntoView {
    let to = group.id.map_or_else(|| link("/settings/people/groups"), |id| link(&format!("/settings/people/groups/{id}")));
    let title = if group.id.is_some() { group.name.clone() } else { "New group".into() };
    let people = match group.people {
        _ if group.id.is_none() => String::new(),
        0 => "Nobody has it".to_owned(),
        1 => "1 person has it".to_owned(),
        n => format!("{n} people have it"),
    };
    let choice = |(id, name): &(ClientId, String)| Choice { value: id.to_string(), label: name.clone(), selected: group.clients.contains(&id.to_string()) };
    let choices = clients.iter().map(choice).collect();
    let label = if group.id.is_some() { "Save" } else { "Make the group" };
    let removal = group.id.filter(|_| group.people == 0).map(|_| view! { <Remove name=group.name.clone() to=format!("{to}/removal")/> });
    view! {
        <Group title note=people>
            <form method="post" action=to.clone() class="sheet-fields">
                <Field label="Name" name="name" value=group.name.clone() error=group.faults.of("name") required=true autocomplete="off"/>
                <Checks label="Clients" name="clients" choices none="There are no clients yet." error=group.faults.of("clients")/>
                <div class="sheet-acts"><Button look=if group.id.is_some() { Look::Plain } else { Look::Primary }>{label}</Button></div>
            </form>
            {removal}
        </Group>
    }
}

#[component]
fn Remove(name: String, to: String) -> impl IntoView {
    view! {
        <div class="sheet-acts">
            <Confirm label="Delete" title=format!("Delete {name}?") danger=true>
                <p>"Nobody has it, so nobody loses anything."</p>
                <form method="post" action=to><Button look=Look::Danger small=true>"Delete"</Button></form>
            </Confirm>
        </div>
    }
}
