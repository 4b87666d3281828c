//! `motcua holiday list|add|remove|work`.

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::json;

use super::End;
use super::setup::{Console, day, year};
use super::table::Table;
use crate::app::{Refusal, holidays};
use crate::domain::calendar::DayKind;
use crate::store::holidays::{Holiday, list as stored};
use crate::words::numbers::date;

#[derive(Subcommand)]
pub enum HolidayCommand {
    /// Xem ngày nghỉ và ngày làm bù, của một năm hoặc tất cả
    List {
        #[arg(value_parser = year)]
        year: Option<i32>,
        #[arg(long)]
        json: bool,
    },
    /// Thêm một ngày nghỉ
    Add {
        #[arg(value_parser = day)]
        day: NaiveDate,
        name: Option<String>,
    },
    /// Bỏ một ngày khỏi danh sách
    Remove {
        #[arg(value_parser = day)]
        day: NaiveDate,
    },
    /// Ngày nghỉ hằng tuần phải đi làm
    Work {
        #[arg(value_parser = day)]
        day: NaiveDate,
        name: Option<String>,
    },
}

/// Runs the subcommand.
///
/// # Errors
/// Of the database.
pub async fn run(console: &Console, command: HolidayCommand) -> anyhow::Result<End> {
    let (day, kind, name) = match command {
        HolidayCommand::List { year, json } => return list(console, year, json).await,
        HolidayCommand::Remove { day } => {
            return console
                .change_and_say(async |change| {
                    if holidays::remove(change, day).await? {
                        Ok(change.words.holiday_removed(date(day)))
                    } else {
                        Err(Refusal::Told(change.words.holiday_not_there(date(day))))
                    }
                })
                .await;
        }
        HolidayCommand::Add { day, name } => (day, DayKind::Off, name),
        HolidayCommand::Work { day, name } => (day, DayKind::Work, name),
    };
    console
        .change_and_say(async |change| {
            holidays::set(change, Holiday { day, kind, name: name.unwrap_or_default() }).await?;
            let words = change.words;
            Ok(if kind == DayKind::Off { words.holiday_added(date(day)) } else { words.holiday_worked(date(day)) })
        })
        .await
}

async fn list(console: &Console, year: Option<i32>, json: bool) -> anyhow::Result<End> {
    let first = NaiveDate::from_ymd_opt(year.unwrap_or(1900), 1, 1).unwrap_or(NaiveDate::MIN);
    let last = NaiveDate::from_ymd_opt(year.unwrap_or(2200), 12, 31).unwrap_or(NaiveDate::MAX);
    let mut snapshot = console.store.read().await?;
    let mut table = Table::new(&["day", "kind", "name"]);
    for h in stored(&mut snapshot, first, last).await? {
        let kind = if h.kind == DayKind::Off { "off" } else { "work" };
        table.row([json!(h.day.to_string()), json!(kind), json!(h.name)]);
    }
    table.print(json);
    Ok(End::Done)
}
