//! Why a notice is sent or not, in words.

use serde::{Deserialize, Serialize};

use super::{Severity, routing::Occasion};
use crate::Moment;

/// Why a notice is sent or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    /// It is sent.
    Sent {
        /// The alert's severity.
        severity: Severity,
        /// The least that the route takes.
        least: Severity,
    },
    /// It is over, and this route told that it began; what changed in between does not matter.
    Followed,
    /// The route is switched off.
    RouteOff,
    /// The channel is switched off.
    ChannelOff {
        /// Its name.
        channel: String,
    },
    /// The channel was removed.
    ChannelGone,
    /// The route does not tell of this.
    NotAsked {
        /// Of what.
        occasion: Occasion,
    },
    /// The alert is not bad enough.
    SeverityBelow {
        /// The alert's severity.
        severity: Severity,
        /// The least that the route takes.
        least: Severity,
    },
    /// The route is for other clients.
    OtherClient,
    /// A maintenance window suppresses the alert.
    Suppressed {
        /// Its name.
        window: String,
    },
    /// The alert is put off.
    Snoozed {
        /// Until when.
        until: Moment,
    },
    /// Somebody is on it.
    Acknowledged,
    /// Somebody does not want to hear of it.
    Dismissed,
    /// The channel was told of this occurrence.
    AlreadySent,
    /// Another route sends it to the same channel.
    SameChannel {
        /// That route's name.
        route: String,
    },
    /// The channel was never told that the alert was raised.
    NeverRaised,
}

impl Why {
    /// The reason as a sentence. Where it depends on a time, a page adds [`Why::until`] in the viewer's zone.
    pub fn words(&self) -> String {
        match self {
            Self::Sent { severity, least } => format!("Sent: the severity is {severity} and this route takes {least} and worse."),
            Self::Followed => "Sent: this route told that the alert was raised, so it tells that it is over.".into(),
            Self::RouteOff => "Not sent: this route is switched off.".into(),
            Self::ChannelOff { channel } => format!("Not sent: the channel {channel} is switched off."),
            Self::ChannelGone => "Not sent: the channel of this route was removed.".into(),
            Self::NotAsked { occasion: Occasion::Raised } => "Not sent: this route does not tell of alerts that are raised.".into(),
            Self::NotAsked { occasion: Occasion::Resolved } => "Not sent: this route does not tell of alerts that are resolved.".into(),
            Self::SeverityBelow { severity, least } => format!("Not sent: the severity is {severity} and this route takes {least} and worse."),
            Self::OtherClient => "Not sent: this route is for other clients.".into(),
            Self::Suppressed { window } => format!("Not sent: the alert is suppressed by the maintenance window {window}."),
            Self::Snoozed { .. } => "Not sent: the alert is snoozed.".into(),
            Self::Acknowledged => "Not sent: the alert is acknowledged, so somebody is on it.".into(),
            Self::Dismissed => "Not sent: the alert was dismissed.".into(),
            Self::AlreadySent => "Not sent again: this channel was already told of this occurrence.".into(),
            Self::SameChannel { route } => format!("Not sent twice: the route {route} sends it to the same channel."),
            Self::NeverRaised => "Not sent: this channel was never told that the alert was raised.".into(),
        }
    }

    /// Whether it says that the notice is sent.
    pub const fn sends(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Followed)
    }

    /// Until when it holds, where a time says so.
    pub const fn until(&self) -> Option<Moment> {
        if let Self::Snoozed { until } = self { Some(*until) } else { None }
    }
}
