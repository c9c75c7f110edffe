//! Small grounds under a few words: a toned badge, a tag, a count, and code.

use leptos::prelude::*;

use super::number::thousands;

/// What a badge's colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Belongs to the brand, not to a status.
    Accent,
    /// Good.
    Ok,
    /// Worth knowing.
    Low,
    /// Look at it.
    Medium,
    /// Act today.
    High,
    /// Act now.
    Critical,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone tone-neutral",
            Self::Accent => "tone tone-accent",
            Self::Ok => "tone tone-ok",
            Self::Low => "tone tone-low",
            Self::Medium => "tone tone-medium",
            Self::High => "tone tone-high",
            Self::Critical => "tone tone-critical",
        }
    }
}

/// A word on a toned ground.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    view! { <span class=tone.class()>{children()}</span> }
}

/// A label that somebody gave.
#[component]
pub fn Tag(children: Children) -> impl IntoView {
    view! { <span class="tag">{children()}</span> }
}

/// A number beside a heading.
#[component]
pub fn Count(n: u64) -> impl IntoView {
    view! { <span class="count">{thousands(n)}</span> }
}

/// A package name, a version, a serial number: what one copies.
#[component]
pub fn Code(children: Children) -> impl IntoView {
    view! { <span class="code">{children()}</span> }
}
