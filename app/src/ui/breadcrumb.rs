//! Where a page hangs: Devices > BWL-SRV-SQL02.

use leptos::prelude::*;

use super::icon::Icon;

/// One step above the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its page.
    pub href: String,
}

/// The steps above, then the page itself.
#[component]
pub fn Crumbs(above: Vec<Crumb>, #[prop(into)] here: String) -> impl IntoView {
    let step = |crumb: Crumb| view! { <li><a href=crumb.href>{crumb.label}</a><Icon name="chevron-right" class="icon-sm"/></li> };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                {above.into_iter().map(step).collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}
