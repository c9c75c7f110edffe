//! Updates, and updates on devices, as CSV files.

use app::patching::{PairLine, UpdateLine};
use domain::patching::query::{PairsQuery, UpdatesQuery};

use super::{MOST, file, note, utc};
use crate::{
    http::{caller::Caller, errors::Answer},
    service::patching,
};

const UPDATES: [&str; 10] = ["Update", "Version", "Architecture", "Package system", "Origin", "Kind", "First seen (UTC)", "Need", "Have", "For all clients"];
const PAIRS: [&str; 9] = ["Device", "Client", "Update", "Version", "Kind", "State", "Counts as", "Due (UTC)", "Why"];

/// The updates that `query` lists.
pub async fn updates(caller: &Caller, query: UpdatesQuery) -> Answer {
    let lines = patching::export_updates(&caller.tenant, &query, caller.now).await?;
    note(caller, "updates exported", (lines.len(), &query.to_query()), None).await?;
    file("updates.csv", &UPDATES, lines.into_iter().take(MOST).map(update).collect())
}

fn update(line: UpdateLine) -> Vec<String> {
    let verdict = line.verdict.map_or("Not decided", |verdict| verdict.label());
    vec![
        line.name,
        line.version,
        line.arch,
        line.source.word().to_owned(),
        line.origin.unwrap_or_default(),
        line.class.label().to_owned(),
        utc(line.first_seen),
        line.need.to_string(),
        line.have.to_string(),
        verdict.to_owned(),
    ]
}

/// The updates on devices that `query` lists.
pub async fn pairs(caller: &Caller, query: PairsQuery) -> Answer {
    let lines = patching::export_pairs(&caller.tenant, &query, caller.now, MOST).await?;
    note(caller, "updates on devices exported", (lines.len(), &query.to_query()), query.client).await?;
    file("updates-on-devices.csv", &PAIRS, lines.into_iter().map(pair).collect())
}

fn pair(line: PairLine) -> Vec<String> {
    let counts = line.bucket.map_or("", |bucket| bucket.label());
    let (class, state) = (line.class.label().to_owned(), line.kind.label().to_owned());
    vec![line.device.1, line.client.1, line.name.0, line.name.1, class, state, counts.to_owned(), utc(line.due), line.why.written(utc)]
}
