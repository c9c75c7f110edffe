//! Periods and due times as tables.

use super::*;
use crate::reports::Target;

fn at(text: &str) -> Moment {
    Moment(text.parse::<Timestamp>().expect("an instant").as_millisecond())
}

fn asked(span: Span, from: &str, to: &str) -> ReportQuery {
    ReportQuery { span, from: from.into(), to: to.into(), ..ReportQuery::default() }
}

#[test]
fn periods_are_days_of_the_zone() {
    for (span, zone, now, from, until, words) in [
        (Span::LastMonth, "UTC", "2026-11-21T10:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "October 2026"),
        // October has an hour more in Berlin, and begins and ends there.
        (Span::LastMonth, "Europe/Berlin", "2026-11-21T10:00:00Z", "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z", "October 2026"),
        // It is already December in Auckland.
        (Span::LastMonth, "Pacific/Auckland", "2026-11-30T12:00:00Z", "2026-10-31T11:00:00Z", "2026-11-30T11:00:00Z", "November 2026"),
        (Span::LastMonth, "UTC", "2027-01-01T00:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z", "December 2026"),
        (Span::ThisMonth, "UTC", "2026-11-21T10:00:00Z", "2026-11-01T00:00:00Z", "2026-11-21T10:00:00Z", "November 2026 to date"),
        (Span::Days7, "UTC", "2026-11-03T10:00:00Z", "2026-10-28T00:00:00Z", "2026-11-03T10:00:00Z", "28 Oct 2026 to 3 Nov 2026"),
        (Span::Days90, "UTC", "2026-11-03T10:00:00Z", "2026-08-06T00:00:00Z", "2026-11-03T10:00:00Z", "6 Aug 2026 to 3 Nov 2026"),
        (Span::LastMonth, "No/Where", "2026-11-21T10:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "October 2026"),
    ] {
        let head = head(&asked(span, "", ""), None, zone, at(now)).expect("a period");
        assert_eq!((head.from, head.until, head.period.as_str()), (at(from), at(until), words), "{span:?} {zone}");
    }
}

#[test]
fn days_that_make_no_period_are_named() {
    let now = at("2026-11-21T10:00:00Z");
    for (from, to, field) in [
        ("", "2026-11-02", "from"),
        ("2026-11-02", "", "to"),
        ("2026-02-30", "2026-11-02", "from"),
        ("2026-11-03", "2026-11-02", "to"),
        ("2026-11-22", "2026-11-23", "from"),
        ("2025-01-01", "2026-11-01", "to"),
    ] {
        let Err(Refusal::Invalid(faults)) = head(&asked(Span::Between, from, to), None, "UTC", now) else { panic!("{from} to {to}") };
        assert_eq!(faults[0].field, field, "{from} to {to}");
    }
    let one = head(&asked(Span::Between, "2026-11-21", "2026-11-21"), None, "UTC", now).expect("today");
    assert_eq!((one.until, each_day(&one).len()), (now, 1));
}

#[test]
fn a_month_has_its_days() {
    let head = head(&asked(Span::LastMonth, "", ""), None, "Europe/Berlin", at("2026-11-21T10:00:00Z")).expect("a period");
    let days = each_day(&head);
    assert_eq!((days.len(), days[0].0.as_str(), days[30].0.as_str()), (31, "1 Oct", "31 Oct"));
    assert_eq!((days[0].1, days[30].2), (head.from, head.until));
    assert!(days.windows(2).all(|pair| pair[0].2 == pair[1].1), "no instant is in two days or in none");
    assert_eq!(days[24].2.since(days[24].1), 25 * crate::time::HOUR, "the clocks are put back");
}

#[test]
fn schedules_come_again() {
    let schedule =
        |rhythm, hour, zone: &str| Schedule { kind: crate::reports::Kind::Alerts, target: Target::All, rhythm, hour, zone: zone.into(), recipients: vec![] };
    for (rhythm, hour, zone, after, next) in [
        (Rhythm::Monthly(1), 6, "UTC", "2026-11-21T10:00:00Z", "2026-12-01T06:00:00Z"),
        (Rhythm::Monthly(1), 6, "UTC", "2026-12-01T05:59:59Z", "2026-12-01T06:00:00Z"),
        (Rhythm::Monthly(1), 6, "UTC", "2026-12-01T06:00:00Z", "2027-01-01T06:00:00Z"),
        (Rhythm::Monthly(28), 6, "Europe/Berlin", "2026-03-27T10:00:00Z", "2026-03-28T05:00:00Z"),
        (Rhythm::Weekly(Day::Monday), 8, "Europe/London", "2026-11-21T10:00:00Z", "2026-11-23T08:00:00Z"),
        (Rhythm::Weekly(Day::Saturday), 8, "UTC", "2026-11-21T10:00:00Z", "2026-11-28T08:00:00Z"),
        // The clocks leave this hour out: an hour later then.
        (Rhythm::Weekly(Day::Sunday), 2, "Europe/Berlin", "2026-03-28T10:00:00Z", "2026-03-29T01:00:00Z"),
    ] {
        assert_eq!(next_after(&schedule(rhythm, hour, zone), at(after)), Some(at(next)), "{rhythm:?} {zone}");
    }
    assert_eq!(next_after(&schedule(Rhythm::Monthly(1), 6, "No/Where"), Moment(0)), None);
    let weekly = covered(&schedule(Rhythm::Weekly(Day::Monday), 8, "UTC"), at("2026-11-23T08:00:00Z")).expect("days");
    assert_eq!((weekly.from.as_str(), weekly.to.as_str()), ("2026-11-16", "2026-11-22"));
    let monthly = schedule(Rhythm::Monthly(1), 6, "Europe/Berlin");
    let october = covered(&monthly, at("2026-11-01T05:00:00Z")).expect("days");
    for late in ["2026-11-01T05:00:00Z", "2026-11-20T05:00:00Z", "2026-12-24T05:00:00Z"] {
        let head = head(&october, None, "Europe/Berlin", at(late)).expect("a period");
        assert_eq!((head.period.as_str(), head.from, head.until), ("October 2026", at("2026-09-30T22:00:00Z"), at("2026-10-31T23:00:00Z")), "{late}");
    }
    for (now, next) in
        [("2026-11-01T05:00:00Z", "2026-12-01T05:00:00Z"), ("2026-12-24T05:00:00Z", "2026-12-01T05:00:00Z"), ("2027-06-15T05:00:00Z", "2027-05-01T04:00:00Z")]
    {
        assert_eq!(next_occurrence(&monthly, at("2026-11-01T05:00:00Z"), at(now)), Some(at(next)), "{now}");
    }
}
