//! One alert: what is wrong and where, what can be done, what happened, and what the rule asks.

use leptos::prelude::*;

use super::{
    AlertLine, AlertPage, TimelineLine,
    acts::Acts,
    notices::Notices,
    parts::{HowBad, StateMark, capital},
    rows::{Columns, Lines},
    rules::RuleFacts,
};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Crumb, Crumbs, Icon, Section, Stamp, When},
};

impl AlertPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("{} on {}", self.line.key.label(), self.line.device.1);
        render(frame, &title, move || view! { <AlertView page=self/> })
    }
}

/// One alert.
#[component]
pub fn AlertView(page: AlertPage) -> impl IntoView {
    let (line, rule, timeline, others) = (page.line.clone(), page.rule.clone(), page.timeline.clone(), page.others.clone());
    let told = page.notices.clone();
    let device = line.device.1.clone();
    view! {
        <Heading line=line.clone()/>
        <div class="columns">
            <div>
                <Why line sentence=rule.sentence()/>
                <Acts page/>
                <Timeline lines=timeline/>
                <Notices lines=told/>
                {(!others.is_empty()).then(|| view! { <Others device rows=others/> })}
            </div>
            <aside aria-label="The rule">
                <Section title="What the rule asks"><RuleFacts rule/></Section>
            </aside>
        </div>
    }
}

#[component]
fn Heading(line: AlertLine) -> impl IntoView {
    let above = vec![Crumb { label: "Alerts".into(), href: link("/alerts") }];
    let label = line.key.label();
    let AlertLine { severity, state, value, device, client, raised_at, by, window, .. } = line;
    let by = by.filter(|by| !by.is_empty()).map(|by| view! { <span><Icon name="user" class="icon-sm"/>{by}</span> });
    view! {
        <div class="device-crumbs"><Crumbs above here=label.clone()/></div>
        <header class="device-head">
            <div class="device-words">
                <div class="device-line">
                    <h1>{label}</h1>
                    {value.map(|value| view! { <span class="alert-now">{value}</span> })}
                    <HowBad severity/>
                    <StateMark state/>
                    {window.map(|name| view! { <span class="soft">{format!("by the window “{name}”")}</span> })}
                </div>
                <p class="device-place">
                    <span><Icon name="monitor" class="icon-sm"/><a href=link(&format!("/devices/{}", device.0))>{device.1}</a></span>
                    <span><Icon name="building-2" class="icon-sm"/><a href=link(&format!("/clients/{}", client.0))>{client.1}</a></span>
                    <span><Icon name="clock" class="icon-sm"/><span>"raised " <When at=raised_at ago=true/></span></span>
                    {by}
                </p>
            </div>
        </header>
    }
}

/// Why it was raised, and whether that still holds.
#[component]
fn Why(line: AlertLine, sentence: String) -> impl IntoView {
    let seen = line.value.map(|value| format!(" Last seen: {value}."));
    let holds = match (line.breaching, line.state.is_live()) {
        (true, _) => "It holds right now.",
        (false, true) => "It does not hold any more; the alert is resolved when what keeps it quiet ends.",
        (false, false) => "It does not hold any more.",
    };
    view! {
        <div class="alert-why">
            <Icon name="circle-help"/>
            <p><strong>{format!("The rule: {sentence}.")}</strong>{seen}" "{holds}</p>
        </div>
    }
}

/// Everything that happened to it, newest first.
#[component]
fn Timeline(lines: Vec<TimelineLine>) -> impl IntoView {
    let entry = |line: TimelineLine| {
        let (icon, who) = if line.by.is_some() { ("user", "A person:") } else { ("activity", "By itself:") };
        let by = line.by.filter(|by| !by.is_empty()).map(|by| view! { <span class="soft">{format!(" by {by}")}</span> });
        view! {
            <li>
                <Stamp at=line.at/>
                <span class="change-icon" title=who><Icon name=icon class="icon-sm"/><span class="sr-only">{who}</span></span>
                <span class="change-words">
                    <strong>{capital(&line.words)}</strong>{by}
                    {line.note.map(|note| view! { <span class="alert-note">{note}</span> })}
                </span>
            </li>
        }
    };
    view! { <Section title="What happened"><ol class="alert-timeline">{lines.into_iter().map(entry).collect_view()}</ol></Section> }
}

#[component]
fn Others(device: String, rows: Vec<AlertLine>) -> impl IntoView {
    let note = format!("on {device}");
    view! {
        <Section title="Other live alerts" count=rows.len() as u64 note>
            <Lines caption="Other live alerts of this device" rows columns=Columns::default()/>
        </Section>
    }
}
