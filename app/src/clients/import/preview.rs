//! What a file would change, row by row, and the button that does it.

use domain::clients::import::{Outcome as Coming, Planned, Totals};
use leptos::prelude::*;

use super::{Preview, page::Choose};
use crate::{
    devices::parts::counted,
    layout::link,
    ui::{Button, Cell, Column, Head, LinkButton, Look, Outcome, OutcomeMark, Row, Rows, Section, Severity, SeverityMark, Slot, Table, thousands},
};

/// `3 clients, 1 site and 2 contacts`.
fn made(totals: &Totals) -> String {
    let parts: Vec<String> = [(totals.clients, "client", "clients"), (totals.sites, "site", "sites"), (totals.contacts, "contact", "contacts")]
        .into_iter()
        .filter(|(n, _, _)| *n > 0)
        .map(|(n, one, many)| counted(n, one, many))
        .collect();
    match parts.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        parts => parts.concat(),
    }
}

#[component]
pub(super) fn Checked(preview: Preview, typed: String) -> impl IntoView {
    let totals = preview.totals;
    let again = (totals.faulty > 0 && !typed.is_empty()).then(|| {
        view! { <Section title="Correct the rows"><Choose typed fault=None/></Section> }
    });
    view! {
        <Verdict totals/>
        <div class="sheet-acts import-acts">
            {(totals.faulty == 0 && totals.made() > 0).then(|| view! { <Do totals text=preview.text.clone()/> })}
            <LinkButton href=link("/clients/import")>"Choose another file"</LinkButton>
        </div>
        <RowList preview/>
        {again}
    }
}

#[component]
fn Do(totals: Totals, text: String) -> impl IntoView {
    view! {
        <form method="post" enctype="multipart/form-data" action=link("/clients/import/confirmation")>
            <input type="hidden" name="text" value=text/>
            <Button look=Look::Primary>{format!("Import {}", made(&totals))}</Button>
        </form>
    }
}

/// What the file as a whole comes to.
#[component]
fn Verdict(totals: Totals) -> impl IntoView {
    let rows = counted(totals.rows, "row", "rows");
    let (severity, word, text) = if totals.faulty > 0 {
        let text =
            format!("{} of {rows} cannot be used. Correct them in the file and check it again: all rows are imported, or none.", thousands(totals.faulty));
        (Severity::High, "Not ready.", text)
    } else if totals.made() == 0 {
        (Severity::Info, "Nothing to do.", format!("Everything in these {rows} exists already."))
    } else {
        let rest = if totals.nothing > 0 { format!(" {} change nothing.", thousands(totals.nothing)) } else { String::new() };
        (Severity::Info, "Ready.", format!("{rows} would create {}.{rest} Nothing is changed yet.", made(&totals)))
    };
    view! { <div class="banner" role="note"><SeverityMark severity word=word.to_owned()/><p>{text}</p></div> }
}

#[component]
fn RowList(preview: Preview) -> impl IntoView {
    let (shown, all) = (preview.rows.len() as u64, preview.totals.rows);
    let note = (shown < all).then(|| format!("{} of {} shown, with the first that cannot be used", thousands(shown), thousands(all)));
    view! {
        <Section title="Rows" count=all note>
            <Table caption="Rows of the file">
                <Head>
                    <Column label="Line" number=true/>
                    <Column label="Client"/>
                    <Column label="Site"/>
                    <Column label="Contact"/>
                    <Column label="What happens"/>
                </Head>
                <Rows>{preview.rows.into_iter().map(|row| view! { <Line row/> }).collect_view()}</Rows>
            </Table>
        </Section>
    }
}

#[component]
fn Line(row: Planned) -> impl IntoView {
    let [client, site, name, email] = row.cells.map(short);
    let contact = if name.is_empty() && email.is_empty() { None } else { Some(view! { <span>{name}</span> " " <span class="quiet">{email}</span> }) };
    let coming = match row.outcome {
        Coming::Make { client, site, contact } => view! { <OutcomeMark outcome=Outcome::Passed word=new(client, site, contact)/> }.into_any(),
        Coming::Nothing(None) => view! { <OutcomeMark outcome=Outcome::Skipped word="Exists already"/> }.into_any(),
        Coming::Nothing(Some(line)) => view! { <OutcomeMark outcome=Outcome::Skipped word=format!("Repeats line {line}")/> }.into_any(),
        Coming::Faulty(faults) => {
            let words: Vec<String> = faults.iter().map(|fault| format!("{} {}", fault.field, fault.message)).collect();
            view! { <OutcomeMark outcome=Outcome::Failed word=words.join("; ")/> }.into_any()
        }
    };
    view! {
        <Row>
            <Cell kind=Slot::Wide number=true><span class="quiet">{row.number}</span></Cell>
            <Cell kind=Slot::Lead>{client}</Cell>
            <Cell>{site}</Cell>
            <Cell>{contact}</Cell>
            <Cell kind=Slot::Sub><span class="import-outcome"><span class="stacked-word">"line " {row.number} ": "</span>{coming}</span></Cell>
        </Row>
    }
}

/// A cell as far as a table has room for it.
fn short(cell: String) -> String {
    if cell.chars().count() > 80 { cell.chars().take(79).chain(['\u{2026}']).collect() } else { cell }
}

/// `Creates client, site`.
fn new(client: bool, site: bool, contact: bool) -> String {
    let words: Vec<&str> = [(client, "client"), (site, "site"), (contact, "contact")].into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
    format!("Creates {}", words.join(", "))
}
