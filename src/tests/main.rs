//! The product tests: a real server on a real database, asked over real sockets. The same binary runs on SQLite and on PostgreSQL.

mod agents;
mod coverage;
mod devices;
mod doors;
mod harness;
mod hosts;
mod inventory;
mod jobs;
mod sessions;
mod software;
mod storage;
