//! The list of updates: what each is, who needs it, and what holds for all clients.

use domain::{
    patching::{
        Class,
        query::{Decided, Sort, UpdatesQuery},
        typed::TypedDecision,
    },
    people::Permission,
};
use leptos::prelude::*;

use super::{
    UpdateLine, UpdatesPage,
    parts::{ClassWord, Room, RoomHead, VerdictWord, update_at},
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::{link, may},
    render,
    ui::{
        At, Button, Cell, Chip, Chips, Choice, Column, Empty, Field, Head, Icon, LinkButton, Look, Pager, Paging, Row, RowLink, Rows, Search, Select, Slot,
        Table, thousands,
    },
};

impl UpdatesPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Updates", move || view! { <Updates page=self/> })
    }
}

fn list(query: &UpdatesQuery) -> String {
    link(&format!("/patching/updates{}", query.to_query()))
}

/// The list.
#[component]
pub fn Updates(page: UpdatesPage) -> impl IntoView {
    let export = link(&format!("/patching/updates/export{}", page.query.with(|_| ()).to_query()));
    let error = page.error.clone().map(|error| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{error}</p> });
    let done = page.done.map(|n| view! { <div class="banner" role="status"><p>{format!("{} decided.", counted(n, "update", "updates"))}</p></div> });
    let body = if page.rows.is_empty() { view! { <Nothing query=page.query.clone()/> }.into_any() } else { view! { <Found page=page.clone()/> }.into_any() };
    view! {
        <RoomHead room=Room::Updates><LinkButton href=export look=Look::Quiet icon="download">"Export"</LinkButton></RoomHead>
        <div class="filter-bar"><Filters query=page.query.clone()/><Classes query=page.query/></div>
        {error}
        {done}
        {body}
    }
}

#[component]
fn Filters(query: UpdatesQuery) -> impl IntoView {
    let decided = Decided::ALL.map(|decided| Choice { value: decided.word().into(), label: label(decided).into(), selected: query.decided == Some(decided) });
    let any = Choice { value: String::new(), label: "Any decision".into(), selected: query.decided.is_none() };
    let choices: Vec<Choice> = std::iter::once(any).chain(decided).collect();
    let sorts = [
        (Sort::Name, "name", "By name"),
        (Sort::Seen, "-seen", "Newest first"),
        (Sort::Need, "-need", "Most needed first"),
        (Sort::Failed, "-failed", "Most failed first"),
    ];
    let sorts = sorts.map(|(sort, value, label)| Choice { value: value.into(), label: label.into(), selected: query.sort == sort }).to_vec();
    let class = query.class.map(|class| view! { <input type="hidden" name="class" value=class.word()/> });
    let clear = query.is_filtered().then(|| view! { <a class="text-link" href=link("/patching/updates")>"Clear filters"</a> });
    view! {
        <form class="filters" method="get" action=link("/patching/updates") role="search">
            <Search label="Search updates" id="update-search" value=query.q.clone() placeholder="Name or version"/>
            <Select label="Decision" name="decided" choices bare=true/>
            <Select label="Order" name="sort" choices=sorts bare=true/>
            {class}
            <Button>"Apply"</Button>
            {clear}
        </form>
    }
}

const fn label(decided: Decided) -> &'static str {
    match decided {
        Decided::Approved => "Approved",
        Decided::Deferred => "Deferred",
        Decided::Declined => "Declined",
        Decided::Undecided => "Not decided",
    }
}

#[component]
fn Classes(query: UpdatesQuery) -> impl IntoView {
    let failed = list(&query.with(|query| query.failed = !query.failed));
    let on = query.failed;
    let chip = move |class: Class| {
        let href = list(&query.with(|query| query.class = Some(class).filter(|_| query.class != Some(class))));
        view! { <Chip href label=class.label() active=query.class == Some(class)/> }
    };
    view! { <Chips label="Kinds">{Class::ALL.map(chip).into_iter().collect_view()}<Chip href=failed label="Failed somewhere" active=on/></Chips> }
}

