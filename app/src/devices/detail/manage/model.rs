//! What the page shows on which people change a device.

use domain::{
    Moment,
    ids::{DeviceId, SiteId},
};

/// A field as it was typed or stands, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// What stands in the field.
    pub value: String,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

impl Typed {
    /// A field that holds `value`.
    pub fn of(value: impl Into<String>) -> Self {
        Self { value: value.into(), error: None }
    }
}

/// A site that the device may be moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The site.
    pub site: SiteId,
    /// The names of its client and of itself.
    pub names: (String, String),
}

/// How the device proves who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// With a key pair of its own.
    Own {
        /// When the key was made.
        made_at: Moment,
        /// When it was revoked, if it was.
        revoked_at: Option<Moment>,
        /// The enrolment key it came with, by name; `None`: not within reach.
        enrolled_by: Option<String>,
    },
    /// With an enrolment key that it shares.
    Shared {
        /// The enrolment key's name; `None`: not within reach.
        enrolled_by: Option<String>,
    },
    /// It has none: nothing reports for it.
    None,
}

/// How to enrol a device again; its token is shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The portal's address, as agents reach it.
    pub server: String,
    /// The token.
    pub token: String,
    /// Until when it can be used.
    pub until: Moment,
}

/// `/devices/{id}/manage`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManageTab {
    /// The device.
    pub id: DeviceId,
    /// What it is called: the name it was given, or nothing.
    pub name: Typed,
    /// The name it reports.
    pub hostname: String,
    /// The id of the chosen site.
    pub site: Typed,
    /// The sites to choose from, by client and name.
    pub places: Vec<Place>,
    /// Its tags, in order.
    pub tags: Vec<String>,
    /// The tag to add.
    pub tag: Typed,
    /// The note.
    pub note: Typed,
    /// Whether it is out of service.
    pub retired: bool,
    /// How it proves who it is.
    pub credential: Credential,
    /// A key to enrol it again that was just made.
    pub renewal: Option<Renewal>,
    /// How many changes its history holds, and how many packages its inventory.
    pub goes: (u64, u64),
}
