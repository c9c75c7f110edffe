//! One command: what, by whom, how far it came, and what it printed.

use domain::{
    Moment,
    commands::{Spec, State},
};
use leptos::prelude::*;

use super::{CommandTab, StateWord, at_command};
use crate::{
    devices::detail::head::at,
    ui::{Button, Fact, Facts, LinkButton, Section, Snippet, Stamp},
};

#[component]
pub(in crate::devices::detail) fn CommandView(tab: CommandTab) -> impl IntoView {
    let (device, line, words, output) = (tab.device, tab.line.clone(), words(&tab), tab.output.clone());
    let cancel = matches!(line.state, State::Queued | State::Fetched).then(|| {
        view! {
            <form method="post" action=format!("{}/cancellation", at_command(device, line.id))><Button icon="x">"Take it back"</Button></form>
        }
    });
    let script = match tab.spec.clone() {
        Some(Spec::RunScript { script, .. }) => Some(view! { <Section title="Script"><Snippet label="As it was asked for" text=script/></Section> }),
        _ => None,
    };
    view! {
        <div class="columns commands">
            <div>
                <Section title=line.kind.label()>
                    <div class="act-row"><p><StateWord state=line.state/> " " {words}</p>{cancel}</div>
                    <Output output state=line.state/>
                </Section>
                {script}
            </div>
            <div>
                <Section title="Facts">
                    <Facts>
                        <Fact label="Asked for by">{line.by}</Fact>
                        <Fact label="Asked for"><Stamp at=line.created_at/></Fact>
                        {when("Taken by the device", tab.fetched_at)}
                        {when("Begun", tab.started_at)}
                        {when("Ended", line.ended_at)}
                        {line.ended_at.is_none().then(|| view! { <Fact label="May begin until"><Stamp at=tab.expires_at/></Fact> })}
                        {line.code.map(|code| view! { <Fact label="Exit code">{code}</Fact> })}
                        <Fact label="Command"><span class="code">{line.id.to_string()}</span></Fact>
                    </Facts>
                </Section>
                <div class="section"><LinkButton href=at(device, "commands") icon="arrow-left">"All commands of this device"</LinkButton></div>
            </div>
        </div>
    }
}

fn when(label: &'static str, at: Option<Moment>) -> Option<impl IntoView> {
    at.map(|at| view! { <Fact label><Stamp at/></Fact> })
}

/// What stands beside the state.
fn words(tab: &CommandTab) -> String {
    if let Some(reason) = tab.line.reason.clone().filter(|reason| !reason.is_empty()) {
        return sentence(&reason);
    }
    let text = match tab.line.state {
        State::Queued => "It waits until the device asks for work. This page looks again every few seconds.",
        State::Fetched => "The device has it and begins when what it does now is done.",
        State::Running => "The device is doing it. This page looks again every few seconds.",
        State::Done => "It went well.",
        State::Failed => "It failed.",
        State::Expired => "Its time was over before it began.",
        State::Cancelled => "It was taken back.",
    };
    text.to_owned()
}

/// A reason as a sentence of its own.
fn sentence(reason: &str) -> String {
    let mut letters = reason.trim_end_matches('.').chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[component]
fn Output(output: Option<(String, bool)>, state: State) -> impl IntoView {
    match output.filter(|(text, _)| !text.is_empty()) {
        Some((text, cut)) => view! {
            {cut.then(|| view! { <p class="soft section-words">"Only the end of what it printed is kept."</p> })}
            <Snippet label="What it printed" text/>
        }
        .into_any(),
        None if state.is_open() => ().into_any(),
        None => view! { <p class="soft section-words">"It printed nothing."</p> }.into_any(),
    }
}
