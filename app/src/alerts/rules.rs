//! A rule as people read it: each value with the policy it comes from.

use domain::alerts::{Key, Level, Rule, Sourced, setting::lasting};
use leptos::prelude::*;

use super::parts::HowBad;
use crate::ui::{Cell, Fact, Facts, Outcome, OutcomeMark, RowLink, Slot};

/// Where a value comes from; `here`: the level of the policy that is looked at.
pub(super) fn source<T>(value: &Sourced<T>, key: &Key, here: Option<Level>) -> &'static str {
    match value.level {
        level if here == Some(level) && value.named == key.subject().is_some() => "set here",
        level if here == Some(level) => "set here for all of its kind",
        Level::Platform => "the usual value",
        Level::Tenant => "from the policy for all clients",
        Level::Client => "from the client's policy",
        Level::Site => "from the site's policy",
        Level::Device => "from the device's own policy",
    }
}

/// Where each value of a rule comes from.
struct Sources {
    on: &'static str,
    severity: &'static str,
    limits: &'static str,
    lasts: &'static str,
    clear: &'static str,
}

impl Sources {
    fn of(rule: &Rule, here: Option<Level>) -> Self {
        let key = &rule.key;
        Self {
            on: source(&rule.on, key, here),
            severity: source(&rule.severity, key, here),
            limits: rule.limits.map_or("", |limits| source(&limits, key, here)),
            lasts: source(&rule.for_s, key, here),
            clear: source(&rule.clear_for_s, key, here),
        }
    }
}

/// How long it must be so: `30 min`, `at once`.
pub(super) fn time(seconds: u32) -> String {
    if seconds == 0 { "at once".to_owned() } else { lasting(seconds) }
}

/// The limits in words: `above 95 %`, and from where on it is clear: `down to 85 %`.
fn limits(rule: &Rule) -> Option<(String, String)> {
    let (limits, low) = (rule.limits?.value, rule.key.kind().percent()?);
    let (beyond, until) = if low { ("below", "from") } else { ("above", "down to") };
    Some((format!("{beyond} {} %", limits.raise), format!("{until} {} %", limits.clear)))
}

/// A value, and in small letters where it comes from.
#[component]
pub(super) fn Held(from: &'static str, children: Children) -> impl IntoView {
    let here = from.starts_with("set here").then_some("");
    view! { <span class="held" data-here=here><span class="held-value">{children()}</span>" "<span class="held-from">{from}</span></span> }
}

#[component]
fn Watch(on: bool) -> impl IntoView {
    let (outcome, word) = if on { (Outcome::Passed, "Watched") } else { (Outcome::Skipped, "Not watched") };
    view! { <OutcomeMark outcome word/> }
}

/// The values of a rule as a list of facts.
#[component]
pub(super) fn RuleFacts(rule: Rule) -> impl IntoView {
    let from = Sources::of(&rule, None);
    let limit = limits(&rule).map(|(raise, clear)| {
        view! {
            <Fact label="Raised when"><Held from=from.limits>{raise}</Held></Fact>
            <Fact label="Over when"><Held from=from.limits>{clear}</Held></Fact>
        }
    });
    let watched = if rule.on.value { "Yes" } else { "No" };
    let (lasts, clear) = (time(rule.for_s.value), time(rule.clear_for_s.value));
    view! {
        <Facts>
            <Fact label="Watched"><Held from=from.on>{watched}</Held></Fact>
            <Fact label="Severity"><Held from=from.severity><HowBad severity=rule.severity.value/></Held></Fact>
            {limit}
            <Fact label="Raised after"><Held from=from.lasts>{lasts}</Held></Fact>
            <Fact label="Over after"><Held from=from.clear>{clear}</Held></Fact>
        </Facts>
    }
}

/// How long it must be so and how long clear; in one value when both come from the same policy.
fn times(rule: &Rule, from: &Sources) -> AnyView {
    let lasts = time(rule.for_s.value);
    match (rule.clear_for_s.value, from.lasts == from.clear) {
        (0, _) => view! { <Held from=from.lasts>{lasts}</Held> }.into_any(),
        (clear, true) => view! { <Held from=from.lasts>{format!("{lasts}, clear {}", time(clear))}</Held> }.into_any(),
        (clear, false) => view! { <Held from=from.lasts>{lasts}</Held><Held from=from.clear>{format!("clear {}", time(clear))}</Held> }.into_any(),
    }
}

/// The cells of a rule in a table: condition, watched, severity, limits, time. With `href` the row is a link.
#[component]
pub(super) fn RuleCells(rule: Rule, here: Option<Level>, href: Option<String>) -> impl IntoView {
    let from = Sources::of(&rule, here);
    let (label, sentence) = (rule.key.label(), rule.sentence());
    let name = match href {
        Some(href) => view! { <RowLink href>{label}</RowLink> }.into_any(),
        None => view! { <span>{label}</span> }.into_any(),
    };
    let limit = match limits(&rule) {
        Some((raise, clear)) => {
            view! { <span class="stacked-word">"Limits: "</span><Held from=from.limits>{format!("{raise}, clear {clear}")}</Held> }.into_any()
        }
        None => view! { <span class="quiet no-limit">"no limits"</span> }.into_any(),
    };
    let times = times(&rule, &from);
    view! {
        <Cell kind=Slot::Lead>{name}<span class="rule-sentence">{sentence}</span></Cell>
        <Cell kind=Slot::Sub><Held from=from.on><Watch on=rule.on.value/></Held></Cell>
        <Cell kind=Slot::Sub><Held from=from.severity><HowBad severity=rule.severity.value/></Held></Cell>
        <Cell kind=Slot::Sub>{limit}</Cell>
        <Cell kind=Slot::Sub><span class="stacked-word">"For: "</span>{times}</Cell>
    }
}
