//! The list of runs.

use domain::people::Permission;
use leptos::prelude::*;

use super::{
    RunLine, RunsPage,
    parts::{Room, RoomHead, RunMark, run_at},
};
use crate::{
    Frame,
    layout::{link, may},
    render,
    ui::{At, Bar, Cell, Column, Empty, Fill, Head, LinkButton, Look, Part, Row, RowLink, Rows, Slot, Table},
};

impl RunsPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Update runs", move || view! { <Runs page=self/> })
    }
}

/// The list.
#[component]
pub fn Runs(page: RunsPage) -> impl IntoView {
    let start = || may(Permission::UpdatesInstall).then(|| view! { <LinkButton href=link("/patching/runs/new") look=Look::Primary>"New run"</LinkButton> });
    let body = if page.rows.is_empty() {
        let text = "A run installs what is approved on the devices you choose, checks it with a fresh scan, and says here what became of it.";
        view! { <div class="alone"><Empty icon="rotate-cw" title="No runs yet" text>{start()}</Empty></div> }.into_any()
    } else {
        view! { <div class="list"><Lines rows=page.rows/></div> }.into_any()
    };
    let first = (!page.first).then(|| view! { <LinkButton href=link("/patching/runs") look=Look::Quiet>"Newest"</LinkButton>" " });
    let older = page.older.map(|id| view! { <LinkButton href=link(&format!("/patching/runs?before={id}")) look=Look::Quiet>"Older"</LinkButton> });
    view! {
        <RoomHead room=Room::Runs>{start()}</RoomHead>
        {body}
        <p class="pager-note">{first}{older}</p>
    }
}

/// How far a run is, as words and a bar.
#[component]
pub(super) fn Far(line: RunLine) -> impl IntoView {
    let (total, good, over) = (u64::from(line.progress.total()), u64::from(line.progress.successes()), u64::from(line.progress.over()));
    let bad = over.saturating_sub(good);
    let parts = vec![Part::new("Done", good, Fill::Ok), Part::new("Not done", bad, Fill::Critical)];
    let not = if bad > 0 { format!(", {bad} not") } else { String::new() };
    view! { <span>{format!("{good} of {total} done{not}")}</span><Bar parts total/> }
}

/// When a run starts or started; with the end of its window while that is ahead.
#[component]
pub(super) fn When(line: RunLine) -> impl IntoView {
    let until = line.ends.filter(|_| !line.state.is_over()).map(|at| view! { <span class="quiet">" until " <At at/></span> });
    view! { <At at=line.starts/>{until} }
}

#[component]
pub(super) fn Lines(rows: Vec<RunLine>) -> impl IntoView {
    let row = |line: RunLine| {
        let RunLine { id, title, state, by, .. } = line.clone();
        let (far, when) = (view! { <Far line=line.clone()/> }, view! { <When line/> });
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=run_at(id)>{title}</RowLink></Cell>
                <Cell><RunMark state/></Cell>
                <Cell kind=Slot::Sub>{far}</Cell>
                <Cell>{when}</Cell>
                <Cell>{by}</Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Update runs">
            <Head><Column label="Run"/><Column label="State"/><Column label="Devices"/><Column label="Starts"/><Column label="By"/></Head>
            <Rows>{rows.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
}
