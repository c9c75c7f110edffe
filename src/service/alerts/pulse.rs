//! Says in a few bytes what stands in a person's inbox, and who looks on: few enough that pages always have room.

use std::{
    collections::HashMap,
    fmt::Write,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::{
    alerts::Severity,
    ids::{ClientId, PersonId, TenantId},
    people::{Permission, Scope},
};
use foundation::{Failure, Tenant, alerts::Standing, secrets};
use moka::future::Cache;
use tokio::sync::watch;

use crate::service::counts::count;

/// Inboxes that may be looked on at the same time; an eighth of the connections that the server takes.
pub const MOST: usize = 512;
/// Inboxes of one person: browsers open no more than six connections, and pages need some.
pub const OF_ONE: usize = 4;
/// How long those with the same reach share an answer.
const SHARED: Duration = Duration::from_secs(1);

/// What stands in an inbox, whatever its filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    /// Another one whenever a live alert within reach changed.
    pub version: String,
    /// How many are open, the worst first; severities without one are left out.
    pub open: Vec<(Severity, u64)>,
}

/// Whose answer it is: the tenant and, where not all, the clients within reach.
type Reach = (TenantId, Option<Vec<ClientId>>);

/// Who looks on. Cheap to copy.
#[derive(Debug, Clone)]
pub struct Onlookers {
    seats: Arc<Mutex<HashMap<PersonId, usize>>>,
    open: watch::Sender<bool>,
    pulses: Cache<Reach, Pulse>,
}

/// A place among those who look on; it is free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    person: PersonId,
    all: Onlookers,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The person looks on in [`OF_ONE`] places already.
    Person,
    /// [`MOST`] look on, or the server ends.
    All,
}

impl Default for Onlookers {
    fn default() -> Self {
        Self { seats: Arc::default(), open: watch::Sender::new(true), pulses: Cache::builder().max_capacity(5_000).time_to_live(SHARED).build() }
    }
}

impl Onlookers {
    /// A place for `person`.
    ///
    /// # Errors
    /// What is full.
    pub fn place(&self, person: PersonId) -> Result<Place, Full> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if !*self.open.borrow() || seats.values().sum::<usize>() >= MOST {
            return Err(Full::All);
        }
        let own = seats.entry(person).or_default();
        if *own >= OF_ONE {
            return Err(Full::Person);
        }
        *own += 1;
        Ok(Place { person, all: self.clone() })
    }

    /// What stands for whoever entered; those with the same reach share it for a second.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] for who may not read alerts.
    pub async fn pulse(&self, tenant: &Tenant) -> Result<Pulse, Failure> {
        tenant.require(Permission::AlertsRead)?;
        let clients = match &tenant.who().scope {
            Scope::AllClients => None,
            Scope::Clients(clients) => Some(clients.iter().copied().collect()),
        };
        let reach = (tenant.id(), clients);
        if let Some(known) = self.pulses.get(&reach).await {
            return Ok(known);
        }
        let pulse = pulse(tenant).await?;
        self.pulses.insert(reach, pulse.clone()).await;
        Ok(pulse)
    }

    /// Sends everybody away and takes nobody any more, because the server ends.
    pub fn close(&self) {
        self.open.send_replace(false);
    }
}

impl Place {
    /// Waits for `time`, and says whether the server goes on.
    pub async fn rest(&self, time: Duration) -> bool {
        let mut open = self.all.open.subscribe();
        tokio::select! {
            _ = open.wait_for(|open| !open) => false,
            () = tokio::time::sleep(time) => true,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut seats = self.all.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = seats.get_mut(&self.person) {
            *own -= 1;
            if *own == 0 {
                seats.remove(&self.person);
            }
        }
    }
}

/// What stands for whoever entered, read now.
///
/// # Errors
/// When the database fails.
pub async fn pulse(tenant: &Tenant) -> Result<Pulse, Failure> {
    Ok(summed(&tenant.standing_alerts().await?))
}

fn summed(standing: &[Standing]) -> Pulse {
    let mut text = String::new();
    for Standing { state, severity, alerts, revisions, changed_at } in standing {
        // Writing to a text does not fail.
        let _ = write!(text, "{state} {severity} {alerts} {revisions} {changed_at};");
    }
    let open = |severity: Severity| standing.iter().find(|row| row.state == "open" && row.severity == severity.rank()).map(|row| (severity, count(row.alerts)));
    let hash = secrets::hash(text.as_bytes());
    Pulse { version: secrets::hex(hash.get(..8).unwrap_or(&hash)), open: Severity::ALL.into_iter().filter_map(open).collect() }
}

#[cfg(test)]
mod tests {
    use domain::ids::Uuid;

    use super::*;

    fn row(state: &str, severity: i16, revisions: i64) -> Standing {
        Standing { state: state.into(), severity, alerts: 2, revisions, changed_at: 7 }
    }

    #[test]
    fn each_step_makes_another_version_and_open_ones_are_counted() {
        let one = summed(&[row("acknowledged", 5, 4), row("open", 2, 2), row("open", 5, 3)]);
        assert_eq!(one.open, [(Severity::Critical, 2), (Severity::Low, 2)]);
        assert_eq!(one, summed(&[row("acknowledged", 5, 4), row("open", 2, 2), row("open", 5, 3)]));
        assert_ne!(one.version, summed(&[row("acknowledged", 5, 5), row("open", 2, 2), row("open", 5, 3)]).version);
        assert_ne!(summed(&[]).version, summed(&[row("open", 1, 1)]).version);
    }

    #[tokio::test]
    async fn places_are_bounded_and_end_with_the_server() {
        let person = |n: u128| PersonId(Uuid::from_u128(n));
        let all = Onlookers::default();
        let mut own: Vec<Place> = (0..OF_ONE).map(|_| all.place(person(0)).expect("a place")).collect();
        assert_eq!(all.place(person(0)).expect_err("full"), Full::Person);
        own.pop();
        own.push(all.place(person(0)).expect("free again"));
        let rest: Vec<Place> = (OF_ONE..MOST).map(|n| all.place(person(n as u128)).expect("a place")).collect();
        assert_eq!(all.place(person(9_999)).expect_err("full"), Full::All);
        drop(rest);
        assert!(own[0].rest(Duration::from_millis(1)).await);
        all.close();
        let ended = tokio::time::timeout(Duration::from_secs(5), own[0].rest(Duration::from_secs(60))).await;
        assert!(!ended.expect("at once"));
        assert_eq!(all.place(person(1)).expect_err("the server ends"), Full::All);
        drop(own);
        assert!(all.seats.lock().expect("open").is_empty());
    }
}
