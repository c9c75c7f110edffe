//! Channels: where notices go. Each act is a transaction: permission, rule, change, audit.

use app::{
    notices::{ChannelLine, ChannelPage, ChannelsPage, MailState, RouteLine},
    people::Faults,
};
use domain::{
    Fault, Refusal,
    alerts::{Channel, Target, channel},
    ids::ChannelId,
    notices::Kind,
};
use foundation::{Failure, Tenant, Writing, audit::Act, fresh_id, notices::Kept, secrets};

use super::{Senders, require};
use crate::service::devices::By;

/// What a person typed about a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChannelForm {
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub on: bool,
    /// `email` or `webhook`.
    pub kind: String,
    /// The addresses.
    pub to: String,
    /// The webhook's address.
    pub url: String,
    /// The version that was looked at.
    pub revision: String,
}

impl ChannelForm {
    fn read(&self, id: ChannelId, senders: &Senders) -> Result<Channel, Refusal> {
        let mut faults = Vec::new();
        let name = channel::name(&self.name).map_err(|fault| faults.push(fault)).ok();
        let target = Target::typed(&self.kind, &self.to, &self.url).and_then(|target| sendable(target, senders)).map_err(|fault| faults.push(fault)).ok();
        match (name, target) {
            (Some(name), Some(target)) => Ok(Channel { id, name, on: self.on, target }),
            _ => Err(Refusal::Invalid(faults)),
        }
    }

    /// The form again, with what is wrong beside its fields.
    pub fn page(self, id: Option<ChannelId>, faults: Faults) -> ChannelPage {
        let Self { name, on, kind, to, url, revision } = self;
        ChannelPage { id, name, on, kind, to, url, revision, faults }
    }
}

/// What the senders would refuse is refused when it is typed.
fn sendable(target: Target, senders: &Senders) -> Result<Target, Fault> {
    match &target {
        Target::Webhook { url } => senders.check(url).map_err(|why| Fault::new("url", why))?,
        Target::Email { to } => {
            if let Some(odd) = to.iter().find(|address| !address.is_ascii()) {
                return Err(Fault::new("to", format!("\u{201c}{odd}\u{201d} has letters that mail addresses here cannot have; write its domain as xn--")));
            }
        }
    }
    Ok(target)
}

/// What the pages say of a channel's way.
pub(super) const fn kind(target: &Target) -> Kind {
    match target {
        Target::Email { .. } => Kind::Mail,
        Target::Webhook { .. } => Kind::Webhook,
    }
}

/// The channels and routes.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub async fn overview(tenant: &Tenant, senders: &Senders) -> Result<ChannelsPage, Failure> {
    require(tenant)?;
    let (channels, routes) = (tenant.channels().await?, tenant.routes().await?);
    let mail = match (senders.has_mail(), senders.catches()) {
        (true, _) => MailState::Ready,
        (false, true) => MailState::Caught,
        (false, false) => MailState::Missing,
    };
    let named = |id: ChannelId| channels.iter().find(|kept| kept.it.id == id).map(|kept| kept.it.name.clone()).unwrap_or_default();
    let lines =
        routes.iter().map(|Kept { it, .. }| RouteLine { id: it.id, name: it.name.clone(), on: it.on, sentence: it.sentence(), channel: named(it.channel) });
    let lines = lines.collect();
    let leads = |id: ChannelId| routes.iter().filter(|kept| kept.it.channel == id).count();
    let shown = channels.iter().map(|Kept { it, .. }| ChannelLine {
        id: it.id,
        name: it.name.clone(),
        on: it.on,
        kind: kind(&it.target),
        words: it.target.words(),
        routes: leads(it.id),
    });
    Ok(ChannelsPage { channels: shown.collect(), routes: lines, mail })
}

/// The form for a new channel.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub fn new_channel(tenant: &Tenant) -> Result<ChannelPage, Failure> {
    require(tenant)?;
    Ok(ChannelPage { on: true, kind: "email".into(), ..ChannelPage::default() })
}

/// The form of a channel.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub async fn channel_page(tenant: &Tenant, id: ChannelId) -> Result<ChannelPage, Failure> {
    require(tenant)?;
    let Kept { it, revision } = tenant.channel(id).await?;
    let kind = it.target.word().to_owned();
    let (to, url) = match it.target {
        Target::Email { to } => (to.join("\n"), String::new()),
        Target::Webhook { url } => (String::new(), url),
    };
    Ok(ChannelPage { id: Some(id), name: it.name, on: it.on, kind, to, url, revision: revision.to_string(), faults: Faults::default() })
}

