//! A new run: what is chosen, which device gets what, and who is left out and why.

use domain::patching::Kind;
use leptos::prelude::*;

use super::{
    PlanLine, PlanPage,
    decision::fault,
    parts::{client_at, device_at},
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{
        Button, Cell, Checkbox, Choice, Column, Crumb, Crumbs, Empty, Field, Head, Icon, LinkButton, Look, PageHead, Row, RowLink, Rows, Section, Select, Slot,
        Table,
    },
};

impl PlanPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "New run", move || view! { <Plan page=self/> })
    }
}

/// The page.
#[component]
pub fn Plan(page: PlanPage) -> impl IntoView {
    let above = vec![Crumb { label: "Runs".into(), href: link("/patching/runs") }];
    let targets = page.targets.clone();
    let left = page.left_out.clone();
    let body = if targets.is_empty() { view! { <Nothing/> }.into_any() } else { view! { <Start page=page.clone()/><Targets targets/> }.into_any() };
    let error = fault(&page.faults, "devices").map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> });
    let more = page.more.then(
        || view! { <div class="banner" role="note"><p>"More devices match than one run takes. Choose fewer, or start another run after this one."</p></div> },
    );
    view! {
        <div class="device-crumbs"><Crumbs above here="New run".to_owned()/></div>
        <PageHead title="New run"/>
        <div class="filter-bar"><Filters page=page.clone()/></div>
        {error}
        {more}
        {body}
        {(!left.is_empty()).then(|| view! { <LeftOut left/> })}
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let text = "No chosen device needs an approved update and has an agent that makes changes.";
    view! { <div class="alone"><Empty icon="shield-check" title="Nothing to install" text><LinkButton href=link("/patching/updates")>"Updates"</LinkButton></Empty></div> }
}

#[component]
fn Filters(page: PlanPage) -> impl IntoView {
    let PlanPage { choose, clients, windows, named, faults, .. } = page;
    let all = Choice { value: String::new(), label: "All clients".into(), selected: choose.client.is_none() };
    let clients = clients.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, selected: choose.client == Some(id) });
    let clients: Vec<Choice> = std::iter::once(all).chain(clients).collect();
    let now = Choice { value: String::new(), label: "Now".into(), selected: choose.window.is_none() };
    let windows = windows.into_iter().map(|(id, name)| Choice { value: id.to_string(), label: name, selected: choose.window == Some(id) });
    let windows: Vec<Choice> = std::iter::once(now).chain(windows).collect();
    let kept = [("device", choose.device.map(|id| id.to_string())), ("update", choose.update.map(|id| id.to_string()))];
    let kept = kept.into_iter().filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value?/> })).collect_view();
    let tags = [named.0, named.1].into_iter().flatten().map(|name| view! { <span class="tag">{name}</span> }).collect_view();
    let error = fault(&faults, "window").map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> });
    view! {
        <form class="filters" method="get" action=link("/patching/runs/new")>
            <Select label="Client" name="client" choices=clients bare=true/>
            <Select label="When" name="window" choices=windows bare=true/>
            <Checkbox label="Security updates alone" name="security" checked=choose.security/>
            {kept}
            <Button>"Apply"</Button>
            <p class="filters-note">{tags}<a class="text-link" href=link("/patching/runs/new")>"Choose anew"</a></p>
        </form>
        {error}
    }
}

#[component]
fn Start(page: PlanPage) -> impl IntoView {
    let choose = page.choose.clone();
    let kept = [
        ("client", choose.client.map(|id| id.to_string())),
        ("device", choose.device.map(|id| id.to_string())),
        ("update", choose.update.map(|id| id.to_string())),
        ("security", choose.security.then(|| "yes".to_owned())),
        ("window", choose.window.map(|id| id.to_string())),
    ];
    let kept = kept.into_iter().filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value?/> })).collect_view();
    let password = page.asks_password.then(|| {
        let error = fault(&page.faults, "password").map(|message| format!("This {message}."));
        view! { <Field label="Your password" name="password" kind="password" error autocomplete="current-password" required=true/> }
    });
    let gets: u64 = page.targets.iter().map(|line| line.gets.len() as u64).sum();
    let words = format!("{} on {}.", counted(gets, "installation", "installations"), counted(page.targets.len() as u64, "device", "devices"));
    let wait = choose.window.is_some();
    let verb = if wait || choose.approval { "Plan the run" } else { "Start" };
    let approval = fault(&page.faults, "approval").map(|error| view! { <p class="field-error" role="alert">{error}</p> });
    let restarts = wait.then(|| view! { <Checkbox label="Restart devices that ask for it, within the window" name="reboot" checked=choose.reboot/> });
    view! {
        <Section title="Start">
            <form class="manage-form" method="post" action=link("/patching/runs")>
                <p>{words}" Exactly these versions are installed, and each is checked by a fresh scan."</p>
                {kept}
                <Checkbox label="A contact of the client approves it first" name="approval" checked=choose.approval/>
                {approval}
                {restarts}
                <Field label="Name" name="title" hint="Empty names it by its devices.".to_owned() error=fault(&page.faults, "title") autocomplete="off"/>
                {password}
                <p class="form-acts"><Button look=Look::Primary>{verb}</Button></p>
            </form>
        </Section>
    }
}

#[component]
fn Targets(targets: Vec<PlanLine>) -> impl IntoView {
    let row = |line: PlanLine| {
        let gets =
            line.gets.iter().map(|(name, version)| view! { <li>{name.clone()}" "<span class="code version">{version.clone()}</span></li> }).collect_view();
        let head = counted(line.gets.len() as u64, "update", "updates");
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=device_at(line.device.0)>{line.device.1}</RowLink></Cell>
                <Cell><a class="row-place" href=client_at(line.client.0)>{line.client.1}</a></Cell>
                <Cell kind=Slot::Sub><details class="why"><summary>{head}</summary><ul>{gets}</ul></details></Cell>
                <Cell kind=Slot::Wide>{reasons(&line.left)}</Cell>
            </Row>
        }
    };
    view! {
        <Section title="These devices" count=targets.len() as u64>
            <div class="list">
                <Table caption="Devices that get updates">
                    <Head><Column label="Device"/><Column label="Client"/><Column label="Gets"/><Column label="Does not get"/></Head>
                    <Rows>{targets.into_iter().map(row).collect_view()}</Rows>
                </Table>
            </div>
        </Section>
    }
}

/// `2 awaiting decision, 1 excluded`.
fn reasons(left: &[(Kind, u64)]) -> String {
    left.iter().map(|(kind, n)| format!("{n} {}", kind.label().to_lowercase())).collect::<Vec<_>>().join(", ")
}

#[component]
fn LeftOut(left: Vec<PlanLine>) -> impl IntoView {
    let row = |line: PlanLine| {
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=device_at(line.device.0)>{line.device.1}</RowLink></Cell>
                <Cell><a class="row-place" href=client_at(line.client.0)>{line.client.1}</a></Cell>
                <Cell kind=Slot::Sub>{reasons(&line.left)}</Cell>
            </Row>
        }
    };
    view! {
        <Section title="Left out" count=left.len() as u64>
            <div class="list">
                <Table caption="Devices that get nothing">
                    <Head><Column label="Device"/><Column label="Client"/><Column label="Why"/></Head>
                    <Rows>{left.into_iter().map(row).collect_view()}</Rows>
                </Table>
            </div>
        </Section>
    }
}
