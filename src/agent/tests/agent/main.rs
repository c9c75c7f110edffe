//! The agent against a small real server: what travels, what is kept, and how it ends.

mod command_line;
mod delivery;
mod keeping;
mod measuring;
mod stage;
