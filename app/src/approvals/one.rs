//! One approval: what will happen, and the answer.

use leptos::prelude::*;

use super::{ApprovalMark, ApprovalPage};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{At, Button, Crumb, Crumbs, Fact, Facts, Icon, Look, Section, TextArea},
};

impl ApprovalPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.line.title.clone();
        render(frame, &title, move || view! { <ApprovalView page=self/> })
    }
}

/// One approval.
#[component]
pub fn ApprovalView(page: ApprovalPage) -> impl IntoView {
    let above = vec![Crumb { label: "Approvals".into(), href: link("/approvals") }];
    let line = page.line.clone();
    let body = page.body.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let none = page.body.is_empty().then(|| view! { <p class="soft section-words">"Nothing more was said."</p> });
    view! {
        <div class="device-crumbs"><Crumbs above here=line.title.clone()/></div>
        <header class="device-head">
            <div class="device-words">
                <div class="device-line"><h1>{line.title.clone()}</h1><ApprovalMark state=line.state/></div>
                <p class="device-place"><span><Icon name="user" class="icon-sm"/>"asked by " {line.asked_by.clone()}</span><span><At at=line.asked_at/></span></p>
            </div>
        </header>
        <div class="columns">
            <div>
                <Section title="What will happen">{none}<ul class="approval-body">{body}</ul></Section>
                <Answer page=page.clone()/>
            </div>
            <aside aria-label="About this approval"><About page/></aside>
        </div>
    }
}

#[component]
fn About(page: ApprovalPage) -> impl IntoView {
    let line = page.line;
    let client = (!page.contact)
        .then(|| view! { <Fact label="Client"><a class="text-link" href=link(&format!("/clients/{}", page.client.0))>{page.client.1}</a></Fact> });
    let request = page.request.map(|id| view! { <Fact label="Belongs to"><a class="text-link" href=link(&format!("/requests/{id}"))>"the request"</a></Fact> });
    let run = page.run.map(|id| view! { <Fact label="Belongs to"><a class="text-link" href=link(&format!("/patching/runs/{id}"))>"the update run"</a></Fact> });
    let decided = line.decided_at.map(|at| view! { <Fact label=line.state.label()>{line.decided_by} " " <At at/></Fact> });
    view! {
        <Section title="About">
            <Facts>
                {client}
                {request}
                {run}
                <Fact label="Answer until"><At at=line.expires_at/></Fact>
                {decided}
                {page.note.map(|note| view! { <Fact label="Note"><span class="talk-text">{note}</span></Fact> })}
            </Facts>
        </Section>
    }
}

#[component]
fn Fault(error: Option<String>) -> impl IntoView {
    error.map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> })
}

#[component]
fn Answer(page: ApprovalPage) -> impl IntoView {
    let id = page.line.id;
    let to = move |below: &str| link(&format!("/approvals/{id}{below}"));
    let (note, error) = page.typed.clone();
    if page.may_withdraw {
        return view! {
            <Section title="Take it back">
                <Fault error/>
                <form class="manage-form talk-form" method="post" action=to("/withdrawal")>
                    <p class="soft">"Nobody can answer it any more then."</p>
                    <p><Button>"Withdraw the question"</Button></p>
                </form>
            </Section>
        }
        .into_any();
    }
    if !page.may_answer {
        let kept = (!note.is_empty()).then(|| view! { <div class="talk-form"><TextArea label="What you wrote" name="note" value=note rows=2/></div> });
        return error.map(|error| view! { <Section title="Your answer"><Fault error=Some(error)/>{kept}</Section> }).into_any();
    }
    view! {
        <Section title="Your answer">
            <form class="manage-form talk-form" method="post" action=to("/yes")>
                <TextArea label="Note" name="note" value=note rows=2 hint="It can stay empty.".to_owned() error/>
                <p class="talk-acts">
                    <Button look=Look::Primary icon="check">"Yes, do it"</Button>
                    <button type="submit" class="btn btn-plain" formaction=to("/no")>"No"</button>
                </p>
            </form>
        </Section>
    }
    .into_any()
}
