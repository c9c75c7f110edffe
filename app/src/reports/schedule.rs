//! The form of one schedule, and pausing or removing it.

use domain::{reports::Kind, windows::Day};
use leptos::prelude::*;

use super::{SchedulePage, parts::fault};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Choice, Confirm, Crumb, Crumbs, Field, Look, PageHead, Select, TextArea},
};

impl SchedulePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = if self.id.is_some() { "Report schedule" } else { "New report schedule" };
        render(frame, title, move || view! { <One page=self title/> })
    }

    fn to(&self, below: &str) -> String {
        link(&self.id.map_or_else(|| "/reports/schedules".to_owned(), |id| format!("/reports/schedules/{id}{below}")))
    }
}

fn choice(value: &str, label: &str, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), selected: value == chosen }
}

#[component]
fn One(page: SchedulePage, title: &'static str) -> impl IntoView {
    let acts = page.id.is_some().then(|| view! { <Acts page=page.clone()/> });
    let error = fault(&page.faults, "revision").map(|error| view! { <p class="form-fault" role="alert">{error}</p> });
    view! {
        <Crumbs above=vec![Crumb { label: "Reports".into(), href: link("/reports") }, Crumb { label: "Schedules".into(), href: link("/reports/schedules") }] here=title/>
        <PageHead title>{acts}</PageHead>
        {error}
        <TheForm page/>
    }
}

#[component]
fn TheForm(page: SchedulePage) -> impl IntoView {
    let (typed, to) = (page.typed.clone(), page.to(""));
    let wrong = |field| fault(&page.faults, field);
    let kinds = Kind::OFFERED.map(|kind| choice(kind.word(), kind.label(), &typed.kind)).to_vec();
    let mut targets = vec![choice("each", "Each client, one report for each", &typed.target), choice("all", "All clients, in one report", &typed.target)];
    targets.extend(page.clients.iter().map(|(id, name)| choice(&id.to_string(), name, &typed.target)));
    let hours = (0..24).map(|hour| choice(&hour.to_string(), &format!("{hour:02}:00"), &typed.hour)).collect();
    let days = Day::ALL.map(|day| choice(day.word(), day.label(), &typed.week_day)).to_vec();
    let often =
        vec![choice("monthly", "Each month, over the month before", &typed.every), choice("weekly", "Each week, over the seven days before", &typed.every)];
    let hint = "One address a line. The client's people find the report in their portal, with or without this.".to_owned();
    view! {
        <form method="post" action=to class="manage-form report-schedule">
            <input type="hidden" name="revision" value=page.revision.to_string()/>
            <Select label="Report" name="kind" choices=kinds error=wrong("kind")/>
            <Select label="For" name="target" choices=targets error=wrong("target")/>
            <Select label="How often" name="every" choices=often error=wrong("every")/>
            <Field label="Day of the month" name="month_day" kind="number" value=typed.month_day hint="1 to 28; for a report each month".to_owned() error=wrong("month_day")/>
            <Select label="Day of the week" name="week_day" choices=days hint="For a report each week".to_owned() error=wrong("week_day")/>
            <Select label="Hour" name="hour" choices=hours error=wrong("hour")/>
            <Field label="Time zone" name="zone" value=typed.zone error=wrong("zone") autocomplete="off"/>
            <TextArea label="Recipients" name="recipients" value=typed.recipients rows=4 hint error=wrong("recipients")/>
            <div><Button look=Look::Primary>{if page.id.is_some() { "Save" } else { "Make the schedule" }}</Button></div>
        </form>
    }
}

#[component]
fn Acts(page: SchedulePage) -> impl IntoView {
    let (to, label, icon) = if page.paused { (page.to("/pause/removal"), "Resume", "play") } else { (page.to("/pause"), "Pause", "pause") };
    let removal = page.to("/removal");
    view! {
        <form method="post" action=to>
            <input type="hidden" name="revision" value=page.revision.to_string()/>
            <Button icon>{label}</Button>
        </form>
        <Confirm label="Remove" title="Remove this schedule?" icon="trash-2" danger=true>
            <p>"No more reports are made by it. Those that it delivered stay."</p>
            <form method="post" action=removal><Button look=Look::Danger small=true>"Remove it"</Button></form>
        </Confirm>
    }
}
