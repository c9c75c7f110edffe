//! The answer to "Why?" on a state: the decision's level, the rule, the window, the run, the failure.

use super::{Changes, Failed, Judged, State, UnknownWhy};
use crate::{
    devices::Standing,
    patching::{Effective, Sentence, Targets},
};

/// What a sentence about a state names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context<'a> {
    /// What is decided.
    pub effective: Effective<'a>,
    /// What the MSP holds itself to.
    pub targets: Targets,
    /// The name of the device's next maintenance window.
    pub window: Option<&'a str>,
    /// The line that says why the last attempt failed.
    pub line: Option<&'a str>,
}

impl Judged {
    /// Why the update is in this state on this device.
    pub fn why(&self, context: &Context<'_>) -> Sentence {
        let reason = || context.effective.reason();
        match self.state {
            State::Unknown(why) => unknown(why, context),
            State::NotApplicable => {
                Sentence::new("The device does not need it: by its last scan there is no older version of it, or its lists do not offer it.")
            }
            State::Superseded => Sentence::new("A newer version is installed or on offer there; look at that one."),
            State::Installed => Sentence::new("Exactly this version was found at the last scan."),
            State::NeedsReboot => {
                Sentence::new("Exactly this version was found at the last scan, but the device has asked for a restart since and has not had one.")
            }
            State::Installing(_) => Sentence::new("A run is installing it now."),
            State::Excluded => Sentence::new("It is needed, but it will not be installed.").then(reason()),
            State::ReportOnly(changes) => report_only(changes).then(reason()),
            State::Deferred(_) => reason(),
            State::Awaiting => reason().text(" Until then it will not be installed.").then(self.deadline()),
            State::Failed(failed) => self.failed(failed, context).then(reason()),
            State::Scheduled(_, starts) => Sentence::new("A run will install it at ").at(starts).text(".").then(reason()),
            State::Due | State::Waiting => self.next_window(context).then(self.deadline()).then(reason()),
        }
    }

    fn deadline(&self) -> Sentence {
        Sentence::new(if self.overdue { "It was due at " } else { "It is due at " }).at(self.due).text(".")
    }

    fn next_window(&self, context: &Context<'_>) -> Sentence {
        match (self.window, context.window) {
            (Some(at), Some(name)) => Sentence::new(format!("It waits for the window \u{201c}{name}\u{201d}, which begins at ")).at(at).text("."),
            (Some(at), None) => Sentence::new("It waits for the next window, which begins at ").at(at).text("."),
            (None, _) => Sentence::new("No schedule covers this device, so nothing installs it by itself."),
        }
    }

    fn failed(&self, failed: Failed, context: &Context<'_>) -> Sentence {
        let times = if failed.count == 1 { "once".to_owned() } else { format!("{} times", failed.count) };
        let start = Sentence::new(format!("It failed {times}; the last time {}", failed.class.label()));
        let start = context.line.map_or(start.clone(), |line| start.text(format!(" (\u{201c}{line}\u{201d})"))).text(".");
        match failed.again {
            Some(again) => start.then(Sentence::new("It is tried again at ").at(again).text(".")),
            None => start.then(self.next_window(context)),
        }
    }
}

fn unknown(why: UnknownWhy, context: &Context<'_>) -> Sentence {
    let days = context.targets.unseen_days;
    match why {
        UnknownWhy::NotInService(Standing::Pending) => Sentence::new("The device waits for approval."),
        UnknownWhy::NotInService(Standing::Quarantined) => Sentence::new("The device is quarantined, so nothing it says is believed."),
        UnknownWhy::NotInService(Standing::Retired | Standing::Active) => Sentence::new("The device is out of service."),
        UnknownWhy::NeverSeen => Sentence::new("The device was never in contact."),
        UnknownWhy::Silent(seen) => {
            Sentence::new("The device was last in contact at ").at(seen).text(format!("; after {days} days nothing is assumed about it."))
        }
        UnknownWhy::NoLists => Sentence::new("The device's package lists were never read, or are more than 7 days old, so nobody knows what it needs."),
    }
}

fn report_only(changes: Changes) -> Sentence {
    Sentence::new(match changes {
        Changes::Refused => "It is needed, but the agent there was started without --allow-changes, so nothing is installed through it.",
        Changes::Unable | Changes::Allowed => "It is needed, but the agent there only reports, so nothing is installed through it.",
    })
}
