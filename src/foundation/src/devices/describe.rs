//! What a device says about itself, as the columns of its row.

use domain::{
    Moment,
    devices::{
        Report,
        report::{Identity, Updates},
        status::{late_for, online_for},
    },
    time::DAY,
};
use sea_orm::prelude::Expr;

use super::rows::device::{self, Column};
use crate::{Failure, Writing, tenancy::SeenDevice};

impl Writing {
    /// Writes what the list and the head of the page show.
    pub(super) async fn describe(&self, device: &SeenDevice, report: &Report, every_s: i64, now: Moment) -> Result<(), Failure> {
        let mut values = vec![
            (Column::UsersLoggedIn, Expr::value(report.state.users_logged_in.map(i64::from))),
            (Column::BootedAt, Expr::value(plausible(report.state.booted_at, now).or(device.row.booted_at))),
            (Column::RebootRequired, Expr::value(report.state.reboot_required.map_or(-1i16, i16::from))),
            (Column::DroppedEnvironment, Expr::value(i64::from(report.dropped.environment))),
            (Column::DroppedProcesses, Expr::value(i64::from(report.dropped.processes))),
            (Column::DroppedUsers, Expr::value(i64::from(report.dropped.users))),
        ];
        // Our own agent leaves out what did not change; a foreign one leaves out what it did not look at.
        if device.row.foreign_id.is_none() || report.hardware.is_some() || report.software.is_some() {
            values.push((Column::InventoryAt, Expr::value(now.0)));
        }
        values.extend(waiting(report, now));
        self.introduce(device, report, every_s, now, values).await
    }

    /// Writes which machine it is, its contact, and `more`. An identity that a report leaves out is not forgotten.
    pub(super) async fn introduce(&self, device: &SeenDevice, report: &Report, every_s: i64, now: Moment, more: Vec<(Column, Expr)>) -> Result<(), Failure> {
        let address = address(report).or_else(|| device.row.address.clone());
        let identity = identity(&device.row, report);
        let mut values = vec![
            (Column::Search, Expr::value(keep_given(&device.row.search, words(&identity, address.as_deref())))),
            (Column::Hostname, Expr::value(identity.hostname)),
            (Column::Kind, Expr::value(identity.kind.word())),
            (Column::MachineUuid, Expr::value(identity.machine_uuid)),
            (Column::Serial, Expr::value(identity.serial)),
            (Column::Maker, Expr::value(identity.maker)),
            (Column::Model, Expr::value(identity.model)),
            (Column::Address, Expr::value(address)),
            (Column::AgentName, Expr::value(report.agent.name.clone())),
            (Column::AgentVersion, Expr::value(report.agent.version.clone())),
        ];
        values.extend(system(report));
        values.extend(contact(now, every_s));
        values.extend(more);
        self.update_device(device, values).await
    }
}

/// The columns that a contact moves.
pub(crate) fn contact(now: Moment, every_s: i64) -> [(Column, Expr); 4] {
    [
        (Column::LastSeenAt, Expr::value(now.0)),
        (Column::OnlineUntil, Expr::value(now.0 + online_for(every_s))),
        (Column::LateUntil, Expr::value(now.0 + late_for(every_s))),
        (Column::EveryS, Expr::value(every_s)),
    ]
}

/// The columns of the operating system; a partial inventory says nothing about it.
fn system(report: &Report) -> Vec<(Column, Expr)> {
    let os = &report.os;
    if os.name.is_empty() {
        return Vec::new();
    }
    vec![
        (Column::OsFamily, Expr::value(os.family.clone())),
        (Column::OsName, Expr::value(os.name.clone())),
        (Column::OsVersion, Expr::value(os.version.clone())),
        (Column::Kernel, Expr::value(os.kernel.clone())),
        (Column::Arch, Expr::value(os.arch.clone())),
    ]
}

/// An instant by the device's clock that can be true: the extremes of the type would overflow what reckons with it.
pub(super) fn plausible(at: Option<Moment>, now: Moment) -> Option<i64> {
    at.map(|at| at.0).filter(|at| (1..now.0.saturating_add(DAY)).contains(at))
}

fn waiting(report: &Report, now: Moment) -> Vec<(Column, Expr)> {
    let (pending, security, lists_at, reason) = match &report.updates {
        None => return Vec::new(),
        Some(Updates::Unknown { reason }) => (-1, -1, None, Some(reason.clone())),
        Some(Updates::Listed { lists_at, items }) => {
            let count = |items: usize| i32::try_from(items).unwrap_or(i32::MAX);
            let told = items.iter().all(|item| item.security.is_some());
            let security = items.iter().filter(|item| item.security == Some(true)).count();
            (count(items.len()), if told || security > 0 { count(security) } else { -1 }, plausible(*lists_at, now), None)
        }
    };
    vec![
        (Column::UpdatesPending, Expr::value(pending)),
        (Column::UpdatesSecurity, Expr::value(security)),
        (Column::UpdatesListsAt, Expr::value(lists_at)),
        (Column::UpdatesReason, Expr::value(reason)),
    ]
}

/// The first address that is not the machine's own loop.
fn address(report: &Report) -> Option<String> {
    let interfaces = report.hardware.as_ref()?.interfaces.iter();
    let mut addresses = interfaces.filter(|interface| interface.name != "lo").flat_map(|interface| &interface.addresses);
    addresses.find(|address| !address.starts_with("127.") && !address.contains("::1") && !address.starts_with("fe80")).cloned()
}

/// What `report` says about which machine it is, and what was known before where it says nothing.
fn identity(row: &device::Model, report: &Report) -> Identity {
    let kept = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let new = &report.identity;
    Identity {
        machine_uuid: kept(&new.machine_uuid, &row.machine_uuid),
        serial: kept(&new.serial, &row.serial),
        maker: kept(&new.maker, &row.maker),
        model: kept(&new.model, &row.model),
        ..new.clone()
    }
}

/// What parts a report's own words from those that people gave, in the text that is searched.
const GIVEN: char = '\n';

/// The searched text with new words of a report; what people gave stays.
fn keep_given(before: &str, reported: String) -> String {
    before.split_once(GIVEN).map_or_else(|| reported.clone(), |(_, given)| format!("{reported}{GIVEN}{given}"))
}

/// The searched text with another name and other tags of people; what was reported stays.
pub(super) fn with_given(before: &str, name: Option<&str>, tags: &[String]) -> String {
    let reported = before.split(GIVEN).next().unwrap_or_default();
    let given = name.into_iter().chain(tags.iter().map(String::as_str)).collect::<Vec<_>>().join(" ").to_lowercase();
    if given.is_empty() { reported.to_owned() } else { format!("{reported}{GIVEN}{given}") }
}

pub(crate) fn search(report: &Report, address: Option<&str>) -> String {
    words(&report.identity, address)
}

fn words(identity: &Identity, address: Option<&str>) -> String {
    let parts = [Some(identity.hostname.as_str()), identity.serial.as_deref(), identity.maker.as_deref(), identity.model.as_deref(), address];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_and_people_each_keep_their_words() {
        let text = with_given("web-1 pf0", Some("Front Desk"), &["gold".into()]);
        assert_eq!(text, "web-1 pf0\nfront desk gold");
        assert_eq!(keep_given(&text, "web-2 pf0".into()), "web-2 pf0\nfront desk gold");
        assert_eq!(with_given(&text, None, &[]), "web-1 pf0");
        assert_eq!(keep_given("web-1", "web-2".into()), "web-2");
    }
}
