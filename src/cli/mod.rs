//! The command line: one subcommand a file. Standard output carries results only; sentences
//! about faults and the log go to standard error.

pub mod asked;
pub mod backup;
pub mod bot;
mod bots;
pub mod chat;
pub mod check;
pub mod demo;
pub mod fault;
pub mod field;
pub mod holiday;
pub mod import;
pub mod invite;
pub mod official;
pub mod opening;
mod practice;
pub mod report;
pub mod retry;
mod rows;
pub mod run;
pub mod setup;
mod simulator;
pub mod summary;
mod table;
pub mod tick;
pub mod unit;
pub mod usage;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use crate::app::desk::Desk;
use crate::clock::{Clock, SystemClock, parse_time};
use crate::settings::{Faults, Settings};
use crate::store::backup::path_of;
use crate::store::{Store, bot_files, lock};

/// Chat bot tổng hợp hồ sơ thủ tục hành chính của Bộ phận Một cửa.
#[derive(Parser)]
#[command(name = "motcua", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Chạy bot trên các kênh đã có mã token (mặc định)
    Run,
    /// Trò chuyện với bot ngay trên màn hình dòng lệnh; cũng là trình mô phỏng
    Chat {
        /// Người nói ở các dòng không ghi tên
        #[arg(long = "as", value_name = "NAME")]
        speaker: Option<String>,
        /// Giờ bắt đầu, ví dụ 2026-11-20T16:15
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
    /// Điền một tỉnh ví dụ với hai tháng số liệu vào cơ sở dữ liệu trống
    Demo,
    /// In tổng hợp của một đơn vị
    Summary {
        #[command(flatten)]
        asked: AskedArgs,
        /// In dạng JSON
        #[arg(long)]
        json: bool,
    },
    /// Ghi báo cáo ra tệp .xlsx, .png, .csv hoặc .json
    Report {
        #[command(flatten)]
        asked: AskedArgs,
        /// Tệp kết quả; phần đuôi cho biết loại tệp
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Nhắc một lượt mọi việc đến giờ, gửi đi rồi thoát
    Tick(tick::TickArgs),
    /// Xử lý lại một tin đã tạm giữ
    Retry {
        /// Số của tin, do check liệt kê
        id: i64,
    },
    #[command(flatten)]
    Setup(setup::Setup),
}

/// What `summary` and `report` are asked about.
#[derive(clap::Args)]
struct AskedArgs {
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// Kỳ báo cáo, ví dụ "thang 11/2026"; "" là tháng đang diễn ra
    #[arg(long, value_name = "P")]
    period: String,
    /// Hỏi như vào giờ này (mặc định: bây giờ)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Đợi tối đa số giây này cho đến khi mọi tin đã được xử lý
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u64>,
}

impl Cli {
    /// What is done where the settings are wrong: told, all of them. `check` lists them as
    /// its faults.
    pub fn refuse(&self, faults: &Faults) -> End {
        if let Some(Command::Setup(setup::Setup::Check(args))) = &self.command {
            return check::settings_only(faults, args.json);
        }
        setup::tell(&faults.locale.words().settings_head());
        faults.sentences().iter().for_each(|s| setup::tell(s));
        End::Usage
    }
}

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

/// Whether there is a bot to run: of the settings, or one that was added.
async fn has_bot(settings: &Settings) -> anyhow::Result<bool> {
    if settings.telegram_token.is_some() || settings.zalo_token.is_some() {
        return Ok(true);
    }
    let office = Office::open(settings).await?;
    let added = bot_files::all(&mut *office.store.read().await?).await?;
    office.store.close().await;
    Ok(!added.is_empty())
}

/// Runs the subcommand.
///
/// # Errors
/// Faults of ours or of the machine; a refusal is an [`End`] and has been told.
pub async fn run(cli: Cli, settings: Settings) -> anyhow::Result<End> {
    match cli.command.unwrap_or(Command::Run) {
        Command::Run if !has_bot(&settings).await? => {
            println!("{}", settings.locale.words().run_no_token());
            chat(settings, None, None).await
        }
        Command::Run => run::run(settings).await,
        Command::Chat { speaker, at } => chat(settings, speaker, at).await,
        Command::Demo => {
            let office = Office::open(&settings).await?;
            let now = SystemClock.now();
            let end = demo::demo(&office.store, desk(&settings), now, &mut std::io::stdout()).await;
            office.store.close().await;
            end
        }
        Command::Summary { asked, json } => ask(settings, asked, Wanted::Summary { json }).await,
        Command::Report { asked, out } => ask(settings, asked, Wanted::Report { out }).await,
        Command::Tick(args) => tick::tick(settings, args).await,
        Command::Retry { id } => retry::retry(&settings, id).await,
        Command::Setup(command) => setup::run(command, settings).await,
    }
}

enum Wanted {
    Summary { json: bool },
    Report { out: PathBuf },
}

async fn ask(settings: Settings, args: AskedArgs, wanted: Wanted) -> anyhow::Result<End> {
    let Some(at) = time(&settings, args.at.as_deref()) else { return Ok(End::Usage) };
    let office = Office::open(&settings).await?;
    let desk = desk(&settings);
    let at = at.unwrap_or_else(|| SystemClock.now());
    let asked = asked::Asked { unit: &args.unit, period: &args.period, at };
    let end = match wanted {
        Wanted::Summary { json } => {
            let options = summary::Options { json, wait: args.wait };
            summary::summary(&office.store, &desk, &asked, options, &mut std::io::stdout()).await
        }
        Wanted::Report { out } => report::report(&office.store, &desk, &asked, (&out, args.wait)).await,
    };
    office.store.close().await;
    end
}

async fn chat(settings: Settings, speaker: Option<String>, at: Option<String>) -> anyhow::Result<End> {
    let Some(at) = time(&settings, at.as_deref()) else { return Ok(End::Usage) };
    let office = Office::open(&settings).await?;
    let greet = std::io::IsTerminal::is_terminal(&std::io::stdin());
    let options = chat::Options { speaker, at, greet };
    let input = tokio::io::BufReader::new(tokio::io::stdin());
    let end = chat::chat(office.store.clone(), desk(&settings), options, input, std::io::stdout()).await?;
    office.store.close().await;
    Ok(end)
}

/// The database of the settings, shared with whoever else uses it.
pub struct Office {
    pub store: Store,
    _lock: lock::Lock,
}

impl Office {
    /// Opens (and creates) the database.
    ///
    /// # Errors
    /// While a copy is being put back, and of the database.
    pub async fn open(settings: &Settings) -> anyhow::Result<Office> {
        let path = path_of(&settings.database_url)?;
        let lock = lock::share(&path).map_err(|e| match e {
            lock::LockError::Held(_) => anyhow::anyhow!(settings.locale.words().database_restoring()),
            e => e.into(),
        })?;
        let store = Store::open(&settings.database_url).await.with_context(|| path.display().to_string())?;
        Ok(Office { store, _lock: lock })
    }
}

/// The desk as the settings want it.
pub fn desk(settings: &Settings) -> Desk {
    Desk::new(settings.timezone, settings.locale).with_zalo_monthly(settings.zalo_monthly_budget)
}

/// Reads TIME; a wrong one is told on standard error and gives `None`.
pub fn time(settings: &Settings, text: Option<&str>) -> Option<Option<chrono::DateTime<chrono::Utc>>> {
    let Some(text) = text else { return Some(None) };
    let read = parse_time(text, settings.timezone);
    if read.is_none() {
        eprintln!("{}", settings.locale.words().cli_wrong_time(text));
    }
    read.map(Some)
}
