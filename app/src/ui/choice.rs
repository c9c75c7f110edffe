//! Several choices that are all visible: one of them, or any number.

use leptos::prelude::*;

use super::field::{Below, Choice, described};

/// One of a few choices, each with a line that says what it means. The first is taken when none is chosen.
#[component]
pub fn Radios(
    #[prop(into)] label: String,
    name: &'static str,
    choices: Vec<(Choice, &'static str)>,
    #[prop(default = None, into)] error: Option<String>,
) -> impl IntoView {
    let note = described(name, None, error.as_ref());
    let below = note.clone().map(|id| view! { <Below id hint=None error/> });
    let option = move |(choice, hint): (Choice, &'static str)| {
        view! {
            <label class="choice">
                <input type="radio" class="radio radio-sm" name=name value=choice.value checked=choice.selected required=true/>
                <span class="choice-words"><span class="choice-name">{choice.label}</span><span class="choice-hint">{hint}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="field choices" aria-describedby=note>
            <legend>{label}</legend>
            {choices.into_iter().map(option).collect_view()}
            {below}
        </fieldset>
    }
}

/// Any number of choices; all are sent under the same name. `none` is what stands there when there is nothing to choose.
#[component]
pub fn Checks(
    #[prop(into)] label: String,
    name: &'static str,
    choices: Vec<Choice>,
    #[prop(into)] none: String,
    #[prop(default = None, into)] error: Option<String>,
) -> impl IntoView {
    let note = described(name, None, error.as_ref());
    let below = note.clone().map(|id| view! { <Below id hint=None error/> });
    let empty = choices.is_empty().then(|| view! { <p class="field-hint">{none}</p> });
    let option = move |choice: Choice| {
        view! {
            <label class="check">
                <input type="checkbox" class="checkbox checkbox-sm" name=name value=choice.value checked=choice.selected/>
                <span>{choice.label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field checks" aria-describedby=note>
            <legend>{label}</legend>
            {empty}
            <div class="checks-list">{choices.into_iter().map(option).collect_view()}</div>
            {below}
        </fieldset>
    }
}
