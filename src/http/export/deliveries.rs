//! The log of deliveries as a CSV file; without what was sent.

use domain::notices::DeliveryQuery;

use super::{CHUNK, MOST, file, note, utc};
use crate::{
    http::{caller::Caller, errors::Answer},
    service::notices,
};

const COLUMNS: [&str; 10] = ["Asked for (UTC)", "State", "What", "Way", "To", "Subject", "Channel", "Tries", "Left (UTC)", "What went wrong"];

/// The deliveries that `query` lists.
pub async fn deliveries(caller: &Caller, mut query: DeliveryQuery) -> Answer {
    let asked = query.clone();
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < MOST {
        let (lines, next) = notices::export(&caller.tenant, &query, CHUNK).await?;
        rows.extend(lines.into_iter().map(record));
        match next {
            Some(next) => query = next,
            None => break,
        }
    }
    note(caller, "deliveries exported", (rows.len(), &asked.to_query()), None).await?;
    file("deliveries.csv", &COLUMNS, rows)
}

fn record(line: app::notices::DeliveryLine) -> Vec<String> {
    vec![
        utc(line.at),
        line.state.label().into(),
        line.what,
        line.kind.label().into(),
        line.recipient,
        line.subject,
        line.channel.unwrap_or_default(),
        line.tried.to_string(),
        line.sent_at.map(utc).unwrap_or_default(),
        line.error.unwrap_or_default(),
    ]
}
