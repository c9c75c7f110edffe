//! Reads the machine. Each file has one kind of fact, and keeps understanding apart from reading.

mod dmi;
mod hardware;
mod identity;
mod os;
mod processors;
mod users;

use std::{fs, path::Path};

use domain::{
    Moment,
    devices::report::{Agent, Report, State},
};

use crate::packages;

pub use identity::hostname;

/// Everything the agent knows about this machine, as of `now` by the device's clock.
pub async fn report(now: Moment) -> Report {
    let packages = packages::read().await;
    Report {
        taken_at: now,
        agent: Agent { name: "portico-agent".into(), version: env!("CARGO_PKG_VERSION").into() },
        identity: identity::read().await,
        os: os::read(),
        state: State { booted_at: os::booted_at(), users_logged_in: users::count().await, reboot_required: packages.reboot_required },
        hardware: Some(hardware::read()),
        software: packages.software,
        updates: Some(packages.updates),
        ..Report::default()
    }
}

/// The trimmed content of a small file, if it has any.
pub(crate) fn line(path: impl AsRef<Path>) -> Option<String> {
    let text = String::from_utf8_lossy(&fs::read(path).ok()?).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
