//! Instants: how long ago, or at which clock time, always with the exact instant on hover.

use domain::{Moment, time::span};
use jiff::{Timestamp, Zoned, tz::TimeZone};
use leptos::prelude::*;

use crate::layout::place::clock;

fn zoned(at: Moment, zone: &TimeZone) -> Option<Zoned> {
    Timestamp::from_millisecond(at.0).ok().map(|stamp| stamp.to_zoned(zone.clone()))
}

/// `Thu 12 Nov 2026, 10:42:08 Europe/London`.
pub fn exact_text(at: Moment) -> String {
    let clock = clock();
    let name = clock.zone.iana_name().unwrap_or("UTC").to_owned();
    zoned(at, &clock.zone).map(|at| format!("{} {name}", at.strftime("%a %-d %b %Y, %H:%M:%S"))).unwrap_or_default()
}

/// The shortest text that still says which instant: `10:42`, `Wed 17:05`, `3 Nov`, `3 Nov 2025`.
pub fn at_text(at: Moment) -> String {
    let clock = clock();
    let (Some(then), Some(now)) = (zoned(at, &clock.zone), zoned(clock.now, &clock.zone)) else { return String::new() };
    let days = (now.date() - then.date()).get_days();
    let form = match days {
        0 => "%H:%M",
        1..=6 => "%a %H:%M",
        _ if then.year() == now.year() => "%-d %b",
        _ => "%-d %b %Y",
    };
    then.strftime(form).to_string()
}

fn iso(at: Moment) -> String {
    Timestamp::from_millisecond(at.0).map(|stamp| stamp.to_string()).unwrap_or_default()
}

/// How long ago `at` was: `41 s`; with `ago`, `41 s ago`.
#[component]
pub fn When(at: Moment, #[prop(optional)] ago: bool) -> impl IntoView {
    let text = span(clock().now.since(at));
    let text = if ago { format!("{text} ago") } else { text };
    view! { <time datetime=iso(at) title=exact_text(at)>{text}</time> }
}

/// The clock time of `at`: `10:42`, with its day when that is not today.
#[component]
pub fn At(at: Moment) -> impl IntoView {
    view! { <time datetime=iso(at) title=exact_text(at)>{at_text(at)}</time> }
}

/// The day and the clock time of `at` to the second: `12 Nov, 10:42:08`, with the year when it is not this one.
#[component]
pub fn Stamp(at: Moment) -> impl IntoView {
    let clock = clock();
    let (then, now) = (zoned(at, &clock.zone), zoned(clock.now, &clock.zone));
    let this_year = then.as_ref().map(Zoned::year) == now.map(|now| now.year());
    let form = if this_year { "%-d %b, %H:%M:%S" } else { "%-d %b %Y, %H:%M:%S" };
    let text = then.map(|then| then.strftime(form).to_string()).unwrap_or_default();
    view! { <time class="stamp" datetime=iso(at) title=exact_text(at)>{text}</time> }
}
