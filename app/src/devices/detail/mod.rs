//! The pages of one device: summary, hardware, software, updates, history.

pub(crate) mod changes;
mod facts;
mod hardware;
mod head;
mod history;
mod model;
mod page;
pub mod sample;
mod software;
mod summary;
mod updates;
mod volumes;

pub use model::*;
pub use page::DeviceDetail;
