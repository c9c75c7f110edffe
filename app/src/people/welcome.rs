//! The page behind a one-time link: somebody sets their password and is in.

use leptos::prelude::*;

use super::model::Faults;
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Field, Icon, Look},
};

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct WelcomePage {
    /// The link's secret.
    pub token: String,
    /// The person's name.
    pub name: String,
    /// The address they will sign in with.
    pub email: String,
    /// The portal's name.
    pub portal: String,
    /// What is wrong.
    pub faults: Faults,
}

impl WelcomePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Welcome", move || view! { <Welcome page=Some(self)/> })
    }

    /// The document for a link that does not work.
    pub fn render_dead(frame: Frame) -> String {
        render(frame, "This link does not work", || view! { <Welcome page=None/> })
    }
}

/// The form, or what to do when the link does not work.
#[component]
pub fn Welcome(page: Option<WelcomePage>) -> impl IntoView {
    let Some(page) = page else {
        return view! {
            <div class="door-form">
                <h1>"This link does not work"</h1>
                <p class="door-note" role="status"><Icon name="info"/><span>"A link works once and for three days. Ask whoever sent it for a new one."</span></p>
                <p class="door-help"><a class="text-link" href=link("/sign-in")>"Sign in"</a>" if you have a password already."</p>
            </div>
        }
        .into_any();
    };
    view! {
        <div class="door-form">
            <h1>{format!("Welcome, {}", page.name)}</h1>
            <p class="door-help">{format!("Set a password for {}. You will sign in with {}.", page.portal, page.email)}</p>
            <form method="post" action=link(&format!("/welcome/{}", page.token))>
                <input type="hidden" name="username" value=page.email autocomplete="username"/>
                <Field
                    label="Password" name="password" kind="password" autocomplete="new-password" required=true autofocus=true
                    hint="At least 12 characters; a few words do well.".to_owned() error=page.faults.of("password")
                />
                <Field label="The same again" name="again" kind="password" autocomplete="new-password" required=true error=page.faults.of("again")/>
                <Button look=Look::Primary>"Set the password and sign in"</Button>
            </form>
        </div>
    }
    .into_any()
}
