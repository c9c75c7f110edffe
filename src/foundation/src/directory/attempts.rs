//! Failed sign-ins, counted before the password is looked at, so that parallel tries are each counted.

use domain::{
    Moment,
    ids::TenantId,
    sign_in::{ADDRESS_WINDOW, REMEMBERED, account_may_try, account_wait},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};

use super::{Directory, failed};
use crate::{Failure, secrets, tenancy::Access};

/// Where somebody signs in.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// At a tenant.
    Tenant(TenantId),
    /// At the platform host.
    Platform,
}

/// Whether a password may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Yes; it is counted as failed until [`Directory::forget_failures`].
    Allowed,
    /// Not before so many milliseconds have passed.
    Wait(i64),
    /// This account has failed too often.
    Stopped,
}

struct Failures {
    fails: u32,
    first: Moment,
    last: Moment,
}

impl Directory {
    /// Counts a try of `account` from `address`, and says whether it may go on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_attempt(&self, place: Place, account: &str, address: &str, address_limit: u32, now: Moment) -> Result<Attempt, Failure> {
        let tx = self.0.pools.begin(Access::Write, tenant(place)).await?;
        one_at_a_time(&tx, place, address, account).await?;
        let here = read(&tx, place, "address", address, now, ADDRESS_WINDOW).await?;
        if here.fails >= address_limit {
            return Ok(Attempt::Wait((here.first + ADDRESS_WINDOW).since(now)));
        }
        let mine = read(&tx, place, "account", account, now, REMEMBERED).await?;
        let allowed = account_may_try(now, mine.fails, mine.last);
        write(&tx, place, "address", address, Failures { fails: here.fails + 1, last: now, ..here }).await?;
        let stopped = (here.fails + 1 == address_limit).then_some(address_limit);
        failed::record(&tx, place, failed::Streak { account, address, tries: mine.fails, stopped }, now).await?;
        let last = if allowed { now } else { mine.last };
        write(&tx, place, "account", account, Failures { fails: mine.fails + 1, last, ..mine }).await?;
        tx.commit().await?;
        Ok(match account_wait(mine.fails) {
            _ if allowed => Attempt::Allowed,
            Some(wait) => Attempt::Wait((mine.last + wait).since(now)),
            None => Attempt::Stopped,
        })
    }

    /// Forgets the failures of `account` after a right password, and one of its address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_failures(&self, place: Place, account: &str, address: &str, now: Moment) -> Result<(), Failure> {
        let tx = self.0.pools.begin(Access::Write, tenant(place)).await?;
        one_at_a_time(&tx, place, address, account).await?;
        write(&tx, place, "account", account, Failures { fails: 0, first: now, last: now }).await?;
        let here = read(&tx, place, "address", address, now, ADDRESS_WINDOW).await?;
        write(&tx, place, "address", address, Failures { fails: here.fails.saturating_sub(1), ..here }).await?;
        Ok(tx.commit().await?)
    }

    /// How many failures of `account` are counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failures(&self, place: Place, account: &str, now: Moment) -> Result<u32, Failure> {
        let tx = self.0.pools.begin(Access::Read, tenant(place)).await?;
        Ok(read(&tx, place, "account", account, now, REMEMBERED).await?.fails)
    }
}

/// Lets parallel tries of one address or account pass one by one, or two would read the same count. SQLite has one writer anyway.
async fn one_at_a_time(tx: &DatabaseTransaction, place: Place, address: &str, account: &str) -> Result<(), Failure> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for key in [format!("{place:?} address {address}"), format!("{place:?} account {account}")] {
        let number = secrets::hash(key.as_bytes()).into_iter().take(8).fold(0i64, |number, byte| number << 8 | i64::from(byte));
        tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, "select pg_advisory_xact_lock($1)", [number.into()])).await?;
    }
    Ok(())
}

const fn tenant(place: Place) -> Option<TenantId> {
    match place {
        Place::Tenant(tenant) => Some(tenant),
        Place::Platform => None,
    }
}

/// The statement for the place's own table; a tenant's has the tenant first in its key.
fn statement(tx: &DatabaseTransaction, place: Place, of_tenant: &str, of_platform: &str, values: Vec<Value>) -> Statement {
    match place {
        Place::Tenant(tenant) => {
            let all = std::iter::once(Value::from(tenant.0)).chain(values);
            Statement::from_sql_and_values(tx.get_database_backend(), of_tenant, all)
        }
        Place::Platform => Statement::from_sql_and_values(tx.get_database_backend(), of_platform, values),
    }
}

async fn read(tx: &DatabaseTransaction, place: Place, kind: &str, key: &str, now: Moment, window: i64) -> Result<Failures, Failure> {
    let select = statement(
        tx,
        place,
        "select fails, first_at, last_at from sign_in_attempts where tenant_id = $1 and kind = $2 and key_hash = $3",
        "select fails, first_at, last_at from operator_attempts where kind = $1 and key_hash = $2",
        vec![kind.into(), secrets::hash(key.as_bytes()).into()],
    );
    let none = Failures { fails: 0, first: now, last: now };
    let Some(row) = tx.query_one_raw(select).await? else { return Ok(none) };
    let number = |column: &str| row.try_get::<i64>("", column);
    let found = Failures { fails: u32::try_from(number("fails")?).unwrap_or(u32::MAX), first: Moment(number("first_at")?), last: Moment(number("last_at")?) };
    let since = if kind == "address" { found.first } else { found.last };
    Ok(if now.since(since) >= window { none } else { found })
}

async fn write(tx: &DatabaseTransaction, place: Place, kind: &str, key: &str, failures: Failures) -> Result<(), Failure> {
    let upsert = statement(
        tx,
        place,
        "insert into sign_in_attempts (tenant_id, kind, key_hash, fails, first_at, last_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant_id, kind, key_hash) do update set fails = excluded.fails, first_at = excluded.first_at, last_at = excluded.last_at",
        "insert into operator_attempts (kind, key_hash, fails, first_at, last_at) values ($1, $2, $3, $4, $5)
         on conflict (kind, key_hash) do update set fails = excluded.fails, first_at = excluded.first_at, last_at = excluded.last_at",
        vec![kind.into(), secrets::hash(key.as_bytes()).into(), i64::from(failures.fails).into(), failures.first.0.into(), failures.last.0.into()],
    );
    tx.execute_raw(upsert).await?;
    Ok(())
}
