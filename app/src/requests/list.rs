//! The list of requests.

use domain::{people::Permission, requests::Show};
use leptos::prelude::*;

use super::{
    Line, ListPage,
    filters::{Filters, ShowChips},
    parts::{PriorityMark, StateMark, at, list},
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::{clock, link, may},
    render,
    ui::{
        Button, Cell, Column, Confirm, Empty, Head, Icon, LinkButton, Look, Outcome, OutcomeMark, PageHead, Pager, Paging, Row, RowLink, Rows, Slot, Table,
        When,
    },
};

impl ListPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Requests", move || view! { <ListView page=self/> })
    }
}

/// The list.
#[component]
pub fn ListView(page: ListPage) -> impl IntoView {
    let (query, counts, contact) = (page.query.clone(), page.counts.clone(), page.contact);
    let file = link(&format!("/requests/export{}", query.to_query()));
    let error = page.error.clone().map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> });
    let done = page.done.map(|(closed, left)| view! { <Done closed left/> });
    let body = if page.rows.is_empty() { view! { <Nothing page=page.clone()/> }.into_any() } else { view! { <Found page=page.clone()/> }.into_any() };
    view! {
        <PageHead title="Requests">
            {(page.total > 0).then(|| view! { <LinkButton href=file look=Look::Quiet icon="download">"Export CSV"</LinkButton> })}
            {may(Permission::RequestsWrite).then(|| view! { <LinkButton href=link("/requests/new") look=Look::Primary icon="plus">"New request"</LinkButton> })}
        </PageHead>
        <div class="filter-bar">
            <Filters page/>
            <ShowChips query counts contact/>
        </div>
        {error}
        {done}
        {body}
    }
}

#[component]
fn Done(closed: u64, left: u64) -> impl IntoView {
    let (outcome, word) = if closed == 0 {
        (Outcome::Skipped, "No request was closed.".to_owned())
    } else {
        (Outcome::Passed, format!("{} closed.", counted(closed, "request", "requests")))
    };
    let left = (left > 0).then(|| view! { <p>{format!("{left} were left as they are.")}</p> });
    view! { <div class="banner" role="status"><OutcomeMark outcome word/>{left}</div> }
}

#[component]
fn Found(page: ListPage) -> impl IntoView {
    let paging = Paging {
        first: page.query.cursor.is_none().then_some(1),
        shown: page.rows.len() as u64,
        total: page.total,
        counted: clock().now,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    let (contact, pick, back) = (page.contact, may(Permission::RequestsManage), page.query.to_query());
    let lines = view! { <Lines rows=page.rows contact pick/> };
    let lines = if pick {
        view! {
            <form method="post" action=link("/requests/closing") class="decide">
                <input type="hidden" name="back" value=back/>
                <div class="decide-bar alert-bar" role="group" aria-label="Acts on the chosen requests">
                    <span class="soft">"With the chosen:"</span>
                    <Confirm label="Close" title="Close the chosen requests?" icon="check">
                        <p>"Their people are told so, and may open them again for 30 days."</p>
                        <p class="confirm-act"><Button look=Look::Primary small=true>"Close them"</Button></p>
                    </Confirm>
                </div>
                <div class="list">{lines}</div>
            </form>
        }
        .into_any()
    } else {
        view! { <div class="list">{lines}</div> }.into_any()
    };
    view! { {lines}<Pager paging/> }
}

/// Requests under their head.
#[component]
pub fn Lines(rows: Vec<Line>, contact: bool, #[prop(optional)] pick: bool) -> impl IntoView {
    view! {
        <Table caption="Requests">
            <Head>
                {pick.then(|| view! { <Column label="Choose" hidden=true/> })}
                <Column label="Request"/>
                {(!contact).then(|| view! { <Column label="Client"/> })}
                <Column label="State"/>
                <Column label="Priority"/>
                <Column label=if contact { "Looked after by" } else { "Assigned to" }/>
                <Column label="Changed" number=true/>
            </Head>
            <Rows>{rows.into_iter().map(|line| view! { <OneLine line contact pick/> }).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn OneLine(line: Line, contact: bool, pick: bool) -> impl IntoView {
    let label = format!("Choose {}", line.called);
    let pick = pick.then(|| {
        view! { <td role="cell" class="cell cell-pick"><input type="checkbox" class="checkbox checkbox-sm" name="request" value=line.id.to_string() aria-label=label/></td> }
    });
    let client = (!contact)
        .then(|| view! { <Cell kind=Slot::Sub><a class="row-place" href=link(&format!("/clients/{}", line.client.0))>{line.client.1.clone()}</a></Cell> });
    let who = line.assigned.map_or_else(|| view! { <span class="quiet">"nobody yet"</span> }.into_any(), |(_, name)| view! { <span>{name}</span> }.into_any());
    view! {
        <Row>
            {pick}
            <Cell kind=Slot::Lead>
                <RowLink href=at(line.id, "")>{line.subject}</RowLink>
                <span class="alert-value">{line.called}{line.device.map(|device| format!(", {device}"))}</span>
            </Cell>
            {client}
            <Cell><StateMark state=line.state contact/></Cell>
            <Cell><PriorityMark priority=line.priority/></Cell>
            <Cell kind=Slot::Wide>{who}</Cell>
            <Cell number=true><When at=line.changed_at ago=true/></Cell>
        </Row>
    }
}

/// Why there are no rows, and where to go on.
#[component]
fn Nothing(page: ListPage) -> impl IntoView {
    let query = page.query;
    let (title, text, way) = if query.cursor.is_some() {
        ("Nothing on this page any more", "Others have worked on this list meanwhile.", Some(("First page", list(&query.with(|_| {})))))
    } else if query.is_filtered() {
        let clear = query.with(|query| (query.q, query.client) = (String::new(), None));
        ("No request matches", "Others may stand outside these filters, or in another state.", Some(("Clear filters", list(&clear))))
    } else if page.contact {
        (
            "No requests here",
            "Ask for help, report what does not work, or ask for something new. Everybody of your organisation with an account sees it here.",
            Some(("New request", link("/requests/new"))),
        )
    } else {
        let all = (query.show != Show::All).then(|| ("All requests", list(&query.with(|query| query.show = Show::All))));
        ("Nothing here", "A request of a contact stands here until somebody has done what it asks.", all)
    };
    let way = way.map(|(label, href)| view! { <LinkButton href>{label}</LinkButton> });
    view! { <div class="alone"><Empty icon="check" title text>{way}</Empty></div> }
}
