//! Parts that the pages of requests share: state and priority as shape and word, and addresses.

use domain::{
    ids::RequestId,
    requests::{Priority, RequestQuery, Side, State},
};
use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{Badge, Outcome, OutcomeMark, Severity, SeverityMark, Tone},
};

/// The address of a list.
pub(super) fn list(query: &RequestQuery) -> String {
    link(&format!("/requests{}", query.to_query()))
}

/// The address of one request, or of what is below it.
pub(super) fn at(id: RequestId, below: &str) -> String {
    link(&format!("/requests/{id}{below}"))
}

/// Where a request is, in the words of whoever looks.
#[component]
pub(super) fn StateMark(state: State, contact: bool) -> impl IntoView {
    let label = state.label(if contact { Side::Client } else { Side::Staff });
    match state {
        State::New | State::Open => view! { <Badge tone=Tone::Accent>{label}</Badge> }.into_any(),
        State::WaitingClient => view! { <Badge tone=if contact { Tone::Medium } else { Tone::Neutral }>{label}</Badge> }.into_any(),
        State::WaitingThird | State::OnHold => view! { <Badge>{label}</Badge> }.into_any(),
        State::Solved => view! { <OutcomeMark outcome=Outcome::Passed word=label/> }.into_any(),
        State::Closed => view! { <OutcomeMark outcome=Outcome::Skipped word=label/> }.into_any(),
    }
}

/// How much it hurts.
#[component]
pub(super) fn PriorityMark(priority: Priority) -> impl IntoView {
    let severity = match priority {
        Priority::Low => Severity::Info,
        Priority::Normal => Severity::Low,
        Priority::High => Severity::High,
        Priority::Urgent => Severity::Critical,
    };
    view! { <SeverityMark severity word=priority.label().to_owned()/> }
}
