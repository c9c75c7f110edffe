//! The schedules: what is made by itself, for whom, and when next.

use leptos::prelude::*;

use super::{ScheduleLine, SchedulesPage};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{Cell, Column, Crumb, Crumbs, Empty, Head, LinkButton, Look, PageHead, Row, RowLink, Rows, Slot, Stamp, Table},
};

impl SchedulesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Report schedules", move || view! { <Schedules page=self/> })
    }
}

#[component]
fn Schedules(page: SchedulesPage) -> impl IntoView {
    let body = if page.rows.is_empty() { view! { <Nothing/> }.into_any() } else { view! { <div class="list"><Lines rows=page.rows/></div> }.into_any() };
    view! {
        <Crumbs above=vec![Crumb { label: "Reports".into(), href: link("/reports") }] here="Schedules"/>
        <PageHead title="Report schedules" note="Reports that are made and kept by themselves".to_owned()>
            <LinkButton href=link("/reports/schedules/new") look=Look::Primary icon="plus">"New schedule"</LinkButton>
        </PageHead>
        {body}
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let text = "A schedule makes a report each month or week, keeps it, and lets the client's people open it.";
    view! {
        <div class="alone">
            <Empty icon="calendar-clock" title="No report is made by itself" text>
                <LinkButton href=link("/reports/schedules/new")>"Make a schedule"</LinkButton>
            </Empty>
        </div>
    }
}

#[component]
fn Lines(rows: Vec<ScheduleLine>) -> impl IntoView {
    let line = |line: ScheduleLine| {
        let next = match line.next_at {
            Some(at) => view! { <Stamp at/> }.into_any(),
            None => view! { <span class="quiet">"paused"</span> }.into_any(),
        };
        let recipients = match line.schedule.recipients.len() as u64 {
            0 => "nobody".to_owned(),
            n => counted(n, "person", "people"),
        };
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=link(&format!("/reports/schedules/{}", line.id))>{line.schedule.kind.label()}</RowLink></Cell>
                <Cell kind=Slot::Sub>{line.whom}</Cell>
                <Cell>{line.schedule.sentence()}</Cell>
                <Cell>{recipients}</Cell>
                <Cell>{line.by}</Cell>
                <Cell number=true>{next}</Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Report schedules">
            <Head><Column label="Report"/><Column label="For"/><Column label="When"/><Column label="Recipients"/><Column label="Made by"/><Column label="Next" number=true/></Head>
            <Rows>{rows.into_iter().map(line).collect_view()}</Rows>
        </Table>
    }
}
