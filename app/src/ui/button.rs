//! Things to press: a button that posts its form, and a link that looks like one.

use leptos::prelude::*;

use super::icon::Icon;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one main act of a page.
    Primary,
    /// An act among others.
    #[default]
    Plain,
    /// An act that should not stand out.
    Quiet,
    /// An act that destroys.
    Danger,
}

impl Look {
    const fn class(self, small: bool) -> &'static str {
        match (self, small) {
            (Self::Primary, false) => "btn btn-primary",
            (Self::Primary, true) => "btn btn-primary btn-sm",
            (Self::Plain, false) => "btn btn-plain",
            (Self::Plain, true) => "btn btn-plain btn-sm",
            (Self::Quiet, false) => "btn btn-ghost",
            (Self::Quiet, true) => "btn btn-ghost btn-sm",
            (Self::Danger, false) => "btn btn-plain btn-danger",
            (Self::Danger, true) => "btn btn-plain btn-danger btn-sm",
        }
    }
}

/// A button that submits its form. `name` and `value` travel with it when given.
#[component]
pub fn Button(
    #[prop(optional)] look: Look,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(default = None, into)] name: Option<String>,
    #[prop(default = None, into)] value: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class=look.class(small) name=name value=value>
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </button>
    }
}

/// A link to `href` that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] look: Look,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=look.class(small) href=href>
            {icon.map(|name| view! { <Icon name/> })}
            {children()}
        </a>
    }
}
