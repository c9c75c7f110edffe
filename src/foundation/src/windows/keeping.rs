//! Planning windows: adding, changing and removing them. Each asks for the job that makes alerts follow.

use domain::{
    Moment, Refusal,
    ids::{ClientId, WindowId},
    jobs::Priority,
    time::MINUTE,
    windows::{Calendar, Occurrence, Scope, Window},
};
use sea_orm::{
    ColumnTrait, Condition, Set,
    prelude::{Expr, Uuid},
};

use super::{
    covering::subject,
    kept::lasting,
    rows::window::{ActiveModel, Column, Entity},
    settle::{WINDOW_BEGINS, WINDOW_ENDS},
};
use crate::{
    Failure, Writing, fresh_id,
    jobs::{Actor, Work},
    tenancy::SeenDevice,
};

/// Windows that a tenant may have at once, those that are over left out.
const MOST: u64 = 2_000;
/// Windows of one place, alike; all of them are looked at when an alert is raised.
const MOST_AT: u64 = 100;

/// A window with the client that its place belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoped {
    /// What was planned.
    pub window: Window,
    /// The client of its place; `None` for all clients.
    pub client: Option<ClientId>,
}

/// The job that lets alerts follow the window.
pub(super) fn look_at(kind: &'static str, id: WindowId, at: Moment) -> Work {
    Work { kind, subject: id.to_string(), priority: Priority::Normal, at, by: Actor::Platform }
}

fn occurrence(window: &Window, now: Moment) -> Result<Occurrence, Refusal> {
    Calendar::of(window).and_then(|calendar| calendar.open_or_next(now)).ok_or_else(|| Refusal::invalid("until", "is already over"))
}

fn text(window: &Window) -> Result<String, Refusal> {
    serde_json::to_string(window).map_err(|_| Refusal::invalid("name", "cannot be stored"))
}

impl Writing {
    /// Plans a window.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there are too many, or it is over.
    pub async fn add_window(&self, new: &Scoped, now: Moment) -> Result<WindowId, Failure> {
        let (id, window): (WindowId, _) = (fresh_id(), &new.window);
        let when = occurrence(window, now)?;
        let place = subject(window.scope, self.id().0);
        self.has_room(id, place, now).await?;
        self.insert(ActiveModel { id: Set(id.0), revision: Set(1), ..row(new, place, when, now)? }).await?;
        self.look_twice(id, now).await?;
        Ok(id)
    }

    /// Changes a window within reach, where `seen` was the version that somebody looked at.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed it meanwhile.
    pub async fn change_window(&self, id: WindowId, new: &Scoped, seen: i64, now: Moment) -> Result<(), Failure> {
        let (when, window) = (occurrence(&new.window, now)?, &new.window);
        self.has_room(id, subject(window.scope, self.id().0), now).await?;
        let before = self.window(id, now).await.ok();
        let values = [
            (Column::Level, Expr::value(window.scope.word())),
            (Column::SubjectId, Expr::value(subject(window.scope, self.id().0))),
            (Column::ClientId, Expr::value(new.client.map(|id| id.0))),
            (Column::Name, Expr::value(window.name.clone())),
            (Column::Document, Expr::value(text(window)?)),
            (Column::Weekly, Expr::value(window.rhythm.word() == "weekly")),
            (Column::Suppresses, Expr::value(window.suppresses_alerts)),
            (Column::BeginsAt, Expr::value(when.from.0)),
            (Column::EndsAt, Expr::value(when.until.0)),
            (Column::Revision, Expr::value(seen + 1)),
            (Column::ChangedAt, Expr::value(now.0)),
        ];
        self.of_version(id, self.update::<Entity>(version(id, seen), values).await?, now).await?;
        let stood = before.map(|before| before.window);
        let moved = stood.is_none_or(|stood| (&stood.rhythm, &stood.zone, stood.scope) != (&window.rhythm, &window.zone, window.scope));
        self.window_moved(id, new.client, moved, now).await?;
        self.look_twice(id, now).await
    }

