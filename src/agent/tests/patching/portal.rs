//! A portal that hands out one command at a time, signed, and remembers what it is told.

use std::{
    io::Read,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Moment,
    commands::{Done, Order, Poll, Spec, Told, Turn, order_message},
    devices::Report,
    enrolment::signature::Accepted,
    ids::{AgentKeyId, CommandId},
};
use ed25519_dalek::{Signer, SigningKey};
use portico_agent::outside;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};
use uuid::Uuid;

/// The agent of the machine.
pub const AGENT: AgentKeyId = AgentKeyId(Uuid::from_u128(2));

#[derive(Default)]
struct Inner {
    orders: Vec<Order>,
    fetched: Vec<CommandId>,
    told: Vec<Told>,
    reports: Vec<Report>,
}

#[derive(Clone)]
pub struct Portal {
    pub url: String,
    key: SigningKey,
    inner: Arc<Mutex<Inner>>,
}

impl Portal {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/t/northwind", listener.local_addr().expect("address"));
        let portal = Self { url, key: SigningKey::from_bytes(&[3; 32]), inner: Arc::default() };
        let served = portal.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                let served = served.clone();
                tokio::spawn(async move { served.serve(stream).await });
            }
        });
        portal
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("lock")
    }

    /// Hands out `spec`, until somebody says how it ended.
    pub fn ask(&self, spec: &Spec) -> CommandId {
        let nanos = std::time::UNIX_EPOCH.elapsed().expect("a time").as_nanos();
        let (id, expires_at) = (CommandId(Uuid::from_u128(nanos)), outside::now() + 3_600_000);
        let spec = serde_json::to_string(spec).expect("json");
        let signature = self.key.sign(order_message(id, AGENT, expires_at, &spec).as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        self.inner().orders.push(Order { id, agent: AGENT, expires_at, spec, signature });
        id
    }

    /// Waits until the agent is given `id`, so that it may be at work on it.
    pub async fn fetched(&self, id: CommandId) {
        self.wait(|inner| inner.fetched.contains(&id).then_some(())).await;
    }

    /// Waits for how `id` ends.
    pub async fn done(&self, id: CommandId) -> Done {
        self.wait(|inner| inner.told.iter().rev().find(|told| told.id == id)?.done.clone()).await
    }

    /// All that was said of `id`.
    pub fn told(&self, id: CommandId) -> Vec<Told> {
        self.inner().told.iter().filter(|told| told.id == id).cloned().collect()
    }

    /// The newest report that lists the installed packages.
    pub fn report(&self) -> Report {
        self.inner().reports.iter().rev().find(|report| report.software.is_some()).cloned().expect("a report")
    }

    async fn wait<T>(&self, found: impl Fn(&Inner) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = found(&self.inner()) {
                return found;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing more was heard; last: {:?}", self.inner().told.last());
            sleep(Duration::from_millis(10)).await;
        }
    }

    async fn serve(&self, mut stream: TcpStream) -> Option<()> {
        let (path, body) = request(&mut stream).await?;
        let answer = if path.ends_with("/agent/commands") { self.turn(&body).await } else { self.take(&body) };
        let body = answer.to_string();
        let answer = format!("HTTP/1.1 200 X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await.ok()
    }

    fn take(&self, body: &[u8]) -> Value {
        self.inner().reports.push(serde_json::from_slice(body).expect("a report"));
        serde_json::to_value(Accepted { every_s: 300, send_all: true, asked: Default::default() }).expect("json")
    }

    async fn turn(&self, body: &[u8]) -> Value {
        let poll: Poll = serde_json::from_slice(body).expect("a question");
        let orders: Vec<Order> = {
            let mut inner = self.inner();
            inner.told.extend(poll.told);
            let over = |id: &CommandId| inner.told.iter().any(|told| told.id == *id && told.done.is_some());
            inner.orders.iter().filter(|order| !poll.have.contains(&order.id) && !over(&order.id)).cloned().collect()
        };
        self.inner().fetched.extend(orders.iter().map(|order| order.id));
        if orders.is_empty() && poll.wait_s > 0 {
            sleep(Duration::from_millis(100)).await;
        }
        let server_key = URL_SAFE_NO_PAD.encode(self.key.verifying_key().to_bytes());
        let now = Moment(outside::now().0);
        serde_json::to_value(Turn { server_key, orders, cancelled: Vec::new(), pause_s: 0, now }).expect("json")
    }
}

/// The path and the body of a request, unpacked.
async fn request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |text| text.parse().expect("a length"));
        let body = &bytes[end + 4..];
        if body.len() < length {
            continue;
        }
        let path = head.split(' ').nth(1)?.to_owned();
        if !head.contains("content-encoding: gzip") {
            return Some((path, body.to_vec()));
        }
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(body).read_to_end(&mut unpacked).expect("gzip");
        return Some((path, unpacked));
    }
}
