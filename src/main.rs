//! The `portico` command.

use std::{ffi::OsString, process::ExitCode};

use portico::{boot, config};

/// What `--version` says: with the commit, where whoever built it named one in PORTICO_COMMIT.
fn version() -> &'static str {
    let number = env!("CARGO_PKG_VERSION");
    option_env!("PORTICO_COMMIT").filter(|commit| !commit.is_empty()).map_or(number, |commit| format!("{number} ({commit})").leak())
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = config::read(&arguments, version()).unwrap_or_else(|error| error.exit());
    boot::log(&cli);
    match boot::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("portico: {sentence}");
            ExitCode::FAILURE
        }
    }
}
