//! The facts at the side of a device's summary, and what was dropped before storage.

use domain::{
    devices::report::{Dropped, Volume},
    ids::DeviceId,
    people::Permission,
};
use leptos::prelude::*;

use super::{DeviceHead, Facts as Known, SummaryTab, head::at};
use crate::{
    devices::parts::{Known as Text, Unknown, counted},
    layout::may,
    ui::{At, Fact, Facts, Icon, Section, When, at_text, bytes, thousands},
};

#[component]
pub(super) fn SideFacts(head: DeviceHead, tab: SummaryTab) -> impl IntoView {
    let note = match tab.facts.inventory_at {
        Some(at) => format!("inventory {}", at_text(at)),
        None => "no inventory yet".to_owned(),
    };
    let silent = tab.facts == Known::default();
    let volumes = tab.volumes.unwrap_or_default();
    let machine = (!silent).then(|| view! { <Machine facts=tab.facts.clone() volumes/> });
    view! {
        {tab.note.map(|note| view! { <Note id=head.id note/> })}
        <Section title="Facts" note>
            {silent.then(|| view! { <p class="soft section-words">"Its first report fills this in."</p> })}
            <Facts>
                {machine}
                <Life head facts=tab.facts/>
            </Facts>
        </Section>
        {tab.dropped.map(|dropped| view! { <Privacy dropped/> })}
    }
}

#[component]
fn Machine(facts: Known, volumes: Vec<Volume>) -> impl IntoView {
    let memory = facts.memory_bytes.map(bytes);
    let disks = (!volumes.is_empty()).then(|| disks(&volumes));
    let kernel = [facts.kernel, facts.arch].into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <Fact label="Model"><Text text=facts.model/></Fact>
        <Fact label="Serial number"><Text text=facts.serial code=true/></Fact>
        <Fact label="OS"><Text text=facts.os/></Fact>
        <Fact label="Kernel"><Text text=Some(kernel) code=true/></Fact>
        <Fact label="CPU"><Text text=facts.cpu/></Fact>
        <Fact label="Memory"><Text text=memory/></Fact>
        <Fact label="Disks"><Text text=disks/></Fact>
        <Fact label="Address"><Addresses addresses=facts.addresses/></Fact>
    }
}

fn disks(volumes: &[Volume]) -> String {
    const FEW: usize = 3;
    let few = volumes.iter().take(FEW).map(|volume| format!("{} {}", volume.mount, bytes(volume.total_bytes))).collect::<Vec<_>>().join(", ");
    if volumes.len() > FEW { format!("{few}, {} more", volumes.len() - FEW) } else { few }
}

#[component]
fn Addresses(addresses: Vec<String>) -> impl IntoView {
    const FEW: usize = 3;
    if addresses.is_empty() {
        return view! { <Unknown/> }.into_any();
    }
    let rest = addresses.len().saturating_sub(FEW);
    let line = |address: String| view! { <span class="code fact-line">{address}</span> };
    view! {
        {addresses.into_iter().take(FEW).map(line).collect_view()}
        {(rest > 0).then(|| view! { <span class="soft">{rest} " more under Hardware"</span> })}
    }
    .into_any()
}

#[component]
fn Life(head: DeviceHead, facts: Known) -> impl IntoView {
    let up = facts.booted_at.map(|at| view! { <When at/> ", since " <At at/> });
    let up = up.map_or_else(|| view! { <Unknown/> }.into_any(), IntoAny::into_any);
    let agent = head.agent.map(|(name, version)| format!("{name} {version}"));
    let users = facts.users.map(|n| if n == 0 { "Nobody".to_owned() } else { counted(n.into(), "person", "people") });
    view! {
        <Fact label="Up">{up}</Fact>
        <Fact label="Logged in"><Text text=users/></Fact>
        <Fact label="Agent"><Text text=agent/></Fact>
        <Fact label="Enrolled"><At at=head.enrolled_at/></Fact>
    }
}

/// What arrived and was dropped before storage, and why.
#[component]
fn Privacy(dropped: Dropped) -> impl IntoView {
    let lines = [
        ("Environment variables", dropped.environment, "They often hold passwords and tokens."),
        ("Processes", dropped.processes, "They show what people do all day."),
        ("Local users", dropped.users, "Only how many are logged in is kept."),
    ];
    let line = |(label, n, why): (&'static str, u32, &'static str)| {
        let n = thousands(n.into());
        view! { <Fact label><strong>{n}</strong> <span class="soft fact-line">{why}</span></Fact> }
    };
    let nothing = dropped == Dropped::default();
    let words = if nothing {
        "Its last report held none of these."
    } else {
        "Its last report held these. They were counted, dropped before storage, and are kept nowhere."
    };
    view! {
        <Section title="Dropped at the door">
            <p class="privacy"><Icon name="eye-off"/><span>{words}</span></p>
            <div class="dropped"><Facts>{lines.map(line).collect_view()}</Facts></div>
        </Section>
    }
}

/// What somebody noted, with its lines.
#[component]
fn Note(id: DeviceId, note: String) -> impl IntoView {
    let edit = may(Permission::DevicesManage).then(|| ("Edit".to_owned(), at(id, "manage")));
    view! { <Section title="Note" more=edit><p class="note-text">{note}</p></Section> }
}
