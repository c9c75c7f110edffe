//! The mark of a tenant that has no logo of its own yet: its first letter on its accent.

use crate::brand::{Accent, Rgb};

/// A square SVG with the first letter or digit of `name` on `accent`.
pub fn mark(name: &str, accent: Accent) -> String {
    let letter: String = name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let ground = accent.rgb();
    let ink = if Rgb::WHITE.contrast(ground) >= 3.0 { "#ffffff" } else { "#111111" };
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32"><rect width="32" height="32" rx="8" fill="{ground}"/><text x="16" y="22.4" text-anchor="middle" font-family="Inter, Helvetica, Arial, sans-serif" font-size="18" font-weight="700" fill="{ink}">{letter}</text></svg>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_one_letter_and_nothing_else_of_the_name() {
        let accent: Accent = "#0f766e".parse().expect("a colour");
        assert!(mark("  \"<script>Larch", accent).contains(">S<"));
        assert!(mark("ümlaut", accent).contains(">Ü<") && mark("<<<", accent).contains("></text>"));
        let light: Accent = "#ffe14d".parse().expect("a colour");
        assert!(mark("A", light).contains("#111111"));
    }
}
