//! A machine to install on: a bare Debian in namespaces of its own, with the agent as it was built.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use domain::{alerts::Asked, ids::DeviceId};
use portico_agent::{
    sections::Known,
    state::{Lock, PrivateKey, State},
};
use uuid::Uuid;

use crate::portal::AGENT;

const PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/// What is put back before each test: everything that an installation changes, but for the packages' own files.
const KEPT: &str = "var/lib/dpkg";
/// Begins a machine: as `inside` in scripts/bare-root.sh does, with something that stays.
const BEGIN: &str = r#"
    root=$1
    hostname patch-test
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    exec chroot "$root" /bin/sh -c 'echo ready; while :; do sleep 1; done'
"#;

/// The machine; it is switched off when this is dropped.
pub struct Machine {
    root: PathBuf,
    outer: Child,
    first: u32,
    agents: Vec<Child>,
}

impl Machine {
    /// The machine as it was made, enrolled at `url`, and switched on.
    pub fn fresh(url: &str) -> Self {
        let root = PathBuf::from(std::env::var("PORTICO_PATCH_ROOT").expect("PORTICO_PATCH_ROOT names a root; scripts/patch-test.sh makes one"));
        put_back(&root);
        fs::copy(env!("CARGO_BIN_EXE_portico-agent"), root.join("usr/bin/portico-agent")).expect("the agent");
        let dir = root.join("var/lib/portico-agent");
        drop(Lock::take(&dir).expect("a folder"));
        let state = State {
            server: url.to_owned(),
            insecure_http: false,
            device: DeviceId(Uuid::from_u128(1)),
            key: AGENT,
            private_key: PrivateKey::generate().expect("a key"),
            every_s: 300,
            offset_ms: 0,
            known: Known::default(),
            asked: Asked::default(),
        };
        state.save(&dir).expect("saved");
        let (outer, first) = switch_on(&root);
        Self { root, outer, first, agents: Vec::new() }
    }

    /// Switches the machine off and on, as a power cut does.
    pub fn power_cut(&mut self) {
        self.outer.kill().expect("off");
        self.outer.wait().expect("off");
        self.agents.drain(..).for_each(|mut agent| drop(agent.wait()));
        (self.outer, self.first) = switch_on(&self.root);
    }

    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.first.to_string(), "--mount", "--uts", "--pid", "--root", "--wd", "/usr/bin/env", "-i", PATH, "LC_ALL=C"]);
        command.args(line).stdin(Stdio::null());
        command
    }

    /// What a program on the machine says.
    pub fn says(&self, line: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command(line).output().expect("started");
        let text = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
        assert!(status.success(), "{line:?}: {text}");
        text
    }

    /// Starts a program on the machine, and does not wait for it.
    pub fn begins(&mut self, line: &[&str]) {
        self.agents.push(self.command(line).stdout(Stdio::null()).spawn().expect("started"));
    }

    /// Starts the agent with `options`.
    pub fn start_agent(&mut self, options: &str) {
        let line = format!("echo $$ >/run/agent.pid; exec portico-agent run {options} >>/var/log/agent.log 2>&1");
        self.agents.push(self.command(&["/bin/sh", "-c", &line]).spawn().expect("started"));
    }

    /// Ends the agent, and nothing else, in the way that leaves it no time.
    pub fn kill_agent(&mut self) {
        self.says(&["/bin/sh", "-c", "kill -9 $(cat /run/agent.pid)"]);
        self.agents.drain(..).for_each(|mut agent| drop(agent.wait()));
    }

    /// The packages with their status and version, as dpkg itself says.
    pub fn packages(&self) -> BTreeMap<String, String> {
        let text = self.says(&["dpkg-query", "-W", "-f=${Package} ${db:Status-Abbrev} ${Version}\n"]);
        text.lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(name, rest)| (name.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect()
    }

    /// A file of the machine.
    pub fn file(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_default()
    }

    /// Writes a file of the machine.
    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.root.join(path), text).expect("written");
    }

    /// The files that the agent keeps.
    pub fn state_files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root.join("var/lib/portico-agent")).expect("a folder").flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        drop(self.outer.kill());
        drop(self.outer.wait());
        self.agents.drain(..).for_each(|mut agent| drop(agent.wait()));
    }
}

fn switch_on(root: &Path) -> (Child, u32) {
    let named = root.display().to_string();
    fs::remove_file(root.join("run/agent.pid")).ok();
    let mut outer = Command::new("unshare");
    outer.args(["--mount", "--uts", "--pid", "--fork", "--kill-child", "sh", "-euc", BEGIN, "begin", &named]);
    let mut outer = outer.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("namespaces");
    let mut ready = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(outer.stdout.take().expect("output")), &mut ready).expect("read");
    assert_eq!(ready, "ready\n");
    let first = first_process(outer.id());
    (outer, first)
}

/// The first process of the machine, by its number outside.
fn first_process(outer: u32) -> u32 {
    let children = format!("/proc/{0}/task/{0}/children", outer);
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        if let Ok(first) = fs::read_to_string(&children).unwrap_or_default().trim().parse() {
            return first;
        }
    }
    panic!("the machine has no first process");
}

fn put_back(root: &Path) {
    let whole = root.join("made");
    let run = |line: &[&str]| assert!(Command::new(line[0]).args(&line[1..]).status().expect("started").success(), "{line:?}");
    let at = |path: &str| root.join(path).display().to_string();
    if !whole.exists() {
        fs::create_dir(&whole).expect("a folder");
        run(&["cp", "-a", &at(KEPT), &at("made/dpkg")]);
    }
    run(&["rm", "-rf", &at(KEPT), &at("var/lib/portico-agent"), &at("run/reboot-required"), &at("run/reboot-required.pkgs"), &at("var/log/apt/history.log")]);
    run(&["cp", "-a", &at("made/dpkg"), &at(KEPT)]);
}
