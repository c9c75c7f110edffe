//! Who asks, before and after the door.

use std::collections::BTreeSet;

use domain::{
    Refusal,
    ids::{AgentKeyId, ClientId, DeviceId, EnrolmentKeyId, PersonId},
    people::{Permission, Role, Scope},
};

/// Who wants to enter a tenant. Knowing an id is not enough: the door reads what it may do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principal {
    /// Somebody with a session.
    Person(PersonId),
    /// Somebody of the MSP who looks at the portal as a client's people see it, and changes nothing.
    View(PersonId, ClientId),
    /// A device's own agent, whose signature was checked.
    Agent(AgentKeyId),
    /// A program that presented an enrolment key.
    Enrolment(EnrolmentKeyId),
    /// Work of the platform itself, by the job's name.
    Job(&'static str),
}

/// Who entered, as the audit and pages name them.
#[derive(Debug, Clone)]
pub struct Who {
    /// What they are here.
    pub principal: Principal,
    /// The name people see.
    pub name: String,
    /// The address they sign in with; empty for programs.
    pub email: String,
    /// Their IANA time zone; empty for programs.
    pub time_zone: String,
    /// Their role; programs have none.
    pub role: Option<Role>,
    /// The clients they may reach.
    pub scope: Scope,
    /// The one device they may be; only agents.
    pub(crate) device: Option<DeviceId>,
}

impl Principal {
    /// Who answers for what is read: in a view, the person who looks.
    pub const fn behind(self) -> Self {
        match self {
            Self::View(person, _) => Self::Person(person),
            other => other,
        }
    }
}

impl Who {
    /// Whether the role holds `permission`. A view is no contact's account, so it has none to manage.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] with the permission's word.
    pub fn require(&self, permission: Permission) -> Result<(), Refusal> {
        let own = permission == Permission::Account && self.is_view();
        let held = !own && self.role.is_some_and(|role| role.holds(permission));
        if held { Ok(()) } else { Err(Refusal::Forbidden(permission.word())) }
    }

    /// Whether this is somebody of the MSP who looks at a client's portal.
    pub const fn is_view(&self) -> bool {
        matches!(self.principal, Principal::View(..))
    }

    /// The client of a contact.
    pub fn client(&self) -> Option<ClientId> {
        match (&self.role, &self.scope) {
            (Some(Role::Contact), Scope::Clients(clients)) => clients.first().copied(),
            _ => None,
        }
    }

    /// Whether rows that belong to no client are out of reach.
    pub(crate) fn is_outside(&self) -> bool {
        !matches!(self.principal, Principal::Job(_)) && !self.role.is_some_and(Role::is_staff)
    }

    /// The clients to filter by; `None` is every client.
    pub(crate) fn clients(&self) -> Option<&BTreeSet<ClientId>> {
        match &self.scope {
            Scope::AllClients => None,
            Scope::Clients(clients) => Some(clients),
        }
    }

    /// The word for the audit.
    pub const fn kind(&self) -> &'static str {
        match self.principal {
            Principal::Person(_) | Principal::View(..) => "person",
            Principal::Agent(_) => "agent",
            Principal::Enrolment(_) => "enrolment key",
            Principal::Job(_) => "job",
        }
    }
}
