//! The updates that Windows and macOS list, which are not packages.

use domain::devices::report::Update;

use super::{
    rng::Rng,
    software::{Purpose, WindowsRole},
    systems::{Patch, System},
};

/// An update that Windows may list.
struct Choice {
    name: &'static str,
    versions: [&'static str; 2],
    security: Option<bool>,
    /// Of 100 machines that are current, and of 100 that are behind: how many wait for it.
    percent: [i64; 2],
}

const fn choice(name: &'static str, versions: [&'static str; 2], security: Option<bool>, percent: [i64; 2]) -> Choice {
    Choice { name, versions, security, percent }
}

/// What any Windows machine may wait for.
const ANY: [Choice; 6] = [
    choice(".NET Framework 3.5 and 4.8.1, 2026-11 (KB5078866)", ["4.8.9310", "4.8.9325"], Some(true), [0, 80]),
    choice(".NET 8.0.22 security update (KB5078915)", ["8.0.21", "8.0.22"], Some(true), [4, 65]),
    choice("Servicing stack, 2026-10 (KB5077790)", ["10.0.7600", "10.0.7712"], Some(true), [0, 25]),
    choice("Malicious Software Removal Tool, 2026-11 (KB890830)", ["5.137", "5.138"], Some(false), [2, 60]),
    choice("Microsoft Defender platform (KB4052623)", ["4.18.26090.11", "4.18.26100.6"], Some(false), [3, 45]),
    choice("Microsoft Defender security intelligence (KB2267602)", ["1.443.120.0", "1.443.188.0"], Some(false), [22, 50]),
];
/// What computers that are no servers may wait for besides; whether a driver closes a hole, its maker does not say.
const DRIVERS: [Choice; 3] = [
    choice("Intel Wi-Fi driver", ["24.0.1.2", "24.10.0.4"], None, [5, 14]),
    choice("System firmware", ["1.18.0", "1.21.1"], None, [4, 12]),
    choice("Realtek Audio driver", ["6.0.9738.1", "6.0.9811.1"], None, [1, 8]),
];
const SQL: Choice = choice("SQL Server 2022 CU 27 (KB5078301)", ["16.0.4215.2", "16.0.4225.2"], Some(false), [0, 100]);

/// What a device for `purpose` lists.
pub fn listed(system: &System, purpose: Purpose, patch: Patch, rng: &mut Rng) -> Vec<Update> {
    let behind = patch != Patch::Current;
    let newest = choice(system.update, [system.build(patch), system.build(Patch::Current)], Some(true), [0, 100]);
    let more: &[&[Choice]] = match purpose {
        Purpose::Desk(_) => &[&ANY, &DRIVERS],
        Purpose::Windows(WindowsRole::Database) => &[&ANY, &[SQL]],
        Purpose::Windows(_) => &[&ANY],
        Purpose::Mac | Purpose::Linux { .. } => &[],
    };
    let origin = if system.family == "windows" { "Windows Update" } else { "Apple Software Update" };
    let choices = [&newest].into_iter().chain(more.iter().copied().flatten());
    let mut found: Vec<Update> = choices.filter(|choice| rng.percent(choice.percent[usize::from(behind)])).map(|choice| choice.update(origin)).collect();
    found.sort();
    found
}

impl Choice {
    fn update(&self, origin: &str) -> Update {
        let [installed, candidate] = self.versions.map(str::to_owned);
        Update { name: self.name.into(), arch: None, installed, candidate, origin: Some(origin.into()), security: self.security }
    }
}
