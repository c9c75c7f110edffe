//! The devices whose software is unknown: those that never sent a list of packages.

use leptos::prelude::*;

use super::{UnlistedPage, holders::Holders};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{Crumb, Crumbs, Empty, PageHead, thousands},
};

impl UnlistedPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Software unknown", move || view! { <Unlisted page=self/> })
    }
}

/// The list of devices without software.
#[component]
pub fn Unlisted(page: UnlistedPage) -> impl IntoView {
    let above = vec![Crumb { label: "Software".into(), href: link("/software") }];
    let all = counted(page.fleet.listed + page.fleet.unknown, "device", "devices");
    let body = if page.list.total == 0 {
        let text = "Every device in service that you may see has sent a list of its packages.";
        view! { <div class="alone"><Empty icon="check" title="Nothing is unknown" text/></div> }.into_any()
    } else {
        let href = |cursor: &domain::devices::query::Cursor| {
            let turn = domain::software::TitleQuery { cursor: Some(cursor.clone()), ..Default::default() };
            link(&format!("/software/unknown{}", turn.to_query()))
        };
        view! {
            <p class="title-figures">"They have not sent a list of packages, so they are counted neither as having a title nor as lacking it. The next full inventory of their agents fills the gap."</p>
            <Holders caption="Devices without a package list" list=page.list.clone() counted_at=page.counted_at href=Box::new(href)/>
        }
        .into_any()
    };
    view! {
        <div class="device-crumbs"><Crumbs above here="Unknown"/></div>
        <PageHead title="Software unknown" note=format!("{} of {all}", thousands(page.list.total))/>
        {body}
    }
}
