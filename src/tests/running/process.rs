//! A real server process on a database of its own.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use foundation::{Database, tenancy::DatabaseUrls};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    process::{Child, Command},
    task::JoinHandle,
};

use crate::harness::{Browser, Place};

/// A server that runs.
pub struct Running {
    child: Child,
    address: SocketAddr,
    log: Option<JoinHandle<String>>,
    asked: Option<Instant>,
    place: Place,
    flags: Vec<String>,
}

/// How a server ended.
#[derive(Debug)]
pub struct End {
    pub success: bool,
    pub took: Duration,
    pub log: String,
}

/// A sign-in whose last byte is missing.
pub struct Slow {
    stream: TcpStream,
}

/// `portico` with `arguments`, as a command that ends with the test.
fn command(urls: &DatabaseUrls, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portico"));
    command.args(arguments).env_clear().env("DATABASE_URL", &urls.app).stdin(Stdio::null()).kill_on_drop(true);
    if let Some(owner) = &urls.owner {
        command.env("PORTICO_OWNER_DATABASE_URL", owner);
    }
    command
}

/// How long a command of the console may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs `portico` to its end; whether it succeeded, and all that it said.
pub async fn portico(urls: &DatabaseUrls, arguments: &[&str]) -> (bool, String) {
    let child = command(urls, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    let id = child.id().expect("running");
    let Ok(output) = tokio::time::timeout(PATIENCE, child.wait_with_output()).await else {
        panic!("portico {arguments:?} did not end; its threads wait in: {}", waits(id));
    };
    let output = output.expect("its output");
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// What each thread of a process is doing, in the kernel's words.
fn waits(id: u32) -> String {
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let told = tasks.map(|task| {
        let read = |file: &str| std::fs::read_to_string(task.path().join(file)).unwrap_or_default().trim().to_owned();
        format!("{} {} {}", read("comm"), read("wchan"), read("syscall"))
    });
    told.collect::<Vec<_>>().join("; ")
}

impl Running {
    /// Starts a demo server on a free port and waits until it says which.
    pub async fn start(flags: &[&str]) -> Self {
        let flags = flags.iter().map(|flag| (*flag).to_owned()).collect();
        Self::serve(Place::new().await, 0, flags).await
    }

    async fn serve(place: Place, port: u16, flags: Vec<String>) -> Self {
        let port = port.to_string();
        let usual = ["serve", "--demo", "--demo-devices", "20", "--port", &port, "--counts-seconds", "0"];
        let arguments: Vec<&str> = usual.into_iter().chain(flags.iter().map(String::as_str)).collect();
        let mut child = command(&place.urls, &arguments).stderr(Stdio::piped()).spawn().expect("started");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let mut log = String::new();
        let address = loop {
            let line = lines.next_line().await.expect("text").unwrap_or_else(|| panic!("it ended: {log}"));
            log.push_str(&line);
            log.push('\n');
            let port = line.contains("serving").then(|| line.split("127.0.0.1:").nth(1)).flatten();
            if let Some(port) = port.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>()) {
                break SocketAddr::from(([127, 0, 0, 1], port.parse().expect("a port")));
            }
        };
        let rest = tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                log.push_str(&line);
                log.push('\n');
            }
            log
        });
        Self { child, address, log: Some(rest), asked: None, place, flags }
    }

    /// Ends it at once, as a power cut would, and starts it again on the same port.
    pub async fn kill_and_start(self) -> Self {
        let Self { mut child, address, place, flags, .. } = self;
        child.kill().await.expect("killed");
        Self::serve(place, address.port(), flags).await
    }

    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// A fresh enrolment key of Northwind.
    pub async fn key(&self, client: &str) -> String {
        let (success, text) = portico(&self.place.urls, &["enrolment-key", "--tenant", "northwind", "--client", client]).await;
        assert!(success, "{text}");
        text.lines().next().expect("a key").trim().to_owned()
    }

    pub fn browser(&self, host: &str) -> Browser {
        Browser::new(self.address, host)
    }

    pub fn urls(&self) -> DatabaseUrls {
        self.place.urls.clone()
    }

    /// The folder of its database, which is gone after the test.
    pub fn folder(&self) -> PathBuf {
        self.place.folder().to_owned()
    }

    pub async fn open(&self) -> Database {
        self.place.open().await
    }

    /// A sign-in at `host` that has not quite been sent.
    pub async fn slow_sign_in(&self, host: &str) -> Slow {
        let mut stream = TcpStream::connect(self.address).await.expect("connected");
        let body = "email=owner%40northwind.example&password=portico-dem";
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nhost: {host}:{port}\r\norigin: http://{host}:{port}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len() + 1,
            port = self.address.port(),
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        // Time for the server to begin.
        tokio::time::sleep(Duration::from_millis(300)).await;
        Slow { stream }
    }

    /// Sends SIGTERM.
    pub async fn terminate(&mut self) {
        let id = self.child.id().expect("running").to_string();
        assert!(Command::new("/bin/kill").args(["-TERM", &id]).status().await.expect("kill").success());
        self.asked = Some(Instant::now());
    }

    /// Waits until nobody new gets in.
    pub async fn refuses_connections(&self) {
        for _ in 0..100 {
            if TcpStream::connect(self.address).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it still takes connections");
    }

    /// Waits for its end.
    pub async fn end(&mut self) -> End {
        let status = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await.expect("it ends").expect("a status");
        let took = self.asked.map_or(Duration::ZERO, |asked| asked.elapsed());
        let log = self.log.take().expect("ended once").await.expect("its log");
        End { success: status.success(), took, log }
    }
}

impl Slow {
    /// Sends the rest and reads the answer.
    pub async fn finish(&mut self) -> String {
        self.stream.write_all(b"o").await.expect("sent");
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).await.expect("an answer, and the end of the connection");
        answer
    }
}
