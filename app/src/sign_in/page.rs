//! The sign-in page.

use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{Button, Code, Field, Icon, Look},
};

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct SignInPage {
    /// What was typed before.
    pub email: String,
    /// Where to go afterwards.
    pub next: String,
    /// Why it did not work.
    pub fault: Option<String>,
    /// What happened before: `You signed out.`
    pub notice: Option<String>,
    /// Names and addresses of the portals of a demo install, on the platform's host only.
    pub portals: Vec<(String, String)>,
    /// Who may sign in here with the demo password: persona and e-mail.
    pub hints: Vec<(String, String)>,
    /// The password of the people in `hints`.
    pub hint_password: Option<String>,
}

impl SignInPage {
    /// A refused attempt in a demo install.
    pub fn sample() -> Self {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        Self {
            email: "ingrid.voss@halden-voss.example".into(),
            next: "/devices".into(),
            fault: Some("The e-mail and the password do not match. Check both and try again.".into()),
            notice: None,
            portals: Vec::new(),
            hints: vec![pair("Owner", "owner@northwind.example"), pair("Technician", "tech@northwind.example"), pair("Contact", "contact@halden-voss.example")],
            hint_password: Some("portico-demo".into()),
        }
    }

    /// The platform's own host in a demo install.
    pub fn sample_platform() -> Self {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        Self {
            portals: vec![pair("Northwind IT", "http://northwind.localhost:3000"), pair("Bluefin Managed", "http://bluefin.localhost:3000")],
            hints: vec![pair("Operator", "operator@platform.example")],
            ..Self { email: String::new(), fault: None, ..Self::sample() }
        }
    }
}

/// The form, with whom to ask when it does not open.
#[component]
pub fn SignIn(page: SignInPage, #[prop(default = None, into)] phone: Option<String>) -> impl IntoView {
    let typed = !page.email.is_empty();
    let help = match phone {
        Some(phone) => format!("Forgot your password? Call {phone} for a link that sets a new one. Nobody will ask for the old one."),
        None => "Forgot your password? Ask whoever gave you the account for a link that sets a new one. Nobody will ask for the old one.".to_owned(),
    };
    view! {
        <div class="door-form">
            <h1>"Sign in"</h1>
            {page.notice.map(|text| view! { <p class="door-note" role="status"><Icon name="info"/><span>{text}</span></p> })}
            {page.fault.map(|text| view! { <p class="door-note door-fault" role="alert"><Icon name="circle-alert"/><span>{text}</span></p> })}
            <form method="post" action=link("/sign-in")>
                <input type="hidden" name="next" value=page.next/>
                <Field label="E-mail" name="email" kind="email" value=page.email autocomplete="username" required=true autofocus=!typed/>
                <Field label="Password" name="password" kind="password" autocomplete="current-password" required=true autofocus=typed/>
                <Button look=Look::Primary>"Sign in"</Button>
            </form>
            <p class="door-help">{help}</p>
            <Portals portals=page.portals/>
            <Hints hints=page.hints password=page.hint_password/>
        </div>
    }
}

#[component]
fn Portals(portals: Vec<(String, String)>) -> impl IntoView {
    let portal = |(name, url): (String, String)| view! { <a class="door-portal" href=url><span>{name}</span><Icon name="arrow-right"/></a> };
    (!portals.is_empty()).then(|| {
        view! {
            <section class="door-portals">
                <h2>"Demo portals"</h2>
                {portals.into_iter().map(portal).collect_view()}
            </section>
        }
    })
}

#[component]
fn Hints(hints: Vec<(String, String)>, password: Option<String>) -> impl IntoView {
    let hint = |(who, email): (String, String)| view! { <li><span>{who}</span><Code>{email}</Code></li> };
    (!hints.is_empty()).then(|| {
        view! {
            <section class="door-portals">
                <h2>"Demo sign-ins"</h2>
                <ul class="door-hint">{hints.into_iter().map(hint).collect_view()}</ul>
                {password.map(|text| view! { <p class="door-hint">"Password " <Code>{text}</Code></p> })}
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Frame, layout::proof, render};

    #[test]
    fn keeps_the_address_and_says_what_is_wrong() {
        let html = render(Frame::sample_signed_out(), "Sign in", || view! { <SignIn page=SignInPage::sample()/> });
        proof::sound(&html);
        assert!(html.contains("<title>Sign in - Northwind IT</title>"));
        assert!(html.contains(r#"value="ingrid.voss@halden-voss.example""#));
        assert!(html.contains(r#"role="alert""#) && html.contains("do not match"));
    }

    #[test]
    fn hostile_text_stays_text() {
        let hostile = || proof::HOSTILE.to_owned();
        let page = SignInPage {
            email: hostile(),
            next: hostile(),
            fault: Some(hostile()),
            notice: Some(hostile()),
            portals: vec![(hostile(), hostile())],
            hints: vec![(hostile(), hostile())],
            hint_password: Some(hostile()),
        };
        proof::sound(&render(proof::hostile_frame(None), proof::HOSTILE, || view! { <SignIn page phone=hostile()/> }));
    }
}
