//! The stylesheet of a brand: CSS variables and nothing else, each printed from a typed value.

use std::fmt::Write;

use super::{
    BrandFont, BrandTokens, Radius,
    palette::{Palette, Theme},
};

/// The variables of `brand` for both themes; the system decides until `data-theme` on the root says otherwise.
pub fn stylesheet(brand: &BrandTokens) -> String {
    let (light, dark) = (colours(brand, Theme::Light), colours(brand, Theme::Dark));
    let shape = format!("--radius:{}px;--radius-card:{}px;--font-body:{};", brand.radius.pixels(), card(brand.radius), family(brand.font));
    format!(":root{{{light}{shape}}}\n@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{dark}}}}}\n:root[data-theme=dark]{{{dark}}}\n")
}

fn colours(brand: &BrandTokens, theme: Theme) -> String {
    Palette::of(brand, theme).variables().fold(String::new(), |mut css, (name, colour)| {
        // Writing to a String cannot fail.
        let _ = write!(css, "{name}:{colour};");
        css
    })
}

/// The radius of a card, in pixels: that of its controls and a little more, so that they nest.
const fn card(radius: Radius) -> u8 {
    match radius {
        Radius::Small => 8,
        Radius::Medium => 12,
        Radius::Large => 18,
    }
}

const fn family(font: BrandFont) -> &'static str {
    match font {
        BrandFont::Inter => r#""Inter Variable","Inter",system-ui,sans-serif"#,
        BrandFont::Figtree => r#""Figtree Variable","Figtree",system-ui,sans-serif"#,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::{Accent, Navigation, NeutralHue};

    const SHAPE: [&str; 3] = ["--radius", "--radius-card", "--font-body"];

    /// Splits `{name:value;...}` and refuses whatever is not a known form of value.
    fn declarations(block: &str) -> Vec<&str> {
        let body = block.strip_prefix('{').and_then(|b| b.strip_suffix(";}")).expect("a block of declarations");
        let names = body.split(';').map(|declaration| {
            let (name, value) = declaration.split_once(':').expect("name and value");
            let colour = value.len() == 7 && value.starts_with('#') && value[1..].bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            let pixels = value.strip_suffix("px").is_some_and(|n| ["6", "8", "9", "12", "14", "18"].contains(&n));
            let font = [family(BrandFont::Inter), family(BrandFont::Figtree)].contains(&value);
            assert!(
                if name == "--font-body" {
                    font
                } else if SHAPE.contains(&name) {
                    pixels
                } else {
                    colour
                },
                "{declaration}"
            );
            assert!(name.starts_with("--") && name[2..].bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            name
        });
        names.collect()
    }

    fn every_brand() -> impl Iterator<Item = BrandTokens> {
        let colours = ["#000000", "#ffffff", "#007a77", "#5846d2", "#ff00ff"].map(|text| text.parse::<Accent>().expect(text));
        let shapes = Radius::ALL.into_iter().flat_map(|radius| BrandFont::ALL.map(|font| (radius, font)));
        shapes.flat_map(move |(radius, font)| {
            colours.into_iter().flat_map(move |accent| {
                Navigation::ALL.map(|navigation| BrandTokens { accent, neutral_hue: NeutralHue::try_from(359).expect("a hue"), radius, font, navigation })
            })
        })
    }

    #[test]
    fn it_is_three_blocks_of_known_variables() {
        for brand in every_brand() {
            let css = stylesheet(&brand);
            let lines: Vec<&str> = css.lines().collect();
            let light = declarations(lines[0].strip_prefix(":root").expect("light"));
            let system = lines[1].strip_prefix("@media (prefers-color-scheme: dark){:root:not([data-theme=light])").and_then(|l| l.strip_suffix('}'));
            let dark = declarations(system.expect("dark by the system"));
            assert_eq!(lines[2].strip_prefix(":root[data-theme=dark]"), system, "both dark blocks are the same");
            assert_eq!((lines.len(), light.len(), dark.len()), (3, 44, 41));
            assert!(dark.iter().chain(&SHAPE).all(|name| light.contains(name)));
        }
    }
}
