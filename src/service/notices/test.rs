//! A test of a channel: a notice that says so, sent like any other.

use domain::{
    alerts::{Channel, Target},
    ids::{ChannelId, DeliveryId},
    notices::letter,
};
use foundation::{Failure, Tenant, notices::NewDelivery};

use super::{
    Portal,
    channels::{kind, record},
    require,
};
use crate::service::devices::By;

/// What a test is, in the words of the log.
pub const TEST: &str = "test";

/// Sends a test through a channel.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub async fn send_test(tenant: &Tenant, id: ChannelId, portal: &Portal, by: &By) -> Result<DeliveryId, Failure> {
    let writing = tenant.writing().await?;
    require(&writing)?;
    let channel = writing.channel(id).await?.it;
    let delivery = writing.post(test(&channel, portal, &writing.who().name), by.now).await?;
    record(&writing, "channel tested", &channel, None, by).await?;
    writing.commit().await?;
    Ok(delivery)
}

fn test(channel: &Channel, portal: &Portal, who: &str) -> NewDelivery {
    let (name, url) = (&channel.name, portal.at("/settings/channels"));
    let lead = format!("This is a test of the channel {name}, asked for by {who}. Notices of alerts will come the same way.");
    let (to, body, html) = match &channel.target {
        Target::Email { to } => {
            let html = letter::page(&portal.name, &portal.accent, &lead, "", Some(("Open the channels", &url)));
            (to.clone(), format!("{lead}\n\n{url}\n\n-- \n{}\n", portal.name), Some(html))
        }
        Target::Webhook { .. } => (vec![channel.target.words()], serde_json::json!({ "event": "test", "channel": name, "url": url }).to_string(), None),
    };
    NewDelivery {
        client: None,
        channel: Some((channel.id, name.clone())),
        alert: None,
        what: TEST,
        kind: kind(&channel.target),
        to,
        from_name: portal.name.clone(),
        subject: format!("A test from {}", portal.name),
        body,
        html,
        attachment: None,
    }
}
