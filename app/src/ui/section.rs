//! The head of a page and the heads of its sections.

use leptos::prelude::*;

use super::badge::Count;

/// The page's own heading: title, a note beside it, and at the right the children (what one may do).
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    #[prop(default = None, into)] note: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-head">
            <h1>{title}</h1>
            {note.map(|note| view! { <p class="page-note">{note}</p> })}
            {children.map(|children| view! { <div class="page-acts">{children()}</div> })}
        </header>
    }
}

/// A section: heading, count, note, an optional `more` link at the right (label, address), then the children.
#[component]
pub fn Section(
    #[prop(into)] title: String,
    #[prop(default = None, into)] count: Option<u64>,
    #[prop(default = None, into)] note: Option<String>,
    #[prop(default = None, into)] more: Option<(String, String)>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{title}</h2>
                {count.map(|n| view! { <Count n/> })}
                {note.map(|note| view! { <p class="section-note">{note}</p> })}
                {more.map(|(label, href)| view! { <a class="section-more" href=href>{label}</a> })}
            </header>
            {children()}
        </section>
    }
}
