//! The command line: one subcommand a file. Standard output carries results only; sentences
//! about faults and the log go to standard error.

pub mod asked;
pub mod demo;
pub mod report;
pub mod summary;

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Exit code 0.
    Done,
    /// The answer is "no": refused, or faults were found. Exit code 1.
    No,
    /// Wrong usage or settings. Exit code 2.
    Usage,
}

impl From<End> for ExitCode {
    fn from(end: End) -> ExitCode {
        ExitCode::from(match end {
            End::Done => 0,
            End::No => 1,
            End::Usage => 2,
        })
    }
}
