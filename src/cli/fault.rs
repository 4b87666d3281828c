//! A fault of the machine in one sentence, the technical words once.

use std::path::Path;

use crate::store::cause::{Cause, cause_of};
use crate::words::Words;

/// What is told where a command ended in a fault. `database`: the file that is used.
///
/// ```
/// use motcua::{cli::fault::sentence, words::Locale};
/// let error = anyhow::anyhow!("disk on fire").context("writing: disk on fire").context("x.db");
/// assert_eq!(sentence(&error, "x.db".as_ref(), Locale::Vi.words()), "Lỗi: x.db: writing: disk on fire");
/// ```
pub fn sentence(error: &anyhow::Error, database: &Path, words: &Words) -> String {
    let Some((cause, what)) = error.chain().find_map(cause_of) else {
        return words.cli_fault(once(error));
    };
    let path = database.display().to_string();
    match cause {
        Cause::ReadOnly => words.database_read_only(path, what),
        Cause::Full => words.database_full(path, what),
        Cause::Locked => words.database_locked(path, what),
        Cause::Foreign => words.database_foreign(path, what),
        Cause::Newer => words.database_newer(path, what),
        Cause::CannotOpen => words.database_cannot_open(path, what),
        Cause::Damaged => words.database_damaged(path, what),
    }
}

/// The causes of an error, without those that the one before has repeated already.
fn once(error: &anyhow::Error) -> String {
    let mut told: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        if told.last().is_none_or(|before| !before.contains(&cause)) {
            told.push(cause);
        }
    }
    told.join(": ")
}
