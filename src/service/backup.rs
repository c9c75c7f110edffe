//! Backup and restore from the console, in words for whoever types it.

use std::path::Path;

use foundation::Database;

use crate::{boot::urls, config::Storage};

/// Copies the database into `file`.
///
/// # Errors
/// A sentence for the person at the console; on PostgreSQL it holds the command that makes the copy.
pub async fn make(storage: &Storage, file: &Path) -> Result<(), String> {
    if let Some(database) = postgres(storage) {
        return Err(format!(
            "PostgreSQL has its own tool. As a superuser or a role with BYPASSRLS (row-level security keeps every other role from reading all tenants):\n\n  \
             pg_dump --format=custom --file={} --dbname={database} --username=ROLE",
            quoted(file)
        ));
    }
    let bytes = Database::back_up(&urls(storage), file).await?;
    println!("{} holds the whole database, {} kB.", file.display(), bytes.div_ceil(1_024));
    Ok(())
}

/// Puts the backup in `file` in the place of the database.
///
/// # Errors
/// A sentence for the person at the console.
pub async fn restore(storage: &Storage, file: &Path, force: bool) -> Result<(), String> {
    if let Some(database) = postgres(storage) {
        return Err(format!(
            "PostgreSQL has its own tool. Stop the server, then as a superuser:\n\n  \
             pg_restore --clean --if-exists --exit-on-error --dbname={database} --username=ROLE {}",
            quoted(file)
        ));
    }
    let replaced = Database::restore(&urls(storage), file, force).await?;
    println!("{} is restored; the next start brings it up to date.", storage.database_url);
    if let Some(replaced) = replaced {
        println!("What was there is kept in {}.", replaced.display());
    }
    Ok(())
}

/// The address of a PostgreSQL database, without user and password.
fn postgres(storage: &Storage) -> Option<String> {
    let (scheme, rest) = storage.database_url.split_once("://").filter(|(scheme, _)| scheme.starts_with("postgres"))?;
    let place = rest.split_once('/').map_or(rest, |(authority, _)| authority);
    let bare = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let path = rest.get(place.len()..).unwrap_or_default().split('?').next().unwrap_or_default();
    Some(format!("{scheme}://{bare}{path}"))
}

/// A path as a shell reads it as one word.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postgres_address_is_shown_without_its_password() {
        let of = |url: &str| postgres(&Storage { database_url: url.into(), owner_database_url: None });
        assert_eq!(of("postgres://app:s3@cret@db:5432/portico?sslmode=require").as_deref(), Some("postgres://db:5432/portico"));
        assert_eq!(of("postgresql:///portico?host=/run").as_deref(), Some("postgresql:///portico"));
        assert_eq!(of("sqlite:.portico/portico.db"), None);
        assert_eq!(quoted(Path::new("it's here")), "'it'\\''s here'");
    }
}
