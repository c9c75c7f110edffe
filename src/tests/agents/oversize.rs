//! Bodies that are too large are refused before they have arrived.

use std::time::{Duration, Instant};

use domain::enrolment::signature::REPORTS_PATH;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::{Signer, Stored, full_report};
use crate::harness::{NORTHWIND, TestApp};

const CLIENT: &str = "Harbour Street Lab";
const LARGE: usize = 40 << 20;

/// The head of a request for `path`, without its end.
fn head(app: &TestApp, path: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nhost: {NORTHWIND}:{}\r\ncontent-type: application/json\r\n", app.address.port())
}

/// Sends a head that announces `LARGE` bytes and no body: what comes back is said at once.
async fn announced(app: &TestApp, path: &str) -> String {
    let mut stream = TcpStream::connect(app.address).await.expect("connected");
    stream.write_all(format!("{}content-length: {LARGE}\r\n\r\n", head(app, path)).as_bytes()).await.expect("sent");
    let mut answer = vec![0; 1024];
    let read = timeout(Duration::from_secs(5), stream.read(&mut answer)).await.expect("an answer in time").expect("read");
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

/// Sends `LARGE` bytes whose length nobody announced; the server may hang up before their end.
async fn streamed(app: &TestApp, path: &str) -> Duration {
    let started = Instant::now();
    let mut stream = TcpStream::connect(app.address).await.expect("connected");
    stream.write_all(format!("{}transfer-encoding: chunked\r\n\r\n", head(app, path)).as_bytes()).await.expect("sent");
    let chunk = [format!("{:x}\r\n", 1 << 20).as_bytes(), &[b' '; 1 << 20], b"\r\n"].concat();
    let sent = timeout(Duration::from_secs(20), async {
        let mut sent = 0;
        while sent < LARGE && stream.write_all(&chunk).await.is_ok() {
            sent += 1 << 20;
        }
        sent
    });
    assert!(sent.await.expect("not held up") < LARGE, "the server does not swallow it all");
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_megabytes_are_refused_at_the_door() {
    let app = TestApp::start().await;
    let signer = Signer::enrol(&app, &app.key(CLIENT, &[]).await, "lab").await;
    let before = Stored::of(&app, CLIENT).await;
    for path in [REPORTS_PATH, "/agent/enrolment", "/inventory", "/"] {
        let answer = announced(&app, path).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{path}: {answer}");
        let took = streamed(&app, path).await;
        assert!(took < Duration::from_secs(10), "{path} took {took:?}");
    }
    assert_eq!(Stored::of(&app, CLIENT).await, before);
    signer.report(&app, &full_report(&app, "lab"), 1).await;
}
