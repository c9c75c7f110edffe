//! Our own agent against the server: the real one, and reports that were signed by hand to do harm.

mod by_hand;
mod changes;
mod enrolment;
mod hostile;
mod machine;
mod oversize;
mod signed;
mod signer;
mod standing;
mod stored;

pub use by_hand::revoke;
pub use hostile::{bomb, gzip};
use signer::Capture;
pub use signer::{Signer, full_report};
pub use stored::{Stored, words};
