//! The devices that wait for approval, and the form that decides about many of them at once.

use domain::{enrolment::query::PendingQuery, people::Permission};
use leptos::prelude::*;

use super::{PendingLine, PendingPage};
use crate::{
    Frame,
    devices::parts::{Unknown, counted, kind},
    layout::{Settings, link, may},
    render,
    ui::{
        Button, Cell, Checkbox, Choice, Column, Confirm, Crumb, Crumbs, Empty, Head, Icon, LinkButton, Look, Outcome, OutcomeMark, Pager, Paging, Row, RowLink,
        Rows, Search, Select, Slot, Table, When, thousands,
    },
};

const PATH: &str = "/settings/enrolment/pending";

impl PendingPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Waiting for approval", move || view! { <Pending page=self/> })
    }
}

fn list(query: &PendingQuery) -> String {
    link(&format!("{PATH}{}", query.to_query()))
}

#[component]
fn Pending(page: PendingPage) -> impl IntoView {
    let first = if may(Permission::EnrolmentManage) { ("Enrolment", "/settings/enrolment") } else { ("Devices", "/devices") };
    let above = vec![Crumb { label: first.0.into(), href: link(first.1) }];
    let body = if page.total == 0 && page.fault.is_none() { view! { <Nothing/> }.into_any() } else { view! { <Filled page=page.clone()/> }.into_any() };
    view! {
        <Settings title="Waiting for approval" note=(page.total > 0).then(|| counted(page.total, "device", "devices"))/>
        <div class="settings-crumbs"><Crumbs above here="Waiting for approval"/></div>
        {body}
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="alone">
            <Empty icon="check" title="Nothing waits" text="A device stands here when it enrols with a key that asks for approval.">
                <LinkButton href=link("/devices")>"Devices"</LinkButton>
            </Empty>
        </div>
    }
}

#[component]
fn Filled(page: PendingPage) -> impl IntoView {
    let fault = page.fault.clone().map(|text| {
        view! { <p class="form-fault" role="alert"><Icon name="circle-alert"/><span>{text}</span></p> }
    });
    let rows = if page.lines.is_empty() { view! { <NoMatch/> }.into_any() } else { view! { <Decide page=page.clone()/> }.into_any() };
    view! {
        <div class="filter-bar"><Filters page/></div>
        {fault}
        {rows}
    }
}

#[component]
fn Filters(page: PendingPage) -> impl IntoView {
    let query = page.query.clone();
    let all = Choice { value: String::new(), label: "All clients".into(), selected: query.client.is_none() };
    let found = page.clients.iter().map(|(id, name)| Choice { value: id.to_string(), label: name.clone(), selected: query.client == Some(*id) });
    let choices: Vec<Choice> = std::iter::once(all).chain(found).collect();
    let matching = page.query.is_filtered().then(|| {
        view! {
            <p class="filters-note">
                <span><strong>{thousands(page.matching)}</strong> " of " {thousands(page.total)} " match"</span>
                <a class="text-link" href=link(PATH)>"Clear filters"</a>
            </p>
        }
    });
    let key = page.key_name.clone().unwrap_or_else(|| "one key".into());
    view! {
        <form class="filters" method="get" action=link(PATH) role="search">
            <Search label="Search waiting devices" id="pending-search" value=query.q.clone() placeholder="Name, serial number, address"/>
            {(choices.len() > 2).then(|| view! { <Select label="Client" name="client" choices bare=true/> })}
            {query.key.map(|id| view! { <input type="hidden" name="key" value=id.to_string()/><span class="tag">"Key: " {key}</span> })}
            <Button>"Apply"</Button>
            {matching}
        </form>
    }
}

#[component]
fn NoMatch() -> impl IntoView {
    view! {
        <div class="alone">
            <Empty icon="search" title="No waiting device matches" text="Others may wait outside these filters.">
                <LinkButton href=link(PATH)>"Show all"</LinkButton>
            </Empty>
        </div>
    }
}

/// One form around all rows: its two buttons say which way it goes.
#[component]
fn Decide(page: PendingPage) -> impl IntoView {
    let hidden = page.query.filters().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let all = format!("All {} that match", thousands(page.matching));
    let paging = Paging {
        first: page.earlier.is_none().then_some(1),
        shown: page.lines.len() as u64,
        total: page.matching,
        counted: page.counted_at,
        newer: page.earlier.as_ref().map(list),
        older: page.later.as_ref().map(list),
    };
    view! {
        <form method="post" action=link("/settings/enrolment/pending/approval") class="decide">
            {hidden}
            <div class="decide-bar">
                <Checkbox label=all name="all"/>
                <span class="topbar-gap"></span>
                <Button look=Look::Primary icon="check">"Approve"</Button>
                <Refuse/>
            </div>
            <div class="list"><Lines lines=page.lines/></div>
        </form>
        <Pager paging/>
    }
}

#[component]
fn Refuse() -> impl IntoView {
    let to = link("/settings/enrolment/pending/refusal");
    view! {
        <Confirm label="Refuse" title="Refuse the chosen devices?" icon="ban" danger=true>
            <p>"They are retired: counted nowhere, and each of their reports is answered with a refusal. Nothing else of them was stored. A key's count does not get its place back."</p>
            <p class="confirm-act"><button type="submit" class="btn btn-plain btn-danger btn-sm" formaction=to>"Refuse them"</button></p>
        </Confirm>
    }
}

#[component]
fn Lines(lines: Vec<PendingLine>) -> impl IntoView {
    view! {
        <Table caption="Devices that wait for approval">
            <Head>
                <Column label="Choose" hidden=true/>
                <Column label="Device"/>
                <Column label="Client, site"/>
                <Column label="System"/>
                <Column label="Serial number"/>
                <Column label="Address"/>
                <Column label="Key"/>
                <Column label="Waiting" number=true/>
            </Head>
            <Rows>{lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Line(line: PendingLine) -> impl IntoView {
    let (icon, _) = kind(line.kind);
    let or_unknown = |text: Option<String>| match text {
        Some(text) => view! { {text} }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    };
    let silent = (!line.reported).then(|| view! { <span class="beside"><OutcomeMark outcome=Outcome::Waiting word="No report yet"/></span> });
    let label = format!("Choose {}", line.hostname);
    view! {
        <Row>
            <td role="cell" class="cell cell-pick"><input type="checkbox" class="checkbox checkbox-sm" name="device" value=line.id.to_string() aria-label=label/></td>
            <Cell kind=Slot::Lead><Icon name=icon class="row-icon"/><RowLink href=link(&format!("/devices/{}", line.id))>{line.hostname}</RowLink>{silent}</Cell>
            <Cell kind=Slot::Sub>{line.client}<span class="step" aria-hidden="true">"›"</span><span class="quiet">{line.site}</span></Cell>
            <Cell>{or_unknown(line.os)}</Cell>
            <Cell>{or_unknown(line.serial)}</Cell>
            <Cell kind=Slot::Wide>{or_unknown(line.address)}</Cell>
            <Cell kind=Slot::Wide>{line.key.unwrap_or_default()}</Cell>
            <Cell number=true><When at=line.enrolled_at/></Cell>
        </Row>
    }
}
