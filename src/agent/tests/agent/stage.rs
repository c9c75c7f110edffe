//! A server that plays a script of answers and remembers what it was sent, and a folder for an agent's state.

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use domain::{Moment, devices::Report, enrolment::signature::Accepted};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// One answer: status, a further header line or nothing, JSON.
pub type Answer = (u16, &'static str, Value);

#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn report(&self) -> Report {
        assert_eq!(self.header("content-encoding"), "gzip");
        assert_eq!(self.header("content-type"), "application/json");
        let mut text = String::new();
        flate2::read::GzDecoder::new(self.body.as_slice()).read_to_string(&mut text).expect("gzip");
        serde_json::from_str(&text).expect("a report")
    }
}

pub struct Stage {
    pub url: String,
    seen: Arc<Mutex<Vec<Request>>>,
    asked: watch::Receiver<bool>,
}

impl Stage {
    /// Plays `answers` in turn, then the last one for ever.
    pub async fn play(answers: Vec<Answer>) -> Self {
        Self::play_slowly(answers, Duration::ZERO).await
    }

    /// The same, and lets each wait.
    pub async fn play_slowly(answers: Vec<Answer>, wait: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/t/northwind", listener.local_addr().expect("address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let remembered = seen.clone();
        let (begun, asked) = watch::channel(false);
        tokio::spawn(async move {
            for at in 0.. {
                let (stream, _) = listener.accept().await.expect("a connection");
                let answer = answers[at.min(answers.len() - 1)].clone();
                begun.send_replace(true);
                tokio::time::sleep(wait).await;
                if let Some(request) = serve(stream, answer).await {
                    remembered.lock().expect("lock").push(request);
                }
            }
        });
        Self { url, seen, asked }
    }

    /// Waits until somebody has asked something.
    pub async fn asked(&self) {
        self.asked.clone().wait_for(|asked| *asked).await.expect("still playing");
    }

    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("lock").clone()
    }
}

async fn serve(mut stream: TcpStream, (status, header, body): Answer) -> Option<Request> {
    let mut bytes = Vec::new();
    let request = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(request) = parse(&bytes) {
            break request;
        }
    };
    let body = body.to_string();
    let header = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
    let answer = format!("HTTP/1.1 {status} X\r\n{header}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).await.ok()?;
    Some(request)
}

/// The request, once all of it has arrived.
fn parse(bytes: &[u8]) -> Option<Request> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).expect("text");
    let mut lines = head.split("\r\n");
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers: BTreeMap<_, _> = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let length: usize = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let body = bytes[end + 4..].to_vec();
    (body.len() == length).then_some(Request { path, headers, body })
}

pub fn accepted(every_s: u32, send_all: bool) -> Answer {
    (200, "", serde_json::to_value(Accepted { every_s, send_all, asked: Default::default() }).expect("json"))
}

pub fn refused(status: u16, error: &str, now: Moment) -> Answer {
    (status, "", json!({"error": error, "message": format!("refused as {error}"), "now": now}))
}

/// A folder that is gone after the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("portico-agent-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
