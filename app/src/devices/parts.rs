//! Small parts that every page about devices shares: what kind it is, and how unknown is said.

use domain::devices::{query::DeviceQuery, report::Kind};
use leptos::prelude::*;

use crate::layout::link;

/// The icon and the word of a kind.
pub const fn kind(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Server => ("server", "Server"),
        Kind::Workstation => ("monitor", "Workstation"),
        Kind::Laptop => ("laptop", "Laptop"),
        Kind::Unknown => ("circle-question-mark", "Device of unknown kind"),
    }
}

/// The address of a device list.
pub fn list(query: &DeviceQuery) -> String {
    link(&format!("/devices{}", query.to_query()))
}

/// The address of the default list, changed by `change`.
pub fn list_with(change: impl FnOnce(&mut DeviceQuery)) -> String {
    list(&DeviceQuery::default().with(change))
}

/// "Unknown", hatched.
#[component]
pub fn Unknown() -> impl IntoView {
    view! { <span class="unknown">"Unknown"</span> }
}

/// A text, or "Unknown"; `code` sets it in the fixed-width type.
#[component]
pub fn Known(#[prop(into)] text: Option<String>, #[prop(optional)] code: bool) -> impl IntoView {
    match text.filter(|text| !text.is_empty()) {
        Some(text) if code => view! { <span class="code">{text}</span> }.into_any(),
        Some(text) => view! { {text} }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    }
}

/// `1 device`, `1,204 devices`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", crate::ui::thousands(n), if n == 1 { one } else { many })
}

/// Writes `text` so that it is text in an element and in a quoted attribute.
pub fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
}
