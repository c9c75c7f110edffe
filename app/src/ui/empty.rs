//! Nothing here yet, and what to do about it.

use leptos::prelude::*;

use super::icon::Icon;

/// Says what is missing and why; the children are what to do next.
#[component]
pub fn Empty(icon: &'static str, #[prop(into)] title: String, #[prop(into)] text: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon class="icon-lg"/>
            <div class="empty-words">
                <p class="empty-title">{title}</p>
                <p>{text}</p>
            </div>
            {children.map(|children| view! { <div class="empty-act">{children()}</div> })}
        </div>
    }
}
