//! What reports there are, what each answers, and the form that makes one.

use domain::{
    people::Permission,
    reports::{Kind, Span},
};
use leptos::prelude::*;

use super::{LibraryPage, delivered::Lines, parts::fault};
use crate::{
    Frame,
    layout::{link, may},
    render,
    ui::{Button, Choice, Field, Icon, LinkButton, Look, PageHead, Section, Select},
};

impl LibraryPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Reports", move || view! { <Library page=self/> })
    }
}

/// The ways to what was delivered and to the schedules.
#[component]
pub(super) fn Ways() -> impl IntoView {
    let schedules = may(Permission::ReportsManage)
        .then(|| view! { <LinkButton href=link("/reports/schedules") look=Look::Quiet icon="calendar-clock">"Schedules"</LinkButton> });
    view! {
        <LinkButton href=link("/reports/delivered") look=Look::Quiet icon="archive">"Delivered"</LinkButton>
        {schedules}
    }
}

#[component]
fn Library(page: LibraryPage) -> impl IntoView {
    let latest = page.latest.clone();
    let more = Some(("All delivered reports".to_owned(), link("/reports/delivered")));
    let latest = (!latest.is_empty()).then(|| view! { <Section title="Delivered last" more><div class="list"><Lines rows=latest staff=true/></div></Section> });
    view! {
        <PageHead title="Reports"><Ways/></PageHead>
        <MakeForm page/>
        {latest}
    }
}

/// One form: client and period are chosen once, and each kind has its own button.
#[component]
fn MakeForm(page: LibraryPage) -> impl IntoView {
    let LibraryPage { query, clients, faults, .. } = page;
    let mut choices = vec![Choice { value: String::new(), label: "All clients".into(), selected: query.client.is_none() }];
    choices.extend(clients.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, selected: query.client == Some(id) }));
    let spans = Span::ALL.map(|span| Choice { value: span.word().into(), label: span.label().into(), selected: query.span == span }).to_vec();
    let kinds = Kind::OFFERED.into_iter().map(|kind| view! { <OneKind kind/> }).collect_view();
    view! {
        <form method="get" class="report-form">
            <div class="report-choice">
                <Select label="Client" name="client" choices error=fault(&faults, "client")/>
                <Select label="Period" name="period" choices=spans error=fault(&faults, "period")/>
                <Field label="First day" name="from" kind="date" value=query.from error=fault(&faults, "from")/>
                <Field label="Last day" name="to" kind="date" value=query.to error=fault(&faults, "to")/>
            </div>
            <p class="field-hint">"The days count only with \u{201c}From a day to a day\u{201d}. Days are those of your time zone."</p>
            <ul class="report-kinds">{kinds}</ul>
        </form>
    }
}

#[component]
fn OneKind(kind: Kind) -> impl IntoView {
    view! {
        <li class="report-kind">
            <h2><Icon name="file-text"/>{kind.label()}</h2>
            <p class="soft">{kind.answers()}</p>
            <button type="submit" class="btn btn-plain" formaction=link(&format!("/reports/{kind}"))>{format!("Show {}", kind.label().to_lowercase())}</button>
        </li>
    }
}

/// The button that applies filters.
#[component]
pub(super) fn Apply() -> impl IntoView {
    view! { <Button>"Apply"</Button> }
}
