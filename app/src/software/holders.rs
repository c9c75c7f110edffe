//! The rows of devices that have, lack or never named a title.

use domain::{Moment, software::NO_VERSION};
use leptos::prelude::*;

use super::{HolderLine, HolderList};
use crate::{
    devices::parts::{Unknown, kind},
    layout::link,
    ui::{Cell, Column, Head, Pager, Paging, Row, RowLink, Rows, Slot, StatusMark, Table, When},
};

/// The devices of `list` with their pages; `versions` shows what each has, `href` makes the address of another page.
#[component]
pub(super) fn Holders(
    #[prop(into)] caption: String,
    list: HolderList,
    #[prop(optional)] versions: bool,
    counted_at: Moment,
    href: Box<dyn Fn(&domain::devices::query::Cursor) -> String>,
) -> impl IntoView {
    let paging = Paging {
        first: list.newer.is_none().then_some(1),
        shown: list.rows.len() as u64,
        total: list.total,
        counted: counted_at,
        newer: list.newer.as_ref().map(&href),
        older: list.older.as_ref().map(&href),
    };
    view! {
        <div class="list">
            <Table caption>
                <Head>
                    <Column label="Device"/>
                    <Column label="Client, site"/>
                    {versions.then(|| view! { <Column label="Version"/> })}
                    <Column label="Status"/>
                    <Column label="OS"/>
                    <Column label="Last seen" number=true/>
                </Head>
                <Rows>{list.rows.into_iter().map(|line| view! { <Line line versions/> }).collect_view()}</Rows>
            </Table>
        </div>
        <Pager paging/>
    }
}

#[component]
fn Line(line: HolderLine, versions: bool) -> impl IntoView {
    let device = line.device;
    let (icon, word) = kind(device.kind);
    let site = device.site.map(|site| view! { <span class="step" aria-hidden="true">"\u{203a}"</span><span class="quiet">{site}</span> });
    let seen = device.last_seen.map_or_else(|| view! { "Never" }.into_any(), |at| view! { <When at/> }.into_any());
    view! {
        <Row>
            <Cell kind=Slot::Lead><RowLink href=link(&format!("/devices/{}/software", device.id)) icon>{device.hostname}</RowLink><span class="sr-only">{format!(", {word}")}</span></Cell>
            <Cell kind=Slot::Sub>{device.client.1}{site}</Cell>
            {versions.then(|| view! { <Cell>{line.versions.into_iter().map(|version| view! { <Version version/> }).collect_view()}</Cell> })}
            <Cell><StatusMark status=device.status/></Cell>
            <Cell kind=Slot::Wide>{device.os_name.map_or_else(|| view! { <Unknown/> }.into_any(), |name| view! { {name} }.into_any())}" "<span class="quiet">{device.os_version}</span></Cell>
            <Cell number=true>{seen}</Cell>
        </Row>
    }
}

/// A version as reported, or that there was none.
#[component]
pub(super) fn Version(version: String) -> impl IntoView {
    if version == NO_VERSION {
        view! { <span class="unknown">"No version"</span> }.into_any()
    } else {
        view! { <span class="code version">{version}</span> }.into_any()
    }
}
