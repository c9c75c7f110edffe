//! The talk with the mail server: one connection for each mail, each recipient asked for by itself, and an end to waiting.

use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, DEFAULT_MECHANISMS},
    client::{AsyncSmtpConnection, TlsParameters},
    commands::{Data, Mail as MailFrom, Rcpt},
    extension::ClientId,
};
use tokio::time::{Instant, timeout, timeout_at};

use super::{
    Mail, MailSettings, NotSent,
    mail::{Letter, letter},
    one_line, root,
    settings::Protection,
};

const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(20);
/// For the farewell, after which nothing depends on the server.
const FAREWELL: Duration = Duration::from_secs(1);

/// Sends mail through the operator's mail server.
pub struct Mailer {
    pub(super) settings: MailSettings,
    pub(super) tls: Option<TlsParameters>,
    pub(super) whole: Duration,
}

/// What became of a mail that the server took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The recipients that it did not take it for; often none.
    pub refused: Vec<Refused>,
}

/// A recipient whom the mail server refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The address.
    pub to: String,
    /// What the server answered, and whether asking again can help.
    pub why: NotSent,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Mailer").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Mailer {
    /// A sender for `settings`; nothing is connected yet.
    ///
    /// # Errors
    /// A sentence when TLS is needed and cannot be set up, as on a machine without certificates of authorities.
    pub fn new(settings: MailSettings) -> Result<Self, String> {
        let tls = match settings.protection {
            Protection::None => None,
            Protection::StartTls | Protection::Tls => Some(TlsParameters::new(settings.host.clone()).map_err(|error| {
                format!("PORTICO_MAIL_URL needs TLS, which cannot be used: {}. Install the certificates of authorities (ca-certificates)", root(&error))
            })?),
        };
        Ok(Self { settings, tls, whole: WHOLE })
    }

    /// Sends `mail` to all its recipients within 20 seconds; those whom the server refuses are in the answer.
    ///
    /// # Errors
    /// Permanent: a mail that cannot be written down, and 5xx to the mail or to every recipient. For now: 4xx, and faults before the mail was
    /// offered, the sender's address included, which are the connection's or the operator's.
    pub async fn send(&self, mail: &Mail) -> Result<Sent, NotSent> {
        let letter = letter(mail, &self.settings.from)?;
        let end = Instant::now() + self.whole;
        let late = |_| NotSent::server(format!("the mail server did not finish within {} seconds", self.whole.as_secs()));
        let mut connection = timeout_at(end, self.connect()).await.map_err(late)??;
        let outcome = timeout_at(end, hand_over(&mut connection, &letter)).await.map_err(late)?;
        // Outside of the limit: what was taken must not be called late.
        let _ = timeout(FAREWELL, connection.abort()).await;
        outcome
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, NotSent> {
        let hello = ClientId::Domain(self.settings.from.domain().to_owned());
        let wrapped = self.tls.clone().filter(|_| self.settings.protection == Protection::Tls);
        let sockets = self.sockets().await?;
        let connected = AsyncSmtpConnection::connect_tokio1(&sockets[..], Some(CONNECT), &hello, wrapped, None).await;
        let mut connection = connected.map_err(|error| before("took no connection", &error))?;
        if let (Protection::StartTls, Some(tls)) = (self.settings.protection, &self.tls) {
            connection.starttls(tls.clone(), &hello).await.map_err(|error| before("did not start TLS", &error))?;
        }
        if let Some((user, password)) = &self.settings.login {
            let credentials = Credentials::new(user.clone(), password.clone());
            let taken = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
            taken.map_err(|error| before("did not take the user name and password", &error))?;
        }
        Ok(connection)
    }

    /// The name of this machine is not asked of a name server: without TLS the answer would be trusted.
    async fn sockets(&self) -> Result<Vec<SocketAddr>, NotSent> {
        let (host, port) = (self.settings.host.as_str(), self.settings.port);
        if host == "localhost" {
            return Ok(vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()]);
        }
        let found = tokio::net::lookup_host((host, port)).await;
        Ok(found.map_err(|error| NotSent::server(format!("the mail server's name cannot be resolved: {}", root(&error))))?.collect())
    }
}

/// A fault before the mail was offered. Also a 5xx says nothing of the mail here: the operator mends it, and the next try gets through.
fn before(what: &str, error: &Error) -> NotSent {
    NotSent::server(format!("the mail server {what}: {}", said(error)))
}

/// What became of a command that concerns the mail itself.
fn fault(error: &Error) -> NotSent {
    NotSent { message: format!("the mail server refused the mail: {}", said(error)), permanent: error.is_permanent(), server: false }
}

/// The code and the text of the server, or the fault of the connection.
fn said(error: &Error) -> String {
    error.status().map_or_else(|| root(error), |code| one_line(&format!("{code} {}", root(error))))
}

async fn hand_over(connection: &mut AsyncSmtpConnection, letter: &Letter) -> Result<Sent, NotSent> {
    // The sender is the operator's setting, not the mail's.
    connection.command(MailFrom::new(letter.envelope.from().cloned(), vec![])).await.map_err(|error| before("did not take the sender", &error))?;
    let refused = recipients(connection, letter).await?;
    if refused.len() == letter.envelope.to().len() {
        return Err(nobody(&refused));
    }
    connection.command(Data).await.map_err(|error| fault(&error))?;
    connection.message(&letter.bytes).await.map_err(|error| fault(&error))?;
    Ok(Sent { refused })
}

/// Offers each recipient; those who were refused.
async fn recipients(connection: &mut AsyncSmtpConnection, letter: &Letter) -> Result<Vec<Refused>, NotSent> {
    let mut refused = Vec::new();
    for to in letter.envelope.to() {
        let Err(error) = connection.command(Rcpt::new(to.clone(), vec![])).await else { continue };
        let code = error.status().map(|code| code.to_string());
        // After 421 the server hangs up: that is no word on the recipient.
        if code.is_none_or(|code| code == "421") {
            return Err(fault(&error));
        }
        refused.push(Refused { to: to.to_string(), why: NotSent { message: said(&error), permanent: error.is_permanent(), server: false } });
    }
    Ok(refused)
}

fn nobody(refused: &[Refused]) -> NotSent {
    let first = refused.first().map_or("", |one| one.why.message.as_str());
    NotSent { message: format!("the mail server took no recipient: {first}"), permanent: refused.iter().all(|one| one.why.permanent), server: false }
}
