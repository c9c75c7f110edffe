//! The choice of a role and of the clients it may be used on.

use domain::people::Role;
use leptos::prelude::*;

use super::model::{Faults, GrantForm, Picks};
use crate::{
    layout::link,
    ui::{Checks, Choice, Radios, Select},
};

const fn meaning(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Owner => ("Owner", "Everything, also making other owners."),
        Role::Administrator => ("Administrator", "Everything but making owners."),
        Role::Technician => ("Technician", "Devices, software and the audit of the clients below."),
        Role::Contact => ("Contact", "Belongs to a client and sees only that client's own portal."),
    }
}

/// The fields of a [`GrantForm`].
#[component]
pub fn GrantFields(form: GrantForm, picks: Picks, #[prop(optional)] faults: Faults) -> impl IntoView {
    let role = |role: &Role| {
        let (label, hint) = meaning(*role);
        (Choice { value: role.word().into(), label: label.into(), selected: form.role == role.word() }, hint)
    };
    let scope = |value: &str, label: &str, hint: &'static str| {
        (Choice { value: value.into(), label: label.into(), selected: form.scope == value || (form.scope.is_empty() && value == "all") }, hint)
    };
    let scopes =
        vec![scope("all", "All clients", "Also those added later."), scope("groups", "Some clients", "Those of the access groups below, and no others.")];
    let group = |(id, name, clients): &(domain::ids::AccessGroupId, String, usize)| Choice {
        value: id.to_string(),
        label: format!("{name} ({clients} {})", if *clients == 1 { "client" } else { "clients" }),
        selected: form.groups.contains(&id.to_string()),
    };
    let client = |(id, name): &(domain::ids::ClientId, String)| Choice { value: id.to_string(), label: name.clone(), selected: form.client == id.to_string() };
    let none = Choice { value: String::new(), label: "Choose a client".into(), selected: form.client.is_empty() };
    view! {
        <Radios label="Role" name="role" choices=picks.roles.iter().map(role).collect() error=faults.of("role")/>
        <div class="only-technician"><Radios label="Clients" name="scope" choices=scopes error=faults.of("scope")/></div>
        <div class="only-technician only-groups">
            <Checks label="Access groups" name="groups" choices=picks.groups.iter().map(group).collect() none="There are none yet." error=faults.of("groups")/>
            <a class="text-link" href=link("/settings/people/groups")>"Access groups"</a>
        </div>
        <div class="only-contact">
            <Select label="Client" name="client" choices=std::iter::once(none).chain(picks.clients.iter().map(client)).collect() error=faults.of("client")/>
        </div>
    }
}
