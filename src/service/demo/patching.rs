//! Updates in a demo tenant: what waits where, what was decided, two runs that are over and one that waits, and the figures of a month.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Moment,
    devices::report::{Package, Update, Updates},
    ids::{ClientId, UpdateId, Uuid},
    patching::{
        Class, Source, Tally, Verdict,
        groups::{Devices, Groups},
        outcome::{Failure as Why, FailureClass},
        run::{RunState, TurnState},
        typed::{Shown, WantedDecision},
    },
    time::{DAY, HOUR, MINUTE},
};
use foundation::{
    Failure, Writing,
    patching::{PairFilter, SeedPatch, SeedRun, SeedTurn, rows::update},
};

use super::{told, work::Somebody};
use crate::{
    demo::{DemoDevice, software_sets, waiting_sets},
    service::patching,
};

/// Days of figures before today.
const DAYS: i64 = 30;
/// What a script of a package says when it fails.
const LINE: &str = "dpkg: error processing package (--configure): the post-installation script returned error exit status 1";

/// A number that stays the same for the same words.
fn number(words: &str) -> i64 {
    words.bytes().fold(7, |sum: i64, byte| (sum * 31 + i64::from(byte)) % 9_973)
}

/// The updates that `device` needs or has, and `more` that are invented to measure with.
pub(super) fn patches(device: &DemoDevice, more: usize, now: Moment) -> Vec<SeedPatch> {
    let mut patches = waiting(device, now);
    patches.extend((0_i64..).take(more).map(|n| invented(device, n, now)));
    patches
}

/// One of those that are invented: one of four closes a security hole, seven of ten are installed, and they are owed since some of 60 days.
fn invented(device: &DemoDevice, n: i64, now: Moment) -> SeedPatch {
    let own = device.enrolled_ago_ms / MINUTE;
    let update = Update {
        name: format!("measured-{n:04}"),
        arch: Some("amd64".into()),
        installed: "1.0-1".into(),
        candidate: "1.0-2".into(),
        origin: Some("Debian:12.8/stable".into()),
        security: Some(n % 4 == 0),
    };
    let first_seen = now - (3 + n % 57) * DAY;
    let installed = ((own + n * 7) % 10 < 7).then(|| now - HOUR);
    SeedPatch { source: Source::Deb, update, first_seen, since: first_seen + (own % 3) * DAY, installed }
}

fn waiting(device: &DemoDevice, now: Moment) -> Vec<SeedPatch> {
    let (Some(set), Some(Updates::Listed { items, .. })) = (device.software_set.map(usize::from), &device.report.updates) else { return Vec::new() };
    // The two sets of a purpose stand side by side: what waits on the one that is behind is installed on the other.
    let (packages, offered) = (software_sets().nth(set).unwrap_or_default(), waiting_sets().nth(set | 1).unwrap_or_default());
    let is_deb = packages.iter().any(|package| package.source.as_deref() == Some("deb"));
    let have = offered.iter().filter(|update| !items.contains(update) && has(packages, update));
    let all = items.iter().map(|update| (update, false)).chain(have.map(|update| (update, true)));
    all.filter(|_| is_deb).map(|(update, installed)| patch(device, update, installed, now)).collect()
}

fn has(packages: &[Package], update: &Update) -> bool {
    packages.iter().any(|package| (&package.name, &package.arch, &package.version) == (&update.name, &update.arch, &update.candidate))
}

fn patch(device: &DemoDevice, update: &Update, installed: bool, now: Moment) -> SeedPatch {
    let age = number(&update.name);
    let first_seen = now - (2 + age % if installed { 60 } else { 24 }) * DAY;
    let since = first_seen.max(now - device.enrolled_ago_ms);
    let at = Moment((since + (1 + (age + device.enrolled_ago_ms / HOUR) % 9) * DAY).0.min((now - HOUR).0));
    SeedPatch { source: Source::Deb, update: update.clone(), first_seen, since, installed: installed.then_some(at) }
}

/// Adds what people did and what past days were like; without devices that have updates there is nothing to do.
pub(super) async fn fill(writing: &Writing, who: &Somebody, now: Moment) -> Result<(), Failure> {
    let needed = by_need(writing).await?;
    decisions(writing, &needed, who, now).await?;
    runs(writing, who, now).await?;
    points(writing, now).await
}

/// The updates that devices need, most needed first.
async fn by_need(writing: &Writing) -> Result<Vec<update::Model>, Failure> {
    let mut need: BTreeMap<Uuid, i64> = BTreeMap::new();
    for row in writing.update_totals(None).await?.iter().filter(|row| row.presence == "needed") {
        *need.entry(row.update_id).or_default() += row.devices;
    }
    let mut rows: Vec<update::Model> = writing.catalogue_of(need.keys().copied()).await?.into_values().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(need.get(&row.id).copied()), row.name.clone(), row.version.clone()));
    Ok(rows)
}

