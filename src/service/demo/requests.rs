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

use super::{told, work::Somebody};
use crate::demo::requests::{APPROVALS, DemoRequest, REQUESTS, Speaker};

/// Fills the requests of `contacts`, in turn from the second client on.
pub(super) async fn fill(writing: &Writing, technician: &Somebody, contacts: &[(ClientId, PersonId, String)], now: Moment) -> Result<(), Failure> {
    if contacts.is_empty() {
        return Ok(());
    }
    for (n, demo) in REQUESTS.iter().enumerate() {
        let Some((client, person, name)) = contacts.get((n + 1) % contacts.len()) else { continue };
        let contact = (*person, name.clone());
        let mut seed = seed(demo, *client, technician, &contact, now);
        let question = APPROVALS.iter().find(|(of, ..)| *of == n);
        if let Some((_, title, _, asked, answered)) = question {
            seed.messages.push(event(now - asked * MINUTE, technician, Side::Staff, format!("asked for approval: {title}")));
            seed.messages.extend(answered.map(|ago| event(now - ago * MINUTE, &contact, Side::Client, format!("approved: {title}"))));
        }
        let spoken: Vec<(Moment, bool)> = seed.messages.iter().map(|said| (said.at, said.side == Side::Staff && said.kind == kinds::REPLY)).collect();
        let id = writing.seed_request(seed).await?;
        told::request(writing, technician, id, demo.state, &spoken).await?;
        if let Some((_, title, body, asked, answered)) = question {
            let (asked, answered) = (now - asked * MINUTE, answered.map(|ago| (&contact, now - ago * MINUTE)));
            let new = NewApproval {
                client: *client,
                kind: approvals::REQUEST,
                subject: id.to_string(),
                title: (*title).to_owned(),
                body: body.map(str::to_owned).to_vec(),
                expires_at: now + 3 * DAY,
            };
            let approval = writing.ask_approval(new, asked).await?;
            writing.seed_approval(approval, technician, answered).await?;
            told::approval(writing, technician, (approval, *client, title), asked).await?;
        }
    }
    told::views(writing, technician, contacts.iter().map(|(client, ..)| *client), now).await
}

fn event(at: Moment, by: &Somebody, side: Side, body: String) -> SeedMessage {
    SeedMessage { at, by: by.clone(), kind: kinds::EVENT, side, body }
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
