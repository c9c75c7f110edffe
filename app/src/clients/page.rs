//! The page of all clients.

use leptos::prelude::*;

use super::{ClientQuery, ClientSort, ClientsPage, PAGE, rows::ClientTable};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{Button, Empty, LinkButton, PageHead, Pager, Paging, Search, thousands},
};

impl ClientsPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Clients", move || view! { <ClientList page=self/> })
    }
}

fn list(query: &ClientQuery) -> String {
    link(&format!("/clients{}", query.to_query()))
}

/// The list of clients.
#[component]
pub fn ClientList(page: ClientsPage) -> impl IntoView {
    if page.total == 0 {
        let text = "A client appears here as soon as one exists that you may see.";
        return view! { <PageHead title="Clients"/><div class="alone"><Empty icon="building-2" title="No clients yet" text/></div> }.into_any();
    }
    let rows = if page.rows.is_empty() { view! { <NoMatch total=page.total/> }.into_any() } else { view! { <Found page=page.clone()/> }.into_any() };
    view! {
        <PageHead title="Clients" note=thousands(page.total)/>
        <div class="filter-bar"><SearchForm page/></div>
        {rows}
    }
    .into_any()
}

#[component]
fn SearchForm(page: ClientsPage) -> impl IntoView {
    let ClientsPage { query, total_matching, total, .. } = page;
    let found = !query.q.is_empty();
    let clear = list(&ClientQuery { q: String::new(), skip: 0, ..query.clone() });
    view! {
        <form class="filters" method="get" action=link("/clients") role="search">
            <Search label="Search clients" id="client-search" value=query.q placeholder="Client name"/>
            {(query.sort == ClientSort::Name).then(|| view! { <input type="hidden" name="sort" value="name"/> })}
            <Button>"Search"</Button>
            {found.then(|| view! {
                <p class="filters-note">
                    <span><strong>{thousands(total_matching)}</strong> " of " {thousands(total)} " match"</span>
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
fn NoMatch(total: u64) -> impl IntoView {
    view! {
        <div class="alone">
            <Empty icon="search" title="No client matches" text=format!("None of {} has that in its name.", counted(total, "client", "clients"))>
                <LinkButton href=link("/clients")>"Clear search"</LinkButton>
            </Empty>
        </div>
    }
}
