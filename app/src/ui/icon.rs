//! One Lucide icon out of the sprite. Decoration: the word beside it, or the `aria-label` around it, says the same.

use leptos::prelude::*;

use crate::layout::place::place;

/// The icon `name` of `style/icons.txt`, as large as the class says (16 px without one).
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] class: &'static str) -> impl IntoView {
    let href = format!("{}#{name}", place().icons);
    view! {
        <svg class=format!("icon {class}") aria-hidden="true" focusable="false">
            <use href=href></use>
        </svg>
    }
}
