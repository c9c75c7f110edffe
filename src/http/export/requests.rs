//! Requests as a CSV file: what the list shows, and no word of any conversation.

use app::requests::Line;
use domain::requests::{RequestQuery, Side};

use super::{file, note, utc};
use crate::http::{caller::Caller, errors::Answer};

const COLUMNS: [&str; 10] = ["Request", "Subject", "Client", "Device", "State", "Priority", "Asked by", "Assigned to", "Opened (UTC)", "Changed (UTC)"];

/// The requests of `rows`, which `query` chose.
pub async fn requests(caller: &Caller, query: &RequestQuery, rows: Vec<Line>) -> Answer {
    note(caller, "requests exported", (rows.len(), &query.to_query()), query.client).await?;
    let side = if caller.tenant.who().client().is_some() { Side::Client } else { Side::Staff };
    file("requests.csv", &COLUMNS, rows.into_iter().map(|row| record(row, side)).collect())
}

fn record(row: Line, side: Side) -> Vec<String> {
    vec![
        row.called,
        row.subject,
        row.client.1,
        row.device.unwrap_or_default(),
        row.state.label(side).to_owned(),
        row.priority.label().to_owned(),
        row.made_by,
        row.assigned.map(|(_, name)| name).unwrap_or_default(),
        utc(row.opened_at),
        utc(row.changed_at),
    ]
}
