//! Invented requests, for render tests and previews.

use domain::{
    Fault, approvals,
    ids::{ApprovalId, AttachmentId, PersonId, RequestId, Uuid},
    requests::{Priority, RequestQuery, Show, State},
    time::{DAY, HOUR, MINUTE},
};

use super::{Attached, Forms, Line, ListPage, Message, NewPage, Offer, RequestPage, Typed};
use crate::{
    devices::sample::{client, row},
    layout::{proof::HOSTILE, sample::NOW},
};

fn line(n: u128, subject: &str, state: State, priority: Priority, ago: i64) -> Line {
    let assigned = (!n.is_multiple_of(3)).then(|| (Some(PersonId(Uuid::from_u128(1))), "Priya Raman".to_owned()));
    let of = usize::try_from(n).unwrap_or(0);
    Line {
        id: RequestId(Uuid::from_u128(n)),
        called: format!("R-{}", 1_040 + n),
        client: client(of % 8),
        device: n.is_multiple_of(2).then(|| row(of).hostname),
        subject: subject.into(),
        state,
        priority,
        made_by: "Ingrid Voss".into(),
        assigned,
        opened_at: NOW - ago - DAY,
        changed_at: NOW - ago,
    }
}

impl ListPage {
    /// The queue of staff.
    pub fn sample() -> Self {
        let rows = vec![
            line(1, "Nobody can print in the accounts office", State::New, Priority::Urgent, 12 * MINUTE),
            line(2, "New starter on Monday", State::Open, Priority::Normal, HOUR),
            line(3, "Server is slow after lunch", State::WaitingThird, Priority::High, 5 * HOUR),
            line(4, "Licence for the drawing program", State::WaitingClient, Priority::Low, DAY),
            line(5, "Screen flickers", State::OnHold, Priority::Normal, 2 * DAY),
            line(6, "Password forgotten", State::Solved, Priority::Normal, 3 * DAY),
            line(7, "Old laptop to be collected", State::Closed, Priority::Low, 9 * DAY),
        ];
        Self {
            query: RequestQuery { show: Show::All, ..RequestQuery::default() },
            counts: Show::STAFF.map(|show| (show, 2)).to_vec(),
            total: 7,
            rows,
            newer: None,
            older: None,
            clients: (0..8).map(client).collect(),
            contact: false,
            error: None,
            done: Some((2, 1)),
        }
    }

    /// A contact's own list.
    pub fn sample_contact() -> Self {
        Self { counts: Show::CONTACT.map(|show| (show, 2)).to_vec(), clients: Vec::new(), contact: true, done: None, ..Self::sample() }
    }

    /// Nothing was asked yet.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), total: 0, done: None, ..Self::sample_contact() }
    }
}

impl RequestPage {
    /// A conversation with a note among staff.
    pub fn sample() -> Self {
        let said = |ago: i64, author: &str, staff: bool, body: &str| Message {
            at: NOW - ago,
            author: author.into(),
            staff,
            internal: false,
            event: false,
            body: body.into(),
            files: Vec::new(),
        };
        let file = Attached { id: AttachmentId(Uuid::from_u128(1)), name: "printer.png".into(), size: 48_213 };
        Self {
            line: line(2, "Nobody can print in the accounts office", State::WaitingClient, Priority::High, HOUR),
            device: Some(row(2).id),
            messages: vec![
                Message { files: vec![file], ..said(DAY, "Ingrid Voss", false, "Since this morning every job stays in the queue.\n\nIt says \"offline\".") },
                Message { internal: true, ..said(20 * HOUR, "Priya Raman", true, "Print server again, see the note on the device.") },
                said(19 * HOUR, "Priya Raman", true, "The print server needs a restart. May we do it tonight?"),
                Message { event: true, ..said(19 * HOUR, "Priya Raman", true, "asked for approval: May we restart the server at 18:00?") },
            ],
            approvals: vec![(ApprovalId(Uuid::from_u128(1)), "May we restart the server at 18:00?".into(), approvals::State::Waiting, NOW + DAY)],
            staff: vec![(PersonId(Uuid::from_u128(1)), "Priya Raman".into()), (PersonId(Uuid::from_u128(2)), "Tom Okafor".into())],
            offers: vec![Offer::Reply],
            revision: 4,
            contact: false,
            forms: Forms { reply: "msg_1".into(), note: "msg_2".into(), question: "msg_3".into() },
            typed: Typed::default(),
        }
    }

    /// The same, as its contact reads it.
    pub fn sample_contact() -> Self {
        let mut page = Self { staff: Vec::new(), contact: true, revision: 0, offers: vec![Offer::Reply, Offer::Solve], ..Self::sample() };
        page.messages.retain(|message| !message.internal);
        page
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let bad = || HOSTILE.to_owned();
        let mut page = Self::sample();
        page.line = Line {
            called: bad(),
            client: (page.line.client.0, bad()),
            device: Some(bad()),
            subject: bad(),
            made_by: bad(),
            assigned: Some((None, bad())),
            ..page.line
        };
        for message in &mut page.messages {
            (message.author, message.body) = (bad(), bad());
            message.files.iter_mut().for_each(|file| file.name = bad());
        }
        page.approvals.iter_mut().for_each(|approval| approval.1 = bad());
        page.staff.iter_mut().for_each(|person| person.1 = bad());
        page.forms = Forms { reply: bad(), note: bad(), question: bad() };
        let faults = ["form", "text", "note", "files", "title", "state"].map(|field| Fault::new(field, bad())).to_vec();
        page.typed = Typed { text: bad(), note: bad(), question: (bad(), bad()), faults };
        page
    }
}

impl NewPage {
    /// A form that was refused.
    pub fn sample() -> Self {
        Self {
            form: "msg_1".into(),
            devices: (0..4).map(row).map(|row| (row.id, row.hostname)).collect(),
            subject: "Nobody can print".into(),
            faults: vec![Fault::new("text", "Tell what happens, so that somebody can help.")],
            ..Self::default()
        }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let bad = || HOSTILE.to_owned();
        let page = Self::sample();
        let faults = ["form", "text", "subject", "files", "client", "device"].map(|field| Fault::new(field, bad())).to_vec();
        Self { form: bad(), subject: bad(), text: bad(), clients: vec![(client(1).0, bad())], devices: vec![(row(1).id, bad())], faults, ..page }
    }
}
