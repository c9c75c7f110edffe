//! The side of the page: what the agent takes, and the acts it offers. What is refused anyway is not offered.

use domain::{
    commands::{Kind, PATIENCE},
    ids::DeviceId,
    people::Permission,
};
use leptos::prelude::*;

use super::{CommandsTab, Takes};
use crate::{
    devices::detail::head::at,
    layout::may,
    ui::{Button, Choice, Confirm, Field, Look, Section, Select, TextArea, When},
};

/// What a person should know before asking.
#[component]
pub(super) fn Agent(takes: Takes, in_service: bool) -> impl IntoView {
    let words = match takes {
        _ if !in_service => view! { "This device is not in service, so it takes no commands." }.into_any(),
        Takes::Nothing => view! { "No agent of this portal reports for this device. Commands need one." }.into_any(),
        Takes::Unasked => view! { "Its agent has not asked for work yet. One of an older version never does." }.into_any(),
        Takes::Reading(at) => view! {
            "This agent " <strong>"only reports"</strong> ": it was started without " <span class="code">"--allow-changes"</span>
            ", so it refuses scripts, scans and restarts. Asked for work " <When at ago=true/> "."
        }
        .into_any(),
        Takes::Changes(at) => view! { "This agent " <strong>"carries out commands"</strong> ". Asked for work " <When at ago=true/> "." }.into_any(),
    };
    view! { <Section title="Agent"><p class="section-words">{words}</p></Section> }
}

#[component]
pub(super) fn Acts(tab: CommandsTab) -> impl IntoView {
    let id = tab.id;
    if !tab.in_service || matches!(tab.takes, Takes::Nothing | Takes::Unasked) {
        return ().into_any();
    }
    let changes = matches!(tab.takes, Takes::Changes(_));
    let error = |kind: Kind| tab.password_error.as_ref().filter(|(of, _)| *of == kind).map(|(_, message)| message.clone());
    let (script_error, reboot_error) = (error(Kind::RunScript), error(Kind::Reboot));
    let asks = tab.asks_password;
    let script = (changes && may(Permission::ScriptsRun)).then(|| view! { <Script tab=tab.clone() password_error=script_error/> });
    view! {
        <Section title="Report">
            <div class="act-row">
                <p>"Its agent reports at once, rather than at its next turn."</p>
                <Plain id kind=Kind::Collect icon="refresh-cw"/>
            </div>
            {changes.then(|| view! {
                <div class="act-row">
                    <p>"Refreshes the package lists of the machine, then reports which updates wait."</p>
                    <Plain id kind=Kind::ScanUpdates icon="package"/>
                </div>
            })}
        </Section>
        {script}
        {changes.then(|| view! { <Restart id asks error=reboot_error/> })}
    }
    .into_any()
}

/// A command that needs nothing but its kind.
#[component]
fn Plain(id: DeviceId, kind: Kind, icon: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=at(id, "commands")>
            <input type="hidden" name="kind" value=kind.word()/>
            <Button icon>{kind.label()}</Button>
        </form>
    }
}

#[component]
fn Script(tab: CommandsTab, password_error: Option<String>) -> impl IntoView {
    let patience = PATIENCE.iter().enumerate().map(|(n, (ms, label))| Choice { value: ms.to_string(), label: (*label).to_owned(), selected: n == 0 });
    let limit = if tab.form.limit.value.is_empty() { "60".to_owned() } else { tab.form.limit.value };
    view! {
        <Section title="Run script">
            <form class="manage-form" method="post" action=at(tab.id, "commands")>
                <input type="hidden" name="kind" value=Kind::RunScript.word()/>
                <TextArea label="Script" name="script" value=tab.form.script.value rows=7 hint="Run with /bin/sh as the user that the agent is, often root. Up to 32 kB.".to_owned() error=tab.form.script.error/>
                <Field label="Seconds it may run" name="limit" value=limit hint="Up to 3,600; then it is ended with all it started.".to_owned() error=tab.form.limit.error autocomplete="off"/>
                <Select label="How long it waits for the device" name="patience" choices=patience.collect()/>
                {tab.asks_password.then(|| view! { <Password name="password" error=password_error/> })}
                <div><Button icon="play">"Run script"</Button></div>
            </form>
        </Section>
    }
}

#[component]
fn Restart(id: DeviceId, asks: bool, error: Option<String>) -> impl IntoView {
    let fault = error.is_some();
    let form = move || {
        view! {
            <form class="manage-form" method="post" action=at(id, "commands")>
                <input type="hidden" name="kind" value=Kind::Reboot.word()/>
                {asks.then(|| view! { <Password name="restart-password" error/> })}
                <div><Button look=Look::Danger icon="power">"Restart this device"</Button></div>
            </form>
        }
    };
    let body = if fault {
        view! { <div class="section-words">{form()}</div> }.into_any()
    } else {
        view! {
            <div class="act-row">
                <p>"The machine goes down a minute after its agent takes the command, whoever works on it."</p>
                <Confirm label="Restart" title="Restart this device?" icon="power">
                    <p>"Everybody who works on it is cut off. It is done when its agent reports again."</p>
                    {form()}
                </Confirm>
            </div>
        }
        .into_any()
    };
    view! { <Section title="Restart">{body}</Section> }
}

#[component]
fn Password(name: &'static str, error: Option<String>) -> impl IntoView {
    view! { <Field label="Your password" name kind="password" hint="Asked for again before what is grave, and remembered for 10 minutes.".to_owned() error autocomplete="current-password"/> }
}
