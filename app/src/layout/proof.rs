//! What every page must keep to, checked on its HTML; for tests.

use domain::people::Permission;

use super::frame::{Audience, Brand, Frame, Viewer};

/// Text that breaks out of whatever fails to escape it.
pub const HOSTILE: &str = "</textarea></title><script>alert(1)</script>\" onload=\"x' <!--";

/// A frame whose every text is hostile.
pub fn hostile_frame(audience: Option<Audience>) -> Frame {
    let bad = || HOSTILE.to_owned();
    let words = Brand { name: bad(), headline: Some(bad()), phone: Some(bad()), hours: Some(bad()), ..Brand::default() };
    let brand = Brand { logo_light: bad(), logo_dark: bad(), favicon: bad(), stylesheet: bad(), logo_has_name: true, ..words };
    let viewer = audience.map(|audience| Viewer {
        name: bad(),
        email: bad(),
        audience,
        role: bad(),
        scope: bad(),
        client: Some(bad()),
        may: &Permission::ALL,
        viewing: None,
    });
    Frame { base: bad(), path: bad(), brand, viewer, toast: Some(bad()), islands: true, ..Frame::sample() }
}

/// Checks a page's HTML.
///
/// # Panics
/// When it holds a style, an event handler, a foreign script, the nonce anywhere but in `nonce=`, or not exactly one main heading.
pub fn sound(html: &str) {
    for name in attributes(html) {
        assert!(name != "style" && !name.starts_with("on"), "the attribute {name}");
    }
    assert!(!html.contains("<style"), "an inline stylesheet");
    assert!(!html.contains("<script>"), "text became a script");
    assert!(!html.contains("</textarea></title>"), "text left its element");
    let nonce = Frame::sample().nonce;
    assert_eq!(html.matches(&nonce).count(), html.matches(&format!("nonce=\"{nonce}\"")).count(), "the nonce outside nonce=");
    assert_eq!(html.matches("<script").count(), usize::from(html.contains("id=\"wake\"")), "a script of somebody else");
    assert_eq!(html.matches("<main").count(), 1, "one main part");
    assert_eq!(html.matches("<h1").count(), 1, "one heading of the first level");
}

/// The name of every attribute, as a browser would read them.
fn attributes(html: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag(rest, &mut names);
        }
    }
    names
}

/// Reads the tag that `text` starts with, and returns what follows it.
fn tag<'a>(text: &'a str, names: &mut Vec<String>) -> &'a str {
    let mut rest = text.trim_start_matches(|c: char| !c.is_whitespace() && c != '>');
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).unwrap_or(rest.len());
        if end == 0 {
            return rest;
        }
        names.push(rest[..end].to_ascii_lowercase());
        rest = &rest[end..];
        if let Some(value) = rest.strip_prefix("=\"") {
            rest = value.find('"').map_or("", |close| &value[close + 1..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_a_browser_reads_them() {
        assert_eq!(attributes(r#"<a href="x>y" hidden><b>a < b style="</b><i onload="x">"#), ["href", "hidden", "onload"]);
    }
}
