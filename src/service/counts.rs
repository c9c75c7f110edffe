//! Counts that pages share for a few seconds. A page says when its counts were taken.

mod patching;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use app::{
    Counts as Navigation,
    audit::Choices as AuditChoices,
    patching::{CompliancePage, UpdateLine},
};
use domain::{
    Moment,
    alerts::InboxQuery,
    devices::query::DeviceQuery,
    ids::TenantId,
    people::{Permission, Role, Scope},
    requests::RequestQuery,
};
use foundation::{
    Failure, Tenant,
    clients::{Figures, OsFigures},
    devices::{Counts, TagFigures},
};
use moka::future::Cache;

/// What the counts are of. The tenant comes first, then whoever may see them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    tenant: TenantId,
    round: u64,
    staff: bool,
    clients: Option<Vec<domain::ids::ClientId>>,
    query: Option<DeviceQuery>,
}

/// Counts with their time.
#[derive(Debug, Clone)]
pub struct Counted<T> {
    /// The counts.
    pub value: Arc<T>,
    /// When they were taken.
    pub at: Moment,
}

/// The figures of everything within reach.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// By client; clients without devices are missing.
    pub by_client: Vec<Figures>,
    /// Families of systems, commonest first.
    pub systems: Vec<OsFigures>,
    /// Tags of devices in service.
    pub tags: Vec<TagFigures>,
    /// Clients, with and without devices, in name order.
    pub clients: Vec<(domain::ids::ClientId, String)>,
    /// Alerts that need somebody; `None` for who may not read alerts.
    pub alerts: Option<u64>,
    /// Requests that wait for the MSP; `None` for who may not decide about them.
    pub requests: Option<u64>,
}

/// The counts of lists and of everything, kept for seconds.
#[derive(Debug, Clone)]
pub struct CountsCache {
    lists: Cache<Key, Counted<Counts>>,
    overviews: Cache<Key, Counted<Overview>>,
    audits: Cache<Key, Counted<AuditChoices>>,
    compliance: Cache<Key, Counted<CompliancePage>>,
    updates: Cache<Key, Counted<Vec<UpdateLine>>>,
    /// By tenant, the last change in pages while counts from before may still be kept: its number, and when it was known.
    rounds: Cache<TenantId, (u64, Instant)>,
    last_round: Arc<AtomicU64>,
}

impl CountsCache {
    /// Keeps counts for `time`.
    pub fn new(time: Duration) -> Self {
        Self {
            lists: Cache::builder().max_capacity(10_000).time_to_live(time).build(),
            overviews: Cache::builder().max_capacity(2_000).time_to_live(time).build(),
            audits: Cache::builder().max_capacity(500).time_to_live(time).build(),
            compliance: Cache::builder().max_capacity(1_000).time_to_live(time).build(),
            updates: Cache::builder().max_capacity(200).time_to_live(time).build(),
            rounds: Cache::builder().max_capacity(100_000).time_to_live(time * 2).build(),
            last_round: Arc::default(),
        }
    }

    /// Forgets the counts of one tenant, so that whoever changed something sees it on the next page.
    pub async fn forget(&self, tenant: TenantId) {
        self.rounds.insert(tenant, (self.last_round.fetch_add(1, Ordering::Relaxed) + 1, Instant::now())).await;
    }

    /// Whether what `tenant` reads holds every change that was made in pages; what does not is shown once and not kept.
    async fn is_current(&self, tenant: &Tenant) -> bool {
        self.rounds.get(&tenant.id()).await.is_none_or(|(_, at)| tenant.opened() > at)
    }

    async fn key(&self, tenant: &Tenant, query: Option<DeviceQuery>) -> Key {
        let clients = match &tenant.who().scope {
            Scope::AllClients => None,
            Scope::Clients(clients) => Some(clients.iter().copied().collect()),
        };
        let round = self.rounds.get(&tenant.id()).await.map_or(0, |(round, _)| round);
        let staff = tenant.who().role.is_some_and(Role::is_staff);
        Key { tenant: tenant.id(), round, staff, clients, query }
    }

    /// The counts of `query`, whatever page of it is shown.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, tenant: &Tenant, query: &DeviceQuery, now: Moment) -> Result<Counted<Counts>, Failure> {
        let query = DeviceQuery { sort: Default::default(), descending: false, ..query.first_page() };
        let key = self.key(tenant, Some(query.clone())).await;
        if let Some(known) = self.lists.get(&key).await {
            return Ok(known);
        }
        let counted = Counted { value: Arc::new(tenant.device_counts(&query, now).await?), at: now };
        if self.is_current(tenant).await {
            self.lists.insert(key, counted.clone()).await;
        }
        Ok(counted)
    }

    /// The figures of everything within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn overview(&self, tenant: &Tenant, now: Moment) -> Result<Counted<Overview>, Failure> {
        let key = self.key(tenant, None).await;
        if let Some(known) = self.overviews.get(&key).await {
            return Ok(known);
        }
        let clients = tenant.clients().await?.into_iter().map(|client| (domain::ids::ClientId(client.id), client.name)).collect();
        let reads = tenant.require(Permission::AlertsRead).is_ok();
        let overview = Overview {
            by_client: tenant.client_figures(now).await?,
            systems: tenant.os_figures().await?,
            tags: tenant.tag_figures().await?,
            alerts: if reads { Some(tenant.alert_count(&InboxQuery::default()).await?) } else { None },
            requests: if tenant.require(Permission::RequestsManage).is_ok() { Some(tenant.request_count(&RequestQuery::default()).await?) } else { None },
            clients,
        };
        let counted = Counted { value: Arc::new(overview), at: now };
        if self.is_current(tenant).await {
            self.overviews.insert(key, counted.clone()).await;
        }
        Ok(counted)
    }

    /// What the filters of the audit offer: the acts, objects and actors that entries within reach name. Clients are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_choices(&self, tenant: &Tenant, now: Moment) -> Result<Counted<AuditChoices>, Failure> {
        let key = self.key(tenant, None).await;
        if let Some(known) = self.audits.get(&key).await {
            return Ok(known);
        }
        let (actions, kinds) = tenant.audit_words().await?;
        let mut actors: Vec<(String, String)> = Vec::new();
        for row in tenant.audit_actors().await? {
            let filter = row.actor_id.unwrap_or_else(|| format!("{}:{}", row.actor_kind, row.actor_name));
            actors.retain(|(known, _)| *known != filter);
            actors.push((filter, row.actor_name));
        }
        let counted = Counted { value: Arc::new(AuditChoices { actions, kinds, actors, clients: Vec::new() }), at: now };
        if self.is_current(tenant).await {
            self.audits.insert(key, counted.clone()).await;
        }
        Ok(counted)
    }

    /// The numbers beside the navigation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn navigation(&self, tenant: &Tenant, now: Moment) -> Result<Navigation, Failure> {
        let overview = self.overview(tenant, now).await?;
        let devices = overview.value.by_client.iter().map(|figures| count(figures.devices)).sum();
        Ok(Navigation {
            clients: Some(overview.value.clients.len() as u64),
            devices: Some(devices),
            alerts: overview.value.alerts,
            requests: overview.value.requests,
        })
    }
}

/// A count from the database.
pub fn count(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}
