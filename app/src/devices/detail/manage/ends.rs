//! What ends something: service, a key, the device itself. Each asks first and says what goes.

use domain::ids::DeviceId;
use leptos::prelude::*;

use super::{Credential, Renewal, act, renewal::HowToEnrol};
use crate::{
    devices::parts::counted,
    ui::{At, Badge, Button, Confirm, Look, Section, Tone},
};

/// A line that says what an act does, with the act at its right.
#[component]
fn Act(children: Children, #[prop(into)] words: String) -> impl IntoView {
    view! { <div class="act-row"><p>{words}</p>{children()}</div> }
}

#[component]
pub(super) fn Service(id: DeviceId, name: String, retired: bool) -> impl IntoView {
    let control = if retired {
        view! {
            <Act words="It is retired: it is in no list and no count, and its reports are refused. Its history is kept.">
                <form method="post" action=act(id, "retirement/removal")><Button icon="rotate-cw">"Return to service"</Button></form>
            </Act>
        }
        .into_any()
    } else {
        view! {
            <Act words="A retired device leaves lists and counts, and its reports are refused. Its history is kept, and it can return at any time.">
                <Confirm label="Retire" title=format!("Retire {name}?") icon="power">
                    <p>"It leaves every list and count at once. Its agent is told so and keeps trying once an hour."</p>
                    <form method="post" action=act(id, "retirement")><Button look=Look::Danger>"Retire this device"</Button></form>
                </Confirm>
            </Act>
        }
        .into_any()
    };
    view! { <Section title="Service">{control}</Section> }
}

#[component]
pub(super) fn Credentials(id: DeviceId, name: String, retired: bool, credential: Credential, renewal: Option<Renewal>) -> impl IntoView {
    let by = |key: Option<String>| key.map(|key| format!(" It was enrolled with the key \u{201c}{key}\u{201d}.")).unwrap_or_default();
    let body = match credential {
        Credential::None => view! { <p class="soft section-words">"No agent has enrolled this device, so it has no key."</p> }.into_any(),
        Credential::Shared { enrolled_by } => {
            let words = "A FusionInventory or GLPI agent reports for this device. Such agents have no key of their own: they share an enrolment key with others. \
                         To shut out this one alone, retire or delete the device; to shut out all that share the key, revoke it under Settings.";
            view! { <p class="section-words">{words}{by(enrolled_by)}</p> }.into_any()
        }
        Credential::Own { made_at, revoked_at, enrolled_by } => {
            let state = match revoked_at {
                Some(at) => view! { <Badge tone=Tone::High>"Revoked"</Badge> " at " <At at/> ": its reports are refused until it enrols again." }.into_any(),
                None => view! { <Badge tone=Tone::Ok>"In use"</Badge> " since " <At at=made_at/> "; only this device holds it." {by(enrolled_by)} }.into_any(),
            };
            view! {
                <p class="section-words">{state}</p>
                {(!retired).then(|| view! { <Renew id/> })}
                {revoked_at.is_none().then(|| view! { <Revoke id name/> })}
                {retired.then(|| view! { <p class="soft section-words">"Return the device to service before it can enrol again."</p> })}
            }
            .into_any()
        }
    };
    view! { <Section title="Agent key">{renewal.map(|renewal| view! { <HowToEnrol renewal/> })} {body}</Section> }
}

#[component]
fn Renew(id: DeviceId) -> impl IntoView {
    view! {
        <Act words="Rotate: the agent enrols again as this same device, with a new key. The present key works until then.">
            <form method="post" action=act(id, "key/renewal")><Button icon="refresh-cw">"Rotate the key"</Button></form>
        </Act>
    }
}

#[component]
fn Revoke(id: DeviceId, name: String) -> impl IntoView {
    view! {
        <Act words="Revoke: nothing that is signed with the present key is taken any more, for a machine that was lost or taken over.">
            <Confirm label="Revoke" title=format!("Revoke the key of {name}?") icon="ban">
                <p>"Its reports are refused at once. What is known about it stays. It can come back by enrolling again."</p>
                <form method="post" action=act(id, "key/revocation")><Button look=Look::Danger>"Revoke the key"</Button></form>
            </Confirm>
        </Act>
    }
}

#[component]
pub(super) fn Deletion(id: DeviceId, name: String, goes: (u64, u64)) -> impl IntoView {
    let (changes, packages) = (counted(goes.0, "change", "changes"), counted(goes.1, "package", "packages"));
    view! {
        <Section title="Delete">
            <Act words="For a device that should never have been here. To keep its history, retire it instead.">
                <Confirm label="Delete" title=format!("Delete {name} for good?") icon="trash-2" danger=true>
                    <p>"This goes, and cannot be brought back:"</p>
                    <ul class="goes">
                        <li>"its history: " {changes}</li>
                        <li>"its inventory: hardware, " {packages} ", waiting updates"</li>
                        <li>"its name, tags and note"</li>
                        <li>"the keys of its agent: a report that still arrives is refused and makes nothing anew"</li>
                    </ul>
                    <p>"The audit keeps who deleted it and when."</p>
                    <form method="post" action=act(id, "removal")><Button look=Look::Danger icon="trash-2">"Delete this device"</Button></form>
                </Confirm>
            </Act>
        </Section>
    }
}
