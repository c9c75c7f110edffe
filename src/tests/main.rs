//! The product tests: a real server on a real database, asked over real sockets. The same binary runs on SQLite and on PostgreSQL.

mod agents;
mod audit;
mod coverage;
mod devices;
mod doors;
mod harness;
mod hosts;
mod inventory;
mod jobs;
mod running;
mod sessions;
mod storage;
