//! Commands to devices, and the key that signs them.

mod change;
mod keys;
mod queries;
pub mod rows;
mod seed;

pub use change::CommandChange;
pub use keys::SigningKeys;
pub use queries::{CommandRow, Listening, NewCommand};
pub use seed::SeedCommand;
