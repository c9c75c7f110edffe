//! How a server is told what to be: flags, each with its environment variable, and a file below both.

mod file;

use std::{net::IpAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
pub use file::read;
use foundation::post::MailSettings;

use crate::service::notices::mail_settings;

/// The portal a managed service provider runs its business on.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Where the data is.
    #[command(flatten)]
    pub storage: Storage,
    /// How log lines are written.
    #[arg(long, env = "PORTICO_LOG", value_enum, default_value_t = LogForm::Text, global = true)]
    pub log: LogForm,
    /// How much is logged: `info`, or by part: `info,sqlx=warn`.
    #[arg(long, env = "RUST_LOG", default_value = "info,sqlx=warn", global = true)]
    pub log_level: String,
    /// A file of settings, one NAME=VALUE a line, with the names of the environment variables. Flags and the environment win.
    #[arg(long, env = "PORTICO_CONFIG", global = true)]
    pub config: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal.
    Serve(Serve),
    /// Fill the demo's own tenants; a demo install only.
    Demo {
        /// Devices of the first tenant; the second gets a quarter.
        #[arg(long, default_value_t = crate::service::demo::DEVICES)]
        devices: usize,
        /// Further invented updates on each device, to measure with.
        #[arg(long, default_value_t = 0)]
        updates: usize,
        /// Empty the database first; only when the demo made everything in it.
        #[arg(long)]
        reset: bool,
    },
    /// Copy the database into a file, also while the server runs (SQLite).
    Backup {
        /// The file to make; it must not exist yet.
        file: PathBuf,
    },
    /// Put a backup in the place of the database; the server must be stopped (SQLite).
    Restore {
        /// The file that `portico backup` made.
        file: PathBuf,
        /// Replace the database that is there; it is kept beside, with `.replaced` after its name.
        #[arg(long)]
        force: bool,
    },
    /// Make an enrolment key and print it.
    EnrolmentKey(NewKey),
    /// Make a tenant and its owner, and print the owner's one-time link.
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Make an operator, and print the password.
    #[command(subcommand)]
    Operator(OperatorCommand),
}

/// What to do with tenants.
#[derive(Debug, Clone, Subcommand)]
pub enum TenantCommand {
    /// Make a tenant and its owner.
    Create(NewTenant),
}

/// What to do with operators.
#[derive(Debug, Clone, Subcommand)]
pub enum OperatorCommand {
    /// Make an operator.
    Create {
        /// The address they sign in with.
        #[arg(long)]
        email: String,
        /// Their name.
        #[arg(long)]
        name: String,
    },
}

