//! The page of the audit: filters, acts, pages.

use leptos::prelude::*;

use super::{
    Act, AuditPage,
    filters::{FilterForm, list},
    parts::{ActorIcon, Difference, ObjectName, capital},
};
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Cell, Column, Empty, Head, LinkButton, Look, Pager, Paging, Row, Rows, Slot, Stamp, Table},
};

impl AuditPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Audit", move || view! { <AuditList page=self/> })
    }
}

/// What was done, newest first.
#[component]
pub fn AuditList(page: AuditPage) -> impl IntoView {
    let export = link(&format!("/settings/audit/export{}", page.query.first_page().to_query()));
    let filtered = page.query.is_filtered();
    let rows = match (page.acts.is_empty(), filtered) {
        (false, _) => view! { <Found page=page.clone()/> }.into_any(),
        (true, true) => view! { <NoMatch/> }.into_any(),
        (true, false) => view! { <Nothing/> }.into_any(),
    };
    let exports = (!page.acts.is_empty()).then(|| view! { <LinkButton href=export look=Look::Quiet icon="download">"Export CSV"</LinkButton> });
    view! {
        <Settings title="Audit" note="Who did what, and from where".to_owned()>{exports}</Settings>
        <div class="filter-bar under-tabs"><FilterForm page/></div>
        {rows}
    }
}

#[component]
fn Found(page: AuditPage) -> impl IntoView {
    let paging = Paging {
        first: page.query.beside.is_none().then_some(1),
        shown: page.acts.len() as u64,
        total: page.total_matching,
        counted: page.counted_at,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    let query = page.query.clone();
    let line = move |act: Act| {
        let by = list(&query.with(|query| query.actor = Some(act.actor.filter.clone())));
        view! { <Line act by/> }
    };
    view! {
        <div class="list audit">
            <Table caption="Acts, newest first">
                <Head>
                    <Column label="When"/>
                    <Column label="Who"/>
                    <Column label="What"/>
                    <Column label="Object"/>
                    <Column label="Change"/>
                    <Column label="Client"/>
                    <Column label="Address"/>
                </Head>
                <Rows>{page.acts.into_iter().map(line).collect_view()}</Rows>
            </Table>
        </div>
        <Pager paging note="Times are in your zone; the exact instant is in the hint".to_owned()/>
    }
}

/// One act. `by` is the list of the same actor's acts.
#[component]
fn Line(act: Act, by: String) -> impl IntoView {
    let object = act.object.clone().map(|object| {
        let kind = capital(&object.kind);
        let named = object.name.is_some();
        view! { <ObjectName object/> {named.then(|| view! { <span class="quiet act-kind">{kind}</span> })} }
    });
    let object = object.map_or_else(|| view! { <span class="quiet">"\u{2013}"</span> }.into_any(), IntoAny::into_any);
    let client = act.client.clone().and_then(|(_, name)| name);
    let address = act.address.clone();
    let (actor, action, at) = (act.actor.clone(), capital(&act.action), act.at);
    view! {
        <Row>
            <Cell kind=Slot::Meta><Stamp at/></Cell>
            <Cell kind=Slot::Sub><span class="act-actor"><ActorIcon kind=actor.kind/><a class="act-name" href=by>{actor.name}</a></span></Cell>
            <Cell kind=Slot::Lead><span class="act-word">{action}</span></Cell>
            <Cell kind=Slot::Sub><span class="act-object">{object}</span></Cell>
            <Cell kind=Slot::Sub><span class="act-change"><Difference act/></span></Cell>
            <Cell kind=Slot::Meta>{client}</Cell>
            <Cell kind=Slot::Wide>{address.map(|address| view! { <span class="code quiet">{address}</span> })}</Cell>
        </Row>
    }
}

#[component]
fn NoMatch() -> impl IntoView {
    view! {
        <div class="alone">
            <Empty icon="search" title="No act matches" text="Nothing that you may see was done by that person, to that object or on those days.">
                <LinkButton href=link("/settings/audit")>"Clear filters"</LinkButton>
            </Empty>
        </div>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let text = "Each sign-in, export and change is written down here with who did it and from where. Begin by adding a client or a person.";
    view! { <div class="alone"><Empty icon="history" title="Nothing was done yet" text/></div> }
}
