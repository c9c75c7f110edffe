//! A database of its own for each test: a file, or a database on the private PostgreSQL that the script started.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use foundation::{Database, tenancy::DatabaseUrls};

static NUMBER: AtomicUsize = AtomicUsize::new(0);

/// Where one test keeps its rows; gone with the test.
pub struct Place {
    folder: PathBuf,
    pub urls: DatabaseUrls,
}

impl Place {
    pub async fn new() -> Self {
        let name = format!("t_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("portico-test-{name}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        let urls = match (std::env::var("PORTICO_TEST_PG_OWNER_URL"), std::env::var("PORTICO_TEST_PG_APP_URL")) {
            (Ok(owner), Ok(app)) => {
                make(&owner, &name).await;
                DatabaseUrls { app: named(&app, &name), owner: Some(named(&owner, &name)) }
            }
            _ => DatabaseUrls { app: format!("sqlite:{}", folder.join("portico.db").display()), owner: None },
        };
        Self { folder, urls }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub async fn open(&self) -> Database {
        Database::open(&self.urls).await.expect("the database opens")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// `url` with another database.
fn named(url: &str, name: &str) -> String {
    let (rest, _) = url.rsplit_once('/').expect("a database in the URL");
    format!("{rest}/{name}")
}

async fn make(owner: &str, name: &str) {
    let statement = format!("create database {name}");
    let made = tokio::process::Command::new("psql").args([owner, "-q", "-v", "ON_ERROR_STOP=1", "-c", &statement]).status().await.expect("psql");
    assert!(made.success(), "the database {name} was made");
}
