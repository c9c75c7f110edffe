//! From a request to the frame around its page, and from a page to an answer.

use app::{Assets, Brand, Clock, Counts, Frame, Theme};
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::{
    Refusal,
    brand::{BrandTokens, Navigation},
};
use foundation::{secrets, tenants::rows::brand};
use jiff::tz::TimeZone;
use leptos::prelude::IntoView;

use super::{App, assets, caller::Recognised, guard::Nonce, place::Placed};

/// Cookies that only change how pages look.
pub const THEME: &str = "theme";
/// Set while the navigation is folded away.
pub const NAVIGATION: &str = "navigation";

/// A page that is about to be drawn.
#[derive(Debug)]
pub struct Page {
    frame: Frame,
    status: StatusCode,
}

impl Page {
    pub(super) const fn new(frame: Frame) -> Self {
        Self { frame, status: StatusCode::OK }
    }

    pub(super) fn with_counts(mut self, counts: Counts) -> Self {
        self.frame.counts = counts;
        self
    }

    /// With the script that wakes islands; only for pages that hold one.
    ///
    /// # Errors
    /// When the operating system has no randomness for the nonce.
    pub fn with_islands(mut self) -> Result<Self, Refusal> {
        self.frame.nonce = secrets::fresh_token("n").map_err(|_| Refusal::Unavailable(5))?;
        self.frame.islands = true;
        Ok(self)
    }

    /// With the script that keeps the inbox up to date and lets it be worked through by keys.
    ///
    /// # Errors
    /// When the operating system has no randomness for the nonce.
    pub fn with_inbox(mut self) -> Result<Self, Refusal> {
        self.frame.nonce = secrets::fresh_token("n").map_err(|_| Refusal::Unavailable(5))?;
        self.frame.inbox = true;
        Ok(self)
    }

    /// Answered with `status`.
    pub const fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The phone number of the brand.
    pub fn phone(&self) -> Option<String> {
        self.frame.brand.phone.clone()
    }

    /// Draws a page that brings its own title.
    pub fn show(self, render: impl FnOnce(Frame) -> String) -> Response {
        let nonce = (!self.frame.nonce.is_empty()).then(|| Nonce(self.frame.nonce.clone()));
        let mut response = (self.status, Html(render(self.frame))).into_response();
        if let Some(nonce) = nonce {
            response.extensions_mut().insert(nonce);
        }
        response
    }

    /// Draws the page.
    pub fn draw<V: IntoView + 'static>(self, title: &str, body: impl FnOnce() -> V) -> Response {
        self.show(|frame| app::render(frame, title, body))
    }
}

/// The frame around a page of `placed`.
pub fn frame(app: &App, placed: &Placed, who: Option<&Recognised>, headers: &HeaderMap, path: String) -> Frame {
    let zone = who.and_then(|who| TimeZone::get(&who.time_zone).ok()).unwrap_or(TimeZone::UTC);
    Frame {
        base: placed.base.clone(),
        toast: toast(&path),
        path,
        brand: placed.front.as_ref().map_or_else(|| platform(placed), |front| branded(&front.brand, &placed.base)),
        viewer: who.map(|who| who.viewer.clone()),
        clock: Clock { now: app.clock.now(), zone },
        theme: Theme::from_word(cookie(headers, THEME).unwrap_or_default()),
        nonce: String::new(),
        counts: Counts::default(),
        islands: false,
        inbox: false,
        assets: built(),
        navigation_collapsed: cookie(headers, NAVIGATION) == Some("collapsed"),
    }
}

fn built() -> Assets {
    let version = assets::version();
    let at = |file: &str| format!("/pkg/site.{file}?v={version}");
    Assets { css: at("css"), js: at("js"), wasm: at("wasm"), icons: format!("/icons.svg?v={version}"), inbox: format!("/inbox.js?v={version}") }
}

