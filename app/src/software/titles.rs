//! The page of all titles: search, package systems, rows, pages.

use domain::software::{Ecosystem, TitlesQuery};
use leptos::prelude::*;

use super::{Fleet, TitleLine, TitlesPage, holders::Version, title_path};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{Button, Cell, Chip, Chips, Column, Empty, Head, LinkButton, Look, PageHead, Pager, Paging, Row, RowLink, Rows, Search, Slot, Table, thousands},
};

impl TitlesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Software", move || view! { <Titles page=self/> })
    }
}

fn list(query: &TitlesQuery) -> String {
    link(&format!("/software{}", query.to_query()))
}

/// The list of titles.
#[component]
pub fn Titles(page: TitlesPage) -> impl IntoView {
    if page.total == 0 {
        let text = "Titles appear here with the first device that reports its installed packages.";
        return view! { <PageHead title="Software"/><div class="alone"><Empty icon="package" title="No software reported yet" text/></div> }.into_any();
    }
    let note = format!("{} on {}", counted(page.total, "title", "titles"), counted(page.fleet.listed, "device", "devices"));
    let export = link(&format!("/software/export{}", page.query.with(|_| ()).to_query()));
    let found = if page.rows.is_empty() { view! { <NoMatch page=page.clone()/> }.into_any() } else { view! { <Found page=page.clone()/> }.into_any() };
    view! {
        <PageHead title="Software" note><LinkButton href=export look=Look::Quiet icon="download">"Export CSV"</LinkButton></PageHead>
        <div class="filter-bar">
            <SearchForm page=page.clone()/>
            <Systems page/>
        </div>
        {found}
    }
    .into_any()
}

#[component]
fn SearchForm(page: TitlesPage) -> impl IntoView {
    let clear = page.query.is_filtered().then(|| view! { <a class="text-link" href=list(&TitlesQuery::default())>"Clear filters"</a> });
    let system = page.query.ecosystem.map(|ecosystem| view! { <input type="hidden" name="ecosystem" value=ecosystem.word()/> });
    let words = page.query.is_filtered().then(|| format!("{} of {} match", thousands(page.matching()), thousands(page.total)));
    view! {
        <form class="filters" method="get" action=link("/software") role="search">
            <Search label="Search software" id="software-search" value=page.query.q.clone() placeholder="Name of a package or program"/>
            {system}
            <Button>"Search"</Button>
            <p class="filters-note">{words.map(|words| view! { <span>{words}</span> })}{clear}<Listed fleet=page.fleet/></p>
        </form>
    }
}

/// Of which devices anything is known.
#[component]
pub(super) fn Listed(fleet: Fleet) -> impl IntoView {
    let all = counted(fleet.listed + fleet.unknown, "device", "devices");
    let unknown =
        (fleet.unknown > 0).then(|| view! { ", " <a class="text-link" href=link("/software/unknown")>{format!("{} unknown", thousands(fleet.unknown))}</a> });
    let known = format!("{} of {all} with a package list", thousands(fleet.listed));
    view! { <span>{known}{unknown}</span> }
}

/// One chip per package system; an active one takes itself away.
#[component]
fn Systems(page: TitlesPage) -> impl IntoView {
    let (query, any) = (page.query.clone(), page.systems.iter().map(|(_, titles)| titles).sum::<u64>());
    let open = query.ecosystem;
    let all = list(&query.with(|query| query.ecosystem = None));
    let chip = move |(system, titles): (Ecosystem, u64)| {
        let active = open == Some(system);
        let href = list(&query.with(|query| query.ecosystem = (!active).then_some(system)));
        view! { <Chip href label=system.label() count=titles active/> }
    };
    let shown = page.systems.into_iter().filter(move |(system, titles)| *titles > 0 || open == Some(*system));
    view! {
        <Chips label="Package systems">
            <Chip href=all label="All" count=any active=open.is_none()/>
            {shown.map(chip).collect_view()}
        </Chips>
    }
}

#[component]
fn Found(page: TitlesPage) -> impl IntoView {
    let listed = page.fleet.listed;
    let paging = Paging {
        first: page.newer.is_none().then_some(1),
        shown: page.rows.len() as u64,
        total: page.matching(),
        counted: page.counted_at,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    view! {
        <div class="list">
            <Table caption="Software">
                <Head><Column label="Title"/><Column label="Versions"/><Column label="System"/><Column label="Devices" number=true/></Head>
                <Rows>{page.rows.into_iter().map(|line| view! { <Line line listed/> }).collect_view()}</Rows>
            </Table>
        </div>
        <Pager paging/>
    }
}

#[component]
fn Line(line: TitleLine, listed: u64) -> impl IntoView {
    let name = line.name.clone();
    let lead = match title_path(line.ecosystem, &line.name) {
        Some(path) => view! { <RowLink href=link(&path) icon="package">{name}</RowLink> }.into_any(),
        None => view! { {name} }.into_any(),
    };
    let versions = match line.version {
        Some(version) => view! { <Version version/> }.into_any(),
        None => view! { {counted(line.versions, "version", "versions")} }.into_any(),
    };
    view! {
        <Row>
            <Cell kind=Slot::Lead>{lead}</Cell>
            <Cell kind=Slot::Sub>{versions}</Cell>
            <Cell>{line.ecosystem.label()}</Cell>
            <Cell kind=Slot::Figure number=true label="devices"><strong>{thousands(line.devices)}</strong><span class="quiet of">{format!(" of {}", thousands(listed))}</span></Cell>
        </Row>
    }
}

#[component]
fn NoMatch(page: TitlesPage) -> impl IntoView {
    let text = format!("All {} are outside these filters.", counted(page.total, "title", "titles"));
    view! {
        <div class="alone">
            <Empty icon="search" title="No title matches" text><LinkButton href=list(&TitlesQuery::default())>"Clear filters"</LinkButton></Empty>
        </div>
    }
}
