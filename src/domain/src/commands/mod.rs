//! Work for a device: what it may be, who may ask for it, and the states it goes through. Server and agent share this page.

mod kind;
mod signed;
mod state;

pub use kind::{Fault as SpecFault, Kind, MOST_SCRIPT, Spec};
pub use signed::{COMMANDS_PATH, Done, Order, Poll, Told, Turn, order_message};
pub use state::{Event, NotPossible, State};

use crate::time::{DAY, HOUR, MINUTE};

/// The most output of a command that is kept: its last bytes.
pub const MOST_OUTPUT: usize = 64 * 1024;
/// The longest line that says how far a command is, in characters.
pub const MOST_PROGRESS: usize = 200;
/// Commands of one device that may be open at the same time.
pub const MOST_OPEN: u64 = 20;
/// How long an agent's request for work may wait for some, in seconds.
pub const WAIT_S: u32 = 20;
/// An agent that asked for work this long ago still counts as there.
pub const LISTENING: i64 = 30 * MINUTE;

/// How long a command waits for its device, in milliseconds, with what the form says.
pub const PATIENCE: [(i64, &str); 3] = [(HOUR, "1 hour"), (DAY, "1 day"), (7 * DAY, "7 days")];
