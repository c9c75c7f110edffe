//! One's own account: name, time zone, theme and password.

use leptos::prelude::*;

use crate::{
    Frame, Theme,
    layout::{link, place},
    people::Faults,
    render,
    ui::{Button, Choice, Field, Group, LinkButton, Look, PageHead, Select, Sheet},
};

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct AccountPage {
    /// The name, as it stands or as it was typed.
    pub name: String,
    /// The address one signs in with.
    pub email: String,
    /// The IANA name of the zone.
    pub time_zone: String,
    /// The zones to choose from.
    pub zones: Vec<String>,
    /// What is wrong.
    pub faults: Faults,
}

impl AccountPage {
    /// A refused change of password.
    pub fn sample() -> Self {
        Self {
            name: "Priya Raman".into(),
            email: "tech@northwind.example".into(),
            time_zone: "Europe/Oslo".into(),
            zones: vec!["Europe/London".into(), "Europe/Oslo".into()],
            faults: Faults(vec![domain::Fault::new("current", "is not your password")]),
        }
    }

    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let theme = frame.theme;
        render(frame, "Account", move || view! { <Account page=self theme/> })
    }
}

#[component]
fn Account(page: AccountPage, theme: Theme) -> impl IntoView {
    view! {
        <PageHead title="Account" note=page.email.clone()><LinkButton href=link("/account/sessions") icon="key-round">"My sessions"</LinkButton></PageHead>
        <Sheet>
            <Profile page=page.clone()/>
            <Appearance theme/>
            <Password page/>
        </Sheet>
    }
}

#[component]
fn Profile(page: AccountPage) -> impl IntoView {
    let zone = |zone: &String| Choice { value: zone.clone(), label: zone.replace('_', " "), selected: *zone == page.time_zone };
    let zones: Vec<Choice> = page.zones.iter().map(zone).collect();
    view! {
        <form method="post" action=link("/account/profile")>
            <Group title="You" note="The name others see, and the zone that times are shown in.">
                <Field label="Name" name="name" value=page.name.clone() error=page.faults.of("name") required=true autocomplete="name"/>
                <Select label="Time zone" name="time_zone" choices=zones error=page.faults.of("time_zone")/>
                <div class="sheet-acts"><Button look=Look::Primary>"Save"</Button></div>
            </Group>
        </form>
    }
}

#[component]
fn Appearance(theme: Theme) -> impl IntoView {
    let label = |one: Theme| match one {
        Theme::System => "As this machine",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    };
    let choice = |one: Theme| Choice { value: one.word().into(), label: label(one).into(), selected: one == theme };
    let choices = Theme::ALL.map(choice).to_vec();
    view! {
        <form method="post" action=link("/account/theme")>
            <input type="hidden" name="next" value=place::place().path/>
            <Group title="Look" note="Of this browser.">
                <Select label="Theme" name="value" choices/>
                <div class="sheet-acts"><Button>"Use it"</Button></div>
            </Group>
        </form>
    }
}

#[component]
fn Password(page: AccountPage) -> impl IntoView {
    view! {
        <form method="post" action=link("/account/password")>
            <Group title="Password" note="All your other sessions end when you change it.">
                <input type="hidden" name="username" value=page.email autocomplete="username"/>
                <Field label="Password now" name="current" kind="password" autocomplete="current-password" required=true error=page.faults.of("current")/>
                <Field
                    label="New password" name="password" kind="password" autocomplete="new-password" required=true
                    hint="At least 12 characters; a few words do well.".to_owned() error=page.faults.of("password")
                />
                <Field label="The new one again" name="again" kind="password" autocomplete="new-password" required=true error=page.faults.of("again")/>
                <div class="sheet-acts"><Button look=Look::Primary>"Change the password"</Button></div>
            </Group>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, layout::proof};

    #[test]
    fn a_refused_password_says_which_field() {
        for frame in [Frame::sample(), Frame::sample_contact()] {
            let html = AccountPage::sample().render(frame);
            proof::sound(&html);
            assert!(html.contains("Is not your password.") && html.contains("Europe/Oslo") && !html.contains("value=\"portico"));
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let bad = || proof::HOSTILE.to_owned();
        let page = AccountPage { name: bad(), email: bad(), time_zone: bad(), zones: vec![bad()], ..AccountPage::sample() };
        for audience in [Audience::Staff, Audience::Contact] {
            proof::sound(&page.clone().render(proof::hostile_frame(Some(audience))));
        }
    }
}
