//! What every answer carries, and what every change must come with.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use domain::Refusal;

use tower_http::csrf::ProtectionError;

use super::errors::{Problem, into_response};

/// The nonce of a page's one script; a page without scripts has none.
#[derive(Debug, Clone)]
pub struct Nonce(pub String);

/// Answers a change that another site asked for.
pub fn foreign(_: ProtectionError) -> Response {
    into_response(Problem::ForeignRequest)
}

/// Stops a change with a cookie from a browser that does not say where it comes from; [`tower_http::csrf`] lets it pass.
pub async fn says_where(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_told(request.headers()) { next.run(request).await } else { into_response(Problem::ForeignRequest) }
}

fn is_told(headers: &HeaderMap) -> bool {
    [header::ORIGIN.as_str(), "sec-fetch-site"].iter().any(|name| headers.contains_key(*name)) || !headers.contains_key(header::COOKIE)
}

/// Sets the headers of every answer.
pub fn headers(mut response: Response, https: bool, nonce: Option<&str>) -> Response {
    let headers = response.headers_mut();
    let script = nonce.map(|nonce| format!("script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; connect-src 'self'; ")).unwrap_or_default();
    let upgrade = if https { "; upgrade-insecure-requests" } else { "" };
    let policy = format!(
        "default-src 'none'; {script}style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'{upgrade}"
    );
    let mut set = |name: &'static str, value: &str| {
        if let (false, Ok(value)) = (headers.contains_key(name), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    };
    set("content-security-policy", &policy);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    set("cache-control", "private, no-store");
    if https {
        set("strict-transport-security", "max-age=31536000");
    }
    response
}

/// Whether `next` is a path of this very host, so that nobody is sent elsewhere.
///
/// # Errors
/// [`Refusal::Invalid`] naming `next`.
pub fn own_path(next: &str) -> Result<&str, Refusal> {
    let plain = next.starts_with('/') && !next.starts_with("//") && next.len() <= 2_000 && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain { Ok(next) } else { Err(Refusal::invalid("next", "is not a path of this portal")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_needs_an_origin() {
        let told = |names: &[&'static str]| is_told(&names.iter().map(|name| (header::HeaderName::from_static(name), HeaderValue::from_static("x"))).collect());
        assert!(told(&[]), "a program without a session");
        assert!(told(&["cookie", "origin"]) && told(&["cookie", "sec-fetch-site"]));
        assert!(!told(&["cookie"]));
    }

    #[test]
    fn next_stays_here() {
        for good in ["/", "/devices?q=a%20b", "/devices/dev_1#x"] {
            assert!(own_path(good).is_ok(), "{good}");
        }
        for bad in ["", "devices", "//evil.example", "/\\evil.example", "https://evil.example", "/a\tb", "/a b", "javascript:alert(1)", "/ü"] {
            assert!(own_path(bad).is_err(), "{bad}");
        }
    }
}
