//! What a demo tenant's contacts asked: requests with their conversations, and two approvals.

use domain::{
    Moment, approvals,
    ids::{ClientId, PersonId},
    requests::Side,
    time::{DAY, HOUR, MINUTE},
};
use foundation::{
    Failure, Writing,
    approvals::NewApproval,
    requests::{NewRequest, SeedMessage, SeedRequest, kinds},
};

use super::work::Somebody;
use crate::demo::requests::{DemoRequest, REQUESTS, Speaker};

/// Fills the requests of `contacts`, in turn from the second client on.
pub(super) async fn fill(writing: &Writing, technician: &Somebody, contacts: &[(ClientId, PersonId, String)], now: Moment) -> Result<(), Failure> {
    if contacts.is_empty() {
        return Ok(());
    }
    for (n, demo) in REQUESTS.iter().enumerate() {
        let Some((client, person, name)) = contacts.get((n + 1) % contacts.len()) else { continue };
        let contact = (*person, name.clone());
        let id = writing.seed_request(seed(demo, *client, technician, &contact, now)).await?;
        let title = match n {
            0 => Some("May we restart the document server on Friday at 18:00?"),
            1 => Some("May we replace the printer's network card?"),
            _ => None,
        };
        if let Some(title) = title {
            let new = NewApproval {
                client: *client,
                kind: approvals::REQUEST,
                subject: id.to_string(),
                title: title.into(),
                body: vec!["It is away for about ten minutes.".into(), "Nothing is lost: open files are saved before.".into()],
                expires_at: now + 3 * DAY,
            };
            let asked = writing.ask_approval(new, now - 2 * HOUR).await?;
            writing.seed_approval(asked, technician, (n == 1).then(|| (&contact, now - HOUR))).await?;
        }
    }
    Ok(())
}

fn seed(demo: &DemoRequest, client: ClientId, technician: &Somebody, contact: &Somebody, now: Moment) -> SeedRequest {
    let begin = now - demo.hours * HOUR;
    let step = (demo.hours * HOUR / 2).min(50 * MINUTE);
    let message = |(n, (speaker, body)): (usize, &(Speaker, &str))| {
        let (side, kind, by) = match speaker {
            Speaker::Contact => (Side::Client, kinds::REPLY, contact),
            Speaker::Staff => (Side::Staff, kinds::REPLY, technician),
            Speaker::Note => (Side::Staff, kinds::NOTE, technician),
        };
        let at = begin + i64::try_from(n).unwrap_or(0) * step / 4;
        SeedMessage { at, by: by.clone(), kind, side, body: (*body).to_owned() }
    };
    SeedRequest {
        new: NewRequest { client, device: None, subject: demo.subject.into(), priority: demo.priority },
        messages: demo.lines.iter().enumerate().map(message).collect(),
        state: demo.state,
        assigned: demo.assigned.then_some(technician.0),
    }
}
