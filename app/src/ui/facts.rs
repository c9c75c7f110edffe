//! A list of names and values, as on the side of a page.

use leptos::prelude::*;

/// Holds [`Fact`]s.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One name and its value.
#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{children()}</dd></div> }
}
