//! Approvals in lists.

use leptos::prelude::*;

use super::{ApprovalMark, Line, ListPage};
use crate::{
    Frame,
    layout::link,
    render,
    ui::{At, Cell, Column, Empty, Head, LinkButton, PageHead, Row, RowLink, Rows, Section, Slot, Table},
};

impl ListPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Approvals", move || view! { <ListView page=self/> })
    }
}

/// The page.
#[component]
pub fn ListView(page: ListPage) -> impl IntoView {
    let text = if page.contact { "When we need your yes before we do something, it stands here." } else { "Ask for a yes on the page of a request." };
    let waiting = if page.waiting.is_empty() {
        view! { <Empty icon="check" title="Nothing waits for an answer" text/> }.into_any()
    } else {
        view! { <ApprovalList caption="Waiting approvals" rows=page.waiting.clone()/> }.into_any()
    };
    let older = page.older.map(|place| view! { <p class="section-words"><LinkButton href=link(&format!("/approvals?after={place}"))>"Older"</LinkButton></p> });
    let first = (!page.first).then(|| view! { <p class="section-words"><LinkButton href=link("/approvals")>"First page"</LinkButton></p> });
    let answered = (!page.answered.is_empty()).then(|| view! { <ApprovalList caption="Answered approvals" rows=page.answered/> });
    let none = answered.is_none().then(|| view! { <p class="soft section-words">"No answers yet."</p> });
    view! {
        <PageHead title="Approvals"/>
        <Section title="Waiting" count=page.waiting.len() as u64>{waiting}</Section>
        <Section title="Answered">{answered}{none}{first}{older}</Section>
    }
}

/// Approvals under their head.
#[component]
pub fn ApprovalList(caption: &'static str, rows: Vec<Line>) -> impl IntoView {
    let line = |line: Line| {
        let end = match line.decided_at {
            Some(at) => view! { <span>{line.decided_by.clone()} " " <At at/></span> }.into_any(),
            None => view! { <span>"until " <At at=line.expires_at/></span> }.into_any(),
        };
        view! {
            <Row>
                <Cell kind=Slot::Lead><RowLink href=link(&format!("/approvals/{}", line.id))>{line.title}</RowLink></Cell>
                <Cell><ApprovalMark state=line.state/></Cell>
                <Cell kind=Slot::Sub>{line.asked_by} ", " <At at=line.asked_at/></Cell>
                <Cell>{end}</Cell>
            </Row>
        }
    };
    view! {
        <div class="list">
            <Table caption>
                <Head><Column label="Question"/><Column label="State"/><Column label="Asked by"/><Column label="Answer"/></Head>
                <Rows>{rows.into_iter().map(line).collect_view()}</Rows>
            </Table>
        </div>
    }
}
