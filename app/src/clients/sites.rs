//! The sites of one client, with their devices and what may be done with each.

use domain::{ids::ClientId, people::Permission};
use leptos::prelude::*;

use super::{SiteRow, one::at};
use crate::{
    devices::parts::{counted, list_with},
    layout::may,
    ui::{Badge, Bar, Button, Cell, Column, Confirm, Empty, Fill, Head, LinkButton, Look, Part, Row, RowLink, Rows, Section, Slot, Table, thousands},
};

#[component]
pub(super) fn Sites(client: ClientId, archived: bool, sites: Vec<SiteRow>) -> impl IntoView {
    let manage = may(Permission::ClientsManage);
    let live = sites.iter().filter(|site| !site.archived).count() as u64;
    let more = (manage && !archived).then(|| ("Add a site".to_owned(), at(client, "/sites/new")));
    if sites.is_empty() {
        let text = "A site is a place with devices: an office, a shop, a server room. Enrolment keys put devices there.";
        let add = (manage && !archived).then(|| view! { <LinkButton href=at(client, "/sites/new") icon="plus">"Add a site"</LinkButton> });
        return view! { <Section title="Sites" count=0><Empty icon="map-pin" title="No sites yet" text>{add}</Empty></Section> }.into_any();
    }
    let line = move |site: SiteRow| view! { <Line client site manage=manage && !archived/> };
    view! {
        <Section title="Sites" count=live more>
            <Table caption="Sites">
                <Head>
                    <Column label="Site"/>
                    <Column label="Online"/>
                    <Column label="Devices" number=true/>
                    {manage.then(|| view! { <Column label="Rename or archive" hidden=true/> })}
                </Head>
                <Rows>{sites.into_iter().map(line).collect_view()}</Rows>
            </Table>
        </Section>
    }
    .into_any()
}

#[component]
fn Line(client: ClientId, site: SiteRow, manage: bool) -> impl IntoView {
    let href = list_with(|query| (query.client, query.site) = (Some(client), Some(site.id)));
    let archived = site.archived.then(|| view! { <span class="beside"><Badge>"Archived"</Badge></span> });
    let (name, devices) = (site.name.clone(), thousands(site.devices));
    let health = if site.devices == 0 {
        view! { <span class="quiet">"No devices"</span> }.into_any()
    } else {
        let parts = vec![Part::new("online", site.online, Fill::Accent)];
        view! {
            <span class="health">
                <span class="health-bar"><Bar parts total=site.devices/></span>
                <span>{thousands(site.online)} <span class="quiet">" of " {devices.clone()}</span></span>
            </span>
        }
        .into_any()
    };
    view! {
        <Row>
            <Cell kind=Slot::Lead><RowLink href>{name}</RowLink>{archived}</Cell>
            <Cell kind=Slot::Sub>{health}</Cell>
            <Cell kind=Slot::Wide number=true>{devices}</Cell>
            {manage.then(|| view! { <Cell kind=Slot::Act><Acts client site/></Cell> })}
        </Row>
    }
}

#[component]
fn Acts(client: ClientId, site: SiteRow) -> impl IntoView {
    let below = format!("/sites/{}", site.id);
    if site.archived {
        let to = at(client, &format!("{below}/archival/removal"));
        return view! { <form method="post" action=to><Button small=true>"Restore"</Button></form> }.into_any();
    }
    let body = if site.devices > 0 {
        let text = format!("It has {} in service. Retire them or move them to another site first.", counted(site.devices, "device", "devices"));
        view! { <p>{text}</p> }.into_any()
    } else {
        let to = at(client, &format!("{below}/archival"));
        view! {
            <p>"It leaves the lists and pickers, and its enrolment keys are revoked. It can be restored."</p>
            <form method="post" action=to><Button look=Look::Danger small=true>{format!("Archive {}", site.name)}</Button></form>
        }
        .into_any()
    };
    let title = if site.devices > 0 { "It cannot be archived yet".to_owned() } else { format!("Archive {}?", site.name) };
    view! {
        <span class="row-acts">
            <LinkButton href=at(client, &format!("{below}/name")) small=true look=Look::Quiet>"Rename"</LinkButton>
            <Confirm label="Archive" title>{body}</Confirm>
        </span>
    }
    .into_any()
}
