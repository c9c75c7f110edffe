//! The mail server of the tests, and a port that leads to it only once it is opened.

#[path = "../../foundation/src/post/tests/server.rs"]
mod server;

use std::net::{Ipv4Addr, TcpListener};

use serde_json::Value;
use server::Server;
use tokio::io::copy_bidirectional;

use crate::harness::TestApp;

/// A mail server behind a port.
pub struct Relay {
    server: Server,
    port: u16,
}

impl Relay {
    /// A server whose port is closed, and a portal that sends there.
    pub async fn closed() -> (Self, TestApp) {
        let server = Server::start("plain").await;
        assert!(server.authority.contains("BEGIN CERTIFICATE"));
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port").local_addr().expect("its number").port();
        let url = format!("smtp://127.0.0.1:{port}");
        let app = TestApp::start_with(&["--mail-url", &url, "--mail-from", "notices@portal.example"]).await;
        (Self { server, port }, app)
    }

    /// The same with its port open.
    pub async fn open() -> (Self, TestApp) {
        let (relay, app) = Self::closed().await;
        relay.opens().await;
        (relay, app)
    }

    /// Opens the port.
    pub async fn opens(&self) {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.expect("the port");
        let behind = self.server.port;
        tokio::spawn(async move {
            while let Ok((mut from, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut to = tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, behind)).await.expect("the server");
                    drop(copy_bidirectional(&mut from, &mut to).await);
                });
            }
        });
    }

    /// The mail that arrived next.
    pub async fn mail(&mut self) -> Value {
        self.server.next().await
    }

    /// Whether nothing more arrived.
    pub async fn is_quiet(&mut self) -> bool {
        self.server.is_untouched().await
    }
}
