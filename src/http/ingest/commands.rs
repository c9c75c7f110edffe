//! `POST /agent/commands`: an agent says what became of its commands, and waits for new ones.

use std::time::Duration;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Fault, Refusal,
    commands::{COMMANDS_PATH, MOST_OPEN, Poll, Turn, WAIT_S},
};
use foundation::{Failure, Principal, commands::SigningKeys, directory::Front};

use super::signed::{No, Signed, Yes, read, served};
use crate::{
    http::{App, place::Placed, router::Shared},
    service::commands::{self, News},
};

/// How long agents rest when more wait for work than may, in seconds.
const PAUSE_S: u32 = 60;

/// `POST /agent/commands`.
pub async fn poll(State(app): State<Shared>, Extension(placed): Extension<Placed>, headers: HeaderMap, sent: Bytes) -> Response {
    match try_poll(&app, &placed, &headers, &sent).await {
        Ok(Json(turn)) => {
            let rests = turn.pause_s > 0;
            let mut response = Json(turn).into_response();
            if rests {
                // Who rests gives its connection back.
                response.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
            }
            response
        }
        Err(no) => no.answer(app.clock.now()),
    }
}

async fn try_poll(app: &App, placed: &Placed, headers: &HeaderMap, sent: &[u8]) -> Yes<Turn> {
    let front = served(placed)?;
    let signed = Signed::checked(app, front, COMMANDS_PATH, headers, sent).await?;
    let poll: Poll = read(COMMANDS_PATH, sent)?;
    if poll.have.len() as u64 > MOST_OPEN {
        return Err(Failure::from(Refusal::Invalid(vec![Fault::new("have", "is longer than 20")])).into());
    }
    let agent = Principal::Agent(signed.key);
    let entered = app.database.enter(&agent, front.tenant).await?;
    let device = entered.agents_device().await?.id();
    commands::told(&entered, &poll.told, poll.allows_changes, app.clock.now()).await?;
    let keys = commands::keys(&entered, app.clock.now()).await?;
    drop(entered);
    let look = || look(app, front, agent, &keys, &poll);
    // Who said something is answered at once, so that it knows that it was heard.
    let wait = if poll.told.is_empty() { poll.wait_s.min(WAIT_S) } else { 0 };
    let seat = app.waiting.seat(device);
    let news = match &seat {
        Some(seat) if wait > 0 => {
            let begun = seat.wait(Duration::from_secs(wait.into()), async { look().await.map_or_else(|no| Some(Err(no)), |news| news.map(Ok)) }).await;
            match begun {
                Some(news) => news?,
                None => look().await?.unwrap_or_default(),
            }
        }
        _ => look().await?.unwrap_or_default(),
    };
    let pause_s = if seat.is_some() || wait == 0 { 0 } else { PAUSE_S };
    let server_key = BASE64_URL_SAFE_NO_PAD.encode(&keys.public);
    Ok(Json(Turn { server_key, orders: news.orders, cancelled: news.cancelled, pause_s, now: app.clock.now() }))
}

/// What is new for this agent; `None` when nothing is. The database is held no longer than that takes.
async fn look(app: &App, front: &Front, agent: Principal, keys: &SigningKeys, poll: &Poll) -> Result<Option<News>, No> {
    let entered = app.database.enter(&agent, front.tenant).await?;
    let news = commands::news(&entered, keys, &poll.have, app.clock.now()).await?;
    Ok(Some(news).filter(|news| *news != News::default()))
}
