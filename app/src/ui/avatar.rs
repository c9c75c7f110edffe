//! A face without a picture: initials on a ground that stays the same for the same person.

use leptos::prelude::*;

/// The grounds; a name picks one by its letters.
const GROUNDS: [&str; 6] = ["avatar ground-0", "avatar ground-1", "avatar ground-2", "avatar ground-3", "avatar ground-4", "avatar ground-5"];

fn ground(name: &str) -> &'static str {
    let sum = name.bytes().fold(7usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    GROUNDS[sum % GROUNDS.len()]
}

/// The initials of `name`; the name itself stands beside it or around it.
#[component]
pub fn Avatar(#[prop(into)] name: String) -> impl IntoView {
    view! { <span class=ground(&name) aria-hidden="true">{domain::people::initials(&name)}</span> }
}
