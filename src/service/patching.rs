//! Updates across the fleet: what stands where, what is decided, and runs that install what is approved.

mod choose;
mod compliance;
mod decide;
mod fleet;
mod give;
mod go_on;
mod judge;
mod lists;
mod make;
mod one;
mod planning;
mod rules;
mod runs;
mod says;
mod schedules;
mod start;
mod stop;
mod told;
mod updates;

pub use choose::Choice;
pub use compliance::{compliance, figures, has_silent, keep_figures, note_silent};
pub use decide::{decide, decide_many, take_back};
pub use go_on::go_on;
pub use lists::{export_pairs, of_device, pairs};
pub use one::{place, update};
pub use planning::{answered, look, make_planned, planned};
pub use rules::{add_rule, change_targets, remove_rule, rules};
pub use runs::{list, run};
pub use schedules::{add_schedule, change_schedule, new_schedule, remove_schedule, schedule, schedules};
pub use start::{plan, start};
pub use stop::{cancel, retry};
pub use told::{command_over, fetched, may_begin, told};
pub use updates::{every_update, export_updates, updates};
