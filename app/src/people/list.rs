//! The list of people, and the page that adds one.

use domain::people::Role;
use leptos::prelude::*;

use super::{
    form::GrantFields,
    model::{Faults, GrantForm, PersonLine, PersonState, Picks},
};
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{
        Badge, Button, Cell, Choice, Column, Empty, Field, Group, Head, LinkButton, Look, Row, RowLink, Rows, Search, Secret, Select, Sheet, Slot, Table, Tone,
        When,
    },
};

/// A page of people by e-mail.
#[derive(Debug, Clone, Default)]
pub struct PeoplePage {
    /// What was searched for.
    pub q: String,
    /// The role that is filtered by.
    pub role: Option<Role>,
    /// The people.
    pub people: Vec<PersonLine>,
    /// The e-mail that the next page begins after.
    pub older: Option<String>,
    /// Whether this is not the first page.
    pub later: bool,
}

/// The form that adds somebody, or what came of it.
#[derive(Debug, Clone, Default)]
pub struct AddPage {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Role and scope.
    pub grant: GrantForm,
    /// What may be chosen.
    pub picks: Picks,
    /// What is wrong.
    pub faults: Faults,
}

impl PeoplePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "People", move || view! { <People page=self/> })
    }

    fn query(&self, after: Option<&str>) -> String {
        let role = self.role.map(|role| ("role", role.word().to_owned()));
        let q = (!self.q.is_empty()).then(|| ("q", self.q.clone()));
        let parts = q.into_iter().chain(role).chain(after.map(|after| ("after", after.to_owned())));
        let text: Vec<String> = parts.map(|(name, value)| format!("{name}={}", domain::devices::query::encode(&value))).collect();
        link(&format!("/settings/people{}{}", if text.is_empty() { "" } else { "?" }, text.join("&")))
    }
}

impl AddPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Add somebody", move || view! { <Add page=self/> })
    }

    /// The document that shows the new person's link, once.
    pub fn render_link(frame: Frame, name: &str, url: String, to: String) -> String {
        let title = format!("A link for {name}");
        render(frame, &title.clone(), move || view! { <LinkShown title url to/> })
    }
}

#[component]
fn People(page: PeoplePage) -> impl IntoView {
    let filtered = !page.q.is_empty() || page.role.is_some();
    let first = page.query(None);
    let older = page.older.as_deref().map(|after| page.query(Some(after)));
    let list = match (page.people.is_empty(), filtered) {
        (false, _) => view! { <List people=page.people.clone()/> }.into_any(),
        (true, true) => {
            view! { <div class="alone"><Empty icon="search" title="Nobody matches" text="Nobody has that in their name or e-mail."/></div> }.into_any()
        }
        (true, false) => view! { <div class="alone"><Empty icon="users" title="Nobody yet" text="Add the first person."/></div> }.into_any(),
    };
    view! {
        <Settings title="People">
            <LinkButton href=link("/settings/people/groups") icon="layers">"Access groups"</LinkButton>
            <LinkButton href=link("/settings/people/new") look=Look::Primary icon="plus">"Add somebody"</LinkButton>
        </Settings>
        <div class="filter-bar"><Filters q=page.q role=page.role/></div>
        {list}
        {(page.later || older.is_some()).then(|| view! {
            <div class="pager">
                <nav class="pager-links" aria-label="Pages">
                    {page.later.then(|| view! { <LinkButton href=first small=true>"First page"</LinkButton> })}
                    {older.map(|href| view! { <LinkButton href small=true>"Next page"</LinkButton> })}
                </nav>
            </div>
        })}
    }
}

#[component]
fn Filters(q: String, role: Option<Role>) -> impl IntoView {
    let choice = |one: Role| Choice { value: one.word().into(), label: word(Some(one)).into(), selected: role == Some(one) };
    let all = Choice { value: String::new(), label: "All roles".into(), selected: role.is_none() };
    view! {
        <form class="filters" method="get" action=link("/settings/people") role="search">
            <Search label="Search people" id="people-search" value=q placeholder="Name or e-mail"/>
            <Select label="Role" name="role" bare=true choices=std::iter::once(all).chain(Role::ALL.into_iter().map(choice)).collect()/>
            <Button>"Search"</Button>
        </form>
    }
}

pub(super) const fn word(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Owner) => "Owner",
        Some(Role::Administrator) => "Administrator",
        Some(Role::Technician) => "Technician",
        Some(Role::Contact) => "Contact",
        None => "Unknown",
    }
}

#[component]
fn List(people: Vec<PersonLine>) -> impl IntoView {
    view! {
        <div class="list">
            <Table caption="People">
                <Head>
                    <Column label="Name"/>
                    <Column label="E-mail"/>
                    <Column label="Role"/>
                    <Column label="Clients"/>
                    <Column label="Signed in" number=true/>
                </Head>
                <Rows>{people.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
            </Table>
        </div>
    }
}

/// Whether somebody can sign in, where it is worth a word.
#[component]
pub(super) fn StateBadge(state: PersonState) -> impl IntoView {
    match state {
        PersonState::Active => None,
        PersonState::Invited => Some(view! { <span class="beside"><Badge tone=Tone::Low>"Invited"</Badge></span> }),
        PersonState::Disabled => Some(view! { <span class="beside"><Badge>"Disabled"</Badge></span> }),
    }
}

#[component]
fn Line(line: PersonLine) -> impl IntoView {
    let seen = match line.signed_in {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { <span class="quiet">"never"</span> }.into_any(),
    };
    view! {
        <Row>
            <Cell kind=Slot::Lead>
                <RowLink href=link(&format!("/settings/people/{}", line.id))>{line.name}</RowLink>
                {line.me.then(|| view! { <span class="beside"><Badge tone=Tone::Accent>"You"</Badge></span> })}
                <StateBadge state=line.state/>
            </Cell>
            <Cell kind=Slot::Sub>{line.email}</Cell>
            <Cell>{word(line.role)}</Cell>
            <Cell>{line.scope}</Cell>
            <Cell number=true>{seen}</Cell>
        </Row>
    }
}

#[component]
fn Add(page: AddPage) -> impl IntoView {
    let AddPage { name, email, grant, picks, faults } = page;
    let (no_name, no_email) = (faults.of("name"), faults.of("email"));
    view! {
        <Settings title="Add somebody"/>
        <form method="post" action=link("/settings/people")>
            <Sheet>
                <Group title="Who" note="They get a link that works once, for three days, and set their own password with it.">
                    <Field label="Name" name="name" value=name error=no_name required=true autocomplete="off"/>
                    <Field label="E-mail" name="email" kind="email" value=email error=no_email required=true autocomplete="off"/>
                </Group>
                <Group title="What they may do" note="You can give what you hold yourself. It can be changed at any time and counts from their next click.">
                    <GrantFields form=grant picks faults/>
                    <div class="sheet-acts"><Button look=Look::Primary>"Add and make a link"</Button></div>
                </Group>
            </Sheet>
        </form>
    }
}

#[component]
fn LinkShown(title: String, url: String, to: String) -> impl IntoView {
    view! {
        <Settings title/>
        <Secret label="Copy this link now; it is not shown again" value=url>
            "Send it to nobody else: whoever opens it sets the password. It works once, for three days. A new link can be made at any time, which ends this one."
        </Secret>
        <p class="sheet-note"><LinkButton href=link(&to)>"Done"</LinkButton></p>
    }
}
