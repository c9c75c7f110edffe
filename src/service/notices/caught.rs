//! The mail that a demo caught, over its tenants, for operators. Each tenant is entered like any other, and nothing is changed.

use app::mail::{CaughtLine, CaughtPage, MailPage};
use domain::{
    Moment, Refusal,
    ids::{DeliveryId, TenantId},
    notices::State,
};
use foundation::{Database, Failure, Principal, notices::DeliveryRow, operator::Operator};

/// The job that looks at a tenant's mail for an operator.
const OPERATOR: Principal = Principal::Job("operator");
/// Mails of the page.
const SHOWN: usize = 100;
/// Mails that are read of each tenant.
const OF_EACH: u64 = 50;

/// The newest mails that were caught, of the first tenants.
///
/// # Errors
/// When the database fails.
pub async fn caught(database: &Database, operator: &Operator) -> Result<MailPage, Failure> {
    let mut mails = Vec::new();
    for tenant in operator.tenant_ids(None).await? {
        let rows = database.enter(&OPERATOR, tenant).await?.caught_mails(OF_EACH).await?;
        if rows.is_empty() {
            continue;
        }
        let name = operator.name_of(tenant).await?;
        mails.extend(rows.into_iter().map(|row| line(tenant, &name, row)));
    }
    mails.sort_by_key(|mail: &CaughtLine| std::cmp::Reverse((mail.at, mail.id)));
    mails.truncate(SHOWN);
    Ok(MailPage { mails })
}

/// One of them.
///
/// # Errors
/// [`Refusal::NotFound`] for what was not caught.
pub async fn caught_one(database: &Database, operator: &Operator, tenant: TenantId, id: DeliveryId) -> Result<CaughtPage, Failure> {
    let name = operator.name_of(tenant).await?;
    let row = database.enter(&OPERATOR, tenant).await?.delivery(id).await?;
    if row.state.parse() != Ok(State::Caught) {
        return Err(Refusal::NotFound.into());
    }
    let (from_name, text, html) = (row.from_name.clone(), row.body.clone(), row.html.clone());
    Ok(CaughtPage { line: line(tenant, &name, row), from_name, text, html })
}

fn line(tenant: TenantId, name: &str, row: DeliveryRow) -> CaughtLine {
    let (id, at) = (DeliveryId(row.id), Moment(row.created_at));
    CaughtLine { tenant, tenant_name: name.to_owned(), id, at, recipient: row.recipient, subject: row.subject }
}
