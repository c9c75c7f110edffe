//! The filters of the audit: one form, whose URL is the state.

use domain::audit::AuditQuery;
use leptos::prelude::*;

use super::{AuditPage, parts::capital};
use crate::{
    layout::link,
    ui::{Button, Choice, Day, Search, Select, thousands},
};

/// Search, person, act, kind, client and days.
#[component]
pub(super) fn FilterForm(page: AuditPage) -> impl IntoView {
    let (query, choices) = (page.query.clone(), page.choices.clone());
    let words = |all, words: Vec<String>, chosen: &Option<String>| offered(all, words.into_iter().map(|word| (word.clone(), capital(&word))), chosen.as_ref());
    let actors = offered("Anybody", choices.actors.into_iter(), query.actor.as_ref());
    let actions = words("Any act", choices.actions, &query.action);
    let kinds = words("Any object", choices.kinds, &query.kind);
    let client = query.client.map(|client| client.to_string());
    let clients = offered("All clients", choices.clients.into_iter().map(|(id, name)| (id.to_string(), name)), client.as_ref());
    view! {
        <form class="filters audit-filters" method="get" action=link("/settings/audit") role="search">
            <Search label="Search objects and people" id="audit-search" value=query.q.clone() placeholder="Name of an object or a person"/>
            <Select label="Who" name="actor" choices=actors bare=true/>
            <Select label="Act" name="action" choices=actions bare=true/>
            <Select label="Kind of object" name="kind" choices=kinds bare=true/>
            {(clients.len() > 2).then(|| view! { <Select label="Client" name="client" choices=clients bare=true/> })}
            <Day label="From" name="from" value=query.from.clone().unwrap_or_default()/>
            <Day label="To" name="to" value=query.to.clone().unwrap_or_default()/>
            {query.object.clone().map(|id| view! { <input type="hidden" name="object" value=id/> })}
            <Button>"Apply"</Button>
            {query.is_filtered().then(|| view! { <Matching page/> })}
        </form>
    }
}

#[component]
fn Matching(page: AuditPage) -> impl IntoView {
    let what = if page.query.object.is_some() { " about one object" } else { "" };
    view! {
        <p class="filters-note">
            <span><strong>{thousands(page.total_matching)}</strong> {if page.total_matching == 1 { " matches" } else { " match" }} {what}</span>
            <a class="text-link" href=list(&AuditQuery::default())>"Clear filters"</a>
        </p>
    }
}

/// The address of a list.
pub(super) fn list(query: &AuditQuery) -> String {
    link(&format!("/settings/audit{}", query.to_query()))
}

/// Everything, then each choice; what the URL chose stands there even when it is offered no more.
fn offered(all: &str, found: impl Iterator<Item = (String, String)>, chosen: Option<&String>) -> Vec<Choice> {
    let found = found.map(|(value, label)| Choice { selected: chosen == Some(&value), value, label });
    let mut choices = vec![Choice { value: String::new(), label: all.to_owned(), selected: false }];
    choices.extend(found);
    if let Some(value) = chosen.filter(|_| choices.iter().all(|choice| !choice.selected)) {
        choices.push(Choice { label: value.clone(), value: value.clone(), selected: true });
    }
    choices
}
