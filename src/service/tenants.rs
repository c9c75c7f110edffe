//! New tenants: the tenant with its host and first brand, its owner, and the one-time link that lets the owner in.

use domain::{
    Fault, Moment, Refusal,
    brand::BrandTokens,
    people::{Role, Scope, typed},
    tenants::{is_slug, mark},
};
use foundation::{
    Database, Failure, Principal,
    audit::Act,
    operator::{NewTenant, Operator},
    people::NewPerson,
    secrets,
    tenants::rows::brand,
};

use super::passwords;
use crate::jobs::{alerts::look_for_silence, figures::patch_figures};

/// The job that puts the first person into a new tenant.
const PROVISION: Principal = Principal::Job("provisioning");

/// A tenant as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The MSP's name.
    pub name: String,
    /// Its label.
    pub slug: String,
    /// The owner's e-mail.
    pub owner: String,
    /// The owner's name; empty takes the part before the `@`.
    pub owner_name: String,
    /// Its host; empty takes `<slug>.localhost`.
    pub host: String,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// The tenant's host.
    pub host: String,
    token: String,
}

impl Made {
    /// The owner's link, with the scheme and port of `platform`, the address of the platform.
    pub fn link(&self, platform: &str) -> String {
        let (scheme, rest) = platform.split_once("://").unwrap_or(("https", platform));
        let port = rest.trim_end_matches('/').rsplit_once(':').map(|(_, port)| port).filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{scheme}://{}{port}/welcome/{}", self.host, self.token)
    }
}

/// Whether `host` can be typed into a browser: labels of letters, digits and inner hyphens.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.contains('.') && host.split('.').all(label)
}

struct Checked {
    tenant: NewTenant,
    owner: NewPerson,
}

fn check(wanted: &Wanted) -> Result<Checked, Refusal> {
    let name = typed::name("name", &wanted.name, 60);
    let slug = wanted.slug.trim().to_lowercase();
    let good_slug = if is_slug(&slug) { Ok(()) } else { Err(Fault::new("slug", "needs 2 to 40 of a-z, 0-9 and inner hyphens")) };
    let host = if wanted.host.trim().is_empty() { format!("{slug}.localhost") } else { wanted.host.trim().to_lowercase() };
    let good_host = if is_host(&host) || good_slug.is_err() { Ok(()) } else { Err(Fault::new("host", "is not a host name")) };
    let email = typed::email(&wanted.owner).map_err(|fault| Fault { field: "owner".into(), ..fault });
    let given = if wanted.owner_name.trim().is_empty() { wanted.owner.split('@').next().unwrap_or_default() } else { &wanted.owner_name };
    let owner_name = if email.is_ok() { typed::name("owner_name", given, 100) } else { Ok(String::new()) };
    match (name, good_slug, good_host, email, owner_name) {
        (Ok(name), Ok(()), Ok(()), Ok(email), Ok(owner_name)) => Ok(Checked {
            tenant: NewTenant { slug, hosts: vec![host], demo: false, brand: first_brand(&name)?, name },
            owner: NewPerson { email, name: owner_name, password_hash: None, time_zone: "UTC".into(), role: Role::Owner, scope: Scope::AllClients },
        }),
        (a, b, c, d, e) => Err(Refusal::Invalid([a.err(), b.err(), c.err(), d.err(), e.err()].into_iter().flatten().collect())),
    }
}

fn first_brand(name: &str) -> Result<brand::Model, Refusal> {
    let tokens = BrandTokens::default();
    let logo = mark(name, tokens.accent);
    Ok(brand::Model {
        tenant_id: uuid::Uuid::nil(),
        version: 1,
        name: name.to_owned(),
        tokens: serde_json::to_string(&tokens.words()).map_err(|error| Refusal::Conflict(error.to_string()))?,
        logo_light: logo.clone(),
        logo_dark: logo.clone(),
        favicon: logo,
        headline: None,
        phone: None,
        hours: None,
        created_at: 0,
    })
}

/// Makes a tenant with its owner.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field.
pub async fn create(database: &Database, operator: &Operator, wanted: &Wanted, now: Moment) -> Result<Made, Failure> {
    let Checked { tenant, owner } = check(wanted)?;
    let host = tenant.hosts.first().cloned().unwrap_or_default();
    let (email, name) = (owner.email.clone(), owner.name.clone());
    let id = operator.provision(tenant, now).await?;
    let writing = database.enter(&PROVISION, id).await?.writing().await?;
    let person = writing.add_person(owner, now).await?;
    let token = writing.make_link(person, now).await?;
    let act = Act {
        action: "person added",
        object: Some(("person", person.to_string())),
        name: Some(name),
        after: Some(format!("{email}, owner")),
        ..Act::default()
    };
    writing.record(now, act).await?;
    writing.enqueue(look_for_silence(now), now).await?;
    writing.enqueue(patch_figures(now), now).await?;
    writing.commit().await?;
    Ok(Made { host, token })
}

/// Makes an operator with a password of its own making, which is in the answer and nowhere else.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field.
pub async fn create_operator(console: &Operator, email: &str, name: &str, now: Moment) -> Result<String, Failure> {
    let (email, name) = match (typed::email(email), typed::name("name", name, 100)) {
        (Ok(email), Ok(name)) => (email, name),
        (email, name) => return Err(Refusal::Invalid(email.err().into_iter().chain(name.err()).collect()).into()),
    };
    let password = secrets::fresh_token("pop").map_err(|_| Refusal::Unavailable(5))?;
    let hash = passwords::hash(&password).map_err(Refusal::Conflict)?;
    if !console.add_operator(&email, &name, hash, now).await? {
        return Err(Refusal::invalid("email", "belongs to an operator already").into());
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_take_scheme_and_port_of_the_platform() {
        let made = Made { host: "larch.localhost".into(), token: "ptl_1".into() };
        assert_eq!(made.link("http://localhost:3000"), "http://larch.localhost:3000/welcome/ptl_1");
        assert_eq!(made.link("https://portal.example/"), "https://larch.localhost/welcome/ptl_1");
    }

    #[test]
    fn each_wrong_field_is_named() {
        let wanted = Wanted { name: String::new(), slug: "A b".into(), owner: "x".into(), ..Wanted::default() };
        let Err(Refusal::Invalid(faults)) = check(&wanted).map(drop) else { panic!("refused") };
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["name", "slug", "owner"]);
        let good = Wanted { name: "Larch".into(), slug: "larch".into(), owner: "ann@larch.example".into(), ..Wanted::default() };
        let made = check(&good).map_err(|refusal| refusal.to_string()).expect("checked");
        assert_eq!((made.owner.name.as_str(), made.tenant.hosts.as_slice()), ("ann", ["larch.localhost".to_owned()].as_slice()));
        for bad in ["nodot", "-a.b", "a..b", "a b.c", &"x".repeat(260)] {
            assert!(check(&Wanted { host: bad.into(), ..good.clone() }).is_err(), "{bad}");
        }
    }
}
