//! Commands to devices: by real agents on this machine, by agents that lie, and by people who may not.

pub mod forged;
mod kills;
mod real;
mod rules;

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use domain::ids::DeviceId;
use foundation::fresh_id;
use portico_agent::{cli, enrol::enrol};
use tokio::process::{Child, Command};

use crate::harness::{Answer, Browser};

const CLIENT: &str = "Harbour Street Lab";
const PASSWORD: &str = "portico-demo";

/// The program `portico-agent` on this machine, enrolled with a folder of its own.
struct Agent {
    device: DeviceId,
    folder: PathBuf,
    child: Option<Child>,
    flags: Vec<String>,
}

impl Agent {
    /// Enrols at the portal on `port`, and runs.
    async fn start(port: u16, key: &str, flags: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("portico-commands-{}", fresh_id::<DeviceId>()));
        let server = format!("http://localhost:{port}/t/northwind");
        let order = cli::Enrol { server, key: key.into(), place: cli::Place { dir: Some(folder.clone()) }, again: false, insecure_http: false };
        let device = enrol(order).await.expect("enrolled").device;
        let mut agent = Self { device, folder, child: None, flags: flags.iter().map(|flag| (*flag).to_owned()).collect() };
        agent.run();
        agent
    }

    fn run(&mut self) {
        let program = Path::new(env!("CARGO_BIN_EXE_portico")).with_file_name("portico-agent");
        assert!(program.exists(), "{} is built by: cargo build -p portico-agent", program.display());
        let mut command = Command::new(program);
        command.arg("run").arg("--state").arg(&self.folder).args(&self.flags).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        self.child = Some(command.spawn().expect("started"));
    }

    /// Ends it at once, as a power cut would.
    async fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.expect("killed");
        }
    }

    fn path(&self) -> String {
        format!("/devices/{}/commands", self.device)
    }

    /// Waits until the agent asked for work once.
    async fn listens(&self, browser: &mut Browser) {
        eventually("the agent asks for work", || async { browser.clone().get(&self.path()).await.body.contains("Asked for work") }).await;
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Waits until `holds`, for as long as a slow machine may need.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < Duration::from_secs(90), "it never was so that {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Asks for a command; its page.
async fn ask(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, 303, "{}", super::agents::words(&answer.body));
    answer.header("location").to_owned()
}

async fn ask_script(browser: &mut Browser, path: &str, script: &str) -> String {
    ask(browser, path, &[("kind", "run_script"), ("script", script), ("limit", "30"), ("patience", "3600000"), ("password", PASSWORD)]).await
}

/// Loads the command's page until it is in an end state.
async fn ended(browser: &mut Browser, page: &str) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = browser.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
        if answer.header("refresh").is_empty() {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(90), "{}", super::agents::words(&answer.body));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Whether a page shows the command in this state.
fn is(answer: &Answer, state: &str) -> bool {
    answer.body.contains(&format!(">{state}</span>"))
}
