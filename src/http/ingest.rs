//! What agents send. One file per protocol; no session opens these routes.

pub mod agent;
mod body;
pub mod commands;
mod fusion;
mod glpi;
pub mod inventory;
mod message;
mod reject;
mod signed;

/// The largest report, unpacked.
pub const UNPACKED: usize = 32 * 1024 * 1024;
/// How often our own agent reports, in seconds.
pub const OWN_EVERY_S: i64 = 300;
/// How often foreign agents report, in hours; their protocol knows no shorter unit.
pub const FOREIGN_EVERY_H: u32 = 1;
