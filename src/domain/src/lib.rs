//! The rules of Portico. Pure: no clock, no socket, no file, no database, so every rule can be tested at any instant.

pub mod alerts;
pub mod approvals;
pub mod audit;
pub mod brand;
pub mod clients;
pub mod commands;
pub mod devices;
pub mod enrolment;
pub mod home;
pub mod ids;
pub mod jobs;
pub mod notices;
pub mod patching;
pub mod people;
pub mod refusal;
pub mod reports;
pub mod requests;
pub mod sign_in;
pub mod software;
pub mod tenants;
pub mod time;
pub mod windows;
pub mod work;

pub use refusal::{Fault, Refusal};
pub use time::Moment;
