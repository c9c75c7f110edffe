//! Whole databases: copied, put back, emptied. For the console only; nothing here knows a tenant.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use migrations::Migrator;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Statement,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode},
};
use sea_orm_migration::MigratorTrait;

use super::{
    connect::{Database, DatabaseUrls, connect, options, shut},
    shape,
};
use crate::Failure;

/// How long a command waits for a writer to end.
const PATIENCE: Duration = Duration::from_secs(5);

impl Database {
    /// Copies the SQLite database into `file`, consistent at one instant, while others write; says how many bytes it has.
    ///
    /// # Errors
    /// A sentence for the person at the console.
    pub async fn back_up(urls: &DatabaseUrls, file: &Path) -> Result<u64, String> {
        let database = existing(urls)?;
        if file.exists() {
            return Err(format!("{} exists already; nothing was written", file.display()));
        }
        let part = beside(file, ".part");
        drop(fs::remove_file(&part));
        let source = sqlite(&database, |sqlite| sqlite).await?;
        let text = part.to_str().ok_or("the file's name is not UTF-8")?;
        let copied = source.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "vacuum into ?", [text.into()])).await;
        shut(&source).await;
        let kept = copied.map_err(|error| error.to_string()).and_then(|_| keep(&part, file).map_err(|error| error.to_string()));
        kept.map_err(|error| {
            drop(fs::remove_file(&part));
            format!("cannot write {}: {error}", file.display())
        })
    }

    /// Puts the copy in `file` in the place of the SQLite database. With `force` it may replace one, which is then kept under the name that is returned.
    ///
    /// # Errors
    /// A sentence for the person at the console; then the database is as it was.
    pub async fn restore(urls: &DatabaseUrls, file: &Path, force: bool) -> Result<Option<PathBuf>, String> {
        let target = path(urls)?;
        if target.exists() && !force {
            return Err(format!("{} exists; to replace it, stop the server and add --force", target.display()));
        }
        check(file).await?;
        if target.exists() {
            refuse_while_used(&target).await?;
        }
        let failed = |error: std::io::Error| format!("cannot restore to {}: {error}", target.display());
        let part = beside(&target, ".part");
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::copy(file, &part).map_err(failed)?;
        let replaced = target.exists().then(|| free_beside(&target));
        if let Some(replaced) = &replaced {
            fs::rename(&target, replaced).map_err(failed)?;
        }
        for rest in ["-wal", "-shm"] {
            drop(fs::remove_file(beside(&target, rest)));
        }
        keep(&part, &target).map_err(|error| {
            if let Some(replaced) = &replaced {
                drop(fs::rename(replaced, &target));
            }
            failed(error)
        })?;
        Ok(replaced)
    }

    /// Removes every row and table, and makes the tables anew.
    ///
    /// # Errors
    /// A sentence for the person at the console.
    pub async fn recreate(urls: &DatabaseUrls) -> Result<(), String> {
        let failed = |error| format!("cannot empty the database: {error}");
        if urls.app.starts_with("sqlite:") {
            let connection = sqlite(&existing(urls)?, |sqlite| sqlite).await?;
            Migrator::fresh(&connection).await.map_err(failed)?;
            shut(&connection).await;
            return Ok(());
        }
        let owner = urls.owner.as_ref().ok_or("emptying needs PORTICO_OWNER_DATABASE_URL, the role that owns the tables")?;
        let connection = connect(options(owner, 1)).await?;
        Migrator::fresh(&connection).await.map_err(failed)?;
        shape::migrate(&connection, &urls.app).await?;
        shut(&connection).await;
        Ok(())
    }

    /// Whether every change of shape that this program knows has been made.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_up_to_date(&self) -> Result<bool, Failure> {
        let made = shapes(self.pools.reader()).await?;
        Ok(Migrator::migrations().iter().all(|change| made.iter().any(|name| name == change.name())))
    }

    /// Closes every connection, or leaves after a while those that are still held; what was committed is kept.
    pub async fn close(&self) {
        self.pools.close().await;
    }
}

