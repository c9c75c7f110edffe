//! The summary of a device: what waits, what fills up, what changed, and the facts beside it.

use leptos::prelude::*;

use super::{
    DeviceHead, SummaryTab, WaitingUpdates,
    changes::Timeline,
    facts::SideFacts,
    head::at,
    updates::{UpdateTable, WhyUnknown, note},
    volumes::Volumes,
};
use crate::{
    audit::Tail,
    ui::{Empty, Section, thousands},
};

/// Updates that the summary shows.
const FEW: usize = 6;

#[component]
pub(super) fn SummaryView(head: DeviceHead, tab: SummaryTab, origins: bool) -> impl IntoView {
    let id = head.id;
    let changes = tab.changes.clone();
    let volumes = tab.volumes.clone().filter(|volumes| !volumes.is_empty());
    view! {
        <div class="columns">
            <div>
                <FewUpdates head=head.clone() updates=tab.updates.clone() origins/>
                {volumes.map(|volumes| view! { <Section title="Volumes" count=volumes.len() as u64 more=("All hardware".to_owned(), at(id, "hardware"))><Volumes volumes/></Section> })}
                <Section title="Recent changes" more=("Full history".to_owned(), at(id, "history"))>
                    {if changes.is_empty() {
                        view! { <p class="soft section-words">"Nothing has changed since it was enrolled."</p> }.into_any()
                    } else {
                        view! { <Timeline changes/> }.into_any()
                    }}
                </Section>
                {tab.acts.clone().map(|tail| view! { <Tail tail/> })}
            </div>
            <aside aria-label="Facts"><SideFacts head tab/></aside>
        </div>
    }
}

#[component]
fn FewUpdates(head: DeviceHead, updates: WaitingUpdates, origins: bool) -> impl IntoView {
    let all = at(head.id, "updates");
    let WaitingUpdates::Listed { lists_at, items } = updates else {
        return view! { <Section title="Updates waiting"><WhyUnknown updates/></Section> }.into_any();
    };
    if items.is_empty() {
        let text = "The package lists name nothing newer than what is installed.";
        return view! { <Section title="Updates waiting" count=0><Empty icon="shield-check" title="No updates wait" text/></Section> }.into_any();
    }
    let (count, words) = (items.len(), note(&items, lists_at));
    let rest = count.saturating_sub(FEW);
    view! {
        <Section title="Updates waiting" count=count as u64 note=words>
            <UpdateTable items=items.into_iter().take(FEW).collect() short=true origins/>
            {(rest > 0).then(|| view! {
                <p class="table-rest">
                    <span class="soft">{thousands(rest as u64)} " more"</span>
                    <a class="text-link" href=all>"Show all " {thousands(count as u64)}</a>
                </p>
            })}
        </Section>
    }
    .into_any()
}
