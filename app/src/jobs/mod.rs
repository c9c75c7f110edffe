//! Jobs that failed too often, for operators.

use domain::{
    Moment,
    ids::{TenantId, Uuid},
};
use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{At, Button, Cell, Column, Confirm, Empty, Head, Look, PageHead, Row, Rows, Section, Slot, Table, thousands},
};

/// A job that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedLine {
    /// Which.
    pub id: Uuid,
    /// What kind of work.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// How often it was begun.
    pub tried: i32,
    /// What went wrong last; untrusted text.
    pub error: String,
    /// When it was asked for.
    pub created_at: Moment,
}

/// A tenant with parked jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedOf {
    /// Which.
    pub tenant: TenantId,
    /// Its name.
    pub name: String,
    /// How many it has; the lines are the first of them.
    pub count: u64,
    /// Oldest first.
    pub jobs: Vec<ParkedLine>,
}

/// `/jobs` at the platform's host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobsPage {
    /// Tenants with parked jobs.
    pub tenants: Vec<ParkedOf>,
}

impl JobsPage {
    /// One tenant with two.
    pub fn sample() -> Self {
        let now = crate::layout::sample::NOW;
        let line = |n: u128, kind: &str, error: &str| ParkedLine {
            id: Uuid::from_u128(n),
            kind: kind.into(),
            subject: "cmd_01a1ffec8d6777ba852c0ae570acf6ba".into(),
            tried: 8,
            error: error.into(),
            created_at: now - 3 * domain::time::HOUR,
        };
        let jobs = vec![line(1, "command ends", "it was begun 8 times and never ended"), line(2, "snooze ends", "it took longer than 60 seconds")];
        Self { tenants: vec![ParkedOf { tenant: TenantId(Uuid::from_u128(1)), name: "Northwind IT".into(), count: 2, jobs }] }
    }
}

/// The parked jobs of each tenant.
#[component]
pub fn Jobs(page: JobsPage) -> impl IntoView {
    let count: u64 = page.tenants.iter().map(|tenant| tenant.count).sum();
    let body = if page.tenants.is_empty() {
        let text = "A job that fails eight times in a row is parked here, with what went wrong, until somebody tries it again or drops it.";
        view! { <div class="alone"><Empty icon="check" title="No job is parked" text/></div> }.into_any()
    } else {
        page.tenants.into_iter().map(|of| view! { <Of of/> }).collect_view().into_any()
    };
    view! {
        <PageHead title="Jobs" note=format!("{} parked", thousands(count))/>
        {body}
    }
}

#[component]
fn Of(of: ParkedOf) -> impl IntoView {
    let tenant = of.tenant;
    view! {
        <Section title=of.name count=Some(of.count)>
            <Table caption="Parked jobs">
                <Head>
                    <Column label="Job"/>
                    <Column label="About"/>
                    <Column label="What went wrong"/>
                    <Column label="Tries" number=true/>
                    <Column label="Asked for"/>
                    <Column label="Decide" hidden=true/>
                </Head>
                <Rows>{of.jobs.into_iter().map(|line| view! { <Line tenant line/> }).collect_view()}</Rows>
            </Table>
        </Section>
    }
}

#[component]
fn Line(tenant: TenantId, line: ParkedLine) -> impl IntoView {
    let to = |act: &str| link(&format!("/jobs/{tenant}/{}/{act}", line.id.simple()));
    let (retry, removal) = (to("retry"), to("removal"));
    view! {
        <Row>
            <Cell kind=Slot::Lead>{line.kind}</Cell>
            <Cell><span class="code">{line.subject}</span></Cell>
            <Cell kind=Slot::Sub>{line.error}</Cell>
            <Cell number=true>{line.tried}</Cell>
            <Cell><At at=line.created_at/></Cell>
            <Cell kind=Slot::Act>
                <form method="post" action=retry><Button small=true icon="rotate-cw">"Try again"</Button></form>
                <Confirm label="Drop" title="Drop this job?" danger=true>
                    <p>"What it was for is not done. The tenant's audit keeps that it was dropped."</p>
                    <form method="post" action=removal><Button look=Look::Danger small=true>"Drop it"</Button></form>
                </Confirm>
            </Cell>
        </Row>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, Frame, layout::proof, render};

    #[test]
    fn each_parked_job_can_be_tried_again_or_dropped() {
        let html = render(Frame::sample_operator(), "Jobs", || view! { <Jobs page=JobsPage::sample()/> });
        proof::sound(&html);
        assert!(html.contains("2 parked") && html.contains("never ended"));
        assert_eq!((html.matches("/retry\"").count(), html.matches("/removal\"").count()), (2, 2));
        assert!(render(Frame::sample_operator(), "Jobs", || view! { <Jobs page=JobsPage { tenants: vec![] }/> }).contains("No job is parked"));
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut page = JobsPage::sample();
        let bad = || proof::HOSTILE.to_owned();
        page.tenants[0].name = bad();
        page.tenants[0].jobs.iter_mut().for_each(|line| (line.kind, line.subject, line.error) = (bad(), bad(), bad()));
        proof::sound(&render(proof::hostile_frame(Some(Audience::Operator)), "x", || view! { <Jobs page/> }));
    }
}
