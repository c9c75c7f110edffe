//! Lets alerts follow a window: when it begins, when it ends, and when somebody changed or removed it. Looking once more changes nothing.

use domain::{
    Moment, Refusal,
    alerts::{Event, State, Step, What},
    ids::{AlertId, ClientId, DeviceId, SiteId, WindowId},
    time::MINUTE,
    windows::{Place, Scope},
};
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, prelude::Expr, sea_query::Query};

use super::{
    KeptWindow,
    keeping::look_at,
    rows::window::{Column, Entity, Model},
};
use crate::{Failure, Writing, alerts::rows::alert, devices::rows::device, tenancy::SeenDevice};

/// The kind of the job at the beginning of a window.
pub const WINDOW_BEGINS: &str = "window begins";
/// The kind of the job at its end.
pub const WINDOW_ENDS: &str = "window ends";

/// Alerts of one transaction; the rest waits for the next, so that nobody waits long for this one.
const AT_ONCE: usize = 100;

impl Writing {
    /// Suppresses the open alerts that the window covers now, lets those go on that it covers no more, and asks for the next look.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_window(&self, id: WindowId, now: Moment) -> Result<(), Failure> {
        let row = self.known_windows().filter(Column::Id.eq(id.0)).one(self.connection()).await?;
        let kept = row.as_ref().and_then(|row| KeptWindow::read(row, now));
        let open = kept.as_ref().filter(|kept| kept.is_open(now) && kept.window.suppresses_alerts);
        let released = self.release(id, kept.as_ref(), open.map(|kept| kept.window.scope), now).await?;
        let caught = match open {
            Some(kept) => self.catch(kept, now).await?,
            None => 0,
        };
        if released.max(caught) >= AT_ONCE {
            return self.enqueue(look_at(WINDOW_BEGINS, id, now), now).await;
        }
        match row.zip(kept) {
            Some((row, kept)) => self.plan(&row, &kept, now).await,
            None => Ok(()),
        }
    }

    /// Suppresses open alerts on the devices that the window covers; says how many it looked at.
    async fn catch(&self, kept: &KeptWindow, now: Moment) -> Result<usize, Failure> {
        let open = Condition::all().add(alert::Column::State.eq(State::Open.word())).add_option(self.on(kept.window.scope));
        let found = self.alerts_to_move(open).await?;
        for (device, id) in &found {
            self.move_alert(*device, *id, now, |_| async { Ok((Event::WindowBegan(kept.id), Some(kept.window.name.clone()))) }).await?;
        }
        Ok(found.len())
    }

    /// Lets alerts go on that the window suppressed, but for those on the devices that it `still` covers; says how many it looked at.
    async fn release(&self, id: WindowId, kept: Option<&KeptWindow>, still: Option<Scope>, now: Moment) -> Result<usize, Failure> {
        let state = serde_json::to_string(&State::Suppressed { window: id }).unwrap_or_default();
        let mut mine = Condition::all().add(alert::Column::State.eq("suppressed")).add(alert::Column::StateData.eq(state));
        match still {
            Some(Scope::Tenant) => return Ok(0),
            Some(scope) => mine = mine.add_option(self.on(scope).map(|on| on.not())),
            None => {}
        }
        let found = self.alerts_to_move(mine).await?;
        for (device, alert) in &found {
            self.move_alert(*device, *alert, now, |device| async move {
                let next = self.suppressor(&device, Some(id), now).await?;
                let name = next.as_ref().map(|next| next.name.clone()).or_else(|| kept.map(|kept| kept.window.name.clone()));
                Ok((Event::WindowEnded { window: id, next: next.map(|next| next.id) }, name))
            })
            .await?;
        }
        Ok(found.len())
    }

    /// Some alerts that meet `condition`, with their devices, in the order of the devices, as every work that locks many.
    async fn alerts_to_move(&self, condition: Condition) -> Result<Vec<(DeviceId, AlertId)>, Failure> {
        let select = self.find::<alert::Entity>().filter(condition).order_by(alert::Column::DeviceId, Order::Asc).order_by(alert::Column::Id, Order::Asc);
        let rows = select.limit(AT_ONCE as u64).all().await?;
        Ok(rows.into_iter().map(|row| (DeviceId(row.device_id), AlertId(row.id))).collect())
    }

    /// Tells one alert what happened, with its device locked first.
    async fn move_alert<F>(&self, device: DeviceId, id: AlertId, now: Moment, event: impl FnOnce(SeenDevice) -> F) -> Result<(), Failure>
    where
        F: Future<Output = Result<(Event, Option<String>), Failure>>,
    {
        let device = match self.device_to_change(device).await {
            Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
            found => found?,
        };
        let row = self.alert_row(&device, id).await?;
        let Some(alert) = crate::alerts::alert_of(&row) else { return Ok(()) };
        let (event, name) = event(device.clone()).await?;
        self.keep_step(&device, &row, &named(alert.happens(event, now), name.as_deref()), None, now).await
    }

    /// Lets the alerts of a device that moved follow the windows of its new place: those of the old one cover it no more.
    pub(crate) async fn follow_windows_of(&self, device: &SeenDevice, now: Moment) -> Result<(), Failure> {
        let device = self.device_to_change(device.id()).await?;
        let place = Place { client: Some(ClientId(device.row.client_id)), site: Some(SiteId(device.row.site_id)), device: device.id() };
        let next = self.suppressor(&device, None, now).await?;
        let quiet = Condition::any().add(alert::Column::State.eq("suppressed")).add(alert::Column::State.eq(State::Open.word()));
        for row in self.find_of::<alert::Entity>(&device).filter(quiet).all().await? {
            let Some(alert) = crate::alerts::alert_of(&row) else { continue };
            let event = match (alert.state, &next) {
                (State::Suppressed { window }, next) if !self.covers(window, &place, now).await? => {
                    Event::WindowEnded { window, next: next.as_ref().map(|next| next.id) }
                }
                (State::Open, Some(next)) => Event::WindowBegan(next.id),
                _ => continue,
            };
            let name = next.as_ref().map(|next| next.name.as_str());
            self.keep_step(&device, &row, &named(alert.happens(event, now), name), None, now).await?;
        }
        Ok(())
    }

    /// Whether a window is open and suppresses alerts at `place`.
    async fn covers(&self, id: WindowId, place: &Place, now: Moment) -> Result<bool, Failure> {
        let row = self.known_windows().filter(Column::Id.eq(id.0)).one(self.connection()).await?;
        let kept = row.and_then(|row| KeptWindow::read(&row, now));
        Ok(kept.is_some_and(|kept| kept.is_open(now) && kept.window.suppresses_alerts && kept.window.scope.covers(place)))
    }

    /// The alerts on the devices of `scope`; `None`: on all.
    fn on(&self, scope: Scope) -> Option<Condition> {
        let condition = match scope {
            Scope::Tenant => return None,
            Scope::Client(id) => alert::Column::ClientId.eq(id.0),
            Scope::Device(id) => alert::Column::DeviceId.eq(id.0),
            Scope::Site(id) => {
                let devices = Query::select()
                    .column(device::Column::Id)
                    .from(device::Entity)
                    .and_where(device::Column::TenantId.eq(self.id().0))
                    .and_where(device::Column::SiteId.eq(id.0))
                    .to_owned();
                alert::Column::DeviceId.in_subquery(devices)
            }
        };
        Some(Condition::all().add(condition))
    }

    /// Stores when the window is open next, and asks for the look at that time. What was raised at the very end is looked at once more.
    async fn plan(&self, row: &Model, kept: &KeptWindow, now: Moment) -> Result<(), Failure> {
        let ended = Moment(row.ends_at);
        if ended <= now && now < ended + MINUTE {
            self.enqueue(look_at(WINDOW_ENDS, kept.id, ended + MINUTE), now).await?;
        }
        if kept.is_over(now) {
            return Ok(());
        }
        let when = kept.occurrence;
        if (row.begins_at, row.ends_at) != (when.from.0, when.until.0) {
            // Whoever changed it meanwhile asked for a look of their own.
            let mine = Condition::all().add(Column::Id.eq(row.id)).add(Column::Revision.eq(row.revision));
            self.update::<Entity>(mine, [(Column::BeginsAt, Expr::value(when.from.0)), (Column::EndsAt, Expr::value(when.until.0))]).await?;
        }
        let (kind, at) = if kept.is_open(now) { (WINDOW_ENDS, when.until) } else { (WINDOW_BEGINS, when.from) };
        self.enqueue(look_at(kind, kept.id, at), now).await
    }
}

/// With the window's name beside what it did, so that it is known when the window is gone.
pub(crate) fn named(mut step: Step, name: Option<&str>) -> Step {
    for entry in &mut step.entries {
        if matches!(entry.what, What::RaisedIn(_) | What::Suppressed(_) | What::WindowEnded(_)) {
            entry.note = name.map(str::to_owned);
        }
    }
    step
}
