//! What the database holds about one client, to see whether something was stored; and what a page says.

use domain::ids::DeviceId;
use foundation::{
    Tenant,
    clients::rows::client,
    devices::rows::{change, check_in, device, document, inventory, update},
    tenancy::SeenDevice,
};
use sea_orm::{ColumnTrait, Order};

use crate::harness::TestApp;

/// Everything of a client of Northwind that a report can touch.
#[derive(Debug, PartialEq)]
pub struct Stored {
    /// Its devices, oldest first.
    pub devices: Vec<device::Model>,
    /// Which documents are theirs.
    pub sections: Vec<inventory::Model>,
    /// The updates that wait on them.
    pub updates: Vec<update::Model>,
    /// What changed on them.
    pub changes: Vec<change::Model>,
    /// Reports that were counted.
    pub check_ins: i64,
    /// Documents of the whole tenant.
    pub documents: u64,
}

impl Stored {
    /// Reads what is stored about the client that is called `name`.
    pub async fn of(app: &TestApp, name: &str) -> Self {
        let tenant = app.inside(app.northwind).await;
        let client = tenant.find::<client::Entity>().filter(client::Column::Name.eq(name)).one().await.expect("asked").expect("the client").id;
        let devices = tenant.find::<device::Entity>().filter(device::Column::ClientId.eq(client)).order_by(device::Column::Id, Order::Asc).all();
        let reports = tenant.find::<check_in::Entity>().filter(check_in::Column::ClientId.eq(client)).all().await.expect("check-ins");
        let mut stored = Self {
            devices: devices.await.expect("devices"),
            sections: Vec::new(),
            updates: Vec::new(),
            changes: Vec::new(),
            check_ins: reports.iter().map(|row| row.reports).sum(),
            documents: tenant.find::<document::Entity>().count().await.expect("documents"),
        };
        for id in stored.devices.iter().map(|row| DeviceId(row.id)).collect::<Vec<_>>() {
            stored.add(&tenant, &tenant.device(id).await.expect("seen")).await;
        }
        stored
    }

    async fn add(&mut self, tenant: &Tenant, device: &SeenDevice) {
        let sections = tenant.find_of::<inventory::Entity>(device).order_by(inventory::Column::Section, Order::Asc);
        self.sections.extend(sections.all().await.expect("sections"));
        self.updates.extend(tenant.find_of::<update::Entity>(device).order_by(update::Column::Name, Order::Asc).all().await.expect("updates"));
        self.changes.extend(tenant.find_of::<change::Entity>(device).order_by(change::Column::Id, Order::Asc).all().await.expect("changes"));
    }

    /// The only device.
    pub fn device(&self) -> &device::Model {
        assert_eq!(self.devices.len(), 1, "one device");
        &self.devices[0]
    }

    /// How many entries a section of the only device has.
    pub fn entries(&self, section: &str) -> Option<i64> {
        self.device();
        self.sections.iter().find(|row| row.section == section).map(|row| row.entries)
    }
}

/// The words of a page, without its tags.
pub fn words(body: &str) -> String {
    let (mut words, mut inside) = (String::with_capacity(body.len() / 2), false);
    for letter in body.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => words.push(letter),
            _ => {}
        }
    }
    words
}
