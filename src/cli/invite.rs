//! `motcua invite`: a one-time code; and the code of the first administrator, which each
//! start of `run` prints.

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use secrecy::SecretString;

use super::bots::{self, Wanted};
use super::setup::{Console, between, role, say, tell};
use super::{End, check};
use crate::app::change::Change;
use crate::app::fields::chosen;
use crate::app::invite::{CHAT_CODE, Invitation, deep_link, first_admin_code, issue, link_of};
use crate::app::{Refusal, own_bot};
use crate::clock::day_of;
use crate::domain::bots::Bot;
use crate::domain::official::Role;
use crate::domain::unit::UnitId;
use crate::settings::Settings;
use crate::store::{Store, directory};

#[derive(Args)]
pub struct InviteArgs {
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// officer (cán bộ), lead (đầu mối), leader (lãnh đạo), admin (quản trị)
    #[arg(long, value_parser = role)]
    role: Role,
    /// Họ tên
    #[arg(long)]
    name: String,
    /// Lĩnh vực phụ trách, ví dụ HT,CT
    #[arg(long)]
    fields: Option<String>,
    /// Số ngày mã còn dùng được (mặc định 24 giờ)
    #[arg(long, value_parser = between::<u16, 1, 365>)]
    days: Option<u16>,
}

/// Prints the code on line 1 and the link that opens Telegram with it on line 2.
///
/// # Errors
/// Of the database.
pub async fn run(console: &Console, args: InviteArgs) -> anyhow::Result<End> {
    let made = console
        .change(async |change| {
            let unit = change.unit(&args.unit)?.id;
            let fields = args.fields.map(|f| chosen(change, &f)).transpose()?.unwrap_or_default();
            let valid = args.days.map_or(CHAT_CODE, |d| TimeDelta::days(d.into()));
            let issued = issue(change, &Invitation { unit, role: args.role, name: args.name, fields, valid }).await?;
            let link = deep_link(change, Some(unit), &issued.code).await?;
            let zalo = own_bot::invited(change.conn, change.dir, "zalo", unit).await?;
            Ok((unit, issued.code, link, zalo))
        })
        .await?;
    let Some((unit, code, link, zalo)) = made else { return Ok(End::No) };
    say(&code);
    // Before the first `run` the bot's name stands in no table: ask the platform.
    let link = match (link, telegram_token(console, unit).await?) {
        (None, Some(token)) => check::bot_username(&console.settings, token).await.map(|bot| link_of(&bot, &code)),
        (link, _) => link,
    };
    match link {
        Some(link) => say(&link),
        None => tell(&console.words.invite_no_link()),
    }
    if let Some(bot) = zalo {
        tell(&console.words.invite_zalo_bot(bot));
    }
    Ok(End::Done)
}

/// The token of the Telegram bot that will serve a unit.
async fn telegram_token(console: &Console, unit: UnitId) -> anyhow::Result<Option<SecretString>> {
    let wanted = bots::wanted(&console.settings, &mut *console.store.read().await?).await?;
    let as_bot = |(i, w): (usize, &Wanted)| Bot {
        id: i64::try_from(i).unwrap_or(i64::MAX),
        name: String::new(),
        unit: w.added.map(|(_, unit)| unit),
    };
    let all: Vec<Bot> = wanted.iter().enumerate().filter(|(_, w)| w.channel == "telegram").map(as_bot).collect();
    let dir = console.directory().await?;
    let of_unit = own_bot::of_chat(&dir, Some(unit), &all).and_then(|bot| usize::try_from(bot.id).ok());
    Ok(of_unit.and_then(|i| wanted.get(i)).and_then(|w| w.token.clone()))
}

/// Prints a fresh code while no administrator is linked; the earlier one lapses.
///
/// # Errors
/// Of the database.
pub async fn print_first_admin_code(store: &Store, settings: &Settings, now: DateTime<Utc>) -> anyhow::Result<()> {
    let words = settings.locale.words();
    let mut tx = store.write().await?;
    let dir = directory::load(&mut tx).await?;
    let today = day_of(now, settings.timezone);
    let mut change = Change { conn: &mut tx, dir: &dir, now, today, words, actor: None };
    let code = match first_admin_code(&mut change).await {
        Ok(code) => code,
        Err(Refusal::Told(sentence)) => anyhow::bail!(sentence),
        // As it is: who prints it may wait for a database that is held.
        Err(Refusal::Fault(fault)) => return Err(fault.into()),
        Err(fault) => return Err(fault.into()),
    };
    let link = match &code {
        Some(code) => deep_link(&mut change, None, code).await?,
        None => None,
    };
    tx.commit().await.map_err(crate::store::StoreError::from)?;
    let Some(code) = code else { return Ok(()) };
    say(&words.first_admin_code(&code));
    link.iter().for_each(|link| say(link));
    if !dir.units.values().any(|u| !u.practice) {
        say(&words.first_admin_needs_unit());
    }
    Ok(())
}
