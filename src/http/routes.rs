//! The routes, in lists that the coverage test reads too.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, post},
};
use tower_http::limit::RequestBodyLimitLayer;

use super::{body, ingest, router::Shared};

/// The largest form.
const FORM: usize = 64 * 1024;
/// The largest form with a file; what a file may hold is less, and said on its page.
const UPLOAD: usize = 16 * 1024 * 1024;
/// The largest report as sent; it may unpack to more, see [`ingest`].
const REPORT: usize = 8 * 1024 * 1024;
/// A route, as the coverage test asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, with axum's placeholders.
    pub path: &'static str,
    /// Whether the platform host has it, rather than the tenants'.
    pub platform: bool,
}

/// Forms with files that say themselves when they are too large.
const MESSAGES: [&str; 3] = ["/requests", "/requests/{request}/messages", "/requests/{request}/notes"];

/// How much a form at `path` may send.
fn most(path: &str) -> usize {
    match path {
        _ if MESSAGES.contains(&path) => body::MESSAGE,
        _ if path.starts_with("/clients/import") => UPLOAD,
        _ => FORM,
    }
}

macro_rules! routes {
    ($($platform:literal $method:ident $path:literal => $handler:expr;)*) => {
        pub(super) const ROUTES: &[crate::http::Route] = &[$(crate::http::Route { method: stringify!($method), path: $path, platform: $platform },)*];

        pub(super) fn add(platform: bool, mut router: axum::Router<crate::http::router::Shared>) -> axum::Router<crate::http::router::Shared> {
            $(if $platform == platform {
                router = router.route($path, super::bounded($path, axum::routing::$method($handler)));
            })*
            router
        }
    };
}

mod rooms;
mod settings;

/// Every route that a session or a stranger can ask for.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    rooms::ROUTES.iter().chain(settings::ROUTES)
}

/// The routes of the platform's host, or of the tenants'.
pub(super) fn pages(platform: bool) -> Router<Shared> {
    settings::add(platform, rooms::add(platform, Router::new()))
}

/// A route whose body is read whole and bounded.
fn bounded(path: &str, route: MethodRouter<Shared>) -> MethodRouter<Shared> {
    if MESSAGES.contains(&path) {
        let route: MethodRouter<Shared> = route.layer(middleware::from_fn(body::message));
        return route.layer(DefaultBodyLimit::max(most(path)));
    }
    let route: MethodRouter<Shared> =
        if most(path) > FORM { route.layer(middleware::from_fn(body::large)) } else { route.layer(middleware::from_fn(body::whole)) };
    route.layer((RequestBodyLimitLayer::new(most(path)), DefaultBodyLimit::max(most(path))))
}

/// What agents may ask for; no session opens these, and no agent opens the others.
pub(super) fn agents() -> Router<Shared> {
    Router::new()
        .route("/agent/enrolment", post(ingest::agent::enrol))
        .route("/agent/reports", post(ingest::agent::report))
        .route("/agent/commands", post(ingest::commands::poll))
        .route("/inventory", post(ingest::inventory::receive))
        .route("/", post(ingest::inventory::receive))
        .layer(RequestBodyLimitLayer::new(REPORT))
        .layer(DefaultBodyLimit::max(REPORT))
}
