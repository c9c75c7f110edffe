//! What the pages of notices show.

use domain::{
    Moment,
    ids::{AlertId, ChannelId, ClientId, DeliveryId, RouteId},
    notices::{DeliveryQuery, Kind, State},
};

use crate::people::Faults;

/// Whether mail can leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// A mail server is set up.
    Ready,
    /// A demo keeps mail here.
    Caught,
    /// No mail server is set up.
    Missing,
}

/// A channel in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelLine {
    /// Which.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub on: bool,
    /// The way.
    pub kind: Kind,
    /// Addresses, or the host of a webhook.
    pub words: String,
    /// How many routes lead there.
    pub routes: usize,
}

/// A route in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteLine {
    /// Which.
    pub id: RouteId,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub on: bool,
    /// What it takes: `high and worse, any client, when raised`.
    pub sentence: String,
    /// The name of its channel.
    pub channel: String,
}

/// `/settings/channels`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelsPage {
    /// By name.
    pub channels: Vec<ChannelLine>,
    /// In the order in which they are asked.
    pub routes: Vec<RouteLine>,
    /// Whether mail can leave.
    pub mail: MailState,
}

/// The form of a channel, as it stands or as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ChannelPage {
    /// Which; `None` is a new one.
    pub id: Option<ChannelId>,
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
    /// What is wrong.
    pub faults: Faults,
}

/// The form of a route, as it stands or as it was typed.
#[derive(Debug, Clone, Default)]
pub struct RoutePage {
    /// Which; `None` is a new one.
    pub id: Option<RouteId>,
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub on: bool,
    /// The word of the least severity.
    pub least: String,
    /// `any` or `listed`.
    pub clients: String,
    /// The ids of chosen clients.
    pub listed: Vec<String>,
    /// Whether it tells of alerts that are raised.
    pub on_raise: bool,
    /// Whether it tells of alerts that are over.
    pub on_resolve: bool,
    /// The id of its channel.
    pub channel: String,
    /// The version that was looked at.
    pub revision: String,
    /// The clients to choose from.
    pub all_clients: Vec<(ClientId, String)>,
    /// The channels to choose from.
    pub all_channels: Vec<(ChannelId, String)>,
    /// What is wrong.
    pub faults: Faults,
}

/// A delivery in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryLine {
    /// Which.
    pub id: DeliveryId,
    /// What became of it.
    pub state: State,
    /// What it tells: `alert raised`.
    pub what: String,
    /// The way.
    pub kind: Kind,
    /// To whom; untrusted text.
    pub recipient: String,
    /// Its subject; untrusted text.
    pub subject: String,
    /// The channel's name then.
    pub channel: Option<String>,
    /// When it was asked for.
    pub at: Moment,
    /// How often it was tried.
    pub tried: i32,
    /// What went wrong last; untrusted text.
    pub error: Option<String>,
    /// When it left.
    pub sent_at: Option<Moment>,
    /// When it is tried next.
    pub next_at: Option<Moment>,
}

/// `/settings/channels/deliveries`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveriesPage {
    /// What is asked for.
    pub query: DeliveryQuery,
    /// Newest first.
    pub rows: Vec<DeliveryLine>,
    /// How many match.
    pub total: u64,
    /// When they were counted.
    pub counted_at: Moment,
    /// The channels to choose from.
    pub channels: Vec<(ChannelId, String)>,
    /// The page before.
    pub newer: Option<DeliveryQuery>,
    /// The page after.
    pub older: Option<DeliveryQuery>,
}

/// `/settings/channels/deliveries/{delivery}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryPage {
    /// What the log says of it.
    pub line: DeliveryLine,
    /// The alert that it tells of.
    pub alert: Option<AlertId>,
    /// The client whose it is, by name.
    pub client: Option<(ClientId, String)>,
    /// The channel, if it is still there.
    pub channel: Option<ChannelId>,
    /// The name beside the sender's address.
    pub from_name: String,
    /// What was sent, as plain text or JSON; untrusted text.
    pub body: String,
    /// Whether it went with HTML beside it.
    pub html: bool,
}
