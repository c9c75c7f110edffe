//! Enrolment: the keys that new devices present, how to install an agent, and the devices that wait for approval.

mod form;
mod install;
mod key;
mod keys;
mod model;
mod pending;
mod sample;
#[cfg(test)]
mod tests;

pub use model::*;
