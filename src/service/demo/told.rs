//! What the technician of a demo tenant did in the past month, as the audit would have kept it; contacts read it under What we did.

use domain::{
    Moment,
    ids::{AlertId, ApprovalId, ClientId, ReportId, RequestId, RunId},
    requests::State,
    time::{DAY, HOUR, MINUTE},
};
use foundation::{Failure, Writing, audit::Act, tenancy::SeenDevice};

use super::work::Somebody;
use crate::service::requests::called;

fn act(action: &'static str, object: (&'static str, String), name: String, client: ClientId) -> Act {
    Act { action, object: Some(object), name: Some(name), client: Some(client), ..Act::default() }
}

/// They took care of an alert.
pub(super) async fn alert(writing: &Writing, who: &Somebody, (id, device): (AlertId, &SeenDevice), name: String, at: Moment) -> Result<(), Failure> {
    let act = act("alert decided", ("alert", id.to_string()), name, ClientId(device.row.client_id));
    writing.seed_act(at, who, Act { before: Some("open".into()), after: Some("acknowledged".into()), ..act }).await
}

/// They asked a device to do something.
pub(super) async fn command(writing: &Writing, who: &Somebody, device: &SeenDevice, label: &str, at: Moment) -> Result<(), Failure> {
    let act = act("command asked for", ("device", device.id().to_string()), device.row.name().to_owned(), ClientId(device.row.client_id));
    writing.seed_act(at, who, Act { detail: Some(label.to_owned()), ..act }).await
}

/// They answered a request at each of the instants that `spoken` marks, and closed it when it is over.
pub(super) async fn request(writing: &Writing, who: &Somebody, id: RequestId, state: State, spoken: &[(Moment, bool)]) -> Result<(), Failure> {
    let row = writing.request_line(id).await?;
    let act = |action| act(action, ("request", id.to_string()), format!("{} {}", called(row.number), row.subject), ClientId(row.client_id));
    for (at, _) in spoken.iter().filter(|(_, staff)| *staff) {
        writing.seed_act(*at, who, act("request answered")).await?;
    }
    match spoken.last().filter(|_| !state.is_live()) {
        Some((last, _)) => {
            let decided = Act { before: Some(State::Open.word().into()), after: Some(state.word().into()), ..act("request decided") };
            writing.seed_act(*last + 10 * MINUTE, who, decided).await
        }
        None => Ok(()),
    }
}

/// They asked for a yes.
pub(super) async fn approval(writing: &Writing, who: &Somebody, (id, client, title): (ApprovalId, ClientId, &str), at: Moment) -> Result<(), Failure> {
    writing.seed_act(at, who, act("approval asked for", ("approval", id.to_string()), title.to_owned(), client)).await
}

/// They looked at the portal of each client, once in the month.
pub(super) async fn views(writing: &Writing, who: &Somebody, clients: impl Iterator<Item = ClientId>, now: Moment) -> Result<(), Failure> {
    for (n, client) in (0_i64..).zip(clients) {
        let (at, name) = (now - (4 + n * 3 % 20) * DAY - 2 * HOUR, writing.client(client)?.row().await?.name);
        let viewed = act("portal viewed", ("client", client.to_string()), name.clone(), client);
        writing.seed_act(at, who, Act { detail: Some("for at most 30 minutes".into()), ..viewed }).await?;
        let ended = act("portal view ended", ("client", client.to_string()), name, client);
        writing.seed_act(at + 6 * MINUTE, who, Act { detail: Some("stopped".into()), ..ended }).await?;
    }
    Ok(())
}

/// They had updates installed on devices of each of `clients`.
pub(super) async fn run(
    writing: &Writing,
    who: &Somebody,
    (id, title): (RunId, &str),
    clients: impl IntoIterator<Item = ClientId>,
    at: Moment,
) -> Result<(), Failure> {
    for client in clients {
        writing.seed_act(at, who, act("update run started", ("run", id.to_string()), title.to_owned(), client)).await?;
    }
    Ok(())
}

/// They gave a client a report.
pub(super) async fn report(writing: &Writing, who: &Somebody, (id, title): (ReportId, String), client: ClientId, at: Moment) -> Result<(), Failure> {
    writing.seed_act(at, who, act("report delivered", ("report", id.to_string()), title, client)).await
}
