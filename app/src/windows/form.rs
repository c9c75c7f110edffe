//! The form of a window. Preview sends the same fields by GET, so that no script is needed to see the next times.

use domain::windows::Day;
use leptos::prelude::*;

use super::{WindowPage, WindowTyped, page::at};
use crate::{
    layout::link,
    people::Faults,
    ui::{Button, Checkbox, Checks, Choice, Field, LinkButton, Look, Radios, Select},
};

#[component]
pub(super) fn Form(page: WindowPage) -> impl IntoView {
    let WindowPage { line, typed, faults, places, zones, revision, .. } = page;
    let faults = Faults(faults);
    let to = line.as_ref().map_or_else(|| link("/settings/windows"), |line| at(&line.id.to_string()));
    let preview = line.as_ref().map_or_else(|| at("new"), |line| at(&line.id.to_string()));
    let verb = if line.is_some() { "Save" } else { "Plan it" };
    let place = |(value, label): (String, String)| Choice { selected: value == typed.place, value, label };
    let choices = places.into_iter().map(place).collect();
    view! {
        <form class="manage-form" method="post" action=to>
            <input type="hidden" name="revision" value=revision.to_string()/>
            <Field label="Name" name="name" value=typed.name.clone() error=faults.of("name") autocomplete="off" required=true/>
            <Select label="Where" name="place" choices error=faults.of("place")/>
            <Effects typed=typed.clone() faults=faults.clone()/>
            <Rhythm typed=typed.clone() faults=faults.clone()/>
            <Zone value=typed.zone zones error=faults.of("zone")/>
            <div class="settings-acts">
                <Button look=Look::Primary icon="check">{verb}</Button>
                <button type="submit" class="btn btn-plain" formmethod="get" formaction=preview formnovalidate=true>"Preview"</button>
                <LinkButton href=link("/settings/windows") look=Look::Quiet>"Cancel"</LinkButton>
            </div>
        </form>
    }
}

#[component]
fn Effects(typed: WindowTyped, faults: Faults) -> impl IntoView {
    let fault = faults.of("alerts").map(|fault| view! { <p class="field-error" role="alert">{fault}</p> });
    view! {
        <fieldset class="field checks">
            <legend>"Effect"</legend>
            <Checkbox label="Alerts are suppressed" name="alerts" checked=typed.alerts/>
            <Checkbox label="Patching may run" name="patching" checked=typed.patching/>
            {fault}
        </fieldset>
    }
}

/// Once or weekly, and the fields of either; those of the other are left alone.
#[component]
fn Rhythm(typed: WindowTyped, faults: Faults) -> impl IntoView {
    let choice = |value: &str, label: &str| Choice { value: value.into(), label: label.into(), selected: typed.kind == value };
    let kinds = vec![(choice("weekly", "Every week"), "On the days below."), (choice("once", "Once"), "From one day and time to another.")];
    let day = |day: Day| Choice { value: day.word().into(), label: day.label().into(), selected: typed.days.iter().any(|word| word == day.word()) };
    let days = Day::ALL.into_iter().map(day).collect();
    view! {
        <Radios label="How often" name="kind" choices=kinds error=faults.of("kind")/>
        <fieldset class="window-rhythm">
            <legend>"If every week"</legend>
            <Checks label="Days" name="days" choices=days none="" error=faults.of("days")/>
            <div class="settings-pair">
                <Field label="Begins at" name="start" kind="time" value=typed.start error=faults.of("start")/>
                <Field label="Lasts, in minutes" name="minutes" value=typed.minutes hint="240 is four hours.".to_owned() error=faults.of("minutes") autocomplete="off"/>
            </div>
        </fieldset>
        <fieldset class="window-rhythm">
            <legend>"If once"</legend>
            <div class="settings-pair">
                <Field label="From" name="from" kind="datetime-local" value=typed.from error=faults.of("from")/>
                <Field label="Until" name="until" kind="datetime-local" value=typed.until error=faults.of("until")/>
            </div>
        </fieldset>
    }
}

#[component]
fn Zone(value: String, zones: Vec<String>, error: Option<String>) -> impl IntoView {
    let options = zones.into_iter().map(|zone| view! { <option value=zone></option> }).collect_view();
    let hint = "All times are by the clocks of this zone, also when they change.".to_owned();
    view! {
        <Field label="Time zone" name="zone" value hint error autocomplete="off" required=true list="zones"/>
        <datalist id="zones">{options}</datalist>
    }
}
