//! Starts the server of relay.py for one test, and ends it with the test.

use std::{path::PathBuf, process::Stdio, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::mpsc,
    time::timeout,
};

const MISSING: &str = "the tests of mail need aiosmtpd: run scripts/tools.sh mail, or set PORTICO_AIOSMTPD_PYTHON to a Python that has aiosmtpd and trustme";

pub struct Server {
    _child: Child,
    lines: mpsc::UnboundedReceiver<String>,
    pub port: u16,
    /// The certificate of the authority that vouches for it.
    pub authority: String,
}

impl Server {
    pub async fn start(kind: &str) -> Self {
        let mut command = Command::new(python());
        let mut child =
            command.args(["-c", include_str!("relay.py"), kind]).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn().expect(MISSING);
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let first = timeout(Duration::from_secs(30), lines.next_line()).await.expect(MISSING).expect(MISSING).expect(MISSING);
        let first: Value = serde_json::from_str(&first).expect("JSON");
        let port = first["port"].as_u64().and_then(|port| u16::try_from(port).ok()).expect("a port");
        // Read as it comes: the server tells of a mail before it answers, and a full pipe would keep it from that.
        let (told, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                if told.send(line).is_err() {
                    break;
                }
            }
        });
        Self { _child: child, lines: heard, port, authority: first["authority"].as_str().expect("a certificate").to_owned() }
    }

    /// What arrived next.
    pub async fn next(&mut self) -> Value {
        let line = timeout(Duration::from_secs(5), self.lines.recv()).await.expect("an arrival in time").expect("a line");
        serde_json::from_str(&line).expect("JSON")
    }

    /// Whether nothing arrived.
    pub async fn is_untouched(&mut self) -> bool {
        timeout(Duration::from_millis(200), self.lines.recv()).await.is_err()
    }
}

/// A test that cannot have its server fails: one that passes without it would prove nothing.
fn python() -> PathBuf {
    let cache = || Some(std::env::var_os("PORTICO_CACHE").map_or(PathBuf::from(std::env::var_os("HOME")?).join(".cache/portico"), PathBuf::from));
    let named = std::env::var_os("PORTICO_AIOSMTPD_PYTHON").map(PathBuf::from);
    let python = named.or_else(|| Some(cache()?.join("mail/bin/python")));
    python.filter(|path| path.exists()).expect(MISSING)
}
