//! Alerts: raised by what agents measure and by silence, decided by people, watched as policies say.

mod decided;
mod live;
mod policies;
mod raised;
mod silence;

use domain::{
    alerts::{
        Sample,
        sample::{Services, Space, Unit, UnitState},
    },
    devices::Report,
    ids::DeviceId,
};

use crate::{
    agents::{Signer, full_report},
    harness::TestApp,
};

const CLIENT: &str = "Harbour Street Lab";

/// A device that is played by hand, and what it measured last.
pub struct Watched {
    signer: Signer,
    report: Report,
    sequence: u64,
}

/// A machine that is well.
pub fn well() -> Sample {
    Sample {
        cpu_percent: Some(12.0),
        memory_percent: Some(40.0),
        volumes: Some(vec![Space { mount: "/".into(), total_bytes: 1_000, free_bytes: 500 }]),
        services: Some(Services::Listed { units: vec![] }),
        ..Sample::default()
    }
}

/// With so much of its disk free, in per mille.
fn free(sample: Sample, free_bytes: u64) -> Sample {
    Sample { volumes: Some(vec![Space { mount: "/".into(), total_bytes: 1_000, free_bytes }]), ..sample }
}

/// With a unit in this state.
pub fn unit(sample: Sample, name: &str, state: UnitState) -> Sample {
    Sample { services: Some(Services::Listed { units: vec![Unit { name: name.into(), state }] }), ..sample }
}

impl Watched {
    pub async fn enrol(app: &TestApp, name: &str) -> Self {
        Self::enrol_at(app, CLIENT, name).await
    }

    pub async fn enrol_at(app: &TestApp, client: &str, name: &str) -> Self {
        let signer = Signer::enrol(app, &app.key(client, &[]).await, name).await;
        let mut watched = Self { report: full_report(app, name), signer, sequence: 0 };
        watched.measures(app, well()).await;
        watched
    }

    pub const fn device(&self) -> DeviceId {
        self.signer.device
    }

    /// Reports `sample` now.
    pub async fn measures(&mut self, app: &TestApp, sample: Sample) {
        self.sequence += 1;
        self.report.sample = Some(sample);
        self.report.taken_at = app.clock.now();
        self.signer.report(app, &self.report, self.sequence).await;
    }

    /// Reports `sample` every five minutes for so many minutes.
    pub async fn measures_for(&mut self, app: &TestApp, sample: &Sample, minutes: i64) {
        for _ in 0..minutes / 5 {
            self.measures(app, sample.clone()).await;
            app.clock.advance(5 * domain::time::MINUTE);
        }
        self.measures(app, sample.clone()).await;
    }

    /// The addresses of the device's alerts in this state, as the inbox lists them to the owner.
    pub async fn alerts(&self, app: &TestApp, show: &str) -> Vec<String> {
        let page = app.owner().await.get(&format!("/alerts?show={show}&device={}", self.device())).await;
        assert_eq!(page.status, 200);
        links(&page.body)
    }
}

/// The id of an alert about a new device of `client`.
pub async fn an_alert(app: &TestApp, client: &str) -> String {
    let mut watched = Watched::enrol_at(app, client, "watched").await;
    watched.measures_for(app, &unit(well(), "nginx.service", UnitState::Failed), 30).await;
    let page = watched.alerts(app, "open").await.remove(0);
    page.trim_start_matches("/alerts/").to_owned()
}

/// The addresses of the alerts that a page lists.
fn links(body: &str) -> Vec<String> {
    let rows = body.split("href=\"/alerts/alr_").skip(1).filter_map(|rest| rest.get(..32));
    let mut links: Vec<String> = rows.map(|id| format!("/alerts/alr_{id}")).collect();
    links.dedup();
    links
}
