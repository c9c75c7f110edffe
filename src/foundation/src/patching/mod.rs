//! Updates across the fleet: the catalogue, how each stands on each device, what was decided, and runs that install.

mod beside;
mod catalogue;
mod counting;
mod decisions;
mod figures;
mod merge;
mod pairs;
mod plan;
pub mod rows;
mod rows_on;
mod rules;
mod runs;
mod schedules;
mod seed;
mod sums;
mod sweep;
mod turns;
mod verify;

pub(crate) use counting::trust_in;
pub use decisions::{DecisionRow, Spot};
pub use figures::{CountRow, DayRow};
pub use plan::{NewRun, NewTurn};
pub use rows_on::{Beside, InRunRow, PairFilter, PairRow};
pub use rules::{RuleRow, SettingsRow};
pub use runs::RunRow;
pub use schedules::{PATCH_PLAN, PATCH_SCHEDULE, PatchScheduleRow};
pub(crate) use seed::SeedPatched;
pub use seed::{SeedPatch, SeedRun, SeedTurn};
pub use sums::{Among, SumRow, TotalRow, UpdateSumRow};
pub use turns::{TurnRow, WantRow};
pub use verify::RUN_GOES_ON;