/// The file of the database.
fn path(urls: &DatabaseUrls) -> Result<PathBuf, String> {
    let rest = urls.app.strip_prefix("sqlite:").ok_or("this is for SQLite only")?;
    let path = rest.strip_prefix("//").unwrap_or(rest).split('?').next().unwrap_or_default();
    if path.is_empty() || path == ":memory:" { Err("DATABASE_URL names no file".into()) } else { Ok(PathBuf::from(path)) }
}

fn existing(urls: &DatabaseUrls) -> Result<PathBuf, String> {
    let path = path(urls)?;
    if path.is_file() { Ok(path) } else { Err(format!("there is no database at {}", path.display())) }
}

/// The first of `.replaced`, `.replaced-2`, .. beside `target` that nothing has.
fn free_beside(target: &Path) -> PathBuf {
    let names = (1..).map(|n| if n == 1 { ".replaced".to_owned() } else { format!(".replaced-{n}") });
    names.map(|ending| beside(target, &ending)).find(|path| !path.exists()).unwrap_or_else(|| beside(target, ".replaced"))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Makes `part` durable and names it `file`; it holds everybody's data, so only its owner may read it.
fn keep(part: &Path, file: &Path) -> std::io::Result<u64> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(part, fs::Permissions::from_mode(0o600))?;
    let open = fs::File::open(part)?;
    open.sync_all()?;
    fs::rename(part, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()?;
    Ok(open.metadata()?.len())
}

async fn sqlite(path: &Path, change: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static) -> Result<DatabaseConnection, String> {
    let mut options = options(&format!("sqlite:{}", path.display()), 1);
    options.map_sqlx_sqlite_opts(move |sqlite| change(sqlite.create_if_missing(false).busy_timeout(PATIENCE)));
    connect(options).await
}

/// Refuses a file that is damaged, no database of ours, or of a newer program.
async fn check(file: &Path) -> Result<(), String> {
    let named = file.display();
    if !file.is_file() {
        return Err(format!("there is no file {named}"));
    }
    if fs::metadata(beside(file, "-wal")).is_ok_and(|rest| rest.len() > 0) {
        return Err(format!("{named} is a database in use, not a backup: a part of it is in {named}-wal"));
    }
    let damaged = |error: &dyn std::fmt::Display| format!("{named} is damaged or no database: {error}");
    let copy = sqlite(file, |sqlite| sqlite.read_only(true).immutable(true)).await.map_err(|error| damaged(&error))?;
    let checked = copy.query_one_raw(Statement::from_string(DbBackend::Sqlite, "pragma integrity_check(1)")).await.map_err(|error| damaged(&error))?;
    let word = checked.and_then(|row| row.try_get_by_index::<String>(0).ok()).unwrap_or_default();
    if word != "ok" {
        return Err(damaged(&word));
    }
    let made = shapes(&copy).await.map_err(|_| format!("{named} is a database, but not Portico's"))?;
    shut(&copy).await;
    let newer = made.iter().find(|name| Migrator::migrations().iter().all(|change| change.name() != name.as_str()));
    newer.map_or(Ok(()), |name| Err(format!("{named} is of a newer version of Portico (it has {name}): install that version first")))
}

/// Leaving the write-ahead log needs the database for oneself, so it fails while a server has it open.
async fn refuse_while_used(target: &Path) -> Result<(), String> {
    let alone = sqlite(target, |sqlite| sqlite.busy_timeout(Duration::from_millis(500)).journal_mode(SqliteJournalMode::Delete)).await;
    match alone {
        Ok(connection) => {
            shut(&connection).await;
            Ok(())
        }
        Err(error) if error.contains("locked") || error.contains("busy") => Err(format!("{} is in use: stop the server first", target.display())),
        // A database that is damaged is a good reason to replace it.
        Err(_) => Ok(()),
    }
}

/// The changes of shape that a database has had.
async fn shapes(connection: &DatabaseConnection) -> Result<Vec<String>, sea_orm::DbErr> {
    let question = Statement::from_string(connection.get_database_backend(), "select version from seaql_migrations");
    connection.query_all_raw(question).await?.into_iter().map(|row| row.try_get("", "version")).collect()
}
