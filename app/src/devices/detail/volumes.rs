//! Mounted file systems with how full they are.

use domain::devices::report::Volume;
use leptos::prelude::*;

use crate::ui::{Bar, Fill, Part, Severity, SeverityMark, bytes, percent};

#[component]
pub(super) fn Volumes(volumes: Vec<Volume>) -> impl IntoView {
    view! { <ul class="volumes">{volumes.into_iter().map(|volume| view! { <Line volume/> }).collect_view()}</ul> }
}

#[component]
fn Line(volume: Volume) -> impl IntoView {
    let total = volume.total_bytes;
    let used = volume.free_bytes.map(|free| total.saturating_sub(free)).filter(|_| total > 0);
    let full = used.is_some_and(|used| nearly_full(used, total));
    let words = match (used, volume.free_bytes) {
        (Some(_), Some(free)) => format!("{} free of {}", bytes(free), bytes(total)),
        _ if total > 0 => format!("{}, use unknown", bytes(total)),
        _ => "Size unknown".to_owned(),
    };
    let parts = match used {
        Some(used) => vec![Part::new("bytes used", used, if full { Fill::High } else { Fill::Accent })],
        None => vec![Part::new("unknown", total, Fill::Unknown)],
    };
    let about = [volume.filesystem, volume.device].into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <li>
            <span class="volume-name">
                <strong>{volume.mount}</strong>
                {full.then(|| view! { <SeverityMark severity=Severity::High word="Nearly full".to_owned()/> })}
                <span class="soft">{about}</span>
            </span>
            <span class="volume-bar"><Bar parts total/></span>
            <span class="volume-words">{words}</span>
            <strong class="volume-share">{used.and_then(|used| percent(used, total)).map(|share| format!("{share}\u{a0}%"))}</strong>
        </li>
    }
}

/// Less than a twentieth is free.
fn nearly_full(used: u64, total: u64) -> bool {
    used > total / 20 * 19
}
