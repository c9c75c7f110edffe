//! Bars of parts: the thin one in a tile, the tall one with its legend. Unknown is hatched, never coloured.

use leptos::prelude::*;

use super::number::{percent, thousands};

/// What a part's colour and pattern mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// What one counts, in the brand's colour.
    Accent,
    /// A second kind of the same.
    Accent2,
    /// A third kind of the same.
    Accent3,
    /// Good.
    Ok,
    /// Needs attention now.
    Critical,
    /// Needs attention today.
    High,
    /// Needs attention.
    Medium,
    /// Worth knowing.
    Low,
    /// Neither good nor bad.
    Muted,
    /// Not known.
    Unknown,
}

impl Fill {
    const fn class(self) -> &'static str {
        match self {
            Self::Accent => "part-accent",
            Self::Accent2 => "part-accent-2",
            Self::Accent3 => "part-accent-3",
            Self::Ok => "part-ok",
            Self::Critical => "part-critical",
            Self::High => "part-high",
            Self::Medium => "part-medium",
            Self::Low => "part-low",
            Self::Muted => "part-muted",
            Self::Unknown => "part-unknown",
        }
    }

    const fn pattern(self) -> Option<&'static str> {
        if matches!(self, Self::Unknown) { Some("url(#hatch)") } else { None }
    }
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is, as a word.
    pub label: String,
    /// How many.
    pub n: u64,
    /// How it is drawn.
    pub fill: Fill,
    /// The rows behind it.
    pub href: Option<String>,
}

impl Part {
    /// A part without a link.
    pub fn new(label: impl Into<String>, n: u64, fill: Fill) -> Self {
        Self { label: label.into(), n, fill, href: None }
    }

    /// The same part, linked to its rows.
    pub fn linked(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }
}

fn text(parts: &[Part]) -> String {
    parts.iter().map(|part| format!("{} {}", thousands(part.n), part.label)).collect::<Vec<_>>().join(", ")
}

fn rects(parts: &[Part], total: u64, height: &'static str) -> Vec<AnyView> {
    let whole = total.max(1) as f64;
    let mut at = 0.0;
    let place = |part: &Part| {
        let width = part.n as f64 / whole * 100.0;
        let x = at;
        at += width;
        view! { <rect x=format!("{x:.2}%") width=format!("{width:.2}%") height=height class=part.fill.class() fill=part.fill.pattern()></rect> }.into_any()
    };
    parts.iter().filter(|part| part.n > 0).map(place).collect()
}

/// A thin bar of `parts` of `total`; what is left of it stays empty. A total of nothing is hatched.
#[component]
pub fn Bar(parts: Vec<Part>, total: u64) -> impl IntoView {
    let label = if total == 0 { "No data yet".to_owned() } else { format!("{} of {}", text(&parts), thousands(total)) };
    let drawn = if total == 0 { vec![view! { <rect width="100%" height="4" fill="url(#hatch)"></rect> }.into_any()] } else { rects(&parts, total, "4") };
    view! {
        <svg class="bar" width="100%" height="4" role="img" aria-label=label>
            <rect width="100%" height="4" class="part-track"></rect>
            {drawn}
        </svg>
    }
}

/// A tall bar of all `parts`, with a legend that says label, number and share of each.
#[component]
pub fn StackBar(parts: Vec<Part>) -> impl IntoView {
    let total: u64 = parts.iter().map(|part| part.n).sum();
    let label = if total == 0 { "No data yet".to_owned() } else { text(&parts) };
    let drawn = if total == 0 { vec![view! { <rect width="100%" height="14" fill="url(#hatch)"></rect> }.into_any()] } else { rects(&parts, total, "14") };
    view! {
        <div class="stack">
            <svg class="bar bar-tall" width="100%" height="14" role="img" aria-label=label>{drawn}</svg>
            <Legend parts total/>
        </div>
    }
}

/// The key to a bar: a swatch, the word, the number and its share of `total`; a linked part opens its rows.
#[component]
pub fn Legend(parts: Vec<Part>, total: u64) -> impl IntoView {
    view! { <ul class="legend">{parts.into_iter().map(|part| view! { <LegendLine part total/> }).collect_view()}</ul> }
}

#[component]
fn LegendLine(part: Part, total: u64) -> impl IntoView {
    let words = match part.href {
        Some(href) => view! { <a class="legend-label" href=href>{part.label}</a> }.into_any(),
        None => view! { <span class="legend-label">{part.label}</span> }.into_any(),
    };
    view! {
        <li>
            <svg class="swatch" width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" class=part.fill.class() fill=part.fill.pattern()></rect></svg>
            {words}
            <span class="legend-n">{thousands(part.n)}</span>
            <span class="legend-share">{percent(part.n, total).map(|share| format!("{share}\u{a0}%"))}</span>
        </li>
    }
}
