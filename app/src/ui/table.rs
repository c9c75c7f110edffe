//! A table that stays one for assistive technology when its rows stack on a narrow screen.

use leptos::prelude::*;

use super::icon::Icon;

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// How a column sorts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The address of the same list, sorted the other way.
    pub href: String,
    /// The present direction, when the list is sorted by this column.
    pub now: Option<Direction>,
}

/// Where a cell goes when rows stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Slot {
    /// First line, strong.
    Lead,
    /// A line of its own below the first.
    Sub,
    /// The last line, side by side with others.
    #[default]
    Meta,
    /// A large number at the right, with its column's label below it.
    Figure,
    /// A button or two, at the right on a wide screen and last when rows stack.
    Act,
    /// Shown on wide screens only.
    Wide,
}

impl Slot {
    const fn class(self, number: bool) -> &'static str {
        match (self, number) {
            (Self::Lead, _) => "cell cell-lead",
            (Self::Sub, _) => "cell cell-sub",
            (Self::Meta, false) => "cell cell-meta",
            (Self::Meta, true) => "cell cell-meta cell-number",
            (Self::Figure, _) => "cell cell-figure cell-number",
            (Self::Act, _) => "cell cell-act",
            (Self::Wide, false) => "cell cell-wide",
            (Self::Wide, true) => "cell cell-wide cell-number",
        }
    }
}

/// A table; `caption` names it for those who do not see the heading above.
#[component]
pub fn Table(#[prop(into)] caption: String, children: Children) -> impl IntoView {
    view! {
        <table class="grid-table" role="table">
            <caption class="sr-only">{caption}</caption>
            {children()}
        </table>
    }
}

/// The head row; holds [`Column`]s.
#[component]
pub fn Head(children: Children) -> impl IntoView {
    view! { <thead role="rowgroup"><tr role="row">{children()}</tr></thead> }
}

/// The body; holds [`Row`]s.
#[component]
pub fn Rows(children: Children) -> impl IntoView {
    view! { <tbody role="rowgroup">{children()}</tbody> }
}

/// A head cell. With `sort` it is a link that sorts; `hidden` keeps the label for assistive technology only.
#[component]
pub fn Column(
    #[prop(into)] label: String,
    #[prop(optional)] number: bool,
    #[prop(optional)] hidden: bool,
    #[prop(default = None, into)] sort: Option<Sort>,
) -> impl IntoView {
    let state = sort.as_ref().map(|sort| match sort.now {
        Some(Direction::Up) => "ascending",
        Some(Direction::Down) => "descending",
        None => "none",
    });
    let text = match sort {
        Some(sort) => view! { <SortLink label sort/> }.into_any(),
        None if hidden => view! { <span class="sr-only">{label}</span> }.into_any(),
        None => view! { {label} }.into_any(),
    };
    view! { <th scope="col" role="columnheader" class:cell-number=number aria-sort=state>{text}</th> }
}

#[component]
fn SortLink(label: String, sort: Sort) -> impl IntoView {
    let icon = sort.now.map(|now| if now == Direction::Up { "arrow-up" } else { "arrow-down" });
    view! {
        <a class="sort" href=sort.href data-on=icon.is_some().then_some("")>
            {label}
            {icon.map(|name| view! { <Icon name class="icon-sm"/> })}
        </a>
    }
}

/// One row.
#[component]
pub fn Row(#[prop(optional)] selected: bool, children: Children) -> impl IntoView {
    view! { <tr role="row" class="row" data-selected=selected.then_some("")>{children()}</tr> }
}

/// One cell: `kind` says where it goes when rows stack, `label` what a [`Slot::Figure`] counts.
#[component]
pub fn Cell(#[prop(optional)] kind: Slot, #[prop(optional)] number: bool, #[prop(optional, into)] label: Option<String>, children: Children) -> impl IntoView {
    view! { <td role="cell" class=kind.class(number) data-label=label>{children()}</td> }
}

/// The link in a row's lead cell that makes the whole row a target; `icon` says what kind of thing it is.
#[component]
pub fn RowLink(#[prop(into)] href: String, #[prop(default = None, into)] icon: Option<&'static str>, children: Children) -> impl IntoView {
    view! {
        {icon.map(|name| view! { <Icon name class="row-icon"/> })}
        <a class="row-link" href=href>{children()}</a>
    }
}
