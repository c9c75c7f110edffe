//! The people of a tenant: listed, changed, disabled. The service asks for the permission; the rules that no two requests
//! at once may break are kept here.

use std::collections::BTreeMap;

use domain::{
    Moment, Refusal,
    ids::{AccessGroupId, ClientId, PersonId},
    people::Role,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, Set,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::{access_group, access_group_client, membership, membership_access_group, person, session};
use crate::{Failure, Tenant, Writing};

/// People of one page.
pub const PAGE: u64 = 100;
/// Staff that one piece of work can be given to.
const STAFF: u64 = 500;

/// Somebody with what they may do.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Who.
    pub person: person::Model,
    /// Their role; `None` when storage holds a word of a newer version.
    pub role: Option<Role>,
    /// Whether they reach every client.
    pub all_clients: bool,
    /// A contact's client.
    pub client: Option<ClientId>,
    /// Their access groups.
    pub groups: Vec<AccessGroupId>,
}

/// Which people a page asks for.
#[derive(Debug, Clone, Default)]
pub struct PeopleQuery {
    /// Part of a name or an e-mail, in lower case.
    pub q: String,
    /// Only this role.
    pub role: Option<Role>,
    /// Only of this client.
    pub client: Option<ClientId>,
    /// After this e-mail.
    pub after: Option<String>,
}

/// What somebody may do, to be written.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// A contact's client.
    pub client: Option<ClientId>,
    /// A technician's access groups; `None` is every client.
    pub groups: Option<Vec<AccessGroupId>>,
}

impl Tenant {
    /// A page of people by e-mail, and whether more follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people(&self, query: &PeopleQuery) -> Result<(Vec<PersonRow>, bool), Failure> {
        use person::Column;
        let pattern = format!("%{}%", query.q.replace(['%', '_', '\\'], ""));
        let named = (!query.q.is_empty()).then(|| {
            let lower = |column: Column| Expr::cust_with_expr("lower($1)", Expr::col((person::Entity, column)));
            Condition::any().add(Column::Email.like(&pattern)).add(lower(Column::Name).like(&pattern))
        });
        let has_role = Condition::all()
            .add_option(query.role.map(|role| membership::Column::Role.eq(role.word())))
            .add_option(query.client.map(|client| membership::Column::ClientId.eq(client.0)));
        let wanted = Condition::all().add_option(named).add_option(query.after.as_ref().map(|after| Column::Email.gt(after))).add(has_role);
        let found = self.find::<person::Entity>().join::<membership::Entity>(Column::Id).filter(wanted).order_by(Column::Email, Order::Asc);
        let mut people = found.limit(PAGE + 1).all().await?;
        let more = people.len() as u64 > PAGE;
        people.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok((self.with_grants(people).await?, more))
    }

    /// One person.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn person(&self, id: PersonId) -> Result<PersonRow, Failure> {
        let found = self.find::<person::Entity>().filter(person::Column::Id.eq(id.0)).one().await?;
        self.with_grants(found.into_iter().collect()).await?.pop().ok_or(Refusal::NotFound.into())
    }

    /// How many people there are, contacts apart: for the first steps, so no more than `most` are counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_colleagues(&self) -> Result<bool, Failure> {
        let staff = membership::Column::Role.ne(Role::Contact.word());
        Ok(self.find::<membership::Entity>().filter(staff).limit(2).all().await?.len() > 1)
    }

    /// The access groups by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access_groups(&self) -> Result<Vec<access_group::Model>, Failure> {
        self.find::<access_group::Entity>().order_by(access_group::Column::Name, Order::Asc).limit(super::groups::MOST).all().await
    }

    /// The staff who can sign in and have `client` in reach, by e-mail; at most 500.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn staff_of(&self, client: ClientId) -> Result<Vec<PersonRow>, Failure> {
        use membership_access_group::Column::AccessGroupId;
        let groups = self.find::<access_group_client::Entity>().filter(access_group_client::Column::ClientId.eq(client.0)).all().await?;
        let links = self.find::<membership_access_group::Entity>().filter(AccessGroupId.is_in(groups.iter().map(|group| group.access_group_id)));
        let named: Vec<Uuid> = links.all().await?.into_iter().map(|link| link.person_id).collect();
        let reaches = Condition::any().add(membership::Column::AllClients.eq(true)).add(person::Column::Id.is_in(named));
        let able = Condition::all().add(membership::Column::Role.ne(Role::Contact.word())).add(person::Column::DisabledAt.is_null()).add(reaches);
        let found = self.find::<person::Entity>().join::<membership::Entity>(person::Column::Id).filter(able).order_by(person::Column::Email, Order::Asc);
        self.with_grants(found.limit(STAFF).all().await?).await
    }

    /// The contacts of `client` who can sign in, by e-mail; at most [`PAGE`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contacts_of(&self, client: ClientId) -> Result<Vec<PersonRow>, Failure> {
        let theirs = Condition::all()
            .add(membership::Column::Role.eq(Role::Contact.word()))
            .add(membership::Column::ClientId.eq(client.0))
            .add(person::Column::DisabledAt.is_null());
        let found = self.find::<person::Entity>().join::<membership::Entity>(person::Column::Id).filter(theirs).order_by(person::Column::Email, Order::Asc);
        self.with_grants(found.limit(PAGE).all().await?).await
    }

    async fn with_grants(&self, people: Vec<person::Model>) -> Result<Vec<PersonRow>, Failure> {
        let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
        let grants = self.find::<membership::Entity>().filter(membership::Column::PersonId.is_in(ids.clone())).all().await?;
        let mut grants: BTreeMap<Uuid, membership::Model> = grants.into_iter().map(|grant| (grant.person_id, grant)).collect();
        let links = self.find::<membership_access_group::Entity>().filter(membership_access_group::Column::PersonId.is_in(ids)).all().await?;
        let row = |person: person::Model| {
            let grant = grants.remove(&person.id);
            PersonRow {
                role: grant.as_ref().and_then(|grant| grant.role.parse().ok()),
                all_clients: grant.as_ref().is_some_and(|grant| grant.all_clients),
                client: grant.and_then(|grant| grant.client_id).map(ClientId),
                groups: links.iter().filter(|link| link.person_id == person.id).map(|link| AccessGroupId(link.access_group_id)).collect(),
                person,
            }
        };
        Ok(people.into_iter().map(row).collect())
    }
}

