//! The navigation's entries: only rooms that exist, each for the audience that may enter.

use domain::people::Permission;
use leptos::prelude::*;

use super::{
    frame::{Audience, Counts},
    place::{link, may, place},
    settings::first_room,
};
use crate::ui::{Icon, thousands};

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    label: &'static str,
    icon: &'static str,
    path: &'static str,
    /// The page or the pages below, on which the entry is marked.
    room: &'static str,
    count: Option<u64>,
}

impl Entry {
    const fn new(label: &'static str, icon: &'static str, path: &'static str, count: Option<u64>) -> Self {
        Self { label, icon, path, room: path, count }
    }

    /// Whether the open page is this entry's or lies below it.
    fn open(&self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        path == self.room || (self.room != "/" && path.strip_prefix(self.room).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// The entries of `audience`, as far as the viewer may enter them.
pub fn entries(audience: Audience, counts: Counts) -> Vec<Entry> {
    let home = Entry::new("Home", "house", "/", None);
    let devices = Entry::new("Devices", "monitor", "/devices", counts.devices);
    match audience {
        Audience::Staff => {
            let alerts = may(Permission::AlertsRead).then(|| Entry::new("Alerts", "bell", "/alerts", counts.alerts));
            let requests = may(Permission::RequestsRead).then(|| Entry::new("Requests", "file-text", "/requests", counts.requests));
            let software = may(Permission::SoftwareRead).then(|| Entry::new("Software", "package", "/software", None));
            let patching = may(Permission::PatchingRead).then(|| Entry::new("Patching", "shield-check", "/patching", None));
            let settings = first_room(place().may).map(|path| Entry { room: "/settings", ..Entry::new("Settings", "settings", path, None) });
            let first = [home, Entry::new("Clients", "building-2", "/clients", counts.clients), devices];
            first.into_iter().chain(alerts).chain(patching).chain(requests).chain(reports()).chain(software).chain(settings).collect()
        }
        Audience::Contact => {
            let requests = Entry::new("Requests", "file-text", "/requests", None);
            let approvals = Entry::new("Approvals", "circle-question-mark", "/approvals", None);
            let told = Entry::new("What we did", "history", "/what-we-did", None);
            [home, devices, requests, approvals].into_iter().chain(reports()).chain([told]).collect()
        }
        Audience::Operator => {
            let tenants = Entry { room: "/tenants", ..Entry::new("Tenants", "building-2", "/", None) };
            vec![tenants, Entry::new("Jobs", "history", "/jobs", None)]
        }
    }
}

fn reports() -> Option<Entry> {
    may(Permission::ReportsRead).then(|| Entry::new("Reports", "file-text", "/reports", None))
}

/// The entries as a column of links, with icons and counts.
#[component]
pub fn SideLinks(entries: Vec<Entry>) -> impl IntoView {
    let path = place().path;
    let line = move |entry: Entry| {
        let current = entry.open(&path).then_some("page");
        view! {
            <li>
                <a class="side-link" href=link(entry.path) aria-current=current title=entry.label>
                    <Icon name=entry.icon/>
                    <span>{entry.label}</span>
                    {entry.count.map(|n| view! { <span class="side-count">{thousands(n)}</span> })}
                </a>
            </li>
        }
    };
    view! { <ul>{entries.into_iter().map(line).collect_view()}</ul> }
}

/// The entries as a row of words.
#[component]
pub fn TopLinks(entries: Vec<Entry>) -> impl IntoView {
    let path = place().path;
    let word = move |entry: Entry| {
        let current = entry.open(&path).then_some("page");
        view! { <a href=link(entry.path) aria-current=current>{entry.label}</a> }
    };
    entries.into_iter().map(word).collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_open_on_its_page_and_below() {
        let devices = Entry::new("Devices", "monitor", "/devices", None);
        for path in ["/devices", "/devices?q=x", "/devices/dev_1/updates"] {
            assert!(devices.open(path), "{path}");
        }
        assert!(!devices.open("/devices-lost"));
        let home = Entry::new("Home", "house", "/", None);
        assert!(home.open("/?x=1") && !home.open("/devices"));
    }
}
