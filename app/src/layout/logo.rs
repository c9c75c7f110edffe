//! The brand's logo, light or dark as its ground asks, with its name beside it unless the logo spells it.

use leptos::prelude::*;

use super::{frame::Brand, place::link};

fn initial(name: &str) -> String {
    name.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default()
}

/// The logo and the name.
#[component]
pub fn Logo(brand: Brand) -> impl IntoView {
    let alone = brand.logo_light.is_empty() || !brand.logo_has_name;
    let name = alone.then(|| view! { <Name name=brand.name.clone()/> });
    let alt = if alone { String::new() } else { brand.name.clone() };
    view! { <span class="logo"><Pictures brand alt/>{name}</span> }
}

/// Both pictures; the stylesheet shows the one that suits the ground.
#[component]
fn Pictures(brand: Brand, alt: String) -> impl IntoView {
    let dark = if brand.logo_dark.is_empty() { brand.logo_light.clone() } else { brand.logo_dark };
    (!brand.logo_light.is_empty()).then(|| {
        view! {
            <img class="logo-light" src=link(&brand.logo_light) alt=alt.clone()/>
            <img class="logo-dark" src=link(&dark) alt=alt/>
        }
    })
}

/// The name as type: its last word steps back.
#[component]
fn Name(name: String) -> impl IntoView {
    let (first, last) = name.rsplit_once(' ').map_or((name.clone(), None), |(first, last)| (first.to_owned(), Some(format!(" {last}"))));
    view! { <span class="logo-name">{first}{last.map(|word| view! { <span>{word}</span> })}</span> }
}

/// The small square mark, for where the name does not fit.
#[component]
pub fn Mark(brand: Brand) -> impl IntoView {
    let alt = brand.name.clone();
    match (brand.logo_has_name || brand.logo_light.is_empty(), brand.favicon.is_empty()) {
        (false, _) => view! { <span class="side-mark marks"><Pictures brand alt/></span> }.into_any(),
        (true, false) => view! { <img class="side-mark" src=link(&brand.favicon) alt=alt/> }.into_any(),
        (true, true) => view! { <span class="side-mark side-mark-text">{initial(&brand.name)}</span> }.into_any(),
    }
}
