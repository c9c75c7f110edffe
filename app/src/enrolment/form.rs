//! The form that makes a key.

use leptos::prelude::*;

use super::KeyForm;
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Button, Checkbox, Choice, Crumb, Crumbs, Empty, Field, LinkButton, Look, Select},
};

impl KeyForm {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "New enrolment key", move || view! { <Form form=self/> })
    }
}

#[component]
fn Form(form: KeyForm) -> impl IntoView {
    let above = vec![Crumb { label: "Enrolment".into(), href: link("/settings/enrolment") }];
    let body = if form.places.is_empty() { view! { <NoPlaces/> }.into_any() } else { view! { <Fields form/> }.into_any() };
    view! {
        <Settings title="New enrolment key"/>
        <div class="settings-crumbs"><Crumbs above here="New key"/></div>
        {body}
    }
}

#[component]
fn NoPlaces() -> impl IntoView {
    view! {
        <div class="alone">
            <Empty icon="building-2" title="No client yet" text="A key belongs to a client and a site. Add the first client, then make its key.">
                <LinkButton href=link("/clients") look=Look::Primary>"Clients"</LinkButton>
            </Empty>
        </div>
    }
}

#[component]
fn Fields(form: KeyForm) -> impl IntoView {
    let choose = Choice { value: String::new(), label: "Choose a client and a site".into(), selected: form.place.is_empty() };
    let place = |(value, label): &(String, String)| Choice { value: value.clone(), label: label.clone(), selected: *value == form.place };
    let choices = std::iter::once(choose).chain(form.places.iter().map(place)).collect();
    let (name, days, most) = (form.typed.name.clone(), form.typed.days.clone(), form.typed.most.clone());
    view! {
        <form class="settings-form" method="post" action=link("/settings/enrolment")>
            <input type="hidden" name="key" value=form.id.to_string()/>
            <Select label="Client and site" name="place" choices hint="New devices start there. They can be moved later.".to_owned() error=form.fault("place")/>
            <Field label="Name" name="name" value=name hint="Where or for what it is used: “Front desk PCs”.".to_owned() error=form.fault("name") autocomplete="off" required=true/>
            <div class="settings-pair">
                <Field label="Takes new devices for, in days" name="days" value=days hint="Empty: without end.".to_owned() error=form.fault("days") autocomplete="off"/>
                <Field label="How many new devices" name="most" value=most hint="Empty: no limit.".to_owned() error=form.fault("most") autocomplete="off"/>
            </div>
            <div class="field">
                <Checkbox label="Each new device waits for approval" name="approval" checked=form.typed.needs_approval/>
                <p class="field-hint">"Until somebody approves it, nothing but its name and contact is stored."</p>
            </div>
            <div class="settings-acts">
                <Button look=Look::Primary icon="key-round">"Make the key"</Button>
                <LinkButton href=link("/settings/enrolment") look=Look::Quiet>"Cancel"</LinkButton>
            </div>
        </form>
    }
}
