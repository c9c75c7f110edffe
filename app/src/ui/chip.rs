//! Quick filters with their counts, and segments that choose one of a few views. Both are links: the URL is the state.

use domain::devices::status::Status;
use leptos::prelude::*;

use super::{number::thousands, status::StatusMark};

/// A row of [`Chip`]s under one name.
#[component]
pub fn Chips(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <nav class="chips" aria-label=label>{children()}</nav> }
}

/// A quick filter: what it keeps, how many that are, and whether it is on. `href` switches it.
#[component]
pub fn Chip(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(default = None, into)] count: Option<u64>,
    #[prop(optional)] active: bool,
    #[prop(default = None, into)] status: Option<Status>,
) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=active.then_some("true")>
            {status.map(|status| view! { <StatusMark status bare=true/> })}
            <span>{label}</span>
            {count.map(|n| view! { <span class="chip-count">{thousands(n)}</span> })}
        </a>
    }
}

/// A group of [`Segment`]s under one name.
#[component]
pub fn Segments(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <nav class="segments" aria-label=label>{children()}</nav> }
}

/// One of a few views of the same thing.
#[component]
pub fn Segment(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(default = None, into)] count: Option<u64>,
    #[prop(optional)] active: bool,
) -> impl IntoView {
    view! {
        <a class="segment" href=href aria-current=active.then_some("true")>
            <span>{label}</span>
            {count.map(|n| view! { <span class="chip-count">{thousands(n)}</span> })}
        </a>
    }
}
