//! The form of a new request.

use domain::requests::Priority;
use leptos::prelude::*;

use super::{NewPage, model::fault};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Choice, Crumb, Crumbs, Field, Icon, LinkButton, Look, PageHead, Select, TextArea},
};

/// What may be sent along, in words.
pub(super) const FILES: &str = "Up to 5 files of 5 MB each: png, jpg, gif, webp, pdf, txt, csv or log.";

impl NewPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "New request", move || view! { <NewView page=self/> })
    }
}

/// Several files. The one place with a field for more than one.
#[component]
pub(super) fn FilesField(error: Option<String>) -> impl IntoView {
    let invalid = error.is_some().then_some("true");
    let note = match error {
        Some(error) => view! { <p class="field-error" id="files-note"><Icon name="circle-alert" class="icon-sm"/><span>{error}</span></p> }.into_any(),
        None => view! { <p class="field-hint" id="files-note">{FILES}</p> }.into_any(),
    };
    view! {
        <div class="field">
            <label for="files">"Files"</label>
            <input id="files" name="files" type="file" multiple="" class="file-input" accept=".png,.jpg,.jpeg,.gif,.webp,.pdf,.txt,.csv,.log" aria-invalid=invalid aria-describedby="files-note"/>
            {note}
        </div>
    }
}

fn choices(first: &str, all: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    let first = Choice { value: String::new(), label: first.into(), selected: chosen.is_empty() };
    std::iter::once(first).chain(all.map(|(value, label)| Choice { selected: value == chosen, value, label })).collect()
}

/// The form.
#[component]
pub fn NewView(page: NewPage) -> impl IntoView {
    let above = vec![Crumb { label: "Requests".into(), href: link("/requests") }];
    let wrong = |field: &str| fault(&page.faults, field);
    let chosen = if page.priority.is_empty() { Priority::default().word().to_owned() } else { page.priority.clone() };
    let priorities = Priority::ALL.map(|of| Choice { value: of.word().into(), label: of.explained().into(), selected: of.word() == chosen }).to_vec();
    let clients = (!page.clients.is_empty()).then(|| {
        let choices = choices("Choose a client", page.clients.iter().map(|(id, name)| (id.to_string(), name.clone())), &page.client);
        view! { <Select label="Client" name="client" choices error=wrong("client")/> }
    });
    let devices = (!page.devices.is_empty()).then(|| {
        let choices = choices("No particular device", page.devices.iter().map(|(id, name)| (id.to_string(), name.clone())), &page.device);
        view! { <Select label="Device" name="device" choices error=wrong("device")/> }
    });
    let form_fault = wrong("form").map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> });
    let again = (!page.faults.is_empty()).then(|| view! { <p class="soft">"Files have to be chosen again."</p> });
    view! {
        <div class="device-crumbs"><Crumbs above here="New request".to_owned()/></div>
        <PageHead title="New request"/>
        {form_fault}
        <form class="sheet" method="post" action=link("/requests") enctype="multipart/form-data">
            <input type="hidden" name="form" value=page.form.clone()/>
            {clients}
            <Field label="Subject" name="subject" value=page.subject.clone() error=wrong("subject") autocomplete="off" autofocus=true/>
            <TextArea label="What happens?" name="text" value=page.text.clone() rows=8 hint="What you did, what you expected, and what came instead.".to_owned() error=wrong("text")/>
            {devices}
            <Select label="How urgent is it?" name="priority" choices=priorities error=wrong("priority")/>
            <FilesField error=wrong("files")/>
            {again}
            <div class="sheet-acts">
                <Button look=Look::Primary>"Send request"</Button>
                <LinkButton href=link("/requests") look=Look::Quiet>"Cancel"</LinkButton>
            </div>
        </form>
    }
}
