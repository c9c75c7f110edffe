//! The page of one title: its versions, and the devices that have it or lack it.

use domain::{devices::query::Cursor, software::Is, software::TitleQuery};
use leptos::prelude::*;

use super::{TitlePage, holders::Holders, versions::Versions};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{Button, Choice, Crumb, Crumbs, Empty, Field, LinkButton, Look, PageHead, Section, Select, Tab, Tabs, thousands},
};

impl TitlePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, &format!("{}, software", self.name), move || view! { <Title page=self/> })
    }
}

/// One title.
#[component]
pub fn Title(page: TitlePage) -> impl IntoView {
    let above = vec![Crumb { label: "Software".into(), href: link("/software") }];
    let note = format!("{} on {}", page.ecosystem.label(), counted(page.installed, "device", "devices"));
    let having = link(&page.path(&TitleQuery::default()));
    let lacking = link(&page.path(&TitleQuery { lacks: true, ..TitleQuery::default() }));
    let (lacks, export) = (page.query.lacks, link(&page.export()));
    let body = if lacks { view! { <Lacking page=page.clone()/> }.into_any() } else { view! { <Having page=page.clone()/> }.into_any() };
    view! {
        <div class="device-crumbs"><Crumbs above here=page.name.clone()/></div>
        <PageHead title=page.name.clone() note>
            <LinkButton href=export look=Look::Quiet icon="download">"Export CSV"</LinkButton>
        </PageHead>
        <Figures page=page.clone()/>
        <Tabs label="Devices by whether they have it">
            <Tab href=having label="Installed" count=page.installed active=!lacks/>
            <Tab href=lacking label="Lacking" count=page.lacking() active=lacks/>
        </Tabs>
        {body}
    }
}

/// What the two tabs are parts of, and who belongs to neither.
#[component]
fn Figures(page: TitlePage) -> impl IntoView {
    let others = page.fleet.listed.saturating_sub(page.able);
    let other = (others > 0).then(|| format!("{} only other software. ", if others == 1 { "1 has".to_owned() } else { format!("{} have", thousands(others)) }));
    let unknown = match page.fleet.unknown {
        0 => "No device is unknown.".to_owned(),
        1 => "1 without a list is unknown.".to_owned(),
        n => format!("{} without a list are unknown.", thousands(n)),
    };
    let of = format!(
        " of {} with {}; {} of {} with a package list. {}",
        counted(page.able, "device", "devices"),
        page.ecosystem.lists(),
        thousands(page.installed),
        counted(page.fleet.listed, "device", "devices"),
        other.unwrap_or_default()
    );
    view! {
        <p class="title-figures">
            <strong>{thousands(page.installed)}</strong>
            {of}
            <a class="text-link" href=link("/software/unknown")>{unknown}</a>
        </p>
    }
}

fn turn(page: &TitlePage) -> Box<dyn Fn(&Cursor) -> String> {
    let page = page.clone();
    Box::new(move |cursor| link(&page.path(&TitleQuery { cursor: Some(cursor.clone()), ..page.query.clone() })))
}

#[component]
fn Having(page: TitlePage) -> impl IntoView {
    let title = match (&page.query.only, &page.query.version) {
        (Some(only), _) => format!("Devices with version {only}"),
        (None, Some(filter)) => format!("Devices with a version {filter}"),
        (None, None) => "Devices".to_owned(),
    };
    let note = page.query.is_filtered().then(|| format!("of {} that have it", thousands(page.installed)));
    let found = if page.list.total == 0 {
        let text = format!("None of {} has such a version.", counted(page.installed, "device", "devices"));
        let all = link(&page.path(&TitleQuery::default()));
        view! { <div class="alone"><Empty icon="search" title="No device matches" text><LinkButton href=all>"Show all devices"</LinkButton></Empty></div> }
            .into_any()
    } else {
        view! { <Holders caption="Devices" list=page.list.clone() versions=true counted_at=page.counted_at href=turn(&page)/> }.into_any()
    };
    view! {
        <Versions page=page.clone()/>
        <Section title count=page.list.total note>
            <div class="filter-bar"><VersionForm page/></div>
            {found}
        </Section>
    }
}

#[component]
fn VersionForm(page: TitlePage) -> impl IntoView {
    let (is, version) = page.typed.clone();
    let choices = Is::ALL.map(|each| Choice { value: each.word().into(), label: format!("Version {}", each.label()), selected: each.word() == is });
    let wrong = |field: &str| page.fault.as_ref().filter(|fault| fault.field == field).map(|fault| format!("This {}.", fault.message));
    let all = page.query.is_filtered() || page.fault.is_some();
    let all = all.then(|| view! { <a class="text-link" href=link(&page.path(&TitleQuery::default()))>"Show all devices"</a> });
    let epoch = page.epoch.clone().map(|with| {
        let asked = page.query.version.as_ref().map(|filter| filter.version.clone()).unwrap_or_default();
        format!("Versions of this title carry an epoch, as {with} does, which weighs more than the rest. {asked} was compared as 0:{asked}.")
    });
    let (is_error, version_error) = (wrong("is"), wrong("version"));
    view! {
        <form class="filters" method="get" action=link(&page.path(&TitleQuery::default())) role="search">
            <Select label="How versions are compared" name="is" choices=choices.to_vec() bare=true error=is_error/>
            <Field label="Version" name="version" value=version placeholder="3.0.17" bare=true error=version_error/>
            <Button>"Apply"</Button>
            <p class="filters-note">{all}</p>
        </form>
        {epoch.map(|text| view! { <p class="filter-hint">{text}</p> })}
    }
}

#[component]
fn Lacking(page: TitlePage) -> impl IntoView {
    if page.list.total == 0 {
        let text = format!("Every one of {} with {} that you may see has it.", counted(page.able, "device", "devices"), page.ecosystem.lists());
        return view! { <div class="alone"><Empty icon="check" title="No device lacks it" text/></div> }.into_any();
    }
    let note = format!("of {} with {}", counted(page.able, "device", "devices"), page.ecosystem.lists());
    view! {
        <Section title="Devices that lack it" count=page.list.total note>
            <Holders caption="Devices that lack it" list=page.list.clone() counted_at=page.counted_at href=turn(&page)/>
        </Section>
    }
    .into_any()
}
