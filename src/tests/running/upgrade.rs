//! A database of the first shape, with a tenant, people and a device in it, is brought up to date and served.

use std::sync::Arc;

use domain::ids::Uuid;
use foundation::Clock;
use migrations::Migrator;
use portico::{
    http::{self, App},
    service::passwords,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, Value};
use sea_orm_migration::MigratorTrait;

use crate::harness::{Browser, Place, serve_flags};

/// Values of one row, in the order of the statement.
async fn add(database: &DatabaseConnection, sql: &str, values: Vec<Value>) {
    database.execute_raw(Statement::from_sql_and_values(database.get_database_backend(), sql, values)).await.expect(sql);
}

/// Makes the database as the first release left it.
#[expect(clippy::disallowed_methods, reason = "the database is made as an older program made it, around every door")]
async fn first_release(place: &Place) {
    let url = place.urls.owner.as_ref().unwrap_or(&place.urls.app);
    let mut options = sea_orm::ConnectOptions::new(if url.starts_with("sqlite:") { format!("{url}?mode=rwc") } else { url.clone() });
    options.max_connections(1);
    let database = sea_orm::Database::connect(options).await.expect("connected");
    Migrator::up(&database, Some(1)).await.expect("the first shape");
    let [tenant, person, client, site, device] = [1, 2, 3, 4, 5].map(|n| Value::from(Uuid::from_u128(n)));
    if url.starts_with("postgres") {
        add(&database, "select set_config('app.tenant', $1, false)", vec![Uuid::from_u128(1).to_string().into()]).await;
    }
    let hash = passwords::hash("a password of old").expect("hashed");
    let t = || tenant.clone();
    add(&database, "insert into tenants (id, slug, name, state, demo, created_at) values ($1, 'old', 'Old MSP', 'active', false, 1)", vec![t()]).await;
    add(&database, "insert into hosts (host, tenant_id) values ('old.localhost', $1)", vec![t()]).await;
    add(
        &database,
        "insert into brands (tenant_id, version, name, tokens, logo_light, logo_dark, favicon, created_at) values ($1, 1, 'Old MSP', '{}', '', '', '', 1)",
        vec![t()],
    )
    .await;
    add(
        &database,
        "insert into people (tenant_id, id, email, name, password_hash, time_zone, created_at) values ($1, $2, 'owner@old.example', 'Olga', $3, 'UTC', 1)",
        vec![t(), person.clone(), hash.into()],
    )
    .await;
    add(&database, "insert into memberships (tenant_id, person_id, role, all_clients) values ($1, $2, 'owner', true)", vec![t(), person]).await;
    add(&database, "insert into clients (tenant_id, id, name, created_at) values ($1, $2, 'First Client', 1)", vec![t(), client.clone()]).await;
    add(&database, "insert into sites (tenant_id, id, client_id, name, created_at) values ($1, $2, $3, 'Main', 1)", vec![t(), site.clone(), client.clone()])
        .await;
    add(
        &database,
        "insert into devices (tenant_id, id, client_id, site_id, hostname, search, kind, standing, os_family, os_name, reboot_required, updates_pending, updates_security, agent_name, agent_version, dropped_environment, dropped_processes, dropped_users, every_s, enrolled_at, last_seen_at, online_until, late_until, inventory_at)
         values ($1, $2, $3, $4, 'VETERAN-01', 'veteran-01', 'server', 'active', 'debian', 'Debian', -1, -1, -1, '', '', 0, 0, 0, 300, 1, 0, 0, 0, 0)",
        vec![t(), device.clone(), client, site],
    )
    .await;
    let list = r#"[{"name":"openssl","version":"3.0.17-1","arch":"amd64","publisher":null,"source":"deb"}]"#;
    let hash = || Value::from(vec![7_u8; 32]);
    add(&database, "insert into documents (tenant_id, hash, body, created_at) values ($1, $2, $3, 1)", vec![t(), hash(), list.into()]).await;
    add(
        &database,
        "insert into inventories (tenant_id, device_id, section, hash, entries, received_at) values ($1, $2, 'software', $3, 1, 1)",
        vec![t(), device, hash()],
    )
    .await;
    add(
        &database,
        "insert into audit_entries (tenant_id, id, at, actor_kind, actor_name, action) values ($1, $2, 1, 'operator', 'console', 'tenant created')",
        vec![t(), Value::from(Uuid::from_u128(9))],
    )
    .await;
    database.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_releases_database_is_upgraded_and_still_serves() {
    let place = Place::new().await;
    first_release(&place).await;
    let database = place.open().await;
    assert!(database.is_up_to_date().await.expect("asked"));
    let app = Arc::new(App::new(database, Clock::default(), serve_flags(&[])).await.expect("the server"));
    portico::jobs::sweep::sweep(&app).await.expect("swept");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(http::serve(listener, app, std::future::pending()));
    let mut owner = Browser::new(address, "old.localhost");
    assert_eq!(owner.get("/healthz").await.body, "ok: ready\n");
    assert_eq!(owner.sign_in("owner@old.example", "a password of old").await.status, 303);
    let device = owner.get("/devices").await;
    assert!(device.status == 200 && device.body.contains("VETERAN-01") && device.body.contains("First Client"));
    for path in ["/", "/clients", "/devices/dev_00000000000000000000000000000005", "/settings/audit", "/settings/audit/export", "/account/sessions"] {
        assert_eq!(owner.get(path).await.status, 200, "{path}");
    }
    let software = owner.get("/software/deb/openssl?is=below&version=3.0.18").await;
    assert!(software.status == 200 && software.body.contains("VETERAN-01"), "old lists are counted");
    let audit = owner.get("/settings/audit").await.body;
    assert!(audit.contains("Tenant created") && audit.contains("Signed in"), "old entries stand beside new ones");
    served.abort();
}
