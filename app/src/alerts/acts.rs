//! What a person may do with one alert: one form with one note, and a button for each act that its state allows.

use domain::{alerts::State, ids::AlertId, people::Permission};
use leptos::prelude::*;

use super::{AlertPage, Offered, parts::at, rows::snoozes};
use crate::{
    layout::may,
    ui::{Confirm, Icon, Section, Select, TextArea},
};

impl Offered {
    /// Its address below the alert's, its icon and its words.
    const fn parts(self) -> (&'static str, Option<&'static str>, &'static str) {
        match self {
            Self::Acknowledge => ("/acknowledgement", Some("check"), "Acknowledge"),
            Self::Unacknowledge => ("/acknowledgement/removal", None, "Take the acknowledgement back"),
            Self::Snooze => ("/snooze", Some("clock"), "Snooze"),
            Self::Wake => ("/snooze/removal", Some("bell"), "End the snooze"),
            Self::Resolve => ("/resolution", None, "Resolve"),
            Self::Dismiss => ("/dismissal", Some("bell-off"), "Dismiss"),
            Self::Reopen => ("/resolution/removal", Some("rotate-cw"), "Reopen"),
        }
    }
}

/// The form, or why there is none.
#[component]
pub(super) fn Acts(page: AlertPage) -> impl IntoView {
    if page.offers.is_empty() {
        return view! { <WhyNone state=page.line.state/> }.into_any();
    }
    let (id, (note, error)) = (page.line.id, page.note);
    let first = page.offers.first().map(|offered| at(id, offered.parts().0));
    let buttons = page.offers.iter().enumerate().map(|(n, offered)| view! { <Act id offered=*offered first=n == 0/> }).collect_view();
    let hint = "Stands in the timeline beside the act. It can stay empty.".to_owned();
    view! {
        <Section title="Act">
            <form class="manage-form alert-form" method="post" action=first>
                <input type="hidden" name="revision" value=page.revision.to_string()/>
                <TextArea label="Note" name="note" value=note rows=2 hint error/>
                <div class="alert-acts">{buttons}</div>
            </form>
        </Section>
    }
    .into_any()
}

#[component]
fn WhyNone(state: State) -> impl IntoView {
    let text = match state {
        State::Dismissed { .. } => "It was dismissed and stays so. When its condition was clear once and comes back, another alert is raised.",
        _ if !may(Permission::AlertsManage) => return ().into_any(),
        _ => "Nothing can be done with it in this state.",
    };
    view! { <Section title="Act"><p class="soft section-words">{text}</p></Section> }.into_any()
}

#[component]
fn Act(id: AlertId, offered: Offered, first: bool) -> impl IntoView {
    let (below, icon, label) = offered.parts();
    let to = at(id, below);
    let class = if first { "btn btn-primary" } else { "btn btn-plain" };
    let icon = icon.map(|name| view! { <Icon name/> });
    match offered {
        Offered::Snooze => view! {
            <span class="alert-snooze">
                <Select label="Snooze for" name="snooze" choices=snoozes() bare=true/>
                <button type="submit" class=class formaction=to>{icon}{label}</button>
            </span>
        }
        .into_any(),
        Offered::Dismiss => view! {
            <Confirm label title="Dismiss this alert?" icon="bell-off" danger=true>
                <p>"It cannot be reopened. Its condition raises no other alert until it was clear once."</p>
                <p class="confirm-act"><button type="submit" class="btn btn-plain btn-danger btn-sm" formaction=to>"Dismiss it"</button></p>
            </Confirm>
        }
        .into_any(),
        _ => view! { <button type="submit" class=class formaction=to>{icon}{label}</button> }.into_any(),
    }
}
