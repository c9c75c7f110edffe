//! Reports: what they are made of, those that were delivered, and when the next ones are due.

mod delivered;
mod facts;
pub mod rows;
mod schedules;

pub use delivered::{DeliveredPage, DeliveredQuery, DeliveredRow, NewReport, PAGE};
pub use schedules::{SCHEDULES, ScheduleRow};
