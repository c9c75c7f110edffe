//! Parts that the pages of alerts share: severity and state as shape and word, who, and what is wrong with a field.

use domain::{
    alerts::{InboxQuery, Severity, State},
    ids::AlertId,
};
use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{At, Severity as Shape, SeverityMark},
};

/// The address of the inbox in a state.
pub(super) fn list(query: &InboxQuery) -> String {
    link(&format!("/alerts{}", query.to_query()))
}

/// The address of one alert, or of what is below it.
pub(super) fn at(id: AlertId, below: &str) -> String {
    link(&format!("/alerts/{id}{below}"))
}

/// `text` with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The shape that stands for `severity`.
const fn shape_of(severity: Severity) -> Shape {
    match severity {
        Severity::Critical => Shape::Critical,
        Severity::High => Shape::High,
        Severity::Medium => Shape::Medium,
        Severity::Low => Shape::Low,
        Severity::Info => Shape::Info,
    }
}

/// How bad it is: the shape and the word.
#[component]
pub(super) fn HowBad(severity: Severity) -> impl IntoView {
    view! { <SeverityMark severity=shape_of(severity)/> }
}

const fn class(state: &State) -> &'static str {
    match state {
        State::Open => "mark alert-open",
        State::Acknowledged { .. } => "mark alert-acknowledged",
        State::Snoozed { .. } => "mark alert-snoozed",
        State::Suppressed { .. } => "mark alert-suppressed",
        State::Resolved { .. } => "mark mark-passed",
        State::Dismissed { .. } => "mark mark-retired",
    }
}

fn shape(state: &State) -> AnyView {
    match state {
        State::Open => view! { <circle cx="6" cy="6" r="4.2"></circle> }.into_any(),
        State::Acknowledged { .. } => {
            view! { <circle cx="6" cy="6" r="3.25" class="ring"></circle><path d="M6 2.75a3.25 3.25 0 0 1 0 6.5z"></path> }.into_any()
        }
        State::Snoozed { .. } => view! { <circle cx="6" cy="6" r="4.2" class="ring"></circle><path d="M6 3.8V6l1.6 1" class="ring"></path> }.into_any(),
        State::Suppressed { .. } => view! { <circle cx="6" cy="6" r="4.2" class="ring"></circle><path d="m3.2 8.8 5.6-5.6" class="ring"></path> }.into_any(),
        State::Resolved { .. } => view! { <path d="M2.5 6.4 5 8.7l4.6-5.2" class="ring"></path> }.into_any(),
        State::Dismissed { .. } => view! { <path d="M2.5 6h7" class="ring"></path> }.into_any(),
    }
}

/// Where an alert is: a shape and a word, and until when it is put off.
#[component]
pub(super) fn StateMark(state: State) -> impl IntoView {
    let until = match state {
        State::Snoozed { until, .. } => Some(view! { <span class="quiet">" until " <At at=until/></span> }),
        _ => None,
    };
    view! {
        <span class=class(&state)>
            <svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{shape(&state)}</svg>
            <span>{state.label()}{until}</span>
        </span>
    }
}

/// Text that a device or a person wrote, or a dash with its meaning.
#[component]
pub(super) fn OrDash(text: Option<String>, #[prop(into)] none: String) -> impl IntoView {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => view! { <span>{text}</span> }.into_any(),
        None => view! { <span class="quiet" aria-hidden="true">"\u{2013}"</span><span class="sr-only">{none}</span> }.into_any(),
    }
}
