//! The filters of a list of requests: quick filters as chips, search, client and order. The URL is the state.

use domain::requests::{RequestQuery, Show};
use leptos::prelude::*;

use super::{ListPage, parts::list};
use crate::{
    layout::link,
    ui::{Button, Chip, Chips, Choice, Search, Select, thousands},
};

#[component]
pub(super) fn Filters(page: ListPage) -> impl IntoView {
    let query = page.query.clone();
    let chosen = query.client.map(|id| id.to_string());
    let mut clients = vec![Choice { value: String::new(), label: "All clients".into(), selected: chosen.is_none() }];
    clients.extend(page.clients.iter().map(|(id, name)| Choice { value: id.to_string(), label: name.clone(), selected: chosen == Some(id.to_string()) }));
    let orders = [("newest", "Newest first", false), ("oldest", "Oldest first", true)]
        .map(|(value, label, oldest)| Choice { value: value.into(), label: label.into(), selected: query.oldest == oldest })
        .to_vec();
    let clear = query.with(|query| (query.q, query.client) = (String::new(), None));
    let note = query.is_filtered().then(|| {
        let text = format!("{} found", thousands(page.total));
        view! { <p class="filters-note"><span>{text}</span><a class="text-link" href=list(&clear)>"Clear filters"</a></p> }
    });
    view! {
        <form class="filters alert-filters" method="get" action=link("/requests") role="search">
            <Search label="Search requests" id="request-search" value=query.q.clone() placeholder="Subject, device or number"/>
            {(clients.len() > 2).then(|| view! { <Select label="Client" name="client" choices=clients bare=true/> })}
            <Select label="Order" name="sort" choices=orders bare=true/>
            <input type="hidden" name="show" value=query.show.word()/>
            <Button>"Apply"</Button>
            {note}
        </form>
    }
}

#[component]
pub(super) fn ShowChips(query: RequestQuery, counts: Vec<(Show, u64)>, contact: bool) -> impl IntoView {
    let chip = move |(show, count): (Show, u64)| {
        let href = list(&query.with(|query| query.show = show));
        view! { <Chip href label=show.label(contact) count=Some(count) active=query.show == show/> }
    };
    view! { <Chips label="Quick filters">{counts.into_iter().map(chip).collect_view()}</Chips> }
}
