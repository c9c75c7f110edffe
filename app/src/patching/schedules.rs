//! The list of patch schedules: what is installed by itself, when, and where.

use domain::people::Permission;
use leptos::prelude::*;

use super::{
    ScheduleLine, SchedulesPage,
    parts::{Room, RoomHead, schedule_at},
};
use crate::{
    Frame,
    layout::{link, may},
    render,
    ui::{Cell, Column, Empty, Head, LinkButton, Look, Row, RowLink, Rows, Slot, Table},
    windows::Times,
};

impl SchedulesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Patch schedules", move || view! { <Schedules page=self/> })
    }
}

/// The list.
#[component]
pub fn Schedules(page: SchedulesPage) -> impl IntoView {
    let may_change = page.may_change;
    let add = move || may_change.then(|| view! { <LinkButton href=link("/patching/schedules/new") look=Look::Primary icon="plus">"New schedule"</LinkButton> });
    let body = if page.rows.is_empty() {
        let text = "A schedule installs what is approved in a maintenance window, week after week, and tells what became of it as a run.";
        view! { <div class="alone"><Empty icon="calendar-clock" title="Nothing is installed by itself" text>{add()}</Empty></div> }.into_any()
    } else {
        view! { <div class="list"><Lines rows=page.rows/></div> }.into_any()
    };
    view! {
        <RoomHead room=Room::Schedules>{add()}</RoomHead>
        {body}
    }
}

/// What a schedule does, in a line.
pub(super) fn words(line: &ScheduleLine) -> String {
    let approval = if line.needs_approval { ", after a contact\u{2019}s yes" } else { "" };
    format!("{}{approval}", line.what.label())
}

#[component]
fn Lines(rows: Vec<ScheduleLine>) -> impl IntoView {
    let row = |line: ScheduleLine| {
        let (words, restart) = (words(&line), line.reboot.label());
        let zone = line.window.as_ref().map(|(_, _, zone)| zone.clone()).unwrap_or_default();
        let next = line.next.map(|occurrence| view! { <Times occurrence zone/> }.into_any());
        let next = next.unwrap_or_else(|| view! { <span class="quiet">"Not planned"</span> }.into_any());
        let window = line.window.map(|(id, name, _)| {
            let href = link(&format!("/settings/windows/{id}"));
            if may(Permission::AlertsRead) { view! { <a class="text-link" href=href>{name}</a> }.into_any() } else { view! { <span>{name}</span> }.into_any() }
        });
        let window = window.unwrap_or_else(|| view! { <span class="unknown">"Its window is gone"</span> }.into_any());
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=schedule_at(line.id)>{line.name}</RowLink></Cell>
                <Cell>{window}</Cell>
                <Cell kind=Slot::Sub><span>{words}</span><p class="quiet">{restart}</p></Cell>
                <Cell>{next}</Cell>
                <Cell>{line.by}</Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Patch schedules">
            <Head><Column label="Schedule"/><Column label="Window"/><Column label="Installs"/><Column label="Next run"/><Column label="By"/></Head>
            <Rows>{rows.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
}
