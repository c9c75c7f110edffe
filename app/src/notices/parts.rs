//! Marks that the pages of notices share.

use domain::notices::State;
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

/// What became of a delivery, as a word on a toned ground.
#[component]
pub fn StateMark(state: State) -> impl IntoView {
    let tone = match state {
        State::Waiting => Tone::Low,
        State::Sent => Tone::Ok,
        State::Failed => Tone::High,
        State::Caught => Tone::Neutral,
        State::NotSent => Tone::Medium,
    };
    view! { <Badge tone>{state.label()}</Badge> }
}

/// A word for what is switched off; nothing for what is on.
#[component]
pub(super) fn Off(on: bool) -> impl IntoView {
    (!on).then(|| view! { <span class="beside"><Badge>"Off"</Badge></span> })
}

/// `text` with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
