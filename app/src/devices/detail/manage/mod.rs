//! Where people change a device: what it is called, where it is, and whether it stays.

mod ends;
mod model;
mod renewal;
mod sample;

use domain::{
    devices::given,
    ids::{DeviceId, SiteId},
};
use leptos::prelude::*;

use self::ends::{Credentials, Deletion, Service};
pub use self::model::*;
use super::head::at;
use crate::{
    layout::link,
    ui::{Button, Choice, Field, Icon, Section, Select, TextArea},
};

/// The address of an act on a device.
fn act(id: DeviceId, act: &str) -> String {
    at(id, act)
}

#[component]
pub(super) fn ManageView(tab: ManageTab, name: String) -> impl IntoView {
    let id = tab.id;
    view! {
        <div class="columns columns-even manage">
            <div>
                <Name id hostname=tab.hostname name=tab.name/>
                <Whereabouts id places=tab.places site=tab.site/>
                <Tags id tags=tab.tags tag=tab.tag/>
                <Note id note=tab.note/>
            </div>
            <div>
                <Service id name=name.clone() retired=tab.retired/>
                <Credentials id name=name.clone() retired=tab.retired credential=tab.credential renewal=tab.renewal/>
                <Deletion id name goes=tab.goes/>
            </div>
        </div>
    }
}

#[component]
fn Name(id: DeviceId, hostname: String, name: Typed) -> impl IntoView {
    let hint = format!("It reports as {hostname}, which stays visible beside the name. Empty takes that name back.");
    view! {
        <Section title="Name">
            <form class="manage-form" method="post" action=act(id, "name")>
                <Field label="Name of this device" name="name" value=name.value hint error=name.error autocomplete="off"/>
                <div><Button>"Save name"</Button></div>
            </form>
        </Section>
    }
}

#[component]
fn Whereabouts(id: DeviceId, places: Vec<Place>, site: Typed) -> impl IntoView {
    let chosen: Option<SiteId> = site.value.parse().ok();
    let choice = move |place: Place| Choice {
        value: place.site.to_string(),
        label: format!("{} \u{203a} {}", place.names.0, place.names.1),
        selected: chosen == Some(place.site),
    };
    let hint = "Its history and inventory go with it; reports already counted stay with the client that sent them. No report moves it back.".to_owned();
    view! {
        <Section title="Client and site">
            <form class="manage-form" method="post" action=act(id, "site")>
                <Select label="Where it is" name="site" choices=places.into_iter().map(choice).collect() hint error=site.error/>
                <div><Button>"Move"</Button></div>
            </form>
        </Section>
    }
}

#[component]
fn Tags(id: DeviceId, tags: Vec<String>, tag: Typed) -> impl IntoView {
    let count = tags.len() as u64;
    let full = tags.len() >= given::TAGS;
    let none = tags.is_empty().then(|| view! { <p class="soft section-words">"No tags yet. A tag is a word to filter the device list by."</p> });
    view! {
        <Section title="Tags" count=Some(count).filter(|n| *n > 0)>
            {none}
            <ul class="tag-list">{tags.into_iter().map(|tag| view! { <Given id tag/> }).collect_view()}</ul>
            {if full && tag.error.is_none() {
                view! { <p class="soft section-words">"This is as many as a device may have."</p> }.into_any()
            } else {
                view! {
                    <form class="manage-form" method="post" action=act(id, "tags")>
                        <Field label="New tag" name="tag" value=tag.value hint="Up to 40 characters, kept in lower case.".to_owned() error=tag.error autocomplete="off"/>
                        <div><Button icon="tag">"Add tag"</Button></div>
                    </form>
                }
                .into_any()
            }}
        </Section>
    }
}

#[component]
fn Given(id: DeviceId, tag: String) -> impl IntoView {
    let label = format!("Remove the tag {tag}");
    view! {
        <li class="tag">
            <a href=link(&format!("/devices?tag={}", domain::devices::query::encode(&tag)))>{tag.clone()}</a>
            <form method="post" action=act(id, "tags/removal")>
                <button type="submit" name="tag" value=tag aria-label=label.clone() title=label><Icon name="x" class="icon-sm"/></button>
            </form>
        </li>
    }
}

#[component]
fn Note(id: DeviceId, note: Typed) -> impl IntoView {
    let hint = "Shown to staff on the summary; contacts do not see it. Up to 4,000 characters.".to_owned();
    view! {
        <Section title="Note">
            <form class="manage-form" method="post" action=act(id, "note")>
                <TextArea label="What staff should know" name="note" value=note.value rows=6 hint error=note.error/>
                <div><Button>"Save note"</Button></div>
            </form>
        </Section>
    }
}
