//! Which tenant a request is for: from its host name, or from `/t/<slug>` on the platform host.

use std::{net::IpAddr, sync::Arc};

use axum::http::{HeaderMap, Request, Uri, header::HOST, uri::PathAndQuery};
use domain::tenants::is_slug;
use foundation::{
    Failure,
    directory::{Front, SessionHome},
};

use super::App;
use crate::config::Serve;

/// Where a request came to.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The tenant; `None` is the platform itself.
    pub front: Option<Arc<Front>>,
    /// What stands before every path: nothing, or `/t/<slug>`.
    pub base: String,
    /// The host name with its port, as the browser typed it.
    pub host: String,
    /// The address of the caller, as far as it can be trusted.
    pub address: IpAddr,
}

/// Why a request belongs nowhere.
#[derive(Debug)]
pub enum Nowhere {
    /// No host, or more than one.
    BadHost,
    /// A host that nobody here answers for.
    Unknown(String),
    /// No such `/t/<slug>`.
    NoTenant,
    /// The database failed.
    Failed(Failure),
}

impl Placed {
    /// Where this request's sessions live.
    pub fn home(&self) -> SessionHome {
        self.front.as_ref().map_or(SessionHome::Platform, |front| SessionHome::Tenant(front.tenant))
    }

    /// The address by which machines reach this tenant, without a final slash. Only browsers resolve names below `localhost`,
    /// so those are written as a path of the platform where that is served.
    pub fn outside(&self, config: &Serve) -> String {
        let name = name(&self.host);
        let port = self.host.get(name.len()..).filter(|port| port.starts_with(':')).unwrap_or_default();
        let slug = self.front.as_ref().map(|front| front.slug.clone()).filter(|_| name.ends_with(".localhost") && config.allow_path_tenants);
        let scheme = match &config.external_url {
            Some(url) => {
                if url.starts_with("https://") {
                    "https"
                } else {
                    "http"
                }
            }
            None if config.trusted_proxies.is_empty() || is_loopback(&name) => "http",
            None => "https",
        };
        match slug {
            Some(slug) => format!("{scheme}://localhost{port}/t/{slug}"),
            None => format!("{scheme}://{}{}", self.host, self.base),
        }
    }

    /// Whether an agent has to be told to send in the clear to another machine.
    pub fn is_clear(&self, config: &Serve) -> bool {
        self.outside(config).starts_with("http://") && !is_loopback(&name(&self.host))
    }
}

impl App {
    /// Finds the tenant of `request`, and takes `/t/<slug>` off its path.
    pub(super) async fn place<B>(&self, request: &mut Request<B>, peer: IpAddr) -> Result<Placed, Nowhere> {
        let trusted = self.config.trusted_proxies.contains(&peer);
        let host = host(request, trusted).ok_or(Nowhere::BadHost)?;
        let name = name(&host);
        let address = if trusted { forwarded_for(request.headers(), &self.config.trusted_proxies).unwrap_or(peer) } else { peer };
        if self.is_platform(&name) {
            let (front, base) = self.below_path(request).await?;
            return Ok(Placed { front, base, host, address });
        }
        let front = self.front(format!("host {name}"), |app| async move { app.database.directory().front_of_host(&name).await }).await?;
        match front {
            Some(front) => Ok(Placed { front: Some(front), base: String::new(), host, address }),
            None => Err(Nowhere::Unknown(host)),
        }
    }

    fn is_platform(&self, name: &str) -> bool {
        matches!(name, "localhost" | "127.0.0.1" | "[::1]") || self.config.hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
    }

    async fn below_path<B>(&self, request: &mut Request<B>) -> Result<(Option<Arc<Front>>, String), Nowhere> {
        let path = request.uri().path();
        let Some(rest) = path.strip_prefix("/t/").filter(|_| self.config.allow_path_tenants) else { return Ok((None, String::new())) };
        let slug = rest.split('/').next().unwrap_or_default().to_owned();
        if !is_slug(&slug) {
            return Err(Nowhere::NoTenant);
        }
        let base = format!("/t/{slug}");
        let front = self.front(format!("slug {slug}"), |app| async move { app.database.directory().front_of_slug(&slug).await }).await?;
        let front = front.ok_or(Nowhere::NoTenant)?;
        *request.uri_mut() = without(request.uri(), &base).ok_or(Nowhere::BadHost)?;
        Ok((Some(front), base))
    }

