//! A brand: five checked values, and the words it is stored as.

use serde::{Deserialize, Serialize};

use super::choices::{Accent, BrandFont, Navigation, NeutralHue, Radius};
use crate::Fault;

/// A brand, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct BrandTokens {
    /// The one colour that everything coloured follows from.
    pub accent: Accent,
    /// The hue that greys lean to.
    pub neutral_hue: NeutralHue,
    /// How round controls are.
    pub radius: Radius,
    /// The typeface of text.
    pub font: BrandFont,
    /// The ground of the navigation.
    pub navigation: Navigation,
}

/// A brand as it is stored and typed: not checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandWords {
    /// `#rrggbb`.
    pub accent: String,
    /// Degrees, 0 to 359.
    pub neutral_hue: u16,
    /// Pixels: 6, 9 or 14.
    pub radius: u8,
    /// `inter` or `figtree`.
    pub font: String,
    /// `light` or `dark`.
    pub navigation: String,
}

impl BrandTokens {
    /// Checks `words`.
    ///
    /// # Errors
    /// One fault for each field that is not valid.
    pub fn parse(words: &BrandWords) -> Result<Self, Vec<Fault>> {
        let accent = words.accent.parse::<Accent>().map_err(|()| Fault::new("accent", "is not a colour in the form #rrggbb"));
        let neutral_hue = NeutralHue::try_from(words.neutral_hue).map_err(|()| Fault::new("neutral_hue", "goes from 0 to 359"));
        let radius = Radius::try_from(words.radius).map_err(|()| Fault::new("radius", "is 6, 9 or 14"));
        let font = words.font.parse::<BrandFont>().map_err(|()| Fault::new("font", "is inter or figtree"));
        let navigation = words.navigation.parse::<Navigation>().map_err(|()| Fault::new("navigation", "is light or dark"));
        match (accent, neutral_hue, radius, font, navigation) {
            (Ok(accent), Ok(neutral_hue), Ok(radius), Ok(font), Ok(navigation)) => Ok(Self { accent, neutral_hue, radius, font, navigation }),
            (a, b, c, d, e) => Err([a.err(), b.err(), c.err(), d.err(), e.err()].into_iter().flatten().collect()),
        }
    }

    /// The same brand in the form that is stored.
    pub fn words(&self) -> BrandWords {
        BrandWords {
            accent: self.accent.to_string(),
            neutral_hue: self.neutral_hue.degrees(),
            radius: self.radius.pixels(),
            font: self.font.word().into(),
            navigation: self.navigation.word().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_reads_back() {
        for font in BrandFont::ALL {
            for navigation in Navigation::ALL {
                for radius in Radius::ALL {
                    let brand = BrandTokens { font, navigation, radius, ..BrandTokens::default() };
                    assert_eq!(BrandTokens::parse(&brand.words()), Ok(brand));
                }
            }
        }
    }

    #[test]
    fn each_fault_names_its_field() {
        let words = BrandWords { accent: "#fff;}".into(), neutral_hue: 360, radius: 7, font: "Inter, url(x)".into(), navigation: String::new() };
        let faults = BrandTokens::parse(&words).expect_err("nothing here is valid");
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["accent", "neutral_hue", "radius", "font", "navigation"]);
    }
}
