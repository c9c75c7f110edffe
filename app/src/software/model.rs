//! What the pages of software show, and nothing more.

use domain::{
    Fault, Moment,
    devices::query::{Cursor, encode},
    software::{Ecosystem, TitleQuery, TitlesQuery},
};

use crate::devices::DeviceListRow;

/// The path of one title; `None` where browsers would read its name as a way up.
pub fn title_path(ecosystem: Ecosystem, name: &str) -> Option<String> {
    (!matches!(name, "" | "." | "..")).then(|| format!("/software/{ecosystem}/{}", encode(name)))
}

/// The denominators of every figure about software: devices in service that the viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fleet {
    /// Those with a list of packages.
    pub listed: u64,
    /// Those without.
    pub unknown: u64,
}

/// One title in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleLine {
    /// Its name; untrusted text.
    pub name: String,
    /// Its package system.
    pub ecosystem: Ecosystem,
    /// Devices that have it.
    pub devices: u64,
    /// Its versions on them.
    pub versions: u64,
    /// The version, when there is one only.
    pub version: Option<String>,
}

/// The page `/software`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitlesPage {
    /// The state of the list.
    pub query: TitlesQuery,
    /// This page's titles, in name order.
    pub rows: Vec<TitleLine>,
    /// Titles of each package system that match the search.
    pub systems: Vec<(Ecosystem, u64)>,
    /// All titles, unfiltered.
    pub total: u64,
    /// The denominators.
    pub fleet: Fleet,
    /// When this was counted.
    pub counted_at: Moment,
    /// The page towards the first name.
    pub newer: Option<TitlesQuery>,
    /// The page towards the last name.
    pub older: Option<TitlesQuery>,
}

impl TitlesPage {
    /// Titles that match search and package system.
    pub fn matching(&self) -> u64 {
        self.systems.iter().filter(|(system, _)| self.query.ecosystem.is_none_or(|wanted| wanted == *system)).map(|(_, titles)| titles).sum()
    }
}

/// One version of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// The version, as reported; untrusted text.
    pub version: String,
    /// Devices that have it.
    pub devices: u64,
}

/// A device with the versions of the title that it has, newest first; none on a page of devices that lack it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderLine {
    /// The device.
    pub device: DeviceListRow,
    /// What it has.
    pub versions: Vec<String>,
}

/// A page of devices by host name, with the ways on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HolderList {
    /// This page's devices.
    pub rows: Vec<HolderLine>,
    /// Devices on all pages.
    pub total: u64,
    /// The page towards the first name.
    pub newer: Option<Cursor>,
    /// The page towards the last name.
    pub older: Option<Cursor>,
}

/// The page of one title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitlePage {
    /// Its name; untrusted text.
    pub name: String,
    /// Its package system.
    pub ecosystem: Ecosystem,
    /// The state of the list of devices.
    pub query: TitleQuery,
    /// The comparison and the version as typed, for the form.
    pub typed: (String, String),
    /// What is wrong with them.
    pub fault: Option<Fault>,
    /// Devices that have the title.
    pub installed: u64,
    /// Devices with software of the same package system: those that could have it.
    pub able: u64,
    /// The denominators.
    pub fleet: Fleet,
    /// Its versions, newest first.
    pub versions: Vec<VersionLine>,
    /// A version with an epoch, when the version asked for forgets it.
    pub epoch: Option<String>,
    /// The devices that are asked for.
    pub list: HolderList,
    /// When this was counted.
    pub counted_at: Moment,
}

impl TitlePage {
    /// Devices that could have the title and do not.
    pub const fn lacking(&self) -> u64 {
        self.able.saturating_sub(self.installed)
    }

    /// The path of this title and, below it, `query`.
    pub fn path(&self, query: &TitleQuery) -> String {
        format!("{}{}", title_path(self.ecosystem, &self.name).unwrap_or_else(|| "/software".into()), query.to_query())
    }

    /// The path of the CSV of every device that is asked for.
    pub fn export(&self) -> String {
        let path = title_path(self.ecosystem, &self.name).unwrap_or_else(|| "/software".into());
        format!("{path}/export{}", self.query.first_page().to_query())
    }
}

/// The page `/software/unknown`: devices without a list of packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnlistedPage {
    /// The devices.
    pub list: HolderList,
    /// The denominators.
    pub fleet: Fleet,
    /// When this was counted.
    pub counted_at: Moment,
}
