//! The tenants of the platform: hosts, devices, last contact, and the button that suspends one.

use domain::{Moment, devices::query::encode, ids::TenantId, tenants::TenantState, time::MINUTE};
use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{Button, Cell, Column, Confirm, Empty, Head, LinkButton, Look, Outcome, OutcomeMark, PageHead, Row, Rows, Search, Slot, Table, When, thousands},
};

/// One tenant.
#[derive(Debug, Clone)]
pub struct TenantLine {
    /// Which.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// Its label in hosts and paths.
    pub slug: String,
    /// The hosts it answers on.
    pub hosts: Vec<String>,
    /// How many devices it has, without retired ones.
    pub devices: u64,
    /// When any of them last reported.
    pub contact: Option<Moment>,
    /// Whether it is served.
    pub state: TenantState,
}

/// What the page shows, by name.
#[derive(Debug, Clone)]
pub struct TenantsPage {
    /// A page of tenants.
    pub tenants: Vec<TenantLine>,
    /// How many there are in all.
    pub total: u64,
    /// What was searched for.
    pub q: String,
    /// The slug that the next page begins after.
    pub older: Option<String>,
    /// Whether this is a demo, which catches mail.
    pub demo: bool,
}

impl TenantsPage {
    /// Two that are served and one that is not.
    pub fn sample() -> Self {
        let now = crate::layout::sample::NOW;
        let line = |n: u128, name: &str, slug: &str, devices: u64, contact: Option<Moment>, state| TenantLine {
            id: TenantId(domain::ids::Uuid::from_u128(n)),
            name: name.into(),
            slug: slug.into(),
            hosts: vec![format!("{slug}.localhost:3000")],
            devices,
            contact,
            state,
        };
        Self {
            tenants: vec![
                line(1, "Bluefin Managed", "bluefin", 304, Some(now - 21_000), TenantState::Active),
                line(2, "Larch & Sons", "larch", 0, None, TenantState::Suspended),
                line(3, "Northwind IT", "northwind", 1_214, Some(now - 4 * MINUTE), TenantState::Active),
            ],
            total: 3,
            q: String::new(),
            older: None,
            demo: true,
        }
    }
}

/// The list.
#[component]
pub fn Tenants(page: TenantsPage) -> impl IntoView {
    let note = if page.q.is_empty() { format!("{} in all", thousands(page.total)) } else { format!("{} match", thousands(page.total)) };
    let older = page.older.as_ref().map(|after| link(&format!("/?q={}&after={}", encode(&page.q), encode(after))));
    let list = match (page.tenants.is_empty(), page.q.is_empty()) {
        (false, _) => view! { <List tenants=page.tenants/> }.into_any(),
        (true, true) => {
            view! { <Empty icon="building-2" title="No tenants yet" text="A tenant is one MSP, with its own people, clients and devices."/> }.into_any()
        }
        (true, false) => view! { <Empty icon="search" title="No tenant matches" text="None has that in its name."/> }.into_any(),
    };
    view! {
        <PageHead title="Tenants" note>
            {page.demo.then(|| view! { <LinkButton href=link("/mail") icon="send">"Mail"</LinkButton> })}
            <LinkButton href=link("/tenants/new") look=Look::Primary icon="plus">"New tenant"</LinkButton>
        </PageHead>
        <div class="filter-bar">
            <form class="filters" method="get" action=link("/") role="search">
                <Search label="Search tenants" id="tenant-search" value=page.q placeholder="Name"/>
                <Button>"Search"</Button>
            </form>
        </div>
        {list}
        {older.map(|href| view! { <div class="pager"><nav class="pager-links" aria-label="Pages"><LinkButton href small=true>"Next page"</LinkButton></nav></div> })}
    }
}

#[component]
fn List(tenants: Vec<TenantLine>) -> impl IntoView {
    view! {
        <Table caption="Tenants">
            <Head>
                <Column label="Tenant"/>
                <Column label="Hosts"/>
                <Column label="State"/>
                <Column label="Devices" number=true/>
                <Column label="Last contact" number=true/>
                <Column label="Suspend or serve" hidden=true/>
            </Head>
            <Rows>{tenants.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Line(line: TenantLine) -> impl IntoView {
    let (outcome, word) = match line.state {
        TenantState::Active => (Outcome::Passed, "Served"),
        TenantState::Suspended => (Outcome::Skipped, "Suspended"),
    };
    let contact = match line.contact {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { <span class="quiet">"never"</span> }.into_any(),
    };
    let (name, slug, hosts) = (line.name.clone(), line.slug.clone(), line.hosts.join(", "));
    let devices = thousands(line.devices);
    view! {
        <Row>
            <Cell kind=Slot::Lead>{name} <span class="beside quiet">{slug}</span></Cell>
            <Cell kind=Slot::Sub>{hosts}</Cell>
            <Cell><OutcomeMark outcome word/></Cell>
            <Cell kind=Slot::Figure label="devices">{devices}</Cell>
            <Cell number=true>{contact}</Cell>
            <Cell kind=Slot::Act><Change line/></Cell>
        </Row>
    }
}

#[component]
fn Change(line: TenantLine) -> impl IntoView {
    let to = link(&format!("/tenants/{}/suspension", line.id));
    match line.state {
        TenantState::Active => view! {
            <Confirm label="Suspend" title=format!("Suspend {}?", line.name) danger=true>
                <p>{format!("Its people are signed out and its {} devices are told to wait. Nothing is deleted, and serving it again restores everything.", thousands(line.devices))}</p>
                <form method="post" action=to><Button look=Look::Danger small=true>{format!("Suspend {}", line.name)}</Button></form>
            </Confirm>
        }
        .into_any(),
        TenantState::Suspended => view! { <form method="post" action=format!("{to}/removal")><Button small=true>"Serve again"</Button></form> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, Frame, layout::proof, render};

    #[test]
    fn a_served_tenant_can_be_suspended_after_a_question() {
        let html = render(Frame::sample_operator(), "Tenants", || view! { <Tenants page=TenantsPage::sample()/> });
        proof::sound(&html);
        assert!(html.contains("3 in all") && html.contains("Suspend Northwind IT?"));
        assert_eq!(html.matches("/suspension\"").count(), 2);
        assert_eq!(html.matches("/suspension/removal\"").count(), 1);
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut page = TenantsPage::sample();
        page.tenants
            .iter_mut()
            .for_each(|line| (line.name, line.slug, line.hosts) = (proof::HOSTILE.into(), proof::HOSTILE.into(), vec![proof::HOSTILE.into()]));
        proof::sound(&render(proof::hostile_frame(Some(Audience::Operator)), "x", || view! { <Tenants page/> }));
    }
}
