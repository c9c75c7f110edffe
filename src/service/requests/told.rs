//! Who is told of requests by mail: staff of what a client asks and says, and the person who asked of what staff answer. The mail is written
//! by a job of the transaction that it tells of, and says nothing of the conversation itself.

use domain::{
    Moment, Refusal,
    ids::{ClientId, PersonId, RequestId},
    jobs::Priority,
    notices::{
        Kind,
        letter::{escaped, page},
    },
    people::{Permission, Role},
};
use foundation::{
    Failure, Writing,
    jobs::{Actor, Work},
    notices::NewDelivery,
    people::PersonRow,
    requests::rows::request,
};

use super::called;
use crate::service::notices::Portal;

/// The kind of the job that tells of a request.
pub const REQUEST_NEWS: &str = "request news";

/// People whom one mail goes to.
const TOGETHER: usize = 20;

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A contact opened it.
    Opened,
    /// A contact said something.
    Said,
    /// Staff answered, or changed where it is.
    Answered,
}

impl News {
    const ALL: [Self; 3] = [Self::Opened, Self::Said, Self::Answered];

    const fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Said => "said",
            Self::Answered => "answered",
        }
    }

    const fn lead(self) -> &'static str {
        match self {
            Self::Opened => "A client asks for help.",
            Self::Said => "A client wrote in a request.",
            Self::Answered => "There is an answer to your request.",
        }
    }
}

/// Has people told of `news` about `request` once this transaction is kept.
///
/// # Errors
/// When the database fails.
pub async fn news_came(writing: &Writing, request: RequestId, news: News, now: Moment) -> Result<(), Failure> {
    let subject = format!("{request} {}", news.word());
    writing.enqueue(Work { kind: REQUEST_NEWS, subject, priority: Priority::Urgent, at: now, by: Actor::Platform }, now).await
}

/// Tells of what the job's `subject` names.
///
/// # Errors
/// When the database fails.
pub async fn tell(writing: &Writing, subject: &str, portal: &Portal, now: Moment) -> Result<(), Failure> {
    let Some((id, news)) = read(subject) else { return Ok(()) };
    let row = match writing.request_to_change(id).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
        row => row?,
    };
    let to = if news == News::Answered { asker(writing, &row).await? } else { staff(writing, &row).await? };
    for some in to.chunks(TOGETHER) {
        writing.post(mail(&row, news, some.to_vec(), portal), now).await?;
    }
    Ok(())
}

fn read(subject: &str) -> Option<(RequestId, News)> {
    let (id, word) = subject.split_once(' ')?;
    Some((id.parse().ok()?, News::ALL.into_iter().find(|news| news.word() == word)?))
}

/// Whoever has the request, else all staff who may decide about it.
async fn staff(writing: &Writing, row: &request::Model) -> Result<Vec<String>, Failure> {
    let people = writing.staff_of(ClientId(row.client_id)).await?;
    let may = |person: &&PersonRow| person.role.is_some_and(|role| role.holds(Permission::RequestsManage));
    let has = people.iter().filter(may).find(|person| Some(person.person.id) == row.assigned_to);
    Ok(match has {
        Some(person) => vec![person.person.email.clone()],
        None => people.iter().filter(may).map(|person| person.person.email.clone()).collect(),
    })
}

/// The contact who asked, while they belong to the client and can sign in.
async fn asker(writing: &Writing, row: &request::Model) -> Result<Vec<String>, Failure> {
    let Some(id) = row.made_by else { return Ok(Vec::new()) };
    let person = match writing.person(PersonId(id)).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(Vec::new()),
        person => person?,
    };
    let theirs = person.role == Some(Role::Contact) && person.client == Some(ClientId(row.client_id)) && person.person.disabled_at.is_none();
    Ok(theirs.then_some(person.person.email).into_iter().collect())
}

fn mail(row: &request::Model, news: News, to: Vec<String>, portal: &Portal) -> NewDelivery {
    let (number, url) = (called(row.number), portal.at(&format!("/requests/{}", RequestId(row.id))));
    let subject: String = row.subject.chars().take(100).collect();
    NewDelivery {
        client: Some(ClientId(row.client_id)),
        channel: None,
        alert: None,
        what: "request",
        kind: Kind::Mail,
        to,
        from_name: portal.name.clone(),
        subject: format!("{number}: {subject}"),
        body: format!("{}\n\n{number}: {subject}\n\nRead it here:\n{url}\n\n{}\n", news.lead(), portal.name),
        html: Some(page(&portal.name, &portal.accent, news.lead(), &format!("<p>{number}: {}</p>", escaped(&subject)), Some(("Read it", &url)))),
        attachment: None,
    }
}
