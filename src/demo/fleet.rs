//! All devices of a demo tenant, one after the other: client by client, servers first.

use domain::Moment;

use super::{
    device::DemoDevice,
    draft::{Slot, device},
    machine::Address,
    rng::Rng,
    software,
    tenant::{DemoClient, DemoTenant},
};

/// The devices of a tenant. The same tenant, seed and count give the same devices.
#[derive(Debug, Clone)]
pub struct Fleet {
    slug: &'static str,
    clients: Vec<DemoClient>,
    /// The first device of each client, and one past the last of all.
    starts: Vec<usize>,
    seed: u64,
    series: u64,
    next: usize,
    now: Moment,
    with_software: bool,
}

impl Fleet {
    pub(super) fn new(tenant: &DemoTenant, seed: u64, count: usize) -> Self {
        let total = tenant.clients.iter().map(|client| client.weight).sum::<usize>().max(1);
        let mut sum = 0;
        let mut starts = vec![0];
        for client in &tenant.clients {
            sum += client.weight;
            starts.push(count * sum / total);
        }
        let series = Rng::new(seed, tenant.slug, u64::MAX).bits();
        Self { slug: tenant.slug, clients: tenant.clients.clone(), starts, seed, series, next: 0, now: Moment(0), with_software: true }
    }

    /// The same devices with the instants of their reports counted back from `now`; else they count back from zero.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        Self { now, ..self }
    }

    /// The same devices with `report.software` left out, for who stores each software set once.
    #[must_use]
    pub fn without_software(self) -> Self {
        Self { with_software: false, ..self }
    }
}

impl Iterator for Fleet {
    type Item = DemoDevice;

    fn next(&mut self) -> Option<DemoDevice> {
        let index = self.next;
        let client = self.starts.partition_point(|start| *start <= index).checked_sub(1)?;
        let (start, end) = (self.starts.get(client)?, self.starts.get(client + 1)?);
        self.next += 1;
        let address = Address { index: index as u64, client, site: 0, place: index - start };
        let slot = Slot { client: &self.clients[client], address, count: end - start, series: self.series, now: self.now };
        let mut made = device(&slot, &mut Rng::new(self.seed, self.slug, index as u64));
        if self.with_software {
            made.report.software = made.software_set.map(|set| software::sets()[usize::from(set)].packages.clone());
        }
        Some(made)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.starts.last().map_or(0, |end| end - self.next);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Fleet {}
