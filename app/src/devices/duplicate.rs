//! Two devices that look like one machine, side by side, and what may be done about it.

use domain::{
    Moment,
    devices::status::Status,
    ids::{DeviceId, Uuid},
    time::{DAY, MINUTE},
};
use leptos::prelude::*;

use crate::{
    Frame,
    devices::parts::Unknown,
    layout::{link, sample::NOW},
    render,
    ui::{
        At, Badge, Button, Cell, Column, Confirm, Crumb, Crumbs, Empty, Head, LinkButton, Look, PageHead, Row, Rows, Section, Slot, StatusMark, Table, Tone,
        When,
    },
};

/// A value of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Not known.
    Unknown,
    /// Nobody gave it one.
    Nothing,
    /// A text; untrusted.
    Text(String),
    /// An instant.
    At(Moment),
}

impl From<Option<String>> for Told {
    fn from(text: Option<String>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Unknown, Self::Text)
    }
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// The device.
    pub id: DeviceId,
    /// Its host name; untrusted text.
    pub hostname: String,
    /// Derived now.
    pub status: Status,
    /// Last contact.
    pub last_seen: Option<Moment>,
    /// What happens when this one is kept and the other is merged into it, sentence by sentence.
    pub when_kept: Vec<String>,
}

/// The page `/devices/{device}/duplicate`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicatePage {
    /// The device that was opened.
    pub this: Twin,
    /// The other one; `None`: there is none any more.
    pub other: Option<Twin>,
    /// Field by field: label, and the value at each.
    pub fields: Vec<(&'static str, Told, Told)>,
    /// Why they cannot be merged now.
    pub stands_against: Option<String>,
}

impl DuplicatePage {
    /// A server that reports through two agents.
    pub fn sample() -> Self {
        let twin = |n: u128, ago: i64, status| Twin {
            id: DeviceId(Uuid::from_u128(n)),
            hostname: "BWL-SRV-SQL02".into(),
            status,
            last_seen: Some(NOW - ago),
            when_kept: vec!["The history and the tags of the other one move to it.".into(), "The other one is deleted.".into()],
        };
        let text = |text: &str| Told::Text(text.into());
        let fields = vec![
            ("Agent", text("portico-agent 0.1.0"), text("GLPI-Agent 1.11")),
            ("Enrolled", Told::At(NOW - 90 * DAY), Told::At(NOW - 2 * DAY)),
            ("Serial number", text("PF0TEST1"), text("PF0TEST1")),
            ("Kernel", text("6.1.0-31-amd64"), Told::Unknown),
        ];
        Self { this: twin(1, MINUTE, Status::Online), other: Some(twin(2, DAY, Status::Offline)), fields, stands_against: None }
    }

    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("{}, possible duplicate", self.this.hostname);
        render(frame, &title, move || view! { <Duplicate page=self/> })
    }
}

fn at(id: DeviceId, rest: &str) -> String {
    link(&format!("/devices/{id}{rest}"))
}

