//! The form of one channel, its test, and the secret of a webhook, shown once.

use leptos::prelude::*;

use super::model::ChannelPage;
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Button, Checkbox, Choice, Confirm, Crumb, Crumbs, Field, Group, LinkButton, Look, Radios, Secret, Sheet, TextArea},
};

impl ChannelPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = if self.id.is_some() { self.name.clone() } else { "Add a channel".to_owned() };
        render(frame, &title.clone(), move || view! { <ChannelView page=self title/> })
    }

    fn path(&self) -> String {
        self.id.map_or_else(|| "/settings/channels".to_owned(), |id| format!("/settings/channels/{id}"))
    }
}

#[component]
fn ChannelView(page: ChannelPage, title: String) -> impl IntoView {
    let (to, known, hook) = (link(&page.path()), page.id.is_some(), page.kind == "webhook");
    let label = if known { "Save" } else { "Add the channel" };
    let revision = page.revision.clone();
    let rest = known.then(|| view! { <Rest to=to.clone() hook/> });
    view! {
        <Settings title=title.clone()/>
        <div class="settings-crumbs"><Crumbs above=vec![Crumb { label: "Channels".into(), href: link("/settings/channels") }] here=title/></div>
        <Sheet>
            <Group title="The way" note="Mail goes to each address. A webhook gets a signed POST of JSON.">
                <form method="post" action=to class="sheet-fields">
                    <input type="hidden" name="revision" value=revision/>
                    <Fields page/>
                    <div class="sheet-acts"><Button look=Look::Primary>{label}</Button></div>
                </form>
            </Group>
            {rest}
        </Sheet>
    }
}

#[component]
fn Fields(page: ChannelPage) -> impl IntoView {
    let ChannelPage { id, name, on, kind, to, url, faults, .. } = page;
    let choice = |value: &str, label: &str, hint: &'static str| (Choice { value: value.into(), label: label.into(), selected: kind == value }, hint);
    let kinds = vec![choice("email", "Mail", "To 1 to 20 addresses, who see each other."), choice("webhook", "Webhook", "To your chat, pager or own program.")];
    let way = match id {
        Some(_) => view! { <input type="hidden" name="kind" value=kind.clone()/> }.into_any(),
        None => view! { <Radios label="Way" name="kind" choices=kinds error=faults.of("kind")/> }.into_any(),
    };
    let mail = (id.is_none() || kind == "email").then(|| {
        view! { <TextArea label="Addresses" name="to" value=to rows=3 hint="For mail: one a line, or with commas between.".to_owned() error=faults.of("to")/> }
    });
    let hook = (id.is_none() || kind == "webhook").then(|| {
        view! { <Field label="Address" name="url" value=url hint="For a webhook: begins with https://".to_owned() error=faults.of("url") autocomplete="off"/> }
    });
    view! {
        <Field label="Name" name="name" value=name error=faults.of("name") required=true autocomplete="off"/>
        {way}
        {mail}
        {hook}
        <Checkbox label="Use this channel" name="on" checked=on/>
    }
}

/// What can be done with a channel that exists.
#[component]
fn Rest(to: String, hook: bool) -> impl IntoView {
    let (test, secret, removal) = (format!("{to}/test"), format!("{to}/secret"), format!("{to}/removal"));
    view! {
        <Group title="Try it" note="Sends a notice that says it is a test, and shows what became of it.">
            <form method="post" action=test><Button icon="send">"Send a test"</Button></form>
        </Group>
        {hook.then(|| view! {
            <Group title="Secret" note="Signs each post, so that the receiver knows it is from here. It was shown once and is not shown again.">
                <Confirm label="Make another secret" title="Make another secret?">
                    <p>"From now on posts are signed with the new one; the receiver refuses them until it knows it."</p>
                    <form method="post" action=secret><Button small=true>"Make it"</Button></form>
                </Confirm>
            </Group>
        })}
        <Group title="Remove" note="The log of deliveries stays.">
            <Confirm label="Remove" title="Remove this channel?" danger=true>
                <p>"Its routes are removed with it. Nobody is told through it any more."</p>
                <form method="post" action=removal><Button look=Look::Danger small=true>"Remove it"</Button></form>
            </Confirm>
        </Group>
    }
}

/// The secret of a webhook, shown once.
#[derive(Debug, Clone)]
pub struct SecretPage {
    /// The channel's name.
    pub name: String,
    /// The secret.
    pub secret: String,
    /// The path of the channel's page.
    pub next: String,
}

impl SecretPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("The secret of {}", self.name);
        render(frame, &title.clone(), move || {
            view! {
                <Settings title/>
                <Secret label="Copy this secret now; it is not shown again" value=self.secret>
                    "Each post carries portico-signature: HMAC-SHA256 under this secret over the id, a dot, the time, a dot and the body. Check it before you believe a post."
                </Secret>
                <p class="sheet-note"><LinkButton href=link(&self.next)>"Done"</LinkButton></p>
            }
        })
    }
}
