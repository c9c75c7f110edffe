//! Frames with invented data, for render tests and previews.

use domain::{Moment, people::Role};
use jiff::tz::TimeZone;

use super::frame::{Assets, Audience, Brand, Clock, Counts, Frame, Theme, Viewer};

/// Thursday 12 November 2026, 10:42:08 UTC.
pub const NOW: Moment = Moment(1_794_480_128_000);

impl Frame {
    /// A technician at Northwind IT.
    pub fn sample() -> Self {
        Self {
            base: String::new(),
            path: "/devices".into(),
            brand: Brand::sample(),
            viewer: Some(Viewer::sample(Audience::Staff)),
            clock: Clock { now: NOW, zone: TimeZone::UTC },
            theme: Theme::System,
            nonce: "c2FtcGxlLW5vbmNl".into(),
            toast: None,
            counts: Counts { clients: Some(8), devices: Some(1_214), alerts: Some(17), requests: Some(5) },
            islands: false,
            inbox: false,
            assets: Assets::default(),
            navigation_collapsed: false,
        }
    }

    /// The same portal, seen by a contact of one client.
    pub fn sample_contact() -> Self {
        Self { viewer: Some(Viewer::sample(Audience::Contact)), path: "/".into(), ..Self::sample() }
    }

    /// What somebody of the MSP sees of it who views it as that client.
    pub fn sample_view() -> Self {
        let viewer = Viewer { name: "Priya Raman".into(), viewing: Some(NOW + 30 * domain::time::MINUTE), ..Viewer::sample(Audience::Contact) };
        Self { viewer: Some(viewer), ..Self::sample_contact() }
    }

    /// The platform's own host, seen by an operator.
    pub fn sample_operator() -> Self {
        let brand = Brand { name: "Portico".into(), platform: true, headline: None, phone: None, hours: None, ..Brand::sample() };
        Self { viewer: Some(Viewer::sample(Audience::Operator)), path: "/tenants".into(), brand, ..Self::sample() }
    }

    /// The same portal before sign-in.
    pub fn sample_signed_out() -> Self {
        Self { viewer: None, path: "/sign-in".into(), ..Self::sample() }
    }
}

impl Brand {
    /// Northwind IT.
    pub fn sample() -> Self {
        Self {
            name: "Northwind IT".into(),
            stylesheet: "/brand/1.css".into(),
            headline: Some("See what we do for you. Decide what happens next.".into()),
            phone: Some("030 5550 140".into()),
            hours: Some("Weekdays 07:30 to 18:00".into()),
            ..Self::default()
        }
    }
}

impl Viewer {
    /// Somebody of each audience.
    pub fn sample(audience: Audience) -> Self {
        let may = match audience {
            Audience::Staff => Role::Owner.permissions(),
            Audience::Contact => Role::Contact.permissions(),
            Audience::Operator => &[],
        };
        let (name, email, role, scope, client) = match audience {
            Audience::Staff => ("Priya Raman", "tech@northwind.example", "technician", "all clients", None),
            Audience::Contact => ("Ingrid Voss", "contact@halden-voss.example", "contact", "Halden & Voss", Some("Halden & Voss")),
            Audience::Operator => ("Omar Reyes", "operator@platform.example", "operator", "all tenants", None),
        };
        let own = str::to_owned;
        Self { name: own(name), email: own(email), audience, role: own(role), scope: own(scope), client: client.map(own), may, viewing: None }
    }
}
