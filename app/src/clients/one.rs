//! One client's page: what needs attention, its sites, the devices seen last, its contacts and what changed.

use domain::{
    Moment,
    devices::query::Sort,
    ids::{ClientId, DeviceId, SiteId},
    people::Permission,
};
use leptos::prelude::*;

use super::{
    ClientRow,
    attention::Attention,
    side::{Changes, Contacts},
    sites::Sites,
};
use crate::{
    Frame,
    audit::{AuditTail, Tail},
    devices::{
        DeviceListRow, DeviceTable,
        detail::Change,
        parts::{counted, list_with},
    },
    layout::{link, may},
    render,
    ui::{At, Button, Confirm, Crumb, Crumbs, Empty, LinkButton, Look, PageHead, Section, Severity, SeverityMark},
};

/// One site in the list of a client's sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    /// Which.
    pub id: SiteId,
    /// Its name; untrusted text.
    pub name: String,
    /// Its devices in service.
    pub devices: u64,
    /// Those that are online.
    pub online: u64,
    /// Whether it is archived.
    pub archived: bool,
}

/// Somebody of the client who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// First and last name; untrusted text.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Their last sign-in; `None` is never.
    pub signed_in: Option<Moment>,
    /// Whether they may not sign in any more.
    pub disabled: bool,
}

/// Something that changed on one of the client's devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceChange {
    /// The device.
    pub device: DeviceId,
    /// Its name; untrusted text.
    pub hostname: String,
    /// What changed.
    pub change: Change,
}

/// The page `/clients/{client}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientPage {
    /// The client with its counts.
    pub client: ClientRow,
    /// Devices in service not seen for seven days or never.
    pub unseen: u64,
    /// When the counts were taken.
    pub counted_at: Moment,
    /// Its sites in name order, archived ones last.
    pub sites: Vec<SiteRow>,
    /// Its contacts in name order.
    pub contacts: Vec<Contact>,
    /// How many contacts there are.
    pub contacts_total: u64,
    /// What changed last, newest first.
    pub changes: Vec<DeviceChange>,
    /// Devices seen last.
    pub recent: Vec<DeviceListRow>,
    /// Approvals that wait for its people.
    pub approvals: Vec<crate::approvals::Line>,
    /// What people did to it; `None` for those who may not read the audit.
    pub acts: Option<AuditTail>,
}

impl ClientPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.client.name.clone();
        render(frame, &title, move || view! { <ClientView page=self/> })
    }
}

/// The address of a client's page, or of what is below it.
pub(super) fn at(id: ClientId, below: &str) -> String {
    link(&format!("/clients/{id}{below}"))
}

/// One client.
#[component]
pub fn ClientView(page: ClientPage) -> impl IntoView {
    let client = page.client.clone();
    let (id, name, archived) = (client.id, client.name.clone(), client.archived);
    let live = page.sites.iter().filter(|site| !site.archived).count() as u64;
    let note = format!("{} in service at {}", counted(client.devices, "device", "devices"), counted(live, "site", "sites"));
    let above = vec![Crumb { label: "Clients".into(), href: link("/clients") }];
    let recent =
        if client.devices == 0 { view! { <NoDevices/> }.into_any() } else { view! { <Recent id rows=page.recent devices=client.devices/> }.into_any() };
    let figures = (client.devices > 0).then(|| view! { <Attention client=client.clone() unseen=page.unseen at=page.counted_at/> });
    view! {
        <div class="device-crumbs"><Crumbs above here=name.clone()/></div>
        <PageHead title=name note><Acts client/></PageHead>
        {archived.map(|when| view! { <Archived when/> })}
        {figures}
        <div class="columns">
            <div>
                {(!page.approvals.is_empty()).then(|| view! { <Waiting rows=page.approvals.clone()/> })}
                <Sites client=id archived=archived.is_some() sites=page.sites/>
                {recent}
            </div>
            <aside aria-label="People and changes">
                <Contacts contacts=page.contacts total=page.contacts_total/>
                <Changes changes=page.changes/>
                {page.acts.map(|tail| view! { <Tail tail/> })}
            </aside>
        </div>
    }
}

