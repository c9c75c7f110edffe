//! The form that makes a tenant, and the page that shows its owner's link once.

use leptos::prelude::*;

use crate::{
    Frame,
    layout::link,
    people::Faults,
    render,
    ui::{Button, Crumb, Crumbs, Field, Group, LinkButton, Look, PageHead, Secret, Sheet},
};

/// The form, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct NewTenantPage {
    /// The MSP's name.
    pub name: String,
    /// Its label.
    pub slug: String,
    /// Its host.
    pub host: String,
    /// The owner's name.
    pub owner_name: String,
    /// The owner's e-mail.
    pub owner: String,
    /// What is wrong.
    pub faults: Faults,
}

impl NewTenantPage {
    /// A refused try.
    pub fn sample() -> Self {
        let own = str::to_owned;
        let faults = Faults(vec![domain::Fault::new("slug", "belongs to another tenant already")]);
        Self { name: own("Larch & Sons"), slug: own("larch"), owner_name: own("Ann Larch"), owner: own("ann@larch.example"), host: String::new(), faults }
    }

    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "New tenant", move || view! { <Form page=self/> })
    }

    /// The document that shows the owner's link, once.
    pub fn render_link(frame: Frame, name: String, url: String) -> String {
        render(frame, "New tenant", move || view! { <Made name url/> })
    }
}

#[component]
fn Above() -> impl IntoView {
    view! { <Crumbs above=vec![Crumb { label: "Tenants".into(), href: link("/") }] here="New tenant"/> }
}

#[component]
fn Form(page: NewTenantPage) -> impl IntoView {
    let NewTenantPage { name, slug, host, owner_name, owner, faults } = page;
    let (no_name, no_slug, no_host) = (faults.of("name"), faults.of("slug"), faults.of("host"));
    let hint = "In host names and paths: a-z, 0-9 and hyphens.".to_owned();
    view! {
        <Above/>
        <PageHead title="New tenant"/>
        <form method="post" action=link("/tenants")>
            <Sheet>
                <Group title="The MSP" note="It sets its own brand later.">
                    <Field label="Name" name="name" value=name error=no_name required=true autocomplete="off"/>
                    <Field label="Slug" name="slug" value=slug hint error=no_slug required=true autocomplete="off"/>
                    <Field label="Host" name="host" value=host hint="Left empty: the slug below localhost.".to_owned() error=no_host autocomplete="off"/>
                </Group>
                <Group title="The owner" note="Gets a link that works once, for three days, and sets a password with it.">
                    <Field label="Name" name="owner_name" value=owner_name error=faults.of("owner_name") autocomplete="off"/>
                    <Field label="E-mail" name="owner" kind="email" value=owner error=faults.of("owner") required=true autocomplete="off"/>
                    <div class="sheet-acts"><Button look=Look::Primary>"Make the tenant"</Button></div>
                </Group>
            </Sheet>
        </form>
    }
}

#[component]
fn Made(name: String, url: String) -> impl IntoView {
    view! {
        <Above/>
        <PageHead title=format!("{name} is made")/>
        <Secret label="Copy the owner's link now; it is not shown again" value=url>
            "Send it to the owner and to nobody else: whoever opens it owns the tenant. It works once, for three days."
        </Secret>
        <p class="sheet-note"><LinkButton href=link("/")>"Done"</LinkButton></p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, layout::proof};

    #[test]
    fn a_refused_tenant_keeps_what_was_typed() {
        let html = NewTenantPage::sample().render(Frame::sample_operator());
        proof::sound(&html);
        assert!(html.contains("Belongs to another tenant already.") && html.contains("value=\"larch\""));
        let html = NewTenantPage::render_link(Frame::sample_operator(), "Larch".into(), "http://larch.localhost/welcome/ptl_1".into());
        proof::sound(&html);
        assert!(html.contains("/welcome/ptl_1"));
    }

    #[test]
    fn hostile_text_stays_text() {
        let bad = || proof::HOSTILE.to_owned();
        let page = NewTenantPage { name: bad(), slug: bad(), host: bad(), owner_name: bad(), owner: bad(), ..NewTenantPage::sample() };
        proof::sound(&page.render(proof::hostile_frame(Some(Audience::Operator))));
        proof::sound(&NewTenantPage::render_link(proof::hostile_frame(Some(Audience::Operator)), bad(), bad()));
    }
}
