//! The list of maintenance windows: open now, next, and over.

use domain::windows::{Occurrence, ZONES};
use leptos::prelude::*;

use super::{WindowLine, WindowsPage};
use crate::{
    Frame,
    layout::{Settings, clock, link},
    render,
    ui::{Badge, Cell, Column, Empty, Head, LinkButton, Look, Row, RowLink, Rows, Section, Slot, Table, Tone},
};

impl WindowsPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Maintenance windows", move || view! { <Windows page=self/> })
    }
}

/// The address of a window, or of what is below it.
pub(super) fn at(word: &str) -> String {
    link(&format!("/settings/windows/{word}"))
}

/// When an occurrence is, by the clocks of its zone and, where those differ, of the viewer.
#[component]
pub fn Times(occurrence: Occurrence, #[prop(into)] zone: String) -> impl IntoView {
    let clock = clock();
    let own = occurrence.words(&clock.zone, clock.now);
    let there = ZONES.get(&zone).ok().map_or_else(|| own.clone(), |rules| occurrence.words(&rules, clock.now));
    let yours = (there != own).then(|| view! { <span class="quiet window-yours">{format!("{own} by your clock")}</span> });
    view! { <span class="window-times">{format!("{there}, {zone}")}</span>{yours} }
}

#[component]
fn Windows(page: WindowsPage) -> impl IntoView {
    let WindowsPage { coming, past, more_past, older, follows, may_change } = page;
    let nothing = coming.is_empty() && past.is_empty();
    let words = "In a window, work on devices is expected: what is raised stays quiet until its end, and updates may be installed.";
    let add = may_change.then(|| view! { <LinkButton href=at("new") look=Look::Primary icon="plus">"New window"</LinkButton> });
    let body = if nothing {
        view! { <Nothing may_change/> }.into_any()
    } else {
        let past = (!past.is_empty()).then(|| view! { <Past rows=past more=more_past/> });
        view! { <Coming rows=coming/>{past} }.into_any()
    };
    let first = follows.then(|| view! { <LinkButton href=link("/settings/windows")>"First page"</LinkButton> });
    let next = older.map(|query| view! { <LinkButton href=link(&format!("/settings/windows{query}"))>"More"</LinkButton> });
    view! {
        <Settings title="Windows" note="When maintenance is expected".to_owned()>{add}</Settings>
        <p class="page-words under-tabs">{words}</p>
        {body}
        <nav class="window-pages" aria-label="Pages">{first}{next}</nav>
    }
}

#[component]
fn Nothing(may_change: bool) -> impl IntoView {
    let text = "Plan when work on devices is expected, so that its noise wakes nobody: every week at night, or once.";
    view! {
        <div class="alone">
            <Empty icon="calendar-clock" title="No maintenance windows" text>
                {may_change.then(|| view! { <LinkButton href=at("new") look=Look::Primary icon="plus">"Plan the first one"</LinkButton> })}
            </Empty>
        </div>
    }
}

/// Open ones and those that come.
#[component]
fn Coming(rows: Vec<WindowLine>) -> impl IntoView {
    let now = clock().now;
    let (open, next): (Vec<_>, Vec<_>) = rows.into_iter().partition(|line| line.is_open(now));
    let table = |title: &'static str, rows: Vec<WindowLine>| {
        (!rows.is_empty()).then(|| view! { <Section title count=rows.len() as u64><Lines caption=title rows/></Section> })
    };
    view! { {table("Open now", open)} {table("Next", next)} }
}

#[component]
fn Past(rows: Vec<WindowLine>, more: Option<String>) -> impl IntoView {
    let more = more.map(|query| ("All that are over".to_owned(), link(&format!("/settings/windows{query}"))));
    view! { <Section title="Over" more><Lines caption="Windows that are over" rows/></Section> }
}

#[component]
fn Lines(#[prop(into)] caption: String, rows: Vec<WindowLine>) -> impl IntoView {
    view! {
        <Table caption>
            <Head><Column label="Window"/><Column label="Where"/><Column label="When"/><Column label="Effect"/></Head>
            <Rows>{rows.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Line(line: WindowLine) -> impl IntoView {
    let open = line.is_open(clock().now).then(|| view! { <Badge tone=Tone::Accent>"Open"</Badge> });
    let weekly = line.sentence.starts_with("Every").then(|| view! { <span class="quiet window-yours">{line.sentence.clone()}</span> });
    view! {
        <Row>
            <Cell kind=Slot::Lead><RowLink href=at(&line.id.to_string())>{line.name}</RowLink>" "{open}</Cell>
            <Cell kind=Slot::Sub>{line.place}</Cell>
            <Cell><Times occurrence=line.occurrence zone=line.zone/>{weekly}</Cell>
            <Cell>{line.effect}</Cell>
        </Row>
    }
}
