//! Devices as a CSV file.

use app::devices::DeviceListRow;
use domain::devices::query::DeviceQuery;

use super::{CHUNK, MOST, file, note, seen};
use crate::{
    http::{caller::Caller, errors::Answer},
    service::devices,
};

const COLUMNS: [&str; 11] =
    ["Device", "Host name", "Client", "Site", "Operating system", "Version", "Status", "Security updates", "Updates", "Restart pending", "Last seen (UTC)"];

/// The devices that `query` lists.
pub async fn devices(caller: &Caller, mut query: DeviceQuery) -> Answer {
    let asked = query.clone();
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < MOST {
        let (lines, next) = devices::export(&caller.tenant, &query, caller.now, CHUNK).await?;
        rows.extend(lines.into_iter().map(record));
        match next {
            Some(next) => query = next,
            None => break,
        }
    }
    note(caller, "devices exported", (rows.len(), &asked.to_query()), asked.client).await?;
    file("devices.csv", &COLUMNS, rows)
}

fn record(line: DeviceListRow) -> Vec<String> {
    let number = |known: Option<u32>| known.map_or_else(|| "unknown".into(), |known| known.to_string());
    let reboot = match line.reboot {
        None => "unknown",
        Some(true) => "yes",
        Some(false) => "no",
    };
    vec![
        line.hostname.clone(),
        line.reported.unwrap_or(line.hostname),
        line.client.1,
        line.site.unwrap_or_default(),
        line.os_name.unwrap_or_default(),
        line.os_version.unwrap_or_default(),
        line.status.label().to_owned(),
        number(line.security),
        number(line.updates),
        reboot.to_owned(),
        seen(line.last_seen),
    ]
}
