//! What the portal does, room by room: permission, rule, write, audit, in one transaction.

pub mod alerts;
pub mod audit;
pub mod backup;
pub mod brand;
pub mod clients;
pub mod commands;
pub mod counts;
pub mod demo;
pub mod devices;
pub mod duplicates;
pub mod enrolment;
pub mod first_steps;
pub mod home;
pub mod os;
pub mod parked;
pub mod passwords;
pub mod people;
pub mod reports;
pub mod sign_in;
pub mod software;
pub mod tenants;
