//! A receiver of webhooks that answers what the test says.

use std::{
    collections::VecDeque,
    net::{IpAddr, SocketAddr},
    sync::Mutex,
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};

/// What a receiver does once it has read the request.
#[derive(Clone)]
pub enum Then {
    Answer(String),
    /// Answers `200` and then body for ever.
    Flood,
    Wait,
    HangUp,
}

pub struct Receiver {
    pub port: u16,
    requests: mpsc::UnboundedReceiver<Request>,
}

#[derive(Debug)]
pub struct Request {
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).filter_map(|line| line.split_once(": ")).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

pub fn answer(status: &str) -> Then {
    Then::Answer(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nset-cookie: a=b\r\n\r\n"))
}

impl Receiver {
    pub async fn start(then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, requests) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, then.clone(), sender.clone()));
            }
        });
        Self { port, requests }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/in?token=quiet", self.port)
    }

    pub async fn next(&mut self) -> Request {
        timeout(Duration::from_secs(5), self.requests.recv()).await.expect("a request in time").expect("a request")
    }

    pub fn is_untouched(&mut self) -> bool {
        self.requests.try_recv().is_err()
    }
}

async fn serve(mut stream: TcpStream, then: Then, sender: mpsc::UnboundedSender<Request>) {
    let mut bytes = Vec::new();
    let head = loop {
        let mut part = [0u8; 4096];
        let count = stream.read(&mut part).await.unwrap_or(0);
        bytes.extend_from_slice(&part[..count]);
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if count == 0 {
            return;
        }
    };
    let mut request = Request { head: String::from_utf8_lossy(&bytes[..head]).into_owned(), body: bytes.split_off(head) };
    let length: usize = request.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let have = request.body.len();
    request.body.resize(length, 0);
    stream.read_exact(&mut request.body[have..]).await.expect("the body");
    let _ = sender.send(request);
    match then {
        Then::Answer(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
        }
        Then::Flood => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n").await;
            while stream.write_all(&[b'x'; 65536]).await.is_ok() {}
        }
        Then::Wait => tokio::time::sleep(Duration::from_secs(60)).await,
        Then::HangUp => {}
    }
}

/// A name server that gives one answer after another, and the last for ever.
pub struct Answers(Mutex<VecDeque<Vec<IpAddr>>>);

impl Answers {
    pub fn new(answers: &[&[&str]]) -> Self {
        Self(Mutex::new(answers.iter().map(|one| one.iter().map(|text| text.parse().expect(text)).collect()).collect()))
    }
}

impl Resolve for Answers {
    fn resolve(&self, _: Name) -> Resolving {
        let mut answers = self.0.lock().expect("the answers");
        let now = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        let sockets: Vec<SocketAddr> = now.unwrap_or_default().into_iter().map(|address| SocketAddr::new(address, 0)).collect();
        Box::pin(async move { Ok(Box::new(sockets.into_iter()) as Addrs) })
    }
}
