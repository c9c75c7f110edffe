//! Starts and stops what the command line asks for.

use std::{net::SocketAddr, path::Path, sync::Arc};

use domain::Refusal;
use foundation::{Clock, Database, Failure, tenancy::DatabaseUrls};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::{
    config::{self, Cli, Command, LogForm, NewKey, OperatorCommand, Serve, Storage, TenantCommand},
    http::{self, App},
    jobs,
    service::{backup, demo, enrolment, tenants},
};

/// Sends log lines to standard error: level, time, message, fields.
pub fn log(cli: &Cli) {
    let filter = EnvFilter::try_new(&cli.log_level).unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    match cli.log {
        LogForm::Text => lines.with_target(false).init(),
        LogForm::Json => lines.json().flatten_event(true).with_current_span(false).with_span_list(false).init(),
    }
}

/// Does what `cli` asks for.
///
/// # Errors
/// A sentence for the person at the console.
pub async fn run(cli: Cli) -> Result<(), String> {
    match &cli.command {
        Command::Backup { file } => return backup::make(&cli.storage, file).await,
        Command::Restore { file, force } => return backup::restore(&cli.storage, file, *force).await,
        _ => {}
    }
    let database = open(&cli.storage).await?;
    let clock = Clock::default();
    match cli.command {
        Command::Backup { .. } | Command::Restore { .. } => Ok(()),
        Command::Serve(serve) => run_server(database, clock, serve).await,
        Command::Demo { devices, updates, reset } => {
            let database = if reset { empty(database, &cli.storage).await? } else { database };
            demo::fill_to_measure(&database, devices, updates, clock.now()).await.map(drop)
        }
        Command::EnrolmentKey(key) => print_key(&database, &key, &clock).await,
        Command::Tenant(TenantCommand::Create(wanted)) => create_tenant(&database, &wanted, &clock).await,
        Command::Operator(OperatorCommand::Create { email, name }) => create_operator(&database, &email, &name, &clock).await,
    }
}

/// Opens the database, with its folder when it is a file.
///
/// # Errors
/// A sentence for the person at the console.
pub async fn open(storage: &Storage) -> Result<Database, String> {
    if let Some(folder) = storage.database_url.strip_prefix("sqlite:").and_then(|path| Path::new(path.trim_start_matches("//")).parent()) {
        std::fs::create_dir_all(folder).map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))?;
    }
    Database::open(&urls(storage)).await
}

/// Where the data is, for the foundation.
pub fn urls(storage: &Storage) -> DatabaseUrls {
    DatabaseUrls { app: storage.database_url.clone(), owner: storage.owner_database_url.clone() }
}

/// The same database without a row, if the demo made all of them.
async fn empty(database: Database, storage: &Storage) -> Result<Database, String> {
    demo::refuse_what_is_not_the_demo(&database).await?;
    database.close().await;
    Database::recreate(&urls(storage)).await?;
    tracing::info!("the demo was emptied");
    open(storage).await
}

async fn print_key(database: &Database, key: &NewKey, clock: &Clock) -> Result<(), String> {
    let token = enrolment::key_from_console(database, key, clock.now()).await.map_err(|failure| failure.to_string())?;
    println!("{token}");
    Ok(())
}

async fn create_tenant(database: &Database, wanted: &config::NewTenant, clock: &Clock) -> Result<(), String> {
    let new = tenants::Wanted {
        name: wanted.name.clone(),
        slug: wanted.slug.clone(),
        owner: wanted.owner.clone(),
        owner_name: wanted.owner_name.clone(),
        host: wanted.host.clone().unwrap_or_default(),
    };
    let made = tenants::create(database, &database.console(), &new, clock.now()).await.map_err(|failure| sentence(&failure))?;
    println!("{}", made.link(&wanted.url));
    eprintln!("The tenant is made. Its owner opens the link above once, within three days, and sets a password.");
    Ok(())
}

async fn create_operator(database: &Database, email: &str, name: &str, clock: &Clock) -> Result<(), String> {
    let password = tenants::create_operator(&database.console(), email, name, clock.now()).await.map_err(|failure| sentence(&failure))?;
    println!("{password}");
    eprintln!("The operator is made; the line above is the password, and is shown only here.");
    Ok(())
}

/// What a failure says at the console, with each field that is wrong.
fn sentence(failure: &Failure) -> String {
    match failure {
        Failure::Refused(Refusal::Invalid(faults)) => faults.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

async fn run_server(database: Database, clock: Clock, serve: Serve) -> Result<(), String> {
    serve.check()?;
    if serve.demo {
        demo::fill(&database, serve.demo_devices, serve.port, clock.now()).await?;
    }
    let address = SocketAddr::new(serve.address, serve.port);
    let listener = TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}. Choose another with PORT="))?;
    let address = listener.local_addr().unwrap_or(address);
    let app = Arc::new(App::new(database.clone(), clock, serve).await?);
    let jobs = jobs::start(&app).await?;
    // Before anybody is told that it serves, so that whoever stops it at once is heard.
    let stop = stop_signal();
    tracing::info!(%address, "serving");
    http::serve(listener, app, stop).await;
    jobs.stop().await;
    database.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Resolves at the first SIGTERM or SIGINT after this was called.
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        let (Ok(mut term), Ok(mut int)) = signals else { return std::future::pending().await };
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    }
}
