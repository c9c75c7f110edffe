//! The way of a request to its route.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use tower::ServiceExt;
use tower_http::{compression::CompressionLayer, csrf::CsrfLayer};

use super::{
    App, assets, errors, guard, health, noted,
    place::Nowhere,
    routes::{agents, pages},
    session, view,
};
use crate::config::Serve;

/// The state of every handler.
pub type Shared = Arc<App>;

/// How long anybody waits for an answer; the work itself runs on to its end.
const ANSWER: Duration = Duration::from_secs(30);

/// A router for the platform host, and one for tenants.
#[derive(Debug)]
pub(super) struct Routers {
    platform: Router<Shared>,
    tenant: Router<Shared>,
}

impl Routers {
    pub(super) fn new(config: &Serve) -> Self {
        let built = || {
            Router::new()
                .nest_service("/pkg", assets::built(config, "pkg"))
                .nest_service("/fonts", assets::built(config, "fonts"))
                .nest_service("/agent/packages", assets::packages(config))
                .route("/icons.svg", get(assets::icons))
                .route("/inbox.js", get(assets::inbox))
        };
        let framed = |pages: Router<Shared>| {
            pages
                .layer(middleware::from_fn(view::layer))
                .layer(middleware::from_fn(session::layer))
                .layer(middleware::from_fn(guard::says_where))
                .layer(CsrfLayer::new().with_rejection_response(guard::foreign))
                .fallback(errors::not_found)
                .method_not_allowed_fallback(errors::not_found)
        };
        Self { platform: framed(pages(true)).merge(built()), tenant: framed(pages(false)).merge(agents()).merge(built()) }
    }
}

/// Answers a request. It is worked on to its end, even when the browser leaves meanwhile: a transaction that is
/// dropped while it begins would leave its connection unclean for the next one.
pub async fn dispatch(app: Shared, mut request: Request<Body>, peer: IpAddr) -> Response {
    let line = noted::Line::begin(&mut request);
    let response = answer(app, request, peer, &line).await;
    line.end(response.status());
    response
}

async fn answer(app: Shared, mut request: Request<Body>, peer: IpAddr, line: &noted::Line) -> Response {
    if request.uri().path() == "/healthz" {
        line.of_route("/healthz");
        return health::answer(&app).await;
    }
    let https = app.config.is_https();
    let placed = match app.place(&mut request, peer).await {
        Ok(placed) => placed,
        Err(nowhere) => return guard::headers(nowhere_page(nowhere), https, None),
    };
    if let Some(front) = &placed.front {
        line.of_tenant(&front.slug);
    }
    let router = if placed.front.is_some() { &app.routers.tenant } else { &app.routers.platform };
    let router =
        router.clone().layer(middleware::from_fn_with_state(Arc::clone(&app), errors::render)).layer(CompressionLayer::new()).with_state(Arc::clone(&app));
    let router = router.layer(middleware::from_fn(noted::layer));
    let changes = placed.front.as_ref().filter(|_| request.method() == Method::POST).map(|front| front.tenant);
    request.extensions_mut().insert(placed);
    request.extensions_mut().insert(Arc::clone(&app));
    let under_way = app.work.begin().await;
    let work = tokio::spawn(async move {
        let response = router.oneshot(request).await;
        if let Some(tenant) = changes.filter(|_| response.as_ref().is_ok_and(|response| response.status() == StatusCode::SEE_OTHER)) {
            app.counts.forget(tenant).await;
        }
        drop(under_way);
        response
    });
    match tokio::time::timeout(ANSWER, work).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Err(panic)) => {
            tracing::error!(%panic, "a request panicked");
            plain(StatusCode::INTERNAL_SERVER_ERROR, "Something broke on our side. It is logged.")
        }
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "This took too long. Try again in a minute."),
    }
}

fn nowhere_page(nowhere: Nowhere) -> Response {
    match nowhere {
        Nowhere::BadHost => plain(StatusCode::BAD_REQUEST, "The request names no host, or more than one."),
        Nowhere::NoTenant => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        Nowhere::Unknown(host) => {
            tracing::warn!(host, "nobody answers for this host; PORTICO_HOSTS names the platform's own");
            plain(StatusCode::MISDIRECTED_REQUEST, "")
        }
        Nowhere::Failed(failure) => {
            tracing::error!(%failure, "could not tell whose host this is");
            let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, "Not available right now. Try again in a few seconds.");
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
            response
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text).into_response()
}
