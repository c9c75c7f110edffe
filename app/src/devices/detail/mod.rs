//! The pages of one device: summary, hardware, software, updates, history, and where it is managed.

pub(crate) mod changes;
pub mod commands;
mod facts;
mod hardware;
mod head;
mod history;
pub mod manage;
mod model;
mod page;
pub mod sample;
mod software;
mod summary;
mod updates;
mod volumes;

pub use changes::{Change, ChangeKind};
pub use manage::ManageTab;
pub use model::*;
pub use page::DeviceDetail;
