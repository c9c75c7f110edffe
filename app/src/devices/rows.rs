//! The rows of a device list, written as one text: a hundred rows are most of the page's cost.

use domain::devices::{
    query::{DeviceQuery, Sort as By},
    status::Status,
};
use leptos::prelude::*;

use super::{
    DeviceListRow,
    parts::{escape, kind, list},
};
use crate::{
    layout::{link, place::place},
    ui::{Column, Direction, Head, Sort, StatusMark, Table, When, thousands},
};

/// What all rows have in common.
struct Around {
    base: String,
    icons: String,
    marks: Vec<(Status, String)>,
    show_client: bool,
}

/// The rows under their head. With `sorted` the head sorts.
#[component]
pub fn DeviceTable(
    #[prop(into)] caption: String,
    rows: Vec<DeviceListRow>,
    show_client: bool,
    #[prop(default = None)] sorted: Option<DeviceQuery>,
) -> impl IntoView {
    let sort = move |by: By| sorted.as_ref().map(|query| sort(query, by));
    let place = if show_client { "Client, site" } else { "Site" };
    view! {
        <Table caption>
            <Head>
                <Column label="Device" sort=sort(By::Name)/>
                <Column label=place/>
                <Column label="Status"/>
                <Column label="OS"/>
                <Column label="Security" number=true sort=sort(By::Security)/>
                <Column label="Restart"/>
                <Column label="Last seen" number=true sort=sort(By::Seen)/>
            </Head>
            <tbody role="rowgroup" inner_html=write(&rows, show_client)></tbody>
        </Table>
    }
}

/// A name sorts upwards first; times and numbers start with the newest and the largest.
fn sort(query: &DeviceQuery, by: By) -> Sort {
    let on = query.sort == by;
    let descending = if on { !query.descending } else { by != By::Name };
    let href = list(&query.with(|query| (query.sort, query.descending) = (by, descending)));
    Sort { href, now: on.then_some(if query.descending { Direction::Down } else { Direction::Up }) }
}

fn write(rows: &[DeviceListRow], show_client: bool) -> String {
    let marks = Status::ALL.map(|status| (status, view! { <StatusMark status/> }.to_html())).to_vec();
    let mut base = String::new();
    escape(&mut base, &link("/devices/"));
    let around = Around { base, icons: place().icons, marks, show_client };
    let mut out = String::with_capacity(rows.len() * 1_000);
    for row in rows {
        out.push_str(r#"<tr role="row" class="row">"#);
        lead(&mut out, row, &around);
        site(&mut out, row, &around);
        status(&mut out, row, &around);
        system(&mut out, row);
        security(&mut out, row);
        restart(&mut out, row);
        seen(&mut out, row);
        out.push_str("</tr>");
    }
    out
}

fn put<const N: usize>(out: &mut String, pieces: [&str; N]) {
    for piece in pieces {
        out.push_str(piece);
    }
}

fn lead(out: &mut String, row: &DeviceListRow, around: &Around) {
    let (icon, word) = kind(row.kind);
    put(out, [r#"<td role="cell" class="cell-lead"><svg class="icon row-icon" role="img" aria-label=""#, word, r#""><use href=""#, &around.icons, "#", icon]);
    put(out, [r#""></use></svg><a class="row-link" href=""#, &around.base, &row.id.to_string(), r#"">"#]);
    escape(out, &row.hostname);
    out.push_str("</a>");
    if let Some(reported) = &row.reported {
        out.push_str(r#" <span class="quiet reported">"#);
        escape(out, reported);
        out.push_str("</span>");
    }
    out.push_str("</td>");
}

fn site(out: &mut String, row: &DeviceListRow, around: &Around) {
    out.push_str(r#"<td role="cell" class="cell-sub">"#);
    if around.show_client {
        escape(out, &row.client.1);
    }
    if let Some(site) = &row.site {
        out.push_str(if around.show_client { r#"<span class="step" aria-hidden="true">›</span><span class="quiet">"# } else { "<span>" });
        escape(out, site);
        out.push_str("</span>");
    }
    out.push_str("</td>");
}

fn status(out: &mut String, row: &DeviceListRow, around: &Around) {
    out.push_str(r#"<td role="cell" class="cell-meta">"#);
    for (_, mark) in around.marks.iter().filter(|(status, _)| *status == row.status) {
        out.push_str(mark);
    }
    out.push_str("</td>");
}

fn system(out: &mut String, row: &DeviceListRow) {
    out.push_str(r#"<td role="cell" class="cell-meta">"#);
    match &row.os_name {
        Some(name) => escape(out, name),
        None => out.push_str(UNKNOWN),
    }
    if let Some(version) = row.os_version.as_deref().filter(|_| row.os_name.is_some()) {
        out.push_str(r#" <span class="quiet">"#);
        escape(out, version);
        out.push_str("</span>");
    }
    out.push_str("</td>");
}

const UNKNOWN: &str = r#"<span class="unknown">Unknown</span>"#;

fn security(out: &mut String, row: &DeviceListRow) {
    out.push_str(r#"<td role="cell" class="cell-figure cell-number" data-label="security">"#);
    match row.security {
        Some(0) => out.push_str(r#"<span class="quiet">0</span>"#),
        Some(n) => put(out, ["<strong>", &thousands(n.into()), "</strong>"]),
        None => out.push_str(UNKNOWN),
    }
    if let (Some(security), Some(updates)) = (row.security, row.updates) {
        put(out, [r#" <span class="quiet plus">+"#, &thousands(updates.saturating_sub(security).into()), "</span>"]);
    }
    out.push_str("</td>");
}

fn restart(out: &mut String, row: &DeviceListRow) {
    let word = match row.reboot {
        Some(true) => "Pending",
        Some(false) => r#"<span class="quiet">No</span>"#,
        None => UNKNOWN,
    };
    put(out, [r#"<td role="cell" class="cell-wide">"#, word, "</td>"]);
}

fn seen(out: &mut String, row: &DeviceListRow) {
    let when = row.last_seen.map(|at| view! { <When at/> }.to_html());
    put(out, [r#"<td role="cell" class="cell-meta cell-number">"#, when.as_deref().unwrap_or("Never"), "</td>"]);
}
