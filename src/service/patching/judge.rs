//! The state of an update on a device, and why, from its row and what is said.

use std::collections::{BTreeSet, HashMap};

use app::patching::PairLine;
use domain::{
    Moment,
    devices::Standing,
    ids::{ClientId, DeviceId, RunId, SiteId, UpdateId, Uuid},
    patching::{
        Bucket, Class, Verdict, decide,
        schedule::What,
        state::{Changes, Context, Device, Failed, InRun, Pair, judge},
        verify::Presence,
    },
    windows::{Place, Scope},
};
use foundation::{
    Failure, Tenant,
    patching::{Beside, PairRow, PatchScheduleRow, rows::Trust},
};

use super::{
    fleet::{Counted, owed},
    planning::next_open,
    says::{Known, Says},
};

/// What the rows of a list are judged with.
pub(super) struct Judge {
    /// What is said.
    pub says: Says,
    known: HashMap<Uuid, Known>,
    clients: HashMap<Uuid, String>,
    schedules: Vec<Coming>,
}

/// When a schedule installs next.
struct Coming {
    scope: Scope,
    what: What,
    from: Moment,
    window: String,
}

impl Coming {
    async fn load(tenant: &Tenant, now: Moment) -> Result<Vec<Self>, Failure> {
        let rows = tenant.patch_schedules().await?;
        let windows = tenant.windows_named(&rows.iter().map(|row| row.window_id.into()).collect::<Vec<_>>(), now).await?;
        let coming = |row: PatchScheduleRow| {
            let kept = windows.iter().find(|kept| kept.id.0 == row.window_id).filter(|kept| kept.window.patching)?;
            let open = next_open(kept, row.planned_until.map(Moment), now)?;
            Some(Self { scope: kept.window.scope, what: row.schedule()?.what, from: open.from, window: kept.window.name.clone() })
        };
        Ok(rows.into_iter().filter_map(coming).collect())
    }
}

impl Judge {
    /// Reads what holds for every row.
    pub async fn load(tenant: &Tenant, now: Moment) -> Result<Self, Failure> {
        let clients = tenant.clients().await?.into_iter().map(|row| (row.id, row.name)).collect();
        Ok(Self { says: Says::load(tenant, now).await?, known: HashMap::new(), clients, schedules: Coming::load(tenant, now).await? })
    }

    /// The lines of `rows`; those of updates that nobody knows are left out.
    pub async fn lines(&mut self, tenant: &Tenant, rows: &[PairRow]) -> Result<Vec<PairLine>, Failure> {
        let missing: BTreeSet<Uuid> = rows.iter().map(|row| row.update_id).filter(|id| !self.known.contains_key(id)).collect();
        self.known.extend(tenant.catalogue_of(missing).await?.into_iter().filter_map(|(id, row)| Some((id, Known::of(&row)?))));
        let devices: BTreeSet<Uuid> = rows.iter().map(|row| row.id).collect();
        let beside = tenant.beside_pairs(&devices.into_iter().collect::<Vec<_>>()).await?;
        Ok(rows.iter().filter_map(|row| self.line(row, &beside)).collect())
    }

    /// The schedule that installs an approved update of `class` there next.
    fn next(&self, row: &PairRow, class: Class) -> Option<&Coming> {
        let place = Place { client: Some(ClientId(row.client_id)), site: Some(SiteId(row.site_id)), device: DeviceId(row.id) };
        let here = self.schedules.iter().filter(|coming| coming.scope.covers(&place) && coming.what.takes(class, Some(Verdict::Approve)));
        here.min_by_key(|coming| coming.from)
    }

    fn line(&self, row: &PairRow, beside: &Beside) -> Option<PairLine> {
        let known = self.known.get(&row.update_id)?;
        let says = self.says.about(row.update_id, known, Some(ClientId(row.client_id)), Some(DeviceId(row.id)));
        let effective = decide(&says, self.says.now());
        let window = self.next(row, known.class());
        let device_now = Device { window: window.map(|coming| coming.from), ..device(row, beside, self.says.now()) };
        let judged = judge(&device_now, &pair(row, beside), effective.verdict(), &self.says.targets, self.says.now());
        let context = Context { effective, targets: self.says.targets, window: window.map(|coming| coming.window.as_str()), line: row.failed_line.as_deref() };
        Some(PairLine {
            device: (DeviceId(row.id), row.name().to_owned()),
            client: (ClientId(row.client_id), self.clients.get(&row.client_id).cloned().unwrap_or_default()),
            update: UpdateId(row.update_id),
            name: (known.update.key.name.clone(), known.update.key.version.clone()),
            class: known.class(),
            kind: judged.state.kind(),
            bucket: Bucket::of(&Counted::row(row).judge(&self.says, effective.verdict())),
            why: judged.why(&context),
            due: judged.due,
        })
    }
}

fn device(row: &PairRow, beside: &Beside, now: Moment) -> Device {
    let said = beside.agents.iter().find(|(id, _)| *id == row.id).map(|(_, said)| *said);
    let trust = Trust::of(row.trust);
    Device {
        standing: Standing::Active,
        // Who is counted as heard of is so here too, until the next look.
        seen: if trust == Trust::Silent { Some(Moment(row.last_seen_at)).filter(|at| at.0 > 0) } else { Some(now) },
        lists: trust != Trust::NoLists,
        changes: match said {
            Some(Some(true)) => Changes::Allowed,
            Some(Some(false)) => Changes::Refused,
            Some(None) | None => Changes::Unable,
        },
        reboot_required: u8::try_from(row.reboot_required).ok().map(|asks| asks == 1),
        booted_at: row.booted_at.map(Moment),
        window: None,
    }
}

fn pair(row: &PairRow, beside: &Beside) -> Pair {
    let run = beside.runs.iter().find(|run| (run.id, run.update_id) == (row.id, row.update_id));
    let run = run.map(|run| InRun { run: RunId(run.run_id), starts: Moment(run.not_before), running: run.state != "queued" });
    let failed = row.failed_class.as_deref().and_then(|word| word.parse().ok());
    Pair {
        presence: if row.presence == "installed" { Presence::Installed } else { Presence::Needed },
        installed_at: row.installed_at.map(Moment),
        owed: owed(row.since_at, row.security_at),
        failed: failed.map(|class| Failed { class, count: u32::try_from(row.failed_count).unwrap_or(u32::MAX), again: None }),
        run,
    }
}
