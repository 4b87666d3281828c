//! Where people are told: on the channel they chose or used last (see [`crate::app::reach`]),
//! through the bot that serves it, as far as the month's messages reach.

use std::collections::{HashMap, HashSet};

use crate::app::abilities;
use crate::app::desk::TERMINAL;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::directory::{Directory, Link};
use crate::store::nags::Stage;
use crate::store::{Connection, Result, bots, links};

/// The chats of everybody, looked up once a pass.
pub struct Addresses<'a> {
    stage: Stage,
    links: HashMap<OfficialId, Vec<&'a Link>>,
    groups: HashMap<UnitId, Vec<(&'a str, &'a str)>>,
    /// By channel.
    bots: HashMap<&'a str, i64>,
    terminal: Option<i64>,
}

impl<'a> Addresses<'a> {
    /// # Errors
    /// Of the database.
    pub async fn load(conn: &mut Connection, dir: &'a Directory, stage: Stage) -> Result<Addresses<'a>> {
        let mut links: HashMap<OfficialId, Vec<&Link>> = HashMap::new();
        for link in dir.links.values().filter(|l| l.channel != TERMINAL) {
            links.entry(link.official).or_default().push(link);
        }
        let mut bots: HashMap<&str, i64> = HashMap::new();
        for (official, list) in &mut links {
            list.sort_by_key(|l| l.id);
            let several = list.iter().any(|l| list.first().is_some_and(|first| first.channel != l.channel));
            if several {
                let chosen = dir.official(*official).and_then(|o| o.channel.clone());
                let first = match chosen {
                    Some(chosen) => Some(chosen),
                    None => links::last_used(conn, *official).await?,
                };
                // The last one that can be reached is taken.
                list.sort_by_key(|l| first.as_deref() == Some(l.channel.as_str()));
            }
        }
        let mut groups: HashMap<UnitId, Vec<(&str, &str)>> = HashMap::new();
        for ((channel, chat), unit) in &dir.groups {
            groups.entry(*unit).or_default().push((channel, chat));
        }
        groups.values_mut().for_each(|chats| chats.sort_unstable());
        let channels: HashSet<&str> =
            dir.links.keys().map(|(c, _)| c.as_str()).chain(dir.groups.keys().map(|(c, _)| c.as_str())).collect();
        for channel in channels {
            if let Some(bot) = crate::store::bots::serving(conn, Some(channel)).await?.first() {
                bots.insert(channel, *bot);
            }
        }
        if bots.is_empty() {
            // Before the first start no bot serves: only a preview gets here, and shows all.
            bots.extend(dir.links.keys().map(|(c, _)| (c.as_str(), 0)));
            bots.extend(dir.groups.keys().map(|(c, _)| (c.as_str(), 0)));
        }
        let terminal = bots::serving(conn, Some(TERMINAL)).await?.first().copied();
        Ok(Addresses { stage, links, groups, bots, terminal })
    }

    /// The bot and chat of a person; `None` for whoever cannot be reached.
    pub fn of(&self, who: OfficialId) -> Option<(i64, String)> {
        self.chat(who, false)
    }

    /// The same for a message with a document: first on a channel that takes it.
    pub fn for_file(&self, who: OfficialId) -> Option<(i64, String)> {
        self.chat(who, true).or_else(|| self.chat(who, false))
    }

    fn chat(&self, who: OfficialId, file: bool) -> Option<(i64, String)> {
        let links = self.links.get(&who).map_or(&[][..], Vec::as_slice);
        if self.stage == Stage::Terminal {
            // Everybody has a chat here, but whoever has blocked us is out of reach here too.
            let blocked = !links.is_empty() && links.iter().all(|l| l.unreachable);
            return self.terminal.filter(|_| !blocked).map(|bot| (bot, who.0.to_string()));
        }
        let fits = |l: &&&Link| !l.unreachable && (!file || abilities::of(&l.channel).files);
        links.iter().rev().filter(fits).find_map(|l| {
            let bot = l.bot_id.or(self.bots.get(l.channel.as_str()).copied())?;
            Some((bot, l.chat_id.clone()))
        })
    }

    /// The groups bound to a unit; the terminal has none.
    pub fn groups(&self, unit: UnitId) -> Vec<(i64, String)> {
        if self.stage == Stage::Terminal {
            return Vec::new();
        }
        let chats = self.groups.get(&unit).into_iter().flatten();
        chats.filter_map(|(channel, chat)| Some((*self.bots.get(channel)?, chat.to_string()))).collect()
    }
}
