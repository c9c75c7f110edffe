//! Parts of an act that the list and the tails share: who, what, and the change in words.

use leptos::prelude::*;

use super::{Act, Object};
use crate::{layout::link, ui::Icon};

/// The icon and the word of a kind of actor.
pub(super) fn actor_kind(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "person" => ("user", "Person"),
        "operator" => ("shield", "Operator"),
        "agent" => ("activity", "Agent"),
        "enrolment key" => ("key-round", "Enrolment key"),
        "job" => ("terminal", "The server itself"),
        _ => ("circle-question-mark", "Not signed in"),
    }
}

/// `text` with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What it was, and what it became; then what there is to add.
#[component]
pub(super) fn Difference(act: Act) -> impl IntoView {
    let values = match (act.before, act.after) {
        (Some(before), Some(after)) => view! {
            <span class="code was">{before}</span>
            <span class="step" aria-hidden="true">"\u{2192}"</span>
            <span class="sr-only">" to "</span>
            <span class="code new">{after}</span>
        }
        .into_any(),
        (None, Some(after)) => view! { <span class="code new">{after}</span> }.into_any(),
        (Some(before), None) => view! { <span class="sr-only">"was "</span><span class="code gone">{before}</span> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! {
        {values}
        {act.detail.map(|detail| view! { <span class="soft act-detail">" " {detail}</span> })}
    }
}

/// The object's name, as a link where it has a page, else its kind.
#[component]
pub(super) fn ObjectName(object: Object) -> impl IntoView {
    let name = object.name.unwrap_or_else(|| capital(&object.kind));
    match object.path {
        Some(path) => view! { <a class="act-name act-link" href=link(&path)>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    }
}

/// The icon of who did it, with its kind in words.
#[component]
pub(super) fn ActorIcon(kind: String) -> impl IntoView {
    let (icon, word) = actor_kind(&kind);
    view! { <span class="act-icon" title=word><Icon name=icon class="icon-sm"/><span class="sr-only">{word} " "</span></span> }
}
