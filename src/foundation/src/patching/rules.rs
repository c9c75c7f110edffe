//! Rules and targets. Until somebody changes them, the platform's own hold.

use domain::{
    Moment, Refusal,
    ids::{ClientId, RuleId},
    patching::{Place, Rule, RuleKind, Targets, rule::TypedRule},
};
use sea_orm::{
    ColumnTrait, Condition, Order, Set,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, OnConflict},
};

use super::rows::{
    rule::{ActiveModel, Column, Entity, Model},
    settings,
};
use crate::{Failure, Tenant, Writing, fresh_id};

/// A rule, as stored.
pub type RuleRow = Model;
/// What the tenant holds itself to, as stored.
pub type SettingsRow = settings::Model;

/// The most rules of a tenant with all its clients; every one of them is read, so no more are kept.
pub const RULES: u64 = 2_000;

impl Model {
    /// The rule; `None` for a word that only a newer version knows.
    pub fn rule(&self) -> Option<Rule> {
        let typed = TypedRule { kind: self.kind.clone(), days: self.days.clone(), names: self.names.clone() };
        Some(Rule {
            id: RuleId(self.id),
            place: self.client_id.map_or(Place::Tenant, |id| Place::Client(ClientId(id))),
            kind: typed.check().ok()?,
            at: Moment(self.changed_at),
            revision: u32::try_from(self.revision).unwrap_or(u32::MAX),
        })
    }
}

impl SettingsRow {
    /// The targets.
    pub fn targets(&self) -> Targets {
        let days = |stored: i64| u16::try_from(stored).unwrap_or(u16::MAX);
        Targets { security_days: days(self.security_days), other_days: days(self.other_days), unseen_days: days(self.unseen_days) }
    }
}

impl Tenant {
    /// The tenant's own settings; `None`: the platform's hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patch_settings(&self) -> Result<Option<SettingsRow>, Failure> {
        self.find::<settings::Entity>().one().await
    }

    /// The rules within reach, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patch_rules(&self) -> Result<Vec<RuleRow>, Failure> {
        let mut mine = Condition::all();
        if let Some(clients) = self.who().clients() {
            mine = mine.add(Column::ClientId.is_null().or(Column::ClientId.is_in(clients.iter().map(|id| id.0))));
        }
        self.find::<Entity>().filter(mine).order_by(Column::Id, Order::Asc).limit(RULES).all().await
    }
}

impl Writing {
    /// Keeps `targets`, and whether the rules are the tenant's own, where `seen` was the revision that somebody looked at.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed them meanwhile.
    pub async fn keep_patch_settings(&self, targets: Targets, own_rules: bool, seen: i64) -> Result<(), Failure> {
        use settings::Column::{Id, OtherDays, OwnRules, Revision, SecurityDays, TenantId, UnseenDays};
        let meanwhile = || Refusal::Conflict("somebody changed the rules of patching at the same time; look again before you change them".into());
        let days = [(SecurityDays, targets.security_days), (OtherDays, targets.other_days), (UnseenDays, targets.unseen_days)];
        if seen > 0 {
            let values = days.map(|(column, days)| (column, Expr::value(i64::from(days))));
            let values = values.into_iter().chain([(OwnRules, Expr::value(own_rules)), (Revision, Expr::value(seen + 1))]);
            let kept = self.update::<settings::Entity>(Revision.eq(seen), values).await?;
            return if kept == 1 { Ok(()) } else { Err(meanwhile().into()) };
        }
        if self.patch_settings().await?.is_some() {
            return Err(meanwhile().into());
        }
        let row = settings::ActiveModel {
            id: Set(Uuid::nil()),
            security_days: Set(i64::from(targets.security_days)),
            other_days: Set(i64::from(targets.other_days)),
            unseen_days: Set(i64::from(targets.unseen_days)),
            own_rules: Set(own_rules),
            revision: Set(1),
            ..Default::default()
        };
        self.upsert(vec![row], OnConflict::columns([TenantId, Id]).do_nothing().to_owned()).await
    }

    /// Adds a rule.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when there are too many, or when the database fails.
    pub async fn add_patch_rule(&self, client: Option<ClientId>, kind: &RuleKind, now: Moment) -> Result<(), Failure> {
        if self.find::<Entity>().count().await? >= RULES {
            return Err(Refusal::Conflict(format!("There are {RULES} rules already. Remove one first.")).into());
        }
        let typed = kind.typed();
        let row = ActiveModel {
            id: Set(fresh_id::<RuleId>().0),
            client_id: Set(client.map(|id| id.0)),
            kind: Set(typed.kind),
            days: Set(typed.days),
            names: Set(typed.names),
            changed_at: Set(now.0),
            revision: Set(1),
            ..Default::default()
        };
        self.insert(row).await
    }

    /// Removes a rule; says whether it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_patch_rule(&self, id: RuleId) -> Result<bool, Failure> {
        Ok(self.delete::<Entity>(Column::Id.eq(id.0)).await? == 1)
    }
}
