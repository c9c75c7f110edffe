//! One run: how far each device is, what failed and why.

use domain::patching::run::{RunState, TurnState};
use leptos::prelude::*;

use super::{
    RunLine, RunPage, TurnLine, WantLine,
    parts::{RunMark, TurnMark, client_at, run_at, schedule_at, update_at},
    runs::{Far, When},
};
use crate::{
    Frame,
    approvals::ApprovalMark,
    devices::parts::counted,
    layout::link,
    people::Faults,
    render,
    ui::{At, Button, Cell, Column, Confirm, Crumb, Crumbs, Field, Head, LinkButton, Look, Outcome, OutcomeMark, Row, RowLink, Rows, Section, Slot, Table},
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
    let (turns, more) = (page.turns.clone(), page.more.clone());
    let more = more.map(|(host, device)| {
        let href = format!("{}?after={device}.{}", run_at(id), domain::devices::query::encode(&host));
        view! { <p class="pager-note"><LinkButton href look=Look::Quiet>"More devices"</LinkButton></p> }
    });
    view! {
        <Heading page=page.clone()/>
        <Waits page/>
        <Section title="Devices" count=total><div class="list"><Turns turns/></div></Section>
        {more}
    }
}

#[component]
fn Heading(page: RunPage) -> impl IntoView {
    let line = page.line.clone();
    let above = vec![Crumb { label: "Runs".into(), href: link("/patching/runs") }];
    let retry = page.may_retry.then(|| view! { <Retry page=page.clone()/> });
    let stop = page.may_stop.then(|| view! { <Stop line=line.clone()/> });
    let ended = line.ended.map(|at| view! { <span>"ended " <At at/></span> });
    let began = matches!(line.state, RunState::Planned | RunState::Approval | RunState::Scheduled | RunState::Expired);
    let word = if began { "planned for " } else { "started " };
    let schedule = page.schedule.map(|(id, name)| view! { <span>"schedule " <a class="text-link" href=schedule_at(id)>{name}</a></span> });
    let restarts = page.restarts.then(|| view! { <span>"with restarts where devices ask for them"</span> });
    view! {
        <div class="device-crumbs"><Crumbs above here=line.title.clone()/></div>
        <header class="device-head">
            <div class="device-words">
                <div class="device-line"><h1>{line.title.clone()}</h1><RunMark state=line.state/></div>
                <p class="device-place"><span>{word}<When line=line.clone()/>{format!(" by {}", line.by)}</span>{ended}{schedule}{restarts}</p>
                <p class="device-place"><Far line=line.clone()/></p>
            </div>
            {retry}
            {stop}
        </header>
    }
}

/// What the run waits for, and what came of the question to the client.
#[component]
fn Waits(page: RunPage) -> impl IntoView {
    let words = match page.line.state {
        RunState::Approval => "Nothing is installed before a contact of the client says yes.",
        RunState::Scheduled => "It waits for its time. Each device is looked at anew then: what it does not need any more is left out.",
        RunState::Expired => "Its time went by, so nothing was installed.",
        _ if page.approval.is_some() => "A contact of the client was asked.",
        _ => return ().into_any(),
    };
    let approval = page.approval.map(|(id, state)| {
        let href = link(&format!("/approvals/{id}"));
        view! { " "<a class="text-link" href=href>"The approval"</a>": " <ApprovalMark state/> }
    });
    view! { <div class="banner" role="note"><p>{words}{approval}</p></div> }.into_any()
}

#[component]
fn Retry(page: RunPage) -> impl IntoView {
    let faults = Faults(page.faults);
    let open = faults.of("password").is_some();
    let password = page.asks_password.then(|| {
        let error = faults.of("password");
        view! { <Field label="Your password" name="password" kind="password" error autocomplete="current-password" required=true/> }
    });
    view! {
        <Confirm label="Try again" title="Try again what failed?" icon="rotate-cw" open>
            <p>"Devices that failed, were not heard of or were left out are told once more, in your name."</p>
            <form method="post" action=format!("{}/retry", run_at(page.line.id))>
                {password}
                <p class="confirm-act"><Button look=Look::Primary small=true>"Try again"</Button></p>
            </form>
        </Confirm>
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
        let reboot = (turn.state == TurnState::NeedsReboot && turn.restart.is_none()).then(|| view! { <p>"It asks for a restart."</p> });
        let restart = turn.restart.map(|id| {
            view! { <p><a class="text-link" href=link(&format!("/devices/{}/commands/{id}", turn.device.0))>"Its restart"</a></p> }
        });
        view! {
            <Row>
                <Cell kind=Slot::Lead>
                    <RowLink href=link(&format!("/devices/{}/updates", turn.device.0))>{turn.device.1}</RowLink>" "
                    <a class="row-place quiet" href=client_at(turn.client.0)>{turn.client.1}</a>
                </Cell>
                <Cell kind=Slot::Sub><TurnMark state=turn.state/>{turn.line.map(|line| view! { <p class="quiet">{line}</p> })}{again}{reboot}{restart}</Cell>
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
