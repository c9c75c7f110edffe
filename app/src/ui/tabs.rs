//! Tabs that are links: each is a page of its own, and the Back button works.

use leptos::prelude::*;

use super::number::thousands;

/// A row of [`Tab`]s under one name.
#[component]
pub fn Tabs(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <nav class="page-tabs" aria-label=label>{children()}</nav> }
}

/// One tab; `active` marks the page that is open.
#[component]
pub fn Tab(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(default = None, into)] count: Option<u64>,
    #[prop(optional)] active: bool,
) -> impl IntoView {
    view! {
        <a class="page-tab" href=href aria-current=active.then_some("page")>
            <span>{label}</span>
            {count.map(|n| view! { <span class="chip-count">{thousands(n)}</span> })}
        </a>
    }
}
