//! What every page needs to know besides its own data: whose host, who looks, when, and where the files are.

use domain::{Moment, people::Permission};
use jiff::tz::TimeZone;

/// Everything around a page's body.
#[derive(Debug, Clone)]
pub struct Frame {
    /// What stands before every path: nothing, or `/t/northwind`.
    pub base: String,
    /// The current path and query, without the base.
    pub path: String,
    /// Whose portal it is.
    pub brand: Brand,
    /// Who looks; `None` before sign-in.
    pub viewer: Option<Viewer>,
    /// When, and in which zone.
    pub clock: Clock,
    /// The viewer's choice of light or dark.
    pub theme: Theme,
    /// The nonce of the one script.
    pub nonce: String,
    /// What the last act did, shown once.
    pub toast: Option<String>,
    /// The numbers in the navigation.
    pub counts: Counts,
    /// Whether the page holds an island, and so needs the script.
    pub islands: bool,
    /// Whether the page is the inbox, with the script that keeps it up to date.
    pub inbox: bool,
    /// Where the built files are.
    pub assets: Assets,
    /// Whether the viewer folded the navigation away.
    pub navigation_collapsed: bool,
}

/// A tenant's brand, or the platform's own.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// The name in titles.
    pub name: String,
    /// The address of `/brand/<version>.css`.
    pub stylesheet: String,
    /// The address of the logo for light grounds; empty shows the name alone.
    pub logo_light: String,
    /// The address of the logo for dark grounds; empty takes the light one.
    pub logo_dark: String,
    /// The address of the small square mark.
    pub favicon: String,
    /// One sentence for the sign-in page.
    pub headline: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// Whether this is the platform's own host.
    pub platform: bool,
    /// Whether the staff navigation is dark in the light theme too.
    pub navigation_dark: bool,
    /// Whether the logos spell the name; if not, the name stands beside them.
    pub logo_has_name: bool,
}

/// The person who looks.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Which shell they get.
    pub audience: Audience,
    /// Their role, as a word.
    pub role: String,
    /// Which clients they see, in words: `all clients`.
    pub scope: String,
    /// A contact's own client.
    pub client: Option<String>,
    /// What they may do: pages leave out what they may not.
    pub may: &'static [Permission],
    /// While somebody of the MSP sees what a contact of `client` sees: until when.
    pub viewing: Option<Moment>,
}

/// Which of the three shells a person gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Works for the MSP.
    Staff,
    /// Belongs to a client.
    Contact,
    /// Runs the platform.
    Operator,
}

/// The instant a page is rendered at, and the zone its times are shown in.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Now.
    pub now: Moment,
    /// The viewer's zone.
    pub zone: TimeZone,
}

impl Default for Clock {
    fn default() -> Self {
        Self { now: Moment(0), zone: TimeZone::UTC }
    }
}

/// Light, dark, or as the machine says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the machine says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Each theme once.
    pub const ALL: [Theme; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in forms and cookies.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme that `word` names; anything unknown is [`Theme::System`].
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.word() == word).unwrap_or_default()
    }
}

/// Numbers beside the navigation's entries.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Clients in the viewer's scope.
    pub clients: Option<u64>,
    /// Devices in the viewer's scope.
    pub devices: Option<u64>,
    /// Alerts that need somebody.
    pub alerts: Option<u64>,
    /// Requests that wait for the MSP.
    pub requests: Option<u64>,
}

/// Addresses of the built files, versioned, never below a base.
#[derive(Debug, Clone)]
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// The module that wakes the islands.
    pub js: String,
    /// The wasm beside it.
    pub wasm: String,
    /// The icon sprite.
    pub icons: String,
    /// The inbox's module.
    pub inbox: String,
}

impl Default for Assets {
    fn default() -> Self {
        let at = |file: &str| format!("/pkg/portico{file}");
        Self { css: at(".css"), js: at(".js"), wasm: at(".wasm"), icons: "/icons.svg".into(), inbox: "/inbox.js".into() }
    }
}

/// The one way to write a link: `path` below `base`.
pub fn href(base: &str, path: &str) -> String {
    format!("{base}{path}")
}
