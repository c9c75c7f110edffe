//! Everything that changed on a device, newest first, by day.

use domain::{Moment, devices::query::encode, ids::DeviceId};
use jiff::{Timestamp, Zoned};
use leptos::prelude::*;

use super::{
    Change, ChangeKind, HistoryTab,
    changes::{KindIcon, Words},
    head::at,
};
use crate::{
    layout::clock,
    ui::{Chip, Chips, Empty, LinkButton, exact_text},
};

fn zoned(at: Moment) -> Option<Zoned> {
    Timestamp::from_millisecond(at.0).ok().map(|stamp| stamp.to_zoned(clock().zone))
}

/// `Today`, `Yesterday`, `Tuesday 10 November`, with the year when it is not this one.
fn day(at: Moment) -> String {
    let (Some(then), Some(now)) = (zoned(at), zoned(clock().now)) else { return String::new() };
    match (now.date() - then.date()).get_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if then.year() == now.year() => then.strftime("%A %-d %B").to_string(),
        _ => then.strftime("%A %-d %B %Y").to_string(),
    }
}

fn by_day(changes: Vec<Change>) -> Vec<(String, Vec<Change>)> {
    let mut days: Vec<(String, Vec<Change>)> = Vec::new();
    for change in changes {
        let day = day(change.at);
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, changes)) => changes.push(change),
            None => days.push((day, vec![change])),
        }
    }
    days
}

#[component]
pub(super) fn HistoryView(id: DeviceId, tab: HistoryTab) -> impl IntoView {
    if tab.changes.is_empty() && tab.counts.is_empty() {
        let text = "From now on, each package or part that changes, and each act of a person, is written down here.";
        return view! { <div class="alone"><Empty icon="history" title="Nothing has changed yet" text/></div> }.into_any();
    }
    let filter = view! { <div class="filter-bar"><Kinds id counts=tab.counts kind=tab.kind/></div> };
    if tab.changes.is_empty() {
        let text = "Other things have changed on this device.";
        return view! { {filter} <div class="alone"><Empty icon="history" title="No change of this kind" text/></div> }.into_any();
    }
    let shown = tab.changes.len();
    let page = |(name, label, cursor): (&str, &'static str, Option<String>)| {
        let kind = tab.kind.map(|kind| format!("&kind={}", kind.word())).unwrap_or_default();
        cursor.map(|cursor| view! { <LinkButton href=format!("{}?{name}={}{kind}", at(id, "history"), encode(&cursor))>{label}</LinkButton> })
    };
    view! {
        {filter}
        <div class="history">{by_day(tab.changes).into_iter().map(|(day, changes)| view! { <Day day changes/> }).collect_view()}</div>
        <div class="pager">
            <p><strong>{shown}</strong> {if shown == 1 { " change on this page" } else { " changes on this page" }}</p>
            <nav class="pager-links" aria-label="Pages">
                {page(("before", "Newer", tab.newer))}
                {page(("after", "Older", tab.older))}
            </nav>
        </div>
    }
    .into_any()
}

/// One chip per kind that has any; an active one takes itself away.
#[component]
fn Kinds(id: DeviceId, counts: Vec<(ChangeKind, u64)>, kind: Option<ChangeKind>) -> impl IntoView {
    let all: u64 = counts.iter().map(|(_, n)| n).sum();
    let chip = move |(of, n): (ChangeKind, u64)| {
        let active = kind == Some(of);
        let href = if active { at(id, "history") } else { format!("{}?kind={}", at(id, "history"), of.word()) };
        view! { <Chip href label=of.plural() count=n active/> }
    };
    view! { <Chips label="Kinds of change"><Chip href=at(id, "history") label="All" count=all active=kind.is_none()/>{counts.into_iter().map(chip).collect_view()}</Chips> }
}

#[component]
fn Day(day: String, changes: Vec<Change>) -> impl IntoView {
    let count = changes.len();
    let line = |change: Change| {
        view! {
            <li>
                <time class="change-at" title=exact_text(change.at)>{zoned(change.at).map(|at| at.strftime("%H:%M").to_string())}</time>
                <KindIcon kind=change.kind/>
                <span class="change-words"><Words change/></span>
            </li>
        }
    };
    view! {
        <section class="day">
            <h2>{day} <span class="soft">{count}</span></h2>
            <ol class="day-changes">{changes.into_iter().map(line).collect_view()}</ol>
        </section>
    }
}
