//! A field for a file from the person's own computer; its form needs `enctype="multipart/form-data"`.

use leptos::prelude::*;

use super::field::{Below, described};

/// One file. `name` is also the id, `accept` what the dialog offers.
#[component]
pub fn FileField(
    #[prop(into)] label: String,
    name: &'static str,
    accept: &'static str,
    #[prop(default = None, into)] hint: Option<String>,
    #[prop(default = None, into)] error: Option<String>,
) -> impl IntoView {
    let described = described(name, hint.as_ref(), error.as_ref());
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name name=name type="file" class="file-input" accept=accept aria-invalid=invalid aria-describedby=described.clone()/>
            {described.map(|id| view! { <Below id hint error/> })}
        </div>
    }
}
