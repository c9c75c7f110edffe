//! Updates across the fleet: compliance, the catalogue, updates on devices, rules, and runs that install.

mod choose;
mod compliance;
mod decision;
mod device;
mod model;
mod model_runs;
mod model_schedules;
mod one;
mod pairs;
mod parts;
mod rules;
mod run;
mod runs;
mod sample;
mod sample_schedules;
mod schedule;
mod schedules;
#[cfg(test)]
mod tests;
mod updates;

pub(crate) use device::DeviceUpdates;
pub use model::*;
pub use model_runs::*;
pub use model_schedules::*;
