//! A device's status and the outcome of an act: a shape and a word, so that neither needs colour.

use domain::devices::status::Status;
use leptos::prelude::*;

const fn class(status: Status) -> &'static str {
    match status {
        Status::Online => "mark mark-online",
        Status::Late => "mark mark-late",
        Status::Offline => "mark mark-offline",
        Status::Pending => "mark mark-pending",
        Status::Quarantined => "mark mark-quarantined",
        Status::Retired => "mark mark-retired",
    }
}

fn shape(status: Status) -> AnyView {
    match status {
        Status::Online => view! { <circle cx="6" cy="6" r="4"></circle> }.into_any(),
        Status::Late => view! { <circle cx="6" cy="6" r="3.25" class="ring"></circle><path d="M6 2.75a3.25 3.25 0 0 1 0 6.5z"></path> }.into_any(),
        Status::Offline => view! { <circle cx="6" cy="6" r="3.25" class="ring"></circle> }.into_any(),
        Status::Pending => view! { <circle cx="6" cy="6" r="4" class="ring dashed"></circle> }.into_any(),
        Status::Quarantined => {
            view! { <rect x="2" y="2" width="8" height="8" rx="1.5"></rect><rect x="3.5" y="5.1" width="5" height="1.8" class="cut"></rect> }.into_any()
        }
        Status::Retired => view! { <path d="M2.5 6h7" class="ring"></path> }.into_any(),
    }
}

/// The shape and, unless `bare`, the word of `status`. A bare mark needs its word beside it.
#[component]
pub fn StatusMark(status: Status, #[prop(optional)] bare: bool) -> impl IntoView {
    view! {
        <span class=class(status)>
            <svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{shape(status)}</svg>
            {(!bare).then(|| view! { <span>{status.label()}</span> })}
        </span>
    }
}

/// How an act went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It worked.
    Passed,
    /// It did not.
    Failed,
    /// Not decided yet.
    Waiting,
    /// Not done, on purpose.
    Skipped,
    /// Nobody can say.
    Unknown,
}

impl Outcome {
    const fn class(self) -> &'static str {
        match self {
            Self::Passed => "mark mark-passed",
            Self::Failed => "mark mark-failed",
            Self::Waiting => "mark mark-pending",
            Self::Skipped => "mark mark-retired",
            Self::Unknown => "mark mark-unknown",
        }
    }

    fn shape(self) -> AnyView {
        match self {
            Self::Passed => view! { <path d="M2.5 6.4 5 8.7l4.6-5.2" class="ring"></path> }.into_any(),
            Self::Failed => view! { <path d="m3 3 6 6m0-6-6 6" class="ring"></path> }.into_any(),
            Self::Waiting => view! { <circle cx="6" cy="6" r="4" class="ring dashed"></circle> }.into_any(),
            Self::Skipped => view! { <path d="M2.5 6h7" class="ring"></path> }.into_any(),
            Self::Unknown => view! { <rect x="0" y="1.5" width="12" height="9" rx="1.5" fill="url(#hatch)"></rect> }.into_any(),
        }
    }
}

/// The shape of `outcome` and the words that say it.
#[component]
pub fn OutcomeMark(outcome: Outcome, #[prop(into)] word: String) -> impl IntoView {
    view! {
        <span class=outcome.class()>
            <svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{outcome.shape()}</svg>
            <span>{word}</span>
        </span>
    }
}
