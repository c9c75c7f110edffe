//! Form fields: a label above, a hint below, and what is wrong beside the field, tied to it for assistive technology.

use leptos::prelude::*;

use super::icon::Icon;

/// What stands below a field: the error when there is one, else the hint.
#[component]
pub(super) fn Below(id: String, hint: Option<String>, error: Option<String>) -> impl IntoView {
    match (error, hint) {
        (Some(error), _) => view! { <p class="field-error" id=id><Icon name="circle-alert" class="icon-sm"/><span>{error}</span></p> }.into_any(),
        (None, Some(hint)) => view! { <p class="field-hint" id=id>{hint}</p> }.into_any(),
        (None, None) => ().into_any(),
    }
}

/// The id of what describes the field `name`, when something does.
pub(super) fn described(name: &str, hint: Option<&String>, error: Option<&String>) -> Option<String> {
    (hint.is_some() || error.is_some()).then(|| format!("{name}-note"))
}

/// One line of text. `name` is also the id; `list` is the id of a datalist that offers values. `bare` hides the label, which then must be clear from what stands around it.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = None, into)] hint: Option<String>,
    #[prop(default = None, into)] error: Option<String>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] bare: bool,
    #[prop(optional)] placeholder: Option<&'static str>,
    #[prop(optional)] list: Option<&'static str>,
) -> impl IntoView {
    let described = described(name, hint.as_ref(), error.as_ref());
    let invalid = error.is_some().then_some("true");
    let class = if error.is_some() { "input input-error" } else { "input" };
    view! {
        <div class="field">
            <label for=name class:sr-only=bare>{label}</label>
            <input
                id=name name=name type=kind class=class value=value placeholder=placeholder autocomplete=autocomplete required=required autofocus=autofocus list=list
                aria-invalid=invalid aria-describedby=described.clone()
            />
            {described.map(|id| view! { <Below id hint error/> })}
        </div>
    }
}

/// One choice of a [`Select`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// One of several choices. `bare` hides the label, which then must be clear from what stands around it.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    name: &'static str,
    choices: Vec<Choice>,
    #[prop(optional)] bare: bool,
    #[prop(default = None, into)] hint: Option<String>,
    #[prop(default = None, into)] error: Option<String>,
) -> impl IntoView {
    let described = described(name, hint.as_ref(), error.as_ref());
    let option = |choice: Choice| view! { <option value=choice.value selected=choice.selected>{choice.label}</option> };
    view! {
        <div class="field">
            <label for=name class:sr-only=bare>{label}</label>
            <select id=name name=name class="select" aria-invalid=error.is_some().then_some("true") aria-describedby=described.clone()>
                {choices.into_iter().map(option).collect_view()}
            </select>
            {described.map(|id| view! { <Below id hint error/> })}
        </div>
    }
}

/// Yes or no, with the label at its right.
#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(default = "yes")] value: &'static str,
    #[prop(optional)] checked: bool,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" class="checkbox checkbox-sm" name=name value=value checked=checked/>
            <span>{label}</span>
        </label>
    }
}

/// A day of the calendar, with its label at the left; belongs into a row of filters.
#[component]
pub fn Day(#[prop(into)] label: String, name: &'static str, #[prop(optional, into)] value: String) -> impl IntoView {
    view! {
        <label class="day-field" for=name>
            <span>{label}</span>
            <input id=name name=name type="date" class="input" value=value/>
        </label>
    }
}

/// A search box with its icon; belongs into a GET form.
#[component]
pub fn Search(
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(default = "q")] name: &'static str,
    #[prop(default = "search")] id: &'static str,
    #[prop(optional, into)] placeholder: String,
) -> impl IntoView {
    view! {
        <label class="search" for=id>
            <span class="sr-only">{label}</span>
            <Icon name="search"/>
            <input id=id name=name type="search" value=value placeholder=placeholder autocomplete="off" spellcheck="false"/>
        </label>
    }
}
