//! `motcua report --unit CODE --period P [--at TIME] --out FILE`: a document, its kind by
//! the file's extension.

use std::path::Path;

use super::End;
use super::asked::{Asked, inbox_first};
use crate::app::desk::Desk;
use crate::app::export;
use crate::app::reply::{FileKind, FileRecipe, Reader};
use crate::grammar::period::spell;
use crate::report::summary_json::{summary_csv, summary_json};
use crate::store::Store;

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Png,
    Csv,
    Json,
}

impl Kind {
    fn of(file: &Path) -> Option<Kind> {
        let extension = file.extension()?.to_str()?.to_lowercase();
        let kinds = [("xlsx", Kind::Xlsx), ("png", Kind::Png), ("csv", Kind::Csv), ("json", Kind::Json)];
        kinds.into_iter().find(|(e, _)| *e == extension).map(|(_, kind)| kind)
    }
}

/// Writes the document to `file`, over one that is there.
///
/// # Errors
/// Of the database, and of making a document that should be possible.
pub async fn report(
    store: &Store,
    desk: &Desk,
    asked: &Asked<'_>,
    (file, wait): (&Path, Option<u64>),
) -> anyhow::Result<End> {
    let words = desk.locale.words();
    let shown = file.display().to_string();
    let Some(kind) = Kind::of(file) else {
        eprintln!("{}", words.report_unknown_kind(shown));
        return Ok(End::Usage);
    };
    if inbox_first(store, words, wait).await? != End::Done {
        return Ok(End::No);
    }
    let summary = match asked.summary(store, desk).await? {
        Ok(summary) => summary,
        Err(refused) => return Ok(refused.tell()),
    };
    let bytes = match kind {
        Kind::Csv => summary_csv(&summary, words)?,
        Kind::Json => summary_json(&summary, words)?.into_bytes(),
        Kind::Xlsx | Kind::Png => {
            let recipe = FileRecipe {
                kind: if kind == Kind::Png { FileKind::Card } else { FileKind::Workbook },
                unit: summary.unit.0,
                period: spell(&summary.period),
                at: asked.at.timestamp(),
                locale: desk.locale.key().to_string(),
                reader: Reader::All,
            };
            export::render(store, desk, &recipe).await?.bytes
        }
    };
    if let Err(e) = tokio::fs::write(file, bytes).await {
        eprintln!("{}", words.report_not_written(shown, e.to_string()));
        return Ok(End::No);
    }
    Ok(End::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_in_any_case_is_the_kind() {
        assert_eq!(Kind::of(Path::new("a/b.XLSX")), Some(Kind::Xlsx));
        assert_eq!(Kind::of(Path::new("b.json")), Some(Kind::Json));
        assert_eq!(Kind::of(Path::new("b.png")), Some(Kind::Png));
        assert_eq!(Kind::of(Path::new("b.pdf")), None);
        assert_eq!(Kind::of(Path::new("csv")), None);
    }
}
