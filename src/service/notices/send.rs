//! Sends one delivery, outside of any transaction, and says what came of it.

use std::{sync::Arc, time::Instant};

use domain::{
    Moment,
    ids::{DeliveryId, Uuid},
    notices::Kind,
};
use foundation::{
    notices::{DeliveryRow, Outcome},
    post::{Allow, File, Mail, MailSettings, Mailer, NotSent, Sent, Webhooks},
};
use moka::future::Cache;
use tokio::sync::OwnedSemaphorePermit;

use super::gate::Gate;
use crate::config::Serve;

/// Webhooks that are posted at once; one of each tenant.
const HOOKS: usize = 3;
/// Tenants that are remembered.
const TENANTS: u64 = 10_000;

/// What sends: the mail server of the operator, where there is one, and webhooks.
#[derive(Debug)]
pub struct Senders {
    mail: Option<(Mailer, String)>,
    hooks: Webhooks,
    demo: bool,
    mail_gate: Gate,
    hook_gate: Gate,
    // Webhooks of one tenant, so that slow receivers of one hold up nobody else's.
    tenants: Cache<Uuid, Arc<Gate>>,
}

impl Senders {
    /// The senders that `config` names; in a demo install mail without a server is caught.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn new(config: &Serve, demo: bool) -> Result<Self, String> {
        let mail = match config.mail()? {
            Some((settings, host)) => Some((Mailer::new(settings)?, host)),
            None => None,
        };
        Ok(Self { mail, hooks: Webhooks::new(Allow::PublicOnly)?, demo, mail_gate: Gate::default(), hook_gate: Gate::of(HOOKS), tenants: Cache::new(TENANTS) })
    }

    /// Whether mail can leave, or is caught.
    pub const fn has_mail(&self) -> bool {
        self.mail.is_some()
    }

    /// Whether mail is caught instead of being sent.
    pub const fn catches(&self) -> bool {
        self.demo && self.mail.is_none()
    }

    /// Why `url` may not be a webhook, where that can be said without calling it.
    pub fn check(&self, url: &str) -> Result<(), String> {
        self.hooks.check(url).map_err(|refused| refused.message)
    }

    /// A place among those who talk to the other side; one that needs no network waits for none.
    ///
    /// # Errors
    /// When to come back.
    pub async fn place(&self, row: &DeliveryRow, now: Moment) -> Result<Vec<OwnedSemaphorePermit>, Moment> {
        match row.kind.parse() {
            Ok(Kind::Mail) if self.mail.is_some() => Ok(vec![self.mail_gate.enter(now).await?]),
            Ok(Kind::Webhook) => {
                let own = self.tenants.get_with(row.tenant_id, async { Arc::new(Gate::of(1)) }).await.enter(now).await?;
                Ok(vec![own, self.hook_gate.enter(now).await?])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Sends what `row` holds, with `files`. `hook` is the address and the secret of its webhook; `chance` spreads the next try.
    pub async fn send(&self, row: &DeliveryRow, hook: Option<(String, String)>, files: Vec<File>, now: Moment, chance: u16) -> Outcome {
        match row.kind.parse() {
            Ok(Kind::Mail) => self.send_mail(row, files, now, chance).await,
            Ok(Kind::Webhook) => match hook {
                None => Outcome::NotSent("The channel was removed.".into()),
                Some((url, secret)) => {
                    let id = DeliveryId(row.id).to_string();
                    judged(self.hooks.post(&url, row.body.as_bytes(), &id, secret.as_bytes(), now).await.map(|_| Sent { refused: Vec::new() }), chance)
                }
            },
            Err(()) => Outcome::NotSent("This program does not know this kind of delivery.".into()),
        }
    }

    async fn send_mail(&self, row: &DeliveryRow, files: Vec<File>, now: Moment, chance: u16) -> Outcome {
        let Some((mailer, host)) = &self.mail else {
            return if self.demo { Outcome::Caught } else { Outcome::NotSent("No mail server is set up (PORTICO_MAIL_URL).".into()) };
        };
        let mail = Mail {
            from_name: row.from_name.clone(),
            reply_to: None,
            to: row.recipient.split(", ").map(str::to_owned).collect(),
            subject: row.subject.clone(),
            text: row.body.clone(),
            html: row.html.clone(),
            message_id: format!("{}@{host}", DeliveryId(row.id)),
            date: Moment(row.created_at),
            files,
        };
        let begun = Instant::now();
        let result = mailer.send(&mail).await;
        // A pause begins when the try ended: a slow server takes longer to fail than the pause lasts.
        let now = now + i64::try_from(begun.elapsed().as_millis()).unwrap_or(0);
        match &result {
            Ok(_) => self.mail_gate.learned(true, now),
            Err(refused) if refused.server => self.mail_gate.learned(false, now),
            // A word on this mail says little of the server.
            Err(_) => {}
        }
        judged(result, chance)
    }
}

/// What there is to add when some recipients were refused.
fn refused(sent: &Sent) -> Option<String> {
    let each: Vec<String> = sent.refused.iter().map(|one| format!("{}: {}", one.to, one.why.message)).collect();
    (!each.is_empty()).then(|| format!("Not taken for {}", each.join("; ")))
}

fn judged(result: Result<Sent, NotSent>, chance: u16) -> Outcome {
    match result {
        Ok(sent) => {
            let note = refused(&sent);
            let rest: Vec<String> = sent.refused.into_iter().filter(|one| !one.why.permanent).map(|one| one.to).collect();
            match note {
                Some(note) if !rest.is_empty() => Outcome::Partly { note, rest, chance },
                note => Outcome::Sent(note),
            }
        }
        Err(refused) if refused.permanent => Outcome::Failed(refused.message),
        Err(refused) => Outcome::Later(refused.message, chance),
    }
}

/// The settings of mail, with the domain of the sender for message ids.
pub(crate) fn mail_settings(url: Option<&String>, from: Option<&String>) -> Result<Option<(MailSettings, String)>, String> {
    match (url, from) {
        (None, None) => Ok(None),
        (Some(_), None) => Err("PORTICO_MAIL_URL is set and PORTICO_MAIL_FROM is not: set it to the sender's address, as in notices@portal.example".into()),
        (None, Some(_)) => {
            Err("PORTICO_MAIL_FROM is set and PORTICO_MAIL_URL is not: set it to the mail server, as in smtps://user:password@mail.example".into())
        }
        (Some(url), Some(from)) => {
            let host = from.rsplit_once('@').map(|(_, host)| host.to_owned()).unwrap_or_default();
            Ok(Some((MailSettings::parse(url, from)?, host)))
        }
    }
}
