//! What people did to one object, for its own page.

use domain::audit::AuditQuery;
use leptos::prelude::*;

use super::{
    Act, AuditTail,
    parts::{ActorIcon, Difference, capital},
};
use crate::{
    layout::link,
    ui::{At, Section},
};

/// A section with the newest acts on one object; it says so when there are none.
#[component]
pub fn Tail(tail: AuditTail, #[prop(default = "What people did".into(), into)] title: String) -> impl IntoView {
    let all = AuditQuery { object: Some(tail.object), ..AuditQuery::default() };
    let all = ("All in the audit".to_owned(), link(&format!("/settings/audit{}", all.to_query())));
    if tail.acts.is_empty() {
        return view! { <Section title><p class="soft section-words">"Nobody has changed anything here yet."</p></Section> }.into_any();
    }
    view! { <Section title more=all><ol class="timeline acts">{tail.acts.into_iter().map(|act| view! { <Line act/> }).collect_view()}</ol></Section> }
        .into_any()
}

#[component]
fn Line(act: Act) -> impl IntoView {
    let (action, name, kind) = (capital(&act.action), act.actor.name.clone(), act.actor.kind.clone());
    view! {
        <li>
            <span class="change-at"><At at=act.at/></span>
            <ActorIcon kind/>
            <span class="change-words"><strong>{action}</strong> " " <Difference act/> <span class="act-who">{name}</span></span>
        </li>
    }
}
