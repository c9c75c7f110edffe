//! A figure that cannot lie: value, of what, the rest, the time it was measured, and a link to the rows it counts.

use domain::Moment;
use leptos::prelude::*;

use super::{
    bar::{Bar, Part},
    when::At,
};

/// How a figure moved over a named span.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// With its sign: `+5`, `−12`, `±0`.
    pub text: String,
    /// Since when: `since yesterday`.
    pub span: String,
    /// Whether it moved the right way; `None` says nothing.
    pub good: Option<bool>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What is counted: `Devices seen in 24 h`.
    pub label: String,
    /// The number; `None` says "No data yet".
    pub value: Option<String>,
    /// Its unit, when it has one: `%`.
    pub unit: Option<String>,
    /// Of what: `of 6,318`.
    pub of: Option<String>,
    /// What is not in it: `297 not seen`.
    pub rest: Option<String>,
    /// How it moved.
    pub change: Option<Change>,
    /// When it was measured; `None` is never.
    pub measured: Option<Moment>,
    /// The rows behind it.
    pub href: String,
    /// The same fraction as a bar; empty draws none.
    pub parts: Vec<Part>,
    /// What the bar is a fraction of.
    pub total: u64,
}

impl Figure {
    /// `n` of `total` with a bar, linked to its rows.
    pub fn count(label: impl Into<String>, n: u64, total: u64, of: impl Into<String>, href: String) -> Self {
        let value = (total > 0).then(|| super::number::thousands(n));
        Self { label: label.into(), value, unit: None, of: Some(of.into()), rest: None, change: None, measured: None, href, parts: Vec::new(), total }
    }
}

/// A row of [`Tile`]s.
#[component]
pub fn Tiles(children: Children) -> impl IntoView {
    view! { <div class="tiles">{children()}</div> }
}

/// One figure as a link to its rows.
#[component]
pub fn Tile(figure: Figure) -> impl IntoView {
    let bar = (!figure.parts.is_empty() || figure.total == 0).then(|| view! { <Bar parts=figure.parts.clone() total=figure.total/> });
    let href = figure.href.clone();
    view! {
        <a class="tile" href=href>
            <span class="tile-label">{figure.label.clone()}</span>
            <Value figure=figure.clone()/>
            {bar}
            <Foot figure/>
        </a>
    }
}

#[component]
fn Value(figure: Figure) -> impl IntoView {
    let number = match figure.value {
        Some(value) => view! { <strong class="tile-value">{value}</strong> }.into_any(),
        None => view! { <strong class="tile-value tile-none">"No data yet"</strong> }.into_any(),
    };
    view! {
        <span class="tile-line">
            {number}
            {figure.unit.map(|unit| view! { <span class="tile-unit">{unit}</span> })}
            {figure.of.map(|of| view! { <span class="tile-of">{of}</span> })}
        </span>
    }
}

#[component]
fn Foot(figure: Figure) -> impl IntoView {
    let measured = match figure.measured {
        Some(at) => view! { <span>"at " <At at/></span> }.into_any(),
        None => view! { <span>"never"</span> }.into_any(),
    };
    let Some(change) = figure.change else {
        return view! { <span class="tile-foot tile-one"><span class="tile-rest">{figure.rest}</span><span class="tile-at">{measured}</span></span> }
            .into_any();
    };
    let class = match change.good {
        Some(true) => "change change-good",
        Some(false) => "change change-bad",
        None => "change",
    };
    view! {
        <span class="tile-rest">{figure.rest}</span>
        <span class="tile-foot"><span><span class=class>{change.text}</span> " " {change.span}</span><span class="tile-at">{measured}</span></span>
    }
    .into_any()
}
