//! What needs attention at one client: each figure of what, and linked to exactly the devices it counts.

use domain::{
    Moment,
    devices::{
        query::{DeviceQuery, Waiting},
        status::Status,
    },
};
use leptos::prelude::*;

use super::ClientRow;
use crate::{
    devices::{Share, parts::list},
    ui::{Figure, Fill, Part, Tile, Tiles, thousands},
};

#[component]
pub(super) fn Attention(client: ClientRow, unseen: u64, at: Moment) -> impl IntoView {
    let of = DeviceQuery { client: Some(client.id), ..DeviceQuery::default() };
    let all = move |part: u64| Share { part, known: client.devices, unknown: 0 };
    let offline = of.with(|query| query.status = Some(Status::Offline));
    let security = of.with(|query| query.updates = Some(Waiting::Security));
    let restart = of.with(|query| query.restart = true);
    let gone = of.with(|query| query.unseen = true);
    let figures = [
        figure("Offline", "are not", all(client.offline), Fill::High, &offline, at),
        figure("Security updates waiting", "have none", client.security, Fill::High, &security, at),
        figure("Restart pending", "need none", client.restart, Fill::Medium, &restart, at),
        figure("Not seen for 7 days", "seen since", all(unseen), Fill::High, &gone, at),
    ];
    view! { <Tiles>{figures.into_iter().map(|figure| view! { <Tile figure/> }).collect_view()}</Tiles> }
}

fn figure(label: &str, well: &str, share: Share, fill: Fill, rows: &DeviceQuery, at: Moment) -> Figure {
    let figure = Figure::count(label, share.part, share.known, format!("of {}", thousands(share.known)), list(rows));
    let rest = match (share.unknown, share.known) {
        (0, 0) => "nothing reported yet".to_owned(),
        (0, _) => format!("{} {well}", thousands(share.rest())),
        (n, _) => format!("{} unknown", thousands(n)),
    };
    let parts = vec![Part::new(label.to_lowercase(), share.part, fill), Part::new("unknown", share.unknown, Fill::Unknown)];
    Figure { rest: Some(rest), measured: Some(at), parts, total: share.all(), ..figure }
}
