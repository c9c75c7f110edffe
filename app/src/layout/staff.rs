//! The shell of staff and operators: navigation at the side, a bar with scope and search on top.

use leptos::prelude::*;

use super::{
    account::SidePerson,
    frame::{Audience, Frame},
    logo::{Logo, Mark},
    navigation::{SideLinks, entries},
    place::{link, place},
    theme::ThemeSwitch,
};
use crate::ui::{Icon, Search, Toast};

/// Navigation, bar, and `body` between them.
#[component]
pub fn StaffShell(frame: Frame, body: AnyView) -> impl IntoView {
    let toast = frame.toast.clone().map(|text| view! { <Toast text/> });
    let folded = frame.navigation_collapsed.then_some("");
    view! {
        <div class="shell" data-folded=folded>
            <Side frame=frame.clone()/>
            <div class="shell-main">
                <TopBar frame/>
                <main id="content" tabindex="-1">{body}</main>
            </div>
        </div>
        {toast}
    }
}

#[component]
fn Side(frame: Frame) -> impl IntoView {
    let audience = frame.viewer.as_ref().map_or(Audience::Staff, |viewer| viewer.audience);
    let class = if frame.brand.navigation_dark { "side on-dark" } else { "side" };
    let home = link(if audience == Audience::Operator { "/tenants" } else { "/" });
    view! {
        <nav id="navigation" class=class popover="auto" aria-label="Main">
            <div class="side-head">
                <a href=home><Mark brand=frame.brand.clone()/><Logo brand=frame.brand.clone()/></a>
                <FoldSwitch folded=frame.navigation_collapsed/>
                <button type="button" class="round narrow-only" popovertarget="navigation" popovertargetaction="hide" aria-label="Close the navigation">
                    <Icon name="x"/>
                </button>
            </div>
            <div class="side-groups"><SideLinks entries=entries(audience, frame.counts)/></div>
            {frame.viewer.map(|viewer| view! { <div class="side-foot"><SidePerson viewer/></div> })}
        </nav>
    }
}

#[component]
fn FoldSwitch(folded: bool) -> impl IntoView {
    let (value, label) = if folded { ("open", "Unfold the navigation") } else { ("collapsed", "Fold the navigation") };
    view! {
        <form method="post" action=link("/account/navigation") class="wide-only">
            <input type="hidden" name="next" value=place().path/>
            <button type="submit" class="round" name="value" value=value aria-label=label title=label><Icon name="panel-left"/></button>
        </form>
    }
}

#[component]
fn TopBar(frame: Frame) -> impl IntoView {
    let staff = frame.viewer.as_ref().filter(|viewer| viewer.audience == Audience::Staff);
    let scope = staff.map(|viewer| viewer.scope.clone());
    view! {
        <header class="topbar">
            <button type="button" class="round narrow-only" popovertarget="navigation" aria-label="Open the navigation"><Icon name="menu" class="icon-lg"/></button>
            <a class="narrow-only" href=link("/")><Logo brand=frame.brand/></a>
            {scope.map(|scope| view! { <a class="scope wide-only" href=link("/clients")><Icon name="layers"/><span>{first_upper(&scope)}</span></a> })}
            <span class="topbar-gap"></span>
            {staff.is_some().then(|| view! { <TopSearch/> })}
            <ThemeSwitch theme=frame.theme/>
        </header>
    }
}

#[component]
fn TopSearch() -> impl IntoView {
    view! {
        <form method="get" action=link("/devices") role="search" aria-label="All devices" class="wide-only">
            <Search label="Search devices" id="top-search" placeholder="Search devices"/>
        </form>
        <a class="round narrow-only" href=link("/devices") aria-label="Search devices"><Icon name="search"/></a>
    }
}

fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
