//! The health of a client in words: three lines, each with what it counts, of what, what is unknown, and the devices behind it.

use domain::devices::{query::Waiting, status::Status};
use leptos::prelude::*;

use super::{ContactHome, count_all, count_of};
use crate::{
    devices::{
        Share,
        parts::{counted, list_with},
    },
    ui::{Outcome, OutcomeMark, Severity, SeverityMark, percent, thousands},
};

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reason {
    label: &'static str,
    /// What is said of the devices that are not well, after their number.
    ill: &'static str,
    /// The devices that are well.
    share: Share,
    /// What the others are, in words, with their list.
    links: Vec<(String, String)>,
}

impl Reason {
    fn well(&self) -> bool {
        self.share.rest() == 0 && self.share.known > 0
    }

    fn ill(&self) -> bool {
        self.share.rest() > 0
    }
}

fn reasons(page: &ContactHome) -> [Reason; 3] {
    let status = |status: Status| (count_of(&page.by_status, status), status.label().to_lowercase(), list_with(|query| query.status = Some(status)));
    let apart = Status::ALL.into_iter().filter(|of| *of != Status::Online).map(status);
    let updates = |which| list_with(|query| query.updates = Some(which));
    let restart = list_with(|query| query.restart = true);
    let links = |found: Vec<(u64, String, String)>| {
        found.into_iter().filter(|(n, ..)| *n > 0).map(|(n, word, href)| (format!("{} {word}", thousands(n)), href)).collect()
    };
    let seen = Share { part: count_of(&page.by_status, Status::Online), known: count_all(&page.by_status), unknown: 0 };
    let waiting = vec![
        (page.protected.rest(), "waiting".to_owned(), updates(Waiting::Security)),
        (page.protected.unknown, "unknown".to_owned(), updates(Waiting::Unknown)),
    ];
    [
        Reason { label: "Seen in time", ill: "not seen in time", share: seen, links: links(apart.collect()) },
        Reason { label: "Security updates in place", ill: "with security updates waiting", share: page.protected, links: links(waiting) },
        Reason {
            label: "No restart pending",
            ill: "to restart",
            share: page.started,
            links: links(vec![(page.started.rest(), "pending".to_owned(), restart), (page.started.unknown, "unknown".to_owned(), String::new())]),
        },
    ]
}

/// The state in words: a title and a sentence.
pub(super) fn headline(page: &ContactHome) -> (String, String) {
    if count_all(&page.by_status) == 0 {
        return ("No data yet".to_owned(), format!("Nothing of {} has reported so far.", page.client));
    }
    let reasons = reasons(page);
    let ill: Vec<_> = reasons.iter().filter(|reason| reason.ill()).map(|reason| format!("{} {}", thousands(reason.share.rest()), reason.ill)).collect();
    let unknown = reasons.iter().any(|reason| reason.share.unknown > 0);
    let title = match ill.len() {
        0 if unknown => "In good shape, as far as is known",
        0 => "In good shape",
        1 => "One thing needs a look",
        2 => "Two things need a look",
        _ => "Three things need a look",
    };
    let devices = counted(count_all(&page.by_status), "device", "devices");
    let text = if ill.is_empty() { format!("{} of {}, and nothing waits.", devices, page.client) } else { format!("Of {devices}, {}.", ill.join(", ")) };
    (title.to_owned(), text)
}

#[component]
pub(super) fn HealthCard(page: ContactHome) -> impl IntoView {
    view! {
        <section class="card health-card">
            <h2>"How it stands"</h2>
            <p class="soft">"Each line opens the devices behind it."</p>
            <ul class="reasons">{reasons(&page).into_iter().map(|reason| view! { <Line reason/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Line(reason: Reason) -> impl IntoView {
    let mark = if reason.ill() {
        view! { <SeverityMark severity=Severity::Medium word=reason.label.to_owned()/> }.into_any()
    } else {
        let outcome = if reason.well() { Outcome::Passed } else { Outcome::Unknown };
        view! { <OutcomeMark outcome word=reason.label/> }.into_any()
    };
    let words = if reason.share.known > 0 {
        format!("{} of {}", thousands(reason.share.part), counted(reason.share.known, "device", "devices"))
    } else {
        "No data yet".to_owned()
    };
    let link = |(word, href): (String, String)| {
        let text = if href.is_empty() {
            view! { <span class="unknown">{word}</span> }.into_any()
        } else {
            view! { <a class="text-link" href=href>{word}</a> }.into_any()
        };
        view! { <span class="reason-link">{text}</span> }
    };
    let class = if reason.ill() { "reason-share reason-ill" } else { "reason-share" };
    let share = percent(reason.share.part, reason.share.known).map(|share| format!("{share}\u{a0}%"));
    view! {
        <li>
            <span class="reason-mark">{mark}</span>
            <span class="reason-words">{words} {reason.links.into_iter().map(link).collect_view()}</span>
            <span class=class>{share}</span>
        </li>
    }
}
