//! Scripts that a policy names and that an administrator of this machine put into a folder of it. Nothing that the server sends is run here.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::Path,
    time::{Duration, Instant},
};

use domain::{
    alerts::sample::{Outcome, Script},
    patching::output::clean,
};

use crate::program::{NoOutput, Output, run};

/// Where the scripts are.
const FOLDER: &str = "/etc/portico-agent/scripts";
/// How long one may run.
const LIMIT: Duration = Duration::from_secs(20);
/// How long all of them may run, so that a report is not kept back.
const ALL: Duration = Duration::from_secs(60);

/// What each script of `asked` says.
pub async fn scripts(asked: &[String]) -> Vec<Script> {
    look(Path::new(FOLDER), asked, ALL).await
}

async fn look(folder: &Path, asked: &[String], all: Duration) -> Vec<Script> {
    let (begun, mut said) = (Instant::now(), Vec::new());
    for id in asked {
        let left = all.saturating_sub(begun.elapsed());
        let (outcome, line) = match may_run(folder, id) {
            Err(why) => (Outcome::Unknown, why.to_owned()),
            Ok(()) if left.is_zero() => (Outcome::Unknown, "The scripts before it took too long.".to_owned()),
            Ok(()) => judge(run(&folder.join(id).to_string_lossy(), &[], LIMIT.min(left)).await),
        };
        said.push(Script { id: id.clone(), outcome, line: clean(&line) });
    }
    said
}

/// Whether `id` names a script that only root, or whoever the agent is, could have written.
fn may_run(folder: &Path, id: &str) -> Result<(), &'static str> {
    let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) && id.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !plain {
        return Err("No script can have this name.");
    }
    let own = fs::metadata("/proc/self").map_or(0, |me| me.uid());
    let safe = |about: &fs::Metadata| [0, own].contains(&about.uid()) && about.mode() & 0o022 == 0;
    let file = fs::symlink_metadata(folder.join(id)).map_err(|_| "This machine has no such script.")?;
    if !file.is_file() || file.mode() & 0o100 == 0 {
        return Err("It is no file that can be run.");
    }
    if !safe(&file) || !fs::symlink_metadata(folder).is_ok_and(|about| safe(&about)) {
        return Err("It is not run, because others than root may write it.");
    }
    Ok(())
}

fn judge(ended: Result<Output, NoOutput>) -> (Outcome, String) {
    match ended {
        Ok(Output { code: Some(0), text }) => (Outcome::Ok, first(&text)),
        Ok(Output { code: Some(_), text }) => (Outcome::Failed, first(&text)),
        Ok(Output { code: None, .. }) => (Outcome::Unknown, "A signal ended it.".into()),
        Err(NoOutput::Slow(_, seconds)) => (Outcome::Unknown, format!("It did not end within {seconds} seconds.")),
        Err(NoOutput::Long(_)) => (Outcome::Unknown, "It printed too much.".into()),
        Err(error) => (Outcome::Unknown, format!("It could not be run: {error}.")),
    }
}

fn first(text: &str) -> String {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test]
    async fn only_what_an_administrator_put_there_is_run() {
        let folder = std::env::temp_dir().join(format!("portico-scripts-{}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).expect("a folder");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("a mode");
        let write = |name: &str, text: &str, mode| {
            fs::write(folder.join(name), format!("#!/bin/sh\n{text}\n")).expect("written");
            fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).expect("a mode");
        };
        write("fine", "echo; echo 3 backups; echo more", 0o755);
        write("bad", "echo no backup since Friday; exit 2", 0o700);
        write("killed", "kill -9 $$", 0o755);
        write("slow", "exec sleep 300", 0o755);
        write("open", "echo", 0o777);
        write("plain", "echo", 0o644);
        std::os::unix::fs::symlink("fine", folder.join("link")).expect("a link");
        let asked = ["fine", "bad", "killed", "absent", "open", "plain", "link", "../bin/sh", "/bin/sh", "-x", ".", "slow", "fine"].map(str::to_owned);
        let said = look(&folder, &asked, Duration::from_secs(2)).await;
        // How long it had depends on the others.
        let line = |line: &'_ str| if line.starts_with("It did not end within ") { "slow".to_owned() } else { line.to_owned() };
        let seen: Vec<_> = said.iter().map(|script| (script.outcome, line(&script.line))).collect();
        let unknown = |line: &str| (Outcome::Unknown, line.to_owned());
        let expected = [
            (Outcome::Ok, "3 backups".to_owned()),
            (Outcome::Failed, "no backup since Friday".to_owned()),
            unknown("A signal ended it."),
            unknown("This machine has no such script."),
            unknown("It is not run, because others than root may write it."),
            unknown("It is no file that can be run."),
            unknown("It is no file that can be run."),
            unknown("No script can have this name."),
            unknown("No script can have this name."),
            unknown("No script can have this name."),
            unknown("No script can have this name."),
            unknown("slow"),
            unknown("The scripts before it took too long."),
        ];
        assert_eq!(seen, expected);
        assert_eq!(said[1].id, "bad");
        drop(fs::remove_dir_all(&folder));
    }
}
