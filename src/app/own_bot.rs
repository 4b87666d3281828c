//! Which bot of a channel serves a unit (see [`crate::domain::bots`]), and what people are
//! told of it.

use crate::domain::bots::{self, Bot};
use crate::domain::unit::UnitId;
use crate::store::directory::Directory;
use crate::store::{self, Connection, Result};

/// The bots among `all` of a channel that serve a unit.
pub fn of_unit<'a>(dir: &Directory, unit: UnitId, all: &'a [Bot]) -> Vec<&'a Bot> {
    let line: Vec<UnitId> = dir.line(unit).collect();
    bots::of_unit(&line, all)
}

/// The bot that stands for a unit: its own, else that of the settings, else the oldest.
pub fn of_chat<'a>(dir: &Directory, unit: Option<UnitId>, all: &'a [Bot]) -> Option<&'a Bot> {
    let line: Vec<UnitId> = unit.into_iter().flat_map(|unit| dir.line(unit)).collect();
    bots::of_unit(&line, all).first().copied().or(all.first())
}

/// The bot of a channel that serves a unit; the oldest, where it has several.
///
/// # Errors
/// Of the database.
pub async fn serving(
    conn: &mut Connection,
    dir: &Directory,
    channel: &str,
    unit: Option<UnitId>,
) -> Result<Option<Bot>> {
    let all = store::bots::of_channel(conn, channel).await?;
    Ok(of_chat(dir, unit, &all).cloned())
}

/// What an invitation for a unit says of a channel's bot: its name, where people could open a
/// wrong one, or where it is the unit's own.
///
/// # Errors
/// Of the database.
pub async fn invited(conn: &mut Connection, dir: &Directory, channel: &str, unit: UnitId) -> Result<Option<String>> {
    let all = store::bots::of_channel(conn, channel).await?;
    let own = of_unit(dir, unit, &all);
    let telling = all.len() > 1 || own.iter().any(|bot| bot.unit.is_some());
    Ok(telling.then(|| names(channel, &own)).flatten())
}

/// The name of the bot at which a person of a unit has to use a code; `None` where `here` is
/// right, and where no bot is.
///
/// # Errors
/// Of the database.
pub async fn elsewhere(
    conn: &mut Connection,
    dir: &Directory,
    (channel, here): (&str, i64),
    unit: UnitId,
) -> Result<Option<String>> {
    let all = store::bots::of_channel(conn, channel).await?;
    let own = of_unit(dir, unit, &all);
    Ok(if own.iter().any(|bot| bot.id == here) { None } else { names(channel, &own) })
}

/// `“Bot Gia Lộc 1”, “Bot Gia Lộc 2”` on Zalo, `@gialoc_bot` on Telegram.
fn names(channel: &str, bots: &[&Bot]) -> Option<String> {
    let name =
        |bot: &&Bot| if channel == "telegram" { format!("@{}", bot.name) } else { format!("“{}”", bot.name) };
    let named: Vec<String> = bots.iter().map(name).collect();
    (!named.is_empty()).then(|| named.join(", "))
}
