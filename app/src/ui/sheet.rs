//! Pages of forms: groups, each with what it is about at the left and its fields at the right.

use leptos::prelude::*;

/// Holds [`Group`]s.
#[component]
pub fn Sheet(children: Children) -> impl IntoView {
    view! { <div class="sheet">{children()}</div> }
}

/// A heading, a line about it, and the fields.
#[component]
pub fn Group(#[prop(into)] title: String, #[prop(optional, into)] note: String, children: Children) -> impl IntoView {
    view! {
        <section class="sheet-group">
            <header>
                <h2>{title}</h2>
                {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
            </header>
            <div class="sheet-fields">{children()}</div>
        </section>
    }
}

/// A value to copy, shown once: `label` says what it is, the children what to do with it.
#[component]
pub fn Secret(#[prop(into)] label: String, #[prop(into)] value: String, children: Children) -> impl IntoView {
    view! {
        <div class="secret" role="status">
            <p class="secret-label">{label}</p>
            <code class="secret-value" tabindex="0">{value}</code>
            <div class="secret-note">{children()}</div>
        </div>
    }
}
