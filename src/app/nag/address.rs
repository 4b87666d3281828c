//! Where people are told: on the channel they chose or used last (see [`crate::app::reach`]),
//! through the bot that serves it, as far as the month's messages reach.

use std::collections::HashMap;

use crate::app::abilities;
use crate::app::desk::TERMINAL;
use crate::app::{own_bot, reach};
use crate::domain::bots::Bot;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::directory::{Directory, Group, Link};
use crate::store::nags::Stage;
use crate::store::{self, Connection, Result};

/// The chats of everybody, looked up once a pass.
pub struct Addresses<'a> {
    stage: Stage,
    dir: &'a Directory,
    links: HashMap<OfficialId, Vec<&'a Link>>,
    groups: HashMap<UnitId, Vec<(&'a str, &'a str, Group)>>,
    /// By channel.
    bots: HashMap<&'a str, Vec<Bot>>,
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
        for list in links.values_mut() {
            *list = reach::in_order(conn, dir, std::mem::take(list), None).await?;
        }
        let mut groups: HashMap<UnitId, Vec<(&str, &str, Group)>> = HashMap::new();
        for ((channel, chat), group) in &dir.groups {
            groups.entry(group.unit).or_default().push((channel, chat, *group));
        }
        groups.values_mut().for_each(|chats| chats.sort_unstable_by_key(|(channel, chat, _)| (*channel, *chat)));
        let mut bots: HashMap<&str, Vec<Bot>> = HashMap::new();
        for (channel, _) in dir.links.keys().chain(dir.groups.keys()) {
            if !bots.contains_key(channel.as_str()) {
                bots.insert(channel, store::bots::of_channel(conn, channel).await?);
            }
        }
        if bots.values().all(Vec::is_empty) {
            // Before the first start no bot serves: only a preview gets here, and shows all.
            bots.values_mut().for_each(|none| none.push(Bot { id: 0, name: String::new(), unit: None }));
        }
        let terminal = store::bots::serving(conn, Some(TERMINAL)).await?.first().copied();
        Ok(Addresses { stage, dir, links, groups, bots, terminal })
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
        let bot_of = |l: &Link| reach::bot_of(self.dir, l, self.bots.get(l.channel.as_str())?);
        links.iter().filter(fits).find_map(|l| Some((bot_of(l)?, l.chat_id.clone())))
    }

    /// The bot of a unit's group of which none is known.
    fn bot(&self, channel: &str, unit: UnitId) -> Option<i64> {
        own_bot::of_chat(self.dir, Some(unit), self.bots.get(channel)?).map(|bot| bot.id)
    }

    /// The groups bound to a unit; the terminal has none.
    pub fn groups(&self, unit: UnitId) -> Vec<(i64, String)> {
        if self.stage == Stage::Terminal {
            return Vec::new();
        }
        let chats = self.groups.get(&unit).into_iter().flatten();
        let bot_of = |channel: &str, group: &Group| group.bot_id.or_else(|| self.bot(channel, unit));
        chats.filter_map(|(channel, chat, group)| Some((bot_of(channel, group)?, chat.to_string()))).collect()
    }
}
