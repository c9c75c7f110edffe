//! One policy: what holds at its place, where each value comes from, and the way to change it.

use domain::{
    Fault,
    alerts::{Key, Kind, Level, kind::Subject},
    devices::query::encode,
};
use leptos::prelude::*;

use super::{PolicyPage, PolicyPlace, PolicyRow, places::policy, rules::RuleCells};
use crate::{
    Frame,
    layout::{Settings, link},
    people::Faults,
    render,
    ui::{Button, Cell, Choice, Column, Crumb, Crumbs, Field, Head, Icon, Rows, Section, Select, Slot, Table},
};

impl PolicyPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("{}, monitoring policy", self.place.name);
        render(frame, &title, move || view! { <Policy page=self/> })
    }
}

/// The address of the form for one condition.
pub(super) fn condition(word: &str, key: &Key) -> String {
    format!("{}/{}", policy(word), encode(&key.to_string()))
}

/// The steps from all policies to one.
pub(super) fn above(places: &[(String, String)]) -> Vec<Crumb> {
    let all = Crumb { label: "Monitoring".into(), href: link("/settings/monitoring") };
    let steps = places.iter().rev().map(|(word, name)| Crumb { label: name.clone(), href: policy(word) });
    std::iter::once(all).chain(steps).collect()
}

/// What the policy of a level is about.
pub(super) const fn about(level: Level) -> &'static str {
    match level {
        Level::Platform | Level::Tenant => "It holds for all clients, unless a client, a site or a device says otherwise.",
        Level::Client => "It holds for all devices of this client, unless a site or a device says otherwise.",
        Level::Site => "It holds for all devices at this site, unless a device says otherwise.",
        Level::Device => "It holds for this device alone.",
    }
}

#[component]
fn Policy(page: PolicyPage) -> impl IntoView {
    let PolicyPage { place, level, above: places, rows, may_change, new } = page;
    let add = may_change.then(|| view! { <Add word=place.word.clone() new/> });
    view! {
        <Settings title="Monitoring"/>
        <div class="settings-crumbs"><Crumbs above=above(&places) here=place.name.clone()/></div>
        <Section title=place.name.clone() note=about(level).to_owned()><Conditions place level rows may_change/></Section>
        {add}
    }
}

#[component]
fn Conditions(place: PolicyPlace, level: Level, rows: Vec<PolicyRow>, may_change: bool) -> impl IntoView {
    let line = move |row: PolicyRow| {
        let to = may_change.then(|| condition(&place.word, &row.rule.key));
        let label = format!("Edit {}", row.rule.key.label());
        let edit = to.clone().map(|to| view! { <a class="btn btn-ghost btn-sm" href=to aria-label=label><Icon name="pencil"/>"Edit"</a> });
        view! {
            <tr role="row" class="row" data-own=(!row.own.is_empty()).then_some("")>
                <RuleCells rule=row.rule here=Some(level) href=to/>
                {may_change.then(|| view! { <Cell kind=Slot::Act>{edit}</Cell> })}
            </tr>
        }
    };
    view! {
        <Table caption="What is watched under this policy">
            <Head>
                <Column label="Condition"/>
                <Column label="Watched"/>
                <Column label="Severity"/>
                <Column label="Limits"/>
                <Column label="For"/>
                {may_change.then(|| view! { <Column label="Change" hidden=true/> })}
            </Head>
            <Rows>{rows.into_iter().map(line).collect_view()}</Rows>
        </Table>
    }
}

/// The form that names one disk, unit, process or script.
#[component]
fn Add(word: String, new: (String, String, Vec<Fault>)) -> impl IntoView {
    let (kind, subject, faults) = new;
    let faults = Faults(faults);
    let kinds = Kind::ALL.into_iter().filter(|each| each.subject() != Subject::None);
    let choice = |each: Kind| Choice { value: each.word().to_owned(), label: each.label().to_owned(), selected: each.word() == kind };
    let choices = kinds.map(choice).collect();
    let hint = "A mount point such as /var, a unit such as nginx.service, a process such as sshd, or a script.".to_owned();
    view! {
        <Section title="Watch one thing by its name">
            <form class="manage-form" method="post" action=policy(&word)>
                <Select label="What it is" name="kind" choices error=faults.of("kind")/>
                <Field label="Its name" name="subject" value=subject hint error=faults.of("subject") autocomplete="off" required=true/>
                <div><Button icon="plus">"Name it"</Button></div>
            </form>
        </Section>
    }
}
