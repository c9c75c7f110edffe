//! One delivery: what was sent, to whom, and what became of it.

use domain::notices::State;
use leptos::prelude::*;

use super::{
    model::{DeliveryLine, DeliveryPage},
    parts::{StateMark, capital},
};
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{At, Button, Crumb, Crumbs, Fact, Facts, Icon, Section, Snippet, Stamp},
};

impl DeliveryPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.line.subject.clone();
        render(frame, &title, move || view! { <DeliveryView page=self/> })
    }
}

#[component]
fn DeliveryView(page: DeliveryPage) -> impl IntoView {
    let crumb = |label: &str, path: &str| Crumb { label: label.into(), href: link(path) };
    let above = vec![crumb("Channels", "/settings/channels"), crumb("Deliveries", "/settings/channels/deliveries")];
    let (line, subject, body) = (page.line.clone(), page.line.subject.clone(), page.body.clone());
    let label = if page.html { "The text; the same went as HTML beside it" } else { "The body" };
    view! {
        <Settings title="Delivery"/>
        <div class="settings-crumbs"><Crumbs above here=subject.clone()/></div>
        <div class="columns">
            <div>
                <Outcome line/>
                <Section title=subject><Snippet label text=body/></Section>
            </div>
            <aside aria-label="About this delivery"><Section title="About it"><About page/></Section></aside>
        </div>
    }
}

/// What became of it, and what can be done.
#[component]
fn Outcome(line: DeliveryLine) -> impl IntoView {
    let retry = link(&format!("/settings/channels/deliveries/{}/retry", line.id));
    let times = if line.tried == 1 { "once".to_owned() } else { format!("{} times", line.tried) };
    let words = match line.state {
        State::Waiting if line.tried == 0 => "It leaves within seconds.".to_owned(),
        State::Waiting => format!("It waits: tried {times}."),
        State::Sent => "It was taken by the other side.".to_owned(),
        State::Failed => format!("It failed: tried {times}."),
        State::Caught => "This demo has no mail server, so the mail was kept here and sent to nobody.".to_owned(),
        State::NotSent => "It was not sent.".to_owned(),
    };
    let next = line.next_at.filter(|_| line.state == State::Waiting && line.tried > 0);
    view! {
        <div class="alert-why">
            <Icon name="send"/>
            <p>
                <StateMark state=line.state/>" "<strong>{words}</strong>
                {line.error.map(|error| format!(" {error}"))}
                {next.map(|at| view! { <span>" The next try is at " <At at/> "."</span> })}
            </p>
        </div>
        {line.state.may_retry().then(|| view! { <form method="post" action=retry class="sheet-acts"><Button icon="rotate-cw">"Try again now"</Button></form> })}
    }
}

#[component]
fn About(page: DeliveryPage) -> impl IntoView {
    let DeliveryPage { line, alert, client, channel, from_name, .. } = page;
    let name = line.channel.unwrap_or_default();
    let channel = match channel {
        Some(id) => view! { <a class="text-link" href=link(&format!("/settings/channels/{id}"))>{name}</a> }.into_any(),
        None if name.is_empty() => view! { <span class="quiet">"none"</span> }.into_any(),
        None => view! { <span>{name}" (removed)"</span> }.into_any(),
    };
    view! {
        <Facts>
            <Fact label="What">{capital(&line.what)}</Fact>
            <Fact label="Way">{line.kind.label()}</Fact>
            <Fact label="To">{line.recipient}</Fact>
            <Fact label="From">{from_name}</Fact>
            <Fact label="Channel">{channel}</Fact>
            {client.map(|(id, name)| view! { <Fact label="Client"><a class="text-link" href=link(&format!("/clients/{id}"))>{name}</a></Fact> })}
            {alert.map(|id| view! { <Fact label="Alert"><a class="text-link" href=link(&format!("/alerts/{id}"))>"Open the alert"</a></Fact> })}
            <Fact label="Asked for"><Stamp at=line.at/></Fact>
            {line.sent_at.map(|at| view! { <Fact label="Left"><Stamp at/></Fact> })}
            <Fact label="Tries">{line.tried}</Fact>
        </Facts>
    }
}
