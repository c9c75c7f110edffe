//! The page of all clients.

use domain::people::Permission;
use leptos::prelude::*;

use super::{ClientQuery, ClientSort, ClientsPage, PAGE, rows::ClientTable};
use crate::{
    Frame,
    devices::parts::counted,
    layout::{link, may},
    render,
    ui::{Button, Empty, LinkButton, Look, PageHead, Pager, Paging, Search, Segment, Segments, thousands},
};

impl ClientsPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Clients", move || view! { <ClientList page=self/> })
    }

    /// Clients of the state that is shown.
    const fn of_state(&self) -> u64 {
        if self.query.archived { self.total_archived } else { self.total }
    }
}

fn list(query: &ClientQuery) -> String {
    link(&format!("/clients{}", query.to_query()))
}

/// The list of clients.
#[component]
pub fn ClientList(page: ClientsPage) -> impl IntoView {
    if page.total + page.total_archived == 0 {
        return view! { <PageHead title="Clients"><Acts export=None/></PageHead><NoClients/> }.into_any();
    }
    let export = Some(format!("/clients/export{}", ClientQuery { skip: 0, ..page.query.clone() }.to_query()));
    let rows = if page.rows.is_empty() { view! { <NoMatch page=page.clone()/> }.into_any() } else { view! { <Found page=page.clone()/> }.into_any() };
    view! {
        <PageHead title="Clients" note=thousands(page.total)><Acts export/></PageHead>
        <div class="filter-bar"><SearchForm page/></div>
        {rows}
    }
    .into_any()
}

#[component]
fn Acts(export: Option<String>) -> impl IntoView {
    let manage = may(Permission::ClientsManage);
    view! {
        {export.map(|path| view! { <LinkButton href=link(&path) look=Look::Quiet icon="download">"Export CSV"</LinkButton> })}
        {manage.then(|| view! {
            <LinkButton href=link("/clients/import") icon="upload">"Import"</LinkButton>
            <LinkButton href=link("/clients/new") look=Look::Primary icon="plus">"New client"</LinkButton>
        })}
    }
}

#[component]
fn NoClients() -> impl IntoView {
    let text = if may(Permission::ClientsManage) {
        "A client is an organisation you look after. Create the first one, or import all of them from a CSV file."
    } else {
        "A client appears here as soon as one exists that you may see."
    };
    view! {
        <div class="alone">
            <Empty icon="building-2" title="No clients yet" text>
                {may(Permission::ClientsManage).then(|| view! {
                    <LinkButton href=link("/clients/new") look=Look::Primary icon="plus">"New client"</LinkButton>
                    <LinkButton href=link("/clients/import") icon="upload">"Import"</LinkButton>
                })}
            </Empty>
        </div>
    }
}

#[component]
fn SearchForm(page: ClientsPage) -> impl IntoView {
    let of_state = page.of_state();
    let ClientsPage { query, total_matching, total, total_archived, .. } = page;
    let found = !query.q.is_empty();
    let clear = list(&ClientQuery { q: String::new(), skip: 0, ..query.clone() });
    let state = |archived: bool| list(&ClientQuery { archived, skip: 0, ..query.clone() });
    let (live, gone, archived) = (state(false), state(true), query.archived);
    let segments = (total_archived > 0 || query.archived).then(|| {
        view! {
            <Segments label="State">
                <Segment href=live label="In service" count=total active=!archived/>
                <Segment href=gone label="Archived" count=total_archived active=archived/>
            </Segments>
        }
    });
    view! {
        <form class="filters" method="get" action=link("/clients") role="search">
            <Search label="Search clients" id="client-search" value=query.q.clone() placeholder="Client name"/>
            {query.archived.then(|| view! { <input type="hidden" name="state" value="archived"/> })}
            {(query.sort == ClientSort::Name).then(|| view! { <input type="hidden" name="sort" value="name"/> })}
            <Button>"Search"</Button>
            {segments}
            {found.then(|| view! {
                <p class="filters-note">
                    <span><strong>{thousands(total_matching)}</strong> " of " {thousands(of_state)} " match"</span>
                    <a class="text-link" href=clear>"Clear search"</a>
                </p>
            })}
        </form>
    }
}

#[component]
fn Found(page: ClientsPage) -> impl IntoView {
    let query = page.query.clone();
    let turn = |skip: u64| list(&ClientQuery { skip, ..query.clone() });
    let paging = Paging {
        first: Some(query.skip + 1),
        shown: page.rows.len() as u64,
        total: page.total_matching,
        counted: page.counted_at,
        newer: (query.skip > 0).then(|| turn(query.skip.saturating_sub(PAGE))),
        older: (query.skip + PAGE < page.total_matching).then(|| turn(query.skip + PAGE)),
    };
    view! {
        <div class="list">
            <ClientTable caption="Clients" rows=page.rows sorted=Some(page.query)/>
        </div>
        <Pager paging/>
    }
}

#[component]
fn NoMatch(page: ClientsPage) -> impl IntoView {
    let (title, text) = match (page.query.q.is_empty(), page.query.archived) {
        (true, true) => ("Nothing is archived", "Archived clients are kept here, with their history.".to_owned()),
        (true, false) => ("Every client is archived", "Restore one, or create another.".to_owned()),
        (false, _) => ("No client matches", format!("None of {} has that in its name.", counted(page.of_state(), "client", "clients"))),
    };
    let back = list(&ClientQuery { archived: page.query.archived && !page.query.q.is_empty(), ..ClientQuery::default() });
    let label = if page.query.q.is_empty() { "All clients" } else { "Clear search" };
    view! { <div class="alone"><Empty icon="search" title text><LinkButton href=back>{label}</LinkButton></Empty></div> }
}
