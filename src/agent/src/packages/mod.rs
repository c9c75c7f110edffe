//! Installed packages and updates that wait. Nothing here refreshes a list or changes the machine.

mod apt;
mod archives;
mod dnf;
mod dpkg;
mod lists;
mod reboot;
mod rpm;
mod there;

pub use there::{There, reboot_required, there};

use std::path::Path;

use domain::devices::report::{Package, Updates};

use crate::program::{NoOutput, find};

/// What the package system says.
#[derive(Debug)]
pub struct Packages {
    /// Installed packages, sorted; `None` when they could not be read.
    pub software: Option<Vec<Package>>,
    /// Updates that wait.
    pub updates: Updates,
    /// Whether a restart is asked for.
    pub reboot_required: Option<bool>,
}

/// Asks the package system of this machine.
pub async fn read() -> Packages {
    if Path::new("/var/lib/dpkg/status").exists() && find("dpkg-query").is_some() {
        return debian().await;
    }
    if find("rpm").is_some() {
        return fedora().await;
    }
    Packages { software: None, updates: unknown("no package system that the agent knows is installed"), reboot_required: None }
}

async fn debian() -> Packages {
    let found = logged(dpkg::found().await);
    let (software, unfinished) = found.map_or((None, Vec::new()), |found| (Some(found.installed), found.unfinished));
    let reboot_required = reboot::debian(software.as_deref());
    Packages { updates: apt::updates(unfinished).await, reboot_required, software }
}

async fn fedora() -> Packages {
    let software = logged(rpm::installed().await);
    let updates = dnf::updates(software.as_deref().unwrap_or_default()).await;
    Packages { updates, reboot_required: reboot::fedora().await, software }
}

fn logged<T>(packages: Result<T, NoOutput>) -> Option<T> {
    packages.inspect_err(|error| tracing::warn!("the installed packages cannot be read: {error}")).ok()
}

fn unknown(reason: impl Into<String>) -> Updates {
    Updates::Unknown { reason: reason.into() }
}
