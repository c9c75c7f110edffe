//! The mail that a demo caught, for operators.

use domain::{
    Moment,
    ids::{DeliveryId, TenantId},
};
use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{Cell, Column, Crumb, Crumbs, Empty, Fact, Facts, Head, PageHead, Row, RowLink, Rows, Section, Slot, Snippet, Stamp, Table},
};

/// A mail that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaughtLine {
    /// Whose.
    pub tenant: TenantId,
    /// Its name.
    pub tenant_name: String,
    /// Which.
    pub id: DeliveryId,
    /// When it would have left.
    pub at: Moment,
    /// To whom; untrusted text.
    pub recipient: String,
    /// Its subject; untrusted text.
    pub subject: String,
}

/// `/mail` at the platform's host of a demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPage {
    /// Newest first, over all tenants.
    pub mails: Vec<CaughtLine>,
}

/// `/mail/{tenant}/{delivery}` there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaughtPage {
    /// What the list says of it.
    pub line: CaughtLine,
    /// The name beside the sender's address.
    pub from_name: String,
    /// The plain text; untrusted.
    pub text: String,
    /// The HTML, which is shown as it is written and never as a page.
    pub html: Option<String>,
}

impl MailPage {
    /// Two mails of one tenant.
    pub fn sample() -> Self {
        let line = |n: u128, subject: &str| CaughtLine {
            tenant: TenantId(domain::ids::Uuid::from_u128(1)),
            tenant_name: "Northwind IT".into(),
            id: DeliveryId(domain::ids::Uuid::from_u128(n)),
            at: crate::layout::sample::NOW - domain::time::HOUR,
            recipient: "desk@northwind.example".into(),
            subject: subject.into(),
        };
        Self { mails: vec![line(1, "[high] Not seen on CST-LAP-4 (Castell Legal)"), line(2, "A test from Northwind IT")] }
    }
}

impl CaughtPage {
    /// A mail with HTML.
    pub fn sample() -> Self {
        let line = MailPage::sample().mails.remove(0);
        Self { line, from_name: "Northwind IT".into(), text: "An alert was raised.\n".into(), html: Some("<p>An alert was raised.</p>".into()) }
    }
}

/// The list.
#[component]
pub fn Mails(page: MailPage) -> impl IntoView {
    let body = if page.mails.is_empty() {
        let text = "This is a demo without a mail server: mail is kept here instead of being sent. Send a test from a channel of a tenant to see one.";
        view! { <div class="alone"><Empty icon="send" title="No mail yet" text/></div> }.into_any()
    } else {
        view! {
            <Table caption="Mail that was caught, newest first">
                <Head><Column label="Subject"/><Column label="To"/><Column label="Tenant"/><Column label="When" number=true/></Head>
                <Rows>{page.mails.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
            </Table>
        }
        .into_any()
    };
    view! {
        <PageHead title="Mail" note="Caught in this demo, and sent to nobody".to_owned()/>
        {body}
    }
}

#[component]
fn Line(line: CaughtLine) -> impl IntoView {
    view! {
        <Row>
            <Cell kind=Slot::Lead><RowLink href=link(&format!("/mail/{}/{}", line.tenant, line.id))>{line.subject}</RowLink></Cell>
            <Cell kind=Slot::Sub>{line.recipient}</Cell>
            <Cell>{line.tenant_name}</Cell>
            <Cell number=true><Stamp at=line.at/></Cell>
        </Row>
    }
}

/// One mail.
#[component]
pub fn Caught(page: CaughtPage) -> impl IntoView {
    let CaughtPage { line, from_name, text, html } = page;
    view! {
        <div class="device-crumbs"><Crumbs above=vec![Crumb { label: "Mail".into(), href: link("/mail") }] here=line.subject.clone()/></div>
        <PageHead title=line.subject/>
        <div class="columns">
            <div>
                <Section title="Text"><Snippet label="As plain text" text/></Section>
                {html.map(|html| view! { <Section title="HTML"><Snippet label="As it is written" text=html/></Section> })}
            </div>
            <aside aria-label="About this mail">
                <Section title="About it">
                    <Facts>
                        <Fact label="To">{line.recipient}</Fact>
                        <Fact label="From">{from_name}</Fact>
                        <Fact label="Tenant">{line.tenant_name}</Fact>
                        <Fact label="When"><Stamp at=line.at/></Fact>
                    </Facts>
                </Section>
            </aside>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, Frame, layout::proof, render};

    #[test]
    fn caught_mail_is_listed_and_read() {
        let html = render(Frame::sample_operator(), "Mail", || view! { <Mails page=MailPage::sample()/> });
        proof::sound(&html);
        assert_eq!(html.matches("class=\"row-link\"").count(), 2);
        assert!(render(Frame::sample_operator(), "Mail", || view! { <Mails page=MailPage { mails: vec![] }/> }).contains("No mail yet"));
        let html = render(Frame::sample_operator(), "Mail", || view! { <Caught page=CaughtPage::sample()/> });
        proof::sound(&html);
        assert!(html.contains("&lt;p&gt;An alert was raised."), "the HTML is shown as text");
    }

    #[test]
    fn hostile_text_stays_text() {
        let bad = || proof::HOSTILE.to_owned();
        let line = CaughtLine { tenant_name: bad(), recipient: bad(), subject: bad(), ..CaughtPage::sample().line };
        let page = CaughtPage { line: line.clone(), from_name: bad(), text: bad(), html: Some(bad()) };
        proof::sound(&render(proof::hostile_frame(Some(Audience::Operator)), "x", || view! { <Caught page/> }));
        proof::sound(&render(proof::hostile_frame(Some(Audience::Operator)), "x", || view! { <Mails page=MailPage { mails: vec![line] }/> }));
    }
}