#[component]
fn Acts(client: ClientRow) -> impl IntoView {
    let ClientRow { id, name, devices, archived, .. } = client;
    let all = (devices > 0)
        .then(|| view! { <LinkButton href=list_with(|query| query.client = Some(id)) look=Look::Quiet small=true icon="monitor">"Devices"</LinkButton> });
    let manage = may(Permission::ClientsManage).then(|| {
        let state = if archived.is_some() {
            view! { <form method="post" action=at(id, "/archival/removal")><Button small=true icon="archive-restore">"Restore"</Button></form> }.into_any()
        } else {
            view! { <Archive id name devices/> }.into_any()
        };
        view! {
            <LinkButton href=at(id, "/name") small=true icon="pencil">"Rename"</LinkButton>
            {state}
        }
    });
    let look = archived.is_none().then(|| view! { <form method="post" action=at(id, "/view")><Button small=true icon="eye">"View as client"</Button></form> });
    view! {
        {all}
        {look}
        {manage}
    }
}

/// Asks before the client is archived, or says why it cannot be.
#[component]
fn Archive(id: ClientId, name: String, devices: u64) -> impl IntoView {
    let body = if devices > 0 {
        let text = format!("It has {} in service. Retire them or move them to another client first.", counted(devices, "device", "devices"));
        view! {
            <p>{text}</p>
            <p class="confirm-more"><LinkButton href=list_with(|query| query.client = Some(id)) small=true>"Show them"</LinkButton></p>
        }
        .into_any()
    } else {
        view! {
            <p>"It leaves all lists, its contacts can no longer sign in, and its enrolment keys are revoked. Its history is kept, and restoring it brings client and contacts back."</p>
            <form method="post" action=at(id, "/archival")><Button look=Look::Danger small=true>{format!("Archive {name}")}</Button></form>
        }
        .into_any()
    };
    let title = if devices > 0 { "It cannot be archived yet".to_owned() } else { format!("Archive {name}?") };
    view! { <Confirm label="Archive" title icon="archive" danger=true>{body}</Confirm> }
}

#[component]
fn Waiting(rows: Vec<crate::approvals::Line>) -> impl IntoView {
    view! {
        <Section title="Waiting approvals" count=rows.len() as u64 more=("All approvals".to_owned(), link("/approvals"))>
            <crate::approvals::ApprovalList caption="Waiting approvals" rows/>
        </Section>
    }
}

#[component]
fn Archived(when: Moment) -> impl IntoView {
    view! {
        <div class="banner" role="note">
            <SeverityMark severity=Severity::Info word="Archived".to_owned()/>
            <p>"On " <At at=when/> ". It is in no list and no picker, and its contacts cannot sign in. Restore it to work with it again."</p>
        </div>
    }
}

#[component]
fn Recent(id: ClientId, rows: Vec<DeviceListRow>, devices: u64) -> impl IntoView {
    let all = list_with(|query| (query.client, query.sort, query.descending) = (Some(id), Sort::Seen, true));
    view! {
        <Section title="Seen last" more=(format!("All {}", counted(devices, "device", "devices")), all)>
            <DeviceTable caption="Devices seen last" rows show_client=false/>
        </Section>
    }
}

#[component]
fn NoDevices() -> impl IntoView {
    let may_enrol = may(Permission::EnrolmentManage);
    let text = if may_enrol { "Make an enrolment key for this client, then start the agent with it." } else { "A device appears here with its first report." };
    view! {
        <Section title="Devices">
            <Empty icon="monitor" title="No devices yet" text>
                {may_enrol.then(|| view! { <LinkButton href=link("/settings/enrolment") look=Look::Primary icon="plus">"Enrol devices"</LinkButton> })}
            </Empty>
        </Section>
    }
}
