//! Who is signed in, and the menu of what one does with one's own account.

use leptos::prelude::*;

use super::{
    frame::{Audience, Viewer},
    place::link,
};
use crate::ui::{Avatar, Icon};

/// The person at the foot of the side navigation, with the menu above.
#[component]
pub fn SidePerson(viewer: Viewer) -> impl IntoView {
    let line = format!("{} \u{b7} {}", viewer.role, viewer.scope);
    view! {
        <button type="button" class="person" popovertarget="account-menu" aria-label=format!("Account of {}", viewer.name)>
            <Avatar name=viewer.name.clone()/>
            <span class="person-words">
                <span class="person-name">{viewer.name.clone()}</span>
                <span class="person-role">{line}</span>
            </span>
            <Icon name="chevrons-up-down"/>
        </button>
        <Menu viewer class="menu-panel menu-account-side"/>
    }
}

/// The person at the right of the top navigation, with the menu below.
#[component]
pub fn TopPerson(viewer: Viewer) -> impl IntoView {
    view! {
        <button type="button" class="person" popovertarget="account-menu" aria-label=format!("Account of {}", viewer.name)>
            <Avatar name=viewer.name.clone()/>
        </button>
        <Menu viewer class="menu-panel menu-account-top"/>
    }
}

#[component]
fn Menu(viewer: Viewer, class: &'static str) -> impl IntoView {
    let looks = viewer.viewing.is_some();
    view! {
        <div id="account-menu" class=class popover="auto">
            <p class="menu-about"><strong>{viewer.name}</strong><span>{viewer.email}</span></p>
            {(viewer.audience != Audience::Operator && !looks).then(|| view! { <a class="menu-item" href=link("/account")><Icon name="user"/>"Account"</a> })}
            {(!looks).then(|| view! { <a class="menu-item" href=link("/account/sessions")><Icon name="key-round"/>"My sessions"</a> })}
            <form method="post" action=link("/sign-out")>
                <button type="submit" class="menu-item"><Icon name="log-out"/>"Sign out"</button>
            </form>
        </div>
    }
}
