//! The page of the import: a file or pasted text on the left, what it may hold on the right.

use domain::clients::import::ROWS;
use leptos::prelude::*;

use super::{ImportPage, preview::Checked};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Code, Crumb, Crumbs, FileField, LinkButton, Look, PageHead, Section, TextArea, thousands},
};

impl ImportPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Import clients", move || view! { <ImportView page=self/> })
    }
}

/// The import.
#[component]
pub fn ImportView(page: ImportPage) -> impl IntoView {
    let above = vec![Crumb { label: "Clients".into(), href: link("/clients") }];
    let body = match page.preview {
        Some(preview) => view! { <Checked preview typed=page.typed/> }.into_any(),
        None => view! {
            <div class="columns">
                <Choose typed=page.typed fault=page.fault/>
                <aside aria-label="The file"><Columns/></aside>
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="device-crumbs"><Crumbs above here="Import"/></div>
        <PageHead title="Import clients" note="Clients, sites and contacts from a CSV file".to_owned()/>
        {body}
    }
}

/// A file, or text that was copied from a spreadsheet.
#[component]
pub(super) fn Choose(typed: String, fault: Option<String>) -> impl IntoView {
    let (file, text) = if typed.is_empty() { (fault, None) } else { (None, fault) };
    view! {
        <form class="sheet" method="post" enctype="multipart/form-data" action=link("/clients/import")>
            <FileField label="CSV file" name="file" accept=".csv,text/csv,text/plain" error=file hint="Up to 2 MB, in UTF-8.".to_owned()/>
            <TextArea label="Or paste the rows" name="text" value=typed rows=10 error=text hint="With the line of column names first.".to_owned()/>
            <div class="sheet-acts">
                <Button look=Look::Primary>"Check the rows"</Button>
                <LinkButton href=link("/clients") look=Look::Quiet>"Cancel"</LinkButton>
            </div>
            <p class="soft">"Nothing is changed yet. The next page says for each row what it would do."</p>
        </form>
    }
}

#[component]
fn Columns() -> impl IntoView {
    let column = |name: &'static str, text: &'static str| view! { <div><dt><Code>{name}</Code></dt><dd>{text}</dd></div> };
    view! {
        <Section title="Columns">
            <dl class="facts columns-told">
                {column("client", "The client\u{2019}s name. In every row.")}
                {column("site", "A site of that client. May stay empty.")}
                {column("contact_name", "First and last name of somebody who may sign in.")}
                {column("contact_email", "Their e-mail. Name and e-mail come together.")}
            </dl>
            <p class="section-words"><LinkButton href=link("/clients/import/sample") small=true icon="download">"Sample file"</LinkButton></p>
        </Section>
        <Section title="Good to know">
            <ul class="import-rules">
                <li>"One row for each site or contact; the client\u{2019}s name is repeated."</li>
                <li>"What exists already is left as it is, and names are compared without regard to case."</li>
                <li>"Contacts are made without a password. They can sign in once somebody gives them a one-time link."</li>
                <li>"Commas, semicolons or tabs between the cells."</li>
                <li>{format!("At most {} rows at a time.", thousands(ROWS as u64))}</li>
            </ul>
        </Section>
    }
}
