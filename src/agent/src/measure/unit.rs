//! What `systemctl show` says about a unit, and what that means.

use domain::alerts::sample::UnitState;

/// The properties to ask for. Units that are no services leave the last three out.
pub const PROPERTIES: &str = "Id,Names,LoadState,ActiveState,SubState,Type,RemainAfterExit,Result";

const KINDS: [&str; 11] = ["service", "socket", "target", "device", "mount", "automount", "swap", "timer", "path", "slice", "scope"];

/// The full name of the unit `name`, if systemd can be asked about it. A pattern, a path, a number or a template would be taken for
/// something else, and could end the answer for all.
pub fn full_name(name: &str) -> Option<String> {
    let has_kind = name.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind));
    let full = if has_kind { name.to_owned() } else { format!("{name}.service") };
    let fine = full.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.' | '\\' | '@'));
    let stem = full.rsplit_once('.').map_or("", |(stem, _)| stem);
    let named = !stem.is_empty() && !stem.ends_with('@') && !stem.starts_with(['-', '@']);
    (fine && named && full.len() <= 255).then_some(full)
}

/// One unit as `systemctl show` prints it.
#[derive(Debug, Default)]
pub struct Shown<'a> {
    names: Vec<&'a str>,
    load: &'a str,
    active: &'a str,
    sub: &'a str,
    kind: &'a str,
    remains: &'a str,
    result: &'a str,
}

impl<'a> Shown<'a> {
    /// Reads the output of `systemctl show`: a block for each unit.
    pub fn parse(text: &'a str) -> Vec<Self> {
        text.split("\n\n").map(Self::block).filter(|shown| !shown.names.is_empty()).collect()
    }

    fn block(text: &'a str) -> Self {
        let mut shown = Self::default();
        for (key, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match key {
                "Id" | "Names" => shown.names.extend(value.split_whitespace()),
                "LoadState" => shown.load = value,
                "ActiveState" => shown.active = value,
                "SubState" => shown.sub = value,
                "Type" => shown.kind = value,
                "RemainAfterExit" => shown.remains = value,
                "Result" => shown.result = value,
                _ => {}
            }
        }
        shown
    }

    /// Whether this is the unit `name`, under whichever of its names.
    pub fn is(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// How it is. A unit that is not installed is unknown: a policy for many machines names what only some of them have.
    pub fn state(&self) -> UnitState {
        match self.active {
            "failed" => UnitState::Failed,
            "active" | "reloading" | "refreshing" | "maintenance" => UnitState::Ok,
            // Between two attempts it does not run, however often it is tried.
            "activating" if self.sub.starts_with("auto-restart") => UnitState::Stopped,
            "activating" => UnitState::Ok,
            "inactive" if self.load == "not-found" => UnitState::Unknown,
            "inactive" if self.did_its_work() => UnitState::Ok,
            "inactive" | "deactivating" => UnitState::Stopped,
            _ => UnitState::Unknown,
        }
    }

    /// A unit that a timer starts for a moment is not wrong between two starts.
    fn did_its_work(&self) -> bool {
        self.load == "loaded" && self.kind == "oneshot" && self.remains == "no" && self.result == "success"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: &str = "Type=notify\nRemainAfterExit=no\nResult=success\nId=ssh.service\nNames=ssh.service sshd.service\nLoadState=loaded\n\
        ActiveState=active\nSubState=running\n\n\
        Id=no-such.service\nNames=no-such.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\n\n\
        Type=oneshot\nRemainAfterExit=no\nResult=exit-code\nId=backup.service\nNames=backup.service\nLoadState=loaded\nActiveState=failed\nSubState=failed\n\n\
        Id=srv.mount\nNames=srv.mount\nLoadState=loaded\nActiveState=active\nSubState=mounted\n";

    #[test]
    fn each_unit_is_found_under_its_names() {
        let shown = Shown::parse(SHOWN);
        let state = |name: &str| shown.iter().find(|shown| shown.is(name)).map(Shown::state);
        let table = [
            ("ssh.service", Some(UnitState::Ok)),
            ("sshd.service", Some(UnitState::Ok)),
            ("no-such.service", Some(UnitState::Unknown)),
            ("backup.service", Some(UnitState::Failed)),
            ("srv.mount", Some(UnitState::Ok)),
            ("other.service", None),
        ];
        for (name, expected) in table {
            assert_eq!(state(name), expected, "{name}");
        }
        assert_eq!((shown.len(), Shown::parse("").len(), Shown::parse("Failed to get properties\n").len()), (4, 0, 0));
    }

    #[test]
    fn states_of_systemd_and_what_they_mean() {
        let table = [
            (["loaded", "active", "exited", "oneshot", "yes", "success"], UnitState::Ok),
            (["loaded", "reloading", "reload", "notify", "no", "success"], UnitState::Ok),
            (["loaded", "activating", "start", "oneshot", "no", "success"], UnitState::Ok),
            (["loaded", "activating", "auto-restart", "simple", "no", "exit-code"], UnitState::Stopped),
            (["loaded", "inactive", "dead", "simple", "no", "success"], UnitState::Stopped),
            (["loaded", "inactive", "dead", "oneshot", "yes", "success"], UnitState::Stopped),
            (["loaded", "inactive", "dead", "oneshot", "no", "success"], UnitState::Ok),
            (["loaded", "deactivating", "stop-sigterm", "simple", "no", "success"], UnitState::Stopped),
            (["masked", "inactive", "dead", "", "", ""], UnitState::Stopped),
            (["not-found", "inactive", "dead", "", "", ""], UnitState::Unknown),
            (["not-found", "active", "running", "simple", "no", "success"], UnitState::Ok),
            (["not-found", "failed", "failed", "simple", "no", "exit-code"], UnitState::Failed),
            (["", "", "", "", "", ""], UnitState::Unknown),
        ];
        for ([load, active, sub, kind, remains, result], expected) in table {
            let shown = Shown { names: vec!["a.service"], load, active, sub, kind, remains, result };
            assert_eq!(shown.state(), expected, "{shown:?}");
        }
    }

    #[test]
    fn only_whole_names_are_asked_about() {
        let table = [
            ("nginx", Some("nginx.service")),
            ("nginx.service", Some("nginx.service")),
            ("getty@tty1.service", Some("getty@tty1.service")),
            ("dev-disk-by\\x2duuid.swap", Some("dev-disk-by\\x2duuid.swap")),
            ("php8.2-fpm", Some("php8.2-fpm.service")),
            ("123", Some("123.service")),
            ("getty@.service", None),
            ("getty@", None),
            ("ngin*", None),
            ("/srv", None),
            ("a b", None),
            ("-H.service", None),
            (".service", None),
        ];
        for (name, expected) in table {
            assert_eq!(full_name(name).as_deref(), expected, "{name}");
        }
        assert_eq!(full_name(&"a".repeat(255)), None);
    }
}
