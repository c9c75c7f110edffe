//! A file of settings: lines of `NAME=VALUE` with the names of the environment variables, as systemd's EnvironmentFile and Docker's
//! --env-file read them, so that one file serves all three. A flag wins over the environment, and both over the file.

use std::{collections::BTreeMap, ffi::OsString, fs, path::Path};

use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, Parser, error::ErrorKind};

use super::Cli;

/// The variable that names the file where no flag does.
const VARIABLE: &str = "PORTICO_CONFIG";

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    number: usize,
    value: String,
}

/// Reads the command line `arguments`, the environment and the file that one of them names. `version` is what `--version` says.
///
/// # Errors
/// What clap says of the command line, which is also how help is shown; a fault of the file names its line.
pub fn read(arguments: &[OsString], version: &'static str) -> Result<Cli, clap::Error> {
    let mut command = Cli::command().version(version);
    let named = flag(arguments).or_else(|| std::env::var_os(VARIABLE).filter(|name| !name.is_empty()));
    if let Some(path) = named {
        let path = Path::new(&path);
        let text = fs::read_to_string(path).map_err(|error| fault(&format!("cannot read {}: {error}", path.display())))?;
        command = with(command, &text).map_err(|sentence| fault(&format!("{}{sentence}", path.display())))?;
    }
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

fn fault(sentence: &str) -> clap::Error {
    Cli::command().error(ErrorKind::InvalidValue, sentence)
}

/// What follows `--config`.
fn flag(arguments: &[OsString]) -> Option<OsString> {
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        match argument.to_str() {
            Some("--") => return None,
            Some("--config") => return rest.next().cloned(),
            Some(text) if text.starts_with("--config=") => return text.strip_prefix("--config=").map(OsString::from),
            _ => {}
        }
    }
    None
}

/// `command` with the values of the file as its defaults.
fn with(command: Command, text: &str) -> Result<Command, String> {
    let lines = parse(text)?;
    let mut command = command;
    for (name, line) in lines {
        let known = take(&mut command, &name, &line);
        let below: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        let below = below.iter().any(|sub| command.find_subcommand_mut(sub).is_some_and(|sub| take(sub, &name, &line)));
        if !known && !below {
            return Err(format!(":{}: {name} is not a setting; see portico serve --help", line.number));
        }
        fits(&name, &line)?;
    }
    Ok(command)
}

/// Makes the line's value the default of the argument of `command` that has the variable `name`; says whether there is one.
fn take(command: &mut Command, name: &str, line: &Line) -> bool {
    let found = command.get_arguments().find(|argument| argument.get_env().is_some_and(|variable| variable == name));
    let parts = |argument: &Arg| (argument.get_id().clone(), argument.get_value_delimiter(), argument.get_action().takes_values());
    let Some((id, delimiter, takes)) = found.map(parts) else { return false };
    // Read once, at the start, and needed to the end.
    let value: &'static str = line.value.clone().leak();
    let parts: Vec<&'static str> = delimiter.map_or_else(|| vec![value], |delimiter| value.split(delimiter).collect());
    let taken = std::mem::take(command).mut_arg(id, |argument| {
        let argument = argument.default_values(parts);
        // Of a flag there is no default to hide.
        if takes { argument.hide_default_value(true) } else { argument }
    });
    *command = taken;
    true
}

/// Whether the value is one that the setting takes, asked as if it stood on the command line, so that the line can be named.
fn fits(name: &str, line: &Line) -> Result<(), String> {
    let wrong = || format!(":{}: {name} cannot be {:?}; see portico serve --help", line.number, line.value);
    let whole = Cli::command();
    let serve = whole.find_subcommand("serve");
    let all = whole.get_arguments().chain(serve.into_iter().flat_map(Command::get_arguments));
    let Some(argument) = all.into_iter().find(|argument| argument.get_env().is_some_and(|variable| variable == name)) else { return Ok(()) };
    let Some(long) = argument.get_long() else { return Ok(()) };
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        return if matches!(line.value.as_str(), "true" | "false") { Ok(()) } else { Err(wrong()) };
    }
    Cli::try_parse_from(["portico".to_owned(), "serve".to_owned(), format!("--{long}={}", line.value)]).map(drop).map_err(|_| wrong())
}

/// The names of a file with their lines.
fn parse(text: &str) -> Result<BTreeMap<String, Line>, String> {
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let (number, line) = (at + 1, line.trim());
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or_else(|| format!(":{number}: this is not NAME=VALUE"))?;
        let (name, value) = (name.trim().to_owned(), unquoted(value.trim()).to_owned());
        if let Some(first) = lines.insert(name.clone(), Line { number, value }) {
            return Err(format!(":{number}: {name} stands in line {} already", first.number));
        }
    }
    Ok(lines)
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn serve(text: &str, arguments: &[&str]) -> Result<config::Serve, String> {
        let command = with(Cli::command(), text)?;
        let all = ["portico", "serve"].iter().chain(arguments);
        let cli = Cli::from_arg_matches(&command.try_get_matches_from(all).map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
        match cli.command {
            config::Command::Serve(serve) => Ok(serve),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_sets_what_no_flag_sets() {
        let text =
            "# ours\n\nPORTICO_COUNTS_SECONDS = 9\nPORTICO_HOSTS=\"a.example,b.example\"\nPORTICO_ALLOW_PATH_TENANTS=true\n; more\nPORTICO_ADDRESS='::1'\n";
        let read = serve(text, &[]).expect("read");
        assert_eq!((read.counts_seconds, read.hosts, read.allow_path_tenants), (9, vec!["a.example".to_owned(), "b.example".to_owned()], true));
        assert_eq!(read.address.to_string(), "::1");
        assert_eq!(serve(text, &["--counts-seconds", "2"]).expect("read").counts_seconds, 2, "a flag wins");
    }

    #[test]
    fn a_fault_names_its_line() {
        for (text, words) in [
            ("PORT=3000\nPORTICO_PROT=1\n", [":2:", "PORTICO_PROT is not a setting"]),
            ("PORT=many\n", [":1:", "PORT cannot be \"many\""]),
            ("\nPORTICO_ALLOW_PATH_TENANTS=perhaps", [":2:", "cannot be \"perhaps\""]),
            ("PORTICO_TRUSTED_PROXIES=10.0.0.1,x", [":1:", "PORTICO_TRUSTED_PROXIES cannot be"]),
            ("PORT 3000", [":1:", "not NAME=VALUE"]),
            ("PORT=1\nPORT=2", [":2:", "stands in line 1"]),
            ("PATH=/bin", [":1:", "PATH is not a setting"]),
        ] {
            let fault = serve(text, &[]).expect_err(text);
            assert!(words.iter().all(|word| fault.contains(word)), "{fault}");
        }
    }

    #[test]
    fn the_flag_is_found_where_it_stands() {
        let of = |arguments: &[&str]| flag(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["portico", "--config", "a", "serve"]), Some("a".into()));
        assert_eq!(of(&["portico", "serve", "--config=b"]), Some("b".into()));
        assert_eq!(of(&["portico", "serve"]), None);
        assert_eq!(of(&["portico", "--", "--config", "a"]), None);
    }
}
