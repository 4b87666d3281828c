//! Subcommands with which an office is set up and looked after: units, people, fields, days
//! off, opening balances, copies. Each does its work in one write transaction.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Subcommand;

use super::{End, Office, backup, bot, check, field, holiday, import, invite, official, opening, unit};
use crate::app::Refusal;
use crate::app::change::Change;
use crate::clock::{Clock, SystemClock, day_of};
use crate::domain::official::Role;
use crate::grammar::people::read_role;
use crate::settings::Settings;
use crate::store::{Store, directory};
use crate::words::Words;
use crate::words::numbers::number;

#[derive(Subcommand)]
pub enum Setup {
    /// Đơn vị: thêm, xem, nhập từ tệp CSV
    #[command(subcommand)]
    Unit(unit::UnitCommand),
    /// Cán bộ: thêm, xem, kết thúc vai trò, nhập từ tệp CSV
    #[command(subcommand)]
    Official(official::OfficialCommand),
    /// Tạo mã mời dùng một lần cho một người
    Invite(invite::InviteArgs),
    /// Tồn đầu kỳ của một lĩnh vực, tính từ đầu ngày
    Opening(opening::OpeningArgs),
    /// Nhập danh sách hồ sơ xuất từ hệ thống của tỉnh vào sổ
    Import(import::ImportArgs),
    /// Lĩnh vực: xem, thêm, bật, tắt
    #[command(subcommand)]
    Field(field::FieldCommand),
    /// Ngày nghỉ và ngày làm bù
    #[command(subcommand)]
    Holiday(holiday::HolidayCommand),
    /// Bot chạy thêm bên cạnh bot trong cài đặt: thêm, xem, bớt
    #[command(subcommand)]
    Bot(bot::BotCommand),
    /// Sao lưu cơ sở dữ liệu ra một tệp, kiểm tra lại bản sao
    Backup(backup::BackupArgs),
    /// Đưa một bản sao lưu trở lại
    Restore(backup::RestoreArgs),
    /// Kiểm tra cài đặt, cơ sở dữ liệu và lịch sử
    Check(check::CheckArgs),
}

/// Runs a subcommand.
///
/// # Errors
/// Faults of ours or of the machine; a refusal is told and gives an [`End`].
pub async fn run(command: Setup, settings: Settings) -> anyhow::Result<End> {
    // `restore` must not hold what it is about to replace.
    if let Setup::Restore(args) = command {
        return backup::restore(args, &settings).await;
    }
    let office = Office::open(&settings).await?;
    let now = SystemClock.now();
    let today = day_of(now, settings.timezone);
    let console = Console { store: office.store.clone(), words: settings.locale.words(), settings, now, today };
    let end = match command {
        Setup::Unit(c) => unit::run(&console, c).await,
        Setup::Official(c) => official::run(&console, c).await,
        Setup::Invite(args) => invite::run(&console, args).await,
        Setup::Opening(args) => opening::run(&console, args).await,
        Setup::Import(args) => import::run(&console, args).await,
        Setup::Field(c) => field::run(&console, c).await,
        Setup::Holiday(c) => holiday::run(&console, c).await,
        Setup::Bot(c) => bot::run(&console, c).await,
        Setup::Backup(args) => backup::backup(&console, args).await,
        Setup::Check(args) => check::run(&console, args).await,
        Setup::Restore(_) => Ok(End::Usage),
    };
    office.store.close().await;
    end
}

/// What the subcommands work with.
pub struct Console {
    pub store: Store,
    pub settings: Settings,
    pub words: &'static Words,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
}

impl Console {
    /// Changes something in one transaction; `None` if it was refused, which has been told.
    ///
    /// # Errors
    /// Of the database.
    pub async fn change<T>(
        &self,
        work: impl AsyncFnOnce(&mut Change<'_>) -> Result<T, Refusal>,
    ) -> anyhow::Result<Option<T>> {
        let mut tx = self.store.write().await?;
        let dir = directory::load(&mut tx).await?;
        let (now, today, words) = (self.now, self.today, self.words);
        let mut change = Change { conn: &mut tx, dir: &dir, now, today, words, actor: None };
        match work(&mut change).await {
            Ok(done) => {
                tx.commit().await.map_err(crate::store::StoreError::from)?;
                Ok(Some(done))
            }
            Err(Refusal::Told(sentence)) => {
                tx.rollback().await.map_err(crate::store::StoreError::from)?;
                tell(&sentence);
                Ok(None)
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Changes something and says that it was done.
    ///
    /// # Errors
    /// Of the database.
    pub async fn change_and_say(
        &self,
        work: impl AsyncFnOnce(&mut Change<'_>) -> Result<String, Refusal>,
    ) -> anyhow::Result<End> {
        Ok(match self.change(work).await? {
            Some(sentence) => {
                say(&sentence);
                End::Done
            }
            None => End::No,
        })
    }

    /// The office as it is now.
    ///
    /// # Errors
    /// Of the database.
    pub async fn directory(&self) -> anyhow::Result<directory::Directory> {
        let mut snapshot = self.store.read().await?;
        Ok(directory::load(&mut snapshot).await?)
    }
}

/// A result, on standard output. A reader that has gone away is no fault.
pub fn say(text: &str) {
    use std::io::Write;
    _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// A sentence about a fault, on standard error.
pub fn tell(text: &str) {
    use std::io::Write;
    _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Reads a role as it is typed: `officer`, `can bo`, `đầu mối`.
pub fn role(text: &str) -> Result<Role, String> {
    let read = read_role(text).filter(|(_, rest)| rest.is_empty());
    read.map(|(role, _)| role).ok_or_else(|| "officer, lead, leader, admin".to_string())
}

/// Reads DAY: `2026-11-20`.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "2026-11-20".to_string())
}

/// Reads the id of a Telegram account: digits.
pub fn telegram_id(text: &str) -> Result<String, String> {
    let id: i64 = text.trim().parse().map_err(|_| "123456789".to_string())?;
    if id > 0 { Ok(id.to_string()) } else { Err("123456789".to_string()) }
}

/// Reads a whole number from `FROM` to `TO`; what is wanted is told as `1–365`.
pub fn between<T: TryFrom<i64>, const FROM: i64, const TO: i64>(text: &str) -> Result<T, String> {
    let read = text.trim().parse::<i64>().ok().filter(|n| (FROM..=TO).contains(n));
    read.and_then(|n| n.try_into().ok()).ok_or_else(|| format!("{}–{}", number(FROM), number(TO)))
}

/// Reads a year.
pub fn year(text: &str) -> Result<i32, String> {
    between::<i32, 1900, 2200>(text).map_err(|_| "1900–2200".to_string())
}
