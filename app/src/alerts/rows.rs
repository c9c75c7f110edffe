//! The rows of a list of alerts, and the bar that acts on the chosen ones. One form holds both, so that no script is needed.

use domain::{alerts::alert::SNOOZES, ids::ClientId};
use leptos::prelude::*;

use super::{
    AlertLine, InboxPage,
    parts::{HowBad, OrDash, StateMark, at},
};
use crate::{
    devices::parts::counted,
    layout::link,
    ui::{Button, Cell, Choice, Column, Confirm, Field, Head, Look, Row, RowLink, Rows, Select, Slot, Table, When},
};

/// Which columns a list has besides severity, alert, state, age and person.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Columns {
    /// A box to choose the alert.
    pub(super) pick: bool,
    /// The device.
    pub(super) device: bool,
    /// The client.
    pub(super) client: bool,
}

impl Columns {
    fn count(self) -> usize {
        5 + usize::from(self.pick) + usize::from(self.device) + usize::from(self.client)
    }
}

/// The snoozes that forms offer, the first one chosen.
pub(super) fn snoozes() -> Vec<Choice> {
    let choice = |(n, (word, label, _)): (usize, &(&str, &str, i64))| Choice { value: (*word).to_owned(), label: (*label).to_owned(), selected: n == 0 };
    SNOOZES.iter().enumerate().map(choice).collect()
}

/// The rows of the inbox; with the acts around them for whoever may act.
#[component]
pub(super) fn Acting(page: InboxPage) -> impl IntoView {
    let columns = Columns { pick: page.may_act, device: true, client: !page.query.by_client };
    let whole = page.newer.is_none() && page.older.is_none();
    let back = page.query.to_query();
    let lines = if page.query.by_client {
        view! { <Grouped rows=page.rows columns whole/> }.into_any()
    } else {
        view! { <Lines caption="Alerts" rows=page.rows columns/> }.into_any()
    };
    if !page.may_act {
        return view! { <div class="list">{lines}</div> }.into_any();
    }
    view! {
        <form method="post" action=link("/alerts/acts") class="decide">
            <input type="hidden" name="back" value=back/>
            <ActBar/>
            <div class="list">{lines}</div>
        </form>
    }
    .into_any()
}

/// What may be done with the chosen alerts.
#[component]
fn ActBar() -> impl IntoView {
    let act = |value: &'static str| (Some("act".to_owned()), Some(value.to_owned()));
    let (acknowledge, snooze, resolve) = (act("acknowledge"), act("snooze"), act("resolve"));
    let (dismiss_name, dismiss_value) = act("dismiss");
    view! {
        <div class="decide-bar alert-bar" role="group" aria-label="Acts on the chosen alerts">
            <span class="soft">"With the chosen:"</span>
            <Button look=Look::Primary icon="check" name=acknowledge.0 value=acknowledge.1>"Acknowledge"</Button>
            <span class="alert-snooze">
                <Select label="Snooze for" name="snooze" choices=snoozes() bare=true/>
                <Button icon="clock" name=snooze.0 value=snooze.1>"Snooze"</Button>
            </span>
            <Button name=resolve.0 value=resolve.1>"Resolve"</Button>
            <Confirm label="Dismiss" title="Dismiss the chosen alerts?" icon="bell-off" danger=true>
                <p>"They cannot be reopened. Each condition raises no other alert until it was clear once."</p>
                <p class="confirm-act"><Button look=Look::Danger small=true name=dismiss_name value=dismiss_value>"Dismiss them"</Button></p>
            </Confirm>
            <Field label="Note" name="note" bare=true placeholder="Note, if you like" autocomplete="off"/>
        </div>
    }
}

#[component]
fn Heads(columns: Columns) -> impl IntoView {
    view! {
        <Head>
            {columns.pick.then(|| view! { <Column label="Choose" hidden=true/> })}
            <Column label="Severity"/>
            <Column label="Alert"/>
            {columns.device.then(|| view! { <Column label="Device"/> })}
            {columns.client.then(|| view! { <Column label="Client"/> })}
            <Column label="State"/>
            <Column label="Raised" number=true/>
            <Column label="Who"/>
        </Head>
    }
}

/// Alerts under their head.
#[component]
pub(super) fn Lines(#[prop(into)] caption: String, rows: Vec<AlertLine>, columns: Columns) -> impl IntoView {
    view! {
        <Table caption>
            <Heads columns/>
            <Rows>{rows.into_iter().map(|line| view! { <Line line columns/> }).collect_view()}</Rows>
        </Table>
    }
}

/// Rows that follow each other and belong to one client.
fn by_client(rows: Vec<AlertLine>) -> Vec<((ClientId, String), Vec<AlertLine>)> {
    let mut groups: Vec<((ClientId, String), Vec<AlertLine>)> = Vec::new();
    for row in rows {
        match groups.last_mut().filter(|((id, _), _)| *id == row.client.0) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((row.client.clone(), vec![row])),
        }
    }
    groups
}

/// Alerts under their clients; `whole`: this page holds all of them.
#[component]
fn Grouped(rows: Vec<AlertLine>, columns: Columns, whole: bool) -> impl IntoView {
    let group = move |((id, name), rows): ((ClientId, String), Vec<AlertLine>)| {
        let count = counted(rows.len() as u64, "alert", "alerts");
        let count = if whole { count } else { format!("{count} on this page") };
        view! {
            <tr role="row" class="group-row">
                <td role="cell" colspan=columns.count().to_string()>
                    <h2><a href=link(&format!("/clients/{id}"))>{name}</a></h2>
                    <span class="group-count">{count}</span>
                </td>
            </tr>
            {rows.into_iter().map(|line| view! { <Line line columns/> }).collect_view()}
        }
    };
    view! {
        <Table caption="Alerts by client">
            <Heads columns/>
            <Rows>{by_client(rows).into_iter().map(group).collect_view()}</Rows>
        </Table>
    }
}

#[component]
fn Pick(line: AlertLine) -> impl IntoView {
    let label = format!("Choose {} on {}", line.key.label(), line.device.1);
    view! { <td role="cell" class="cell cell-pick"><input type="checkbox" class="checkbox checkbox-sm" name="alert" value=line.id.to_string() aria-label=label/></td> }
}

#[component]
fn Line(line: AlertLine, columns: Columns) -> impl IntoView {
    let AlertLine { id, severity, key, value, state, device, client, raised_at, by, breaching, window, .. } = line.clone();
    let over = (!breaching && state.is_live()).then(|| view! { <span class="quiet beside">"condition clear"</span> });
    let device = columns.device.then(|| view! { <Cell kind=Slot::Sub><a class="row-place" href=link(&format!("/devices/{}", device.0))>{device.1}</a></Cell> });
    let client = columns.client.then(|| view! { <Cell><a class="row-place" href=link(&format!("/clients/{}", client.0))>{client.1}</a></Cell> });
    view! {
        <Row>
            {columns.pick.then(|| view! { <Pick line/> })}
            <td role="cell" class="cell cell-meta cell-severity"><HowBad severity/></td>
            <Cell kind=Slot::Lead>
                <RowLink href=at(id, "")>{key.label()}</RowLink>
                {value.map(|value| view! { <span class="alert-value">{value}</span> })}
                {over}
            </Cell>
            {device}
            {client}
            <Cell><StateMark state/>{window.map(|name| view! { <span class="quiet beside">{name}</span> })}</Cell>
            <Cell number=true><When at=raised_at ago=true/></Cell>
            <Cell kind=Slot::Wide><OrDash text=by none="nobody"/></Cell>
        </Row>
    }
}
