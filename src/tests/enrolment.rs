//! Enrolment in the portal: keys, approval, and devices that look like one machine.

mod duplicates;
mod keys;
mod pending;

use clap::Parser;
use domain::ids::{EnrolmentKeyId, TenantId};
use foundation::audit::rows::entry;
use portico::config::{Cli, Command};
use sea_orm::ColumnTrait;

use crate::harness::{Browser, TestApp};

/// The id of the key of `tenant` whose secret is `token`.
async fn id_of(app: &TestApp, tenant: TenantId, token: &str) -> EnrolmentKeyId {
    app.database().directory().enrolment_key(tenant, token).await.expect("asked").expect("a key").id
}

/// A key of Castell Legal, and one of the other MSP, for the table of routes.
pub async fn keys_for_everybody(app: &TestApp) -> Vec<(&'static str, String)> {
    let own = app.key("Castell Legal", &[]).await;
    let arguments = ["portico", "enrolment-key", "--tenant", "bluefin", "--client", "Halden & Voss"];
    let Command::EnrolmentKey(wanted) = Cli::parse_from(arguments).command else { panic!("not a key") };
    let foreign = portico::service::enrolment::key_from_console(app.database(), &wanted, app.clock.now()).await.expect("a key");
    vec![("{foreign-key}", id_of(app, app.bluefin, &foreign).await.to_string()), ("{key}", id_of(app, app.northwind, &own).await.to_string())]
}

/// How often `action` is in the audit of Northwind.
async fn audited(app: &TestApp, action: &str) -> u64 {
    app.inside(app.northwind).await.find::<entry::Entity>().filter(entry::Column::Action.eq(action)).count().await.expect("counted")
}

/// The value that the form of `body` carries under `name`.
fn field(body: &str, name: &str) -> String {
    let at = body.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}"));
    body[at..].split('"').nth(3).expect("a value").to_owned()
}

/// The place that the form offers under `label`.
async fn place_of(browser: &mut Browser, label: &str) -> String {
    let form = browser.get("/settings/enrolment/new").await.body;
    let options = form.split("<option value=\"").filter_map(|part| part.split_once("\">").or_else(|| part.split_once("\" >")));
    options.into_iter().find(|(_, rest)| rest.contains(label)).map(|(value, _)| value.split('"').next().unwrap_or_default().to_owned()).expect("the place")
}
