//! The list of enrolment keys.

use domain::{
    enrolment::{KeyState, query::KeyQuery},
    people::Permission,
};
use leptos::prelude::*;

use super::{KeyLine, KeysPage};
use crate::{
    Frame,
    devices::parts::counted,
    layout::{Settings, link, may},
    render,
    ui::{
        At, Button, Cell, Chip, Chips, Column, Empty, Head, Icon, LinkButton, Look, Outcome, OutcomeMark, Pager, Paging, Row, RowLink, Rows, Search, Slot,
        Table, When, thousands,
    },
};

impl KeysPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Enrolment", move || view! { <Keys page=self/> })
    }
}

fn list(query: &KeyQuery) -> String {
    link(&format!("/settings/enrolment{}", query.to_query()))
}

/// The list, with what waits for approval above it.
#[component]
fn Keys(page: KeysPage) -> impl IntoView {
    let body = if page.total == 0 { view! { <NoKeys/> }.into_any() } else { view! { <Filled page=page.clone()/> }.into_any() };
    view! {
        <Settings title="Enrolment" note=(page.total > 0).then(|| counted(page.total, "key", "keys"))>
            {(page.total > 0).then(|| view! { <LinkButton href=link("/settings/enrolment/new") look=Look::Primary icon="plus">"New key"</LinkButton> })}
        </Settings>
        <Waiting pending=page.pending path="/settings/enrolment/pending".to_owned()/>
        {body}
    }
}

/// How many devices wait for approval, and the way to them.
#[component]
pub(super) fn Waiting(pending: u64, path: String) -> impl IntoView {
    (pending > 0).then(|| {
        let text = if pending == 1 { "1 device waits for approval." } else { " devices wait for approval." };
        let text = if pending == 1 { text.to_owned() } else { format!("{}{text}", thousands(pending)) };
        view! {
            <div class="banner waiting-banner" role="note">
                <OutcomeMark outcome=Outcome::Waiting word=text/>
                <p>"Until then nothing but its name and contact is stored."</p>
                {may(Permission::DevicesManage).then(|| view! { <LinkButton href=link(&path) small=true>"Approve or refuse"</LinkButton> })}
            </div>
        }
    })
}

#[component]
fn NoKeys() -> impl IntoView {
    view! {
        <div class="alone">
            <Empty icon="key-round" title="No enrolment keys yet" text="A key lets new devices in: it says whose they are, how many may come and until when. Make one, then install an agent with it.">
                <LinkButton href=link("/settings/enrolment/new") look=Look::Primary icon="plus">"New key"</LinkButton>
            </Empty>
        </div>
    }
}

#[component]
fn Filled(page: KeysPage) -> impl IntoView {
    let query = page.query.clone();
    let matching = page.matching();
    let rows = if page.lines.is_empty() { view! { <NoMatch/> }.into_any() } else { view! { <Found page=page.clone() matching/> }.into_any() };
    let chip = |(state, n): (KeyState, u64)| {
        let on = query.state == Some(state);
        let href = list(&KeyQuery { state: (!on).then_some(state), place: None, ..query.clone() });
        view! { <Chip href label=state.label() count=n active=on/> }
    };
    let chips = page.by_state.iter().copied().map(chip).collect_view();
    let searched = !query.q.is_empty();
    view! {
        <div class="filter-bar">
            <form class="filters" method="get" action=link("/settings/enrolment") role="search">
                <Search label="Search keys" id="key-search" value=query.q.clone() placeholder="Name of a key or client"/>
                {query.state.map(|state| view! { <input type="hidden" name="state" value=state.word()/> })}
                <Button>"Search"</Button>
                {searched.then(|| view! { <p class="filters-note"><a class="text-link" href=link("/settings/enrolment")>"Clear search"</a></p> })}
            </form>
            <Chips label="States">{chips}</Chips>
        </div>
        {rows}
    }
}

#[component]
fn NoMatch() -> impl IntoView {
    view! {
        <div class="alone">
            <Empty icon="search" title="No key matches" text="None has that name and state.">
                <LinkButton href=link("/settings/enrolment")>"Show all keys"</LinkButton>
            </Empty>
        </div>
    }
}

#[component]
fn Found(page: KeysPage, matching: u64) -> impl IntoView {
    let paging = Paging {
        first: page.newer.is_none().then_some(1),
        shown: page.lines.len() as u64,
        total: matching,
        counted: page.counted_at,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    view! {
        <div class="list">
            <Table caption="Enrolment keys">
                <Head>
                    <Column label="Key"/>
                    <Column label="Client, site"/>
                    <Column label="State"/>
                    <Column label="Devices" number=true/>
                    <Column label="Takes new ones"/>
                    <Column label="Approval"/>
                    <Column label="Made" number=true/>
                    <Column label="Last used" number=true/>
                </Head>
                <Rows>{page.lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
            </Table>
        </div>
        <Pager paging/>
    }
}

/// The state of a key: a shape and a word.
#[component]
pub(super) fn StateMark(state: KeyState) -> impl IntoView {
    let outcome = match state {
        KeyState::Active => Outcome::Passed,
        KeyState::Expired | KeyState::UsedUp => Outcome::Skipped,
        KeyState::Revoked => Outcome::Failed,
    };
    view! { <OutcomeMark outcome word=state.label()/> }
}

/// Until when a key takes new devices.
#[component]
pub(super) fn Until(line: KeyLine) -> impl IntoView {
    match (line.state, line.expires_at) {
        (KeyState::Revoked, _) => view! { <span class="quiet">"No more"</span> }.into_any(),
        (_, None) => view! { "Without end" }.into_any(),
        (KeyState::Expired, Some(at)) => view! { <span class="quiet">"until " <At at/></span> }.into_any(),
        (_, Some(at)) => view! { "until " <At at/> }.into_any(),
    }
}

#[component]
fn Line(line: KeyLine) -> impl IntoView {
    let used = line.last_used_at.map(|at| view! { <When at/> }.into_any());
    let used = used.unwrap_or_else(|| view! { <span class="quiet">"Never"</span> }.into_any());
    let of = line.most.map(|most| format!(" of {}", thousands(most)));
    let approval = if line.needs_approval { view! { "Asked for" }.into_any() } else { view! { <span class="quiet">"No"</span> }.into_any() };
    let (href, state, made) = (link(&format!("/settings/enrolment/{}", line.id)), line.state, line.created_at);
    let (name, client, site, devices) = (line.name.clone(), line.client.1.clone(), line.site.clone(), thousands(line.used));
    view! {
        <Row>
            <Cell kind=Slot::Lead><Icon name="key-round" class="row-icon"/><RowLink href>{name}</RowLink></Cell>
            <Cell kind=Slot::Sub>{client}<span class="step" aria-hidden="true">"›"</span><span class="quiet">{site}</span></Cell>
            <Cell><StateMark state/></Cell>
            <Cell kind=Slot::Figure number=true label="devices">{devices}{of.map(|of| view! { <span class="quiet of">{of}</span> })}</Cell>
            <Cell><Until line/></Cell>
            <Cell kind=Slot::Wide>{approval}</Cell>
            <Cell kind=Slot::Wide number=true><At at=made/></Cell>
            <Cell number=true><span class="stacked-word">"used "</span>{used}</Cell>
        </Row>
    }
}
