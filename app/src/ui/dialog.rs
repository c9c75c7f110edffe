//! Asks before it destroys, without any script: a button that unfolds what will happen and the button that does it.

use leptos::prelude::*;

use super::icon::Icon;

/// A button `label` that unfolds `title`, the children (what will happen, and the form that does it).
#[component]
pub fn Confirm(
    #[prop(into)] label: String,
    #[prop(into)] title: String,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] danger: bool,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    let class = if danger { "btn btn-plain btn-danger btn-sm" } else { "btn btn-plain btn-sm" };
    view! {
        <details class="confirm" name="confirm" open=open>
            <summary class=class>{icon.map(|name| view! { <Icon name/> })}{label}</summary>
            <div class="confirm-panel" role="group" aria-label=title.clone()>
                <p class="confirm-title">{title.clone()}</p>
                {children()}
            </div>
        </details>
    }
}
