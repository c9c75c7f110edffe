//! The form that decides about an update at one place.

use domain::Fault;
use leptos::prelude::*;

use super::{UpdatePage, parts::update_at};
use crate::ui::{Button, Choice, Field, Look, Section, Select};

/// What is wrong with `field`.
pub(super) fn fault(faults: &[Fault], field: &str) -> Option<String> {
    faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.clone())
}

/// The place, then the decision there.
#[component]
pub(super) fn DecisionForm(page: UpdatePage) -> impl IntoView {
    let at = update_at(page.line.id);
    let place = page.place.clone();
    let mut places: Vec<Choice> =
        page.places.iter().map(|(word, name)| Choice { value: word.clone(), label: name.clone(), selected: *word == place.0 }).collect();
    if places.iter().all(|choice| !choice.selected) {
        places.push(Choice { value: place.0.clone(), label: place.1.clone(), selected: true });
    }
    let title = format!("Decide for {}", if place.0 == "tenant" { "all clients".into() } else { place.1.clone() });
    let body = if page.may_decide {
        view! { <Form page/> }.into_any()
    } else {
        view! { <p class="soft section-words">"You may not decide here; choose a client of yours."</p> }.into_any()
    };
    view! {
        <div id="decide">
            <Section title>
                <form class="filters" method="get" action=at>
                    <Select label="Where" name="at" choices=places/>
                    <Button>"Choose"</Button>
                </form>
                {body}
            </Section>
        </div>
    }
}

#[component]
fn Form(page: UpdatePage) -> impl IntoView {
    let (typed, faults) = (page.typed, page.faults);
    let action = format!("{}/decisions/{}", update_at(page.line.id), page.place.0);
    let removal = format!("{action}/removal");
    let words = [("approve", "Approve"), ("defer", "Defer"), ("decline", "Decline")];
    let choices = words.map(|(value, label)| Choice { value: value.into(), label: label.into(), selected: typed.verdict == value }).to_vec();
    let (verdict, until, expires, note) = (fault(&faults, "verdict"), fault(&faults, "until"), fault(&faults, "expires"), fault(&faults, "note"));
    let take_back = page.stands.then(|| view! { <button type="submit" class="btn btn-plain" formaction=removal>"Take the decision back"</button> });
    view! {
        <form class="manage-form" method="post" action=action>
            <input type="hidden" name="shown" value=typed.shown/>
            <Select label="Decision" name="verdict" choices error=verdict/>
            <Field label="Deferred until" name="until" value=typed.until error=until hint="Only to defer: a day, as 2026-12-31.".to_owned() autocomplete="off"/>
            <Field label="Holds until" name="expires" value=typed.expires error=expires hint="Empty is for ever.".to_owned() autocomplete="off"/>
            <Field label="Why" name="note" value=typed.note error=note hint="Needed to decline.".to_owned() autocomplete="off"/>
            <p class="form-acts"><Button look=Look::Primary>"Decide"</Button>" "{take_back}</p>
        </form>
    }
}
