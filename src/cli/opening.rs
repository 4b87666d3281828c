//! `motcua opening`: what was pending at the start of a unit's first day (chat: `/tondau`).

use chrono::NaiveDate;
use clap::Args;

use super::End;
use super::setup::{Console, between, day};
use crate::app::Refusal;
use crate::app::fields::chosen;
use crate::app::opening::{Entry, enter};
use crate::grammar::number::COUNT_MAX;
use crate::store::openings::Opening;

#[derive(Args)]
pub struct OpeningArgs {
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// Mã lĩnh vực
    #[arg(long)]
    field: String,
    /// Số hồ sơ đang giải quyết
    #[arg(long, value_parser = between::<i64, 0, COUNT_MAX>)]
    pending: i64,
    /// Trong đó quá hạn
    #[arg(long, default_value_t = 0, value_parser = between::<i64, 0, COUNT_MAX>)]
    late: i64,
    /// Tính từ đầu ngày này, ví dụ 2026-11-15
    #[arg(long, value_name = "DAY", value_parser = day)]
    at: NaiveDate,
}

/// Enters the opening in place of the one before.
///
/// # Errors
/// Of the database.
pub async fn run(console: &Console, args: OpeningArgs) -> anyhow::Result<End> {
    console
        .change_and_say(async |change| {
            let words = change.words;
            let unit = change.unit(&args.unit)?.id;
            let [field] = chosen(change, &args.field)?[..] else {
                return Err(Refusal::Told(words.no_such_field(&args.field)));
            };
            let opening = Opening { day: args.at, pending: args.pending, late: args.late };
            let line = |day| {
                let OpeningArgs { unit, field, pending, late, .. } = &args;
                format!("motcua opening --unit {unit} --field {field} --pending {pending} --late {late} --at {day}")
            };
            match enter(change, (unit, field), opening, &line).await? {
                Entry::Done(sentence) => Ok(sentence),
                Entry::Not { why, .. } => Err(Refusal::Told(why)),
            }
        })
        .await
}
