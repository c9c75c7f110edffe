//! What several pages of patching draw.

use domain::{
    ids::{ClientId, DeviceId, PatchScheduleId, RunId, UpdateId},
    patching::{
        Bucket, Class, Kind, Sentence, Tally, Verdict,
        query::PairsQuery,
        run::{RunState, TurnState},
        why::Piece,
    },
};
use leptos::prelude::*;

use crate::{
    layout::link,
    ui::{At, Outcome, OutcomeMark, PageHead, Segment, Segments},
};

/// The rooms of patching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Compliance,
    Updates,
    Devices,
    Runs,
    Schedules,
    Rules,
}

/// The heading of a room, with the way to the others; the children are what one may do.
#[component]
pub(super) fn RoomHead(room: Room, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let rooms = [
        (Room::Compliance, "Compliance", "/patching"),
        (Room::Updates, "Updates", "/patching/updates"),
        (Room::Devices, "On devices", "/patching/devices"),
        (Room::Runs, "Runs", "/patching/runs"),
        (Room::Schedules, "Schedules", "/patching/schedules"),
        (Room::Rules, "Rules", "/patching/rules"),
    ];
    let segment = move |(of, label, path): (Room, &'static str, &'static str)| view! { <Segment href=link(path) label active=of == room/> };
    view! {
        <PageHead title="Patching">{children.map(|children| children())}</PageHead>
        <div class="filter-bar"><Segments label="Patching">{rooms.map(segment).into_iter().collect_view()}</Segments></div>
    }
}

/// The address of a list of updates on devices.
pub(super) fn pairs_at(query: &PairsQuery) -> String {
    link(&format!("/patching/devices{}", query.to_query()))
}

/// The address of an update.
pub(super) fn update_at(id: UpdateId) -> String {
    link(&format!("/patching/updates/{id}"))
}

/// The address of a run.
pub(super) fn run_at(id: RunId) -> String {
    link(&format!("/patching/runs/{id}"))
}

/// The address of a schedule.
pub(super) fn schedule_at(id: PatchScheduleId) -> String {
    link(&format!("/patching/schedules/{id}"))
}

/// The address of a device's updates.
pub(super) fn device_at(id: DeviceId) -> String {
    link(&format!("/devices/{id}/updates"))
}

/// The address of a client.
pub(super) fn client_at(id: ClientId) -> String {
    link(&format!("/clients/{id}"))
}

/// A sentence, with its instants in the viewer's zone.
#[component]
pub(super) fn Says(sentence: Sentence) -> impl IntoView {
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => view! { {text} }.into_any(),
        Piece::At(at) => view! { <At at/> }.into_any(),
    };
    view! { <span>{sentence.0.into_iter().map(piece).collect_view()}</span> }
}

/// How much an update matters, as a word.
#[component]
pub(super) fn ClassWord(class: Class) -> impl IntoView {
    match class {
        Class::Security => view! { <strong class="security-word">"Security"</strong> }.into_any(),
        Class::Other => view! { "Update" }.into_any(),
        Class::Unknown => view! { <span class="unknown">"Not said"</span> }.into_any(),
    }
}

/// What holds for an update.
#[component]
pub(super) fn VerdictWord(verdict: Option<Verdict>) -> impl IntoView {
    match verdict {
        None => view! { <span class="quiet">"Not decided"</span> }.into_any(),
        Some(Verdict::Approve) => view! { <OutcomeMark outcome=Outcome::Passed word="Approved"/> }.into_any(),
        Some(Verdict::Decline) => view! { <OutcomeMark outcome=Outcome::Skipped word="Declined"/> }.into_any(),
        Some(Verdict::Defer(until)) => view! { "Deferred until " <At at=until/> }.into_any(),
    }
}

/// The state of an update on a device.
#[component]
pub(super) fn KindMark(kind: Kind) -> impl IntoView {
    let outcome = match kind {
        Kind::Installed => Outcome::Passed,
        Kind::Failed | Kind::Due => Outcome::Failed,
        _ => Outcome::Skipped,
    };
    view! { <OutcomeMark outcome word=kind.label()/> }
}

/// The state of a run.
#[component]
pub(super) fn RunMark(state: RunState) -> impl IntoView {
    let outcome = match state {
        RunState::Done => Outcome::Passed,
        RunState::DoneWithFailures => Outcome::Failed,
        _ => Outcome::Skipped,
    };
    view! { <OutcomeMark outcome word=state.label()/> }
}

/// The state of a device in a run, with why.
#[component]
pub(super) fn TurnMark(state: TurnState) -> impl IntoView {
    let outcome = match state {
        TurnState::Failed(_) | TurnState::Vanished => Outcome::Failed,
        state if state.is_success() => Outcome::Passed,
        _ => Outcome::Skipped,
    };
    let word = match state {
        TurnState::Failed(class) => format!("Failed: {}", class.label()),
        TurnState::Skipped(reason) => format!("Skipped: {}", reason.label()),
        state => state.kind().label().to_owned(),
    };
    view! { <OutcomeMark outcome word/> }
}

/// `98.2 %`, or that there is nothing to be measured.
pub(super) fn percent(tally: &Tally) -> String {
    tally.share().permille().map_or_else(|| "Nothing due".into(), |permille| permille.to_string())
}

/// The parts of a figure that stand beside it, each a link to its rows.
#[component]
pub(super) fn Apart(tally: Tally, query: PairsQuery) -> impl IntoView {
    let part = move |bucket: Bucket| {
        let n = tally.of(bucket);
        let href = pairs_at(&query.with(|query| query.counts = Some(bucket)));
        (n > 0).then(|| view! { <a class="text-link" href=href>{format!("{n} {}", bucket.label().to_lowercase())}</a>" " })
    };
    [Bucket::Missing, Bucket::NotDue, Bucket::Early, Bucket::Deferred, Bucket::Excluded, Bucket::Unknown].map(part).into_iter().collect_view()
}
