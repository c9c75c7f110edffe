//! What stands beside the lists of Home: all devices by status, check-ins of the last day, systems.

use domain::devices::status::Status;
use leptos::prelude::*;

use super::{CheckIns, Figures, OsShare};
use crate::{
    devices::parts::{counted, list, list_with},
    ui::{BarChart, Bars, Fill, Hour, Part, Section, StackBar, at_text, short},
};

#[component]
pub(super) fn Statuses(figures: Figures) -> impl IntoView {
    let fill = |status: Status| match status {
        Status::Online => Fill::Accent,
        Status::Late => Fill::High,
        Status::Offline => Fill::Muted,
        Status::Pending | Status::Retired => Fill::Unknown,
        Status::Quarantined => Fill::Critical,
    };
    let part = |(status, n): (Status, u64)| Part::new(status.label(), n, fill(status)).linked(list_with(|query| query.status = Some(status)));
    let parts: Vec<_> = figures.by_status.into_iter().filter(|(_, n)| *n > 0).map(part).collect();
    view! { <Section title="Devices by status" note=format!("at {}", at_text(figures.measured_at))><StackBar parts/></Section> }
}

/// A bar stands out when it is below nine tenths of what was expected.
#[component]
pub(super) fn CheckInChart(check_ins: CheckIns) -> impl IntoView {
    let Some(expected) = check_ins.expected.filter(|_| check_ins.hours.iter().any(|hour| hour.count.is_some())) else {
        return view! { <Section title="Check-ins, last 24 h"><p class="soft section-words">"No data yet: nobody counted a whole hour."</p></Section> }
            .into_any();
    };
    let low = |count: u64| count * 10 < expected * 9;
    let gaps = check_ins.hours.iter().filter(|hour| hour.count.is_none()).count();
    let note = format!("per hour, expected {}", short(expected as f64));
    let gaps = (gaps > 0).then(|| view! { <p class="chart-note"><span class="unknown">"Not counted"</span>{counted(gaps as u64, "hour", "hours")}</p> });
    let bars = check_ins.hours.iter().map(|hour| Hour { label: clock_text(hour.hour), value: hour.count, low: hour.count.is_some_and(low) }).collect();
    let chart = Bars { title: "Check-ins, last 24 h".into(), unit: "check-ins per hour".into(), bars, expected: Some(expected as f64) };
    view! { <Section title="Check-ins, last 24 h" note><BarChart chart/>{gaps}</Section> }.into_any()
}

/// The clock time alone: within one day it says enough.
fn clock_text(hour: domain::Moment) -> String {
    let text = at_text(hour);
    text.rsplit(' ').next().unwrap_or(&text).to_owned()
}

#[component]
pub(super) fn OsMix(os_mix: Vec<OsShare>) -> impl IntoView {
    const FILLS: [Fill; 4] = [Fill::Accent, Fill::Accent2, Fill::Accent3, Fill::Muted];
    let part = |(at, os): (usize, OsShare)| {
        let fill = if os.link.is_some() { FILLS[at.min(FILLS.len() - 1)] } else { Fill::Unknown };
        Part { label: os.label, n: os.count, fill, href: os.link.as_ref().map(list) }
    };
    let parts: Vec<_> = os_mix.into_iter().filter(|os| os.count > 0).enumerate().map(part).collect();
    view! { <Section title="Operating systems"><StackBar parts/></Section> }
}
