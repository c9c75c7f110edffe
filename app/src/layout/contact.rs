//! The shell of contacts: the MSP's brand and a few words on top, air, and a foot that says who cares for the systems. Who only looks
//! is told so above.

use leptos::prelude::*;

use super::{
    account::TopPerson,
    frame::{Audience, Counts, Frame},
    logo::Logo,
    navigation::{SideLinks, TopLinks, entries},
    place::link,
    theme::ThemeSwitch,
    viewing::Viewing,
};
use crate::ui::{Icon, Toast};

/// Top navigation, `body`, foot.
#[component]
pub fn ContactShell(frame: Frame, body: AnyView) -> impl IntoView {
    let toast = frame.toast.clone().map(|text| view! { <Toast text/> });
    view! {
        <div class="contact contact-main">
            {frame.viewer.clone().map(|viewer| view! { <Viewing viewer/> })}
            <Bar frame=frame.clone()/>
            <main id="content" class="contact-width" tabindex="-1">{body}</main>
            <Foot frame/>
        </div>
        {toast}
    }
}

#[component]
fn Bar(frame: Frame) -> impl IntoView {
    let looks = frame.viewer.as_ref().is_some_and(|viewer| viewer.viewing.is_some());
    let links = || entries(Audience::Contact, Counts::default());
    view! {
        <header class="contact-bar">
            <div class="contact-width contact-row">
                <button type="button" class="round narrow-only" popovertarget="navigation" aria-label="Open the navigation"><Icon name="menu" class="icon-lg"/></button>
                <a class="logo-link" href=link("/")><Logo brand=frame.brand.clone()/></a>
                <nav class="contact-links wide-only" aria-label="Main"><TopLinks entries=links()/></nav>
                {(!looks).then(|| view! { <ThemeSwitch theme=frame.theme/> })}
                {frame.viewer.clone().map(|viewer| view! { <TopPerson viewer/> })}
            </div>
            <nav id="navigation" class="side narrow-only" popover="auto" aria-label="Main">
                <div class="side-head"><a href=link("/")><Logo brand=frame.brand/></a></div>
                <div class="side-groups"><SideLinks entries=links()/></div>
            </nav>
        </header>
    }
}

#[component]
fn Foot(frame: Frame) -> impl IntoView {
    let client = frame.viewer.and_then(|viewer| viewer.client);
    view! {
        <footer class="contact-width contact-foot">
            <span>{client}</span>
            <span>"IT care by " {frame.brand.name}</span>
            {frame.brand.phone.map(|phone| view! { <span>{phone}</span> })}
            {frame.brand.hours.map(|hours| view! { <span>{hours}</span> })}
        </footer>
    }
}