/// Which tenant to make.
#[derive(Debug, Clone, Args)]
pub struct NewTenant {
    /// The MSP's name.
    #[arg(long)]
    pub name: String,
    /// Its label in host names: 2 to 40 of a-z, 0-9 and hyphens.
    #[arg(long)]
    pub slug: String,
    /// The owner's e-mail.
    #[arg(long)]
    pub owner: String,
    /// The owner's name; the part before the @ when it is left out.
    #[arg(long, default_value = "")]
    pub owner_name: String,
    /// The host name the tenant answers on; `<slug>.localhost` when it is left out.
    #[arg(long)]
    pub host: Option<String>,
    /// The address of the platform as people type it: gives the link its scheme and port.
    #[arg(long, env = "PORTICO_EXTERNAL_URL", default_value = "http://localhost:3000")]
    pub url: String,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Storage {
    /// `sqlite:PATH`, or `postgres://..` of a role that owns no tables.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:.portico/portico.db", global = true, hide_env_values = true)]
    pub database_url: String,
    /// `postgres://..` of the role that owns the tables, to bring them up to date.
    #[arg(long, env = "PORTICO_OWNER_DATABASE_URL", global = true, hide_env_values = true)]
    pub owner_database_url: Option<String>,
}

/// How to serve.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// The port to listen on.
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// The address to listen on.
    #[arg(long, env = "PORTICO_ADDRESS", default_value = "127.0.0.1")]
    pub address: IpAddr,
    /// Host names of the platform itself, besides the loopback ones.
    #[arg(long, env = "PORTICO_HOSTS", value_delimiter = ',')]
    pub hosts: Vec<String>,
    /// The address people type, when it is not loopback: `https://portal.example`.
    #[arg(long, env = "PORTICO_EXTERNAL_URL")]
    pub external_url: Option<String>,
    /// Addresses of proxies whose forwarded headers count.
    #[arg(long, env = "PORTICO_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// Serve tenants below `/t/<slug>` of the platform host: for agents and development.
    #[arg(long, env = "PORTICO_ALLOW_PATH_TENANTS")]
    pub allow_path_tenants: bool,
    /// Failed sign-ins that one address may make in ten minutes.
    #[arg(long, env = "PORTICO_ADDRESS_FAILURES", default_value_t = 50)]
    pub address_failures: u32,
    /// Seconds for which a page's counts are reused.
    #[arg(long, env = "PORTICO_COUNTS_SECONDS", default_value_t = 5)]
    pub counts_seconds: u64,
    /// The mail server: `smtps://user:password@mail.example`, or `smtp://..` with STARTTLS.
    #[arg(long, env = "PORTICO_MAIL_URL", hide_env_values = true)]
    pub mail_url: Option<String>,
    /// The address that mail is from: `notices@portal.example`.
    #[arg(long, env = "PORTICO_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Make this a demo install: two MSPs with invented devices, and sign-ins that everybody knows.
    #[arg(long)]
    pub demo: bool,
    /// Devices of the demo's first tenant.
    #[arg(long, default_value_t = crate::service::demo::DEVICES)]
    pub demo_devices: usize,
    /// The folder with the agent's packages, which machines fetch from /agent/packages.
    #[arg(long, env = "PORTICO_AGENT_PACKAGES", default_value = "target/package")]
    pub agent_packages: PathBuf,
    /// The folder with the built files.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site")]
    pub site: PathBuf,
}

/// Which enrolment key to make.
#[derive(Debug, Clone, Args)]
pub struct NewKey {
    /// The tenant's slug.
    #[arg(long)]
    pub tenant: String,
    /// The client's name; made when it is missing.
    #[arg(long)]
    pub client: String,
    /// The site's name; made when it is missing.
    #[arg(long, default_value = "Main")]
    pub site: String,
    /// What people call the key.
    #[arg(long, default_value = "Command line")]
    pub name: String,
    /// Let each device wait for approval.
    #[arg(long)]
    pub approval: bool,
    /// Days until it takes no new devices.
    #[arg(long)]
    pub days: Option<i64>,
    /// Devices it may enrol.
    #[arg(long)]
    pub most: Option<i64>,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LogForm {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Serve {
    /// Whether people reach the portal by https.
    pub fn is_https(&self) -> bool {
        self.external_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The mail server and the sender's domain, where mail is set up.
    ///
    /// # Errors
    /// A sentence that names the setting and does not repeat it.
    pub fn mail(&self) -> Result<Option<(MailSettings, String)>, String> {
        let set = |setting: &Option<String>| setting.clone().filter(|text| !text.is_empty());
        mail_settings(set(&self.mail_url).as_ref(), set(&self.mail_from).as_ref())
    }

    /// Refuses a set-up in which cookies would travel in the clear, and mail settings that cannot be.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn check(&self) -> Result<(), String> {
        self.mail()?;
        let proxied = !self.trusted_proxies.is_empty();
        match &self.external_url {
            Some(url) if !url.starts_with("https://") && !proxied => Err(format!(
                "PORTICO_EXTERNAL_URL is {url}: sessions would travel in the clear. Use https, or set PORTICO_TRUSTED_PROXIES to the proxy that ends TLS"
            )),
            None if !self.address.is_loopback() && !proxied => Err(format!(
                "PORTICO_ADDRESS {} can be reached from outside: set PORTICO_EXTERNAL_URL to the https address, or PORTICO_TRUSTED_PROXIES to the proxy that ends TLS",
                self.address
            )),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
