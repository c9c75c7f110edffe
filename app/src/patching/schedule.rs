//! One patch schedule, or a new one: its form, and its newest runs.

use domain::patching::schedule::{Reboot, What};
use leptos::prelude::*;

use super::{ScheduleLine, SchedulePage, parts::schedule_at, runs::Lines, schedules::words};
use crate::{
    Frame,
    layout::link,
    people::Faults,
    render,
    ui::{Button, Checkbox, Choice, Confirm, Crumb, Crumbs, Fact, Facts, Field, LinkButton, Look, Radios, Section, Select},
    windows::Times,
};

impl SchedulePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.line.as_ref().map_or_else(|| "New schedule".to_owned(), |line| line.name.clone());
        render(frame, &title, move || view! { <ScheduleView page=self/> })
    }
}

/// The page.
#[component]
pub fn ScheduleView(page: SchedulePage) -> impl IntoView {
    let above = vec![Crumb { label: "Schedules".into(), href: link("/patching/schedules") }];
    let here = page.line.as_ref().map_or_else(|| "New schedule".to_owned(), |line| line.name.clone());
    let about = page.line.clone().map(|line| view! { <About line/> });
    let remove = page.line.clone().filter(|_| page.may_change).map(|line| view! { <Remove line revision=page.revision/> });
    let rows = page.runs.clone();
    let runs = (!rows.is_empty()).then(|| view! { <Section title="Newest runs"><div class="list"><Lines rows/></div></Section> });
    let title = here.clone();
    let form = page.may_change.then(|| view! { <Section title><Form page/></Section> });
    view! {
        <div class="device-crumbs"><Crumbs above here=here.clone()/></div>
        <header class="device-head"><div class="device-words"><div class="device-line"><h1>{here}</h1></div></div></header>
        {match about {
            Some(about) => view! { <div class="columns"><div>{form}{runs}</div><aside aria-label="About this schedule">{about}{remove}</aside></div> }.into_any(),
            None => form.into_any(),
        }}
    }
}

#[component]
fn About(line: ScheduleLine) -> impl IntoView {
    let words = words(&line);
    let (window, zone) = match line.window {
        Some((id, name, zone)) => (view! { <a class="text-link" href=link(&format!("/settings/windows/{id}"))>{name}</a> }.into_any(), zone),
        None => (view! { <span class="unknown">"Its window is gone: choose another one."</span> }.into_any(), String::new()),
    };
    let next = line.next.map(|occurrence| view! { <Fact label="Next run"><Times occurrence zone/></Fact> });
    view! {
        <Section title="About">
            <Facts>
                <Fact label="Window">{window}</Fact>
                <Fact label="When">{line.when}</Fact>
                <Fact label="Installs">{words}</Fact>
                <Fact label="Restarts">{line.reboot.label()}</Fact>
                {next}
                <Fact label="In the name of">{line.by}</Fact>
            </Facts>
        </Section>
    }
}

#[component]
fn Form(page: SchedulePage) -> impl IntoView {
    let SchedulePage { line, typed, windows, faults, revision, asks_password, .. } = page;
    let faults = Faults(faults);
    let to = line.as_ref().map_or_else(|| link("/patching/schedules"), |line| schedule_at(line.id));
    let verb = if line.is_some() { "Save" } else { "Add the schedule" };
    let none = Choice { value: String::new(), label: "Choose a window".into(), selected: typed.window.is_empty() };
    let windows = windows.into_iter().map(|(id, label)| Choice { selected: id.to_string() == typed.window, value: id.to_string(), label });
    let choices: Vec<Choice> = std::iter::once(none).chain(windows).collect();
    let password = asks_password.then(|| {
        let error = faults.of("password");
        view! { <Field label="Your password" name="password" kind="password" error autocomplete="current-password" required=true/> }
    });
    view! {
        <form class="manage-form" method="post" action=to>
            <input type="hidden" name="revision" value=revision.to_string()/>
            <Field label="Name" name="name" value=typed.name.clone() error=faults.of("name") autocomplete="off" required=true/>
            <Select label="Maintenance window" name="window" choices error=faults.of("window")/>
            <p class="field-hint">"Devices of the window get updates while it is open. "<a class="text-link" href=link("/settings/windows/new")>"Plan a window"</a></p>
            <Whats chosen=typed.what.clone() error=faults.of("what")/>
            <Restarts chosen=typed.reboot.clone() error=faults.of("reboot")/>
            <Checkbox label="A contact of the client approves each run" name="approval" checked=typed.needs_approval/>
            <p class="field-hint">"They are asked up to three days before the window opens. Without a yes nothing is installed."</p>
            <Field label="Retries" name="retries" value=typed.retries hint="How often a device tries again by itself, 0 to 5.".to_owned() error=faults.of("retries") autocomplete="off"/>
            {password}
            <div class="settings-acts">
                <Button look=Look::Primary icon="check">{verb}</Button>
                <LinkButton href=link("/patching/schedules") look=Look::Quiet>"Cancel"</LinkButton>
            </div>
        </form>
    }
}

#[component]
fn Whats(chosen: String, error: Option<String>) -> impl IntoView {
    let note = |what: What| if what == What::Security { "Those that close a security hole." } else { "Everything that is approved for the device." };
    let choice = |what: What| (Choice { value: what.word().into(), label: what.label().into(), selected: what.word() == chosen }, note(what));
    view! { <Radios label="Installs" name="what" choices=What::ALL.map(choice).to_vec() error/> }
}

#[component]
fn Restarts(chosen: String, error: Option<String>) -> impl IntoView {
    let note =
        |reboot: Reboot| if reboot == Reboot::Never { "The run says \u{201c}needs reboot\u{201d}." } else { "Only devices that ask for it, one command each." };
    let choice = |reboot: Reboot| (Choice { value: reboot.word().into(), label: reboot.label().into(), selected: reboot.word() == chosen }, note(reboot));
    view! { <Radios label="Restarts" name="reboot" choices=Reboot::ALL.map(choice).to_vec() error/> }
}

#[component]
fn Remove(line: ScheduleLine, revision: i64) -> impl IntoView {
    view! {
        <Section title="Remove">
            <div class="act-row">
                <p>"Nothing more is planned. Runs that are planned already stay; stop them one by one."</p>
                <Confirm label="Remove" title="Remove this schedule?" icon="trash-2" danger=true>
                    <p>"Nothing more is planned by it."</p>
                    <form method="post" action=format!("{}/removal", schedule_at(line.id))>
                        <input type="hidden" name="revision" value=revision.to_string()/>
                        <p class="confirm-act"><Button look=Look::Danger small=true>"Remove it"</Button></p>
                    </form>
                </Confirm>
            </div>
        </Section>
    }
}
