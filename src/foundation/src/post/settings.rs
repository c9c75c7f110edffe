//! Which mail server takes the mail, and from which address: PORTICO_MAIL_URL and PORTICO_MAIL_FROM.

use std::{fmt, net::IpAddr};

use lettre::Address;
use percent_encoding::percent_decode_str;
use url::Url;

use super::mail::address;

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protection {
    /// Not at all, which only this machine's own server gets.
    None,
    /// STARTTLS, without which nothing is said.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// Where mail goes and whom it is from.
#[derive(Clone)]
pub struct MailSettings {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) protection: Protection,
    /// User name and password.
    pub(super) login: Option<(String, String)>,
    pub(super) from: Address,
}

impl fmt::Debug for MailSettings {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let login = self.login.as_ref().map(|_| "hidden");
        to.debug_struct("MailSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("protection", &self.protection)
            .field("login", &login)
            .field("from", &self.from.to_string())
            .finish()
    }
}

impl MailSettings {
    /// Reads `url`, which is `smtp://[user:password@]host[:port]` or the same with `smtps`, and `from`, an address. Without a port it is 587
    /// for smtp (25 on this machine) and 465 for smtps.
    ///
    /// # Errors
    /// A sentence that names the setting and never repeats it, since it may hold the password.
    pub fn parse(url: &str, from: &str) -> Result<Self, String> {
        let from = address("PORTICO_MAIL_FROM", from).map_err(|fault| format!("{}: write one address, as in notices@portal.example", fault.message))?;
        let (host, port, protection, login) = server(url).map_err(|fault| format!("PORTICO_MAIL_URL {fault}"))?;
        Ok(Self { host, port, protection, login, from })
    }
}

type Login = Option<(String, String)>;

fn server(text: &str) -> Result<(String, u16, Protection, Login), &'static str> {
    const FORM: &str = "cannot be read: write smtp://user:password@host:port, or smtps://.., with %40 for an @ in the password, and so on";
    let url = Url::parse(text).map_err(|_| FORM)?;
    // A # or / that was meant for the password ends up behind the host.
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(FORM);
    }
    let host = host(&url).ok_or("names no host, or one that is none: a name of ASCII letters, or an address")?;
    let local = is_this_machine(&host);
    let (protection, usual) = match url.scheme() {
        "smtps" => (Protection::Tls, 465),
        "smtp" if local => (Protection::None, 25),
        "smtp" => (Protection::StartTls, 587),
        _ => return Err("must begin with smtp:// or smtps://"),
    };
    let port = url.port().unwrap_or(usual);
    if port == 0 {
        return Err("has port 0, on which nobody listens");
    }
    Ok((host, port, protection, login(&url)?))
}

/// The host without the brackets of an IPv6 address, in small letters.
fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let is_name = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    (is_name || host.parse::<IpAddr>().is_ok()).then_some(host)
}

pub(super) fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn login(url: &Url) -> Result<Login, &'static str> {
    let decoded =
        |text: &str| percent_decode_str(text).decode_utf8().map(|text| text.into_owned()).map_err(|_| "has a user name or password that is not UTF-8");
    let user = decoded(url.username())?;
    let password = decoded(url.password().unwrap_or_default())?;
    match (user.is_empty(), password.is_empty()) {
        (true, true) => Ok(None),
        (false, false) if !(user + &password).chars().any(char::is_control) => Ok(Some((decoded(url.username())?, password))),
        (false, false) => Err("has a control character in the user name or password"),
        _ => Err("needs both a user name and a password, or neither"),
    }
}
