//! Light, dark or as the machine says: a small menu of three buttons that post.

use leptos::prelude::*;

use super::{
    frame::Theme,
    place::{link, place},
};
use crate::ui::Icon;

const fn words(theme: Theme) -> (&'static str, &'static str) {
    match theme {
        Theme::System => ("As this device", "sun-moon"),
        Theme::Light => ("Light", "sun"),
        Theme::Dark => ("Dark", "moon"),
    }
}

/// The button in the top bar and the menu it opens.
#[component]
pub fn ThemeSwitch(theme: Theme) -> impl IntoView {
    view! {
        <button type="button" class="round" popovertarget="theme-menu" aria-label="Light or dark">
            <Icon name=words(theme).1/>
        </button>
        <div id="theme-menu" class="menu-panel menu-theme" popover="auto">
            <form method="post" action=link("/account/theme")>
                <input type="hidden" name="next" value=place().path/>
                {Theme::ALL.map(|choice| view! { <ThemeChoice choice on=choice == theme/> }).collect_view()}
            </form>
        </div>
    }
}

#[component]
fn ThemeChoice(choice: Theme, on: bool) -> impl IntoView {
    let (label, icon) = words(choice);
    view! {
        <button type="submit" class="menu-item" name="value" value=choice.word() aria-pressed=if on { "true" } else { "false" }>
            <Icon name=icon/>
            {label}
            {on.then(|| view! { <Icon name="check" class="menu-tick"/> })}
        </button>
    }
}
