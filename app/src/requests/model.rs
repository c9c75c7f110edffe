//! What the pages of requests show.

use domain::{
    Fault, Moment, approvals,
    ids::{ApprovalId, AttachmentId, ClientId, DeviceId, PersonId, RequestId},
    requests::{Priority, RequestQuery, Show, State},
};

/// One request in a list. What a contact may not know is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub id: RequestId,
    /// `R-1042`.
    pub called: String,
    /// Whose.
    pub client: (ClientId, String),
    /// The name of the device that it is about; untrusted text.
    pub device: Option<String>,
    /// What it is about; untrusted text.
    pub subject: String,
    /// Where it is.
    pub state: State,
    /// How much it hurts.
    pub priority: Priority,
    /// Who asked.
    pub made_by: String,
    /// Who of the MSP has it.
    pub assigned: Option<(Option<PersonId>, String)>,
    /// When it was asked.
    pub opened_at: Moment,
    /// When it last changed, as the viewer may know.
    pub changed_at: Moment,
}

/// `/requests`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPage {
    /// What is asked for.
    pub query: RequestQuery,
    /// How many there are of each quick filter.
    pub counts: Vec<(Show, u64)>,
    /// This page's requests.
    pub rows: Vec<Line>,
    /// How many match.
    pub total: u64,
    /// The page before.
    pub newer: Option<RequestQuery>,
    /// The page after.
    pub older: Option<RequestQuery>,
    /// The clients to choose from; staff only.
    pub clients: Vec<(ClientId, String)>,
    /// Whether a contact looks.
    pub contact: bool,
    /// What was wrong with a bulk act.
    pub error: Option<String>,
    /// How many a bulk act closed, and how many it left.
    pub done: Option<(u64, u64)>,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Which.
    pub id: AttachmentId,
    /// Its name; untrusted text.
    pub name: String,
    /// Its bytes.
    pub size: u64,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// When.
    pub at: Moment,
    /// Who; empty: it happened by itself.
    pub author: String,
    /// Whether they are of the MSP.
    pub staff: bool,
    /// Whether only staff read it.
    pub internal: bool,
    /// Whether it says what happened, rather than what somebody said.
    pub event: bool,
    /// What they said, in lines; untrusted text.
    pub body: String,
    /// What they sent along.
    pub files: Vec<Attached>,
}

/// What the viewer may do in the present state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Write an answer.
    Reply,
    /// Say that it is done.
    Solve,
    /// Say that it is not done.
    Reopen,
}

/// What was typed and refused, with what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The answer.
    pub text: String,
    /// The note among staff.
    pub note: String,
    /// The question of an approval, and what will happen.
    pub question: (String, String),
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// The ids of what the forms of a request will make, so that a form that is sent twice is kept once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms {
    /// Of the answer.
    pub reply: String,
    /// Of the note among staff.
    pub note: String,
    /// Of the question to the client.
    pub question: String,
}

/// `/requests/{request}`.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestPage {
    /// What the list says of it.
    pub line: Line,
    /// Its device, while that is within reach.
    pub device: Option<DeviceId>,
    /// The conversation, oldest first.
    pub messages: Vec<Message>,
    /// The approvals that it asked for: question, state, end.
    pub approvals: Vec<(ApprovalId, String, approvals::State, Moment)>,
    /// Whom it can be given to; empty for those who may not.
    pub staff: Vec<(PersonId, String)>,
    /// What may be done.
    pub offers: Vec<Offer>,
    /// Its version, for staff.
    pub revision: i64,
    /// Whether a contact looks.
    pub contact: bool,
    /// The ids of its forms.
    pub forms: Forms,
    /// What was typed and refused.
    pub typed: Typed,
}

/// `/requests/new`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewPage {
    /// The id of the first message, so that a form that is sent twice makes one request.
    pub form: String,
    /// The clients to choose from; none for contacts.
    pub clients: Vec<(ClientId, String)>,
    /// The devices to choose from.
    pub devices: Vec<(DeviceId, String)>,
    /// The chosen client.
    pub client: String,
    /// The chosen device.
    pub device: String,
    /// The subject as it was typed.
    pub subject: String,
    /// The text as it was typed.
    pub text: String,
    /// The word of the chosen priority.
    pub priority: String,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// What is wrong with `field`.
pub(super) fn fault(faults: &[Fault], field: &str) -> Option<String> {
    let all: Vec<&str> = faults.iter().filter(|fault| fault.field == field).map(|fault| fault.message.as_str()).collect();
    (!all.is_empty()).then(|| all.join(" "))
}
