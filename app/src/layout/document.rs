//! The document: head, theme, and the shell that the viewer gets.

use leptos::prelude::*;

use super::{
    contact::ContactShell,
    frame::{Audience, Frame, Theme, href},
    script::Wake,
    signed_out::SignedOutShell,
    staff::StaffShell,
};

/// A whole page. `title` stands before the brand's name.
#[component]
pub fn Document(frame: Frame, title: String, body: AnyView) -> impl IntoView {
    let theme = (frame.theme != Theme::System).then(|| frame.theme.word());
    let head = Head(HeadProps { frame: frame.clone(), title });
    let wake = frame.islands.then(|| view! { <Wake assets=frame.assets.clone() nonce=frame.nonce.clone()/> });
    let inbox = frame.inbox.then(|| view! { <script type="module" nonce=frame.nonce.clone() src=frame.assets.inbox.clone()></script> });
    let shell = match frame.viewer.as_ref().map(|viewer| viewer.audience) {
        Some(Audience::Contact) => view! { <ContactShell frame body/> }.into_any(),
        Some(Audience::Staff | Audience::Operator) => view! { <StaffShell frame body/> }.into_any(),
        None => view! { <SignedOutShell frame body/> }.into_any(),
    };
    view! {
        <html lang="en" data-theme=theme>
            {head}
            <body>
                <a class="skip" href="#content">"Skip to the content"</a>
                <Patterns/>
                {shell}
                {wake}
                {inbox}
            </body>
        </html>
    }
}

#[component]
fn Head(frame: Frame, title: String) -> impl IntoView {
    let title = if frame.brand.name.is_empty() { title } else { format!("{title} - {}", frame.brand.name) };
    let icon = (!frame.brand.favicon.is_empty()).then(|| view! { <link rel="icon" href=href(&frame.base, &frame.brand.favicon)/> });
    let brand = (!frame.brand.stylesheet.is_empty()).then(|| view! { <link rel="stylesheet" href=href(&frame.base, &frame.brand.stylesheet)/> });
    view! {
        <head>
            <meta charset="utf-8"/>
            <title>{title}</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta name="robots" content="noindex"/>
            <link rel="stylesheet" href=frame.assets.css/>
            {brand}
            {icon}
        </head>
    }
}

/// Patterns that pictures refer to: `#hatch` stands for "not known".
#[component]
fn Patterns() -> impl IntoView {
    view! {
        <svg class="defs" aria-hidden="true" focusable="false">
            <defs>
                <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect width="5" height="5" class="hatch-ground"></rect>
                    <line x1="0" y1="0" x2="0" y2="5" class="hatch-line"></line>
                </pattern>
            </defs>
        </svg>
    }
}
