//! `TestApp`: a server with the two demo tenants, and everybody who may ask it something.

mod browser;
mod database;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

pub use browser::{Answer, Browser};
use clap::Parser;
pub use database::Place;
use domain::ids::{DeviceId, TenantId};
use foundation::{Clock, Database, Principal, Tenant, devices::DEMO, jobs::rows::job, tenancy::DatabaseUrls};
use portico::{
    config::{Cli, Command, Serve},
    http::{self, App},
    service::demo,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// Devices of the first tenant; the second has a quarter.
pub const DEVICES: usize = 240;
/// The host of the first tenant.
pub const NORTHWIND: &str = "northwind.localhost";
/// The host of the second tenant.
pub const BLUEFIN: &str = "bluefin.localhost";

/// A running server.
pub struct TestApp {
    pub address: SocketAddr,
    pub app: Arc<App>,
    pub clock: Clock,
    pub northwind: TenantId,
    pub bluefin: TenantId,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<()>>,
    place: Place,
}

impl TestApp {
    /// Starts a server with both tenants.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts a server with further flags of `portico serve`.
    pub async fn start_with(flags: &[&str]) -> Self {
        Self::filled(flags, false).await
    }

    /// Starts a server whose demo devices have updates, with what was decided about them and runs.
    pub async fn start_with_updates() -> Self {
        Self::filled(&[], true).await
    }

    async fn filled(flags: &[&str], updates: bool) -> Self {
        let place = Place::new().await;
        let database = place.open().await;
        let clock = Clock::default();
        let filled = if updates {
            demo::fill(&database, DEVICES, 3000, clock.now()).await
        } else {
            demo::fill_without_updates(&database, DEVICES, 3000, clock.now()).await
        };
        filled.expect("the demo");
        let northwind = front(&database, "northwind").await;
        let bluefin = front(&database, "bluefin").await;
        for tenant in [northwind, bluefin] {
            without_jobs(&database, tenant).await;
        }
        let app = Arc::new(App::new(database, clock.clone(), serve_flags(flags)).await.expect("the server"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(http::serve(listener, Arc::clone(&app), async move { drop(stopped.await) }));
        Self { address, app, clock, northwind, bluefin, stop: Some(stop), served: Some(served), place }
    }

    /// The database behind the server.
    pub fn database(&self) -> &Database {
        &self.app.database
    }

    /// Where the database is.
    pub fn urls(&self) -> DatabaseUrls {
        self.place.urls.clone()
    }

    /// A folder that is gone after the test.
    pub fn folder(&self) -> PathBuf {
        self.place.folder().to_owned()
    }

    /// Somebody at `host` who is not signed in.
    pub fn anon(&self, host: &str) -> Browser {
        Browser::new(self.address, host)
    }

    /// Somebody signed in at `host`.
    pub async fn signed_in(&self, host: &str, email: &str) -> Browser {
        let mut browser = self.anon(host);
        let answer = browser.sign_in(email, demo::PASSWORD).await;
        assert_eq!(answer.status, 303, "{email} signs in: {}", answer.body);
        browser
    }

    /// The owner of Northwind.
    pub async fn owner(&self) -> Browser {
        self.signed_in(NORTHWIND, "owner@northwind.example").await
    }

    /// A technician of Northwind with two clients only.
    pub async fn scoped(&self) -> Browser {
        self.signed_in(NORTHWIND, "scoped@northwind.example").await
    }

    /// The contact of Castell Legal.
    pub async fn contact(&self) -> Browser {
        self.signed_in(NORTHWIND, "contact@castell-legal.example").await
    }

    /// The operator, at the platform host.
    pub async fn operator(&self) -> Browser {
        self.signed_in("localhost", demo::OPERATOR).await
    }

    /// The tenant, entered to look at what is stored.
    pub async fn inside(&self, tenant: TenantId) -> Tenant {
        self.database().enter(&DEMO, tenant).await.expect("entered")
    }

    /// A device of `client` at `tenant`.
    pub async fn device_of(&self, tenant: TenantId, client: &str) -> DeviceId {
        let tenant = self.inside(tenant).await;
        let client = tenant.clients().await.expect("clients").into_iter().find(|row| row.name == client).expect("the client");
        let query = domain::devices::query::DeviceQuery { client: Some(client.id.into()), ..Default::default() };
        tenant.device_lines(&query, self.clock.now(), 1).await.expect("devices")[0].id()
    }

    /// A fresh enrolment key of Northwind's client `client`.
    pub async fn key(&self, client: &str, flags: &[&str]) -> String {
        self.key_at("northwind", client, flags).await
    }

    /// A fresh enrolment key of the tenant with this slug; client and site are made when they are missing.
    pub async fn key_of(&self, slug: &str, client: &str) -> String {
        self.key_at(slug, client, &[]).await
    }

    async fn key_at(&self, slug: &str, client: &str, flags: &[&str]) -> String {
        let arguments = ["portico", "enrolment-key", "--tenant", slug, "--client", client].into_iter().chain(flags.iter().copied());
        let Command::EnrolmentKey(wanted) = Cli::parse_from(arguments).command else { panic!("not a key") };
        portico::service::enrolment::key_from_console(self.database(), &wanted, self.clock.now()).await.expect("a key")
    }

    /// Ends the server; open requests end first.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        self.served.take().expect("served once").await.expect("the server ends well");
    }
}

/// Takes away the work that the demo asked for: when it is due depends on the hour of the day.
async fn without_jobs(database: &Database, tenant: TenantId) {
    let writing = database.enter(&DEMO, tenant).await.expect("entered").writing().await.expect("writing");
    writing.delete::<job::Entity>(sea_orm::Condition::all()).await.expect("deleted");
    writing.commit().await.expect("kept");
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(served) = &self.served {
            served.abort();
        }
    }
}

/// The flags of `portico serve`, with a limit per address that tests do not meet by chance, and counts that are never old.
pub fn serve_flags(flags: &[&str]) -> Serve {
    let counts: &[&str] = if flags.contains(&"--counts-seconds") { &[] } else { &["--counts-seconds", "0"] };
    let usual = ["portico", "serve", "--allow-path-tenants"];
    let failures: &[&str] = if flags.contains(&"--address-failures") { &[] } else { &["--address-failures", "100000"] };
    match Cli::parse_from(usual.iter().chain(counts).chain(failures).chain(flags)).command {
        Command::Serve(serve) => serve,
        other => panic!("{other:?}"),
    }
}

async fn front(database: &Database, slug: &str) -> TenantId {
    database.directory().front_of_slug(slug).await.expect("asked").expect("the tenant").tenant
}

/// A job of the platform, for looking at what is stored.
pub const JOB: Principal = Principal::Job("test");
