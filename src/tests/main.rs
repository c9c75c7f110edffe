//! The product tests: a real server on a real database, asked over real sockets. The same binary runs on SQLite and on PostgreSQL.

mod agents;
mod alerts;
mod audit;
mod clients;
mod commands;
mod coverage;
mod device_acts;
mod devices;
mod doors;
mod enrolment;
mod harness;
mod hosts;
mod input;
mod inventory;
mod jobs;
mod people;
mod reach;
mod reports;
mod running;
mod sessions;
mod software;
mod storage;
