//! Devices: lists, one device, and the reports that come in.

mod acts;
mod describe;
mod duplicates;
pub(crate) mod enrol;
mod filter;
mod history;
pub(crate) mod intake;
mod inventory;
mod list;
mod reports;
pub mod rows;
mod seed;

pub use acts::Whereabouts;
pub use duplicates::stays_foreign;
pub use enrol::{EnrolmentCredential, NewKey};
pub use filter::{Counts, TagFigures};
pub(crate) use filter::{containing, count_where, in_service, of_status};
pub use history::{ChangeFigures, ChangeRow, HistoryPage, Place};
pub use intake::{Received, Source};
pub use inventory::Section;
pub use list::{DevicePage, DeviceRow};
pub(crate) use list::{line, shown_name};
pub use reports::{Batch, Reports, Submission};
pub use seed::{DEMO, SeedDevice, SeedDocument};
