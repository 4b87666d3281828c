//! `motcua summary --unit CODE --period P [--at TIME] [--json] [--wait SECONDS]`: what
//! `/tonghop` answers, on standard output.

use std::io::Write;

use super::End;
use super::asked::{Asked, inbox_first};
use crate::app::desk::Desk;
use crate::report::names::Names;
use crate::report::summary_json::summary_json;
use crate::report::summary_text::summary_text;
use crate::store::Store;

/// How the summary is printed, and how long the inbox may take.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub json: bool,
    /// Seconds to wait for the inbox to empty.
    pub wait: Option<u64>,
}

/// Writes the summary to `out`.
///
/// # Errors
/// Of the database, and of writing.
pub async fn summary(
    store: &Store,
    desk: &Desk,
    asked: &Asked<'_>,
    options: Options,
    out: &mut impl Write,
) -> anyhow::Result<End> {
    let words = desk.locale.words();
    if inbox_first(store, words, options.wait).await? != End::Done {
        return Ok(End::No);
    }
    let summary = match asked.summary(store, desk).await? {
        Ok(summary) => summary,
        Err(refused) => return Ok(refused.tell()),
    };
    let text = match options.json {
        true => summary_json(&summary, words)?,
        false => summary_text(&summary, Names::All, words),
    };
    writeln!(out, "{text}")?;
    Ok(End::Done)
}