fn fresh_secret() -> Result<String, Refusal> {
    secrets::fresh_token("whs").map_err(|_| Refusal::Unavailable(5))
}

/// Adds a channel; of a webhook it gives the secret, which is shown once.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field.
pub async fn add_channel(tenant: &Tenant, form: &ChannelForm, senders: &Senders, by: &By) -> Result<(ChannelId, Option<String>), Failure> {
    require(tenant)?;
    let channel = form.read(fresh_id(), senders)?;
    let secret = if kind(&channel.target) == Kind::Webhook { Some(fresh_secret()?) } else { None };
    let writing = tenant.writing().await?;
    require(&writing)?;
    writing.add_channel(&channel, secret.clone(), by.now).await?;
    record(&writing, "channel added", &channel, None, by).await?;
    writing.commit().await?;
    Ok((channel.id, secret))
}

/// Changes a channel.
///
/// # Errors
/// [`Refusal::Conflict`] with both values when somebody else changed it meanwhile, [`Refusal::Invalid`] naming each field.
pub async fn change_channel(tenant: &Tenant, id: ChannelId, form: &ChannelForm, senders: &Senders, by: &By) -> Result<(), Failure> {
    require(tenant)?;
    let known = tenant.channel(id).await?;
    // The way of a channel stays what it is: a webhook has a secret, mail has none.
    let form = ChannelForm { kind: known.it.target.word().into(), ..form.clone() };
    let channel = form.read(id, senders)?;
    let writing = tenant.writing().await?;
    require(&writing)?;
    let before = writing.channel(id).await?;
    let seen: i64 = form.revision.parse().map_err(|_| Refusal::invalid("revision", "is no version"))?;
    if seen != before.revision {
        return Err(Refusal::Conflict(both(&words(&channel), &words(&before.it))).into());
    }
    writing.change_channel(&channel, seen).await?;
    record(&writing, "channel changed", &channel, Some(&before.it), by).await?;
    writing.commit().await
}

/// What somebody wanted, and what stands.
pub(super) fn both(wanted: &str, stands: &str) -> String {
    format!("You wanted \u{201c}{wanted}\u{201d}; meanwhile somebody made it \u{201c}{stands}\u{201d}. Look at it again before you decide.")
}

fn words(channel: &Channel) -> String {
    format!("{}: {}{}", channel.name, channel.target.words(), if channel.on { "" } else { ", off" })
}

pub(super) async fn record(writing: &Writing, action: &'static str, channel: &Channel, before: Option<&Channel>, by: &By) -> Result<(), Failure> {
    writing.record(by.now, act(action, channel, before, by)).await
}

fn act(action: &'static str, channel: &Channel, before: Option<&Channel>, by: &By) -> Act {
    Act {
        action,
        object: Some(("channel", channel.id.to_string())),
        name: Some(channel.name.clone()),
        before: before.map(words),
        after: (action != "channel removed").then(|| words(channel)),
        address: Some(by.address.clone()),
        ..Act::default()
    }
}

/// Removes a channel with its routes.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub async fn remove_channel(tenant: &Tenant, id: ChannelId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    require(&writing)?;
    let before = writing.channel(id).await?.it;
    let routes: Vec<String> = writing.routes().await?.into_iter().filter(|kept| kept.it.channel == id).map(|kept| kept.it.name).collect();
    writing.remove_channel(id).await?;
    let act =
        Act { detail: (!routes.is_empty()).then(|| format!("with its routes: {}", routes.join(", "))), ..act("channel removed", &before, Some(&before), by) };
    writing.record(by.now, act).await?;
    writing.commit().await
}

/// Gives a webhook another secret, which is shown once, and its name.
///
/// # Errors
/// [`Refusal::NotFound`] when it is none.
pub async fn renew_secret(tenant: &Tenant, id: ChannelId, by: &By) -> Result<(String, String), Failure> {
    let writing = tenant.writing().await?;
    require(&writing)?;
    let channel = writing.channel(id).await?.it;
    let secret = fresh_secret()?;
    writing.renew_secret(id, secret.clone()).await?;
    record(&writing, "channel given another secret", &channel, None, by).await?;
    writing.commit().await?;
    Ok((channel.name, secret))
}