#[component]
fn Nothing(query: UpdatesQuery) -> impl IntoView {
    let (title, text) = if query.is_filtered() || query.cursor.is_some() {
        ("No update matches", "Others stand outside these filters.")
    } else {
        ("No updates yet", "When a device reports that updates wait, each stands here once.")
    };
    let clear = query.is_filtered().then(|| view! { <LinkButton href=link("/patching/updates")>"Clear filters"</LinkButton> });
    view! { <div class="alone"><Empty icon="package" title text>{clear}</Empty></div> }
}

#[component]
fn Found(page: UpdatesPage) -> impl IntoView {
    let paging = Paging {
        first: page.query.cursor.is_none().then_some(1),
        shown: page.rows.len() as u64,
        total: page.total,
        counted: page.counted_at,
        newer: page.newer.as_ref().map(list),
        older: page.older.as_ref().map(list),
    };
    let pick = may(Permission::PatchingDecide);
    let back = page.query.to_query();
    let table = view! { <div class="list"><Lines rows=page.rows pick/></div> };
    let body = if pick {
        view! {
            <form method="post" action=link("/patching/updates/decisions") class="decide">
                <input type="hidden" name="back" value=back/>
                <Bar typed=page.typed/>
                {table}
            </form>
        }
        .into_any()
    } else {
        table.into_any()
    };
    view! { {body} <Pager paging/> }
}

#[component]
fn Bar(typed: TypedDecision) -> impl IntoView {
    let act = |value: &'static str| (Some("verdict".to_owned()), Some(value.to_owned()));
    let (approve, defer, decline) = (act("approve"), act("defer"), act("decline"));
    view! {
        <div class="decide-bar" role="group" aria-label="Decide about the chosen updates for all clients">
            <span class="soft">"The chosen, for all clients:"</span>
            <Button look=Look::Primary icon="check" name=approve.0 value=approve.1>"Approve"</Button>
            <Field label="Until" name="until" bare=true value=typed.until placeholder="2026-12-31" autocomplete="off"/>
            <Button icon="clock" name=defer.0 value=defer.1>"Defer until"</Button>
            <Field label="Note" name="note" bare=true value=typed.note placeholder="Why" autocomplete="off"/>
            <Button name=decline.0 value=decline.1>"Decline"</Button>
        </div>
    }
}

#[component]
fn Lines(rows: Vec<UpdateLine>, pick: bool) -> impl IntoView {
    view! {
        <Table caption="Updates">
            <Head>
                {pick.then(|| view! { <Column label="Choose" hidden=true/> })}
                <Column label="Update"/>
                <Column label="Kind"/>
                <Column label="First seen"/>
                <Column label="Need" number=true/>
                <Column label="Have" number=true/>
                <Column label="Failed" number=true/>
                <Column label="For all clients"/>
            </Head>
            <Rows>{rows.into_iter().map(|line| view! { <Line line pick/> }).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Line(line: UpdateLine, pick: bool) -> impl IntoView {
    let label = format!("Choose {} {}", line.name, line.version);
    let value = format!("{}@{}", line.id, line.shown);
    let pick = pick.then(|| view! { <td role="cell" class="cell cell-pick"><input type="checkbox" class="checkbox checkbox-sm" name="update" value=value aria-label=label/></td> });
    view! {
        <Row>
            {pick}
            <Cell kind=Slot::Lead>
                <RowLink href=update_at(line.id)>{line.name}</RowLink>" "<span class="code version">{line.version}</span>
                <span class="quiet arch">{line.arch}</span>
            </Cell>
            <Cell><ClassWord class=line.class/></Cell>
            <Cell><At at=line.first_seen/></Cell>
            <Cell number=true>{thousands(line.need)}</Cell>
            <Cell number=true>{thousands(line.have)}</Cell>
            <Cell number=true>{thousands(line.failed)}</Cell>
            <Cell kind=Slot::Sub><VerdictWord verdict=line.verdict/></Cell>
        </Row>
    }
}
