//! The pages of patching from their samples.

use domain::{Fault, patching::Sentence};

use super::*;
use crate::{
    Audience, Frame,
    layout::proof::{HOSTILE, hostile_frame, sound},
};

#[test]
fn every_page_says_its_figures() {
    let html = CompliancePage::sample().render(Frame::sample());
    for text in ["96.0 %", "912 of 950", "38 past due", "77 not yet due", "counts=missing", "2 of 24 devices"] {
        assert!(html.contains(text), "{text}");
    }
    sound(&html);
    let html = CompliancePage::sample_empty().render(Frame::sample());
    assert!(html.contains("No updates yet") && !html.contains("100"));
    sound(&html);
    for html in [
        UpdatesPage::sample().render(Frame::sample()),
        UpdatesPage::sample_empty().render(Frame::sample()),
        PairsPage::sample().render(Frame::sample()),
        PairsPage::sample_empty().render(Frame::sample()),
        UpdatePage::sample().render(Frame::sample()),
        RulesPage::sample().render(Frame::sample()),
        RunsPage::sample().render(Frame::sample()),
        RunsPage::sample_empty().render(Frame::sample()),
        RunPage::sample().render(Frame::sample()),
        RunPage::sample_waiting().render(Frame::sample()),
        PlanPage::sample().render(Frame::sample()),
        SchedulesPage::sample().render(Frame::sample()),
        SchedulesPage::sample_empty().render(Frame::sample()),
        SchedulePage::sample().render(Frame::sample()),
    ] {
        sound(&html);
    }
    let html = RunPage::sample().render(Frame::sample());
    assert!(html.contains("Failed: a script of the package failed") && html.contains("exit status 1") && html.contains("/commands/"));
    let html = PlanPage::sample().render(Frame::sample());
    assert!(html.contains("4 agent makes no changes") && html.contains("1 installation on 1 device."));
}

#[test]
fn what_waits_says_for_what() {
    let html = RunPage::sample_waiting().render(Frame::sample());
    for text in ["Waiting for approval", "before a contact of the client says yes", "/approvals/apr_", "/patching/schedules/psc_", "planned for "] {
        assert!(html.contains(text), "{text}");
    }
    let html = SchedulesPage::sample().render(Frame::sample());
    assert!(html.contains("Its window is gone") && html.contains("after a contact\u{2019}s yes"));
    let typed = SchedulePage { faults: vec![Fault::new("retries", "Type a number from 0 to 5.")], ..SchedulePage::sample() };
    let html = typed.render(Frame::sample());
    assert!(html.contains("Type a number from 0 to 5.") && html.contains("Your password") && html.contains("value=\"Nights\""));
}

#[test]
fn faults_stand_beside_their_fields() {
    let mut page = UpdatePage::sample();
    page.typed.note = "typed".into();
    page.faults = vec![Fault::new("note", "Say why, so that others know when to decide anew.")];
    let html = page.render(Frame::sample());
    assert!(html.contains("Say why") && html.contains("value=\"typed\"") && html.contains("aria-invalid=\"true\""));
}

#[test]
fn hostile_text_stays_text() {
    let bad = || HOSTILE.to_owned();
    let frame = || hostile_frame(Some(Audience::Staff));
    let line = UpdateLine { name: bad(), version: bad(), arch: bad(), origin: Some(bad()), ..UpdateLine::sample() };
    let pair = PairLine { name: (bad(), bad()), why: Sentence::new(bad()), device: (PairLine::sample().device.0, bad()), ..PairLine::sample() };
    let pairs = PairsPage { rows: vec![pair], ..PairsPage::sample() };
    sound(&UpdatesPage { rows: vec![line.clone()], error: Some(bad()), ..UpdatesPage::sample() }.render(frame()));
    sound(&pairs.clone().render(frame()));
    let mut one = UpdatePage { line, devices: pairs, reason: Sentence::new(bad()), ..UpdatePage::sample() };
    one.decided.iter_mut().for_each(|decided| (decided.name, decided.who, decided.note) = (bad(), bad(), Some(bad())));
    (one.typed.note, one.typed.shown, one.typed.until) = (bad(), bad(), bad());
    sound(&one.render(frame()));
    let mut run = RunPage::sample();
    (run.line.title, run.line.by) = (bad(), bad());
    run.turns.iter_mut().for_each(|turn| (turn.device.1, turn.line, turn.client.1) = (bad(), Some(bad()), bad()));
    run.turns.iter_mut().flat_map(|turn| &mut turn.wants).for_each(|want| (want.name, want.became) = ((bad(), bad()), Some((false, bad()))));
    run.more = Some((bad(), run.turns[0].device.0));
    sound(&run.render(frame()));
    let mut plan = PlanPage::sample();
    plan.named = (Some(bad()), Some(bad()));
    plan.targets.iter_mut().for_each(|line| (line.device.1, line.gets) = (bad(), vec![(bad(), bad())]));
    sound(&plan.render(frame()));
    let line = || ScheduleLine {
        name: bad(),
        when: bad(),
        by: bad(),
        window: ScheduleLine::sample().window.map(|(id, ..)| (id, bad(), bad())),
        ..ScheduleLine::sample()
    };
    sound(&SchedulesPage { rows: vec![line()], may_change: true }.render(frame()));
    let mut schedule = SchedulePage { line: Some(line()), ..SchedulePage::sample() };
    (schedule.typed.name, schedule.typed.retries, schedule.windows[0].1) = (bad(), bad(), bad());
    sound(&schedule.render(frame()));
    let mut rules = RulesPage::sample();
    rules.rules.iter_mut().for_each(|line| (line.words, line.place) = (bad(), bad()));
    (rules.typed.0.names, rules.targets.other_days) = (bad(), bad());
    sound(&rules.render(frame()));
}
