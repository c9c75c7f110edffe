//! Who asks: a person of the host's tenant, or an operator at the platform host. Holding one proves it.

use std::sync::{Arc, OnceLock};

use app::{Audience, Viewer};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Moment, Refusal,
    devices::query::encode,
    ids::OperatorId,
    people::{Permission, Scope},
    tenants::TenantState,
};
use foundation::{Database, Failure, Tenant, operator::Operator};
use tower_sessions::Session;

use super::{
    assets,
    errors::{Problem, Stop},
    page::{self, Page},
    place::Placed,
    router::Shared,
    session, view,
};

/// Who was recognised, for error pages.
#[derive(Debug, Clone, Default)]
pub struct Seen(Arc<OnceLock<Recognised>>);

/// What a page's frame says about the one who looks.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// For the account menu.
    pub viewer: Viewer,
    /// IANA name of their zone.
    pub time_zone: String,
}

impl Seen {
    pub(super) fn get(&self) -> Option<&Recognised> {
        self.0.get()
    }
}

/// A person who is signed in, inside the tenant of the host.
#[derive(Debug)]
pub struct Caller {
    /// The tenant, entered as this person.
    pub tenant: Tenant,
    /// Their session.
    pub session: session::Facts,
    /// The instant of this request.
    pub now: Moment,
    asked: Asked,
}

/// An operator who is signed in.
#[derive(Debug)]
pub struct OperatorCaller {
    /// The operator's door.
    pub operator: Operator,
    /// The instant of this request.
    pub now: Moment,
    asked: Asked,
}

/// What a page needs of its request.
#[derive(Debug, Clone)]
struct Asked {
    app: Shared,
    placed: Placed,
    seen: Seen,
    headers: HeaderMap,
    path: String,
}

impl Asked {
    fn read(parts: &Parts) -> Option<Self> {
        Some(Self {
            app: parts.extensions.get::<Shared>()?.clone(),
            placed: parts.extensions.get::<Placed>()?.clone(),
            seen: parts.extensions.get::<Seen>()?.clone(),
            headers: parts.headers.clone(),
            path: parts.uri.path_and_query().map_or_else(String::new, ToString::to_string),
        })
    }

    fn page(&self) -> Page {
        Page::new(page::frame(&self.app, &self.placed, self.seen.get(), &self.headers, self.path.clone()))
    }
}

impl Caller {
    /// The page that this request asks for, with the numbers of its navigation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(&self) -> Result<Page, Failure> {
        let counts = self.asked.app.counts.navigation(&self.tenant, self.now).await?;
        Ok(self.asked.page().with_counts(counts))
    }

    /// Whether the caller holds `permission`.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] naming it.
    pub fn require(&self, permission: Permission) -> Result<(), Refusal> {
        self.tenant.require(permission)
    }

    /// Whether the tenant is one that the demo made.
    pub fn is_demo(&self) -> bool {
        self.asked.placed.front.as_ref().is_some_and(|front| front.demo)
    }

    /// The caller's network address.
    pub fn address(&self) -> String {
        self.asked.placed.address.to_string()
    }

    /// The database, to enter again as this caller.
    pub fn database(&self) -> Database {
        self.asked.app.database.clone()
    }

    /// The tenant entered again, to read what changed since.
    ///
    /// # Errors
    /// When the caller may not enter any more, or the database fails.
    pub async fn anew(&self) -> Result<Tenant, Failure> {
        self.asked.app.database.enter(&self.tenant.who().principal, self.tenant.id()).await
    }

    /// How agents reach this tenant.
    pub fn server(&self) -> app::enrolment::Server {
        let (placed, config) = (&self.asked.placed, &self.asked.app.config);
        app::enrolment::Server {
            address: placed.outside(config),
            insecure: placed.is_clear(config),
            version: env!("CARGO_PKG_VERSION").into(),
            packages: assets::agent_packages(config),
        }
    }

    /// This portal's address, as agents reach it.
    pub fn portal(&self) -> String {
        let scheme = if self.asked.app.config.is_https() { "https" } else { "http" };
        format!("{scheme}://{}{}", self.asked.placed.host, self.asked.placed.base)
    }

    /// The path `to` below this tenant's base.
    pub fn href(&self, to: &str) -> String {
        app::href(&self.asked.placed.base, to)
    }
}

