//! Credentials to principals, within the tenant whose host they came to.

use domain::{
    Moment,
    ids::{AgentKeyId, EnrolmentKeyId, OperatorId, PersonId, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::Directory;
use crate::{
    Failure,
    devices::{
        EnrolmentCredential,
        enrol::limits,
        rows::{agent_key, enrolment_key},
    },
    people::rows::{membership, person},
    secrets,
    tenancy::{Access, is_archived},
    tenants::rows::operator,
};

/// Somebody who may sign in with a password.
#[derive(Debug, Clone)]
pub struct Account<Id> {
    /// Who.
    pub id: Id,
    /// The argon2 hash of the password; `None`: none was set yet, the account is disabled, or its client is archived.
    pub password_hash: Option<String>,
}

/// The public key that reports of one device are checked against.
#[derive(Debug, Clone)]
pub struct AgentCredential {
    /// 32 bytes.
    pub public_key: Vec<u8>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

#[expect(clippy::disallowed_methods, reason = "asked before a principal is known; each select names the tenant")]
impl Directory {
    /// The person of `tenant` with this e-mail.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person_by_email(&self, tenant: TenantId, email: &str) -> Result<Option<Account<PersonId>>, Failure> {
        let tx = self.0.pools.begin(Access::Read, Some(tenant)).await?;
        let found = person::Entity::find().filter(person::Column::TenantId.eq(tenant.0)).filter(person::Column::Email.eq(email)).one(&tx).await?;
        let Some(row) = found else { return Ok(None) };
        let membership = membership::Entity::find_by_id((tenant.0, row.id)).one(&tx).await?;
        let out = row.disabled_at.is_some() || is_archived(&tx, tenant, membership.and_then(|membership| membership.client_id)).await?;
        Ok(Some(Account { id: PersonId(row.id), password_hash: row.password_hash.filter(|_| !out) }))
    }

    /// The operator with this e-mail.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operator_by_email(&self, email: &str) -> Result<Option<Account<OperatorId>>, Failure> {
        let tx = self.0.pools.begin(Access::Read, None).await?;
        let found = operator::Entity::find().filter(operator::Column::Email.eq(email)).one(&tx).await?;
        Ok(found.map(|row| Account { id: OperatorId(row.id), password_hash: Some(row.password_hash) }))
    }

    /// The enrolment key of `tenant` whose token is `token`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enrolment_key(&self, tenant: TenantId, token: &str) -> Result<Option<EnrolmentCredential>, Failure> {
        use enrolment_key::Column;
        let tx = self.0.pools.begin(Access::Read, Some(tenant)).await?;
        let hash = secrets::hash(token.as_bytes());
        let found = enrolment_key::Entity::find().filter(Column::TenantId.eq(tenant.0)).filter(Column::SecretHash.eq(hash)).one(&tx).await?;
        Ok(found.map(|row| EnrolmentCredential { id: EnrolmentKeyId(row.id), limits: limits(&row) }))
    }

    /// The agent's key of `tenant` with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agent_key(&self, tenant: TenantId, id: AgentKeyId) -> Result<Option<AgentCredential>, Failure> {
        let tx = self.0.pools.begin(Access::Read, Some(tenant)).await?;
        let found = agent_key::Entity::find_by_id((tenant.0, id.0)).one(&tx).await?;
        Ok(found.map(|row| AgentCredential { public_key: row.public_key, revoked_at: row.revoked_at.map(Moment) }))
    }
}
