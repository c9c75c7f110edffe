//! One person: what they may do, and how they sign in.

use leptos::prelude::*;

use super::{
    form::GrantFields,
    list::{StateBadge, word},
    model::{Faults, GrantForm, PersonLine, PersonState, Picks},
};
use crate::{
    Frame,
    audit::{AuditTail, Tail},
    layout::{Settings, link},
    render,
    ui::{At, Button, Confirm, Crumb, Crumbs, Fact, Facts, Group, Look, Sheet},
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct PersonPage {
    /// Who.
    pub line: PersonLine,
    /// What they may do, or what was chosen and refused.
    pub grant: GrantForm,
    /// What may be chosen; without roles, this person is beyond what the viewer may change.
    pub picks: Picks,
    /// What is wrong with the choice.
    pub faults: Faults,
    /// What people did to this account; `None` for those who may not read the audit.
    pub acts: Option<AuditTail>,
}

impl PersonPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.line.name.clone();
        render(frame, &title, move || view! { <Person page=self/> })
    }
}

#[component]
fn Person(page: PersonPage) -> impl IntoView {
    let PersonPage { line, grant, picks, faults, acts } = page;
    let mine = link(&format!("/settings/people/{}", line.id));
    let within = !picks.roles.is_empty();
    let grants = if within {
        view! { <Grants to=format!("{mine}/grant") grant picks faults/> }.into_any()
    } else {
        let text = format!("{}, {}. Only an owner may change an owner.", word(line.role), line.scope.to_lowercase());
        view! { <Group title="What they may do"><p>{text}</p></Group> }.into_any()
    };
    view! {
        <Settings title=line.name.clone() note=line.email.clone()><StateBadge state=line.state/></Settings>
        <div class="settings-crumbs"><Crumbs above=vec![Crumb { label: "People".into(), href: link("/settings/people") }] here=line.name.clone()/></div>
        <Sheet>
            {grants}
            <SignIn line within/>
        </Sheet>
        {acts.map(|tail| view! { <Tail tail/> })}
    }
}

#[component]
fn Grants(to: String, grant: GrantForm, picks: Picks, faults: Faults) -> impl IntoView {
    view! {
        <form method="post" action=to>
            <Group title="What they may do" note="Counts from their next click.">
                <GrantFields form=grant picks faults/>
                <div class="sheet-acts"><Button look=Look::Primary>"Save"</Button></div>
            </Group>
        </form>
    }
}

#[component]
fn SignIn(line: PersonLine, within: bool) -> impl IntoView {
    let state = match line.state {
        PersonState::Active => "Has a password",
        PersonState::Invited => "Has not set a password yet",
        PersonState::Disabled => "Disabled: cannot sign in",
    };
    let seen = match line.signed_in {
        Some(at) => view! { <At at/> }.into_any(),
        None => view! { "Never" }.into_any(),
    };
    view! {
        <Group title="Sign-in" note="Whoever forgot the password gets a new link. It ends the links before.">
            <Facts>
                <Fact label="State">{state}</Fact>
                <Fact label="Signed in">{seen}</Fact>
            </Facts>
            {within.then(|| view! { <Acts line/> })}
        </Group>
    }
}

#[component]
fn Acts(line: PersonLine) -> impl IntoView {
    let base = link(&format!("/settings/people/{}", line.id));
    let to = move |act: &str| format!("{base}/{act}");
    if line.state == PersonState::Disabled {
        return view! { <form method="post" action=to("disablement/removal")><Button>"Let them sign in again"</Button></form> }.into_any();
    }
    let title = format!("Disable {}?", line.name);
    view! {
        <div class="sheet-acts">
            <form method="post" action=to("link")><Button icon="key-round">"Make a new link"</Button></form>
            <form method="post" action=to("sessions/removal")><Button icon="log-out">"End their sessions"</Button></form>
            {(!line.me).then(|| view! {
                <Confirm label="Disable" title danger=true>
                    <p>"They are signed out at once and cannot sign in until somebody lets them again. What they did stays in the audit."</p>
                    <form method="post" action=to("disablement")><Button look=Look::Danger small=true>"Disable"</Button></form>
                </Confirm>
            })}
        </div>
    }
    .into_any()
}
