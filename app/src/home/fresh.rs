//! Home of a tenant without devices: what to do next.

use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{Icon, LinkButton, Look},
};

#[component]
pub(super) fn FirstSteps(enrol: Option<String>) -> impl IntoView {
    let Some(path) = enrol else {
        return view! {
            <div class="first-steps">
                <h2>"No devices yet"</h2>
                <p>"Devices appear here with their first report. Somebody who may enrol devices has to make an enrolment key first."</p>
            </div>
        }
        .into_any();
    };
    view! {
        <div class="first-steps">
            <h2>"No devices yet"</h2>
            <p>"The first one takes about two minutes."</p>
            <ol class="steps">
                <li>
                    <strong>"Make an enrolment key"</strong>
                    <span>"It decides which client and site new devices belong to, how many it admits and until when."</span>
                </li>
                <li>
                    <strong>"Start the agent with it"</strong>
                    <span>
                        <code class="code command">"portico-agent enrol --server URL --key KEY"</code>
                        "FusionInventory and GLPI agents you already run take the same key, unchanged."
                    </span>
                </li>
                <li><strong>"See it here"</strong><span>"Hardware, software and waiting updates come with the first report."</span></li>
            </ol>
            <LinkButton href=link(&path) look=Look::Primary icon="plus">"Make an enrolment key"</LinkButton>
            <a class="text-link first-clients" href=link("/clients")>"See the clients"<Icon name="arrow-right" class="icon-sm"/></a>
        </div>
    }
    .into_any()
}
