//! How mail names a tenant and leads to its pages: name, colour, host and scheme.

use domain::{Refusal, brand::BrandWords};
use foundation::{Failure, Tenant};

use crate::config::Serve;

/// A tenant's portal, as its mail speaks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portal {
    /// The MSP's name.
    pub name: String,
    /// The brand's colour, `#rrggbb`.
    pub accent: String,
    /// Scheme, host and port, without a final slash.
    pub url: String,
}

impl Portal {
    /// The portal of `tenant` on a server that was started with `config`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(tenant: &Tenant, config: &Serve) -> Result<Self, Failure> {
        let brand = tenant.brand().await?;
        let host = match tenant.first_host().await {
            Err(Failure::Refused(Refusal::NotFound)) => "localhost".to_owned(),
            host => host?,
        };
        let accent = serde_json::from_str::<BrandWords>(&brand.tokens).map(|words| words.accent).unwrap_or_default();
        Ok(Self { name: brand.name, accent, url: address(&host, config) })
    }

    /// The address of `path` there.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// `host` with the scheme and port by which people reach this server.
fn address(host: &str, config: &Serve) -> String {
    let port = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
        let port = rest.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
        port.map(|port| format!(":{port}")).unwrap_or_default()
    };
    match &config.external_url {
        Some(url) => format!("{}://{host}{}", if url.starts_with("https://") { "https" } else { "http" }, port(url)),
        None if config.trusted_proxies.is_empty() => format!("http://{host}:{}", config.port),
        None => format!("https://{host}"),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::address;
    use crate::config::{Cli, Command};

    #[test]
    fn links_have_the_scheme_and_port_that_people_type() {
        for (flags, expected) in [
            (&[][..], "http://larch.localhost:3000"),
            (&["--external-url", "https://portal.example"], "https://larch.localhost"),
            (&["--external-url", "https://portal.example:8443/"], "https://larch.localhost:8443"),
            (&["--trusted-proxies", "10.0.0.1"], "https://larch.localhost"),
        ] {
            let Command::Serve(serve) = Cli::parse_from(["portico", "serve"].iter().chain(flags)).command else { panic!("serve") };
            assert_eq!(address("larch.localhost", &serve), expected);
        }
    }
}
