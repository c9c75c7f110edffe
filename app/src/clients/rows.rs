//! The rows of a list of clients: how many devices are well, late, gone, and what waits on them.

use domain::{
    devices::{
        query::{DeviceQuery, Waiting},
        status::Status,
    },
    ids::ClientId,
};
use leptos::prelude::*;

use super::{ClientQuery, ClientRow, ClientSort};
use crate::{
    devices::{
        Share,
        parts::{counted, list_with},
    },
    layout::link,
    ui::{At, Bar, Cell, Column, Direction, Fill, Head, Part, Row, RowLink, Rows, Slot, Sort, Table, When, thousands},
};

/// The clients under their head; with `sorted` the head sorts, and `short` leaves out what a first page has no room for.
#[component]
pub fn ClientTable(
    #[prop(into)] caption: String,
    rows: Vec<ClientRow>,
    #[prop(default = None)] sorted: Option<ClientQuery>,
    #[prop(optional)] short: bool,
) -> impl IntoView {
    let sort = move |by: ClientSort, direction| {
        sorted.clone().map(|query| {
            let href = link(&format!("/clients{}", ClientQuery { sort: by, skip: 0, ..query.clone() }.to_query()));
            Sort { href, now: (query.sort == by).then_some(direction) }
        })
    };
    view! {
        <Table caption>
            <Head>
                <Column label="Client" sort=sort(ClientSort::Name, Direction::Up)/>
                <Column label="Online"/>
                <Column label="Offline" number=true sort=sort(ClientSort::Failing, Direction::Down)/>
                <Column label="Late" number=true/>
                <Column label="Security updates" number=true/>
                {(!short).then(|| view! { <Column label="Restart pending" number=true/> })}
                <Column label="Last contact" number=true/>
            </Head>
            <Rows>{rows.into_iter().map(|row| view! { <Line row short/> }).collect_view()}</Rows>
        </Table>
    }
}

/// The list of one client's devices, changed by `change`.
fn devices(id: ClientId, change: impl FnOnce(&mut DeviceQuery)) -> String {
    list_with(|query| {
        query.client = Some(id);
        change(query);
    })
}

#[component]
fn Line(row: ClientRow, short: bool) -> impl IntoView {
    let ClientRow { id, name, offline, late, security, restart, .. } = row.clone();
    let sites = (!short && row.sites > 0).then(|| counted(row.sites, "site", "sites"));
    let archived = row.archived.map(|at| view! { <span class="quiet beside">"archived " <At at/></span> });
    let last = row.last_contact.map(|at| view! { <When at/> });
    let last = last.map_or_else(|| view! { "Never" }.into_any(), IntoAny::into_any);
    view! {
        <Row>
            <Cell kind=Slot::Lead><RowLink href=link(&format!("/clients/{id}"))>{name}</RowLink>{sites.map(|sites| view! { <span class="quiet beside">{sites}</span> })}{archived}</Cell>
            <Cell kind=Slot::Sub><Health row/></Cell>
            <Cell number=true><Number n=offline href=devices(id, |query| query.status = Some(Status::Offline))/><span class="stacked-word">" offline"</span></Cell>
            <Cell number=true><Number n=late href=devices(id, |query| query.status = Some(Status::Late))/><span class="stacked-word">" late"</span></Cell>
            <Cell kind=Slot::Figure number=true label="security"><Of share=security href=devices(id, |query| query.updates = Some(Waiting::Security))/></Cell>
            {(!short).then(|| view! { <Cell kind=Slot::Wide number=true><Of share=restart href=devices(id, |query| query.restart = true)/></Cell> })}
            <Cell number=true><span class="stacked-word">"seen "</span>{last}</Cell>
        </Row>
    }
}

/// How many are online, as a bar and in words.
#[component]
fn Health(row: ClientRow) -> impl IntoView {
    if row.devices == 0 {
        return view! { <span class="quiet">"No devices yet"</span> }.into_any();
    }
    let part = |word: &str, n, fill| Part::new(word, n, fill);
    let held = row.pending + row.quarantined;
    let parts = vec![
        part("online", row.online, Fill::Accent),
        part("late", row.late, Fill::High),
        part("offline", row.offline, Fill::Muted),
        part("pending or quarantined", held, Fill::Unknown),
    ];
    view! {
        <span class="health">
            <span class="health-bar"><Bar parts total=row.devices/></span>
            <span>{thousands(row.online)} " " <a class="quiet" href=devices(row.id, |_| ())>"of " {thousands(row.devices)}</a></span>
        </span>
    }
    .into_any()
}

/// A count that opens its rows; zero is quiet and opens nothing.
#[component]
fn Number(n: u64, href: String) -> impl IntoView {
    if n == 0 { view! { <span class="quiet">"0"</span> }.into_any() } else { view! { <a class="number-link" href=href>{thousands(n)}</a> }.into_any() }
}

#[component]
fn Of(share: Share, href: String) -> impl IntoView {
    if share.all() == 0 {
        return view! { <span class="quiet">"No data yet"</span> }.into_any();
    }
    let unknown = (share.unknown > 0).then(|| view! { <span class="unknown">{thousands(share.unknown)} " unknown"</span> });
    view! {
        <Number n=share.part href/>
        <span class="quiet of">" of " {thousands(share.known)}</span>
        <span class="of-unknown">{unknown}</span>
    }
    .into_any()
}
