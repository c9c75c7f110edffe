//! What stands beside a client's sites and devices: its contacts, and what changed last.

use leptos::prelude::*;

use super::{Contact, DeviceChange};
use crate::{
    devices::detail::changes::{KindIcon, Words},
    layout::link,
    ui::{At, Avatar, Badge, Section, When, thousands},
};

#[component]
pub(super) fn Contacts(contacts: Vec<Contact>, total: u64) -> impl IntoView {
    if contacts.is_empty() {
        let text = "Nobody of this client can sign in yet. People with the role contact appear here.";
        return view! { <Section title="Contacts" count=0><p class="soft section-words">{text}</p></Section> }.into_any();
    }
    let note = (contacts.len() as u64 != total).then(|| format!("{} shown", thousands(contacts.len() as u64)));
    view! {
        <Section title="Contacts" count=total note>
            <ul class="contacts">{contacts.into_iter().map(|contact| view! { <Line contact/> }).collect_view()}</ul>
        </Section>
    }
    .into_any()
}

#[component]
fn Line(contact: Contact) -> impl IntoView {
    let seen = match contact.signed_in {
        Some(at) => view! { <span class="soft">"signed in " <When at ago=true/></span> }.into_any(),
        None => view! { <span class="soft">"never signed in"</span> }.into_any(),
    };
    view! {
        <li>
            <Avatar name=contact.name.clone()/>
            <span class="contact-words">
                <span class="contact-name">{contact.name}{contact.disabled.then(|| view! { <span class="beside"><Badge>"Disabled"</Badge></span> })}</span>
                <span class="soft">{contact.email}</span>
                {seen}
            </span>
        </li>
    }
}

#[component]
pub(super) fn Changes(changes: Vec<DeviceChange>) -> impl IntoView {
    if changes.is_empty() {
        return view! { <Section title="Recent changes"><p class="soft section-words">"Nothing changed on its devices in the last 7 days."</p></Section> }
            .into_any();
    }
    let line = |found: DeviceChange| {
        view! {
            <li>
                <KindIcon kind=found.change.kind/>
                <span class="change-words">
                    <Words change=found.change.clone()/>
                    <span class="change-where"><a class="text-link" href=link(&format!("/devices/{}", found.device))>{found.hostname}</a> " " <At at=found.change.at/></span>
                </span>
            </li>
        }
    };
    view! {
        <Section title="Recent changes" note="on its devices, last 7 days".to_owned()>
            <ol class="client-changes">{changes.into_iter().map(line).collect_view()}</ol>
        </Section>
    }
    .into_any()
}
