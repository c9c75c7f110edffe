//! Failed sign-ins in the audit: one entry when an account's tries begin to wait, one when they are stopped, and one when an address is
//! stopped. Between them failures are only counted, so that nobody can fill the audit.

use domain::{
    Moment,
    ids::{AuditId, PersonId},
    sign_in::{ACCOUNT_STOP, BACK_OFF},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};

use super::Place;
use crate::{Failure, audit::rows::entry, fresh_id, people::rows::person};

/// Failures so far, before the try that is being counted.
pub(super) struct Streak<'a> {
    /// The e-mail that was typed.
    pub account: &'a str,
    /// Where from.
    pub address: &'a str,
    /// Failures of the account before this try.
    pub tries: u32,
    /// The limit that the address has just reached.
    pub stopped: Option<u32>,
}

/// Writes down what this try makes worth knowing, in the transaction that counts it. What was typed is kept only when it is a person's.
#[expect(clippy::disallowed_methods, reason = "nobody has entered yet; the select and the row name the tenant")]
pub(super) async fn record(tx: &DatabaseTransaction, place: Place, streak: Streak<'_>, now: Moment) -> Result<(), Failure> {
    let Place::Tenant(tenant) = place else { return Ok(()) };
    let act = |action: &str, detail: String| entry::ActiveModel {
        tenant_id: Set(tenant.0),
        id: Set(fresh_id::<AuditId>().0),
        at: Set(now.0),
        actor_kind: Set("stranger".into()),
        actor_name: Set("Not signed in".into()),
        action: Set(action.into()),
        detail: Set(Some(detail)),
        address: Set(Some(streak.address.into())),
        ..Default::default()
    };
    let mut rows = Vec::new();
    if let Some(limit) = streak.stopped {
        rows.push(act("address stopped", format!("{limit} failed sign-ins; further ones wait")));
    }
    let words = match streak.tries {
        BACK_OFF => Some(("sign-ins failed", format!("{BACK_OFF} tries; further ones wait"))),
        ACCOUNT_STOP => Some(("account stopped", format!("{ACCOUNT_STOP} failed tries; nobody may try for a day"))),
        _ => None,
    };
    if let Some((action, detail)) = words {
        let known = person::Entity::find().filter(person::Column::TenantId.eq(tenant.0)).filter(person::Column::Email.eq(streak.account)).one(tx).await?;
        rows.extend(known.map(|person| entry::ActiveModel {
            object_kind: Set(Some("person".into())),
            object_id: Set(Some(PersonId(person.id).to_string())),
            object_name: Set(Some(person.name)),
            ..act(action, detail)
        }));
    }
    for row in rows {
        entry::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}