fn branded(brand: &brand::Model, base: &str) -> Brand {
    let version = assets::brand_version(brand);
    let at = |file: &str| app::href(base, &format!("/brand/{version}/{file}"));
    let tokens: Option<BrandTokens> = serde_json::from_str(&brand.tokens).ok().and_then(|words| BrandTokens::parse(&words).ok());
    Brand {
        name: brand.name.clone(),
        stylesheet: app::href(base, &format!("/brand/{version}.css")),
        logo_light: at("logo-light.svg"),
        logo_dark: at("logo-dark.svg"),
        favicon: at("favicon.svg"),
        headline: brand.headline.clone(),
        phone: brand.phone.clone(),
        hours: brand.hours.clone(),
        platform: false,
        logo_has_name: false,
        navigation_dark: tokens.is_some_and(|tokens| tokens.navigation == Navigation::Dark),
    }
}

fn platform(placed: &Placed) -> Brand {
    let version = assets::version();
    Brand {
        name: "Portico".into(),
        stylesheet: app::href(&placed.base, &format!("/brand/{version}.css")),
        favicon: format!("/brand/{version}/favicon.svg"),
        platform: true,
        ..Brand::default()
    }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// What an act says after it was done: a word in the URL, so that nothing else can be put there.
fn toast(path: &str) -> Option<String> {
    let (_, query) = path.split_once('?')?;
    let word = query.split('&').find_map(|pair| pair.strip_prefix("done="))?;
    let text = match word {
        "saved" => "Saved.",
        "password-changed" => "The password is changed, and all your other sessions were ended.",
        "brand" => "The brand is saved. Everybody sees it within seconds.",
        "disabled" => "They are signed out and cannot sign in.",
        "enabled" => "They can sign in again.",
        "their-sessions-ended" => "Their sessions were ended.",
        "group-deleted" => "The access group is gone.",
        "session-ended" => "The session was ended.",
        "sessions-ended" => "All other sessions were ended.",
        "window-planned" => "The window is planned.",
        "window-changed" => "The window was changed.",
        "window-removed" => "The window was removed.",
        "maintenance" => "Maintenance began. Its alerts are suppressed until it ends.",
        "client-created" => "The client was created.",
        "client-renamed" => "The client was renamed.",
        "client-archived" => "The client was archived.",
        "client-restored" => "The client was restored.",
        "clients-imported" => "Everything in the file was imported.",
        "site-created" => "The site was created.",
        "site-renamed" => "The site was renamed.",
        "site-archived" => "The site was archived.",
        "site-restored" => "The site was restored.",
        "key-revoked" => "The key is revoked. Nothing under it is believed any more.",
        "key-made-before" => "This form made the key already. Its secret was shown then and is not kept.",
        "devices-approved" => "Approved. Each sends its inventory with its next report.",
        "devices-refused" => "Refused. They are retired, and their reports are answered with a refusal.",
        "devices-merged" => "The two are one device now.",
        "devices-kept-apart" => "They are kept as two devices.",
        "device-renamed" => "The device has its new name.",
        "device-moved" => "The device was moved.",
        "device-tagged" => "The tag was added.",
        "device-untagged" => "The tag was removed.",
        "device-noted" => "The note was saved.",
        "device-retired" => "The device is retired.",
        "device-returned" => "The device is back in service.",
        "device-key-revoked" => "The key was revoked.",
        "device-deleted" => "The device was deleted.",
        "request-sent" => "The request was sent.",
        "suspended" => "The tenant is suspended.",
        "channel-removed" => "The channel and its routes were removed.",
        "route-removed" => "The route was removed.",
        "delivery-retried" => "It is tried again now.",
        "job-retried" => "The job is tried again now.",
        "job-dropped" => "The job was dropped.",
        "view-ended" => "You are back at your own pages.",
        "view-over" => "The time to look is over. You are back at your own pages.",
        "view-gone" => "The client is out of your reach now. You are back at your own pages.",
        "report-kept" => "The report is kept. The client's people can open it.",
        "report-scheduled" => "The schedule is made.",
        "report-schedule-removed" => "The schedule is removed. What it delivered stays.",
        "resumed" => "The tenant is served again.",
        _ => return None,
    };
    Some(text.to_owned())
}
