//! The shell before sign-in: the brand at one side, the page at the other. It tells nothing about where one was going.

use leptos::prelude::*;

use super::{
    frame::{Brand, Frame},
    logo::Logo,
};

/// The brand's panel beside `body`.
#[component]
pub fn SignedOutShell(frame: Frame, body: AnyView) -> impl IntoView {
    view! {
        <div class="door">
            <Panel brand=frame.brand/>
            <div class="door-side"><main id="content" tabindex="-1">{body}</main></div>
        </div>
    }
}

#[component]
fn Panel(brand: Brand) -> impl IntoView {
    let phone = brand.phone.clone().map(|phone| view! { <dt>"Call us"</dt><dd>{phone}</dd> });
    let hours = brand.hours.clone().map(|hours| view! { <dt>"Hours"</dt><dd>{hours}</dd> });
    let facts = (phone.is_some() || hours.is_some()).then(|| view! { <dl class="door-facts">{phone}{hours}</dl> });
    view! {
        <aside class="door-brand on-dark" aria-label=brand.name.clone()>
            <Art/>
            <Logo brand=brand.clone()/>
            {brand.headline.map(|headline| view! { <p class="door-headline">{headline}</p> })}
            {facts}
        </aside>
    }
}

/// Two swells and a sail's curve, in the brand's own colour.
#[component]
fn Art() -> impl IntoView {
    view! {
        <svg class="door-art" viewBox="0 0 600 520" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <path class="door-shape" d="M600 0C566 206 396 352 0 416V520H600z"></path>
            <path class="door-swell" d="M0 424C120 372 220 372 330 408S520 462 600 410V520H0z"></path>
            <path class="door-edge" d="M0 424C120 372 220 372 330 408S520 462 600 410"></path>
        </svg>
    }
}
