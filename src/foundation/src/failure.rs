//! Why a piece of storage work did not succeed.

use domain::Refusal;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Either the caller may not or cannot have it, or the database failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The caller's doing; safe to tell.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database's doing; logged once, never shown.
    #[error("storage failed: {0}")]
    Storage(#[from] StorageError),
}

/// A failure of the database, opaque to every floor above.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StorageError(#[from] DbErr);

impl StorageError {
    /// Whether no connection could be had in time, so that trying later may help.
    pub fn is_busy(&self) -> bool {
        matches!(self.0, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) || self.was_aborted()
    }

    /// Whether PostgreSQL ended it because it and another waited for each other, or it waited too long for a lock.
    fn was_aborted(&self) -> bool {
        let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = &self.0 else { return false };
        error.as_database_error().and_then(|error| error.code()).is_some_and(|code| matches!(code.as_ref(), "40P01" | "40001" | "55P03"))
    }

    /// Whether something of the same name or key was there already.
    pub fn is_taken(&self) -> bool {
        matches!(self.0.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
    }
}

impl Failure {
    /// The same failure; when it is that something was taken already, `refusal` instead.
    pub fn or_taken(self, refusal: Refusal) -> Self {
        if matches!(&self, Self::Storage(error) if error.is_taken()) { Self::Refused(refusal) } else { self }
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Storage(StorageError(error))
    }
}

impl From<Failure> for StorageError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Storage(error) => error,
            Failure::Refused(refusal) => Self(DbErr::Custom(refusal.to_string())),
        }
    }
}
