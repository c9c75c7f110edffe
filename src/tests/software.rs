//! Software across the fleet: what is counted is what is listed, for everybody exactly their clients.

mod counting;
mod pages;
mod reach;

use domain::{
    devices::{Report, report::Package, status::Standing},
    ids::{ClientId, DeviceId},
};
use foundation::{
    Writing,
    software::rows::software_count::{self, Column},
};
use sea_orm::{ColumnTrait, Order};

use crate::{
    agents::{Signer, full_report},
    harness::{Browser, TestApp},
};

/// A package of Debian's kind.
fn deb(name: &str, version: &str) -> Package {
    Package { name: name.into(), version: version.into(), arch: Some("amd64".into()), publisher: None, source: Some("deb".into()) }
}

/// A machine of `client` that reports what it is told to.
struct Machine {
    signer: Signer,
    report: Report,
    sequence: u64,
}

impl Machine {
    async fn new(app: &TestApp, client: &str, hostname: &str) -> Self {
        let signer = Signer::enrol(app, &app.key(client, &[]).await, hostname).await;
        Self { signer, report: full_report(app, hostname), sequence: 0 }
    }

    async fn has(&mut self, app: &TestApp, mut packages: Vec<Package>) {
        packages.sort();
        self.report.software = Some(packages);
        self.sequence += 1;
        self.signer.report(app, &self.report, self.sequence).await;
    }

    fn id(&self) -> DeviceId {
        self.signer.device
    }
}

async fn writing(app: &TestApp) -> Writing {
    app.inside(app.northwind).await.writing().await.expect("writing")
}

async fn retire(app: &TestApp, id: DeviceId) {
    settle(app, id, Standing::Retired).await;
}

async fn bring_back(app: &TestApp, id: DeviceId) {
    settle(app, id, Standing::Active).await;
}

async fn settle(app: &TestApp, id: DeviceId, standing: Standing) {
    let writing = writing(app).await;
    writing.settle_device(&writing.device(id).await.expect("seen"), standing).await.expect("settled");
    writing.commit().await.expect("kept");
}

async fn move_to(app: &TestApp, id: DeviceId, client: ClientId) {
    let writing = writing(app).await;
    let site = writing.sites().await.expect("sites").into_iter().find(|site| site.client_id == client.0).expect("a site").id;
    let place = writing.whereabouts(site.into()).await.expect("asked").expect("a place");
    writing.place_device(&writing.device(id).await.expect("seen"), &place, app.clock.now()).await.expect("moved");
    writing.commit().await.expect("kept");
}

async fn delete(app: &TestApp, id: DeviceId) {
    let writing = writing(app).await;
    writing.remove_device(&writing.device(id).await.expect("seen"), app.clock.now()).await.expect("deleted");
    writing.commit().await.expect("kept");
}

/// Every count of Northwind that is not zero.
async fn counts(app: &TestApp) -> Vec<software_count::Model> {
    let tenant = app.inside(app.northwind).await;
    let rows = tenant.find::<software_count::Entity>().filter(Column::Devices.ne(0));
    let rows = [Column::Name, Column::Ecosystem, Column::Version, Column::ClientId].into_iter().fold(rows, |rows, column| rows.order_by(column, Order::Asc));
    rows.all().await.expect("counts")
}

/// The records of an exported list, without its head.
async fn exported(browser: &mut Browser, path: &str) -> Vec<csv::StringRecord> {
    let file = browser.get(path).await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"), "{path}: {}", file.body);
    csv::Reader::from_reader(file.body.as_bytes()).into_records().map(|record| record.expect("a record")).collect()
}

/// A name in a path.
fn encoded(name: &str) -> String {
    domain::devices::query::encode(name)
}
