//! The filters of the device list: a form for search, client and system, and chips for the rest. The URL is the state of both.

use domain::devices::{
    query::{DeviceQuery, Sort, Waiting},
    status::Status,
};
use leptos::prelude::*;

use super::{Chips as Counts, DevicesPage, parts::list};
use crate::{
    layout::link,
    ui::{Button, Chip, Chips, Choice, Search, Select, thousands},
};

/// Search, client and system. What the chips chose travels along in hidden fields.
#[component]
pub(super) fn FilterForm(page: DevicesPage) -> impl IntoView {
    let query = page.query.clone();
    let hidden = kept(&query);
    let clients = choices("All clients", page.clients.iter().map(|(id, name)| (id.to_string(), name.clone())), query.client.map(|id| id.to_string()));
    let systems = page.oses.iter().map(|os| (os.family.clone(), format!("{} ({})", os.label, thousands(os.count))));
    let systems = choices("All systems", systems, query.os.clone());
    let sites = choices("All sites", page.sites.iter().map(|(id, name)| (id.to_string(), name.clone())), query.site.map(|id| id.to_string()));
    let tags = page.tags.iter().map(|(tag, devices)| (tag.clone(), format!("{tag} ({})", thousands(*devices))));
    let tags = choices("All tags", tags, query.tag.clone());
    let hint = if page.show_client { "Name, tag, serial number, address" } else { "Name, serial number" };
    view! {
        <form class="filters" method="get" action=link("/devices") role="search">
            <Search label="Search devices" id="device-search" value=query.q.clone() placeholder=hint/>
            {(clients.len() > 2).then(|| view! { <Select label="Client" name="client" choices=clients bare=true/> })}
            {(sites.len() > 2 || query.site.is_some()).then(|| view! { <Select label="Site" name="site" choices=sites bare=true/> })}
            {(systems.len() > 1).then(|| view! { <Select label="System" name="os" choices=systems bare=true/> })}
            {(tags.len() > 1).then(|| view! { <Select label="Tag" name="tag" choices=tags bare=true/> })}
            {hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
            <Button>"Apply"</Button>
            {query.is_filtered().then(|| view! { <Matching page/> })}
        </form>
    }
}

#[component]
fn Matching(page: DevicesPage) -> impl IntoView {
    let clear = DeviceQuery { sort: page.query.sort, descending: page.query.descending, ..DeviceQuery::default() };
    view! {
        <p class="filters-note">
            <span><strong>{thousands(page.total_matching)}</strong> " of " {thousands(page.total)} " match"</span>
            <a class="text-link" href=list(&clear)>"Clear filters"</a>
        </p>
    }
}

fn choices(all: &str, found: impl Iterator<Item = (String, String)>, chosen: Option<String>) -> Vec<Choice> {
    let found = found.map(|(value, label)| Choice { selected: chosen.as_deref() == Some(&value), value, label });
    let mut choices = vec![Choice { value: String::new(), label: all.to_owned(), selected: false }];
    choices.extend(found);
    if let Some(value) = chosen.filter(|_| choices.iter().all(|choice| !choice.selected)) {
        choices.push(Choice { label: value.clone(), value, selected: true });
    }
    choices
}

/// What the form itself has no field for.
fn kept(query: &DeviceQuery) -> Vec<(&'static str, String)> {
    let sort = format!("{}{}", if query.descending { "-" } else { "" }, query.sort.word());
    let kept = [
        ("status", query.status.map(|status| status.word().to_owned())),
        ("updates", query.updates.map(|updates| updates.word().to_owned())),
        ("restart", query.restart.then(|| "pending".to_owned())),
        ("seen", query.unseen.then(|| "over-7d".to_owned())),
        ("sort", (query.sort != Sort::Name || query.descending).then_some(sort)),
    ];
    kept.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// One chip per status, then the questions asked most often. A chip's count is the list it opens; an active one takes itself away.
#[component]
pub(super) fn FilterChips(query: DeviceQuery, counts: Counts) -> impl IntoView {
    let any = list(&query.with(|query| query.status = None));
    let open = query.status;
    let statuses = counts.by_status.clone().into_iter().filter(move |(status, n)| *n > 0 || open == Some(*status));
    let asked = questions(&query, &counts);
    let state = query.clone();
    let chip = move |(status, n): (Status, u64)| {
        let query = &state;
        let active = query.status == Some(status);
        let href = list(&query.with(|query| query.status = (!active).then_some(status)));
        view! { <Chip href label=status.label() count=n active status/> }
    };
    view! {
        <Chips label="Filters">
            <Chip href=any label="All" count=counts.any_status() active=open.is_none()/>
            {statuses.map(chip).collect::<Vec<_>>()}
            {(!asked.is_empty()).then(|| view! { <span class="chips-group">{asked}</span> })}
        </Chips>
    }
}

fn questions(query: &DeviceQuery, counts: &Counts) -> Vec<AnyView> {
    let waiting = |which: Waiting, n| {
        let active = query.updates == Some(which);
        (active, n, list(&query.with(|query| query.updates = (!active).then_some(which))))
    };
    let found = [
        ("Security updates", waiting(Waiting::Security, counts.security)),
        ("Updates", waiting(Waiting::Any, counts.updates)),
        ("Updates unknown", waiting(Waiting::Unknown, counts.unknown)),
        ("Restart pending", (query.restart, counts.restart, list(&query.with(|query| query.restart = !query.restart)))),
        ("Not seen for 7 days", (query.unseen, counts.unseen, list(&query.with(|query| query.unseen = !query.unseen)))),
    ];
    let shown = found.into_iter().filter(|(_, (active, n, _))| *active || *n > 0);
    shown.map(|(label, (active, n, href))| view! { <Chip href label count=n active/> }.into_any()).collect()
}
