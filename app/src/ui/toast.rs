//! What the last act did, said once and out of the way.

use leptos::prelude::*;

use super::icon::Icon;

/// A short sentence that assistive technology reads out.
#[component]
pub fn Toast(#[prop(into)] text: String) -> impl IntoView {
    view! { <p class="toast-note" role="status"><Icon name="check"/><span>{text}</span></p> }
}
