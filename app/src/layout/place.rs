//! Where a page stands, for components that write links: the base, the path and the sprite, kept in the rendering context.

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
}

impl From<&Frame> for Place {
    fn from(frame: &Frame) -> Self {
        Self { base: frame.base.clone(), path: frame.path.clone(), icons: frame.assets.icons.clone() }
    }
}

/// The place of the page that is being rendered.
pub fn place() -> Place {
    use_context().unwrap_or_default()
}

/// The clock of the page that is being rendered.
pub fn clock() -> Clock {
    use_context().unwrap_or_default()
}

/// A link to `path` on this portal, below its base.
pub fn link(path: &str) -> String {
    href(&place().base, path)
}
