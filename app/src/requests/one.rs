//! One request: its conversation, the answer, and what staff decide beside it.

use leptos::prelude::*;

use super::{
    Message, Offer, RequestPage,
    model::fault,
    new::FilesField,
    parts::{PriorityMark, StateMark, at},
    side::{About, Approvals, Decide, Note},
};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{At, Avatar, Badge, Button, Choice, Crumb, Crumbs, Icon, Look, Section, Select, TextArea, Tone, bytes},
};

impl RequestPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("{} {}", self.line.called, self.line.subject);
        let brand = frame.brand.name.clone();
        render(frame, &title, move || view! { <RequestView page=self brand/> })
    }
}

/// One request; `brand` is the MSP's name.
#[component]
pub fn RequestView(page: RequestPage, brand: String) -> impl IntoView {
    let aside = if page.staff.is_empty() { ().into_any() } else { view! { <Decide page=page.clone()/> }.into_any() };
    let note = (!page.staff.is_empty()).then(|| view! { <Note page=page.clone()/> });
    let (shown, answered) = (page.clone(), page.clone());
    let messages = page.messages.clone();
    let id = page.line.id;
    let wrong =
        fault(&page.typed.faults, "form").map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> });
    view! {
        <Heading page=page.clone()/>
        {wrong}
        <div class="columns">
            <div>
                <Section title="Conversation">
                    <ol class="talk">{messages.into_iter().map(|message| view! { <Said id message brand=brand.clone()/> }).collect_view()}</ol>
                </Section>
                <Answer page=answered/>
                {note}
            </div>
            <aside aria-label="About this request">
                {aside}
                <About page=shown/>
                <Approvals page/>
            </aside>
        </div>
    }
}

#[component]
fn Heading(page: RequestPage) -> impl IntoView {
    let above = vec![Crumb { label: "Requests".into(), href: link("/requests") }];
    let line = page.line;
    view! {
        <div class="device-crumbs"><Crumbs above here=line.called.clone()/></div>
        <header class="device-head">
            <div class="device-words">
                <div class="device-line">
                    <h1>{line.subject}</h1>
                    <StateMark state=line.state contact=page.contact/>
                    <PriorityMark priority=line.priority/>
                </div>
                <p class="device-place">
                    <span>{line.called}</span>
                    <span><Icon name="user" class="icon-sm"/>{line.made_by}</span>
                    <span><Icon name="clock" class="icon-sm"/><span>"asked " <At at=line.opened_at/></span></span>
                </p>
            </div>
        </header>
    }
}

#[component]
fn Said(id: domain::ids::RequestId, message: Message, brand: String) -> impl IntoView {
    let Message { at: when, author, staff, internal, event, body, files } = message;
    if event {
        let words = if author.is_empty() { body } else { format!("{author} {body}") };
        return view! { <li class="talk-event"><span>{words}</span> <At at=when/></li> }.into_any();
    }
    let class = match (internal, staff) {
        (true, _) => "talk-line talk-internal",
        (false, true) => "talk-line talk-staff",
        (false, false) => "talk-line",
    };
    let file = |file: super::Attached| {
        let href = at(id, &format!("/files/{}", file.id));
        view! { <li><Icon name="file-text" class="icon-sm"/><a class="text-link" href=href>{file.name}</a> <span class="soft">{bytes(file.size)}</span></li> }
    };
    let files = (!files.is_empty()).then(|| view! { <ul class="talk-files">{files.into_iter().map(file).collect_view()}</ul> });
    view! {
        <li class=class>
            <Avatar name=author.clone()/>
            <div class="talk-words">
                <p class="talk-who">
                    <strong>{author}</strong>
                    {staff.then(|| view! { <span class="soft">{brand}</span> })}
                    {internal.then(|| view! { <Badge tone=Tone::Medium>"Internal note"</Badge> })}
                    <span class="soft"><At at=when/></span>
                </p>
                <p class="talk-text">{body}</p>
                {files}
            </div>
        </li>
    }
    .into_any()
}

/// The answer, and the acts beside it.
#[component]
fn Answer(page: RequestPage) -> impl IntoView {
    use domain::requests::{Side, State};
    let (id, contact) = (page.line.id, page.contact);
    let has = |offer: Offer| page.offers.contains(&offer);
    let then = (!contact).then(|| {
        let states = [State::WaitingClient, State::Open, State::WaitingThird, State::OnHold, State::Solved];
        // What is done or waits for somebody else stays so, unless whoever answers says otherwise.
        let usual = if matches!(page.line.state, State::Solved | State::OnHold | State::WaitingThird) { page.line.state } else { State::WaitingClient };
        let choices = states.map(|state| Choice { value: state.word().into(), label: state.label(Side::Staff).into(), selected: state == usual }).to_vec();
        view! { <Select label="Then it is" name="then" choices/> }
    });
    let form = has(Offer::Reply).then(|| {
        view! {
            <form class="manage-form talk-form" method="post" action=at(id, "/messages") enctype="multipart/form-data">
                <input type="hidden" name="form" value=page.forms.reply.clone()/>
                <TextArea label="Your answer" name="text" value=page.typed.text.clone() rows=5 error=fault(&page.typed.faults, "text")/>
                <FilesField error=fault(&page.typed.faults, "files")/>
                {then}
                <p><Button look=Look::Primary>"Send answer"</Button></p>
            </form>
        }
    });
    let solve = has(Offer::Solve).then(|| view! { <form method="post" action=at(id, "/solution")><Button icon="check">"Solved, thank you"</Button></form> });
    let reopen =
        has(Offer::Reopen).then(|| view! { <form method="post" action=at(id, "/solution/removal")><Button icon="rotate-cw">"Open it again"</Button></form> });
    let none = (!has(Offer::Reply)).then(|| view! { <p class="soft section-words">"This request is closed."</p> });
    // Meanwhile it was closed: whoever wrote can take their words along.
    let kept = (!has(Offer::Reply) && !page.typed.text.is_empty())
        .then(|| view! { <div class="talk-form"><TextArea label="What you wrote" name="text" value=page.typed.text.clone() rows=5/></div> });
    view! {
        <Section title="Answer">
            {none}
            {kept}
            {form}
            <div class="talk-acts">{solve}{reopen}</div>
        </Section>
    }
}
