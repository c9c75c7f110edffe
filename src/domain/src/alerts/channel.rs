//! Where notices go: e-mail addresses or a webhook, checked when they are typed.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use crate::{Fault, ids::ChannelId, people::typed};

/// The most addresses of one channel.
pub const ADDRESSES: usize = 20;
/// The longest address of a webhook, in bytes.
pub const URL: usize = 500;
/// The longest name of a channel, in characters.
pub const NAME: usize = 100;
/// The most channels of a tenant.
pub const CHANNELS: usize = 50;

/// Where notices go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// What people call it.
    pub name: String,
    /// Whether it is used.
    pub on: bool,
    /// The way there.
    pub target: Target,
}

/// The way to a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Target {
    /// Mail to each address.
    Email {
        /// The addresses, in lower case, each once.
        to: Vec<String>,
    },
    /// A POST to an address.
    Webhook {
        /// The address.
        url: String,
    },
}

impl Target {
    /// The word that forms and storage use.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Email { .. } => "email",
            Self::Webhook { .. } => "webhook",
        }
    }

    /// What it is, in words: the addresses, or the host of a webhook, whose path may be a secret.
    pub fn words(&self) -> String {
        match self {
            Self::Email { to } => to.join(", "),
            Self::Webhook { url } => authority(url).map_or_else(String::new, |(_, authority)| format!("webhook at {authority}")),
        }
    }

    /// The target that a form names: `kind` is `email` or `webhook`.
    ///
    /// # Errors
    /// A fault of `kind`, `to` or `url`.
    pub fn typed(kind: &str, to: &str, url: &str) -> Result<Self, Fault> {
        match kind {
            "email" => addresses(to).map(|to| Self::Email { to }),
            "webhook" => webhook(url).map(|url| Self::Webhook { url }),
            _ => Err(Fault::new("kind", "is neither email nor webhook")),
        }
    }
}

/// The name of a channel.
///
/// # Errors
/// A fault of `name`.
pub fn name(text: &str) -> Result<String, Fault> {
    typed::name("name", text, NAME)
}

/// The addresses in `text`, apart by spaces, lines, commas or semicolons.
///
/// # Errors
/// A fault of `to` that names the address.
pub fn addresses(text: &str) -> Result<Vec<String>, Fault> {
    let mut to: Vec<String> = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|part| !part.is_empty()) {
        let shown: String = part.chars().take(60).collect();
        let address = typed::email(part).map_err(|fault| Fault::new("to", format!("\u{201c}{shown}\u{201d} {}", fault.message)))?;
        if !to.contains(&address) {
            to.push(address);
        }
        if to.len() > ADDRESSES {
            return Err(Fault::new("to", format!("holds more than {ADDRESSES} addresses")));
        }
    }
    if to.is_empty() { Err(Fault::new("to", "is missing")) } else { Ok(to) }
}

/// The address of a webhook: `https`, or `http` to this machine only.
///
/// # Errors
/// A fault of `url`.
pub fn webhook(typed: &str) -> Result<String, Fault> {
    let url = typed.trim();
    match fault(url) {
        Some(message) => Err(Fault::new("url", message)),
        None => Ok(url.to_owned()),
    }
}

fn fault(url: &str) -> Option<&'static str> {
    let Some((scheme, authority)) = authority(url) else { return Some("is not an address that begins with https://") };
    let (host, port) = split_port(authority);
    if url.len() > URL {
        Some("is longer than 500 characters")
    } else if !url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}')) {
        Some("holds a space or another character that no address holds")
    } else if url.contains('#') {
        Some("holds a #, whose rest is never sent")
    } else if authority.contains('@') {
        Some("holds a name or password before the host; put a secret into the path")
    } else if !is_host(host) || !port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)) {
        Some("has no host name or port that could exist")
    } else if scheme == "http" && !is_loopback(host) {
        Some("must begin with https://; http is taken only to this machine")
    } else {
        None
    }
}

/// The scheme in lower case, and what stands between it and the path.
fn authority(url: &str) -> Option<(&'static str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = ["https", "http"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    Some((scheme, rest.split(['/', '?', '#']).next().unwrap_or(rest)))
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// Whether `host` is a name, an IPv4 address in four parts or an IPv6 address in brackets. Other spellings of numbers are refused,
/// because programs disagree about them.
fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        return inner.strip_suffix(']').is_some_and(|inner| inner.parse::<Ipv6Addr>().is_ok());
    }
    let label = |label: &str| {
        let clean = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (1..=63).contains(&label.len()) && clean && !label.starts_with('-') && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or(host);
    let number = last.starts_with(|c: char| c.is_ascii_digit());
    host.len() <= 253 && host.split('.').all(label) && (!number || host.parse::<Ipv4Addr>().is_ok())
}

fn is_loopback(host: &str) -> bool {
    let inner = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || inner.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webhooks_go_over_https_or_stay_on_this_machine() {
        for url in [
            "https://hooks.example.org/services/T0/B0/x?y=1",
            "HTTPS://example.org:8443",
            "https://[2001:db8::1]:8443/x",
            "https://192.0.2.7/x",
            "http://localhost:8080/x",
            "http://127.0.0.1/x",
            "http://[::1]:9/x",
        ] {
            assert_eq!(webhook(&format!(" {url}\n")).as_deref(), Ok(url));
        }
        for url in [
            "",
            "example.org",
            "ftp://example.org",
            "javascript://example.org",
            "https://",
            "https:///x",
            "https://user:word@example.org",
            "https://example.org@evil.test/",
            "https://exa mple.org",
            "https://example.org/\u{e4}",
            "https://example.org/a\r\nHost: b",
            "https://example.org\\@evil.test",
            "https://example.org/x#y",
            "https://example.org:0",
            "https://example.org:+80",
            "https://example.org:70000",
            "https://example.org:",
            "https://-a.org",
            "https://a..b",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://[::1",
            "http://example.org/",
            "http://localhost.evil.test/",
            "http://127.0.0.1.evil.test/",
            "http://10.0.0.1/",
            "http://[::2]/",
            &format!("https://example.org/{}", "x".repeat(URL)),
        ] {
            assert_eq!(webhook(url).expect_err(url).field, "url");
        }
    }

    #[test]
    fn addresses_are_counted_once() {
        assert_eq!(addresses("Ann@example.org, bob@example.org;\n ann@example.org"), Ok(vec!["ann@example.org".into(), "bob@example.org".into()]));
        let many: Vec<String> = (0..=ADDRESSES).map(|at| format!("a{at}@example.org")).collect();
        for bad in ["", " , ;", "ann", "ann@example.org bob@", &many.join(" ")] {
            assert_eq!(addresses(bad).expect_err(bad).field, "to");
        }
        assert!(addresses("ann@").expect_err("no host").message.contains("\u{201c}ann@\u{201d} is not an e-mail address"));
    }

    #[test]
    fn a_target_is_named_without_its_secret() {
        let hook = Target::typed("webhook", "", "https://hooks.example.org/secret").expect("a webhook");
        assert_eq!(hook.words(), "webhook at hooks.example.org");
        assert_eq!(Target::typed("email", "a@b.de", "").expect("mail").words(), "a@b.de");
        assert_eq!(Target::typed("pigeon", "", "").expect_err("no kind").field, "kind");
        let text = serde_json::to_string(&hook).expect("json");
        assert_eq!(serde_json::from_str::<Target>(&text).expect("a target"), hook);
    }
}
