//! How an agent enrols again as the same device. The token is on this page once and nowhere after.

use leptos::prelude::*;

use super::Renewal;
use crate::ui::{At, Severity, SeverityMark};

#[component]
pub(super) fn HowToEnrol(renewal: Renewal) -> impl IntoView {
    let Renewal { server, token, until } = renewal;
    let steps =
        format!("systemctl stop portico-agent\nPORTICO_ENROLMENT_KEY={token} portico-agent enrol --again --server {server}\nsystemctl start portico-agent");
    view! {
        <div class="how-to" role="status">
            <SeverityMark severity=Severity::Info word="Run this on the device, as root.".to_owned()/>
            <pre class="command" tabindex="0">{steps}</pre>
            <p class="soft">"The key works once, for this device, until " <At at=until/> ". It is shown only now; rotating again makes another and ends this one."</p>
        </div>
    }
}
