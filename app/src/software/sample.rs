//! Invented software, for render tests and previews. The numbers add up.

use domain::{
    devices::query::Cursor,
    software::{Ecosystem, Is, TitleCursor, TitleQuery, TitlesQuery, VersionFilter},
};

use super::{Fleet, HolderLine, HolderList, TitleLine, TitlePage, TitlesPage, UnlistedPage, VersionLine};
use crate::{devices::sample::row, layout::sample::NOW};

const FLEET: Fleet = Fleet { listed: 1_184, unknown: 11 };

impl TitlesPage {
    /// The first page of a fleet.
    pub fn sample() -> Self {
        let line = |name: &str, ecosystem, devices, versions: u64| TitleLine {
            name: name.into(),
            ecosystem,
            devices,
            versions,
            version: (versions == 1).then(|| "2.6.1".into()),
        };
        let rows = vec![
            line("7-Zip 25.01 (x64)", Ecosystem::Windows, 741, 2),
            line("Google Chrome", Ecosystem::Windows, 768, 4),
            line("adduser", Ecosystem::Deb, 402, 1),
            line("openssl", Ecosystem::Deb, 312, 9),
            line("openssl-libs", Ecosystem::Rpm, 14, 3),
        ];
        let systems = vec![(Ecosystem::Deb, 1_204), (Ecosystem::Rpm, 311), (Ecosystem::Windows, 214), (Ecosystem::Other, 38)];
        let after = TitleCursor { ecosystem: Ecosystem::Rpm, name: "openssl-libs".into(), backwards: false };
        let older = Some(TitlesQuery { cursor: Some(after), ..TitlesQuery::default() });
        Self { query: TitlesQuery::default(), rows, systems, total: 1_767, fleet: FLEET, counted_at: NOW, newer: None, older }
    }

    /// A fleet that has reported nothing.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), systems: Vec::new(), total: 0, fleet: Fleet::default(), older: None, ..Self::sample() }
    }

    /// A search without a result.
    pub fn sample_no_match() -> Self {
        let systems = Ecosystem::ALL.map(|ecosystem| (ecosystem, 0)).to_vec();
        Self { query: TitlesQuery { q: "nothing".into(), ..TitlesQuery::default() }, rows: Vec::new(), systems, older: None, ..Self::sample() }
    }
}

fn holders(rows: usize, versions: &[&str], total: u64) -> HolderList {
    let line = |n: usize| HolderLine { device: row(n), versions: versions.iter().map(|version| (*version).to_owned()).collect() };
    let last = row(rows.saturating_sub(1));
    let older = (total > rows as u64).then_some(Cursor { value: last.hostname, id: last.id.0, backwards: false });
    HolderList { rows: (0..rows).map(line).collect(), total, newer: None, older }
}

impl TitlePage {
    /// A package with many versions.
    pub fn sample() -> Self {
        let versions = [("3.5.1-1", 40), ("3.0.18-1~deb12u1", 151), ("3.0.17-1~deb12u3", 62), ("3.0.17-1~deb12u2", 38)];
        let older = (0..9).map(|n| (format!("3.0.{}-1", 16 - n), if n == 0 { 13 } else { 1 }));
        let versions = versions.map(|(version, devices)| (version.to_owned(), devices)).into_iter().chain(older);
        Self {
            name: "openssl".into(),
            ecosystem: Ecosystem::Deb,
            query: TitleQuery::default(),
            typed: (String::new(), String::new()),
            fault: None,
            installed: 312,
            able: 402,
            fleet: FLEET,
            versions: versions.map(|(version, devices)| VersionLine { version, devices }).collect(),
            epoch: None,
            list: holders(20, &["3.0.18-1~deb12u1"], 312),
            counted_at: NOW,
        }
    }

    /// Who has it below a version.
    pub fn sample_below() -> Self {
        let filter = VersionFilter { is: Is::Below, version: "3.0.17".into() };
        let query = TitleQuery { version: Some(filter), ..TitleQuery::default() };
        let typed = ("below".into(), "3.0.17".into());
        Self { query, typed, list: holders(3, &["3.0.16-1"], 21), epoch: Some("1:2.36-9".into()), ..Self::sample() }
    }

    /// Who lacks it.
    pub fn sample_lacks() -> Self {
        Self { query: TitleQuery { lacks: true, ..TitleQuery::default() }, list: holders(5, &[], 90), ..Self::sample() }
    }
}

impl UnlistedPage {
    /// Eleven devices that never said.
    pub fn sample() -> Self {
        Self { list: holders(11, &[], 11), fleet: FLEET, counted_at: NOW }
    }
}
