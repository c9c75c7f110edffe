//! Parked jobs, for operators. What is decided about one stands in its tenant's audit.

use app::jobs::{JobsPage, ParkedLine, ParkedOf};
use domain::{
    Moment, Refusal,
    ids::{TenantId, Uuid},
};
use foundation::{Database, Failure, Principal, audit::Act, operator::Operator};

/// The job that looks at a tenant's parked jobs for an operator.
const OPERATOR: Principal = Principal::Job("operator");

/// The tenants with parked jobs, and the first of these.
///
/// # Errors
/// When the database fails.
pub async fn list(database: &Database, operator: &Operator) -> Result<JobsPage, Failure> {
    let mut tenants = Vec::new();
    for (tenant, count) in operator.tenants_with_parked_jobs().await? {
        let jobs = database.enter(&OPERATOR, tenant).await?.parked_jobs().await?;
        let line = |job: foundation::jobs::ParkedJob| ParkedLine {
            id: job.id,
            kind: job.kind,
            subject: job.subject,
            tried: job.tried,
            error: job.error,
            created_at: job.created_at,
        };
        tenants.push(ParkedOf { tenant, name: operator.name_of(tenant).await?, count, jobs: jobs.into_iter().map(line).collect() });
    }
    Ok(JobsPage { tenants })
}

/// Has a parked job tried again, or drops it.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not parked, or not any more.
pub async fn settle(database: &Database, operator: &Operator, (tenant, job): (TenantId, Uuid), retry: bool, now: Moment) -> Result<(), Failure> {
    operator.name_of(tenant).await?;
    let writing = database.enter(&OPERATOR, tenant).await?.writing().await?;
    if !writing.settle_parked_job(job, retry, now).await? {
        return Err(Refusal::NotFound.into());
    }
    let action = if retry { "job tried again" } else { "job dropped" };
    let detail = Some(format!("by the operator {}", operator.name));
    writing.record(now, Act { action, object: Some(("job", job.to_string())), detail, ..Act::default() }).await?;
    writing.commit().await
}
