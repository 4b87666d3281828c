//! `motcua bot add|list|remove`: bots that `run` serves beside those of the settings, such as
//! one a commune where 50 people are all that a Zalo bot may have.

use std::path::Path;

use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::End;
use super::setup::Console;
use super::table::Table;
use crate::app::Refusal;
use crate::domain::unit::UnitId;
use crate::settings::Settings;
use crate::store::{Connection, Result, bot_files, bots, budget, links};

#[derive(Subcommand)]
pub enum BotCommand {
    /// Thêm một bot; mã token nằm trong tệp, cơ sở dữ liệu chỉ giữ đường dẫn
    Add {
        channel: Platform,
        /// Mã đơn vị
        #[arg(long, value_name = "CODE")]
        unit: String,
        /// Tệp chứa mã token
        #[arg(long, value_name = "FILE")]
        token_file: String,
    },
    /// Xem các bot: tên, số người liên kết, số tin tháng này (Zalo)
    List {
        #[arg(long)]
        json: bool,
    },
    /// Bớt một bot
    Remove {
        /// Số của bot, do bot list liệt kê
        id: i64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Platform {
    Telegram,
    Zalo,
}

impl Platform {
    /// As the database names it.
    pub fn key(self) -> &'static str {
        match self {
            Platform::Telegram => "telegram",
            Platform::Zalo => "zalo",
        }
    }

    /// As people name it.
    fn name(self) -> &'static str {
        match self {
            Platform::Telegram => "Telegram",
            Platform::Zalo => "Zalo",
        }
    }
}

/// Runs the subcommand.
///
/// # Errors
/// Of the database.
pub async fn run(console: &Console, command: BotCommand) -> anyhow::Result<End> {
    match command {
        BotCommand::Add { channel, unit, token_file } => {
            console
                .change_and_say(async |change| {
                    let unit = change.unit(&unit)?.clone();
                    let no_file = || Refusal::Told(change.words.bot_no_file());
                    // Never the path in the refusal: a token may have been given in its place.
                    let path = std::fs::canonicalize(&token_file).map_err(|_| no_file())?;
                    let path = path.to_str().filter(|p| read_token(Path::new(p)).is_some()).ok_or_else(no_file)?;
                    let added = bot_files::add(change.conn, channel.key(), unit.id, path, change.now.timestamp()).await;
                    let id = added.map_err(|e| {
                        if e.is_duplicate() { Refusal::Told(change.words.bot_twice()) } else { e.into() }
                    })?;
                    change.note(Some(unit.id), "bot_add", json!({"bot": id, "channel": channel.key()})).await?;
                    Ok(change.words.bot_added(channel.name(), id.to_string(), &unit.name))
                })
                .await
        }
        BotCommand::List { json } => list(console, json).await,
        BotCommand::Remove { id } => {
            console
                .change_and_say(async |change| {
                    let Some(bot) = bot_files::remove(change.conn, id).await? else {
                        return Err(Refusal::Told(change.words.bot_none(id.to_string())));
                    };
                    if let Some(known) = bot.bot.filter(|_| !is_of_settings(&console.settings, &bot)) {
                        bots::retire(change.conn, known, change.now.timestamp()).await?;
                    }
                    change.note(None, "bot_remove", json!({"bot": id})).await?;
                    Ok(change.words.bot_removed(id.to_string()))
                })
                .await
        }
    }
}

/// Whether a bot that was added is that of the settings by now: it goes on.
fn is_of_settings(settings: &Settings, bot: &bot_files::BotFile) -> bool {
    let of_settings = match bot.channel == Platform::Zalo.key() {
        true => &settings.zalo_token,
        false => &settings.telegram_token,
    };
    let token = read_token(Path::new(&bot.token_file));
    of_settings.as_ref().zip(token).is_some_and(|(a, b)| a.expose_secret() == b.expose_secret())
}

/// Those that were added, then those of the settings, as far as they have been at work.
async fn list(console: &Console, as_json: bool) -> anyhow::Result<End> {
    let dir = console.directory().await?;
    let mut snapshot = console.store.read().await?;
    let mut table = Table::new(&["id", "channel", "unit", "token_file", "name", "people", "sent"]);
    for bot in bot_files::all(&mut snapshot).await? {
        let unit = dir.unit(bot.unit).map_or("", |u| u.code.as_str());
        let [name, people, sent] = match bot.bot {
            Some(known) => at_work(&mut snapshot, (&bot.channel, known), console.today).await?,
            None => [Value::Null, Value::Null, Value::Null],
        };
        table.row([json!(bot.id), json!(bot.channel), json!(unit), json!(bot.token_file), name, people, sent]);
    }
    for channel in Platform::value_variants().iter().map(|p| p.key()) {
        for bot in bots::of_channel(&mut snapshot, channel).await?.iter().filter(|b| b.unit.is_none()) {
            let [name, people, sent] = at_work(&mut snapshot, (channel, bot.id), console.today).await?;
            table.row([Value::Null, json!(channel), Value::Null, Value::Null, name, people, sent]);
        }
    }
    table.print(as_json);
    Ok(End::Done)
}

/// Name, people linked, and messages of this month where the platform counts them.
async fn at_work(conn: &mut Connection, (channel, bot): (&str, i64), today: NaiveDate) -> Result<[Value; 3]> {
    let sent = match channel == Platform::Zalo.key() {
        true => json!(budget::of(conn, bot, today).await?.sent),
        false => Value::Null,
    };
    Ok([json!(bots::name(conn, bot).await?), json!(links::people(conn, bot).await?), sent])
}

/// A bot that was added, with its token; `None` where the file cannot be read.
pub struct Added {
    pub id: i64,
    /// As the database names it.
    pub channel: &'static str,
    pub unit: UnitId,
    pub token: Option<SecretString>,
}

/// All bots that were added.
///
/// # Errors
/// Of the database.
pub async fn added(conn: &mut Connection) -> Result<Vec<Added>> {
    let read = |bot: bot_files::BotFile| {
        let platform = Platform::value_variants().iter().find(|p| p.key() == bot.channel)?;
        let token = read_token(Path::new(&bot.token_file));
        Some(Added { id: bot.id, channel: platform.key(), unit: bot.unit, token })
    };
    Ok(bot_files::all(conn).await?.into_iter().filter_map(read).collect())
}

fn read_token(path: &Path) -> Option<SecretString> {
    let text = std::fs::read_to_string(path).ok()?;
    let token = text.trim();
    (!token.is_empty() && !token.contains(char::is_whitespace)).then(|| token.to_string().into())
}