impl Writing {
    /// Changes what `person` may do; takes effect with their next request.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when no owner would be left.
    pub async fn grant_to(&self, person: PersonId, grant: Grant) -> Result<(), Failure> {
        use membership::Column;
        self.lock_people().await?;
        let values = [
            (Column::Role, Expr::value(grant.role.word())),
            (Column::AllClients, Expr::value(grant.role.is_staff() && grant.groups.is_none())),
            (Column::ClientId, Expr::value(grant.client.map(|client| client.0))),
        ];
        self.update::<membership::Entity>(Column::PersonId.eq(person.0), values).await?;
        self.delete::<membership_access_group::Entity>(membership_access_group::Column::PersonId.eq(person.0)).await?;
        let (tenant, groups) = (self.id().0, grant.groups.unwrap_or_default());
        let row =
            |group: &AccessGroupId| membership_access_group::ActiveModel { tenant_id: Set(tenant), person_id: Set(person.0), access_group_id: Set(group.0) };
        self.insert_many(groups.iter().map(row).collect()).await?;
        self.an_owner_is_left().await
    }

    /// Lets `person` sign in no more, ends their sessions and links; or lets them again.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when no owner would be left.
    pub async fn set_disabled(&self, person: PersonId, disabled: bool, now: Moment) -> Result<(), Failure> {
        self.lock_people().await?;
        let value = Expr::value(disabled.then_some(now.0));
        self.update::<person::Entity>(person::Column::Id.eq(person.0), [(person::Column::DisabledAt, value)]).await?;
        if disabled {
            self.end_sessions_of(person).await?;
            self.drop_links(person).await?;
        }
        self.an_owner_is_left().await
    }

    /// Ends all sessions of `person`; says how many there were.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "sessions have no scoped select; tenant and person are both named")]
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<u64, Failure> {
        let theirs = Condition::all().add(session::Column::TenantId.eq(self.id().0)).add(session::Column::PersonId.eq(person.0));
        Ok(session::Entity::delete_many().filter(theirs).exec(self.connection()).await?.rows_affected)
    }

    /// Changes the caller's own name and time zone.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for programs.
    #[expect(clippy::disallowed_methods, reason = "the caller's own row, who may be a contact: tenant and person are both named")]
    pub async fn set_my_profile(&self, name: String, time_zone: String) -> Result<(), Failure> {
        let crate::Principal::Person(me) = self.who().principal else { return Err(Refusal::NotFound.into()) };
        let mine = Condition::all().add(person::Column::TenantId.eq(self.id().0)).add(person::Column::Id.eq(me.0));
        let update = person::Entity::update_many().filter(mine).col_expr(person::Column::Name, Expr::value(name));
        update.col_expr(person::Column::TimeZone, Expr::value(time_zone)).exec(self.connection()).await?;
        Ok(())
    }

    /// Notes that `person` signed in.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "the caller's own row, who may be a contact: tenant and person are both named")]
    pub async fn note_sign_in(&self, person: PersonId, now: Moment) -> Result<(), Failure> {
        let mine = Condition::all().add(person::Column::TenantId.eq(self.id().0)).add(person::Column::Id.eq(person.0));
        person::Entity::update_many().filter(mine).col_expr(person::Column::SignedInAt, Expr::value(now.0)).exec(self.connection()).await?;
        Ok(())
    }

    /// Holds the owners' rows until the end of the transaction, so that changes to people pass one by one: two owners cannot
    /// remove each other at once, and no name or e-mail is given twice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_people(&self) -> Result<(), Failure> {
        let owner = Expr::value(Role::Owner.word());
        self.update::<membership::Entity>(membership::Column::Role.eq(Role::Owner.word()), [(membership::Column::Role, owner)]).await.map(drop)
    }

    async fn an_owner_is_left(&self) -> Result<(), Failure> {
        let owners = self.find::<membership::Entity>().join::<person::Entity>(membership::Column::PersonId);
        let able = membership::Column::Role.eq(Role::Owner.word()).and(person::Column::DisabledAt.is_null());
        if owners.filter(able).count().await? == 0 {
            return Err(Refusal::Conflict("This is the last owner. Make somebody else an owner first.".into()).into());
        }
        Ok(())
    }
}
