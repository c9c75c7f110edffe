//! The demo: two invented tenants with people, clients and any number of devices. Pure and repeatable; it reads no clock, file or database.

mod bluefin;
mod device;
mod draft;
mod fleet;
mod history;
mod listed;
mod machine;
mod northwind;
mod people;
mod post;
mod presence;
pub mod requests;
mod rng;
mod software;
mod systems;
mod tenant;
#[cfg(test)]
mod tests;

pub use device::{DemoChange, DemoDevice};
use domain::devices::report::{Package, Update};
pub use fleet::Fleet;
pub use presence::Contact;
pub use tenant::{DemoClient, DemoPerson, DemoScope, DemoSite, DemoTenant, SignInLine, Trade};

/// The two tenants of a demo.
pub fn tenants() -> [DemoTenant; 2] {
    [northwind::tenant(), bluefin::tenant()]
}

/// `count` devices of `tenant`; [`Fleet::at`] places them in time.
pub fn devices(tenant: &DemoTenant, seed: u64, count: usize) -> Fleet {
    Fleet::new(tenant, seed, count)
}

/// The packages of each software set, sorted; a device's `software_set` is the place in this list.
pub fn software_sets() -> impl ExactSizeIterator<Item = &'static [Package]> {
    software::sets().iter().map(|set| set.packages.as_slice())
}

/// The updates that wait on a machine with each software set, in the order of [`software_sets`].
pub fn waiting_sets() -> impl ExactSizeIterator<Item = &'static [Update]> {
    software::sets().iter().map(|set| set.waiting.as_slice())
}
