//! View as client: somebody of the MSP sees what a client's people see. They change nothing meanwhile, and the client reads that they looked.

use domain::{
    Moment, Refusal,
    ids::{ClientId, PersonId, TenantId},
    people::Permission,
    time::MINUTE,
};
use foundation::{Database, Failure, Principal, Tenant, audit::Act};

/// How long one may look, in milliseconds.
pub const LASTS: i64 = 30 * MINUTE;

/// Why a view is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// They stopped it.
    Stopped,
    /// Its time was over.
    Late,
    /// The client is archived or out of their reach, or their role is another.
    Unreachable,
    /// They signed out.
    SignedOut,
}

impl Ended {
    const fn detail(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Late => "its time was over",
            Self::Unreachable => "the client was out of reach",
            Self::SignedOut => "signed out",
        }
    }
}

/// Begins to look at the portal of `client`; gives when that is over by itself.
///
/// # Errors
/// [`Refusal::Forbidden`] for whoever may not read clients; [`Refusal::NotFound`] out of reach; [`Refusal::Conflict`] when it is archived.
pub async fn begin(tenant: &Tenant, client: ClientId, now: Moment, address: String) -> Result<Moment, Failure> {
    tenant.require(Permission::ClientsRead)?;
    let row = tenant.client(client)?.row().await?;
    if row.archived_at.is_some() {
        return Err(Refusal::Conflict("The client is archived, so its people see nothing.".into()).into());
    }
    let writing = tenant.writing().await?;
    writing.record(now, act("portal viewed", client, Some(row.name), "for at most 30 minutes", address)).await?;
    writing.commit().await?;
    Ok(now + LASTS)
}

/// Whose view of which client.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    /// Where.
    pub tenant: TenantId,
    /// Who looks.
    pub person: PersonId,
    /// At whose portal.
    pub client: ClientId,
}

/// Notes that a view is over. Whoever may not enter any more has nothing noted, and `false` is given.
///
/// # Errors
/// When the database fails.
pub async fn end(database: &Database, whose: Whose, ended: Ended, now: Moment, address: String) -> Result<bool, Failure> {
    let tenant = match database.enter(&Principal::Person(whose.person), whose.tenant).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(false),
        entered => entered?,
    };
    let name = match tenant.client(whose.client) {
        Ok(client) => client.row().await.ok().map(|row| row.name),
        Err(_) => None,
    };
    tenant.note(now, act("portal view ended", whose.client, name, ended.detail(), address)).await?;
    Ok(true)
}

fn act(action: &'static str, client: ClientId, name: Option<String>, detail: &str, address: String) -> Act {
    let object = Some(("client", client.to_string()));
    Act { action, object, name, client: Some(client), detail: Some(detail.to_owned()), address: Some(address), ..Act::default() }
}
