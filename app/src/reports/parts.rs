//! Parts that the pages of reports share: figures, charts, tables and cells.

use domain::{
    Fault,
    reports::{Cell as Value, Chart, Figure, Row as Line, Shape, Table as Listed, Unit},
    time::span,
};
use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{BarChart, Bars, Cell, Column, Fill, Head, Hour, Legend, Part, Row, RowLink, Rows, Slot, Stamp, Table, Tile, Tiles, thousands},
};

/// What is wrong with `field`.
pub(super) fn fault(faults: &[Fault], field: &str) -> Option<String> {
    faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.clone())
}

/// The figures, each a link to the rows that it counts.
#[component]
pub(super) fn FigureTiles(figures: Vec<(Figure, String)>) -> impl IntoView {
    let tile = |(figure, href): (Figure, String)| {
        let shown = crate::ui::Figure {
            label: figure.label,
            value: figure.value.words(),
            unit: None,
            of: Some(figure.value.of_words()),
            rest: Some(figure.value.rest_words()).filter(|words| !words.is_empty()),
            change: None,
            measured: figure.measured_at,
            href,
            parts: Vec::new(),
            total: 1,
        };
        view! { <Tile figure=shown/> }
    };
    view! { <Tiles>{figures.into_iter().map(tile).collect_view()}</Tiles> }
}

/// A chart of plain shapes; what it shows stands beside it in words.
#[component]
pub(super) fn Picture(chart: Chart) -> impl IntoView {
    let Chart { title, unit, shape, points } = chart;
    if shape == Shape::Bars {
        let total = points.iter().filter_map(|(_, n)| *n).sum();
        let parts = points.into_iter().map(|(label, n)| Part::new(label, n.unwrap_or(0), if n.is_some() { Fill::Accent } else { Fill::Unknown })).collect();
        return view! { <section class="report-chart"><h2>{title}</h2><p class="quiet">{unit}</p><Legend parts total/></section> }.into_any();
    }
    let bars = points.into_iter().map(|(label, value)| Hour { label, value, low: false }).collect();
    let drawn = Bars { title: title.clone(), unit: unit.clone(), bars, expected: None };
    view! { <section class="report-chart"><h2>{title}</h2><p class="quiet">{unit}</p><BarChart chart=drawn/></section> }.into_any()
}

/// The rows of `table`; the first cell leads to the row's page where it has one.
#[component]
pub(super) fn Listing(table: Listed, links: bool) -> impl IntoView {
    if table.rows.is_empty() {
        return view! { <p class="soft section-words">{table.empty}</p> }.into_any();
    }
    let units: Vec<Unit> = table.columns.iter().map(|column| column.unit).collect();
    let heads = table.columns.into_iter().map(|column| view! { <Column label=column.label number=is_number(column.unit)/> }).collect_view();
    let rows = table.rows.into_iter().map(|row| view! { <OneRow row units=units.clone() links/> }).collect_view();
    view! {
        <Table caption=table.title>
            <Head>{heads}</Head>
            <Rows>{rows}</Rows>
        </Table>
    }
    .into_any()
}

const fn is_number(unit: Unit) -> bool {
    matches!(unit, Unit::Number | Unit::Span)
}

#[component]
fn OneRow(row: Line, units: Vec<Unit>, links: bool) -> impl IntoView {
    let href = row.link.filter(|_| links).map(|path| link(&path));
    let cells = row.cells.into_iter().zip(units).enumerate().map(|(at, (value, unit))| {
        let shown = view! { <Shown value/> }.into_any();
        match (at, href.clone()) {
            (0, Some(href)) => view! { <Cell kind=Slot::Lead><RowLink href>{shown}</RowLink></Cell> }.into_any(),
            (0, None) => view! { <Cell kind=Slot::Lead>{shown}</Cell> }.into_any(),
            _ => view! { <Cell number=is_number(unit)>{shown}</Cell> }.into_any(),
        }
    });
    let cells = cells.collect_view();
    view! { <Row>{cells}</Row> }
}

#[component]
fn Shown(value: Value) -> impl IntoView {
    match value {
        Value::Text(text) => text.into_any(),
        Value::Number(n) => thousands(n).into_any(),
        Value::Time(at) => view! { <Stamp at/> }.into_any(),
        Value::Span(took) => span(took).into_any(),
        Value::None(why) if why.is_empty() => view! { <span class="quiet">"\u{2013}"</span> }.into_any(),
        Value::None(why) => view! { <span class="quiet">{why}</span> }.into_any(),
    }
}
