//! The short forms of clients and sites: one or two names, and what is wrong with them.

use leptos::prelude::*;

use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Crumb, Crumbs, Field, LinkButton, Look, PageHead},
};

/// One field as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// What is asked.
    pub label: &'static str,
    /// Its name in the form.
    pub name: &'static str,
    /// What was typed; untrusted text.
    pub value: String,
    /// What helps.
    pub hint: Option<&'static str>,
    /// What is wrong.
    pub fault: Option<String>,
}

/// A page with one short form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameForm {
    /// The heading: `New client`.
    pub title: String,
    /// The pages above, names and paths.
    pub above: Vec<(String, String)>,
    /// Where the form is sent.
    pub action: String,
    /// The fields.
    pub fields: Vec<Typed>,
    /// The button: `Create client`.
    pub submit: &'static str,
    /// Where one goes without sending it.
    pub back: String,
}

impl NameForm {
    /// The form of a new client, with a name that is taken.
    pub fn sample() -> Self {
        let field = |label, name, value: &str| Typed { label, name, value: value.into(), hint: None, fault: None };
        Self {
            title: "New client".into(),
            above: vec![("Clients".into(), "/clients".into())],
            action: "/clients".into(),
            fields: vec![
                Typed { fault: Some("There is a client of this name already.".into()), ..field("Name", "name", "Castell Legal") },
                Typed { hint: Some("A place with devices."), ..field("First site", "site", "Reading") },
            ],
            submit: "Create client",
            back: "/clients".into(),
        }
    }

    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.title.clone();
        render(frame, &title, move || view! { <NameView form=self/> })
    }
}

/// The form.
#[component]
pub fn NameView(form: NameForm) -> impl IntoView {
    let above = form.above.into_iter().map(|(label, path)| Crumb { label, href: link(&path) }).collect();
    let faulty = form.fields.iter().position(|field| field.fault.is_some()).unwrap_or(0);
    let field = move |(at, field): (usize, Typed)| {
        let hint = field.hint.map(str::to_owned);
        view! { <Field label=field.label name=field.name value=field.value hint error=field.fault autocomplete="off" autofocus=at == faulty/> }
    };
    view! {
        <div class="device-crumbs"><Crumbs above here=form.title.clone()/></div>
        <PageHead title=form.title/>
        <form class="sheet" method="post" action=link(&form.action)>
            {form.fields.into_iter().enumerate().map(field).collect_view()}
            <div class="sheet-acts">
                <Button look=Look::Primary>{form.submit}</Button>
                <LinkButton href=link(&form.back) look=Look::Quiet>"Cancel"</LinkButton>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, layout::proof};

    #[test]
    fn what_was_typed_stays_with_what_is_wrong() {
        let html = NameForm::sample().render(Frame::sample());
        proof::sound(&html);
        assert!(html.contains("value=\"Castell Legal\"") && html.contains("aria-invalid=\"true\"") && html.contains("There is a client of this name already."));
        assert_eq!(html.matches("autofocus").count(), 1);
    }

    #[test]
    fn hostile_text_stays_text() {
        let bad = || proof::HOSTILE.to_owned();
        let mut form = NameForm { title: bad(), above: vec![(bad(), bad())], action: bad(), back: bad(), ..NameForm::sample() };
        form.fields.iter_mut().for_each(|field| (field.value, field.fault) = (bad(), Some(bad())));
        proof::sound(&form.render(proof::hostile_frame(Some(Audience::Staff))));
    }
}
