//! The figures of Home, each a link to exactly the rows it counts.

use domain::devices::status::Status;
use leptos::prelude::*;

use super::{Figure as Counted, Figures, count_all, count_of};
use crate::{
    devices::parts::{list, list_with},
    ui::{Figure, Fill, Part, Tile, Tiles, thousands},
};

#[component]
pub(super) fn FigureRow(figures: Figures) -> impl IntoView {
    view! {
        <Tiles>
            <Tile figure=online(&figures)/>
            <Tile figure=waiting(("Updates waiting", "up to date"), &figures.updates, Fill::Medium)/>
            <Tile figure=waiting(("Security updates waiting", "have none"), &figures.security, Fill::High)/>
            <Tile figure=waiting(("Restart pending", "need none"), &figures.restart, Fill::Medium)/>
            <Tile figure=waiting(("Not seen for 7 days", "seen since"), &figures.unseen, Fill::High)/>
        </Tiles>
    }
}

fn online(figures: &Figures) -> Figure {
    let total = count_all(&figures.by_status);
    let count = |status| count_of(&figures.by_status, status);
    let words = match total.saturating_sub(count(Status::Online)) {
        0 => "all of them".to_owned(),
        n => format!("{} not online", thousands(n)),
    };
    let href = list_with(|query| query.status = Some(Status::Online));
    let held = count(Status::Pending) + count(Status::Quarantined);
    let parts = vec![
        Part::new("online", count(Status::Online), Fill::Accent),
        Part::new("late", count(Status::Late), Fill::High),
        Part::new("offline", count(Status::Offline), Fill::Muted),
        Part::new("pending or quarantined", held, Fill::Unknown),
    ];
    let figure = Figure::count("Devices online", count(Status::Online), total, format!("of {}", thousands(total)), href);
    Figure { rest: Some(words), measured: Some(figures.measured_at), parts, ..figure }
}

/// A figure whose part is what needs work: then what is unknown, and the rest of the bar is well.
fn waiting((label, well): (&str, &str), counted: &Counted, fill: Fill) -> Figure {
    let share = counted.share;
    let figure = Figure::count(label, share.part, share.known, format!("of {}", thousands(share.known)), list(&counted.link));
    let rest = match (share.unknown, share.known) {
        (0, 0) => "nothing reported yet".to_owned(),
        (0, _) => format!("{} {well}", thousands(share.rest())),
        (n, _) => format!("{} unknown", thousands(n)),
    };
    let parts = vec![Part::new(label.to_lowercase(), share.part, fill), Part::new("unknown", share.unknown, Fill::Unknown)];
    Figure { rest: Some(rest), measured: counted.measured_at, parts, total: share.all(), ..figure }
}
