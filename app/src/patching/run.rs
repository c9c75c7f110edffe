//! One run: how far each device is, what failed and why.

use domain::patching::run::TurnState;
use leptos::prelude::*;

use super::{
    RunLine, RunPage, TurnLine, WantLine,
    parts::{RunMark, TurnMark, client_at, run_at, update_at},
    runs::Far,
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{At, Button, Cell, Column, Confirm, Crumb, Crumbs, Head, LinkButton, Look, Outcome, OutcomeMark, Row, RowLink, Rows, Section, Slot, Table},
};

impl RunPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.line.title.clone();
        render(frame, &title, move || view! { <RunView page=self/> })
    }
}

/// The page.
#[component]
pub fn RunView(page: RunPage) -> impl IntoView {
    let (id, total) = (page.line.id, u64::from(page.line.progress.total()));
    let more = page.more.map(|(host, device)| {
        let href = format!("{}?after={device}.{}", run_at(id), domain::devices::query::encode(&host));
        view! { <p class="pager-note"><LinkButton href look=Look::Quiet>"More devices"</LinkButton></p> }
    });
    view! {
        <Heading line=page.line may_stop=page.may_stop may_retry=page.may_retry/>
        <Section title="Devices" count=total><div class="list"><Turns turns=page.turns/></div></Section>
        {more}
    }
}

#[component]
fn Heading(line: RunLine, may_stop: bool, may_retry: bool) -> impl IntoView {
    let above = vec![Crumb { label: "Runs".into(), href: link("/patching/runs") }];
    let retry = may_retry.then(|| {
        view! { <form method="post" action=format!("{}/retry", run_at(line.id))><Button icon="rotate-cw">"Try what failed again"</Button></form> }
    });
    let stop = may_stop.then(|| view! { <Stop line=line.clone()/> });
    let ended = line.ended.map(|at| view! { <span>"ended " <At at/></span> });
    view! {
        <div class="device-crumbs"><Crumbs above here=line.title.clone()/></div>
        <header class="device-head">
            <div class="device-words">
                <div class="device-line"><h1>{line.title.clone()}</h1><RunMark state=line.state/></div>
                <p class="device-place"><span>"started " <At at=line.at/>{format!(" by {}", line.by)}</span>{ended}</p>
                <p class="device-place"><Far line=line.clone()/></p>
            </div>
            {retry}
            {stop}
        </header>
    }
}

#[component]
fn Stop(line: RunLine) -> impl IntoView {
    let action = format!("{}/cancellation", run_at(line.id));
    view! {
        <Confirm label="Stop the run" title="Stop this run?" icon="circle-alert" danger=true>
            <p>"Devices that have not begun install nothing. Those that are at it finish."</p>
            <form method="post" action=action><p class="confirm-act"><Button look=Look::Danger small=true>"Stop it"</Button></p></form>
        </Confirm>
    }
}

#[component]
fn Turns(turns: Vec<TurnLine>) -> impl IntoView {
    let row = |turn: TurnLine| {
        let output = turn.command.map(|id| view! { <a class="text-link" href=link(&format!("/devices/{}/commands/{id}", turn.device.0))>"Output"</a> });
        let again = turn.again.map(|at| view! { <p>"Tried again at " <At at/></p> });
        let reboot = (turn.state == TurnState::NeedsReboot).then(|| view! { <p>"It asks for a restart."</p> });
        view! {
            <Row>
                <Cell kind=Slot::Lead>
                    <RowLink href=link(&format!("/devices/{}/updates", turn.device.0))>{turn.device.1}</RowLink>" "
                    <a class="row-place quiet" href=client_at(turn.client.0)>{turn.client.1}</a>
                </Cell>
                <Cell kind=Slot::Sub><TurnMark state=turn.state/>{turn.line.map(|line| view! { <p class="quiet">{line}</p> })}{again}{reboot}</Cell>
                <Cell><At at=turn.since/></Cell>
                <Cell kind=Slot::Sub><Wants wants=turn.wants/></Cell>
                <Cell number=true>{turn.attempt.to_string()}</Cell>
                <Cell>{output}</Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Devices of the run">
            <Head>
                <Column label="Device"/><Column label="State"/><Column label="Since"/><Column label="Updates"/><Column label="Attempts" number=true/>
                <Column label="Output"/>
            </Head>
            <Rows>{turns.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Wants(wants: Vec<WantLine>) -> impl IntoView {
    let head = counted(wants.len() as u64, "update", "updates");
    let failed = wants.iter().any(|want| matches!(want.became, Some((false, _))));
    let line = |want: WantLine| {
        let became = want.became.map(|(well, word)| view! { " " <OutcomeMark outcome=if well { Outcome::Passed } else { Outcome::Failed } word/> });
        view! { <li><a class="text-link" href=update_at(want.update)>{want.name.0}</a>" "<span class="code version">{want.name.1}</span>{became}</li> }
    };
    let lines = wants.into_iter().map(line).collect_view();
    view! { <details class="why" open=failed><summary>{head}</summary><ul>{lines}</ul></details> }
}
