//! The HTTP client: time-outs on every call, no redirects, bounded answers, and root certificates on bare machines.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    path::Path,
    time::Duration,
};

use reqwest::{Certificate, Client, RequestBuilder, Response, StatusCode, header::RETRY_AFTER, redirect::Policy};
use serde::de::DeserializeOwned;

use crate::server::Server;

const CONNECT: Duration = Duration::from_secs(10);
const TOTAL: Duration = Duration::from_secs(60);
const MOST_ANSWER: usize = 1024 * 1024;

/// Where Linux systems keep the certificates they trust.
const SYSTEM_ROOTS: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// How long it asks to wait; only the form in seconds is read.
    pub retry_after: Option<Duration>,
    body: Vec<u8>,
}

impl Answer {
    /// The body as JSON, if it is that.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// A client for `server`.
///
/// # Errors
/// TLS cannot be set up.
pub fn client(server: &Server) -> reqwest::Result<Client> {
    let mut builder = Client::builder()
        .user_agent(concat!("portico-agent/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .timeout(TOTAL)
        .redirect(Policy::none())
        .https_only(server.is_https());
    if server.is_here() {
        builder = builder.no_proxy();
    }
    if let Some(name) = server.localhost() {
        builder = builder.resolve_to_addrs(name, &[(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]);
    }
    // Without any root the client would not even start, though plain http needs none.
    if !has_roots(|name| std::env::var_os(name).is_some(), |path| Path::new(path).exists()) {
        if server.is_https() {
            tracing::warn!("this machine has no root certificates; using those built into the agent");
        }
        builder = builder.tls_certs_only(embedded()?);
    }
    builder.build()
}

fn has_roots(is_set: impl Fn(&str) -> bool, exists: impl Fn(&str) -> bool) -> bool {
    is_set("SSL_CERT_FILE") || is_set("SSL_CERT_DIR") || SYSTEM_ROOTS.into_iter().any(exists)
}

fn embedded() -> reqwest::Result<Vec<Certificate>> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|der| Certificate::from_der(der)).collect()
}

/// Sends `request` and reads the answer.
///
/// # Errors
/// There is no answer in time, or it is longer than 1 MiB; as a sentence.
pub async fn ask(request: RequestBuilder) -> Result<Answer, String> {
    let response = request.send().await.map_err(explain)?;
    let status = response.status();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok()).map(Duration::from_secs);
    Ok(Answer { status, retry_after, body: bounded(response).await? })
}

async fn bounded(mut response: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(explain)? {
        if body.len() + chunk.len() > MOST_ANSWER {
            return Err(format!("the answer is longer than {MOST_ANSWER} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The error with its causes; reqwest alone only says that sending failed.
fn explain(error: reqwest::Error) -> String {
    let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_roots_serve_where_the_machine_has_none() {
        assert!(!has_roots(|_| false, |_| false));
        assert!(has_roots(|_| false, |path| path == "/etc/ssl/cert.pem"));
        assert!(has_roots(|name| name == "SSL_CERT_FILE", |_| false));
        let roots = embedded().expect("roots");
        assert!(roots.len() > 100);
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        assert!(Client::builder().tls_certs_only(roots).build().is_ok());
    }
}
