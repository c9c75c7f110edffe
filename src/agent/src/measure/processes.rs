//! Whether the processes that were asked for run. Names are compared here; no other name leaves the machine.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
    time::Duration,
};

use domain::alerts::sample::Process;
use tokio::{sync::oneshot, time::timeout};

/// How long a look may take. The kernel can hold a reader up for as long as the process it reads about is stuck.
const LIMIT: Duration = Duration::from_secs(10);
/// The longest name the kernel keeps for a process.
const COMM: usize = 15;
/// How much of a command line is read.
const MOST: u64 = 4_096;

/// Looks for processes, in a thread of its own that may get stuck once.
#[derive(Debug, Default)]
pub struct Watch {
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Whether each of `names` runs.
    pub async fn look(&mut self, names: &[String]) -> Vec<Process> {
        let found = if names.is_empty() { None } else { self.found(names).await };
        let found = found.unwrap_or_else(|| vec![None; names.len()]);
        names.iter().cloned().zip(found).map(|(name, found)| Process { name, found }).collect()
    }

    async fn found(&mut self, names: &[String]) -> Option<Vec<Option<bool>>> {
        if self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) {
            tracing::warn!("the processes are not known: the look before this one did not end");
            return None;
        }
        let (tell, told) = oneshot::channel();
        let names = names.to_vec();
        // Not a task of the runtime, which would wait for it when the agent ends.
        let look = move || drop(tell.send(search(Path::new("/proc"), &names)));
        self.thread = thread::Builder::new().name("processes".into()).spawn(look).ok();
        timeout(LIMIT, told).await.ok()?.ok()
    }
}

/// Whether each of `names` runs, from the folder `proc`; `None` where that cannot be told.
fn search(proc: &Path, names: &[String]) -> Vec<Option<bool>> {
    let mut found = vec![false; names.len()];
    for folder in folders(proc) {
        let running = Running::read(&folder);
        let new: Vec<usize> = (0..names.len()).filter(|at| !found[*at] && running.is(names[*at].as_bytes())).collect();
        if !new.is_empty() && lives(&folder) {
            new.into_iter().for_each(|at| found[at] = true);
        }
    }
    // Where the first process is hidden, so may others be.
    let all_seen = fs::read(proc.join("1/comm")).is_ok();
    found.into_iter().map(|found| if found { Some(true) } else { all_seen.then_some(false) }).collect()
}

fn folders(proc: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(proc).into_iter().flatten().flatten();
    entries.filter(|entry| entry.file_name().as_encoded_bytes().iter().all(u8::is_ascii_digit)).map(|entry| entry.path())
}

/// What tells the name of one process.
#[derive(Debug)]
struct Running {
    comm: Vec<u8>,
    program: Vec<u8>,
}

impl Running {
    fn read(folder: &Path) -> Self {
        let comm = bytes(&folder.join("comm"));
        Self { comm: comm.strip_suffix(b"\n").unwrap_or(&comm).to_vec(), program: program(&bytes(&folder.join("cmdline"))).to_vec() }
    }

    /// A long name is cut by the kernel; then it counts unless the command line tells another name with the same beginning.
    fn is(&self, name: &[u8]) -> bool {
        let cut = name.get(..COMM).filter(|_| name.len() > COMM);
        self.comm == name || self.program == name || cut.is_some_and(|cut| self.comm == cut && !self.program.starts_with(cut))
    }
}

/// The base name of the first argument.
fn program(cmdline: &[u8]) -> &[u8] {
    let first = cmdline.split(|byte| *byte == 0).next().unwrap_or_default();
    first.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// A process that ended and was not waited for has its name still.
fn lives(folder: &Path) -> bool {
    let stat = bytes(&folder.join("stat"));
    let after = stat.iter().rposition(|byte| *byte == b')').and_then(|at| stat.get(at + 1..)).unwrap_or_default();
    after.iter().find(|byte| **byte != b' ').is_some_and(|state| !matches!(state, b'Z' | b'X' | b'x'))
}

fn bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A process may end while it is looked at; then nothing of it counts.
    let _ = File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running(comm: &str, cmdline: &str) -> Running {
        Running { comm: comm.into(), program: program(cmdline.as_bytes()).to_vec() }
    }

    #[test]
    fn a_process_has_the_kernels_name_and_that_of_its_program() {
        let table = [
            ("nginx", "nginx: master process /usr/sbin/nginx -g daemon on;", "nginx", true),
            ("nginx", "/usr/sbin/nginx\0-g", "ngin", false),
            ("bash", "-bash\0", "bash", true),
            ("python3", "/usr/bin/backup\0--now\0", "backup", true),
            ("kthreadd", "", "kthreadd", true),
            ("sh", "/bin/sh\0-c\0nginx\0", "nginx", false),
            ("Web Content", "/usr/lib/firefox\0", "Web Content", true),
            // 15 bytes of the name are left.
            ("fusioninventory", "/usr/bin/perl\0/usr/bin/fusioninventory-agent\0", "fusioninventory-agent", true),
            ("fusioninventory", "/usr/bin/fusioninventory-agent\0", "fusioninventory-agent", true),
            ("fusioninventory", "/usr/bin/fusioninventory-other\0", "fusioninventory-agent", false),
            ("fusioninventory", "", "fusioninventory-agent", true),
            ("fusioninventory", "", "fusioninventory", true),
            ("fusioninventor", "", "fusioninventory-agent", false),
            ("", "", "a", false),
        ];
        for (comm, cmdline, name, expected) in table {
            assert_eq!(running(comm, cmdline).is(name.as_bytes()), expected, "{comm} {cmdline:?} {name}");
        }
    }

    fn process(proc: &Path, id: &str, comm: &str, state: char) {
        let folder = proc.join(id);
        fs::create_dir_all(&folder).expect("folder");
        fs::write(folder.join("comm"), format!("{comm}\n")).expect("comm");
        fs::write(folder.join("cmdline"), format!("/bin/{comm}\0")).expect("cmdline");
        fs::write(folder.join("stat"), format!("{id} ({comm}) {state} 1 1 1 0")).expect("stat");
    }

    #[test]
    fn the_dead_and_the_hidden_do_not_count() {
        let proc = std::env::temp_dir().join(format!("portico-agent-proc-{}", std::process::id()));
        let names = ["first", "dead) S", "alive", "none"].map(String::from);
        assert_eq!(search(&proc, &names), [None; 4], "nothing can be read");
        process(&proc, "7", "dead) S", 'Z');
        process(&proc, "8", "alive", 'S');
        process(&proc, "9", "alive", 'Z');
        process(&proc, "self", "none", 'R');
        assert_eq!(search(&proc, &names), [None, None, Some(true), None], "the first process is hidden");
        process(&proc, "1", "first", 'S');
        assert_eq!(search(&proc, &names), [Some(true), Some(false), Some(true), Some(false)]);
        fs::remove_dir_all(&proc).expect("removed");
    }

    #[tokio::test]
    async fn this_very_process_is_found() {
        let own = fs::read_to_string("/proc/self/comm").expect("comm").trim().to_owned();
        let mut watch = Watch::default();
        for _ in 0..2 {
            let found: Vec<_> = watch.look(&[own.clone(), "no-such-process".into()]).await.into_iter().map(|process| process.found).collect();
            assert_eq!(found, [Some(true), Some(false)]);
        }
        assert_eq!(watch.look(&[]).await, []);
    }
}
