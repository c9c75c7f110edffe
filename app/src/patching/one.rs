//! One update: what is decided where, the form that decides, and how it stands on each device.

use leptos::prelude::*;

use super::{
    Decided, UpdateLine, UpdatePage,
    decision::DecisionForm,
    pairs::PairRows,
    parts::{ClassWord, Says, VerdictWord, update_at},
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::{link, may},
    render,
    ui::{At, Cell, Column, Crumb, Crumbs, Fact, Facts, Head, LinkButton, Look, Row, Rows, Section, Slot, Table, thousands},
};

impl UpdatePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("{} {}", self.line.name, self.line.version);
        render(frame, &title, move || view! { <UpdateView page=self/> })
    }
}

/// The page.
#[component]
pub fn UpdateView(page: UpdatePage) -> impl IntoView {
    let (line, decided, id) = (page.line.clone(), page.decided.clone(), page.line.id);
    let (devices, reason) = (page.devices.clone(), page.reason.clone());
    let install = may(domain::people::Permission::UpdatesInstall)
        .then(|| view! { <LinkButton href=link(&format!("/patching/runs/new?update={id}")) look=Look::Primary>"Install where approved"</LinkButton> });
    let above = vec![Crumb { label: "Updates".into(), href: link("/patching/updates") }];
    view! {
        <div class="device-crumbs"><Crumbs above here=line.name.clone()/></div>
        <header class="device-head">
            <div class="device-words">
                <div class="device-line"><h1>{line.name.clone()}</h1><span class="code version">{line.version.clone()}</span><ClassWord class=line.class/></div>
            </div>
            {install}
        </header>
        <div class="columns">
            <div>
                <Section title="For all clients"><p class="section-words"><VerdictWord verdict=line.verdict/>" "<Says sentence=reason/></p></Section>
                {(!decided.is_empty()).then(|| view! { <Decisions id decided/> })}
                <DecisionForm page/>
            </div>
            <aside aria-label="The update"><About line/></aside>
        </div>
        <Section title="On devices"><PairRows page=devices/></Section>
    }
}

#[component]
fn About(line: UpdateLine) -> impl IntoView {
    view! {
        <Section title="The update">
            <Facts>
                <Fact label="Architecture">{line.arch}</Fact>
                <Fact label="Origin">{line.origin.unwrap_or_else(|| "Not said".into())}</Fact>
                <Fact label="Package system">{line.source.program()}</Fact>
                <Fact label="First seen"><At at=line.first_seen/></Fact>
                <Fact label="Needed by">{counted(line.need, "device", "devices")}</Fact>
                <Fact label="Installed on">{counted(line.have, "device", "devices")}</Fact>
                <Fact label="Failed on">{thousands(line.failed)}</Fact>
            </Facts>
        </Section>
    }
}

#[component]
fn Decisions(id: domain::ids::UpdateId, decided: Vec<Decided>) -> impl IntoView {
    let row = move |line: Decided| {
        let href = format!("{}?at={}#decide", update_at(id), line.place);
        view! {
            <Row>
                <Cell kind=Slot::Lead><a class="row-link" href=href>{line.name}</a></Cell>
                <Cell><VerdictWord verdict=Some(line.verdict)/></Cell>
                <Cell kind=Slot::Sub>{line.who}", "<At at=line.at/>{line.expires.map(|at| view! { ", holds until " <At at/> })}</Cell>
                <Cell kind=Slot::Wide>{line.note}</Cell>
            </Row>
        }
    };
    view! {
        <Section title="Decided by hand" count=decided.len() as u64>
            <div class="list">
                <Table caption="Decisions by hand">
                    <Head><Column label="Where"/><Column label="Decision"/><Column label="Who"/><Column label="Note"/></Head>
                    <Rows>{decided.into_iter().map(row).collect_view()}</Rows>
                </Table>
            </div>
        </Section>
    }
}
