//! Tests that whatever a brand picks stays readable.

use proptest::prelude::*;

use super::{Accent, BrandTokens, Navigation, NeutralHue, Palette, Rgb, Theme, oklch::Oklch};

fn brand(colour: Rgb, hue: u16, navigation: Navigation) -> BrandTokens {
    BrandTokens { accent: Accent::from(colour), neutral_hue: NeutralHue::try_from(hue).expect("a hue"), navigation, ..BrandTokens::default() }
}

fn near(have: f64, want: f64) -> bool {
    (have - want).abs() < 0.1
}

#[test]
fn the_drawn_brands_have_the_drawn_contrast() {
    for (colour, hue, white_on_it) in [((0.52, 0.095, 192.0), 245, 5.2), ((0.50, 0.205, 282.0), 285, 6.5), ((0.53, 0.12, 38.0), 70, 5.6)] {
        let light = Palette::of(&brand(Oklch::new(colour.0, colour.1, colour.2).rgb(), hue, Navigation::Light), Theme::Light);
        assert_eq!(light.on_accent, Rgb::WHITE);
        assert!(near(light.accent.contrast(Rgb::WHITE), white_on_it), "{}", light.accent.contrast(Rgb::WHITE));
        assert!(near(light.text_3.contrast(light.surface), 4.95), "{}", light.text_3.contrast(light.surface));
        assert!(near(light.text_3.contrast(light.sunken), 4.56), "{}", light.text_3.contrast(light.sunken));
    }
}

#[test]
fn the_text_on_the_accent_follows_the_rule() {
    let of = |text: &str| Palette::of(&brand(text.parse().expect(text), 245, Navigation::Light), Theme::Light);
    for (kept, on) in [("#000000", "#ffffff"), ("#007a77", "#ffffff"), ("#ffffff", "#"), ("#ffcc00", "#"), ("#22c55e", "#")] {
        let light = of(kept);
        assert_eq!(light.accent.to_string(), kept);
        assert!(light.on_accent.to_string().starts_with(on) && (on == "#ffffff") == (light.on_accent == Rgb::WHITE), "{kept}");
    }
    let between = of("#787878");
    assert!(between.on_accent == Rgb::WHITE && between.accent.to_string() < "#787878".into(), "neither text passes, so it is lowered");
}

#[test]
fn hover_is_always_another_colour() {
    for text in ["#000000", "#050505", "#ffffff", "#808080", "#ffcc00", "#5846d2"] {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(&brand(text.parse().expect(text), 0, Navigation::Dark), theme);
            assert_ne!(palette.accent, palette.accent_hover, "{text}");
        }
    }
}

fn readable(p: &Palette) -> Vec<(&'static str, f64)> {
    let mut pairs = vec![
        ("on accent", p.on_accent, p.accent),
        ("on accent hover", p.on_accent, p.accent_hover),
        ("accent text on surface", p.accent_text, p.surface),
        ("accent text on page", p.accent_text, p.page),
        ("accent text on sunken", p.accent_text, p.sunken),
        ("accent text on hover", p.accent_text, p.hover),
        ("accent text on soft", p.accent_text, p.accent_soft),
        ("text 3 on surface", p.text_3, p.surface),
        ("text 3 on page", p.text_3, p.page),
        ("text 3 on sunken", p.text_3, p.sunken),
        ("text 2 on active", p.text_2, p.active),
        ("text 1 on soft", p.text_1, p.accent_soft),
        ("text 2 on soft", p.text_2, p.accent_soft),
        ("navigation", p.nav_text, p.nav_ground),
        ("navigation hover", p.nav_text, p.nav_hover),
        ("navigation active", p.nav_text, p.nav_active),
    ];
    let status = [
        ("critical", p.critical_text, p.critical_soft),
        ("high", p.high_text, p.high_soft),
        ("medium", p.medium_text, p.medium_soft),
        ("low", p.low_text, p.low_soft),
        ("ok", p.ok_text, p.ok_soft),
    ];
    for (name, text, soft) in status {
        pairs.extend([(name, text, p.surface), (name, text, p.sunken), (name, text, p.hover), (name, text, soft), (name, p.text_1, soft)]);
    }
    pairs.into_iter().map(|(name, a, b)| (name, a.contrast(b))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn whatever_the_brand_all_text_is_readable(bytes: [u8; 3], hue in 0u16..360, dark_navigation: bool) {
        let navigation = if dark_navigation { Navigation::Dark } else { Navigation::Light };
        for theme in [Theme::Light, Theme::Dark] {
            for (name, ratio) in readable(&Palette::of(&brand(Rgb(bytes), hue, navigation), theme)) {
                prop_assert!(ratio >= 4.5, "{name} in {theme:?}: {ratio}");
            }
        }
    }
}
