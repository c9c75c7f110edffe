//! Two invented brands: their tokens, words and marks.

use std::{fs, io, path::Path};

use app::Brand;
use domain::brand::{BrandTokens, BrandWords, stylesheet};

const NORTHWIND: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#007a77"/><path d="M9.500 22.500v-13l10 12v-8M16 9.500h6.500V16" fill="none" stroke="#fff" stroke-width="2.600" stroke-linecap="round" stroke-linejoin="round"/></svg>"##;
const BLUEFIN: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 3c1 7 5 12.500 11 17.500H6.500C11 17 15 11 16 3z" fill="INK"/><path d="M3 25.500c4-3.500 8-2.500 12-.5s9 2.500 14-1" fill="none" stroke="#3bbcf0" stroke-width="2.600" stroke-linecap="round"/></svg>"##;

fn words(name: &str) -> BrandWords {
    let own = str::to_owned;
    match name {
        "northwind" => BrandWords { accent: own("#007a77"), neutral_hue: 245, radius: 6, font: own("inter"), navigation: own("light") },
        _ => BrandWords { accent: own("#5846d2"), neutral_hue: 285, radius: 9, font: own("inter"), navigation: own("dark") },
    }
}

/// `brand` in the clothes of `name`; the platform keeps its own name.
pub fn dress(name: &str, brand: Brand) -> Brand {
    let file = |kind: &str| format!("/{name}{kind}");
    let (title, headline) = if name == "northwind" {
        ("Northwind IT", "Systems that run. People who answer.")
    } else {
        ("bluefin managed", "See what we do for you. Decide what happens next.")
    };
    let own = Brand { name: title.into(), headline: Some(headline.into()), ..brand.clone() };
    let brand = if brand.platform { brand } else { own };
    Brand {
        stylesheet: file(".css"),
        logo_light: file("-light.svg"),
        logo_dark: file("-dark.svg"),
        favicon: file("-light.svg"),
        navigation_dark: name == "bluefin",
        ..brand
    }
}

/// Writes the stylesheet and marks of `name` into `root`.
pub fn write(root: &Path, name: &str) -> io::Result<()> {
    let tokens = BrandTokens::parse(&words(name)).map_err(|faults| io::Error::other(format!("{faults:?}")))?;
    fs::write(root.join(format!("{name}.css")), stylesheet(&tokens))?;
    for (ground, ink) in [("light", "#2a2560"), ("dark", "#ffffff")] {
        let mark = if name == "northwind" { NORTHWIND.to_owned() } else { BLUEFIN.replace("INK", ink) };
        fs::write(root.join(format!("{name}-{ground}.svg")), mark)?;
    }
    Ok(())
}
