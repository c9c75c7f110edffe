//! The pages: a design system, the frame around every page, and one room per noun. Pages are pure; they take view models and return HTML.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod alerts;
#[cfg(feature = "ssr")]
pub mod approvals;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod brand;
#[cfg(feature = "ssr")]
pub mod clients;
#[cfg(feature = "ssr")]
pub mod devices;
#[cfg(feature = "ssr")]
pub mod enrolment;
#[cfg(feature = "ssr")]
pub mod errors;
pub mod home;
#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
pub mod layout;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod patching;
#[cfg(feature = "ssr")]
pub mod people;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
pub mod reports;
#[cfg(feature = "ssr")]
pub mod requests;
#[cfg(feature = "ssr")]
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod software;
#[cfg(feature = "ssr")]
pub mod tenants;
pub mod ui;
#[cfg(feature = "ssr")]
pub mod windows;
#[cfg(feature = "ssr")]
pub mod work;

#[cfg(feature = "ssr")]
pub use layout::frame::{Assets, Audience, Brand, Clock, Counts, Frame, Theme, Viewer, href};
#[cfg(feature = "ssr")]
pub use render::{render, render_part};

/// Keeps the islands linked into the browser build.
pub fn link_islands() {
    ui::live::link();
}
