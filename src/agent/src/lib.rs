//! The Linux agent of Portico: it reads the machine, signs what it read, and reports it. It changes nothing unless it is told that it may.

pub mod backoff;
pub mod buffer;
pub mod cli;
pub mod collect;
pub mod commands;
pub mod enrol;
pub mod http;
pub mod measure;
pub mod orders;
pub mod outside;
pub mod packages;
pub mod program;
pub mod reporter;
pub mod sections;
pub mod send;
pub mod server;
pub mod state;
pub mod tidy;
