//! Colours: sRGB as screens take it, OKLCH as people see it, and the contrast between two of them.

use std::{fmt, str::FromStr};

/// A colour as a screen takes it: red, green and blue of 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

/// A colour as it is seen: lightness of 0 to 1, chroma from 0 (grey) to about 0.37, hue in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oklch {
    /// Lightness.
    pub l: f64,
    /// Chroma.
    pub c: f64,
    /// Hue.
    pub h: f64,
}

/// How far a channel may leave 0 to 1 before a colour counts as outside sRGB; less than half of 1/255.
const EDGE: f64 = 1e-4;

impl Rgb {
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// The WCAG contrast ratio of two colours, 1 to 21, in either order.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|byte| match f64::from(byte) / 255.0 {
            v if v <= 0.04045 => v / 12.92,
            v => ((v + 0.055) / 1.055).powf(2.4),
        })
    }
}

impl FromStr for Rgb {
    type Err = ();

    /// Reads `#rrggbb`, in either case, and nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit())).ok_or(())?;
        let [_, r, g, b] = u32::from_str_radix(hex, 16).map_err(|_| ())?.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

// The matrices are those of CSS Color 4, <https://www.w3.org/TR/css-color-4/#color-conversion-code>.
impl From<Rgb> for Oklch {
    fn from(rgb: Rgb) -> Self {
        let [r, g, b] = rgb.linear();
        let long = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let middle = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let short = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let a = 1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short;
        let l = 0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short;
        Self { l, c: a.hypot(b), h: b.atan2(a).to_degrees().rem_euclid(360.0) }
    }
}

impl Oklch {
    /// A colour from its parts; lightness is held to 0 to 1 and chroma above 0.
    pub fn new(l: f64, c: f64, h: f64) -> Self {
        Self { l: l.clamp(0.0, 1.0), c: c.max(0.0), h }
    }

    /// The nearest colour of the same lightness and hue that a screen shows.
    pub fn rgb(self) -> Rgb {
        let (mut inside, mut outside) = (0.0, self.c);
        if is_inside(self.linear()) {
            inside = self.c;
        }
        while outside - inside > 1e-5 {
            let middle = (inside + outside) / 2.0;
            if is_inside(Self { c: middle, ..self }.linear()) { inside = middle } else { outside = middle }
        }
        Rgb(Self { c: inside, ..self }.linear().map(encode))
    }

    fn linear(self) -> [f64; 3] {
        let (sin, cos) = self.h.to_radians().sin_cos();
        let (a, b) = (self.c * cos, self.c * sin);
        let long = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let middle = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (self.l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
        ]
    }
}

fn is_inside(linear: [f64; 3]) -> bool {
    linear.iter().all(|v| (-EDGE..=1.0 + EDGE).contains(v))
}

/// One linear channel as a byte; the cast saturates.
fn encode(linear: f64) -> u8 {
    let v = if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    (v * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_colours() {
        for (text, l, c, h) in [("#ff0000", 0.628, 0.2577, 29.23), ("#007a77", 0.5227, 0.0894, 192.6), ("#5846d2", 0.500, 0.205, 282.0)] {
            let seen = Oklch::from(text.parse::<Rgb>().expect(text));
            assert!((seen.l - l).abs() < 2e-3 && (seen.c - c).abs() < 2e-3 && (seen.h - h).abs() < 1.0, "{text}: {seen:?}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        for (a, b, ratio) in [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.478), ("#ff0000", "#ffffff", 3.998), ("#123456", "#123456", 1.0)] {
            let (a, b): (Rgb, Rgb) = (a.parse().expect(a), b.parse().expect(b));
            assert!((a.contrast(b) - ratio).abs() < 1e-3 && a.contrast(b) == b.contrast(a), "{a} {b}");
        }
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!("#0A7a77".parse(), Ok(Rgb([10, 122, 119])));
        for bad in ["", "#", "#fff", "007a77", "#007a7g", "#007a777", "#+07a77", " #007a77", "#éé77", "red", "#007a77;}"] {
            assert_eq!(bad.parse::<Rgb>(), Err(()), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_screen_colour_comes_back(bytes: [u8; 3]) {
            prop_assert_eq!(Oklch::from(Rgb(bytes)).rgb(), Rgb(bytes));
            prop_assert_eq!(Rgb(bytes).to_string().parse(), Ok(Rgb(bytes)));
        }

        #[test]
        fn clipping_keeps_lightness(l in 0.1..1.0f64, c in 0.0..0.6f64, h in 0.0..360.0f64) {
            prop_assert!((Oklch::from(Oklch::new(l, c, h).rgb()).l - l).abs() < 0.02);
        }
    }
}