    async fn front<'a, F: Future<Output = Result<Option<Front>, Failure>>>(
        &'a self,
        key: String,
        load: impl FnOnce(&'a Self) -> F,
    ) -> Result<Option<Arc<Front>>, Nowhere> {
        if let Some(known) = self.fronts.get(&key).await {
            return Ok(known);
        }
        let front = load(self).await.map_err(Nowhere::Failed)?.map(Arc::new);
        self.fronts.insert(key, front.clone()).await;
        Ok(front)
    }
}

/// The one host of a request; a trusted proxy may name the one it was asked for.
fn host<B>(request: &Request<B>, trusted: bool) -> Option<String> {
    let forwarded = trusted.then(|| request.headers().get("x-forwarded-host")).flatten();
    if request.headers().get_all(HOST).iter().count() > 1 {
        return None;
    }
    let header = forwarded.or_else(|| request.headers().get(HOST));
    let host = match (request.uri().authority(), header) {
        (Some(authority), None) => authority.as_str(),
        (Some(authority), Some(header)) if header.as_bytes() == authority.as_str().as_bytes() => authority.as_str(),
        (None, Some(header)) => header.to_str().ok()?,
        _ => return None,
    };
    let plain = host.len() <= 255 && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
    (plain && !host.is_empty()).then(|| host.to_owned())
}

fn is_loopback(name: &str) -> bool {
    let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// The host without its port and final dot, in lower case.
fn name(host: &str) -> String {
    let name = match (host.rfind(']'), host.rfind(':')) {
        (Some(end), _) => host.get(..=end).unwrap_or(host),
        (None, Some(colon)) => host.get(..colon).unwrap_or(host),
        _ => host,
    };
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// The right-most forwarded address that is no proxy of ours.
fn forwarded_for(headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<IpAddr> = lines.flat_map(|line| line.split(',')).map_while(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !proxies.contains(hop))
}

/// `uri` without `base` before its path.
fn without(uri: &Uri, base: &str) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(base)?;
    let rest = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(rest).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::config::Cli;

    #[test]
    fn hosts_lose_port_case_and_final_dot() {
        for (host, expected) in [("Northwind.Localhost:3000", "northwind.localhost"), ("a.b.", "a.b"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]")] {
            assert_eq!(name(host), expected);
        }
    }

    #[test]
    fn agents_are_told_an_address_that_they_can_reach() {
        let serve = |arguments: &[&str]| match Cli::parse_from(["portico", "serve"].iter().chain(arguments)).command {
            crate::config::Command::Serve(serve) => serve,
            other => panic!("{other:?}"),
        };
        let placed = |host: &str, base: &str| Placed { front: None, base: base.into(), host: host.into(), address: [127, 0, 0, 1].into() };
        let (plain, https, proxied) = (serve(&[]), serve(&["--external-url", "https://p.example"]), serve(&["--trusted-proxies", "10.0.0.1"]));
        for (config, host, base, address, clear) in [
            (&https, "portal.northwind.example", "", "https://portal.northwind.example", false),
            (&proxied, "portal.northwind.example:8443", "", "https://portal.northwind.example:8443", false),
            (&plain, "localhost:3000", "/t/northwind", "http://localhost:3000/t/northwind", false),
            (&plain, "northwind.localhost:3000", "", "http://northwind.localhost:3000", false),
            (&serve(&["--external-url", "http://p.lan", "--trusted-proxies", "10.0.0.1"]), "p.lan", "", "http://p.lan", true),
        ] {
            let placed = placed(host, base);
            assert_eq!((placed.outside(config), placed.is_clear(config)), (address.to_owned(), clear));
        }
    }

    #[test]
    fn two_hosts_are_none() {
        let request = |hosts: &[&str]| hosts.iter().fold(Request::builder(), |request, host| request.header(HOST, *host)).body(());
        let of = |hosts: &[&str]| host(&request(hosts).expect("request"), false);
        assert_eq!(of(&["a"]).as_deref(), Some("a"));
        assert_eq!(of(&["a", "b"]), None);
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["a/b"]), None);
    }

    #[test]
    fn the_path_keeps_its_query() {
        let uri: Uri = "/t/northwind/devices?q=a".parse().expect("uri");
        assert_eq!(without(&uri, "/t/northwind").expect("below").to_string(), "/devices?q=a");
        let bare: Uri = "/t/northwind".parse().expect("uri");
        assert_eq!(without(&bare, "/t/northwind").expect("below").to_string(), "/");
    }

    #[test]
    fn only_the_last_foreign_hop_counts() {
        let proxy: IpAddr = [10, 0, 0, 1].into();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1, 2.2.2.2, 10.0.0.1".parse().expect("header"));
        assert_eq!(forwarded_for(&headers, &[proxy]), Some([2, 2, 2, 2].into()));
    }
}
