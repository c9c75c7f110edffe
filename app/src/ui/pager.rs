//! Newer and Older by keyset, with an exact total and the time it was counted.

use domain::Moment;
use leptos::prelude::*;

use super::{button::LinkButton, number::thousands, when::At};

/// Where a list stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging {
    /// The number of the first row shown, from 1; `None` when a cursor cannot say.
    pub first: Option<u64>,
    /// How many rows are shown.
    pub shown: u64,
    /// How many match.
    pub total: u64,
    /// When they were counted.
    pub counted: Moment,
    /// The page before.
    pub newer: Option<String>,
    /// The page after.
    pub older: Option<String>,
}

/// The foot of a list; `note` explains a column.
#[component]
pub fn Pager(paging: Paging, #[prop(default = None, into)] note: Option<String>) -> impl IntoView {
    let shown = match paging.first {
        Some(first) if paging.shown > 0 => format!("{}\u{2013}{}", thousands(first), thousands(first + paging.shown - 1)),
        _ => thousands(paging.shown),
    };
    view! {
        <div class="pager">
            <p>
                <strong>{shown}</strong> " of " <strong>{thousands(paging.total)}</strong>
                <span class="pager-counted">", counted at " <At at=paging.counted/></span>
            </p>
            {note.map(|note| view! { <p class="pager-note">{note}</p> })}
            <nav class="pager-links" aria-label="Pages">
                <Step label="Newer" href=paging.newer/>
                <Step label="Older" href=paging.older/>
            </nav>
        </div>
    }
}

#[component]
fn Step(label: &'static str, href: Option<String>) -> impl IntoView {
    match href {
        Some(href) => view! { <LinkButton href>{label}</LinkButton> }.into_any(),
        None => view! { <span class="btn btn-plain btn-disabled" aria-disabled="true">{label}</span> }.into_any(),
    }
}
