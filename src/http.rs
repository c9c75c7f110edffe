//! Routes: host to tenant, session to caller, and one file of handlers per room.

mod account;
mod alerts;
mod api;
mod approvals;
mod assets;
mod audit;
mod body;
mod brand;
mod caller;
mod clients;
mod devices;
mod duplicates;
mod enrolment;
mod errors;
mod export;
mod guard;
mod health;
mod home;
pub mod ingest;
mod jobs;
mod listen;
mod mail;
mod monitoring;
mod noted;
mod notices;
mod page;
mod patching;
mod pending;
mod people;
mod place;
mod reports;
mod requests;
mod router;
mod routes;
mod sent;
mod session;
mod sign_in;
mod software;
mod tenants;
mod told;
mod view;
mod welcome;
mod windows;
mod work;

use std::{sync::Arc, time::Duration};

use foundation::{
    Clock, Database,
    devices::{Batch, Reports},
    directory::Front,
};
use moka::future::Cache;

pub use listen::serve;
pub use router::dispatch;
pub use routes::{Route, routes};

use crate::{
    config::Serve,
    service::{alerts::Onlookers, commands::Waiting, counts::CountsCache, notices::Senders, passwords::Passwords},
};

/// How long a host's tenant and brand are remembered; a suspension is felt within this time.
const FRONTS_FOR: Duration = Duration::from_secs(2);

/// Everything a request may need.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub database: Database,
    /// The time.
    pub clock: Clock,
    /// When this server began to take reports.
    pub started: domain::Moment,
    /// How the server was started.
    pub config: Serve,
    /// The queue of reports.
    pub reports: Reports,
    /// The queue of password checks.
    pub passwords: Passwords,
    /// The agents that wait for work.
    pub waiting: Waiting,
    /// Whoever has the inbox open.
    pub onlookers: Onlookers,
    /// Counts of lists, reused for seconds.
    pub counts: CountsCache,
    /// What sends mail and webhooks.
    pub senders: Senders,
    /// Whether this is a demo install.
    pub demo: bool,
    work: work::Work,
    fronts: Cache<String, Option<Arc<Front>>>,
    routers: router::Routers,
}

impl App {
    /// Makes everything a request may need, and starts the queue of reports.
    ///
    /// # Errors
    /// A sentence for the person at the console.
    pub async fn new(database: Database, clock: Clock, config: Serve) -> Result<Self, String> {
        let demo = database.directory().setting("kind").await.map_err(|failure| failure.to_string())?;
        let demo = demo.as_deref() == Some("demo");
        Ok(Self {
            senders: Senders::new(&config, demo)?,
            reports: Reports::start(database.clone(), Batch::default()),
            passwords: Passwords::start()?,
            waiting: Waiting::default(),
            onlookers: Onlookers::default(),
            counts: CountsCache::new(Duration::from_secs(config.counts_seconds)),
            demo,
            work: work::Work::default(),
            fronts: Cache::builder().max_capacity(20_000).time_to_live(FRONTS_FOR).build(),
            routers: router::Routers::new(&config),
            started: clock.now(),
            database,
            clock,
            config,
        })
    }
}
