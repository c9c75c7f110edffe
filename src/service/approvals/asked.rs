//! The people of a client are told by mail that they are asked.

use domain::{
    Moment, Refusal,
    approvals::State,
    ids::{ApprovalId, ClientId},
    notices::{
        Kind,
        letter::{escaped, page},
    },
    people::Permission,
};
use foundation::{Failure, Writing, approvals::ApprovalRow, notices::NewDelivery};

use crate::service::notices::Portal;

/// People whom one mail goes to.
const TOGETHER: usize = 20;
/// What the mail says first.
const LEAD: &str = "Your approval is asked for.";

/// Tells whoever may answer the approval that `subject` names, while it waits.
///
/// # Errors
/// When the database fails.
pub async fn asked(writing: &Writing, subject: &str, portal: &Portal, now: Moment) -> Result<(), Failure> {
    let Ok(id) = subject.parse::<ApprovalId>() else { return Ok(()) };
    let row = match writing.approval(id).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
        row => row?,
    };
    if row.at() != State::Waiting {
        return Ok(());
    }
    let people = writing.contacts_of(ClientId(row.client_id)).await?;
    let may = people.into_iter().filter(|person| person.role.is_some_and(|role| role.holds(Permission::ApprovalsGive)));
    let to: Vec<String> = may.map(|person| person.person.email).collect();
    for some in to.chunks(TOGETHER) {
        writing.post(mail(&row, some.to_vec(), portal), now).await?;
    }
    Ok(())
}

fn mail(row: &ApprovalRow, to: Vec<String>, portal: &Portal) -> NewDelivery {
    let url = portal.at(&format!("/approvals/{}", ApprovalId(row.id)));
    let lines = row.lines();
    let text = lines.iter().map(|line| format!("- {line}\n")).collect::<String>();
    let items = lines.iter().map(|line| format!("<li>{}</li>", escaped(line))).collect::<String>();
    let html = format!("<p><strong>{}</strong></p><ul>{items}</ul>", escaped(&row.title));
    NewDelivery {
        client: Some(ClientId(row.client_id)),
        channel: None,
        alert: None,
        what: "approval",
        kind: Kind::Mail,
        to,
        from_name: portal.name.clone(),
        subject: format!("Please approve: {}", row.title.chars().take(100).collect::<String>()),
        body: format!("{LEAD}\n\n{}\n{text}\nAnswer here:\n{url}\n\n{}\n", row.title, portal.name),
        html: Some(page(&portal.name, &portal.accent, LEAD, &html, Some(("Answer", &url)))),
        attachment: None,
    }
}
