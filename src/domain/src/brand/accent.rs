//! The accent and what follows from it, for one theme.

use super::{
    oklch::{Oklch, Rgb},
    palette::Theme,
};

/// The lowest contrast of text on its ground: WCAG 2.2 AA.
pub const READABLE: f64 = 4.5;

/// Everything that is computed from the one colour a brand picks.
#[derive(Debug, Clone, Copy)]
pub struct AccentColours {
    pub accent: Rgb,
    pub hover: Rgb,
    pub soft: Rgb,
    pub border: Rgb,
    pub text: Rgb,
    pub chart: Rgb,
    pub chart_2: Rgb,
    pub on_accent: Rgb,
}

impl AccentColours {
    /// The accent of `brand` in `theme`.
    pub fn of(brand: Rgb, theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::light(brand),
            Theme::Dark => Self::dark(Oklch::from(brand)),
        }
    }

    fn light(brand: Rgb) -> Self {
        let seen = Oklch::from(brand);
        let (accent, on_accent) = fill(brand);
        let Oklch { l, c, h } = if accent == brand { seen } else { Oklch::from(accent) };
        let soft = Oklch::new(0.965, seen.c * 0.18, h).rgb();
        Self {
            accent,
            hover: hover(Oklch { l, c, h }, on_accent),
            soft,
            border: Oklch::new(0.86, seen.c * 0.5, h).rgb(),
            text: lowered(Oklch::new(l.min(0.47), seen.c, h), soft),
            chart: Oklch::new(0.56, seen.c, h).rgb(),
            chart_2: Oklch::new(0.80, seen.c * 0.6, h).rgb(),
            on_accent,
        }
    }

    fn dark(Oklch { c, h, .. }: Oklch) -> Self {
        let accent = Oklch::new(0.76, c * 1.12, h).rgb();
        Self {
            accent,
            hover: Oklch::new(0.82, c, h).rgb(),
            soft: Oklch::new(0.27, c * 0.45, h).rgb(),
            border: Oklch::new(0.40, c * 0.7, h).rgb(),
            text: Oklch::new(0.82, c * 1.05, h).rgb(),
            chart: accent,
            chart_2: Oklch::new(0.50, c, h).rgb(),
            on_accent: dark_text(h),
        }
    }
}

/// The ground of a button and the text on it: white, else dark text, else white on a lower lightness.
fn fill(brand: Rgb) -> (Rgb, Rgb) {
    let seen = Oklch::from(brand);
    if Rgb::WHITE.contrast(brand) >= READABLE {
        return (brand, Rgb::WHITE);
    }
    let dark = dark_text(seen.h);
    if dark.contrast(brand) >= READABLE { (brand, dark) } else { (lowered(seen, Rgb::WHITE), Rgb::WHITE) }
}

/// One step darker; one step lighter where that would be black on black or make the text unreadable.
fn hover(accent: Oklch, text: Rgb) -> Rgb {
    let darker = Oklch::new(accent.l - 0.06, accent.c, accent.h).rgb();
    if accent.l >= 0.12 && darker.contrast(text) >= READABLE { darker } else { Oklch::new(accent.l + 0.06, accent.c, accent.h).rgb() }
}

/// `colour`, made darker until it is readable with `other`, which is light.
fn lowered(colour: Oklch, other: Rgb) -> Rgb {
    let steps = (0..).map(|step| Oklch::new(colour.l - f64::from(step) * 0.004, colour.c, colour.h));
    steps.take_while(|at| at.l > 0.0).map(Oklch::rgb).find(|rgb| rgb.contrast(other) >= READABLE).unwrap_or(Rgb([0; 3]))
}

fn dark_text(hue: f64) -> Rgb {
    Oklch::new(0.19, 0.03, hue).rgb()
}
