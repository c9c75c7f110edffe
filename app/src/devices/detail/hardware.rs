//! What a device is made of.

use domain::devices::report::{Cpu, Hardware, Interface};
use leptos::prelude::*;

use super::{HardwareTab, volumes::Volumes};
use crate::{
    devices::parts::Known,
    ui::{Cell, Column, Empty, Fact, Facts, Head, Row, Rows, Section, Slot, Table, at_text, bytes, thousands},
};

#[component]
pub(super) fn HardwareView(tab: HardwareTab) -> impl IntoView {
    let note = tab.taken_at.map(|at| format!("inventory {}", at_text(at)));
    let Some(hardware) = tab.hardware.clone() else {
        let text = "The next full inventory of its agent fills this page.";
        return view! { <div class="alone"><Empty icon="cpu" title="No hardware reported yet" text/></div> }.into_any();
    };
    let parts = hardware.clone();
    view! {
        <div class="columns columns-even">
            <div>
                <Section title="Machine" note><Machine tab hardware/></Section>
                <Section title="Processors" count=parts.cpus.len() as u64><Processors cpus=parts.cpus/></Section>
            </div>
            <div>
                <Section title="Volumes" count=parts.volumes.len() as u64>
                    {parts.volumes.is_empty().then(|| view! { <p class="soft section-words">"None reported."</p> })}
                    <Volumes volumes=parts.volumes/>
                </Section>
                <Section title="Network interfaces" count=parts.interfaces.len() as u64><Interfaces interfaces=parts.interfaces/></Section>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Machine(tab: HardwareTab, hardware: Hardware) -> impl IntoView {
    let swap = hardware.swap_bytes.map(|n| if n == 0 { "None".to_owned() } else { bytes(n) });
    view! {
        <Facts>
            <Fact label="Model"><Known text=tab.model/></Fact>
            <Fact label="Serial number"><Known text=tab.serial code=true/></Fact>
            <Fact label="Machine UUID"><Known text=tab.machine_uuid code=true/></Fact>
            <Fact label="Firmware"><Known text=hardware.firmware code=true/></Fact>
            <Fact label="Memory"><Known text=hardware.memory_bytes.map(bytes)/></Fact>
            <Fact label="Swap"><Known text=swap/></Fact>
        </Facts>
    }
}

#[component]
fn Processors(cpus: Vec<Cpu>) -> impl IntoView {
    if cpus.is_empty() {
        return view! { <p class="soft section-words">"None reported."</p> }.into_any();
    }
    let row = |cpu: Cpu| {
        let speed = cpu.mhz.filter(|mhz| mhz.is_finite() && *mhz > 0.0).map(|mhz| format!("{:.1}\u{a0}GHz", mhz / 1_000.0));
        let n = |n: Option<u32>| n.map(|n| thousands(n.into()));
        view! {
            <Row>
                <Cell kind=Slot::Lead>{cpu.name}</Cell>
                <Cell number=true><Known text=n(cpu.cores)/><span class="stacked-word">" cores"</span></Cell>
                <Cell number=true><Known text=n(cpu.threads)/><span class="stacked-word">" threads"</span></Cell>
                <Cell number=true><Known text=speed/></Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Processors">
            <Head><Column label="Model"/><Column label="Cores" number=true/><Column label="Threads" number=true/><Column label="Speed" number=true/></Head>
            <Rows>{cpus.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
    .into_any()
}

#[component]
fn Interfaces(interfaces: Vec<Interface>) -> impl IntoView {
    if interfaces.is_empty() {
        return view! { <p class="soft section-words">"None reported."</p> }.into_any();
    }
    let row = |interface: Interface| {
        let none = interface.addresses.is_empty().then(|| view! { <span class="quiet">"No address"</span> });
        let line = |address: String| view! { <span class="code fact-line">{address}</span> };
        view! {
            <Row>
                <Cell kind=Slot::Lead>{interface.name}</Cell>
                <Cell kind=Slot::Sub><span class="address-list">{none}{interface.addresses.into_iter().map(line).collect_view()}</span></Cell>
                <Cell><Known text=interface.mac code=true/></Cell>
            </Row>
        }
    };
    view! {
        <Table caption="Network interfaces">
            <Head><Column label="Name"/><Column label="Addresses"/><Column label="Hardware address"/></Head>
            <Rows>{interfaces.into_iter().map(row).collect_view()}</Rows>
        </Table>
    }
    .into_any()
}
