//! The installed packages of a device.

use domain::{
    devices::{query::encode, report::Package},
    ids::DeviceId,
    people::Permission,
};
use leptos::prelude::*;

use super::{SoftwareQuery, SoftwareTab, head::at};
use crate::{
    devices::parts::counted,
    layout::{clock, link, may},
    software::title_path,
    ui::{Button, Cell, Column, Empty, Head, LinkButton, Pager, Paging, Row, Rows, Search, Slot, Table, at_text, thousands},
};

impl SoftwareQuery {
    /// The query string, with its `?` when it is not empty.
    pub fn to_query(&self) -> String {
        let pairs = [("q", Some(&self.q).filter(|q| !q.is_empty())), ("after", self.after.as_ref()), ("before", self.before.as_ref())];
        let pairs: Vec<_> = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encode(value?)))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// Reads the pairs of a query string; unknown names are ignored, texts are cut at 200 characters.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            let value: String = value.chars().take(200).collect();
            match name {
                "q" => query.q = value.trim().to_owned(),
                "after" => query.after = Some(value),
                "before" => query.before = Some(value),
                _ => {}
            }
        }
        query
    }
}

#[component]
pub(super) fn SoftwareView(id: DeviceId, tab: SoftwareTab) -> impl IntoView {
    let Some(packages) = tab.packages.clone() else {
        let text = "The next full inventory of its agent fills this page.";
        return view! { <div class="alone"><Empty icon="package" title="No software reported yet" text/></div> }.into_any();
    };
    let rows = if packages.is_empty() { view! { <Nothing id tab=tab.clone()/> }.into_any() } else { view! { <Found id packages tab=tab.clone()/> }.into_any() };
    view! {
        <div class="filter-bar"><SearchForm id tab/></div>
        {rows}
    }
    .into_any()
}

#[component]
fn SearchForm(id: DeviceId, tab: SoftwareTab) -> impl IntoView {
    let taken = tab.taken_at.map(|at| format!(", inventory {}", at_text(at)));
    let words = if tab.query.q.is_empty() {
        format!("{}{}", counted(tab.total, "package", "packages"), taken.unwrap_or_default())
    } else {
        format!("{} of {} match", thousands(tab.total_matching), thousands(tab.total))
    };
    let clear = (!tab.query.q.is_empty()).then(|| view! { <a class="text-link" href=at(id, "software")>"Clear search"</a> });
    view! {
        <form class="filters" method="get" action=at(id, "software") role="search">
            <Search label="Search packages" id="package-search" value=tab.query.q placeholder="Package name"/>
            <Button>"Search"</Button>
            <p class="filters-note">{words}{clear}</p>
        </form>
    }
}

#[component]
fn Found(id: DeviceId, packages: Vec<Package>, tab: SoftwareTab) -> impl IntoView {
    let page = |query: &SoftwareQuery| format!("{}{}", at(id, "software"), query.to_query());
    let paging = Paging {
        first: Some(tab.first_row),
        shown: packages.len() as u64,
        total: tab.total_matching,
        counted: tab.taken_at.unwrap_or(clock().now),
        newer: tab.newer.as_ref().map(page),
        older: tab.older.as_ref().map(page),
    };
    let published = packages.iter().any(|package| package.publisher.is_some());
    let fleet = may(Permission::SoftwareRead);
    let row = move |package: Package| {
        let name = view! { <Name package=package.clone() fleet/> };
        let arch = [package.arch, package.source].into_iter().flatten().collect::<Vec<_>>().join(", ");
        view! {
            <Row>
                <Cell kind=Slot::Lead>{name}</Cell>
                <Cell kind=Slot::Sub><span class="code">{package.version}</span></Cell>
                <Cell>{arch}</Cell>
                {published.then(|| view! { <Cell kind=Slot::Wide>{package.publisher}</Cell> })}
            </Row>
        }
    };
    view! {
        <div class="list">
            <Table caption="Installed packages">
                <Head><Column label="Package"/><Column label="Version"/><Column label="Architecture"/>{published.then(|| view! { <Column label="Publisher"/> })}</Head>
                <Rows>{packages.into_iter().map(row).collect_view()}</Rows>
            </Table>
        </div>
        <Pager paging/>
    }
}

/// The name of a package; for staff a link to it across the fleet.
#[component]
fn Name(package: Package, fleet: bool) -> impl IntoView {
    match title_path(package.ecosystem(), &package.name).filter(|_| fleet) {
        Some(path) => view! { <a class="row-link" href=link(&path)>{package.name}</a> }.into_any(),
        None => view! { {package.name} }.into_any(),
    }
}

#[component]
fn Nothing(id: DeviceId, tab: SoftwareTab) -> impl IntoView {
    let (title, text) = if tab.query.q.is_empty() {
        ("No packages", "Its agent looked and found no installed packages.".to_owned())
    } else {
        ("No package matches", format!("None of {} has \u{201c}{}\u{201d} in its name.", counted(tab.total, "package", "packages"), tab.query.q))
    };
    view! {
        <div class="alone">
            <Empty icon="package" title text>
                {(!tab.query.q.is_empty()).then(|| view! { <LinkButton href=at(id, "software")>"Clear search"</LinkButton> })}
            </Empty>
        </div>
    }
}
