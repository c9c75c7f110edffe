//! The Portico server: routes and services above the domain and the foundation.
#![recursion_limit = "256"]

pub mod boot;
pub mod config;
pub mod demo;
pub mod http;
pub mod jobs;
pub mod service;
