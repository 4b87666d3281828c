//! One line a command.

use super::desk::Desk;
use super::{Act, Answer, history, opening, posting, template};
use crate::grammar::table::{Command, CommandRow};

/// Runs a command's use case; the caller has asked whether the role may.
pub async fn run(desk: &Desk, act: &mut Act<'_>, row: &CommandRow, rest: &str) -> Answer {
    match row.command {
        Command::Post => Ok(Vec::new()), // read by the caller, which knows the grammar's context
        Command::Undo => posting::undo_latest(act).await,
        Command::History => history::history(desk, act, rest).await,
        Command::Template => template::template(act),
        Command::Opening => opening::opening(desk, act, rest).await,
        _ => Ok(Vec::new()),
    }
}
