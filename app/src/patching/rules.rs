//! Rules that decide before anybody looks, and the days after which updates are due.

use domain::patching::RuleKind;
use leptos::prelude::*;

use super::{
    RuleLine, RulesPage,
    decision::fault,
    parts::{Room, RoomHead},
};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Cell, Choice, Column, Field, Head, Look, Row, Rows, Section, Select, Slot, Table},
};

impl RulesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Patching rules", move || view! { <Rules page=self/> })
    }
}

/// The page.
#[component]
pub fn Rules(page: RulesPage) -> impl IntoView {
    let note = if page.own {
        "A rule of a client beats one of all clients; of two at the same place the more careful one holds. What people decide beats every rule of the same place."
    } else {
        "These are the platform's rules, until you change them. They only approve; nothing is installed before somebody starts a run."
    };
    let (lines, revision, may_change) = (page.rules.clone(), page.revision, page.may_change);
    let forms = may_change.then(|| view! { <Adding page=page.clone()/><TargetForm page=page.clone()/> });
    let fixed = (!may_change).then(|| {
        let targets = page.targets.clone();
        view! { <p class="soft section-words">{format!("Security updates are due after {} days, others after {}. A device that was silent for {} days is unknown.", targets.security_days, targets.other_days, targets.unseen_days)}</p> }
    });
    view! {
        <RoomHead room=Room::Rules/>
        <Section title="Rules" count=lines.len() as u64>
            <p class="soft section-words">{note}</p>
            <div class="list"><Lines lines revision may_change/></div>
        </Section>
        {forms}
        {fixed}
    }
}

#[component]
fn Lines(lines: Vec<RuleLine>, revision: i64, may_change: bool) -> impl IntoView {
    let row = move |line: RuleLine| {
        let removal = line.id.filter(|_| may_change).map(|id| {
            view! {
                <form method="post" action=link(&format!("/patching/rules/{id}/removal"))>
                    <input type="hidden" name="revision" value=revision.to_string()/>
                    <Button look=Look::Quiet small=true>"Remove"</Button>
                </form>
            }
        });
        let mut words = line.words;
        if let Some(first) = words.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        view! { <Row><Cell kind=Slot::Lead>{words}</Cell><Cell>{line.place}</Cell><Cell kind=Slot::Act>{removal}</Cell></Row> }
    };
    view! {
        <Table caption="Rules">
            <Head><Column label="What it does"/><Column label="Where"/><Column label="Change" hidden=true/></Head>
            <Rows>{lines.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Adding(page: RulesPage) -> impl IntoView {
    let (typed, place) = page.typed;
    let words = ["Approve security updates at once", "Approve others after some days", "Decline packages by name"];
    let kinds = RuleKind::WORDS.into_iter().zip(words);
    let kinds = kinds.map(|(value, label)| Choice { value: value.into(), label: label.into(), selected: typed.kind == value }).collect::<Vec<_>>();
    let all = Choice { value: "tenant".into(), label: "All clients".into(), selected: place == "tenant" };
    let clients = page.clients.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, selected: place == id.to_string() });
    let places: Vec<Choice> = std::iter::once(all).chain(clients).collect();
    let (kind, days, names) = (fault(&page.faults, "kind"), fault(&page.faults, "days"), fault(&page.faults, "names"));
    view! {
        <Section title="Add a rule">
            <form class="manage-form" method="post" action=link("/patching/rules")>
                <input type="hidden" name="revision" value=page.revision.to_string()/>
                <Select label="What it does" name="kind" choices=kinds error=kind/>
                <Field label="Days" name="days" value=typed.days error=days hint="For others after some days.".to_owned() autocomplete="off"/>
                <Field label="Names" name="names" value=typed.names error=names hint="For packages by name: linux-image-*, mariadb-server.".to_owned() autocomplete="off"/>
                <Select label="Where" name="place" choices=places error=fault(&page.faults, "place")/>
                <p class="form-acts"><Button look=Look::Primary>"Add"</Button></p>
            </form>
        </Section>
    }
}

#[component]
fn TargetForm(page: RulesPage) -> impl IntoView {
    let (typed, faults) = (page.targets, page.faults);
    let (security, other, unseen) = (fault(&faults, "security_days"), fault(&faults, "other_days"), fault(&faults, "unseen_days"));
    view! {
        <Section title="When updates are due">
            <form class="manage-form" method="post" action=link("/patching/rules/targets")>
                <input type="hidden" name="revision" value=page.revision.to_string()/>
                <Field label="Security updates after days" name="security_days" value=typed.security_days error=security autocomplete="off"/>
                <Field label="Other updates after days" name="other_days" value=typed.other_days error=other autocomplete="off"/>
                <Field label="Silent devices are unknown after days" name="unseen_days" value=typed.unseen_days error=unseen autocomplete="off"/>
                <p class="form-acts"><Button>"Save"</Button></p>
            </form>
        </Section>
    }
}
