//! The inbox: what needs somebody, over all clients.

use domain::{
    alerts::{InboxQuery, inbox::Show},
    people::Permission,
};
use leptos::prelude::*;

use super::{
    BulkDone, InboxPage,
    filters::{FilterForm, StateChips},
    live::{Keys, Live},
    parts::list,
    rows::Acting,
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::{clock, link, may},
    render,
    ui::{Empty, Icon, LinkButton, Look, Outcome, OutcomeMark, PageHead, Pager, Paging},
};

impl InboxPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Alerts", move || view! { <Inbox page=self/> })
    }
}

/// The inbox.
#[component]
pub fn Inbox(page: InboxPage) -> impl IntoView {
    let policies = may(Permission::MonitoringManage)
        .then(|| view! { <LinkButton href=link("/settings/monitoring") look=Look::Quiet icon="settings">"Monitoring policies"</LinkButton> });
    let (query, counts) = (page.query.clone(), page.counts.clone());
    let error = page.error.clone().map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> });
    let (live, version, may_act) = (page.query.clone(), page.version.clone(), page.may_act);
    let done = page.done.map(|done| view! { <Done done/> });
    let body = if page.rows.is_empty() { view! { <Nothing query=query.clone()/> }.into_any() } else { view! { <Found page=page.clone()/> }.into_any() };
    view! {
        <PageHead title="Alerts"><Live query=live version/>{policies}</PageHead>
        <Keys may_act/>
        <div class="filter-bar">
            <FilterForm page/>
            <StateChips query counts/>
        </div>
        {error}
        {done}
        <div id="found">{body}</div>
    }
}

#[component]
fn Found(page: InboxPage) -> impl IntoView {
    let paging = Paging {
        first: page.query.cursor.is_none().then_some(1),
        shown: page.rows.len() as u64,
        total: page.total,
        counted: clock().now,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    view! {
        <Acting page/>
        <Pager paging/>
    }
}

/// What the act on many did, and what it left alone.
#[component]
fn Done(done: BulkDone) -> impl IntoView {
    let (outcome, word) = match done.changed {
        0 => (Outcome::Skipped, "No alert was changed.".to_owned()),
        n => (Outcome::Passed, format!("{} changed.", counted(n, "alert", "alerts"))),
    };
    let left = match done.passed_over {
        0 => None,
        1 => Some("1 was left as it is: its state did not allow that any more.".to_owned()),
        n => Some(format!("{n} were left as they are: their state did not allow that any more.")),
    };
    view! {
        <div class="banner" role="status">
            <OutcomeMark outcome word/>
            {left.map(|left| view! { <p>{left}</p> })}
        </div>
    }
}

/// Why there are no rows, and where to go on.
#[component]
fn Nothing(query: InboxQuery) -> impl IntoView {
    if query.cursor.is_some() {
        let first = list(&query.first_page());
        return empty("search", "Nothing on this page any more", "Others have worked on this list meanwhile.", Some(("First page", first)));
    }
    if query.is_filtered() {
        let clear = InboxQuery { show: query.show, sort: query.sort, by_client: query.by_client, ..InboxQuery::default() };
        return empty("search", "No alert matches", "Others may stand outside these filters, or in another state.", Some(("Clear filters", list(&clear))));
    }
    let policies = may(Permission::MonitoringManage).then(|| ("Monitoring policies", link("/settings/monitoring")));
    let (title, text) = match query.show {
        Show::Open => ("Nothing needs you", "No alert is open. Alerts come from monitoring policies, which say what is watched on which devices."),
        Show::Acknowledged => ("Nobody works on an alert", "An alert that somebody acknowledges stands here until it is over."),
        Show::Snoozed => ("Nothing is snoozed", "An alert that is put off stands here until its time comes."),
        Show::Suppressed => ("Nothing is suppressed", "Alerts on devices in a maintenance window stand here until the window ends."),
        Show::Resolved => ("Nothing is resolved yet", "Alerts stand here when they are over."),
        Show::All => ("No alerts yet", "Alerts come from monitoring policies, which say what is watched on which devices."),
    };
    let way = policies.filter(|_| matches!(query.show, Show::Open | Show::All));
    empty(if query.show == Show::Open { "check" } else { "bell" }, title, text, way)
}

fn empty(icon: &'static str, title: &'static str, text: &'static str, way: Option<(&'static str, String)>) -> AnyView {
    let way = way.map(|(label, href)| view! { <LinkButton href>{label}</LinkButton> });
    view! { <div class="alone"><Empty icon title text>{way}</Empty></div> }.into_any()
}
