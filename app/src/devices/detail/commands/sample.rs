//! The pages with an invented device, and with hostile texts.

use domain::{
    commands::{Kind, Spec, State},
    ids::{CommandId, DeviceId, Uuid},
    time::{DAY, HOUR, MINUTE},
};

use super::{CommandLine, CommandTab, CommandsTab, ScriptForm, Takes};
use crate::{devices::detail::manage::Typed, layout::sample::NOW};

fn line(n: u128, kind: Kind, state: State, ago: i64) -> CommandLine {
    let ended_at = (!state.is_open()).then_some(NOW - ago + 40_000);
    CommandLine { id: CommandId(Uuid::from_u128(n)), kind, state, reason: None, code: None, by: "Tom Field".into(), created_at: NOW - ago, ended_at }
}

impl CommandsTab {
    /// A server whose agent may change it.
    pub fn sample(id: DeviceId) -> Self {
        let failed = CommandLine { reason: Some("it ended with exit status: 2".into()), code: Some(2), ..line(3, Kind::RunScript, State::Failed, DAY) };
        let expired = CommandLine { reason: Some("the device did not ask for work in time".into()), ..line(2, Kind::Reboot, State::Expired, 3 * DAY) };
        Self {
            id,
            in_service: true,
            takes: Takes::Changes(NOW - MINUTE),
            commands: vec![
                line(6, Kind::Collect, State::Queued, 4_000),
                line(5, Kind::RunScript, State::Running, MINUTE),
                line(4, Kind::ScanUpdates, State::Done, HOUR),
                failed,
                expired,
                line(1, Kind::Reboot, State::Cancelled, 5 * DAY),
            ],
            first: true,
            older: None,
            asks_password: true,
            password_error: None,
            form: ScriptForm::default(),
        }
    }

    /// Every text tries to be markup, every field is refused.
    pub fn sample_hostile(id: DeviceId, bad: &str) -> Self {
        let field = || Typed { value: bad.into(), error: Some(bad.into()) };
        let command = CommandLine { reason: Some(bad.into()), by: bad.into(), ..line(1, Kind::RunScript, State::Failed, DAY) };
        Self {
            commands: vec![command],
            password_error: Some((Kind::Reboot, bad.into())),
            form: ScriptForm { script: field(), limit: field() },
            ..Self::sample(id)
        }
    }
}

impl CommandTab {
    /// A script that ended badly.
    pub fn sample(device: DeviceId) -> Self {
        let line = CommandLine { reason: Some("it ended with exit status: 2".into()), code: Some(2), ..line(3, Kind::RunScript, State::Failed, DAY) };
        Self {
            device,
            spec: Some(Spec::RunScript { script: "df -h /var\nls /var/lib/missing\n".into(), limit_s: 60 }),
            expires_at: NOW,
            fetched_at: Some(NOW - DAY + 900),
            started_at: Some(NOW - DAY + 1_000),
            output: Some(("Filesystem  Size  Used Avail Use% Mounted on\n/dev/vda1    40G   31G  7.1G  82% /\nls: cannot access '/var/lib/missing': No such file or directory\n".into(), true)),
            line,
        }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile(device: DeviceId, bad: &str) -> Self {
        let of = Self::sample(device);
        let line = CommandLine { reason: Some(bad.into()), by: bad.into(), ..of.line.clone() };
        Self { line, spec: Some(Spec::RunScript { script: bad.into(), limit_s: 1 }), output: Some((bad.into(), true)), ..of }
    }
}
