//! Approvals: what waits for a contact's yes, and one of them.

mod list;
mod one;
pub mod sample;

use domain::{
    Moment,
    approvals::State,
    ids::{ApprovalId, ClientId, RequestId, RunId},
};
use leptos::prelude::*;

pub use list::{ApprovalList, ListView};
pub use one::ApprovalView;

use crate::ui::{Outcome, OutcomeMark};

/// One approval in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub id: ApprovalId,
    /// The question; untrusted text.
    pub title: String,
    /// Where it is.
    pub state: State,
    /// Who of the MSP asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Moment,
    /// When the time to answer ends.
    pub expires_at: Moment,
    /// Who answered, or took it back.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
}

/// `/approvals`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// Those that wait, the next to end first.
    pub waiting: Vec<Line>,
    /// Those that were answered, newest first.
    pub answered: Vec<Line>,
    /// The place after the last of them, when more follow.
    pub older: Option<String>,
    /// Whether this is the first page.
    pub first: bool,
    /// Whether a contact looks.
    pub contact: bool,
}

/// `/approvals/{approval}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalPage {
    /// What the list says of it.
    pub line: Line,
    /// Whose people answer.
    pub client: (ClientId, String),
    /// What will happen, a line each; untrusted text.
    pub body: Vec<String>,
    /// What was written with the answer; untrusted text.
    pub note: Option<String>,
    /// The request that asked.
    pub request: Option<RequestId>,
    /// The update run that asked, for staff.
    pub run: Option<RunId>,
    /// Whether the viewer may answer.
    pub may_answer: bool,
    /// Whether the viewer may take the question back.
    pub may_withdraw: bool,
    /// Whether a contact looks.
    pub contact: bool,
    /// The note as it was typed, and what is wrong with it.
    pub typed: (String, Option<String>),
}

/// Where an approval is: a shape and a word.
#[component]
pub fn ApprovalMark(state: State) -> impl IntoView {
    let outcome = match state {
        State::Waiting => Outcome::Waiting,
        State::Approved => Outcome::Passed,
        State::Refused => Outcome::Failed,
        State::Expired | State::Withdrawn => Outcome::Skipped,
    };
    view! { <OutcomeMark outcome word=state.label()/> }
}
