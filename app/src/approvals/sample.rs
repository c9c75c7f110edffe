//! Invented approvals, for render tests and previews.

use domain::{
    approvals::State,
    ids::{ApprovalId, RequestId, Uuid},
    time::{DAY, HOUR},
};

use super::{ApprovalPage, Line, ListPage};
use crate::{
    devices::sample::client,
    layout::{proof::HOSTILE, sample::NOW},
};

fn line(n: u128, state: State) -> Line {
    let over = state != State::Waiting;
    Line {
        id: ApprovalId(Uuid::from_u128(n)),
        title: "May we restart the server on Friday at 18:00?".into(),
        state,
        asked_by: "Priya".into(),
        asked_at: NOW - 3 * HOUR,
        expires_at: NOW + DAY,
        decided_by: over.then(|| "Ingrid Voss".into()),
        decided_at: over.then_some(NOW - HOUR),
    }
}

impl ListPage {
    /// One waits, the others are over.
    pub fn sample() -> Self {
        let answered = [State::Approved, State::Refused, State::Expired, State::Withdrawn];
        let answered = answered.into_iter().zip(2..).map(|(state, n)| line(n, state)).collect();
        Self { waiting: vec![line(1, State::Waiting)], answered, older: Some("1.x".into()), first: true, contact: true }
    }

    /// Nothing was asked yet.
    pub fn sample_empty() -> Self {
        Self { waiting: Vec::new(), answered: Vec::new(), older: None, ..Self::sample() }
    }
}

impl ApprovalPage {
    /// One that waits for a contact.
    pub fn sample() -> Self {
        Self {
            line: line(1, State::Waiting),
            client: client(1),
            body: vec!["The server is away for about ten minutes.".into(), "Friday, 18:00".into()],
            note: None,
            request: Some(RequestId(Uuid::from_u128(1))),
            run: None,
            may_answer: true,
            may_withdraw: false,
            contact: true,
            typed: (String::new(), None),
        }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let bad = || HOSTILE.to_owned();
        let page = Self::sample();
        let line = Line { title: bad(), asked_by: bad(), decided_by: Some(bad()), decided_at: Some(NOW), ..page.line.clone() };
        Self { line, client: (page.client.0, bad()), body: vec![bad()], note: Some(bad()), typed: (bad(), Some(bad())), ..page }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Audience, Frame,
        layout::proof::{hostile_frame, sound},
    };

    #[test]
    fn every_page_is_sound_and_offers_what_one_may() {
        let html = ApprovalPage::sample().render(Frame::sample_contact());
        assert!(html.contains("Yes, do it") && html.contains("ten minutes") && !html.contains("Withdraw"));
        let staff = ApprovalPage { may_answer: false, may_withdraw: true, contact: false, ..ApprovalPage::sample() }.render(Frame::sample());
        assert!(staff.contains("Withdraw the question") && !staff.contains("Yes, do it"));
        for html in [html, staff, ListPage::sample().render(Frame::sample_contact()), ListPage::sample_empty().render(Frame::sample())] {
            sound(&html);
        }
        let rows = ListPage { waiting: vec![ApprovalPage::sample_hostile().line], ..ListPage::sample() };
        for audience in [Audience::Staff, Audience::Contact] {
            sound(&ApprovalPage::sample_hostile().render(hostile_frame(Some(audience))));
            sound(&rows.clone().render(hostile_frame(Some(audience))));
        }
    }
}
