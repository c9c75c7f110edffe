//! `GET /alerts/live`: tells whoever has the inbox open that something within their reach changed. It names no alert; the page asks again.

use std::{
    convert::Infallible,
    time::{Duration, Instant},
};

use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{
    Refusal,
    ids::{PersonId, TenantId},
    people::Permission,
};
use foundation::{Failure, Principal, directory::SessionHome};
use futures_util::stream;
use serde::Deserialize;
use tower_sessions::Session;

use crate::{
    http::{
        caller::Caller,
        errors::{Answer, Problem, Stop},
        router::Shared,
        session,
    },
    service::alerts::{Full, Onlooker, Pulse},
};

/// How often it is looked; also how long somebody who was signed out is still told that something changed.
const LOOK: Duration = Duration::from_secs(2);
/// How long one stream lasts; the browser opens another one.
const LASTS: Duration = Duration::from_secs(15 * 60);
/// How long a stream says nothing at most, so that nothing in between takes it for dead.
const ALIVE: Duration = Duration::from_secs(15);
/// How long whoever finds no place waits, in seconds.
const FULL_S: u32 = 60;

/// What the page knows already.
#[derive(Debug, Default, Deserialize)]
pub struct Seen {
    /// The version that it shows.
    #[serde(default)]
    seen: String,
}

/// Who looks on, and from where: enough to ask again whether they still may.
#[derive(Debug, Clone)]
struct Whose {
    app: Shared,
    tenant: TenantId,
    person: PersonId,
    session: Vec<u8>,
}

/// One open stream.
#[derive(Debug)]
struct Stream {
    whose: Whose,
    place: Onlooker,
    seen: String,
    until: Instant,
    begun: bool,
}

/// `GET /alerts/live`.
pub async fn show(State(app): State<Shared>, caller: Caller, session: Session, headers: HeaderMap, Query(known): Query<Seen>) -> Answer {
    caller.require(Permission::AlertsRead)?;
    if !text(&headers, header::ACCEPT.as_str()).contains("text/event-stream") {
        let words = "This address keeps the list of alerts up to date; it is no page of its own.";
        return Ok((StatusCode::NOT_ACCEPTABLE, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response());
    }
    let session = session::kept_id(&session).ok_or(Refusal::NotFound)?;
    let person = PersonId(caller.session.owner);
    let place = app.onlookers.place(person).map_err(|full| match full {
        Full::Person => Stop::Problem(Problem::TooMany { wait_s: FULL_S }),
        Full::All => Stop::Problem(Problem::Unavailable { wait_s: FULL_S }),
    })?;
    let whose = Whose { tenant: caller.tenant.id(), person, session, app };
    // A browser that comes back says what it was told last.
    let last = text(&headers, "last-event-id");
    let seen = if last.is_empty() { known.seen } else { last.to_owned() };
    // The caller's transaction ends here, and not with the stream.
    drop(caller);
    Ok(told(Stream { whose, place, seen, until: Instant::now() + LASTS, begun: false }))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn told(stream: Stream) -> Response {
    let events = stream::unfold(stream, |mut stream| async move { Some((Ok::<_, Infallible>(stream.next().await?), stream)) });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that gather answers let this one through as it comes.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

impl Stream {
    /// The next thing to say; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.begun && !self.place.rest(LOOK).await {
                return None;
            }
            self.begun = true;
            if Instant::now() >= self.until {
                return None;
            }
            let whose = self.whose.clone();
            // In a task of its own: a look that ends half-way, because the browser left, would leave its connection unclean.
            let pulse = match tokio::spawn(async move { whose.look().await }).await {
                Ok(Ok(pulse)) => pulse?,
                Ok(Err(failure)) => {
                    tracing::debug!(%failure, "an open inbox could not be looked after; its page asks again");
                    return None;
                }
                Err(_) => return None,
            };
            if pulse.version != self.seen {
                self.seen.clone_from(&pulse.version);
                return Some(changed(&pulse));
            }
        }
    }
}

fn changed(pulse: &Pulse) -> Event {
    let by: serde_json::Map<_, _> = pulse.open.iter().map(|(severity, n)| (severity.word().to_owned(), (*n).into())).collect();
    let open = pulse.open.iter().map(|(_, n)| n).sum::<u64>();
    let body = serde_json::json!({ "version": pulse.version, "open": app::ui::thousands(open), "by": by });
    Event::default().event("changed").id(&pulse.version).data(body.to_string())
}

impl Whose {
    /// What stands now; `None` when they may not see it any more.
    async fn look(&self) -> Result<Option<Pulse>, Failure> {
        let database = &self.app.database;
        let session = database.directory().session(SessionHome::Tenant(self.tenant), &self.session, self.app.clock.now()).await?;
        if session.is_none_or(|session| session.owner != self.person.0) || !database.console().is_served(self.tenant).await? {
            return Ok(None);
        }
        let tenant = match database.enter(&Principal::Person(self.person), self.tenant).await {
            Err(Failure::Refused(Refusal::NotFound)) => return Ok(None),
            entered => entered?,
        };
        match self.app.onlookers.pulse(&tenant).await {
            Err(Failure::Refused(Refusal::Forbidden(_))) => Ok(None),
            pulse => pulse.map(Some),
        }
    }
}