async fn decisions(writing: &Writing, needed: &[update::Model], who: &Somebody, now: Moment) -> Result<(), Failure> {
    let others = needed.iter().filter(|row| row.update().is_some_and(|update| update.class() != Class::Security));
    let until = Moment((now.0.div_euclid(DAY) + 10) * DAY);
    let decided = [
        (Verdict::Approve, Some("Ran for a week on our own machines.")),
        (Verdict::Approve, None),
        (Verdict::Approve, Some("Asked for by the client.")),
        (Verdict::Decline, Some("Breaks the label printer at the counter; the maker works on it.")),
        (Verdict::Defer(until), Some("After the end of the month, when accounting is through.")),
    ];
    for (n, (row, (verdict, note))) in (0_i64..).zip(others.zip(decided)) {
        let wanted = WantedDecision { verdict, expires: None, note: note.map(str::to_owned), shown: Shown::default() };
        writing.seed_decision(UpdateId(row.id), &wanted, &who.1, now - (1 + n) * DAY - 5 * HOUR).await?;
    }
    Ok(())
}

/// Some devices with updates of one presence, at most three each.
async fn devices(writing: &Writing, presence: &'static str) -> Result<Vec<(Uuid, Vec<Uuid>)>, Failure> {
    let filter = PairFilter { presence: Some(presence), ..PairFilter::default() };
    let mut devices: Vec<(Uuid, Vec<Uuid>)> = Vec::new();
    for row in writing.pair_rows(&filter, None, 600).await? {
        match devices.last_mut().filter(|(id, _)| *id == row.id) {
            Some((_, updates)) if updates.len() < 3 => updates.push(row.update_id),
            Some(_) => {}
            None => devices.push((row.id, vec![row.update_id])),
        }
    }
    Ok(devices)
}

fn turns(devices: impl Iterator<Item = (Uuid, Vec<Uuid>)>, state: TurnState) -> Vec<SeedTurn> {
    let turn = |(device, updates)| SeedTurn { device, state, updates, failed: None };
    devices.map(turn).collect()
}

async fn runs(writing: &Writing, who: &Somebody, now: Moment) -> Result<(), Failure> {
    let (have, need) = (devices(writing, "installed").await?, devices(writing, "needed").await?);
    let first = turns(have.iter().take(6).cloned(), TurnState::Done);
    let mut second = turns(have.iter().skip(6).take(3).cloned(), TurnState::Done);
    let failed = Why { class: FailureClass::Script, line: LINE.into() };
    let broken = |(device, updates): (Uuid, Vec<Uuid>)| {
        let one = updates.into_iter().take(1).collect();
        SeedTurn { device, state: TurnState::Failed(FailureClass::Script), updates: one, failed: Some(failed.clone()) }
    };
    second.extend(need.iter().take(1).cloned().map(broken));
    let waiting = turns(need.into_iter().skip(1).take(5), TurnState::Queued);
    let day = now.hour() - 12 * DAY;
    let late = now.hour() - 3 * DAY;
    let all = [
        ("Security updates, first week", RunState::Done, (day, Some(day + 47 * MINUTE)), first),
        ("Security updates, second week", RunState::DoneWithFailures, (late, Some(late + 52 * MINUTE)), second),
        ("Servers that were left out", RunState::Running, (now - 20 * MINUTE, None), waiting),
    ];
    for (title, state, at, turns) in all.into_iter().filter(|(.., turns)| !turns.is_empty()) {
        let mut clients = BTreeSet::new();
        for turn in &turns {
            clients.insert(ClientId(writing.device(turn.device.into()).await?.row.client_id));
        }
        let id = writing.seed_run(SeedRun { title: title.into(), state, by: who.clone(), at, turns }).await?;
        told::run(writing, who, (id, title), clients, at.0).await?;
    }
    Ok(())
}

/// Keeps the figures of the past month: today's as they are, and of each day before a little less installed.
async fn points(writing: &Writing, now: Moment) -> Result<(), Failure> {
    let today = patching::figures(writing, now).await?;
    for ago in 1..=DAYS {
        patching::keep_figures(writing, &before(&today, ago), now - ago * DAY).await?;
    }
    patching::keep_figures(writing, &today, now).await
}

/// What the figures may have been `ago` days before.
fn before(today: &Groups, ago: i64) -> Groups {
    let mut groups = Groups::default();
    for (n, (client, (tally, devices))) in (0_i64..).zip(today.by_client()) {
        let less = |of: u64| of * u64::try_from(ago * 9 + (ago + n) * 5 % 23).unwrap_or(0) / 1_000;
        let (late, early) = (less(tally.installed), less(tally.early));
        let tally = Tally {
            installed: tally.installed - late.min(tally.installed),
            missing: tally.missing + late,
            early: tally.early - early.min(tally.early),
            not_due: tally.not_due + early,
            ..tally
        };
        groups.add_tally(client, Class::Unknown, tally);
        add(&mut groups, client, devices);
    }
    groups
}

fn add(groups: &mut Groups, client: ClientId, devices: Devices) {
    for n in 0..devices.all {
        groups.add_device(client, n >= devices.unknown, None);
    }
}
