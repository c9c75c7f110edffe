//! Rules and targets, at the tenant or a client.

use app::patching::{RuleLine, RulesPage};
use domain::{
    Refusal,
    ids::{ClientId, RuleId},
    patching::{
        Place,
        due::TypedTargets,
        rule::{RULES, TypedRule},
    },
    people::{Permission, Scope},
};
use foundation::{Failure, Tenant, Writing, audit::Act};

use super::says::{Says, platform_rules};
use crate::service::devices::By;

fn may(tenant: &Tenant) -> Result<(), Refusal> {
    tenant.require(Permission::PatchingManage)?;
    if matches!(tenant.who().scope, Scope::AllClients) { Ok(()) } else { Err(Refusal::Forbidden("patching: manage, for all clients")) }
}

/// The page of rules.
///
/// # Errors
/// When the database fails.
pub async fn rules(tenant: &Tenant, now: domain::Moment) -> Result<RulesPage, Failure> {
    let says = Says::load(tenant, now).await?;
    let clients: Vec<(ClientId, String)> = tenant.clients().await?.into_iter().map(|row| (ClientId(row.id), row.name)).collect();
    let name = |place: Place| match place {
        Place::Client(id) => clients.iter().find(|(known, _)| *known == id).map_or_else(String::new, |(_, name)| name.clone()),
        _ => "All clients".to_owned(),
    };
    let line = |rule: &domain::patching::Rule| RuleLine { id: says.own_rules.then_some(rule.id), place: name(rule.place), words: rule.kind.words() };
    Ok(RulesPage {
        rules: says.rules.iter().map(line).collect(),
        own: says.own_rules,
        typed: (TypedRule::default(), "tenant".into()),
        targets: says.targets.typed(),
        faults: Vec::new(),
        revision: says.revision,
        may_change: may(tenant).is_ok(),
        clients,
    })
}

/// Makes the rules the tenant's own, beginning with the platform's.
async fn own(writing: &Writing, says: &Says, seen: i64, by: &By) -> Result<(), Failure> {
    writing.keep_patch_settings(says.targets, true, seen).await?;
    if !says.own_rules {
        for rule in platform_rules() {
            writing.add_patch_rule(None, &rule.kind, by.now).await?;
        }
    }
    Ok(())
}

fn act(action: &'static str, detail: String, client: Option<ClientId>, by: &By) -> Act {
    Act { action, object: Some(("patching", "rules".into())), detail: Some(detail), client, address: Some(by.address.clone()), ..Act::default() }
}

fn revision(text: &str) -> Result<i64, Refusal> {
    text.parse().map_err(|_| Refusal::invalid("revision", "is no version"))
}

/// Adds a rule at the tenant or a client.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field, [`Refusal::Conflict`] when somebody changed the rules meanwhile.
pub async fn add_rule(tenant: &Tenant, place: &str, typed: &TypedRule, seen: &str, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    may(&writing)?;
    let kind = typed.check().map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let client = if place == "tenant" { None } else { Some(place.parse::<ClientId>().map_err(|_| Refusal::invalid("place", "is no client"))?) };
    if let Some(client) = client {
        writing.client(client)?.row().await?;
    }
    let says = Says::load(&writing, by.now).await?;
    let here = client.map_or(Place::Tenant, Place::Client);
    if says.rules.iter().filter(|rule| rule.place == here).count() >= RULES {
        return Err(Refusal::invalid("kind", format!("There are {RULES} rules there already; remove one first.")).into());
    }
    own(&writing, &says, revision(seen)?, by).await?;
    writing.add_patch_rule(client, &kind, by.now).await?;
    writing.record(by.now, act("update rule added", kind.words(), client, by)).await?;
    writing.commit().await
}

/// Removes a rule.
///
/// # Errors
/// [`Refusal::NotFound`] when it is gone, [`Refusal::Conflict`] when somebody changed the rules meanwhile.
pub async fn remove_rule(tenant: &Tenant, id: RuleId, seen: &str, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    may(&writing)?;
    let says = Says::load(&writing, by.now).await?;
    let rule = says.rules.iter().find(|rule| rule.id == id && says.own_rules).ok_or(Refusal::NotFound)?;
    let client = if let Place::Client(id) = rule.place { Some(id) } else { None };
    own(&writing, &says, revision(seen)?, by).await?;
    writing.remove_patch_rule(id).await?;
    writing.record(by.now, act("update rule removed", rule.kind.words(), client, by)).await?;
    writing.commit().await
}

/// Changes what the MSP holds itself to.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field, [`Refusal::Conflict`] when somebody changed it meanwhile.
pub async fn change_targets(tenant: &Tenant, typed: &TypedTargets, seen: &str, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    may(&writing)?;
    let targets = typed.check().map_err(Refusal::Invalid)?;
    let says = Says::load(&writing, by.now).await?;
    writing.keep_patch_settings(targets, says.own_rules, revision(seen)?).await?;
    let words = |targets: &domain::patching::Targets| format!("{}, {}, {} days", targets.security_days, targets.other_days, targets.unseen_days);
    let entry = Act { before: Some(words(&says.targets)), after: Some(words(&targets)), ..act("update targets changed", String::new(), None, by) };
    writing.record(by.now, entry).await?;
    writing.commit().await
}
