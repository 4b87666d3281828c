//! Reads the arguments; a mistake is told in one sentence, help is in Vietnamese.

use std::error::Error;
use std::ffi::OsString;
use std::num::ParseIntError;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};

use super::Cli;
use super::setup::tell;
use crate::words::Words;

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}";

/// Reads the arguments of the program.
///
/// # Errors
/// The exit code: 0 after help or version was printed, 2 after a mistake was told.
pub fn read(args: impl IntoIterator<Item = OsString>, words: &Words) -> Result<Cli, ExitCode> {
    let read = in_vietnamese(Cli::command()).try_get_matches_from(args).and_then(|m| Cli::from_arg_matches(&m));
    read.map_err(|e| {
        if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            _ = e.print();
            return ExitCode::SUCCESS;
        }
        tell(&sentence(&e, words));
        ExitCode::from(2)
    })
}

fn in_vietnamese(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Xem trợ giúp");
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Các lệnh")
        .subcommand_value_name("LỆNH")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help);
    if command.get_version().is_some() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("Xem phiên bản");
        command = command.disable_version_flag(true).arg(version);
    }
    let names: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    for name in names {
        command = command.mut_arg(name, |arg| {
            let heading = if arg.is_positional() { "Tham số" } else { "Tùy chọn" };
            arg.help_heading(heading)
        });
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_string()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, in_vietnamese))
}

fn sentence(error: &clap::Error, words: &Words) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        _ => String::new(),
    };
    let (arg, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => words.usage_unknown(arg),
        ErrorKind::InvalidSubcommand => words.usage_no_command(context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => words.usage_which(),
        ErrorKind::MissingRequiredArgument => words.usage_missing(arg),
        ErrorKind::InvalidValue if value.is_empty() => words.usage_no_value(arg),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words.usage_bad_value(value, arg, hint(error, words).unwrap_or_else(|| context(ContextKind::ValidValue)))
        }
        _ => words.usage_other(error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ")),
    }
}

/// What a value should be, by its reader: ours say it themselves.
fn hint(error: &clap::Error, words: &Words) -> Option<String> {
    let source = error.source()?;
    let is_number = source.is::<ParseIntError>();
    Some(if is_number { words.usage_number() } else { source.to_string() })
}
