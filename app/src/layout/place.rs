//! Where a page stands, for components that write links: the base, the path and the sprite, kept in the rendering context.

use domain::people::Permission;
use leptos::prelude::use_context;

use super::frame::{Clock, Frame, href};

/// The part of the frame that components below it may read.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// What stands before every path.
    pub base: String,
    /// The current path and query, without the base.
    pub path: String,
    /// The address of the icon sprite.
    pub icons: String,
    /// What the viewer may do.
    pub may: &'static [Permission],
}

impl From<&Frame> for Place {
    fn from(frame: &Frame) -> Self {
        Self {
            base: frame.base.clone(),
            path: frame.path.clone(),
            icons: frame.assets.icons.clone(),
            may: frame.viewer.as_ref().map_or(&[], |viewer| viewer.may),
        }
    }
}

/// The place of the page that is being rendered.
pub fn place() -> Place {
    use_context().unwrap_or_default()
}

/// Whether the viewer holds `permission`; pages leave out what they may not do.
pub fn may(permission: Permission) -> bool {
    place().may.contains(&permission)
}

/// The clock of the page that is being rendered.
pub fn clock() -> Clock {
    use_context().unwrap_or_default()
}

/// A link to `path` on this portal, below its base.
pub fn link(path: &str) -> String {
    href(&place().base, path)
}
