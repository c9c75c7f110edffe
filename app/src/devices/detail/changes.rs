//! Changes of a device: as a short timeline, and in words.

use domain::{Moment, ids::ChangeId};
use leptos::prelude::*;

use crate::ui::{At, Icon};

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// A package.
    Software,
    /// The operating system or its kernel.
    System,
    /// Processors, memory, volumes.
    Hardware,
    /// Interfaces and addresses.
    Network,
    /// The machine started.
    Restart,
    /// The reporting program.
    Agent,
    /// What a rule decided about the device.
    Standing,
    /// What somebody did to it here.
    People,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The change.
    pub id: ChangeId,
    /// When it was found.
    pub at: Moment,
    /// What kind of thing.
    pub kind: ChangeKind,
    /// What changed: `openssl`, `Memory`, `Host name`.
    pub subject: String,
    /// What it was, ready to read; `None`: it was not there.
    pub before: Option<String>,
    /// What it is, ready to read; `None`: it is gone.
    pub after: Option<String>,
}

impl ChangeKind {
    /// Each kind once, in the order of the filter.
    pub const ALL: [ChangeKind; 8] = [Self::Software, Self::System, Self::Hardware, Self::Network, Self::Restart, Self::Agent, Self::People, Self::Standing];

    /// The word in URLs and in storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::System => "system",
            Self::Hardware => "hardware",
            Self::Network => "network",
            Self::Restart => "restart",
            Self::Agent => "agent",
            Self::Standing => "standing",
            Self::People => "people",
        }
    }

    /// What the filter calls changes of this kind.
    pub(super) const fn plural(self) -> &'static str {
        match self {
            Self::Software => "Packages",
            Self::Restart => "Restarts",
            Self::People => "By people",
            kind => kind.label(),
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Software => "package",
            Self::System => "box",
            Self::Hardware => "cpu",
            Self::Network => "network",
            Self::Restart => "power",
            Self::Agent => "activity",
            Self::Standing => "shield",
            Self::People => "user",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Software => "Package",
            Self::System => "System",
            Self::Hardware => "Hardware",
            Self::Network => "Network",
            Self::Restart => "Restart",
            Self::Agent => "Agent",
            Self::Standing => "Standing",
            Self::People => "By a person",
        }
    }

    /// What it is called when something was not there before, or is no more.
    const fn verbs(self) -> (&'static str, &'static str) {
        match self {
            Self::Software => ("installed", "removed"),
            Self::Restart | Self::People | Self::Standing => ("", ""),
            _ => ("added", "removed"),
        }
    }
}

/// The icon of a change with its kind in words.
#[component]
pub(crate) fn KindIcon(kind: ChangeKind) -> impl IntoView {
    view! { <span class="change-icon" title=kind.label()><Icon name=kind.icon()/><span class="sr-only">{kind.label()}</span></span> }
}

/// One version, then the next.
#[component]
pub(crate) fn FromTo(before: String, after: String) -> impl IntoView {
    view! {
        <span class="code">{before}</span>
        <span class="step" aria-hidden="true">"\u{2192}"</span>
        <span class="sr-only">" to "</span>
        <span class="code new">{after}</span>
    }
}

/// What changed: `openssl 3.0.17 → 3.0.18`.
#[component]
pub(crate) fn Words(change: Change) -> impl IntoView {
    let (added, removed) = change.kind.verbs();
    let values = match (change.before, change.after) {
        (Some(before), Some(after)) => view! { <FromTo before after/> }.into_any(),
        (None, Some(after)) => view! { <span class="code new">{after}</span> " " {added} }.into_any(),
        (Some(before), None) => view! { <span class="code">{before}</span> " " {removed} }.into_any(),
        (None, None) => ().into_any(),
    };
    view! { <strong>{change.subject}</strong> " " {values} }
}

/// The newest changes, side by side where there is room.
#[component]
pub(super) fn Timeline(changes: Vec<Change>) -> impl IntoView {
    let line = |change: Change| {
        view! {
            <li>
                <span class="change-at"><At at=change.at/></span>
                <KindIcon kind=change.kind/>
                <span class="change-words"><Words change/></span>
            </li>
        }
    };
    view! { <ol class="timeline">{changes.into_iter().map(line).collect_view()}</ol> }
}
