//! Sessions: tower-sessions over our own store. The store knows the home that the host named; without one there is no session.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    Moment,
    ids::{ClientId, SessionId},
};
use foundation::{
    directory::{SessionHome, StoredSession},
    secrets,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tower::{Layer, Service};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::{Error, Result},
};
use uuid::Uuid;

use super::{App, errors, place::Placed};

/// The one key of a session's data.
const FACTS: &str = "facts";
/// How long a password that was typed again counts.
const CONFIRMED: i64 = 10 * domain::time::MINUTE;
/// How exact the last use of a session is.
const TOUCH: i64 = domain::time::MINUTE;

/// What a session holds, and nothing more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    /// Its name in lists.
    pub id: SessionId,
    /// The person or operator.
    pub owner: Uuid,
    /// When they signed in.
    pub created_at: Moment,
    /// Where from.
    pub address: String,
    /// The browser, as it calls itself.
    pub browser: String,
    /// When they last typed their password again, before something grave.
    #[serde(default)]
    pub confirmed_at: Option<Moment>,
    /// The client whose portal they look at.
    #[serde(default)]
    pub view: Option<View>,
}

/// A look at a client's portal, as its people see it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct View {
    /// Whose.
    pub client: ClientId,
    /// When it is over by itself.
    pub until: Moment,
}

impl Facts {
    /// Whether they typed their password again not long ago.
    pub fn is_confirmed(&self, now: Moment) -> bool {
        self.confirmed_at.is_some_and(|at| now.since(at) < CONFIRMED)
    }
}

#[derive(Debug, Clone)]
struct Store {
    app: Arc<App>,
    home: SessionHome,
}

/// Opens the session of each request, in the home of its host.
pub async fn layer(request: Request, next: Next) -> Response {
    let (Some(app), Some(placed)) = (request.extensions().get::<Arc<App>>().cloned(), request.extensions().get::<Placed>().cloned()) else {
        return errors::into_response(errors::Problem::NotFound);
    };
    let (name, secure) = cookie_name(&app, &placed);
    let path = if secure || placed.base.is_empty() { "/".to_owned() } else { placed.base.clone() };
    let store = Store { home: placed.home(), app };
    let manager = SessionManagerLayer::new(store).with_name(name).with_secure(secure).with_path(path);
    let manager = manager.with_same_site(SameSite::Lax).with_http_only(true).with_expiry(Expiry::OnSessionEnd);
    match manager.layer(next).call(request).await {
        Ok(response) => response.into_response(),
        Err(never) => match never {},
    }
}

/// `__Host-session`, or the plain name while the portal is served by http on this machine.
fn cookie_name(app: &App, placed: &Placed) -> (String, bool) {
    let slug = placed.base.strip_prefix("/t/").map(|slug| format!("-{slug}")).unwrap_or_default();
    let secure = app.config.is_https() || !app.config.trusted_proxies.is_empty();
    (format!("{}session{slug}", if secure { "__Host-" } else { "" }), secure)
}

/// What the session says, if there is one.
pub async fn facts(session: &Session) -> Option<Facts> {
    session.get::<Facts>(FACTS).await.ok().flatten()
}

/// What the database keeps of this session's id, to look later whether it is still there.
pub fn kept_id(session: &Session) -> Option<Vec<u8>> {
    session.id().map(|id| hash(&id))
}

/// Starts a session for `facts` under a new id.
///
/// # Errors
/// When it cannot be stored.
pub async fn start(session: &Session, facts: Facts) -> std::result::Result<(), tower_sessions::session::Error> {
    session.flush().await?;
    session.insert(FACTS, facts).await?;
    session.cycle_id().await
}

/// Remembers that the password was typed again at `now`.
///
/// # Errors
/// When it cannot be stored.
pub async fn confirm(session: &Session, facts: &Facts, now: Moment) -> std::result::Result<(), tower_sessions::session::Error> {
    session.insert(FACTS, Facts { confirmed_at: Some(now), ..facts.clone() }).await
}

/// Begins or ends a look at a client's portal.
///
/// # Errors
/// When it cannot be stored.
pub async fn look(session: &Session, facts: &Facts, view: Option<View>) -> std::result::Result<(), tower_sessions::session::Error> {
    session.insert(FACTS, Facts { view, ..facts.clone() }).await
}

impl Store {
    fn stored(&self, record: &Record, now: Moment) -> Result<StoredSession> {
        let facts = record.data.get(FACTS).cloned().ok_or_else(|| Error::Encode("a session without facts".into()))?;
        let facts: Facts = serde_json::from_value(facts).map_err(|error| Error::Encode(error.to_string()))?;
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        Ok(StoredSession { id: facts.id, owner: facts.owner, created_at: facts.created_at, seen_at: now, data, address: facts.address, browser: facts.browser })
    }

    async fn keep(&self, record: &Record) -> Result<()> {
        let stored = self.stored(record, self.app.clock.now())?;
        self.app.database.directory().keep_session(self.home, hash(&record.id), stored).await.map_err(backend)
    }
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.keep(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let now = self.app.clock.now();
        let data = self.stored(record, now)?.data;
        self.app.database.directory().change_session(self.home, &hash(&record.id), data, now).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let (now, hash) = (self.app.clock.now(), hash(id));
        let directory = self.app.database.directory();
        let Some(found) = directory.session(self.home, &hash, now).await.map_err(backend)? else { return Ok(None) };
        if now.since(found.seen_at) >= TOUCH {
            directory.touch_session(self.home, &hash, now).await.map_err(backend)?;
        }
        let data = serde_json::from_str(&found.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp((found.created_at + self.home.limits().absolute).0 / 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.app.database.directory().end_session(self.home, &hash(id)).await.map_err(backend)
    }
}

/// What the database keeps of an id: enough to find it, not to use it.
fn hash(id: &Id) -> Vec<u8> {
    secrets::hash(&id.0.to_le_bytes())
}

fn backend(failure: foundation::Failure) -> Error {
    Error::Backend(failure.to_string())
}
