//! The filters of the inbox: a form for search, severity, client and order, and a chip per state. The URL is the state of both.

use domain::alerts::{
    InboxQuery, Severity,
    inbox::{Show, Sort},
};
use leptos::prelude::*;

use super::{InboxPage, parts::list};
use crate::{
    layout::link,
    ui::{Button, Chip, Chips, Choice, Search, Segment, Segments, Select, thousands},
};

const fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "Newest first",
        Sort::Severity => "Worst first",
        Sort::Oldest => "Oldest first",
    }
}

/// Everything, then each choice; what the URL chose stands there even when it is offered no more.
fn offered(all: &str, found: impl Iterator<Item = (String, String)>, chosen: Option<String>) -> Vec<Choice> {
    let found = found.map(|(value, label)| Choice { selected: chosen.as_deref() == Some(&value), value, label });
    let mut choices = vec![Choice { value: String::new(), label: all.to_owned(), selected: false }];
    choices.extend(found);
    if let Some(value) = chosen.filter(|_| choices.iter().all(|choice| !choice.selected)) {
        choices.push(Choice { label: value.clone(), value, selected: true });
    }
    choices
}

/// What the form itself has no field for.
fn kept(query: &InboxQuery) -> Vec<(&'static str, String)> {
    let kept = [
        ("show", (query.show != Show::default()).then(|| query.show.word().to_owned())),
        ("device", query.device.map(|id| id.to_string())),
        ("group", query.by_client.then(|| "client".to_owned())),
    ];
    kept.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Search, severity, client, order, and whether rows stand under their clients.
#[component]
pub(super) fn FilterForm(page: InboxPage) -> impl IntoView {
    let query = page.query.clone();
    let severities = Severity::ALL.into_iter().map(|severity| (severity.word().to_owned(), severity.label().to_owned()));
    let severities = offered("Any severity", severities, query.severity.map(|severity| severity.word().to_owned()));
    let clients = page.clients.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let clients = offered("All clients", clients, query.client.map(|id| id.to_string()));
    let orders = Sort::ALL.map(|sort| Choice { value: sort.word().to_owned(), label: order(sort).to_owned(), selected: query.sort == sort }).to_vec();
    let hidden = kept(&query).into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <form class="filters alert-filters" method="get" action=link("/alerts") role="search">
            <Search label="Search alerts" id="alert-search" value=query.q.clone() placeholder="Device or condition"/>
            <Select label="Severity" name="severity" choices=severities bare=true/>
            {(clients.len() > 2).then(|| view! { <Select label="Client" name="client" choices=clients bare=true/> })}
            <Select label="Order" name="sort" choices=orders bare=true/>
            {hidden}
            <Button>"Apply"</Button>
            <Grouping query=query.clone()/>
            {query.is_filtered().then(|| view! { <Matching page/> })}
        </form>
    }
}

#[component]
fn Grouping(query: InboxQuery) -> impl IntoView {
    let grouped = query.by_client;
    let to = |on: bool| list(&query.with(|query| query.by_client = on));
    let (flat, under) = (to(false), to(true));
    view! {
        <Segments label="Grouping">
            <Segment href=flat label="List" active=!grouped/>
            <Segment href=under label="By client" active=grouped/>
        </Segments>
    }
}

#[component]
fn Matching(page: InboxPage) -> impl IntoView {
    let InboxQuery { show, sort, by_client, device, .. } = page.query;
    let clear = InboxQuery { show, sort, by_client, ..InboxQuery::default() };
    let matching = format!("{} {}", thousands(page.total), if page.total == 1 { "matches" } else { "match" });
    let name = page.rows.first().filter(|_| device.is_some()).map(|row| format!("Device: {}", row.device.1));
    let name = name.or_else(|| device.map(|_| "One device".to_owned()));
    view! {
        <p class="filters-note">
            {name.map(|name| view! { <span class="tag">{name}</span> })}
            <span>{matching}</span>
            <a class="text-link" href=list(&clear)>"Clear filters"</a>
        </p>
    }
}

/// One chip per state, each with the count of the list it opens.
#[component]
pub(super) fn StateChips(query: InboxQuery, counts: Vec<(Show, u64)>) -> impl IntoView {
    let chip = move |show: Show| {
        let href = list(&query.with(|query| query.show = show));
        let count = counts.iter().find(|(of, _)| *of == show).map(|(_, n)| *n);
        view! { <Chip href label=show.label() count active=query.show == show/> }
    };
    view! { <Chips label="States">{Show::ALL.map(chip).into_iter().collect_view()}</Chips> }
}
