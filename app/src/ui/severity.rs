//! How bad something is: five shapes for five levels.

use leptos::prelude::*;

/// A level, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Octagon with an exclamation mark.
    Critical,
    /// Triangle.
    High,
    /// Diamond.
    Medium,
    /// Square outline.
    Low,
    /// Ring with a point.
    Info,
}

impl Severity {
    /// The word on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Critical => "Critical",
            Self::High => "High",
            Self::Medium => "Medium",
            Self::Low => "Low",
            Self::Info => "Info",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Critical => "mark sev-critical",
            Self::High => "mark sev-high",
            Self::Medium => "mark sev-medium",
            Self::Low => "mark sev-low",
            Self::Info => "mark sev-info",
        }
    }

    fn shape(self) -> AnyView {
        match self {
            Self::Critical => {
                view! { <path d="M4.5 1h5L13 4.5v5L9.5 13h-5L1 9.500v-5z"></path><path d="M7 4v3.500M7 9.700v.1" class="bang"></path> }.into_any()
            }
            Self::High => view! { <path d="M7 1.500 13 12.500H1z"></path> }.into_any(),
            Self::Medium => view! { <path d="m7 1.300 5.700 5.700L7 12.700 1.300 7z"></path> }.into_any(),
            Self::Low => view! { <rect x="2" y="2" width="10" height="10" rx="2" class="ring"></rect> }.into_any(),
            Self::Info => view! { <circle cx="7" cy="7" r="5" class="ring"></circle><circle cx="7" cy="7" r="1.200"></circle> }.into_any(),
        }
    }
}

/// The shape of `severity` with its word, or with `word` in its place.
#[component]
pub fn SeverityMark(severity: Severity, #[prop(default = None, into)] word: Option<String>) -> impl IntoView {
    view! {
        <span class=severity.class()>
            <svg class="shape" viewBox="0 0 14 14" aria-hidden="true">{severity.shape()}</svg>
            <span>{word.unwrap_or_else(|| severity.label().to_owned())}</span>
        </span>
    }
}