impl OperatorCaller {
    /// The page that this request asks for.
    pub fn page(&self) -> Page {
        self.asked.page()
    }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Stop> {
        let asked = Asked::read(parts).ok_or(Stop::Problem(Problem::NotFound))?;
        let front = asked.placed.front.clone().ok_or(Stop::Problem(Problem::NotFound))?;
        let facts = signed_in(parts).await.filter(|_| front.state == TenantState::Active).ok_or_else(|| stranger(parts, &asked.placed))?;
        let entered = view::enter(&asked.app, parts, &asked.placed, front.tenant, &facts).await?;
        let tenant = entered.ok_or_else(|| stranger(parts, &asked.placed))?;
        let client = client_name(&tenant).await?;
        drop(asked.seen.0.set(recognised(&tenant, client, facts.view.map(|view| view.until))));
        Ok(Self { now: asked.app.clock.now(), tenant, session: facts, asked })
    }
}

impl FromRequestParts<Shared> for OperatorCaller {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Stop> {
        let asked = Asked::read(parts).ok_or(Stop::Problem(Problem::NotFound))?;
        let facts = signed_in(parts).await.filter(|_| asked.placed.front.is_none()).ok_or_else(|| stranger(parts, &asked.placed))?;
        let operator = match asked.app.database.operator(OperatorId(facts.owner)).await {
            Err(Failure::Refused(Refusal::NotFound)) => return Err(stranger(parts, &asked.placed)),
            entered => entered?,
        };
        let viewer = Viewer {
            name: operator.name.clone(),
            email: operator.email.clone(),
            audience: Audience::Operator,
            role: "operator".into(),
            scope: "all tenants".into(),
            client: None,
            may: &[],
            viewing: None,
        };
        drop(asked.seen.0.set(Recognised { viewer, time_zone: "UTC".into() }));
        Ok(Self { now: asked.app.clock.now(), operator, asked })
    }
}

async fn signed_in(parts: &Parts) -> Option<session::Facts> {
    session::facts(parts.extensions.get::<Session>()?).await
}

/// Somebody who is not signed in: a page sends them to the door, everything else says 401.
fn stranger(parts: &Parts, placed: &Placed) -> Stop {
    let wants_page = parts.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    let response: Response = if parts.method == Method::GET && wants_page {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let next = if path == "/" { String::new() } else { format!("?next={}", encode(path)) };
        Redirect::to(&app::href(&placed.base, &format!("/sign-in{next}"))).into_response()
    } else {
        (StatusCode::UNAUTHORIZED, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "Sign in first.").into_response()
    };
    Stop::Response(Box::new(response))
}

async fn client_name(tenant: &Tenant) -> Result<Option<String>, Failure> {
    let clients = if tenant.who().client().is_some() { tenant.clients().await? } else { Vec::new() };
    Ok(clients.into_iter().next().map(|client| client.name))
}

fn recognised(tenant: &Tenant, client: Option<String>, viewing: Option<Moment>) -> Recognised {
    let who = tenant.who();
    let staff = who.role.is_some_and(domain::people::Role::is_staff);
    let scope = match &who.scope {
        Scope::AllClients => "all clients".to_owned(),
        Scope::Clients(clients) if clients.len() == 1 => "1 client".to_owned(),
        Scope::Clients(clients) => format!("{} clients", clients.len()),
    };
    let viewer = Viewer {
        name: who.name.clone(),
        email: who.email.clone(),
        audience: if staff { Audience::Staff } else { Audience::Contact },
        role: who.role.map(|role| role.word().to_owned()).unwrap_or_default(),
        scope,
        client,
        may: who.role.map_or(&[], domain::people::Role::permissions),
        viewing,
    };
    Recognised { viewer, time_zone: who.time_zone.clone() }
}
