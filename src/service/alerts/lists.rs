//! Lists of alerts: the inbox and a device's own.

use app::alerts::{AlertLine, AlertsTab, InboxPage};
use domain::{
    Moment,
    alerts::{InboxQuery, Key, Kind, State},
    ids::{AlertId, ClientId, DeviceId},
    people::Permission,
};
use foundation::{Failure, Tenant, alerts::AlertRow, tenancy::SeenDevice};

use super::pulse::pulse;

/// A line of a list; one that cannot be read is left out.
pub(super) fn line(row: AlertRow) -> Option<AlertLine> {
    let state: State = serde_json::from_str(&row.state_data).ok()?;
    let key: Key = row.condition.parse().ok()?;
    let name = row.device_name();
    Some(AlertLine {
        id: AlertId(row.id),
        severity: row.severity(),
        // How long a device had been silent when that was raised says nothing about now.
        value: row.value.filter(|_| key.kind() != Kind::NotSeen),
        key,
        state,
        breaching: row.breaching,
        device: (DeviceId(row.device_id), name),
        client: (ClientId(row.client_id), row.client_name),
        raised_at: Moment(row.raised_at),
        changed_at: Moment(row.changed_at),
        by: row.actor_name,
        window: None,
    })
}

/// `lines` with the names of the windows that suppress them.
pub(super) async fn with_windows(tenant: &Tenant, mut lines: Vec<AlertLine>) -> Result<Vec<AlertLine>, Failure> {
    let window = |line: &AlertLine| if let State::Suppressed { window } = line.state { Some(window) } else { None };
    let ids: Vec<_> = lines.iter().filter_map(window).collect();
    let names = tenant.window_names(&ids).await?;
    for line in &mut lines {
        line.window = window(line).and_then(|id| names.get(&id).cloned());
    }
    Ok(lines)
}

/// The inbox as `query` asks for it.
///
/// # Errors
/// When the database fails.
pub async fn inbox(tenant: &Tenant, query: InboxQuery) -> Result<InboxPage, Failure> {
    // Before the list, so that what changes in between is told and not missed.
    let version = pulse(tenant).await?.version;
    let page = tenant.alert_page(&query).await?;
    let beside = |row: Option<&AlertRow>, backwards| row.map(|row| InboxQuery { cursor: Some(row.cursor(backwards)), ..query.clone() });
    let newer = beside(page.rows.first().filter(|_| page.newer), true);
    let older = beside(page.rows.last().filter(|_| page.older), false);
    let mut rows = with_windows(tenant, page.rows.into_iter().filter_map(line).collect()).await?;
    if query.by_client {
        rows.sort_by_cached_key(|line| (line.client.1.to_lowercase(), line.client.0));
    }
    let mut clients: Vec<(ClientId, String)> = tenant.clients().await?.into_iter().map(|row| (ClientId(row.id), row.name)).collect();
    clients.sort_by_cached_key(|(_, name)| name.to_lowercase());
    Ok(InboxPage {
        counts: tenant.alert_counts(&query).await?,
        total: tenant.alert_count(&query).await?,
        rows,
        newer,
        older,
        clients,
        may_act: tenant.require(Permission::AlertsManage).is_ok(),
        error: None,
        done: None,
        version,
        query,
    })
}

/// The alerts of `device`.
///
/// # Errors
/// When the database fails.
pub async fn tab(tenant: &Tenant, device: &SeenDevice) -> Result<AlertsTab, Failure> {
    let (rows, more) = tenant.alerts_of(device, false).await?;
    Ok(AlertsTab { device: device.id(), rows: with_windows(tenant, rows.into_iter().filter_map(line).collect()).await?, more })
}
