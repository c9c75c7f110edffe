//! Who was told of an alert, who was not, and why.

use domain::{Moment, alerts::Occasion, alerts::Why, ids::DeliveryId, notices::State};
use leptos::prelude::*;

use crate::{
    layout::link,
    notices::StateMark,
    ui::{At, Section, Stamp},
};

/// What one route made of an occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLine {
    /// What there was to tell.
    pub occasion: Occasion,
    /// When it was decided.
    pub at: Moment,
    /// The route's name then.
    pub route: String,
    /// The channel's name then.
    pub channel: String,
    /// Why it was sent or not.
    pub why: Why,
    /// Whether it was about an earlier occurrence.
    pub past: bool,
    /// What was sent, and what became of it.
    pub delivery: Option<(DeliveryId, State)>,
    /// Whether the person may open the delivery.
    pub may_open: bool,
}

/// The answer to "Why was this (not) sent?", by route.
#[component]
pub fn Notices(lines: Vec<NoticeLine>) -> impl IntoView {
    let body = if lines.is_empty() {
        view! { <p class="alert-told-none">"Nobody was told: no route looked at this alert. Routes are set up under Settings, Channels; they look at what happens from then on."</p> }.into_any()
    } else {
        view! { <ul class="alert-told">{lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</ul> }.into_any()
    };
    view! { <Section title="Why was this (not) sent?">{body}</Section> }
}

#[component]
fn Line(line: NoticeLine) -> impl IntoView {
    let occasion = match line.occasion {
        Occasion::Raised => "Raised",
        Occasion::Resolved => "Resolved",
    };
    let until = line.why.until().map(|at| view! { <span>" Until " <At at/> "."</span> });
    let mark = line.delivery.map(|(id, state)| match line.may_open {
        true => view! { <a href=link(&format!("/settings/channels/deliveries/{id}"))><StateMark state/></a> }.into_any(),
        false => view! { <StateMark state/> }.into_any(),
    });
    let past = line.past.then_some(" That was before it came back.");
    view! {
        <li>
            <p class="alert-told-head"><strong>{line.channel}</strong><span class="soft">{format!(" by the route {} \u{b7} {occasion} ", line.route)}</span>{mark}</p>
            <p>{line.why.words()}{until}{past}" "<span class="quiet"><Stamp at=line.at/></span></p>
        </li>
    }
}
