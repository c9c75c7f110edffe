//! Bars over time, drawn on the server: axis with unit, gridlines, expected level, hatched gaps, and the same as a table.

use leptos::prelude::*;

use super::number::{short, thousands};

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Hour {
    /// Its time: `11:00`.
    pub label: String,
    /// How many; `None` is no data.
    pub value: Option<u64>,
    /// Whether it stands out, as clearly below what was expected.
    pub low: bool,
}

/// A chart's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What it shows: `Check-ins, last 24 h`.
    pub title: String,
    /// What one bar counts: `check-ins per hour`.
    pub unit: String,
    /// Oldest first.
    pub bars: Vec<Hour>,
    /// The level that was expected.
    pub expected: Option<f64>,
}

const WIDTH: f64 = 344.0;
const LEFT: f64 = 40.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 98.0;
const HEIGHT: f64 = 118.0;

/// The smallest round number, of the kind whose half is round too, that holds `most`.
fn ceiling(most: f64) -> f64 {
    let power = 10f64.powf(most.max(1.0).log10().floor());
    [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0].into_iter().map(|step| step * power).find(|top| *top >= most).unwrap_or(power * 10.0)
}

/// The bars of `chart` as a picture, with a title, a description and a table for those who do not see it.
#[component]
pub fn BarChart(chart: Bars) -> impl IntoView {
    let most = chart.bars.iter().filter_map(|bar| bar.value).max().unwrap_or(0) as f64;
    let top = ceiling(most.max(chart.expected.unwrap_or(0.0)));
    let y = move |value: f64| BOTTOM - value / top * (BOTTOM - TOP);
    view! {
        <figure class="chart">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=describe(&chart)>
                {[top, top / 2.0, 0.0].map(|level| view! { <Grid level y=y(level)/> }).collect_view()}
                {drawn(&chart.bars, y)}
                {chart.expected.map(|level| view! { <line x1=LEFT.to_string() x2=WIDTH.to_string() y1=px(y(level)) y2=px(y(level)) class="expected"></line> })}
                {times(&chart.bars)}
            </svg>
            <Twin chart/>
        </figure>
    }
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}

fn describe(chart: &Bars) -> String {
    let known: Vec<u64> = chart.bars.iter().filter_map(|bar| bar.value).collect();
    let gaps = chart.bars.len() - known.len();
    let range = match (known.iter().min(), known.iter().max()) {
        (Some(least), Some(most)) => format!("between {} and {} {}", thousands(*least), thousands(*most), chart.unit),
        _ => "no data yet".to_owned(),
    };
    let gaps = if gaps > 0 { format!(", {gaps} without data") } else { String::new() };
    format!("{}: {range}{gaps}", chart.title)
}

#[component]
fn Grid(level: f64, y: f64) -> impl IntoView {
    view! {
        <line x1=LEFT.to_string() x2=WIDTH.to_string() y1=px(y) y2=px(y) class="gridline" class:axis=move || level == 0.0></line>
        <text x=px(LEFT - 8.0) y=px(y + 3.5) text-anchor="end">{short(level)}</text>
    }
}

fn drawn(bars: &[Hour], y: impl Fn(f64) -> f64) -> Vec<AnyView> {
    let step = (WIDTH - LEFT) / bars.len().max(1) as f64;
    let gap = if step > 6.0 { 3.0 } else { 1.0 };
    let bar = |(at, bar): (usize, &Hour)| {
        let x = px(LEFT + at as f64 * step + gap / 2.0);
        let width = px(step - gap);
        let Some(value) = bar.value else {
            return view! { <rect x=x y=px(TOP) width=width height=px(BOTTOM - TOP) fill="url(#hatch)"></rect> }.into_any();
        };
        let top = y(value as f64);
        let class = if bar.low { "part-medium" } else { "part-accent-2" };
        view! { <rect x=x y=px(top) width=width height=px(BOTTOM - top) class=class><title>{format!("{} {}", bar.label, thousands(value))}</title></rect> }
            .into_any()
    };
    bars.iter().enumerate().map(bar).collect()
}

fn times(bars: &[Hour]) -> Vec<AnyView> {
    let Some(last) = bars.len().checked_sub(1) else { return Vec::new() };
    let step = (WIDTH - LEFT) / bars.len() as f64;
    let label = |at: usize| {
        let x = px(LEFT + (at as f64 + 0.5) * step);
        let (x, anchor) = match at {
            0 => (px(LEFT), "start"),
            at if at == last => (px(WIDTH), "end"),
            _ => (x, "middle"),
        };
        view! { <text x=x y=px(BOTTOM + 14.0) text-anchor=anchor>{bars[at].label.clone()}</text> }.into_any()
    };
    if last < 8 { vec![label(0), label(last)] } else { vec![label(0), label(last / 3), label(last * 2 / 3), label(last)] }
}

#[component]
fn Twin(chart: Bars) -> impl IntoView {
    let line = |bar: Hour| view! { <tr><th scope="row">{bar.label}</th><td>{bar.value.map_or("no data".to_owned(), thousands)}</td></tr> };
    view! {
        <div class="sr-only">
            <table>
                <caption>{chart.title}</caption>
                <thead><tr><th scope="col">"Time"</th><th scope="col">{chart.unit}</th></tr></thead>
                <tbody>{chart.bars.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::ceiling;

    #[test]
    fn the_axis_ends_at_a_round_number() {
        for (most, top) in [(0.0, 1.0), (7.0, 8.0), (75_800.0, 80_000.0), (81_000.0, 100_000.0), (100.0, 100.0), (230.0, 300.0)] {
            assert!((ceiling(most) - top).abs() < 1e-6, "{most}");
        }
    }
}
