//! `motcua import FILE --unit CODE [--dry-run] [--at TIME]`: a list of dossiers from a
//! provincial system into the register.

use std::path::PathBuf;

use clap::Args;

use super::End;
use super::setup::{Console, say, tell};
use crate::app::import::{self, Plan, text};
use crate::app::reconcile::after_import;
use crate::clock::day_of;
use crate::import::BYTES_MAX;
use crate::words::Words;

#[derive(Args)]
pub struct ImportArgs {
    /// Danh sách hồ sơ: .xlsx, .xls, .ods hoặc .csv
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// Chỉ xem sẽ đổi gì, không ghi vào sổ
    #[arg(long)]
    dry_run: bool,
    /// Nhập như vào giờ này (mặc định: bây giờ)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

/// Takes the list in and compares the register with the counts. Ends with [`End::No`] where the file is refused, or a row of it: the
/// other rows are taken.
///
/// # Errors
/// Of the database.
pub async fn run(console: &Console, args: ImportArgs) -> anyhow::Result<End> {
    let words = console.words;
    let Some(at) = super::time(&console.settings, args.at.as_deref()) else { return Ok(End::Usage) };
    let now = at.unwrap_or(console.now);
    let today = day_of(now, console.settings.timezone);
    let dir = console.directory().await?;
    let Some(unit) = dir.unit_by_code(args.unit.trim()).map(|u| u.id) else {
        tell(&words.cli_no_unit(args.unit.trim()));
        return Ok(End::No);
    };
    let shown = args.file.display().to_string();
    let bytes = match tokio::fs::metadata(&args.file).await {
        Ok(m) if m.len() > BYTES_MAX as u64 => Err(crate::import::Refused::TooBig.sentence(words)),
        _ => tokio::fs::read(&args.file).await.map_err(|_| words.import_no_file(shown)),
    };
    let list = match bytes {
        Ok(bytes) => {
            let dir = dir.clone();
            let read = move || import::read(&bytes, &dir, unit, today);
            tokio::task::spawn_blocking(read).await?.map_err(|refused| refused.sentence(words))
        }
        Err(sentence) => Err(sentence),
    };
    let list = match list {
        Ok(list) => list,
        Err(sentence) => {
            tell(&sentence);
            return Ok(End::No);
        }
    };
    let mut tx = console.store.write().await?;
    let plan = import::plan(&mut tx, &dir, (unit, today), &list).await?;
    let compared = after_import(&mut tx, &dir, (unit, today), &plan, words).await?;
    if args.dry_run {
        tx.rollback().await.map_err(crate::store::StoreError::from)?;
    } else {
        import::apply(&mut tx, (unit, now), None, &plan).await?;
        tx.commit().await.map_err(crate::store::StoreError::from)?;
    }
    let end = report(&plan, words);
    compared.totals.iter().chain(&compared.days).for_each(|line| say(line));
    Ok(end)
}

fn report(plan: &Plan, words: &Words) -> End {
    say(&text::counts(plan, words));
    text::not_received(plan, words).iter().for_each(|line| say(line));
    text::unknown(&plan.unknown, words).iter().for_each(|line| say(line));
    plan.rejected.iter().for_each(|row| say(&text::rejected(row, words)));
    plan.ended.iter().for_each(|row| say(&text::ended(row, words)));
    if plan.rejected.is_empty() { End::Done } else { End::No }
}
