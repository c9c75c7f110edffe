//! The tables of alerts: by severity, client and condition, and the devices that raised most.

use std::collections::BTreeMap;

use super::{AlertFact, End, Judged, MOST};
use crate::reports::{Cell, Head, Row, Table, Unit, measure::tenth};

/// Counts of one group: raised, resolved, open at the end, and how long resolving took.
#[derive(Default)]
struct Group {
    raised: u64,
    resolved: u64,
    open: u64,
    lasted: Vec<i64>,
}

impl Group {
    fn add(&mut self, judged: &Judged) {
        self.raised += u64::from(judged.raised);
        self.resolved += u64::from(matches!(judged.ended, Some(End::Itself | End::Somebody)));
        self.open += u64::from(judged.open);
        self.lasted.extend(judged.lasted);
    }

    fn row(mut self, name: &str, link: Option<String>) -> Row {
        let median = tenth(&mut self.lasted, 5).map_or_else(|| Cell::None(String::new()), Cell::Span);
        Row { cells: vec![Cell::text(name), Cell::Number(self.raised), Cell::Number(self.resolved), Cell::Number(self.open), median], link, counts: Vec::new() }
    }
}

pub(super) fn tables(alerts: &[AlertFact], judged: &[Judged], head: &Head) -> Vec<Table> {
    let (mut severities, mut clients, mut conditions, mut devices) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (alert, judged) in alerts.iter().zip(judged) {
        severities.entry(std::cmp::Reverse(alert.severity)).or_insert_with(Group::default).add(judged);
        clients.entry((&alert.client.name, alert.client.id)).or_insert_with(Group::default).add(judged);
        conditions.entry(alert.key.kind().label()).or_insert_with(Group::default).add(judged);
        devices.entry((alert.device.0, &alert.device.1, &alert.client.name)).or_insert_with(Group::default).add(judged);
    }
    let columns =
        |first| [(first, Unit::Text), ("Raised", Unit::Number), ("Resolved", Unit::Number), ("Not over", Unit::Number), ("Median to resolve", Unit::Span)];
    let none = "No alert was live in this period.";
    let severities = severities.into_iter().map(|(severity, group)| group.row(severity.0.label(), None)).collect();
    let clients = clients.into_iter().map(|((name, id), group)| group.row(name, Some(format!("/clients/{id}")))).collect();
    let conditions = conditions.into_iter().map(|(label, group)| group.row(label, None)).collect();
    let mut noisy: Vec<_> = devices.into_iter().filter(|(_, group)| group.raised > 0).collect();
    noisy.sort_by(|a, b| b.1.raised.cmp(&a.1.raised).then_with(|| a.0.1.cmp(b.0.1)));
    let noisy =
        noisy.into_iter().take(MOST).map(|((id, name, client), group)| group.row(&format!("{name} ({client})"), Some(format!("/devices/{id}")))).collect();
    let mut tables = vec![Table::new("By severity", &columns("Severity"), severities, none)];
    if head.client.is_none() {
        tables.push(Table::new("By client", &columns("Client"), clients, none));
    }
    tables.push(Table::new("By condition", &columns("Condition"), conditions, none));
    tables.push(Table::new("Noisiest devices", &columns("Device"), noisy, none));
    tables
}
