//! The waiting updates of a device: what waits, where it comes from, and how old that knowledge is.

use domain::{Moment, devices::report::Update, time::DAY};
use leptos::prelude::*;

use super::{UpdatesTab, WaitingUpdates, changes::FromTo};
use crate::{
    devices::parts::{Known, Unknown},
    layout::clock,
    patching::DeviceUpdates,
    ui::{At, Cell, Column, Empty, Head, Row, Rows, Severity, SeverityMark, Slot, Table, When, at_text, thousands},
};

#[component]
pub(super) fn UpdatesView(tab: UpdatesTab) -> impl IntoView {
    let (id, lines) = (tab.id, tab.patching.clone());
    view! { <DeviceUpdates id lines/><Waiting tab/> }
}

#[component]
fn Waiting(tab: UpdatesTab) -> impl IntoView {
    let WaitingUpdates::Listed { lists_at, items } = tab.updates else {
        return view! { <div class="alone"><WhyUnknown updates=tab.updates/></div> }.into_any();
    };
    let stale = lists_at.is_some_and(|at| clock().now.since(at) > 7 * DAY);
    let rows = if items.is_empty() {
        let text = "The package lists name nothing newer than what is installed.";
        view! { <div class="alone"><Empty icon="shield-check" title="No updates wait" text/></div> }.into_any()
    } else {
        view! { <div class="list"><UpdateTable items=items.clone()/></div> }.into_any()
    };
    view! {
        <div class="filter-bar updates-head">
            <p>{waiting(&items)}</p>
            <p class="soft"><ListsAge lists_at/>{tab.taken_at.map(|at| view! { ", reported " <At at/> })}</p>
        </div>
        {stale.then(|| view! { <Stale/> })}
        {rows}
    }
    .into_any()
}

#[component]
fn ListsAge(lists_at: Option<Moment>) -> impl IntoView {
    match lists_at {
        Some(at) => view! { "Package lists refreshed " <When at ago=true/> }.into_any(),
        None => view! { "The age of the package lists is unknown" }.into_any(),
    }
}

#[component]
fn Stale() -> impl IntoView {
    view! {
        <div class="banner" role="note">
            <SeverityMark severity=Severity::Medium word="Old package lists.".to_owned()/>
            <p>"They were refreshed more than 7 days ago, so newer updates may exist that nobody has seen."</p>
        </div>
    }
}

/// How many wait and of which kind: `14 updates wait: 9 security, 5 other`.
fn waiting(items: &[Update]) -> AnyView {
    let n = items.len() as u64;
    let words = if n == 1 { " update waits" } else { " updates wait" };
    let kinds = if n == 0 { String::new() } else { format!(", {}", kinds(items)) };
    view! { <strong>{thousands(n)}</strong> {words} {kinds} }.into_any()
}

fn kinds(items: &[Update]) -> String {
    let of = |kind: Option<bool>| items.iter().filter(|update| update.security == kind).count() as u64;
    let parts = [(of(Some(true)), "security"), (of(Some(false)), "other"), (of(None), "of unknown kind")];
    parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", thousands(n))).collect::<Vec<_>>().join(", ")
}

/// The kinds, and the age of the lists.
pub(super) fn note(items: &[Update], lists_at: Option<Moment>) -> String {
    let age = lists_at.map_or_else(|| "age of the lists unknown".to_owned(), |at| format!("lists of {}", at_text(at)));
    format!("{}, {age}", kinds(items))
}

/// Why nothing is known; never a zero.
#[component]
pub(super) fn WhyUnknown(updates: WaitingUpdates) -> impl IntoView {
    let (title, reason) = match updates {
        WaitingUpdates::Unknown { reason } => ("It is unknown which updates wait", reason),
        WaitingUpdates::NeverReported | WaitingUpdates::Listed { .. } => ("No data yet", "Its agent has not reported updates.".to_owned()),
    };
    let reason = if reason.ends_with('.') { reason } else { format!("{reason}.") };
    view! {
        <div class="unknown-box">
            <Empty icon="circle-question-mark" title text=format!("{reason} The device is counted as unknown, not as up to date.")/>
        </div>
    }
}

/// The updates, security ones marked; `short` and without `origins` they fit beside other things.
#[component]
pub(super) fn UpdateTable(items: Vec<Update>, #[prop(optional)] short: bool, #[prop(default = true)] origins: bool) -> impl IntoView {
    let row = move |update: Update| {
        view! {
            <Row>
                <Cell kind=Slot::Lead>{update.name}{update.arch.filter(|_| !short).map(|arch| view! { <span class="quiet arch">{arch}</span> })}</Cell>
                <Cell kind=Slot::Sub><FromTo before=update.installed after=update.candidate/></Cell>
                <Cell><SecurityWord security=update.security/></Cell>
                {origins.then(|| view! { <Cell kind=if short { Slot::Wide } else { Slot::Meta }><Known text=update.origin/></Cell> })}
            </Row>
        }
    };
    view! {
        <Table caption="Updates waiting">
            <Head><Column label="Update"/><Column label="Installed, then offered"/><Column label="Kind"/>{origins.then(|| view! { <Column label="Origin"/> })}</Head>
            <Rows>{items.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn SecurityWord(security: Option<bool>) -> impl IntoView {
    match security {
        Some(true) => view! { <strong class="security-word">"Security"</strong> }.into_any(),
        Some(false) => view! { "Update" }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    }
}
