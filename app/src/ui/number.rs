//! Numbers as people read them: grouped, shortened, with a denominator and never a false precision.

/// `4,212`.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `940`, `75.8 k`, `1.2 M`: for axes.
pub fn short(n: f64) -> String {
    let (value, unit) = match n.abs() {
        n if n >= 1_000_000.0 => (1_000_000.0, "\u{a0}M"),
        n if n >= 1_000.0 => (1_000.0, "\u{a0}k"),
        _ => (1.0, ""),
    };
    let scaled = (n / value * 10.0).round() / 10.0;
    if scaled.fract() == 0.0 { format!("{scaled:.0}{unit}") } else { format!("{scaled:.1}{unit}") }
}

/// `part` of `whole` between 0 and 1; a part of nothing is nothing.
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// `91.4`, without the sign; never `100.0` while something is missing, never `0.0` while something is there.
pub fn percent(part: u64, whole: u64) -> Option<String> {
    let tenths = share(part, whole)? * 1_000.0;
    let tenths = match tenths.round() {
        1_000.0 if part < whole => 999.0,
        0.0 if part > 0 => 1.0,
        tenths => tenths,
    };
    let text = format!("{:.1}", tenths / 10.0);
    Some(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text))
}

/// `512 MB`, `1.8 TB`: powers of 1024 under the names people use.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    let mut value = n as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1023.5 && unit < UNITS.len() - 1 {
        value /= 1024.0;
        unit += 1;
    }
    if value < 9.95 && unit > 1 && value.fract() >= 0.05 { format!("{value:.1}\u{a0}{}", UNITS[unit]) } else { format!("{value:.0}\u{a0}{}", UNITS[unit]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0.0, 75_800.0, 40_000.0, 1_250_000.0].map(short), ["0", "75.8\u{a0}k", "40\u{a0}k", "1.3\u{a0}M"]);
        assert_eq!([1024, 16 << 30, 1_900 << 30].map(bytes), ["1\u{a0}kB", "16\u{a0}GB", "1.9\u{a0}TB"]);
    }

    #[test]
    fn a_percentage_never_rounds_the_rest_away() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(9_999, 10_000).as_deref(), Some("99.9"));
        assert_eq!(percent(1, 10_000).as_deref(), Some("0.1"));
        assert_eq!(percent(10, 10).as_deref(), Some("100"));
    }
}
