//! Makes a report keep the limits of the contract: cleans texts, shortens lists, drops what cannot be said.

use domain::{
    Fault,
    devices::{
        Report,
        limits::{self, PACKAGES, PARTS, TEXT, UPDATES, is_plain},
        report::Updates,
    },
};
use serde_json::Value;

/// `report` within the limits, and how many values were changed or dropped for it.
///
/// # Errors
/// The faults that are left, which would be a mistake of the agent.
pub fn tidy(report: Report) -> Result<(Report, usize), Vec<Fault>> {
    let (mut report, cleaned) = clean(report).map_err(|error| vec![Fault::new("report", error.to_string())])?;
    if report.identity.hostname.trim().is_empty() {
        report.identity.hostname = "unknown".into();
    }
    let dropped = shorten(&mut report);
    limits::check(&report)?;
    Ok((report, cleaned + dropped))
}

/// Every text of the report passes through here, whatever its field, by way of its JSON.
fn clean(report: Report) -> Result<(Report, usize), serde_json::Error> {
    let mut value = serde_json::to_value(report)?;
    let mut cleaned = 0;
    walk(&mut value, &mut cleaned);
    Ok((serde_json::from_value(value)?, cleaned))
}

fn walk(value: &mut Value, cleaned: &mut usize) {
    match value {
        Value::String(text) if text.chars().count() > TEXT || !is_plain(text) => {
            *text = text.chars().filter(|c| is_plain(c.encode_utf8(&mut [0; 4]))).take(TEXT).collect();
            *cleaned += 1;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, cleaned)),
        Value::Object(fields) => fields.values_mut().for_each(|field| walk(field, cleaned)),
        _ => {}
    }
}

fn shorten(report: &mut Report) -> usize {
    let mut dropped = 0;
    if let Some(packages) = &mut report.software {
        dropped += keep(packages, PACKAGES, |package| !package.name.is_empty());
    }
    if let Some(Updates::Listed { items, .. }) = &mut report.updates {
        dropped += keep(items, UPDATES, |update| !update.name.is_empty());
    }
    if let Some(hardware) = &mut report.hardware {
        dropped += keep(&mut hardware.cpus, PARTS, |_| true);
        dropped += keep(&mut hardware.volumes, PARTS, |_| true);
        dropped += keep(&mut hardware.interfaces, PARTS, |_| true);
        dropped += hardware.interfaces.iter_mut().map(|interface| keep(&mut interface.addresses, PARTS, |_| true)).sum::<usize>();
    }
    dropped
}

fn keep<T>(items: &mut Vec<T>, most: usize, fine: impl Fn(&T) -> bool) -> usize {
    let before = items.len();
    items.retain(fine);
    items.truncate(most);
    before - items.len()
}

#[cfg(test)]
mod tests {
    use domain::{
        alerts::Sample,
        devices::report::{Cpu, Hardware, Package},
    };

    use super::*;

    #[test]
    fn what_breaks_a_limit_is_cleaned_and_counted() {
        let mut report = Report::default();
        report.identity.hostname = "a\0b\u{202e}".into();
        report.identity.model = Some("m".repeat(1000));
        report.hardware = Some(Hardware { cpus: vec![Cpu { mhz: Some(f64::NAN), ..Cpu::default() }; PARTS + 1], ..Hardware::default() });
        report.software = Some(vec![Package::default(), Package { name: "bash".into(), ..Package::default() }]);
        report.updates = Some(Updates::Unknown { reason: "a\nb".into() });
        let (report, changed) = tidy(report).expect("tidy");
        assert_eq!((report.identity.hostname.as_str(), changed), ("ab", 5));
        assert_eq!(report.software.map(|packages| packages.len()), Some(1));
    }

    #[test]
    fn what_cannot_be_measured_is_left_out_and_stops_nothing() {
        let sample = Sample { cpu_percent: Some(f64::NAN), memory_percent: Some(50.0), ..Sample::default() };
        let report = Report { sample: Some(sample), ..Report::default() };
        let left = tidy(report).expect("tidy").0.sample.expect("a sample");
        assert_eq!(left, Sample { memory_percent: Some(50.0), ..Sample::default() });
    }

    #[test]
    fn a_fine_report_stays_as_it_is_and_gets_a_name() {
        let mut report = Report::default();
        assert_eq!(tidy(report.clone()).expect("tidy").0.identity.hostname, "unknown");
        report.identity.hostname = "büro-1".into();
        assert_eq!(tidy(report.clone()).expect("tidy"), (report, 0));
    }
}
