//! Updates on devices: how each stands there, and why.

use domain::{
    ids::{ClientId, DeviceId},
    patching::{Bucket, Class, Kind, query::PairsQuery},
};
use leptos::prelude::*;

use super::{
    PairLine, PairsPage,
    parts::{ClassWord, KindMark, Room, RoomHead, Says, client_at, device_at, pairs_at, update_at},
};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Cell, Choice, Column, Empty, Head, LinkButton, Look, Row, RowLink, Rows, Select, Slot, Table},
};

impl PairsPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Updates on devices", move || view! { <Pairs page=self/> })
    }
}

/// The list.
#[component]
pub fn Pairs(page: PairsPage) -> impl IntoView {
    let export = link(&format!("/patching/devices/export{}", page.query.with(|_| ()).to_query()));
    view! {
        <RoomHead room=Room::Devices><LinkButton href=export look=Look::Quiet icon="download">"Export"</LinkButton></RoomHead>
        <div class="filter-bar"><Filters query=page.query.clone() clients=page.clients.clone()/></div>
        <PairRows page/>
    }
}

/// The rows with the ways on, or why there are none.
#[component]
pub(super) fn PairRows(page: PairsPage) -> impl IntoView {
    let on = |query: &Option<PairsQuery>, label: &'static str| {
        query.as_ref().map(|query| view! { <LinkButton href=pairs_at(query) look=Look::Quiet>{label}</LinkButton>" " })
    };
    let (newer, older) = (on(&page.newer, "Before"), on(&page.older, "More"));
    let body = if page.rows.is_empty() {
        let text = if older.is_some() { "Nothing on this page; more rows follow." } else { "No update on any device is like that." };
        view! { <div class="alone"><Empty icon="shield-check" title="Nothing here" text/></div> }.into_any()
    } else {
        view! { <div class="list"><Lines rows=page.rows/></div> }.into_any()
    };
    view! { {body} <p class="pager-note">{newer}{older}</p> }
}

fn choices<T: PartialEq + Copy>(any: &str, all: impl IntoIterator<Item = (T, &'static str, &'static str)>, chosen: Option<T>) -> Vec<Choice> {
    let first = Choice { value: String::new(), label: any.to_owned(), selected: chosen.is_none() };
    let rest = all.into_iter().map(|(each, value, label)| Choice { value: value.into(), label: label.into(), selected: chosen == Some(each) });
    std::iter::once(first).chain(rest).collect()
}

#[component]
fn Filters(query: PairsQuery, clients: Vec<(ClientId, String)>) -> impl IntoView {
    let class = choices("Any kind", Class::ALL.map(|class| (class, class.word(), class.label())), query.class);
    let state = choices("Any state", Kind::ALL.map(|kind| (kind, kind.word(), kind.label())), query.state);
    let counts = choices("In any figure", Bucket::ALL.map(|bucket| (bucket, bucket.word(), bucket.label())), query.counts);
    let any = Choice { value: String::new(), label: "All clients".into(), selected: query.client.is_none() };
    let clients = clients.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, selected: query.client == Some(id) });
    let clients: Vec<Choice> = std::iter::once(any).chain(clients).collect();
    let kept = [("device", query.device.map(|id: DeviceId| id.to_string())), ("update", query.update.map(|id| id.to_string()))];
    let kept = kept.into_iter().filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value?/> })).collect_view();
    let clear = query.is_filtered().then(|| view! { <a class="text-link" href=link("/patching/devices")>"Clear filters"</a> });
    view! {
        <form class="filters" method="get" action=link("/patching/devices") role="search">
            <Select label="Client" name="client" choices=clients bare=true/>
            <Select label="Kind" name="class" choices=class bare=true/>
            <Select label="State" name="state" choices=state bare=true/>
            <Select label="Part of the figure" name="counts" choices=counts bare=true/>
            {kept}
            <Button>"Apply"</Button>
            {clear}
        </form>
    }
}

/// Rows under their head.
#[component]
pub(super) fn Lines(rows: Vec<PairLine>) -> impl IntoView {
    view! {
        <Table caption="Updates on devices">
            <Head><Column label="Device"/><Column label="Update"/><Column label="Kind"/><Column label="State"/><Column label="Why"/></Head>
            <Rows>{rows.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Line(line: PairLine) -> impl IntoView {
    view! {
        <Row>
            <Cell kind=Slot::Lead>
                <RowLink href=device_at(line.device.0)>{line.device.1}</RowLink>" "
                <a class="row-place quiet" href=client_at(line.client.0)>{line.client.1}</a>
            </Cell>
            <Cell kind=Slot::Sub><a class="row-place" href=update_at(line.update)>{line.name.0}</a>" "<span class="code version">{line.name.1}</span></Cell>
            <Cell><ClassWord class=line.class/></Cell>
            <Cell><KindMark kind=line.kind/></Cell>
            <Cell kind=Slot::Sub><details class="why"><summary>"Why?"</summary><Says sentence=line.why/></details></Cell>
        </Row>
    }
}
