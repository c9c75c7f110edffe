//! What a brand may choose, each from a closed set, so that no text of a tenant ever reaches a stylesheet.

use std::{fmt, str::FromStr};

use super::oklch::Rgb;

/// The colour a brand picks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Accent(Rgb);

impl Accent {
    /// The colour.
    pub const fn rgb(self) -> Rgb {
        self.0
    }
}

impl Default for Accent {
    /// Slate, the platform's own.
    fn default() -> Self {
        Self(Rgb([0x47, 0x5c, 0x78]))
    }
}

impl From<Rgb> for Accent {
    fn from(colour: Rgb) -> Self {
        Self(colour)
    }
}

impl FromStr for Accent {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A hue in degrees, 0 to 359.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NeutralHue(u16);

impl NeutralHue {
    /// The degrees.
    pub const fn degrees(self) -> u16 {
        self.0
    }
}

impl Default for NeutralHue {
    fn default() -> Self {
        Self(255)
    }
}

impl TryFrom<u16> for NeutralHue {
    type Error = ();

    fn try_from(degrees: u16) -> Result<Self, ()> {
        if degrees < 360 { Ok(Self(degrees)) } else { Err(()) }
    }
}

/// How round controls are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Radius {
    /// 6 pixels.
    #[default]
    Small,
    /// 9 pixels.
    Medium,
    /// 14 pixels.
    Large,
}

impl Radius {
    /// Each radius once.
    pub const ALL: [Radius; 3] = [Self::Small, Self::Medium, Self::Large];

    /// The radius of a button, in pixels.
    pub const fn pixels(self) -> u8 {
        match self {
            Self::Small => 6,
            Self::Medium => 9,
            Self::Large => 14,
        }
    }
}

impl TryFrom<u8> for Radius {
    type Error = ();

    fn try_from(pixels: u8) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|radius| radius.pixels() == pixels).ok_or(())
    }
}

macro_rules! words {
    ($($name:ident { $($case:ident = $word:literal),* })*) => {$(
        impl $name {
            /// Each value once.
            pub const ALL: [$name; [$($word),*].len()] = [$(Self::$case),*];

            /// The word that storage and forms use.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$case => $word,)*
                }
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                Self::ALL.into_iter().find(|value| value.word() == word).ok_or(())
            }
        }
    )*};
}

/// The typefaces that the platform serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BrandFont {
    /// Inter.
    #[default]
    Inter,
    /// Figtree.
    Figtree,
}

/// The ground of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Navigation {
    /// A sunken ground that follows the theme.
    #[default]
    Light,
    /// A dark ground in both themes.
    Dark,
}

words! {
    BrandFont { Inter = "inter", Figtree = "figtree" }
    Navigation { Light = "light", Dark = "dark" }
}
