//! Lines to copy: one click selects them all, and they can be reached and scrolled by keyboard.

use leptos::prelude::*;

/// `text` as it is to be typed elsewhere, under a `label`.
#[component]
pub fn Snippet(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <figure class="snippet">
            <figcaption>{label.clone()}</figcaption>
            <pre tabindex="0" role="region" aria-label=label><code>{text}</code></pre>
        </figure>
    }
}
