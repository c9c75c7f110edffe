//! Accepts connections: a limit on how many, on how slowly a request may arrive, and a clean end.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{body::Body, extract::Request};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

use super::{App, router::dispatch};

/// Connections at once.
const CONNECTIONS: usize = 4_096;
/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How long requests may go on after the signal to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// How long reports that wait may take to be stored after that.
const FLUSH: Duration = Duration::from_secs(5);

/// Serves until `stop` resolves, then lets open requests end.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) {
    let (open, graceful) = (Arc::new(Semaphore::new(CONNECTIONS)), GracefulShutdown::new());
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(permit) = Arc::clone(&open).acquire_owned().await else { break };
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connection(stream, peer, &app, &graceful, permit),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    // From here on nobody gets in: what connects is refused, and may try another server.
    drop(listener);
    app.waiting.close();
    app.onlookers.close();
    tracing::info!("stopping: open requests may end");
    let ended = async {
        graceful.shutdown().await;
        app.work.ended().await;
    };
    if tokio::time::timeout(DRAIN, ended).await.is_err() {
        tracing::warn!("some requests were still open after 10 seconds");
    }
    if tokio::time::timeout(FLUSH, app.reports.flush()).await.is_err() {
        tracing::warn!("some reports were not stored in time; their agents send them again");
    }
}

fn connection(stream: TcpStream, peer: SocketAddr, app: &Arc<App>, graceful: &GracefulShutdown, permit: tokio::sync::OwnedSemaphorePermit) {
    // A lost setting costs speed, not the connection.
    drop(stream.set_nodelay(true));
    let app = Arc::clone(app);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let app = Arc::clone(&app);
        async move { Ok::<_, Infallible>(dispatch(app, request.map(Body::new), peer.ip()).await) }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(100).keep_alive_interval(Duration::from_secs(20));
    let watched = graceful.watch(builder.serve_connection(TokioIo::new(stream), service).into_owned());
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(permit);
    });
}
