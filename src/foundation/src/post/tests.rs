//! Both senders against real servers, and everything that must not get past them.

mod addresses;
mod letters;
mod mails;
mod receiver;
mod refusals;
mod server;
mod settings;
mod webhooks;

use domain::Moment;

/// 2026-10-05 07:00:00.123 UTC.
const NOW: Moment = Moment(1_791_183_600_123);
