//! The first steps of a new tenant, until all are done; and Home of a tenant without devices for whoever cannot enrol any.

use leptos::prelude::*;

use super::model::Step;
use crate::{layout::link, ui::Icon};

/// What is done and what comes next.
#[component]
pub(super) fn FirstSteps(steps: Vec<Step>) -> impl IntoView {
    if steps.is_empty() {
        return view! {
            <div class="first-steps">
                <h2>"No devices yet"</h2>
                <p>"Devices appear here with their first report. Somebody who may enrol devices has to make an enrolment key first."</p>
            </div>
        }
        .into_any();
    }
    let left = steps.iter().filter(|step| !step.done).count();
    let note = if left == 1 { "One step is left.".to_owned() } else { format!("{left} steps, in any order. This list goes away when they are done.") };
    view! {
        <section class="first-steps" aria-label="First steps">
            <h2>"First steps"</h2>
            <p>{note}</p>
            <ol class="steps">{steps.into_iter().map(|step| view! { <Line step/> }).collect_view()}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn Line(step: Step) -> impl IntoView {
    let class = if step.done { "step-done" } else { "" };
    let title = if step.done {
        view! { <strong>{step.title}<span class="sr-only">": done"</span></strong> }.into_any()
    } else {
        view! { <strong><a class="text-link" href=link(step.path)>{step.title}<Icon name="arrow-right" class="icon-sm"/></a></strong> }.into_any()
    };
    view! { <li class=class>{title}<span>{step.text}</span></li> }
}
