//! Compliance: how much of what is due is installed, for all, by client and by kind, and day by day.

use domain::{
    ids::ClientId,
    patching::{Bucket, Class, Share, Tally, groups::Devices, query::PairsQuery},
};
use leptos::prelude::*;

use super::{
    CompliancePage, TrendDay,
    parts::{Apart, ClassWord, Room, RoomHead, client_at, pairs_at, percent},
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{At, Bar, Cell, Column, Empty, Figure, Fill, Head, LinkButton, Look, Part, Row, RowLink, Rows, Section, Slot, Table, Tile, Tiles, thousands},
};

impl CompliancePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Patching", move || view! { <Compliance page=self/> })
    }
}

/// The page.
#[component]
pub fn Compliance(page: CompliancePage) -> impl IntoView {
    let (tally, devices) = page.total;
    let body = if tally.total() == 0 { view! { <Nothing devices/> }.into_any() } else { view! { <Figures page=page.clone()/> }.into_any() };
    view! {
        <RoomHead room=Room::Compliance>
            <LinkButton href=link("/patching/devices?counts=missing") look=Look::Quiet>"What is past due"</LinkButton>
        </RoomHead>
        {body}
    }
}

#[component]
fn Nothing(devices: Devices) -> impl IntoView {
    let text = match devices.all {
        0 => "When devices report, the updates that wait on them stand here.".to_owned(),
        all => format!("{} in service; none of them has reported an update that waits.", counted(all, "device", "devices")),
    };
    view! { <div class="alone"><Empty icon="shield-check" title="No updates yet" text><LinkButton href=link("/devices")>"Devices"</LinkButton></Empty></div> }
}

fn figure(label: &str, n: u64, rest: Option<String>, query: PairsQuery, page: &CompliancePage) -> Figure {
    Figure {
        label: label.to_owned(),
        value: Some(thousands(n)),
        unit: None,
        of: None,
        rest,
        change: None,
        measured: Some(page.counted_at),
        href: pairs_at(&query),
        parts: Vec::new(),
        total: 0,
    }
}

fn of(bucket: Bucket) -> PairsQuery {
    PairsQuery { counts: Some(bucket), ..PairsQuery::default() }
}

#[component]
fn Figures(page: CompliancePage) -> impl IntoView {
    let (tally, devices) = page.total;
    let share = tally.share();
    let parts = vec![Part::new("Installed", tally.installed, Fill::Ok), Part::new("Past due", tally.missing, Fill::Critical)];
    let main = Figure {
        value: Some(percent(&tally)),
        of: Some(format!("{} of {} past due", thousands(share.numerator), thousands(share.denominator))),
        parts,
        total: share.denominator,
        ..figure("Installed of what is due", 0, None, of(Bucket::Installed), &page)
    };
    let missing = figure("Past due, not installed", tally.missing, Some(format!("{} failed", thousands(tally.failed))), of(Bucket::Missing), &page);
    let later = figure("Not yet due", tally.not_due, Some(format!("{} deferred, {} declined", tally.deferred, tally.excluded)), of(Bucket::NotDue), &page);
    let unknown = figure("Unknown", tally.unknown, Some(format!("{} of {} devices", devices.unknown, devices.all)), of(Bucket::Unknown), &page);
    let targets = page.targets;
    let note = format!("Security updates are due after {} days, others after {}.", targets.security_days, targets.other_days);
    view! {
        <Tiles><Tile figure=main/><Tile figure=missing/><Tile figure=later/><Tile figure=unknown/></Tiles>
        <p class="soft section-words">{note}" Installed early, deferred, declined and unknown stand beside the share and never inside."</p>
        <ByClient clients=page.clients/>
        <ByClass classes=page.classes/>
        <Trend days=page.trend/>
    }
}

#[component]
fn Shares(tally: Tally) -> impl IntoView {
    let Share { numerator, denominator } = tally.share();
    let parts = vec![Part::new("Installed", numerator, Fill::Ok)];
    view! {
        <strong>{percent(&tally)}</strong>
        <span class="quiet">{format!(" {} of {}", thousands(numerator), thousands(denominator))}</span>
        <Bar parts total=denominator/>
    }
}

#[component]
fn ByClient(clients: Vec<((ClientId, String), Tally, Devices)>) -> impl IntoView {
    let row = |((id, name), tally, devices): ((ClientId, String), Tally, Devices)| {
        let query = PairsQuery { client: Some(id), ..PairsQuery::default() };
        let href = pairs_at(&query);
        let unknown = (devices.unknown > 0).then(|| format!(", {} unknown", devices.unknown));
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href>{name}</RowLink></Cell>
                <Cell kind=Slot::Sub><Shares tally/></Cell>
                <Cell><Apart tally query/></Cell>
                <Cell number=true><a class="row-place" href=client_at(id)>{counted(devices.all, "device", "devices")}</a>{unknown}</Cell>
            </Row>
        }
    };
    view! {
        <Section title="By client">
            <div class="list">
                <Table caption="Compliance by client">
                    <Head><Column label="Client"/><Column label="Installed of due"/><Column label="Beside it"/><Column label="Devices" number=true/></Head>
                    <Rows>{clients.into_iter().map(row).collect_view()}</Rows>
                </Table>
            </div>
        </Section>
    }
}

#[component]
fn ByClass(classes: Vec<(Class, Tally)>) -> impl IntoView {
    let row = |(class, tally): (Class, Tally)| {
        let query = PairsQuery { class: Some(class), ..PairsQuery::default() };
        let href = pairs_at(&query);
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href><ClassWord class/></RowLink></Cell>
                <Cell kind=Slot::Sub><Shares tally/></Cell>
                <Cell><Apart tally query/></Cell>
            </Row>
        }
    };
    view! {
        <Section title="By kind">
            <div class="list">
                <Table caption="Compliance by kind of update">
                    <Head><Column label="Kind"/><Column label="Installed of due"/><Column label="Beside it"/></Head>
                    <Rows>{classes.into_iter().map(row).collect_view()}</Rows>
                </Table>
            </div>
        </Section>
    }
}

#[component]
fn Trend(days: Vec<TrendDay>) -> impl IntoView {
    let row = |(day, installed, past): TrendDay| {
        let tally = Tally { installed, missing: past.saturating_sub(installed), ..Tally::default() };
        view! { <Row><Cell kind=Slot::Lead><At at=day/></Cell><Cell kind=Slot::Sub><Shares tally/></Cell></Row> }
    };
    let note = "A day without a figure is missing, and never made up.".to_owned();
    (!days.is_empty()).then(|| {
        view! {
            <Section title="Day by day" note>
                <div class="list">
                    <Table caption="Compliance day by day">
                        <Head><Column label="Day"/><Column label="Installed of due"/></Head>
                        <Rows>{days.into_iter().rev().map(row).collect_view()}</Rows>
                    </Table>
                </div>
            </Section>
        }
    })
}
