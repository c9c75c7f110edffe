//! Backup and restore: under load, with equal rows, and never over something by mistake.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
};

use foundation::{
    clients::rows::{client, site},
    tenancy::DatabaseUrls,
};
use sea_orm::{ConnectionTrait, Statement};

use super::process::portico;
use crate::harness::{JOB, Place, TestApp};

/// How many rows each table of a SQLite file has.
#[expect(clippy::disallowed_methods, reason = "rows are counted from outside, as the tables stand")]
async fn rows(file: &Path) -> BTreeMap<String, i64> {
    let database = sea_orm::Database::connect(format!("sqlite:{}?mode=ro", file.display())).await.expect("opened");
    let ask = |sql: String| Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    let tables = database.query_all_raw(ask("select name from sqlite_master where type = 'table'".into())).await.expect("tables");
    let mut counts = BTreeMap::new();
    for table in tables {
        let name: String = table.try_get("", "name").expect("a name");
        let count = database.query_one_raw(ask(format!("select count(*) as n from \"{name}\""))).await.expect("counted").expect("a row");
        counts.insert(name, count.try_get("", "n").expect("a number"));
    }
    closed(database).await;
    counts
}

async fn closed(database: sea_orm::DatabaseConnection) {
    tokio::time::timeout(std::time::Duration::from_secs(20), database.close()).await.expect("it closes in time").expect("closed");
}

fn sqlite(file: &Path) -> DatabaseUrls {
    DatabaseUrls { app: format!("sqlite:{}", file.display()), owner: None }
}

async fn says(urls: &DatabaseUrls, arguments: &[&str], success: bool, words: &str) {
    let (done, text) = portico(urls, arguments).await;
    assert!(done == success && text.contains(words), "{arguments:?}: {text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_under_load_is_of_one_instant_and_comes_back_with_equal_rows() {
    let app = TestApp::start().await;
    let urls = app.urls();
    let folder = app.folder();
    let (copy, back) = (folder.join("copy.db"), folder.join("back/portico.db"));
    let (copy_name, back_urls) = (copy.to_str().expect("text").to_owned(), sqlite(&back));
    if urls.owner.is_some() {
        says(&urls, &["backup", &copy_name], false, "pg_dump --format=custom --file='").await;
        return says(&urls, &["restore", &copy_name], false, "pg_restore --clean").await;
    }
    // Each transaction adds a client and its site, so that a copy with one more of either is torn.
    let going = Arc::new(AtomicBool::new(true));
    let (database, tenant, clock, go) = (app.database().clone(), app.northwind, app.clock.clone(), Arc::clone(&going));
    let load = tokio::spawn(async move {
        let mut n = 0;
        while go.load(Ordering::Relaxed) {
            let writing = database.enter(&JOB, tenant).await.expect("entered").writing().await.expect("writing");
            let client = writing.client_named(&format!("Load {n}"), clock.now()).await.expect("made");
            writing.site_named(client, "Load", clock.now()).await.expect("made");
            writing.commit().await.expect("kept");
            n += 1;
        }
        n
    });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    says(&urls, &["backup", &copy_name], true, "holds the whole database").await;
    says(&urls, &["backup", &copy_name], false, "exists already").await;
    going.store(false, Ordering::Relaxed);
    let written = load.await.expect("the writer was never refused");

    says(&back_urls, &["restore", &copy_name], true, "is restored").await;
    assert_eq!(rows(&back).await, rows(&copy).await, "every table has equal rows");
    let restored = foundation::Database::open(&back_urls).await.expect("it opens");
    let inside = restored.enter(&JOB, tenant).await.expect("entered");
    let clients = inside.find::<client::Entity>().all().await.expect("clients").into_iter().filter(|row| row.name.starts_with("Load ")).count();
    let sites = inside.find::<site::Entity>().all().await.expect("sites").into_iter().filter(|row| row.name == "Load").count();
    assert!(clients == sites && clients > 0 && clients <= written, "{clients} clients, {sites} sites of {written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_replaces_nothing_by_mistake() {
    let app = TestApp::start().await;
    let (urls, folder) = (app.urls(), app.folder());
    if urls.owner.is_some() {
        return;
    }
    let copy = folder.join("copy.db");
    let name = copy.to_str().expect("text").to_owned();
    says(&urls, &["backup", &name], true, "holds the whole database").await;
    says(&urls, &["restore", &name], false, "add --force").await;
    says(&urls, &["restore", &name, "--force"], false, "is in use: stop the server first").await;
    assert!(app.inside(app.northwind).await.clients().await.is_ok(), "the server goes on");

    let idle = sqlite(&folder.join("idle.db"));
    foundation::Database::open(&idle).await.expect("made").close().await;
    let bad = |text: &[u8]| {
        let file = folder.join("bad.db");
        std::fs::write(&file, text).expect("written");
        file.to_str().expect("text").to_owned()
    };
    let mut torn = std::fs::read(&copy).expect("read");
    says(&idle, &["restore", &bad(b"nothing of the kind"), "--force"], false, "is damaged or no database").await;
    torn.truncate(torn.len() / 2);
    says(&idle, &["restore", &bad(&torn), "--force"], false, "is damaged or no database").await;
    says(&idle, &["restore", "/nowhere/x.db", "--force"], false, "there is no file").await;
    let newer = folder.join("newer.db");
    std::fs::copy(&copy, &newer).expect("copied");
    change(&newer, "insert into seaql_migrations (version, applied_at) values ('m20991231_far', 0)").await;
    says(&idle, &["restore", newer.to_str().expect("text"), "--force"], false, "m20991231_far").await;
    assert_eq!(rows(&folder.join("idle.db")).await["tenants"], 0, "nothing was replaced so far");
    says(&idle, &["restore", &name, "--force"], true, "idle.db.replaced").await;
    assert_eq!(rows(&folder.join("idle.db")).await["tenants"], 2);
    assert_eq!(rows(&folder.join("idle.db.replaced")).await["tenants"], 0);
}

#[expect(clippy::disallowed_methods, reason = "a backup of a later version is made by hand")]
async fn change(file: &Path, sql: &str) {
    let database = sea_orm::Database::connect(format!("sqlite:{}", file.display())).await.expect("opened");
    database.execute_unprepared(sql).await.expect("changed");
    closed(database).await;
}

#[tokio::test]
async fn where_there_is_no_database_nothing_is_backed_up() {
    let place = Place::new().await;
    if place.urls.owner.is_none() {
        says(&place.urls, &["backup", "/tmp/never"], false, "there is no database at").await;
    }
}
