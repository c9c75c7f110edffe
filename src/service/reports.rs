//! Reports: made from what pages list, kept as they were delivered, and made by themselves on schedules.

mod delivered;
mod mail;
mod make;
mod occurrence;
mod papers;
mod patching;
mod schedules;

pub use delivered::{Wanted, delivered, keep, library, one};
pub use mail::{enclosed, to_enclose};
pub use make::{brand_of, made, preview};
pub use occurrence::{Owed, REPORT_DUE, REPORT_OWED, deliver, due, look, owed};
pub use papers::{Paper, on_paper};
pub use schedules::{add, change, form, list, new_form, pause, remove};