#[component]
fn Duplicate(page: DuplicatePage) -> impl IntoView {
    let this = page.this.clone();
    let above = vec![Crumb { label: "Devices".into(), href: link("/devices") }, Crumb { label: this.hostname.clone(), href: at(this.id, "") }];
    let body = match page.other.clone() {
        Some(other) => view! { <SideBySide page other/> }.into_any(),
        None => view! {
            <div class="alone">
                <Empty icon="check" title="No duplicate" text="No other device of this client says that it is the same machine.">
                    <LinkButton href=at(this.id, "")>"Back to the device"</LinkButton>
                </Empty>
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="device-crumbs"><Crumbs above here="Possible duplicate"/></div>
        <PageHead title="Possible duplicate" note=this.hostname/>
        {body}
    }
}

#[component]
fn SideBySide(page: DuplicatePage, other: Twin) -> impl IntoView {
    let differing = page.fields.iter().filter(|(_, here, there)| here != there).count();
    let note = format!("{differing} of {} facts differ", page.fields.len());
    let this = page.this.clone();
    let (here, there) = (this.clone(), other.clone());
    view! {
        <p class="page-words">"Both say that they are the same machine: their hardware UUID is the same. That happens when a machine reports through two agents, or was enrolled a second time. It also happens with clones; then they are two."</p>
        <Section title="Side by side" note>
            <Table caption="Facts of both devices">
                <Head>
                    <Column label="Fact"/>
                    <Column label="This one"/>
                    <Column label="The other one"/>
                    <Column label="Same" hidden=true/>
                </Head>
                <Rows>
                    <Row>
                        <Cell kind=Slot::Lead>"Device"</Cell>
                        <Cell kind=Slot::Sub><Named twin=here/></Cell>
                        <Cell kind=Slot::Sub><Named twin=there/></Cell>
                        <Cell>""</Cell>
                    </Row>
                    {page.fields.into_iter().map(|(label, here, there)| view! { <Fact label here there/> }).collect_view()}
                </Rows>
            </Table>
        </Section>
        <Section title="Decide">
            <Decide this other against=page.stands_against/>
        </Section>
    }
}

#[component]
fn Named(twin: Twin) -> impl IntoView {
    view! {
        <a class="text-link" href=at(twin.id, "")><strong>{twin.hostname}</strong></a>
        <span class="beside"><StatusMark status=twin.status/></span>
    }
}

#[component]
fn Fact(label: &'static str, here: Told, there: Told) -> impl IntoView {
    let same = here == there;
    let mark = (!same).then(|| view! { <Badge tone=Tone::Medium>"Differs"</Badge> });
    view! {
        <Row>
            <Cell kind=Slot::Lead>{label}</Cell>
            <Cell kind=Slot::Sub><Value told=here/></Cell>
            <Cell kind=Slot::Sub><Value told=there/></Cell>
            <Cell>{mark}</Cell>
        </Row>
    }
}

#[component]
fn Value(told: Told) -> impl IntoView {
    match told {
        Told::Unknown => view! { <Unknown/> }.into_any(),
        Told::Nothing => view! { <span class="quiet">"None"</span> }.into_any(),
        Told::Text(text) => view! { <span class="told">{text}</span> }.into_any(),
        Told::At(at) => view! { <At at/> }.into_any(),
    }
}

#[component]
fn Decide(this: Twin, other: Twin, against: Option<String>) -> impl IntoView {
    let merge = match against {
        Some(text) => view! { <p class="section-words">{text}</p> }.into_any(),
        None => view! {
            <Merge keep=this.clone() gone=other.clone() page=this.id label="Keep this one"/>
            <Merge keep=other.clone() gone=this.clone() page=this.id label="Keep the other one"/>
        }
        .into_any(),
    };
    view! {
        <div class="decide-acts">
            {merge}
            <form method="post" action=at(this.id, "/duplicate/separation")>
                <input type="hidden" name="other" value=other.id.to_string()/>
                <Button small=true icon="layers">"They are two: keep both"</Button>
            </form>
        </div>
        <p class="section-words quiet">"Merging cannot be taken back. Keeping both only hides this hint."</p>
    }
}

#[component]
fn Merge(keep: Twin, gone: Twin, page: DeviceId, #[prop(into)] label: String) -> impl IntoView {
    let seen = gone.last_seen.map(|at| view! { ", last seen " <When at ago=true/> });
    view! {
        <Confirm label title=format!("Make one device of the two and keep {}?", keep.id) danger=true>
            <ul class="confirm-list">{keep.when_kept.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}</ul>
            <p class="quiet">"Deleted: " {gone.hostname.clone()} {seen} "."</p>
            <form method="post" action=at(page, "/duplicate/merger")>
                <input type="hidden" name="keep" value=keep.id.to_string()/>
                <input type="hidden" name="other" value=gone.id.to_string()/>
                <Button look=Look::Danger small=true>"Merge into it"</Button>
            </form>
        </Confirm>
    }
}

#[cfg(test)]
mod tests;
