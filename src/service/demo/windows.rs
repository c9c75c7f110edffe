//! The maintenance windows of a demo tenant: a patch night each week, and one that is over, with what it kept quiet.

use domain::{
    Moment,
    alerts::Key,
    ids::{ClientId, DeviceId},
    time::{DAY, HOUR, MINUTE},
    windows::{Day, Days, Rhythm, Scope, Window},
};
use foundation::{
    Failure, Writing,
    alerts::{SeedAlert, usual},
    devices::DeviceRow,
    windows::{Scoped, SeedWindow},
};

/// What went wrong while the server room was moved: the condition, what was seen, and after how many minutes it was over.
const NOISE: [(&str, &str, i64); 3] = [("service:sshd.service", "failed", 50), ("cpu", "98.2 %", 95), ("memory", "94.0 %", 260)];
/// How long the move took.
const MOVE: i64 = 4 * HOUR;

/// Plans both, the past one at the client of the first of `rows`.
pub(super) async fn plan(writing: &Writing, rows: &[DeviceRow], zone: &str, now: Moment) -> Result<(), Failure> {
    let rhythm = Rhythm::Weekly { days: Days::from([Day::Saturday]), start: 22 * 60, minutes: 240 };
    let night = Window { name: "Patch night".into(), zone: zone.into(), rhythm, scope: Scope::Tenant, suppresses_alerts: false, patching: true };
    writing.seed_window(&Scoped { window: night, client: None }, now).await?;
    let Some(first) = rows.first() else { return Ok(()) };
    let (client, from): (ClientId, _) = (first.client(), (now - 9 * DAY).hour());
    let rhythm = Rhythm::Once { from, until: from + MOVE };
    let name = "Move of the server room".to_owned();
    let window = Window { name: name.clone(), zone: zone.into(), rhythm, scope: Scope::Client(client), suppresses_alerts: true, patching: false };
    let id = writing.seed_window(&Scoped { window, client: Some(client) }, now).await?;
    let window = SeedWindow { id, name, until: from + MOVE };
    for (row, (key, value, minutes)) in rows.iter().filter(|row| row.client() == client).zip(NOISE) {
        let Ok(key) = key.parse::<Key>() else { continue };
        let device = writing.device(DeviceId(row.id)).await?;
        let at = from + 35 * MINUTE;
        let resolved = Some((at + minutes * MINUTE).min(window.until));
        let seed = SeedAlert { rule: usual(&key), value: value.into(), at, window: Some(window.clone()), acknowledged: None, resolved };
        writing.seed_alert(&device, seed).await?;
    }
    Ok(())
}
