//! What people do to alerts, one at a time or many at once. Each is a transaction: permission, rule, change, timeline, audit.

use app::alerts::BulkDone;
use domain::{
    Refusal,
    alerts::{Act, inbox::chosen},
    devices::given,
    ids::{AlertId, ClientId},
    people::Permission,
};
use foundation::{Failure, Tenant, Writing, alerts::Acted, audit::Act as Noted};

use crate::service::devices::By;

/// What a person typed about an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The word of the act: `acknowledge`, `snooze`, ..
    pub act: String,
    /// How long a snooze lasts, by its word.
    pub snooze: String,
    /// What they wrote.
    pub note: String,
    /// The revision that they looked at; empty: none.
    pub revision: String,
}

impl Typed {
    fn act(&self, by: &By) -> Result<Act, Refusal> {
        Ok(match self.act.as_str() {
            "acknowledge" => Act::Acknowledge,
            "unacknowledge" => Act::Unacknowledge,
            "snooze" => {
                let lasts = foundation::alerts::snooze(&self.snooze).ok_or_else(|| Refusal::invalid("snooze", "Choose how long."))?;
                Act::Snooze(by.now + lasts)
            }
            "wake" => Act::Wake,
            "resolve" => Act::Resolve,
            "dismiss" => Act::Dismiss,
            "reopen" => Act::Reopen,
            _ => return Err(Refusal::invalid("act", "is nothing that can be done to an alert")),
        })
    }

    fn note(&self) -> Result<Option<String>, Refusal> {
        given::note(&self.note)
    }
}

/// Does what was typed to one alert.
///
/// # Errors
/// [`Refusal::Conflict`] with both values when somebody else decided meanwhile, [`Refusal::Invalid`] naming the field.
pub async fn act(tenant: &Tenant, id: AlertId, typed: &Typed, by: &By) -> Result<(), Failure> {
    let (act, note) = (typed.act(by)?, typed.note()?);
    let seen = if typed.revision.is_empty() { None } else { Some(typed.revision.parse().map_err(|_| Refusal::invalid("revision", "is no version"))?) };
    let writing = begin(tenant).await?;
    let acted = writing.act_on_alert(id, act, note.clone(), seen, by.now).await?;
    record(&writing, id, acted, note, by).await?;
    writing.commit().await
}

/// Does what was typed to many alerts, one transaction each; those whose state does not allow it are passed over and counted.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field.
pub async fn act_on_many(tenant: &Tenant, ids: &[String], typed: &Typed, by: &By) -> Result<BulkDone, Failure> {
    let ids = chosen(ids.iter().map(String::as_str)).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let (act, note) = (typed.act(by)?, typed.note()?);
    let mut done = BulkDone::default();
    for id in ids {
        let writing = begin(tenant).await?;
        match writing.act_on_alert(id, act, note.clone(), None, by.now).await {
            Ok(acted) => {
                record(&writing, id, acted, note.clone(), by).await?;
                writing.commit().await?;
                done.changed += 1;
            }
            Err(Failure::Refused(Refusal::Conflict(_) | Refusal::NotFound)) => done.passed_over += 1,
            Err(failure) => return Err(failure),
        }
    }
    Ok(done)
}

async fn begin(tenant: &Tenant) -> Result<Writing, Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::AlertsManage)?;
    Ok(writing)
}

async fn record(writing: &Writing, id: AlertId, acted: Acted, note: Option<String>, by: &By) -> Result<(), Failure> {
    let act = Noted {
        action: "alert decided",
        object: Some(("alert", id.to_string())),
        name: Some(format!("{} on {}", acted.key.label(), acted.device.row.name())),
        client: Some(ClientId(acted.device.row.client_id)),
        before: Some(acted.words.0.to_owned()),
        after: Some(acted.words.1.to_owned()),
        detail: note,
        address: Some(by.address.clone()),
    };
    writing.record(by.now, act).await
}
