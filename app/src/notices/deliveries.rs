//! The log of what left, newest first.

use domain::notices::{DeliveryQuery, Kind, State};
use leptos::prelude::*;

use super::{
    model::{DeliveriesPage, DeliveryLine},
    parts::{StateMark, capital},
};
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Button, Cell, Choice, Column, Crumb, Crumbs, Empty, Head, LinkButton, Look, Pager, Paging, Row, RowLink, Rows, Select, Slot, Stamp, Table},
};

impl DeliveriesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Deliveries", move || view! { <DeliveriesView page=self/> })
    }
}

fn list(query: &DeliveryQuery) -> String {
    link(&format!("/settings/channels/deliveries{}", query.to_query()))
}

#[component]
fn DeliveriesView(page: DeliveriesPage) -> impl IntoView {
    let export = link(&format!("/settings/channels/deliveries/export{}", page.query.first_page().to_query()));
    let exports = (!page.rows.is_empty()).then(|| view! { <LinkButton href=export look=Look::Quiet icon="download">"Export CSV"</LinkButton> });
    let found = match (page.rows.is_empty(), page.query.is_filtered()) {
        (false, _) => view! { <Found page=page.clone()/> }.into_any(),
        (true, true) => view! {
            <div class="alone">
                <Empty icon="search" title="No delivery matches" text="Nothing left that way, or all of it is older than 90 days.">
                    <LinkButton href=link("/settings/channels/deliveries")>"Clear filters"</LinkButton>
                </Empty>
            </div>
        }
        .into_any(),
        (true, false) => {
            let text = "Each mail and each webhook is listed here with what became of it. Send a test from a channel's page to see one.";
            view! { <div class="alone"><Empty icon="send" title="Nothing has left yet" text><LinkButton href=link("/settings/channels")>"Channels"</LinkButton></Empty></div> }.into_any()
        }
    };
    view! {
        <Settings title="Deliveries" note="What left, and what became of it; kept for 90 days".to_owned()>{exports}</Settings>
        <div class="settings-crumbs"><Crumbs above=vec![Crumb { label: "Channels".into(), href: link("/settings/channels") }] here="Deliveries"/></div>
        <div class="filter-bar"><Filters page/></div>
        {found}
    }
}

#[component]
fn Filters(page: DeliveriesPage) -> impl IntoView {
    let DeliveriesPage { query, channels, .. } = page;
    let (by_state, by_kind, by_channel) = (query.state, query.kind, query.channel);
    let all = |label: &str| Choice { value: String::new(), label: label.into(), selected: false };
    let state = move |one: State| Choice { value: one.word().into(), label: one.label().into(), selected: by_state == Some(one) };
    let kind = move |one: Kind| Choice { value: one.word().into(), label: one.label().into(), selected: by_kind == Some(one) };
    let channel = move |(id, name): (domain::ids::ChannelId, String)| Choice { value: id.to_string(), label: name, selected: by_channel == Some(id) };
    view! {
        <form class="filters" method="get" action=link("/settings/channels/deliveries") role="search">
            <Select label="State" name="state" bare=true choices=std::iter::once(all("Any state")).chain(State::ALL.into_iter().map(state)).collect()/>
            <Select label="Way" name="kind" bare=true choices=std::iter::once(all("Any way")).chain(Kind::ALL.into_iter().map(kind)).collect()/>
            <Select label="Channel" name="channel" bare=true choices=std::iter::once(all("Any channel")).chain(channels.into_iter().map(channel)).collect()/>
            <Button>"Apply"</Button>
        </form>
    }
}

#[component]
fn Found(page: DeliveriesPage) -> impl IntoView {
    let paging = Paging {
        first: page.query.beside.is_none().then_some(1),
        shown: page.rows.len() as u64,
        total: page.total,
        counted: page.counted_at,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    view! {
        <div class="list">
            <Table caption="Deliveries, newest first">
                <Head>
                    <Column label="Subject"/>
                    <Column label="State"/>
                    <Column label="What"/>
                    <Column label="To"/>
                    <Column label="Channel"/>
                    <Column label="When" number=true/>
                </Head>
                <Rows>{page.rows.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
            </Table>
        </div>
        <Pager paging/>
    }
}

#[component]
fn Line(line: DeliveryLine) -> impl IntoView {
    view! {
        <Row>
            <Cell kind=Slot::Lead><RowLink href=link(&format!("/settings/channels/deliveries/{}", line.id))>{line.subject}</RowLink></Cell>
            <Cell><StateMark state=line.state/></Cell>
            <Cell>{capital(&line.what)}</Cell>
            <Cell kind=Slot::Sub>{line.recipient}</Cell>
            <Cell>{line.channel}</Cell>
            <Cell number=true><Stamp at=line.at/></Cell>
        </Row>
    }
}
