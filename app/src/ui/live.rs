//! Says how much happened since the page was made, and offers the new page. The page never changes by itself.

use leptos::prelude::*;

/// Asks every 30 seconds, while the tab is visible, how many devices have reported since `since`.
#[island]
pub fn LiveMark(since: i64, base: String, href: String) -> impl IntoView {
    let reported = RwSignal::new(0u64);
    #[cfg(feature = "hydrate")]
    watch::begin(since, base, reported);
    #[cfg(not(feature = "hydrate"))]
    let _ = (since, base);
    view! {
        <a class="live" href=href hidden=move || reported.get() == 0>
            {move || reported.get()}
            " reports since, refresh"
        </a>
    }
}

/// The browser's part.
#[cfg(feature = "hydrate")]
mod watch {
    use std::time::Duration;

    use leptos::{prelude::*, server_fn::client::set_server_url, task::spawn_local};

    use crate::home::api::home_pulse;

    pub(super) fn begin(since: i64, base: String, reported: RwSignal<u64>) {
        if !base.is_empty() {
            set_server_url(Box::leak(base.into_boxed_str()));
        }
        let ask = move || {
            if document().hidden() {
                return;
            }
            spawn_local(async move {
                // Without an answer the page stays as it is, which it would anyway.
                if let Ok(count) = home_pulse(since).await {
                    reported.set(count);
                }
            });
        };
        set_interval(ask, Duration::from_secs(30));
    }
}

/// Keeps the island in the browser build.
pub(crate) fn link() {}
