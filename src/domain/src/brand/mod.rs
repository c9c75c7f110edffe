//! A tenant's brand: what it may set, and the stylesheet that follows from it.

mod accent;
mod choices;
pub mod oklch;
pub mod palette;
#[cfg(test)]
mod readable;
mod stylesheet;
mod tokens;

pub use choices::{Accent, BrandFont, Navigation, NeutralHue, Radius};
pub use oklch::Rgb;
pub use palette::{Palette, Theme};
pub use stylesheet::stylesheet;
pub use tokens::{BrandTokens, BrandWords};
