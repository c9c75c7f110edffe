//! The versions of a title, newest first, each with its devices.

use domain::software::TitleQuery;
use leptos::prelude::*;

use super::{TitlePage, VersionLine, holders::Version};
use crate::{
    devices::parts::counted,
    layout::link,
    ui::{Bar, Cell, Column, Fill, Head, Part, Row, Rows, Section, Slot, Table, percent, thousands},
};

/// Versions shown at once; the older ones unfold.
const FIRST: usize = 8;
/// Versions shown at all; a hostile device can make up any number.
const MOST: usize = 300;

#[component]
pub(super) fn Versions(page: TitlePage) -> impl IntoView {
    let count = page.versions.len() as u64;
    let older: Vec<VersionLine> = page.versions.iter().skip(FIRST).take(MOST).cloned().collect();
    let beyond = page.versions.len().saturating_sub(FIRST + MOST) as u64;
    let newest = page.versions.iter().take(FIRST).cloned().collect();
    let rest = (!older.is_empty()).then(|| {
        let (page, words) = (page.clone(), counted(older.len() as u64, "older version", "older versions"));
        view! {
            <details class="unfold">
                <summary>{words}</summary>
                <VersionTable caption="Older versions" lines=older page/>
                {(beyond > 0).then(|| view! { <p class="foot-note">{format!("{} more are left out here; the filter below finds their devices.", thousands(beyond))}</p> })}
            </details>
        }
    });
    view! {
        <Section title="Versions" count note="newest first; a device can have more than one".to_owned()>
            <VersionTable caption="Versions" lines=newest page/>
            {rest}
        </Section>
    }
}

#[component]
fn VersionTable(#[prop(into)] caption: String, lines: Vec<VersionLine>, page: TitlePage) -> impl IntoView {
    view! {
        <Table caption>
            <Head><Column label="Version"/><Column label="Share of the devices that have it"/><Column label="Devices" number=true/></Head>
            <Rows>{lines.into_iter().map(|line| view! { <Line line page=page.clone()/> }).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Line(line: VersionLine, page: TitlePage) -> impl IntoView {
    let open = page.query.only.as_deref() == Some(&line.version);
    let href = link(&page.path(&TitleQuery { only: Some(line.version.clone()), ..TitleQuery::default() }));
    let held = open || page.query.version.as_ref().is_some_and(|filter| filter.holds(page.ecosystem, &line.version));
    let share = percent(line.devices, page.installed).map(|share| format!("{share}\u{a0}%"));
    let parts = vec![Part::new("devices", line.devices, Fill::Accent)];
    view! {
        <Row selected=held>
            <Cell kind=Slot::Lead><Version version=line.version/></Cell>
            <Cell kind=Slot::Sub>
                <span class="health"><span class="health-bar"><Bar parts total=page.installed/></span><span class="quiet">{share}</span></span>
            </Cell>
            <Cell kind=Slot::Figure number=true label="devices"><a class="number-link" href=href>{thousands(line.devices)}</a></Cell>
        </Row>
    }
}
