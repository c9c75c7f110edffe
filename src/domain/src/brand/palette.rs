//! The colours of one theme under one brand: every ground, line, text, status and accent by name.

use super::{
    BrandTokens, Navigation,
    accent::AccentColours,
    oklch::{Oklch, Rgb},
};

/// A theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

macro_rules! palette {
    ($($field:ident = $variable:literal),* $(,)?) => {
        /// The colours of one theme; each field is the variable of the same name.
        #[derive(Debug, Clone, Copy)]
        pub struct Palette {
            $(#[doc = concat!("`", $variable, "`")] pub $field: Rgb,)*
        }

        impl Palette {
            /// Each variable with its colour, in the order of the stylesheet.
            pub fn variables(&self) -> impl Iterator<Item = (&'static str, Rgb)> {
                [$(($variable, self.$field)),*].into_iter()
            }
        }
    };
}

palette! {
    surface = "--surface", page = "--page", sunken = "--sunken", hover = "--hover", active = "--active",
    grid = "--grid", line = "--line", line_strong = "--line-strong", text_1 = "--text-1", text_2 = "--text-2", text_3 = "--text-3",
    accent = "--accent", accent_hover = "--accent-hover", accent_soft = "--accent-soft", accent_border = "--accent-border",
    accent_text = "--accent-text", accent_chart = "--accent-chart", accent_chart_2 = "--accent-chart-2", on_accent = "--on-accent",
    critical = "--critical", high = "--high", medium = "--medium", medium_edge = "--medium-edge", low = "--low", ok = "--ok",
    critical_text = "--critical-text", high_text = "--high-text", medium_text = "--medium-text", low_text = "--low-text", ok_text = "--ok-text",
    critical_soft = "--critical-soft", high_soft = "--high-soft", medium_soft = "--medium-soft", low_soft = "--low-soft", ok_soft = "--ok-soft",
    hatch_line = "--hatch-line", hatch_ground = "--hatch-ground",
    nav_ground = "--nav-ground", nav_text = "--nav-text", nav_hover = "--nav-hover", nav_active = "--nav-active",
}

/// Picks between the values of the light and the dark theme.
#[derive(Clone, Copy)]
struct Shades {
    theme: Theme,
    neutral_hue: f64,
}

impl Shades {
    /// A neutral: lightness and chroma in light, then in dark.
    fn neutral(self, light: (f64, f64), dark: (f64, f64)) -> Rgb {
        let (l, c) = if self.theme == Theme::Light { light } else { dark };
        Oklch::new(l, c, self.neutral_hue).rgb()
    }

    /// A status: lightness, chroma and hue in light, then in dark. It never follows the brand.
    fn status(self, light: (f64, f64, f64), dark: (f64, f64, f64)) -> Rgb {
        let (l, c, h) = if self.theme == Theme::Light { light } else { dark };
        Oklch::new(l, c, h).rgb()
    }

    /// Ground, text, hover and active of the navigation. A dark one carries a little of the brand's own hue.
    fn navigation(self, navigation: Navigation, brand: Rgb) -> [Rgb; 4] {
        let Oklch { c, h, .. } = Oklch::from(brand);
        let tinted = |light: f64, dark: f64, share: f64| Oklch::new(if self.theme == Theme::Light { light } else { dark }, (c * share).min(0.08), h).rgb();
        match navigation {
            Navigation::Light => [
                self.neutral((0.972, 0.003), (0.172, 0.008)),
                self.neutral((0.43, 0.014), (0.765, 0.010)),
                self.neutral((0.956, 0.004), (0.217, 0.009)),
                self.neutral((0.94, 0.005), (0.262, 0.011)),
            ],
            Navigation::Dark => [tinted(0.215, 0.165, 0.25), tinted(0.86, 0.82, 0.12), tinted(0.26, 0.22, 0.3), tinted(0.31, 0.27, 0.36)],
        }
    }
}

impl Palette {
    /// The colours of `brand` in `theme`.
    pub fn of(brand: &BrandTokens, theme: Theme) -> Self {
        let shades = Shades { theme, neutral_hue: f64::from(brand.neutral_hue.degrees()) };
        let (neutral, status) = (|light, dark| shades.neutral(light, dark), |light, dark| shades.status(light, dark));
        let accent = AccentColours::of(brand.accent.rgb(), theme);
        let [nav_ground, nav_text, nav_hover, nav_active] = shades.navigation(brand.navigation, brand.accent.rgb());
        Self {
            surface: neutral((1.0, 0.0), (0.20, 0.009)),
            page: neutral((0.983, 0.002), (0.178, 0.008)),
            sunken: neutral((0.972, 0.003), (0.172, 0.008)),
            hover: neutral((0.968, 0.003), (0.235, 0.010)),
            active: neutral((0.94, 0.005), (0.262, 0.011)),
            grid: neutral((0.94, 0.003), (0.26, 0.009)),
            line: neutral((0.918, 0.004), (0.278, 0.010)),
            line_strong: neutral((0.86, 0.006), (0.36, 0.012)),
            text_1: neutral((0.235, 0.012), (0.945, 0.004)),
            text_2: neutral((0.43, 0.014), (0.765, 0.010)),
            text_3: neutral((0.545, 0.014), (0.655, 0.012)),
            accent: accent.accent,
            accent_hover: accent.hover,
            accent_soft: accent.soft,
            accent_border: accent.border,
            accent_text: accent.text,
            accent_chart: accent.chart,
            accent_chart_2: accent.chart_2,
            on_accent: accent.on_accent,
            critical: status((0.56, 0.205, 26.0), (0.64, 0.20, 26.0)),
            high: status((0.65, 0.17, 48.0), (0.74, 0.155, 52.0)),
            medium: status((0.79, 0.15, 84.0), (0.83, 0.14, 86.0)),
            medium_edge: status((0.56, 0.12, 74.0), (0.83, 0.14, 86.0)),
            low: status((0.57, 0.13, 250.0), (0.70, 0.12, 250.0)),
            ok: status((0.64, 0.15, 152.0), (0.74, 0.16, 152.0)),
            critical_text: status((0.50, 0.19, 26.0), (0.78, 0.13, 26.0)),
            high_text: status((0.49, 0.13, 48.0), (0.81, 0.12, 55.0)),
            medium_text: status((0.47, 0.09, 76.0), (0.87, 0.12, 88.0)),
            low_text: status((0.48, 0.13, 250.0), (0.80, 0.09, 250.0)),
            ok_text: status((0.46, 0.12, 152.0), (0.83, 0.13, 152.0)),
            critical_soft: status((0.965, 0.018, 26.0), (0.28, 0.06, 26.0)),
            high_soft: status((0.965, 0.025, 60.0), (0.28, 0.05, 52.0)),
            medium_soft: status((0.965, 0.035, 90.0), (0.29, 0.045, 86.0)),
            low_soft: status((0.965, 0.018, 250.0), (0.27, 0.05, 250.0)),
            ok_soft: status((0.965, 0.028, 152.0), (0.27, 0.045, 152.0)),
            hatch_line: neutral((0.78, 0.008), (0.40, 0.010)),
            hatch_ground: neutral((0.955, 0.003), (0.25, 0.008)),
            nav_ground,
            nav_text,
            nav_hover,
            nav_active,
        }
    }
}
