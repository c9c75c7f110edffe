//! The reports that were delivered.

use domain::reports::Kind;
use leptos::prelude::*;

use super::{
    DeliveredLine, DeliveredPage, DeliveredPageQuery,
    library::{Apply, Ways},
};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Cell, Choice, Column, Empty, Head, LinkButton, PageHead, Pager, Paging, Row, RowLink, Rows, Select, Slot, Table, When},
};

impl DeliveredPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Delivered reports", move || view! { <Delivered page=self/> })
    }
}

fn list(query: &DeliveredPageQuery) -> String {
    link(&format!("/reports/delivered{}", query.to_query()))
}

#[component]
fn Delivered(page: DeliveredPage) -> impl IntoView {
    let (staff, query) = (page.staff, page.query.clone());
    let paging = Paging {
        first: query.beside.is_none().then_some(1),
        shown: page.rows.len() as u64,
        total: page.total,
        counted: page.counted_at,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    let filters = view! { <Filters page=page.clone()/> };
    let body = if page.rows.is_empty() {
        view! { <Nothing query staff/> }.into_any()
    } else {
        view! { <div class="list"><Lines rows=page.rows staff/></div><Pager paging/> }.into_any()
    };
    let note = "Each stays as it was when it was made.".to_owned();
    view! {
        <PageHead title=if staff { "Delivered reports" } else { "Reports" } note>{staff.then(|| view! { <Ways/> })}</PageHead>
        <div class="filter-bar">{filters}</div>
        {body}
    }
}

#[component]
fn Filters(page: DeliveredPage) -> impl IntoView {
    let DeliveredPage { query, clients, .. } = page;
    let mut kinds = vec![Choice { value: String::new(), label: "Any report".into(), selected: query.kind.is_none() }];
    kinds.extend(Kind::ALL.map(|kind| Choice { value: kind.word().into(), label: kind.label().into(), selected: query.kind == Some(kind) }));
    let mut of = vec![Choice { value: String::new(), label: "Any client".into(), selected: query.client.is_none() }];
    of.extend(clients.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, selected: query.client == Some(id) }));
    view! {
        <form class="filters" method="get" action=link("/reports/delivered")>
            <Select label="Report" name="kind" choices=kinds bare=true/>
            {(of.len() > 2).then(|| view! { <Select label="Client" name="client" choices=of bare=true/> })}
            <Apply/>
        </form>
    }
}

#[component]
fn Nothing(query: DeliveredPageQuery, staff: bool) -> impl IntoView {
    let filtered = query != DeliveredPageQuery::default();
    let (title, text) = match (filtered, staff) {
        (true, _) => ("No report matches", "Others may stand outside these filters."),
        (false, true) => ("Nothing was delivered yet", "Open a report and keep it, or make a schedule that does so each month."),
        (false, false) => ("No reports yet", "Reports that were made for you stand here."),
    };
    let way = match (filtered, staff) {
        (true, _) => Some(("Clear filters", list(&DeliveredPageQuery::default()))),
        (false, true) => Some(("Make a report", link("/reports"))),
        (false, false) => None,
    };
    let way = way.map(|(label, href)| view! { <LinkButton href>{label}</LinkButton> });
    view! { <div class="alone"><Empty icon="file-text" title text>{way}</Empty></div> }
}

/// Delivered reports as rows.
#[component]
pub(super) fn Lines(rows: Vec<DeliveredLine>, staff: bool) -> impl IntoView {
    let line = move |line: DeliveredLine| {
        let client =
            staff.then(|| line.client.map_or_else(|| "All clients".to_owned(), |(_, name)| name)).map(|name| view! { <Cell kind=Slot::Sub>{name}</Cell> });
        let by = if line.scheduled { format!("Schedule of {}", line.made_by) } else { line.made_by };
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=link(&format!("/reports/delivered/{}", line.id))>{line.kind.label()}</RowLink></Cell>
                {client}
                <Cell>{line.period}</Cell>
                <Cell>{by}</Cell>
                <Cell number=true><When at=line.made_at ago=true/></Cell>
            </Row>
        }
    };
    let client = staff.then(|| view! { <Column label="Client"/> });
    view! {
        <Table caption="Delivered reports">
            <Head><Column label="Report"/>{client}<Column label="Period"/><Column label="Made by"/><Column label="Made" number=true/></Head>
            <Rows>{rows.into_iter().map(line).collect_view()}</Rows>
        </Table>
    }
}
