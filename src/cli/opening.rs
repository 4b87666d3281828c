//! `motcua opening`: what was pending at the start of a unit's first day (chat: `/tondau`).

use chrono::NaiveDate;
use clap::Args;

use super::End;
use super::setup::{Console, day};
use crate::app::Refusal;
use crate::app::fields::chosen;
use crate::app::opening::set;
use crate::grammar::number::COUNT_MAX;
use crate::store::openings::Opening;
use crate::words::numbers::{date, number};

#[derive(Args)]
pub struct OpeningArgs {
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// Mã lĩnh vực
    #[arg(long)]
    field: String,
    /// Số hồ sơ đang giải quyết
    #[arg(long, value_parser = clap::value_parser!(i64).range(0..=COUNT_MAX))]
    pending: i64,
    /// Trong đó quá hạn
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=COUNT_MAX))]
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
            if args.late > args.pending {
                return Err(Refusal::Told(words.opening_late_over()));
            }
            let opening = Opening { day: args.at, pending: args.pending, late: args.late };
            set(change.conn, (None, change.now.timestamp()), (unit, field), opening).await?;
            let name = change.dir.field(field).map_or("", |f| f.name.as_str());
            let late = if args.late > 0 { words.opening_late(number(args.late)) } else { String::new() };
            Ok(words.opening_set(name, number(args.pending), late, date(args.at)))
        })
        .await
}
