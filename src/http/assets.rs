//! Files: the built ones, and each brand's own.

use std::sync::OnceLock;

use axum::{
    Extension,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::brand::{BrandTokens, stylesheet};
use foundation::{secrets, tenants::rows::brand};
use tower_http::{
    services::ServeDir,
    set_header::{SetResponseHeader, SetResponseHeaderLayer},
};

use super::{
    errors::{Problem, into_response},
    place::Placed,
    router::Shared,
};
use crate::config::Serve;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Files of the agent's folder that are looked at.
const PACKAGES: usize = 100;
/// The platform's own mark.
const MARK: &str = include_str!("../../public/mark.svg");
/// The script of the inbox; a page that holds it is whole without.
const INBOX: &str = include_str!("../../public/inbox.js");

/// The built files in `folder`. Their addresses carry the version, so they never change.
pub fn built(config: &Serve, folder: &str) -> SetResponseHeader<ServeDir, HeaderValue> {
    let layer = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, FOR_EVER);
    tower::Layer::layer(&layer, ServeDir::new(config.site.join(folder)))
}

/// The agent's packages, for machines that are about to enrol.
pub fn packages(config: &Serve) -> ServeDir {
    ServeDir::new(&config.agent_packages)
}

/// The names of the agent's packages of this version, a few at most; none where there is no such folder.
pub fn agent_packages(config: &Serve) -> Vec<String> {
    let start = concat!("portico-agent_", env!("CARGO_PKG_VERSION"), "_");
    let entries = std::fs::read_dir(&config.agent_packages).into_iter().flatten().take(PACKAGES);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.retain(|name| name.starts_with(start) && (name.ends_with(".deb") || name.ends_with(".tar.gz")));
    names.sort();
    names
}

/// The icon sprite.
pub async fn icons(Extension(app): Extension<Shared>) -> Response {
    match tokio::fs::read(app.config.site.join("icons.svg")).await {
        Ok(sprite) => file(sprite, "image/svg+xml"),
        Err(_) => into_response(Problem::NotFound),
    }
}

/// The module of the inbox.
pub async fn inbox() -> Response {
    file(INBOX.into(), "text/javascript; charset=utf-8")
}

/// What the addresses of built files end in: it changes with each start, which is when files may have changed.
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let built = std::env::current_exe().and_then(|program| program.metadata()).and_then(|about| about.modified()).ok();
        let seconds = built.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs());
        format!("{seconds:x}")
    })
}

/// The name of a brand's version: its number, and a part of its hash, so that a new install never meets an old cache.
pub fn brand_version(brand: &brand::Model) -> String {
    let text = [&brand.tokens, &brand.logo_light, &brand.logo_dark, &brand.favicon].map(String::as_str).join("\n");
    let hash = secrets::hash(text.as_bytes());
    format!("{}-{}", brand.version, secrets::hex(hash.get(..6).unwrap_or(&hash)))
}

/// `/brand/<version>.css`.
pub async fn brand(Extension(placed): Extension<Placed>, Path(file_name): Path<String>) -> Response {
    if !file_name.ends_with(".css") {
        return into_response(Problem::NotFound);
    }
    let words = placed.front.as_ref().and_then(|front| serde_json::from_str(&front.brand.tokens).ok());
    let tokens = words.and_then(|words| BrandTokens::parse(&words).ok()).unwrap_or_default();
    file(stylesheet(&tokens).into_bytes(), "text/css; charset=utf-8")
}

/// `/brand/<version>/<file>`: logos and favicon.
pub async fn brand_file(Extension(placed): Extension<Placed>, Path((_, name)): Path<(String, String)>) -> Response {
    let brand = placed.front.as_ref().map(|front| &front.brand);
    let svg = match (name.as_str(), brand) {
        ("logo-light.svg", Some(brand)) => brand.logo_light.clone(),
        ("logo-dark.svg", Some(brand)) => brand.logo_dark.clone(),
        ("favicon.svg", Some(brand)) => brand.favicon.clone(),
        ("favicon.svg", None) => MARK.to_owned(),
        _ => return into_response(Problem::NotFound),
    };
    let mut response = file(svg.into_bytes(), "image/svg+xml");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; style-src 'none'; sandbox"));
    response
}

fn file(bytes: Vec<u8>, kind: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, FOR_EVER)];
    (StatusCode::OK, headers, bytes).into_response()
}
