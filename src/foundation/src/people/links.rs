//! One-time links: a secret that lets one person set a password, once and for a while.

use domain::{
    Moment, Refusal,
    ids::{LinkId, PersonId, TenantId},
    time::DAY,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Set, prelude::Expr, sea_query::ExprTrait};

use super::rows::{one_time_link, person, session};
use crate::{Failure, Principal, Writing, directory::Directory, fresh_id, secrets, tenancy::Access};

/// How long a link works.
pub const LINK_FOR: i64 = 3 * DAY;

/// A link that still works, and whom it is for.
#[derive(Debug, Clone)]
pub struct OpenLink {
    /// Which link.
    pub id: LinkId,
    /// Whom it is for.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The address they will sign in with.
    pub email: String,
}

impl Directory {
    /// The link of `tenant` with the secret `token`, while it works: not used, not expired, its person not disabled.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "asked before a principal is known; each select names the tenant")]
    pub async fn open_link(&self, tenant: TenantId, token: &str, now: Moment) -> Result<Option<OpenLink>, Failure> {
        use one_time_link::Column;
        let tx = self.0.pools.begin(Access::Read, Some(tenant)).await?;
        let hash = secrets::hash(token.as_bytes());
        let link = one_time_link::Entity::find().filter(Column::TenantId.eq(tenant.0)).filter(Column::SecretHash.eq(hash)).one(&tx).await?;
        let Some(link) = link.filter(|link| link.used_at.is_none() && link.expires_at > now.0) else { return Ok(None) };
        let person = person::Entity::find_by_id((tenant.0, link.person_id)).one(&tx).await?.filter(|person| person.disabled_at.is_none());
        Ok(person.map(|person| OpenLink { id: LinkId(link.id), person: PersonId(person.id), name: person.name, email: person.email }))
    }
}

impl Writing {
    /// Makes a link for `person`; links made for them before stop working. The secret is in the answer and nowhere else.
    ///
    /// # Errors
    /// When the operating system has no randomness, or the database fails.
    pub async fn make_link(&self, person: PersonId, now: Moment) -> Result<String, Failure> {
        let token = secrets::fresh_token("ptl").map_err(|_| Refusal::Unavailable(5))?;
        self.drop_links(person).await?;
        self.insert(one_time_link::ActiveModel {
            tenant_id: Set(self.id().0),
            id: Set(fresh_id::<LinkId>().0),
            person_id: Set(person.0),
            secret_hash: Set(secrets::hash(token.as_bytes())),
            created_at: Set(now.0),
            expires_at: Set((now + LINK_FOR).0),
            used_at: Set(None),
        })
        .await?;
        Ok(token)
    }

    /// Makes the unused links of `person` stop working.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_links(&self, person: PersonId) -> Result<(), Failure> {
        use one_time_link::Column;
        self.delete::<one_time_link::Entity>(Column::PersonId.eq(person.0).and(Column::UsedAt.is_null())).await.map(drop)
    }

    /// Uses the caller's own `link` up; of two at once only one succeeds.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it was used or has expired meanwhile, or is somebody else's.
    #[expect(clippy::disallowed_methods, reason = "the caller's own link, who may be a contact: tenant and person are both named")]
    pub async fn use_link(&self, link: LinkId, now: Moment) -> Result<(), Failure> {
        use one_time_link::Column;
        let Principal::Person(person) = self.who().principal else { return Err(Refusal::NotFound.into()) };
        let mine = Condition::all().add(Column::TenantId.eq(self.id().0)).add(Column::PersonId.eq(person.0)).add(Column::Id.eq(link.0));
        let open = mine.add(Column::UsedAt.is_null()).add(Column::ExpiresAt.gt(now.0));
        let used = one_time_link::Entity::update_many().filter(open).col_expr(Column::UsedAt, Expr::value(now.0)).exec(self.connection()).await?;
        if used.rows_affected == 1 { Ok(()) } else { Err(Refusal::NotFound.into()) }
    }

    /// Sets the caller's own password, and ends their unused links and all their sessions but `kept`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for programs.
    #[expect(clippy::disallowed_methods, reason = "the caller's own rows, who may be a contact: tenant and person are both named")]
    pub async fn set_my_password(&self, hash: String, kept: Option<domain::ids::SessionId>) -> Result<(), Failure> {
        let Principal::Person(me) = self.who().principal else { return Err(Refusal::NotFound.into()) };
        let mine = Condition::all().add(person::Column::TenantId.eq(self.id().0)).add(person::Column::Id.eq(me.0));
        person::Entity::update_many().filter(mine).col_expr(person::Column::PasswordHash, Expr::value(hash)).exec(self.connection()).await?;
        let links = Condition::all()
            .add(one_time_link::Column::TenantId.eq(self.id().0))
            .add(one_time_link::Column::PersonId.eq(me.0))
            .add(one_time_link::Column::UsedAt.is_null());
        one_time_link::Entity::delete_many().filter(links).exec(self.connection()).await?;
        let sessions = Condition::all()
            .add(session::Column::TenantId.eq(self.id().0))
            .add(session::Column::PersonId.eq(me.0))
            .add_option(kept.map(|kept| session::Column::Id.ne(kept.0)));
        session::Entity::delete_many().filter(sessions).exec(self.connection()).await?;
        Ok(())
    }
}
