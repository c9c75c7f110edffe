//! What a device can be asked to do.

use serde::{Deserialize, Serialize};

use crate::{Moment, devices::limits::is_plain, patching::install::Request, people::Permission};

/// The longest script, in bytes.
pub const MOST_SCRIPT: usize = 32 * 1024;
/// How long a script may be allowed to run, in seconds.
const SCRIPT_S: std::ops::RangeInclusive<u32> = 1..=3_600;

/// The kind of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Report now.
    Collect,
    /// Refresh the package lists, then report.
    ScanUpdates,
    /// Run a shell script.
    RunScript,
    /// Restart the machine.
    Reboot,
    /// Install exact versions of packages that are there.
    InstallUpdates,
}

/// What exactly is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Spec {
    /// Report now.
    Collect,
    /// Refresh the package lists, then report.
    ScanUpdates,
    /// Run a script with `/bin/sh`, as the user that the agent is.
    RunScript {
        /// The script.
        script: String,
        /// How long it may run, in seconds.
        limit_s: u32,
    },
    /// Restart the machine in a minute.
    Reboot {
        /// From when on it may not be begun any more; `None`: at any time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_after: Option<Moment>,
    },
    /// Install exactly these versions.
    InstallUpdates {
        /// Which, for which run.
        request: Request,
    },
}

/// What is wrong with a command, by the field of its form.
pub type Fault = (&'static str, String);

impl Kind {
    /// Each kind once.
    pub const ALL: [Self; 5] = [Self::Collect, Self::ScanUpdates, Self::RunScript, Self::Reboot, Self::InstallUpdates];

    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::ScanUpdates => "scan_updates",
            Self::RunScript => "run_script",
            Self::Reboot => "reboot",
            Self::InstallUpdates => "install_updates",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Collect => "Collect now",
            Self::ScanUpdates => "Scan for updates",
            Self::RunScript => "Run script",
            Self::Reboot => "Restart",
            Self::InstallUpdates => "Install updates",
        }
    }

    /// Whether it changes the machine; an agent that only reports refuses it.
    pub const fn changes(self) -> bool {
        !matches!(self, Self::Collect)
    }

    /// Whether the person has to prove again who they are.
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::RunScript | Self::Reboot | Self::InstallUpdates)
    }

    /// What one must be permitted to ask for it.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Collect | Self::ScanUpdates | Self::Reboot => Permission::DevicesCommand,
            Self::RunScript => Permission::ScriptsRun,
            Self::InstallUpdates => Permission::UpdatesInstall,
        }
    }
}

impl TryFrom<&str> for Kind {
    type Error = ();

    fn try_from(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(())
    }
}

impl Spec {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Collect => Kind::Collect,
            Self::ScanUpdates => Kind::ScanUpdates,
            Self::RunScript { .. } => Kind::RunScript,
            Self::Reboot { .. } => Kind::Reboot,
            Self::InstallUpdates { .. } => Kind::InstallUpdates,
        }
    }

    /// From when on it may not be begun any more, apart from the command's own expiry; `None`: nothing says so.
    pub const fn not_after(&self) -> Option<Moment> {
        match self {
            Self::Reboot { not_after } => *not_after,
            Self::InstallUpdates { request } => request.not_after,
            Self::Collect | Self::ScanUpdates | Self::RunScript { .. } => None,
        }
    }

    /// What is wrong with it, if anything. Both sides ask: the server before it keeps a command, the agent before it obeys.
    pub fn fault(&self) -> Option<Fault> {
        let Self::RunScript { script, limit_s } = self else { return None };
        if script.trim().is_empty() {
            return Some(("script", "Write the script to run.".into()));
        }
        if script.len() > MOST_SCRIPT {
            return Some(("script", format!("A script has at most {} kB.", MOST_SCRIPT / 1024)));
        }
        if !script.split(['\n', '\t']).all(is_plain) {
            return Some(("script", "The script holds characters that no text has.".into()));
        }
        (!SCRIPT_S.contains(limit_s)).then(|| ("limit", format!("Choose from {} to {} seconds.", SCRIPT_S.start(), SCRIPT_S.end())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_only_reading_changes_nothing() {
        for kind in Kind::ALL {
            assert_eq!(Kind::try_from(kind.word()), Ok(kind));
        }
        assert_eq!(Kind::ALL.map(Kind::changes), [false, true, true, true, true]);
        assert!(Kind::try_from("format_disk").is_err());
    }

    #[test]
    fn scripts_are_bounded() {
        let script = |script: &str, limit_s| Spec::RunScript { script: script.into(), limit_s }.fault().map(|(field, _)| field);
        assert_eq!(script("echo a\n\tls -l\n", 60), None);
        for (text, limit_s, field) in [(" \n", 60, "script"), ("a\0b", 60, "script"), ("\u{202e}ls", 60, "script"), ("ls", 0, "limit"), ("ls", 3_601, "limit")]
        {
            assert_eq!(script(text, limit_s), Some(field), "{text:?} {limit_s}");
        }
        assert_eq!(script(&"x".repeat(MOST_SCRIPT), 60), None);
        assert_eq!(script(&"x".repeat(MOST_SCRIPT + 1), 60), Some("script"));
    }

    #[test]
    fn a_restart_without_a_last_moment_travels_as_ever() {
        for (spec, text) in
            [(Spec::Reboot { not_after: None }, r#"{"kind":"reboot"}"#), (Spec::Reboot { not_after: Some(Moment(7)) }, r#"{"kind":"reboot","not_after":7}"#)]
        {
            assert_eq!(serde_json::to_string(&spec).expect("json"), text);
            assert_eq!(serde_json::from_str::<Spec>(text).expect("spec"), spec);
        }
    }

    #[test]
    fn a_spec_travels_and_nothing_unknown_does() {
        let spec = Spec::RunScript { script: "ls".into(), limit_s: 5 };
        let text = serde_json::to_string(&spec).expect("json");
        assert_eq!(text, r#"{"kind":"run_script","script":"ls","limit_s":5}"#);
        assert_eq!(serde_json::from_str::<Spec>(&text).expect("spec"), spec);
        assert!(serde_json::from_str::<Spec>(r#"{"kind":"run_script","script":"ls","limit_s":5,"as":"root"}"#).is_err());
    }
}
