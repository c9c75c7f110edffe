//! systemd's units: those that failed, and those that were asked for. systemd that does not answer is unknown, not failed.

use std::{collections::BTreeMap, path::Path, time::Duration};

use domain::alerts::{
    clean::ENTRIES,
    sample::{Services, Unit, UnitState},
};

use super::unit::{PROPERTIES, Shown, full_name};
use crate::program::{NoOutput, Output, run};

/// How long systemctl may take each time.
const LIMIT: Duration = Duration::from_secs(15);

const FAILED: [&str; 6] = ["list-units", "--failed", "--all", "--plain", "--no-legend", "--full"];

/// Every unit that failed, and every unit of `asked`.
pub async fn services(asked: &[String]) -> Services {
    // What sd_booted(3) looks at.
    if !Path::new("/run/systemd/system").is_dir() {
        return unknown("systemd does not run this machine.");
    }
    match failed().await {
        Ok(failed) => listed(&failed, &shown(asked).await, asked),
        Err(error) => unknown(format!("The units are not known: {error}.")),
    }
}

async fn failed() -> Result<String, NoOutput> {
    match run("systemctl", &FAILED, LIMIT).await? {
        Output { code: Some(0), text } => Ok(text),
        Output { code, .. } => Err(NoOutput::Failed("systemctl".into(), code)),
    }
}

/// What systemctl shows of those that it can be asked about; where it breaks off, the rest is unknown.
async fn shown(asked: &[String]) -> String {
    let names: Vec<String> = asked.iter().filter_map(|name| full_name(name)).collect();
    if names.is_empty() {
        return String::new();
    }
    let args: Vec<&str> = ["show", "-p", PROPERTIES, "--"].into_iter().chain(names.iter().map(String::as_str)).collect();
    run("systemctl", &args, LIMIT).await.map(|output| output.text).unwrap_or_default()
}

fn listed(failed: &str, shown: &str, asked: &[String]) -> Services {
    let shown = Shown::parse(shown);
    let mut units: BTreeMap<&str, UnitState> = failed.lines().filter_map(failed_unit).map(|name| (name, UnitState::Failed)).collect();
    for name in asked {
        let state = full_name(name).and_then(|full| shown.iter().find(|shown| shown.is(&full))).map_or(UnitState::Unknown, Shown::state);
        let known = units.entry(name).or_insert(state);
        if state != UnitState::Unknown {
            *known = state;
        }
    }
    // A part of the list would let a unit that failed pass for one that runs.
    if units.len() > ENTRIES {
        return unknown("More units failed than a report may hold.");
    }
    Services::Listed { units: units.into_iter().map(|(name, state)| Unit { name: name.into(), state }).collect() }
}

/// One line: unit, load state, active state, state of its kind, description; some versions put a mark in front.
fn failed_unit(line: &str) -> Option<&str> {
    let mut fields = line.split_whitespace().skip_while(|field| !field.contains('.'));
    let name = fields.next()?;
    (fields.nth(1) == Some("failed")).then_some(name)
}

fn unknown(reason: impl Into<String>) -> Services {
    Services::Unknown { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILED: &str = "apt-daily.service loaded failed failed Daily apt download activities\n\
        \u{25cf} mnt-backup.mount loaded failed failed /mnt/backup\n\
        gone.service      not-found failed failed gone.service\n\
        0 loaded units listed. Pass --all to see loaded but inactive units, too.\n\n";
    const SHOWN: &str = "Id=ssh.service\nNames=ssh.service sshd.service\nLoadState=loaded\nActiveState=active\nSubState=running\n\n\
        Id=cron.service\nNames=cron.service\nLoadState=loaded\nActiveState=inactive\nSubState=dead\n\n\
        Id=no-such.service\nNames=no-such.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\n";

    fn units(services: Services) -> Vec<(String, UnitState)> {
        let Services::Listed { units } = services else { panic!("{services:?}") };
        units.into_iter().map(|unit| (unit.name, unit.state)).collect()
    }

    #[test]
    fn failed_and_asked_units_are_listed_as_they_were_asked_for() {
        let asked = ["sshd", "cron.service", "no-such.service", "getty@.service", "gone.service"].map(String::from);
        let expected = [
            ("apt-daily.service", UnitState::Failed),
            ("cron.service", UnitState::Stopped),
            ("getty@.service", UnitState::Unknown),
            ("gone.service", UnitState::Failed),
            ("mnt-backup.mount", UnitState::Failed),
            ("no-such.service", UnitState::Unknown),
            ("sshd", UnitState::Ok),
        ];
        assert_eq!(units(listed(FAILED, SHOWN, &asked)), expected.map(|(name, state)| (name.to_owned(), state)));
    }

    #[test]
    fn without_an_answer_about_them_asked_units_are_unknown() {
        assert_eq!(units(listed("", "", &["cron.service".into()])), [("cron.service".to_owned(), UnitState::Unknown)]);
        assert_eq!(units(listed("", SHOWN, &[])), []);
        let flood: String = (0..=ENTRIES).map(|number| format!("a{number}.service loaded failed failed A\n")).collect();
        assert!(matches!(listed(&flood, "", &[]), Services::Unknown { .. }));
    }

    #[tokio::test]
    async fn a_machine_without_systemd_says_so() {
        let services = services(&["no-such-unit.service".into()]).await;
        match &services {
            Services::Listed { units } => assert!(units.iter().any(|unit| unit.name == "no-such-unit.service" && unit.state == UnitState::Unknown)),
            Services::Unknown { reason } => assert!(reason.ends_with('.'), "{reason}"),
        }
    }
}
