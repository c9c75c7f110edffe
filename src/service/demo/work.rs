//! The work of the past month in a demo tenant: alerts that came and went, and commands that people gave.

use domain::{
    Moment,
    alerts::Key,
    commands::{Spec, State},
    devices::query::DeviceQuery,
    ids::{ClientId, DeviceId, PersonId, SiteId},
    time::{DAY, HOUR, MINUTE},
};
use foundation::{
    Failure, Writing,
    alerts::{SeedAlert, usual},
    commands::SeedCommand,
    devices::{DeviceRow, NewKey},
};

use super::{told, windows};

/// Devices that something happened on.
const DEVICES: u64 = 400;

/// What goes wrong in an ordinary month: the condition, what is seen, how often (every so many devices) and for how many minutes.
const TROUBLES: [(&str, &str, usize, i64); 7] = [
    ("disk:/", "8.4 %", 23, 260),
    ("disk-warning:/var", "17.2 %", 19, 1_900),
    ("memory", "93.1 %", 31, 75),
    ("cpu", "97.6 %", 37, 50),
    ("service:nginx.service", "failed", 41, 22),
    ("service:postgresql.service", "failed", 59, 34),
    ("reboot", "restart pending", 29, 5_000),
];

/// Who looks after alerts: the technician, and what they write.
const NOTES: [&str; 4] = ["On it.", "Cleared old logs, watching.", "Client told, parts ordered.", "Restart agreed for tonight."];

/// Somebody of the tenant.
pub(super) type Somebody = (PersonId, String);

/// Fills the month before `now`.
pub(super) async fn month(writing: &Writing, who: &Somebody, zone: &str, now: Moment) -> Result<(), Failure> {
    let rows = writing.device_lines(&DeviceQuery::default(), now, DEVICES).await?;
    // Of a large fleet every third or so, so that something happened at each client.
    let all = writing.device_lines(&DeviceQuery::default(), now, DEVICES * 5).await?;
    let step = all.len().div_ceil(rows.len().max(1)).max(1);
    for (n, row) in all.iter().step_by(step).enumerate() {
        silence(writing, row, now).await?;
        for (which, (key, value, every, minutes)) in TROUBLES.iter().enumerate() {
            if (n * 7 + which * 11) % every == 0 {
                trouble(writing, row, (key, value), (n, *minutes), who, now).await?;
            }
        }
    }
    windows::plan(writing, &rows, zone, now).await?;
    let own = rows.iter().filter(|row| row.last_seen_at > now.0 - 10 * MINUTE).step_by(5).take(3);
    for row in own {
        commands(writing, row, who, now).await?;
    }
    Ok(())
}

/// An alert about a device that has not been seen for long.
async fn silence(writing: &Writing, row: &DeviceRow, now: Moment) -> Result<(), Failure> {
    let (Some(seen), Ok(key)) = (row.last_seen(), "not-seen".parse::<Key>()) else { return Ok(()) };
    let rule = usual(&key);
    let at = seen + i64::from(rule.for_s.value) * 1_000;
    if at >= now || row.standing != "active" {
        return Ok(());
    }
    let device = writing.device(DeviceId(row.id)).await?;
    let value = format!("not seen for {}", domain::time::span(at.since(seen)));
    writing.seed_alert(&device, SeedAlert { rule, value, at, window: None, acknowledged: None, resolved: None }).await.map(drop)
}

/// One thing that went wrong: long ago and over, or now and perhaps looked after.
async fn trouble(writing: &Writing, row: &DeviceRow, what: (&str, &str), (n, minutes): (usize, i64), who: &Somebody, now: Moment) -> Result<(), Failure> {
    let Ok(key) = what.0.parse::<Key>() else { return Ok(()) };
    let ago = i64::try_from(n % 29).unwrap_or(0) * DAY + i64::try_from(n % 23).unwrap_or(0) * HOUR + 40 * MINUTE;
    let at = now - ago;
    let over = at + minutes * MINUTE;
    let note = NOTES[n % NOTES.len()].to_owned();
    let acknowledged = (n % 3 == 0).then(|| (at + 9 * MINUTE, who.0, who.1.clone(), note));
    let device = writing.device(DeviceId(row.id)).await?;
    let resolved = (over < now - MINUTE).then_some(over);
    let looked = acknowledged.as_ref().map(|(at, ..)| *at);
    let name = format!("{} on {}", key.label(), device.row.name());
    let id = writing.seed_alert(&device, SeedAlert { rule: usual(&key), value: what.1.to_owned(), at, window: None, acknowledged, resolved }).await?;
    match looked {
        Some(at) => told::alert(writing, who, (id, &device), name, at).await,
        None => Ok(()),
    }
}

/// A device whose agent takes commands, and what it was asked to do.
async fn commands(writing: &Writing, row: &DeviceRow, who: &Somebody, now: Moment) -> Result<(), Failure> {
    let device = writing.device(DeviceId(row.id)).await?;
    let (client, site) = (ClientId(device.row.client_id), SiteId(device.row.site_id));
    let name = format!("Set-up of {}", row.name());
    let (key, _) =
        writing.make_enrolment_key(NewKey { client, site, name, needs_approval: false, expires_at: Some(now - DAY), most: Some(1) }, now - 40 * DAY).await?;
    let past = past(who, now);
    for command in &past {
        told::command(writing, who, &device, command.spec.kind().label(), command.at.0).await?;
    }
    writing.seed_commands(&device, key, vec![0; 32], past, now).await
}

fn past(who: &Somebody, now: Moment) -> Vec<SeedCommand> {
    let script = |text: &str| Spec::RunScript { script: text.into(), limit_s: 60 };
    let command = |spec, state, ago: i64, took: i64| SeedCommand { spec, state, reason: None, printed: None, by: who.clone(), at: (now - ago, took) };
    let listed = "Filesystem      Size  Used Avail Use% Mounted on\n/dev/vda1        40G   31G  7.1G  82% /\n";
    vec![
        command(Spec::ScanUpdates, State::Done, 12 * DAY, 21_000),
        SeedCommand {
            reason: Some("the device did not ask for work in time".into()),
            ..command(Spec::Reboot { not_after: None }, State::Expired, 9 * DAY, HOUR)
        },
        SeedCommand { printed: Some((0, listed.into())), ..command(script("df -h /\n"), State::Done, 3 * DAY, 1_200) },
        SeedCommand {
            reason: Some("it ended with exit status: 1".into()),
            printed: Some((1, "Job for backup.service failed because the control process exited with error code.\n".into())),
            ..command(script("systemctl restart backup.service\n"), State::Failed, 2 * DAY, 4_000)
        },
        command(Spec::Collect, State::Done, 5 * HOUR, 2_600),
    ]
}
