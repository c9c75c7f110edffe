//! Software across the fleet as CSV files.

use domain::software::{Ecosystem, TitleQuery, TitlesQuery};

use super::{CHUNK, MOST, file, note, seen};
use crate::{
    http::{caller::Caller, errors::Answer},
    service::software,
};

const TITLES: [&str; 5] = ["Title", "Package system", "Versions", "Only version", "Devices"];
const DEVICES: [&str; 9] = ["Device", "Client", "Site", "Title", "Package system", "Versions", "Operating system", "Status", "Last seen (UTC)"];

/// The titles that `query` lists.
pub async fn titles(caller: &Caller, mut query: TitlesQuery) -> Answer {
    let asked = query.clone();
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < MOST {
        let (lines, next) = software::export_titles(&caller.tenant, &query, CHUNK).await?;
        let record = |line: app::software::TitleLine| {
            let cells = [line.name, line.ecosystem.word().into(), line.versions.to_string(), line.version.unwrap_or_default(), line.devices.to_string()];
            cells.to_vec()
        };
        rows.extend(lines.into_iter().map(record));
        match next {
            Some(next) => query = next,
            None => break,
        }
    }
    note(caller, "software exported", (rows.len(), &asked.to_query()), None).await?;
    file("software.csv", &TITLES, rows)
}

/// The devices that `query` asks for of the title `name`.
pub async fn title(caller: &Caller, ecosystem: Ecosystem, name: &str, mut query: TitleQuery) -> Answer {
    let asked = query.clone();
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < MOST {
        let (lines, next) = software::export_title(&caller.tenant, ecosystem, name, &query, caller.now, CHUNK).await?;
        let record = |line: app::software::HolderLine| {
            let device = line.device;
            let system = [device.os_name, device.os_version].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let cells = [
                device.hostname,
                device.client.1,
                device.site.unwrap_or_default(),
                name.to_owned(),
                ecosystem.word().to_owned(),
                line.versions.join(" "),
                system,
                device.status.label().to_owned(),
                seen(device.last_seen),
            ];
            cells.to_vec()
        };
        rows.extend(lines.into_iter().map(record));
        match next {
            Some(next) => query = next,
            None => break,
        }
    }
    let asked = format!("/{}/{name}{}", ecosystem.word(), asked.to_query());
    note(caller, "software exported", (rows.len(), &asked), None).await?;
    file("software-devices.csv", &DEVICES, rows)
}
