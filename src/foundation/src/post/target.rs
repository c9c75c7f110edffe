//! The URL of a webhook, before anything is resolved or connected.

use reqwest::Url;

use super::{Allow, NotSent};

/// Longer ones are no addresses.
const LONGEST: usize = 2048;

/// Reads the URL of a webhook; a host that is a literal address is judged here, since no resolver is asked for it.
pub(super) fn target(text: &str, allow: Allow) -> Result<Url, NotSent> {
    read(text, allow).map_err(NotSent::permanently)
}

fn read(text: &str, allow: Allow) -> Result<Url, &'static str> {
    // The parser drops tabs and line ends, and turns backslashes round: what people see must be what is called.
    if text.len() > LONGEST || text.chars().any(|character| character.is_control() || character.is_whitespace() || character == '\\') {
        return Err("the webhook's URL is too long, or holds a space, a backslash or a control character");
    }
    let url = Url::parse(text).map_err(|_| "the webhook's URL cannot be read")?;
    if has_user(text) || !url.username().is_empty() || url.password().is_some() {
        return Err("the webhook's URL holds a user name or password");
    }
    let port = url.port_or_known_default().unwrap_or(0);
    if port != 443 && port < 1024 {
        return Err("the webhook's port must be 443, or 1024 and above");
    }
    host(&url, allow)?;
    Ok(url)
}

fn host(url: &Url, allow: Allow) -> Result<(), &'static str> {
    let name = url.host_str().unwrap_or_default();
    let literal = address(name);
    let loopback = literal.map_or_else(|| is_local_name(name), |address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if loopback && allow == Allow::Loopback => {}
        _ => return Err("the webhook's URL must begin with https://"),
    }
    match literal {
        Some(address) if !allow.takes(address) => Err("the webhook's address is not public"),
        None if loopback && allow != Allow::Loopback => Err("the webhook's address is not public"),
        _ => Ok(()),
    }
}

fn address(host: &str) -> Option<std::net::IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Names that mean this machine, whatever a name server says.
pub(super) fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// An @ before the path: the parser forgets an empty user.
fn has_user(text: &str) -> bool {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().is_some_and(|authority| authority.contains('@'))
}
