//! The `portico` command.

use std::process::ExitCode;

use clap::Parser;
use portico::{boot, config::Cli};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    boot::log(cli.log);
    match boot::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("portico: {sentence}");
            ExitCode::FAILURE
        }
    }
}
