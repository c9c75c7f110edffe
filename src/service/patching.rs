//! Updates across the fleet: what stands where, what is decided, and runs that install what is approved.

mod choose;
mod compliance;
mod decide;
mod fleet;
mod go_on;
mod judge;
mod lists;
mod one;
mod rules;
mod runs;
mod says;
mod start;
mod told;
mod updates;

pub use choose::Choice;
pub use compliance::{compliance, figures, has_silent, keep_figures, note_silent};
pub use decide::{decide, decide_many, take_back};
pub use go_on::go_on;
pub use lists::{export_pairs, of_device, pairs};
pub use one::{place, update};
pub use rules::{add_rule, change_targets, remove_rule, rules};
pub use runs::{list, run};
pub use start::{cancel, plan, retry, start};
pub use told::{command_over, fetched, may_begin, told};
pub use updates::{every_update, export_updates, updates};
