//! Where people have a device do something, and see what became of it.

mod ask;
mod model;
mod one;
mod sample;

use domain::{
    commands::State,
    ids::{CommandId, DeviceId},
};
use leptos::prelude::*;

use self::ask::{Acts, Agent};
pub use self::model::*;
pub(super) use self::one::CommandView;
use super::head::at;
use crate::ui::{At, Badge, Cell, Column, Empty, Head, LinkButton, Row, Rows, Section, Slot, Table, Tone};

/// The address of one command.
fn at_command(device: DeviceId, id: CommandId) -> String {
    at(device, &format!("commands/{id}"))
}

#[component]
pub(super) fn CommandsView(tab: CommandsTab) -> impl IntoView {
    let (id, older, first, commands) = (tab.id, tab.older, tab.first, tab.commands.clone());
    let list = if commands.is_empty() {
        let text = "What somebody has this device do stands here, with who asked for it and what it printed.";
        view! { <div class="alone"><Empty icon="terminal" title="No commands yet" text/></div> }.into_any()
    } else {
        view! { <div class="list"><Listed id commands/></div> }.into_any()
    };
    let newest = (!first).then(|| view! { <LinkButton href=at(id, "commands")>"Newest"</LinkButton> });
    let rest = older.map(|last| view! { <LinkButton href=format!("{}?before={last}", at(id, "commands"))>"Older"</LinkButton> });
    view! {
        <div class="columns commands">
            <div>
                <Section title="Commands">{list}<nav class="pager-links" aria-label="Pages">{newest}{rest}</nav></Section>
            </div>
            <div>
                <Agent takes=tab.takes in_service=tab.in_service/>
                <Acts tab/>
            </div>
        </div>
    }
}

#[component]
fn Listed(id: DeviceId, commands: Vec<CommandLine>) -> impl IntoView {
    let row = move |line: CommandLine| {
        let (by, state, at) = (line.by.clone(), line.state, line.created_at);
        let (href, label) = (at_command(id, line.id), line.kind.label());
        view! {
            <Row>
                <Cell kind=Slot::Lead><a class="row-link" href=href>{label}</a></Cell>
                <Cell kind=Slot::Sub><StateWord state/></Cell>
                <Cell kind=Slot::Sub><Outcome line/></Cell>
                <Cell>{by}</Cell>
                <Cell><At at/></Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Commands to this device, newest first">
            <Head><Column label="Command"/><Column label="State"/><Column label="Outcome"/><Column label="Asked for by"/><Column label="When"/></Head>
            <Rows>{commands.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
}

/// What came of it, in a few words.
#[component]
fn Outcome(line: CommandLine) -> impl IntoView {
    let waits = match line.state {
        State::Queued => "waits for the device",
        State::Fetched => "the device has it",
        State::Running => "under way",
        _ => "",
    };
    let code = line.code.filter(|code| *code != 0).map(|code| format!("exit code {code}"));
    line.reason.filter(|reason| !reason.is_empty()).or(code).unwrap_or_else(|| waits.to_owned())
}

/// The state as a word on a ground that says how it went.
#[component]
pub(super) fn StateWord(state: State) -> impl IntoView {
    let (tone, word) = match state {
        State::Queued => (Tone::Neutral, "Queued"),
        State::Fetched => (Tone::Neutral, "Fetched"),
        State::Running => (Tone::Accent, "Running"),
        State::Done => (Tone::Ok, "Done"),
        State::Failed => (Tone::High, "Failed"),
        State::Expired => (Tone::Medium, "Expired"),
        State::Cancelled => (Tone::Neutral, "Cancelled"),
    };
    view! { <Badge tone>{word}</Badge> }
}
