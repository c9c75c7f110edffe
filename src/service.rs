//! What the portal does, room by room: permission, rule, write, audit, in one transaction.

pub mod clients;
pub mod counts;
pub mod demo;
pub mod devices;
pub mod enrolment;
pub mod home;
pub mod os;
pub mod passwords;
pub mod sign_in;
pub mod software;
