//! What stands beside a conversation: what staff decide, notes among them, facts, and approvals.

use domain::{
    approvals::{self, TERMS},
    people::Permission,
    requests::{Priority, Side, State},
};
use leptos::prelude::*;

use super::{RequestPage, model::fault, parts::at};
use crate::{
    approvals::ApprovalMark,
    layout::{link, may},
    ui::{Button, Choice, Confirm, Fact, Facts, Field, Look, Section, Select, TextArea},
};

/// State, priority and who has it; staff only.
#[component]
pub(super) fn Decide(page: RequestPage) -> impl IntoView {
    let (line, faults) = (page.line, page.typed.faults);
    let states = State::ALL.into_iter().filter(|state| *state != State::New || line.state == State::New);
    let states = states.map(|state| Choice { value: state.word().into(), label: state.label(Side::Staff).into(), selected: state == line.state }).collect();
    let priorities = Priority::ALL.map(|of| Choice { value: of.word().into(), label: of.label().into(), selected: of == line.priority }).to_vec();
    let mine = line.assigned.as_ref().and_then(|(id, _)| *id);
    let mut people = vec![Choice { value: String::new(), label: "Nobody".into(), selected: mine.is_none() }];
    people.extend(page.staff.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, selected: mine == Some(id) }));
    // Whoever has it and may not be chosen any more is named, and keeps it until somebody else is chosen.
    if let Some((Some(id), name)) = line.assigned.clone()
        && people.iter().all(|choice| !choice.selected)
    {
        people.push(Choice { value: id.to_string(), label: format!("{name} (cannot be chosen any more)"), selected: true });
    }
    let wrong = move |field: &str| fault(&faults, field);
    view! {
        <Section title="Decide">
            <form class="manage-form talk-form" method="post" action=at(line.id, "/decision")>
                <input type="hidden" name="revision" value=page.revision.to_string()/>
                <Select label="State" name="state" choices=states error=wrong("state")/>
                <Select label="Priority" name="priority" choices=priorities error=wrong("priority")/>
                <Select label="Assigned to" name="assigned" choices=people error=wrong("assigned")/>
                <p><Button>"Save"</Button></p>
            </form>
        </Section>
    }
}

/// A note among staff.
#[component]
pub(super) fn Note(page: RequestPage) -> impl IntoView {
    let hint = "Only staff read it: no contact sees it, and no mail carries it.".to_owned();
    view! {
        <Section title="Internal note">
            <form class="manage-form talk-form talk-internal" method="post" action=at(page.line.id, "/notes") enctype="multipart/form-data">
                <input type="hidden" name="form" value=page.forms.note.clone()/>
                <TextArea label="Note" name="note" value=page.typed.note.clone() rows=3 hint error=fault(&page.typed.faults, "note")/>
                <p><Button>"Save note"</Button></p>
            </form>
        </Section>
    }
}

/// What is known of it.
#[component]
pub(super) fn About(page: RequestPage) -> impl IntoView {
    let line = page.line;
    let client = (!page.contact)
        .then(|| view! { <Fact label="Client"><a class="text-link" href=link(&format!("/clients/{}", line.client.0))>{line.client.1}</a></Fact> });
    let device = line.device.map(|name| match page.device {
        Some(id) => view! { <Fact label="Device"><a class="text-link" href=link(&format!("/devices/{id}"))>{name}</a></Fact> }.into_any(),
        None => view! { <Fact label="Device">{name}</Fact> }.into_any(),
    });
    let who = line.assigned.map_or_else(|| "nobody yet".to_owned(), |(_, name)| name);
    view! {
        <Section title="About">
            <Facts>
                {client}
                {device}
                <Fact label="Asked by">{line.made_by}</Fact>
                <Fact label=if page.contact { "Looked after by" } else { "Assigned to" }>{who}</Fact>
            </Facts>
        </Section>
    }
}

/// The approvals that it asked for, and the form that asks for one.
#[component]
pub(super) fn Approvals(page: RequestPage) -> impl IntoView {
    let ask = may(Permission::RequestsManage).then(|| view! { <Ask page=page.clone()/> });
    if page.approvals.is_empty() && ask.is_none() {
        return ().into_any();
    }
    let line = |(id, title, state, _): (domain::ids::ApprovalId, String, approvals::State, domain::Moment)| {
        view! { <li><a class="text-link" href=link(&format!("/approvals/{id}"))>{title}</a> <ApprovalMark state/></li> }
    };
    view! {
        <Section title="Approvals" count=page.approvals.len() as u64>
            <ul class="talk-approvals">{page.approvals.into_iter().map(line).collect_view()}</ul>
            {ask}
        </Section>
    }
    .into_any()
}

#[component]
fn Ask(page: RequestPage) -> impl IntoView {
    let terms = TERMS.map(|(word, label, _)| Choice { value: word.into(), label: label.into(), selected: word == "3d" }).to_vec();
    let wrong = |field: &str| fault(&page.typed.faults, field);
    let (title, body) = page.typed.question.clone();
    let error = wrong("title").or(wrong("body")).or(wrong("term")).map(|error| view! { <p class="form-fault" role="alert">{error}</p> });
    view! {
        {error}
        <Confirm label="Ask for approval" title="Ask the client for a yes" icon="circle-help">
            <form method="post" action=at(page.line.id, "/approval")>
                <input type="hidden" name="form" value=page.forms.question.clone()/>
                <Field label="Question" name="title" value=title autocomplete="off"/>
                <TextArea label="What will happen" name="body" value=body rows=3 hint="What, when, and on which devices: a line each.".to_owned()/>
                <Select label="They may answer for" name="term" choices=terms/>
                <p class="confirm-act"><Button look=Look::Primary small=true>"Ask"</Button></p>
            </form>
        </Confirm>
    }
}