    /// Removes a window within reach; what it suppressed goes on.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed it meanwhile.
    pub async fn remove_window(&self, id: WindowId, seen: i64, now: Moment) -> Result<(), Failure> {
        self.of_version(id, self.delete::<Entity>(version(id, seen)).await?, now).await?;
        self.runs_look(id, now).await?;
        self.end_suppression(id, now).await
    }

    /// Asks for the job that ends what the window suppressed, and once more for what was raised at this very moment.
    async fn end_suppression(&self, id: WindowId, now: Moment) -> Result<(), Failure> {
        self.enqueue(look_at(WINDOW_ENDS, id, now), now).await?;
        self.enqueue(look_at(WINDOW_BEGINS, id, now + MINUTE), now).await
    }

    /// Asks for a look now, and once more for what was raised by somebody who did not see the window yet.
    async fn look_twice(&self, id: WindowId, now: Moment) -> Result<(), Failure> {
        self.enqueue(look_at(WINDOW_BEGINS, id, now), now).await?;
        self.enqueue(look_at(WINDOW_ENDS, id, now + MINUTE), now).await
    }

    /// Whether there may be one more window at `place`, besides the window `id` itself.
    async fn has_room(&self, id: WindowId, place: Uuid, now: Moment) -> Result<(), Failure> {
        let others = || Condition::all().add(lasting(now)).add(Column::Id.ne(id.0));
        let crowded = self.find::<Entity>().filter(others()).count().await? >= MOST;
        let full = self.find::<Entity>().filter(others()).filter(Column::SubjectId.eq(place)).count().await? >= MOST_AT;
        if crowded || full {
            return Err(Refusal::invalid("name", "There are too many windows already; remove some that are not needed.").into());
        }
        Ok(())
    }

    async fn of_version(&self, id: WindowId, changed: u64, now: Moment) -> Result<(), Failure> {
        if changed == 1 {
            return Ok(());
        }
        let stands = self.window(id, now).await?;
        let sentence = Calendar::of(&stands.window).map(|calendar| calendar.sentence()).unwrap_or_default();
        let why =
            format!("Somebody changed this window at the same time; it is now \"{}\": {sentence}. Look at it again before you change it.", stands.window.name);
        Err(Refusal::Conflict(why).into())
    }

    /// The own windows of `device` go to another client with it.
    pub(crate) async fn move_windows_of(&self, device: &SeenDevice, client: Uuid) -> Result<(), Failure> {
        self.update::<Entity>(own(device), [(Column::ClientId, Expr::value(client))]).await.map(drop)
    }

    /// Removes the own windows of `device`.
    pub(crate) async fn drop_windows_of(&self, device: &SeenDevice) -> Result<(), Failure> {
        self.delete::<Entity>(own(device)).await.map(drop)
    }
}

/// A row without its id and version.
pub(super) fn row(new: &Scoped, place: Uuid, when: Occurrence, now: Moment) -> Result<ActiveModel, Refusal> {
    let window = &new.window;
    Ok(ActiveModel {
        level: Set(window.scope.word().into()),
        subject_id: Set(place),
        client_id: Set(new.client.map(|id| id.0)),
        name: Set(window.name.clone()),
        document: Set(text(window)?),
        weekly: Set(window.rhythm.word() == "weekly"),
        suppresses: Set(window.suppresses_alerts),
        begins_at: Set(when.from.0),
        ends_at: Set(when.until.0),
        changed_at: Set(now.0),
        ..Default::default()
    })
}

fn version(id: WindowId, seen: i64) -> Condition {
    Condition::all().add(Column::Id.eq(id.0)).add(Column::Revision.eq(seen))
}

fn own(device: &SeenDevice) -> Condition {
    Condition::all().add(Column::Level.eq(Scope::Device(device.id()).word())).add(Column::SubjectId.eq(device.row.id))
}
