//! The server's address: checked once, so that a key never travels in the clear by mistake.

use std::net::IpAddr;

use reqwest::Url;

/// An address that may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server(Url);

/// Why an address is not used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadServer {
    /// Not an address.
    #[error("\"{0}\" is not an address such as https://portal.example.com")]
    NotAnAddress(String),
    /// Neither https nor http.
    #[error("the server's address must start with https://")]
    Scheme,
    /// http to another host.
    #[error("http:// sends everything in the clear; use https://, or --insecure-http if that is what you want")]
    InTheClear,
    /// It holds a user name, a query or a fragment.
    #[error("the server's address may hold a host, a port and a path, nothing else")]
    TooMuch,
}

impl Server {
    /// Checks `text`; http is for loopback hosts unless `insecure_http`.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn parse(text: &str, insecure_http: bool) -> Result<Self, BadServer> {
        let url = Url::parse(text.trim().trim_end_matches('/')).map_err(|_| BadServer::NotAnAddress(text.into()))?;
        let host = url.host_str().ok_or_else(|| BadServer::NotAnAddress(text.into()))?;
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return Err(BadServer::TooMuch);
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if insecure_http || is_loopback(host) => Ok(Self(url)),
            "http" => Err(BadServer::InTheClear),
            _ => Err(BadServer::Scheme),
        }
    }

    /// The address of `path`, which starts with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    /// Whether the server is this machine.
    pub fn is_here(&self) -> bool {
        self.0.host_str().is_some_and(is_loopback)
    }

    /// The name, when it is one that always means this machine, which not every system's resolver knows.
    pub fn localhost(&self) -> Option<&str> {
        self.0.host_str().filter(|name| is_localhost(name))
    }

    /// Whether what travels is encrypted.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

impl std::fmt::Display for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

fn is_localhost(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    is_localhost(host) || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_spoken_to_in_the_clear() {
        let table = [
            ("https://portal.example.com", None),
            ("http://localhost:3000/t/northwind/", None),
            ("http://127.0.0.1:3000", None),
            ("http://[::1]:3000", None),
            ("http://portal.example.com", Some(BadServer::InTheClear)),
            ("http://localhost.example.com", Some(BadServer::InTheClear)),
            ("ftp://localhost", Some(BadServer::Scheme)),
            ("https://user:word@portal.example.com", Some(BadServer::TooMuch)),
            ("https://portal.example.com/?a=b", Some(BadServer::TooMuch)),
            ("portal", Some(BadServer::NotAnAddress("portal".into()))),
        ];
        for (text, problem) in table {
            assert_eq!(Server::parse(text, false).err(), problem, "{text}");
        }
        assert!(Server::parse("http://portal.example.com", true).is_ok());
    }

    #[test]
    fn a_path_stays_in_front() {
        let server = Server::parse("http://localhost:3000/t/northwind/", false).expect("fine");
        assert_eq!(server.at("/agent/reports"), "http://localhost:3000/t/northwind/agent/reports");
        assert_eq!(Server::parse("https://a.example", false).expect("fine").at("/x"), "https://a.example/x");
    }
}
