//! What contacts of a demo tenant asked, what was answered, and what staff noted among themselves. All invented.

use domain::requests::{Priority, State};

/// Who says a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The client's contact.
    Contact,
    /// The technician.
    Staff,
    /// The technician, to other staff.
    Note,
}

/// One request: subject, priority, state, how many hours ago it began, whether somebody has it, and its lines.
#[derive(Debug, Clone, Copy)]
pub struct DemoRequest {
    /// What it is about.
    pub subject: &'static str,
    /// How much it hurts.
    pub priority: Priority,
    /// Where it is now.
    pub state: State,
    /// How long ago it began, in hours.
    pub hours: i64,
    /// Whether the technician has it.
    pub assigned: bool,
    /// What was said, in turn.
    pub lines: &'static [(Speaker, &'static str)],
}

const fn of(subject: &'static str, priority: Priority, state: State, hours: i64, assigned: bool, lines: &'static [(Speaker, &'static str)]) -> DemoRequest {
    DemoRequest { subject, priority, state, hours, assigned, lines }
}

use Speaker::{Contact, Note, Staff};

/// A dozen requests; the first is of the second client of the tenant, and so on in turn.
pub const REQUESTS: [DemoRequest; 12] = [
    of(
        "May the document server be restarted this week?",
        Priority::High,
        State::WaitingClient,
        30,
        true,
        &[
            (Contact, "Opening large files takes a minute since Tuesday.\n\nIt is worst after lunch, for everybody in Reading."),
            (Note, "Memory of the server is full, the update of last week waits for a restart. Do not restart without asking: they have a filing deadline."),
            (Staff, "Thank you, we see it too. The server needs a restart, which takes about ten minutes. We asked for your approval."),
        ],
    ),
    of(
        "Nobody can print at the front desk",
        Priority::Urgent,
        State::New,
        1,
        false,
        &[(Contact, "Every job stays in the queue and says \"offline\". Guests are waiting for their bills.")],
    ),
    of(
        "New starter on Monday",
        Priority::Normal,
        State::Open,
        20,
        true,
        &[
            (Contact, "Hanna Weiss starts on Monday in the control room. She needs an account, a laptop and access to the schedule."),
            (Staff, "We prepare one of the spare laptops. Which telephone number does she get?"),
            (Contact, "The number of Mr Doyle, who left in October."),
            (Note, "Doyle's licence is still assigned, free it first."),
        ],
    ),
    of(
        "Screen flickers in classroom 4",
        Priority::Low,
        State::WaitingThird,
        70,
        true,
        &[
            (Contact, "The screen at the board flickers every few seconds. Another cable did not help."),
            (Staff, "The maker replaces the panel under warranty. We told them; they say five working days."),
        ],
    ),
    of(
        "Laptop was stolen",
        Priority::Urgent,
        State::Solved,
        120,
        true,
        &[
            (Contact, "A laptop was taken from a car this morning. What do we have to do?"),
            (Staff, "We locked the device and ended all sessions. Its disk is encrypted. Please tell the police the serial number on the device's page."),
            (Note, "Insurance may ask for the report of encryption; it is in the inventory of the 3rd."),
            (Contact, "Done, thank you for the quick help."),
        ],
    ),
    of(
        "Backup of the practice system",
        Priority::Normal,
        State::Solved,
        200,
        true,
        &[
            (Contact, "Is last night's backup complete? The program showed a warning."),
            (Staff, "It is complete and was read back this morning. The warning was about a folder that no longer exists; we took it off the list."),
        ],
    ),
    of(
        "Licence for the drawing program",
        Priority::Low,
        State::OnHold,
        300,
        false,
        &[(Contact, "We need two more licences from January."), (Staff, "Noted. We order them in the last week of December, so that you do not pay twice.")],
    ),
    of(
        "Wireless in the annexe",
        Priority::High,
        State::Open,
        8,
        false,
        &[
            (Contact, "The connection drops whenever somebody uses the kettle."),
            (Staff, "That would be the cable in the kitchen wall. May somebody come on Thursday morning?"),
            (Contact, "Thursday from nine is fine."),
        ],
    ),
    of(
        "Old computers to be collected",
        Priority::Low,
        State::Closed,
        600,
        true,
        &[(Contact, "Six old computers stand in the store room."), (Staff, "Collected today. The certificates of the erased disks are with your papers.")],
    ),
    of(
        "Too many alerts by mail",
        Priority::Normal,
        State::Open,
        26,
        true,
        &[
            (Contact, "We get a mail for each device that is switched off at night. Can that stop?"),
            (Note, "Their night shift ended in September; the policy still watches as if it ran."),
        ],
    ),
    of(
        "Shared calendar for the boats",
        Priority::Normal,
        State::WaitingClient,
        50,
        true,
        &[
            (Contact, "Could the skippers see the calendar on their phones?"),
            (Staff, "Yes. Please send the list of the skippers' numbers, then we set it up for all of them at once."),
        ],
    ),
    of("Second screen at the counter", Priority::Low, State::New, 4, false, &[(Contact, "Customers ask to see what we type. A small second screen would do.")]),
];

/// A yes that staff asked for: the place of its request in [`REQUESTS`], the question, what will happen, how many minutes ago it was asked,
/// and how many minutes ago the contact said yes.
pub const APPROVALS: [(usize, &str, [&str; 2], i64, Option<i64>); 2] = [
    (
        0,
        "May we restart the document server on Friday at 18:00?",
        ["It is away for about ten minutes.", "Nothing is lost: open files are saved before."],
        120,
        None,
    ),
    (
        9,
        "May we stop watching the night shift's devices after 18:00?",
        ["No alert is raised for them between 18:00 and 06:00.", "They are watched as before during the day."],
        180,
        Some(60),
    ),
];
