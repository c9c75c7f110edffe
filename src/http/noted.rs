//! One log line for each request: method, route, status, time, tenant. Never the path itself, a query or a header, for those hold names and secrets.

use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{Method, StatusCode},
    middleware::Next,
    response::Response,
};

/// The route that a request met, told from inside the router to whoever waits outside.
#[derive(Debug, Clone, Default)]
pub struct Route(Arc<OnceLock<String>>);

/// A request on its way to its line.
#[derive(Debug)]
pub struct Line {
    began: Instant,
    method: Method,
    route: Route,
    tenant: OnceLock<String>,
}

impl Line {
    /// Begins the line of `request`.
    pub fn begin(request: &mut Request<Body>) -> Self {
        let route = Route::default();
        // Folders of files are no routes of their own to axum.
        if let Some(folder) = ["/pkg/", "/fonts/"].into_iter().find(|folder| request.uri().path().starts_with(folder)) {
            drop(route.0.set(format!("{folder}*")));
        }
        request.extensions_mut().insert(route.clone());
        Self { began: Instant::now(), method: request.method().clone(), route, tenant: OnceLock::new() }
    }

    /// Notes a route that no router has.
    pub fn of_route(&self, template: &str) {
        drop(self.route.0.set(template.to_owned()));
    }

    /// Notes whose host it came to.
    pub fn of_tenant(&self, slug: &str) {
        drop(self.tenant.set(slug.to_owned()));
    }

    /// Writes the line.
    pub fn end(&self, status: StatusCode) {
        let route = self.route.0.get().map_or("none", String::as_str);
        let tenant = self.tenant.get().map_or("none", String::as_str);
        let (method, status) = (self.method.as_str(), status.as_u16());
        let ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        if is_usual(method, route, status) {
            tracing::debug!(method, route, status, ms, tenant, "answered");
        } else {
            tracing::info!(method, route, status, ms, tenant, "answered");
        }
    }
}

/// What comes so often, and says so little, that it is left to those who debug: files, probes, and reports that were taken.
fn is_usual(method: &str, route: &str, status: u16) -> bool {
    let file = ["/pkg", "/fonts", "/icons.svg", "/brand/"].iter().any(|start| route.starts_with(start));
    let report = method == "POST" && ["/agent/reports", "/inventory", "/"].contains(&route);
    status < 400 && (file || report || route == "/healthz")
}

/// Tells the route to the line of the request.
pub async fn layer(request: Request, next: Next) -> Response {
    if let (Some(line), Some(path)) = (request.extensions().get::<Route>(), request.extensions().get::<MatchedPath>()) {
        drop(line.0.set(path.as_str().to_owned()));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::is_usual;

    #[test]
    fn what_says_little_is_quiet_until_it_fails() {
        assert!(is_usual("GET", "/pkg/*", 200) && is_usual("POST", "/agent/reports", 200) && is_usual("GET", "/healthz", 200));
        assert!(!is_usual("GET", "/healthz", 503) && !is_usual("POST", "/agent/reports", 401));
        assert!(!is_usual("GET", "/", 200) && !is_usual("GET", "/devices/{device}", 200) && !is_usual("GET", "none", 404));
    }
}
