//! What the inbox has on top where a script runs: it stays up to date, and can be worked through by keys. `public/inbox.js` wakes it.

use domain::alerts::InboxQuery;
use leptos::prelude::*;

use super::parts::list;
use crate::{layout::link, ui::Icon};

/// The keys, what each does, and whether it needs the permission to act.
const KEYS: [(&[&str], &str, bool); 9] = [
    (&["j", "k"], "Next and previous alert; the arrows do the same", false),
    (&["Enter"], "Open the alert", false),
    (&["x"], "Choose it, or not", true),
    (&["a"], "Acknowledge", true),
    (&["s"], "Snooze: choose how long, then Enter", true),
    (&["r"], "Resolve", true),
    (&["d"], "Dismiss, once you confirm it", true),
    (&["n"], "Write a note for the next act", true),
    (&["?"], "Show or hide this list", false),
];

/// What the script needs to know, and what it shows. Everything is hidden until it runs.
#[component]
pub(super) fn Live(query: InboxQuery, version: String) -> impl IntoView {
    view! {
        <div id="live" class="inbox-live" data-stream=link("/alerts/live") data-from=list(&query) data-version=version>
            <p class="sr-only" role="status"></p>
            <button type="button" class="live" hidden></button>
            <button type="button" class="btn btn-plain wide-only" popovertarget="inbox-keys" hidden><Icon name="keyboard"/>"Keys"</button>
        </div>
    }
}

/// The list of keys.
#[component]
pub(super) fn Keys(may_act: bool) -> impl IntoView {
    let key = |key: &&'static str| view! { <kbd>{*key}</kbd> };
    let line = |(keys, words, _): (&'static [&'static str], &'static str, bool)| {
        view! { <div><dt>{keys.iter().map(key).collect_view()}</dt><dd>{words}</dd></div> }
    };
    let lines = KEYS.into_iter().filter(|(.., acts)| may_act || !acts).map(line).collect_view();
    let words = if may_act {
        "They work while an alert of the list has the focus. An act takes the chosen alerts; when none is chosen, the one with the focus."
    } else {
        "They work while an alert of the list has the focus."
    };
    view! {
        <div id="inbox-keys" class="menu-panel inbox-keys" popover="auto" role="dialog" aria-labelledby="inbox-keys-title">
            <h2 id="inbox-keys-title">"Keys of this list"</h2>
            <p class="soft">{words}</p>
            <dl>{lines}</dl>
            <button type="button" class="btn btn-primary btn-sm">"Go to the list"</button>
        </div>
    }
}
