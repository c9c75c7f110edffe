//! How updates stand on one device, on its own page.

use domain::{ids::DeviceId, people::Permission};
use leptos::prelude::*;

use super::{
    PairLine,
    parts::{ClassWord, KindMark, Says, update_at},
};
use crate::{
    layout::{link, may},
    ui::{Cell, Column, Head, LinkButton, Look, Row, RowLink, Rows, Section, Slot, Table},
};

/// The states, each with its reason, and the way to install what is approved.
#[component]
pub(crate) fn DeviceUpdates(id: DeviceId, lines: Vec<PairLine>) -> impl IntoView {
    let install = may(Permission::UpdatesInstall)
        .then(|| view! { <p class="section-words"><LinkButton href=link(&format!("/patching/runs/new?device={id}")) look=Look::Primary>"Install approved updates"</LinkButton></p> });
    let row = |line: PairLine| {
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=update_at(line.update)>{line.name.0}</RowLink>" "<span class="code version">{line.name.1}</span></Cell>
                <Cell><ClassWord class=line.class/></Cell>
                <Cell><KindMark kind=line.kind/></Cell>
                <Cell kind=Slot::Sub><details class="why"><summary>"Why?"</summary><Says sentence=line.why/></details></Cell>
            </Row>
        }
    };
    (!lines.is_empty()).then(|| {
        view! {
            <Section title="Patching" count=lines.len() as u64>
                {install}
                <div class="list">
                    <Table caption="How updates stand on this device">
                        <Head><Column label="Update"/><Column label="Kind"/><Column label="State"/><Column label="Why"/></Head>
                        <Rows>{lines.into_iter().map(row).collect_view()}</Rows>
                    </Table>
                </div>
            </Section>
        }
    })
}
