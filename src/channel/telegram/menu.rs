//! The command menu beside the text field: for each linked person what that person may do,
//! in the person's language; for all others `/start`.
//!
//! What each chat was given is remembered, so that a start of the program sends only what
//! has changed since.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;
use sha2::{Digest, Sha256};
use teloxide::payloads::{DeleteMyCommands, SetMyCommands};
use teloxide::types::{BotCommand, BotCommandScope, ChatId, Recipient};
use tracing::{debug, warn};

use super::{NAME, Telegram, api};
use crate::channel::{SendError, Stop, stopped};
use crate::clock::{Clock, day_of};
use crate::domain::official::{Role, may};
use crate::grammar::table::{COMMANDS, Command};
use crate::store::directory::{Cache, Directory, Link};
use crate::store::{Result, Store, menus};
use crate::words::{Locale, Words};

/// How often the people are looked at.
const LOOK: Duration = Duration::from_secs(10);
/// Between two calls: menus are in no hurry, replies are.
const GAP: Duration = Duration::from_millis(100);
/// The most that a description holds (characters).
const DESCRIPTION_MOST: usize = 256;
/// Whoever is not linked: in the default language, in English.
const EVERYBODY: [(&str, Option<&str>); 2] = [("", None), ("en", Some("en"))];

/// Commands with what they do, in the order of the table.
type Menu = Vec<(&'static str, String)>;

/// Keeps the menus of one bot in step with what people may do.
pub struct Menus {
    pub telegram: Arc<Telegram>,
    pub store: Store,
    pub directory: Arc<Cache>,
    pub clock: Arc<dyn Clock>,
    pub zone: Tz,
    pub bot_id: i64,
}

impl Menus {
    /// Looks after the menus until the program stops.
    pub async fn run(self, mut stop: Stop) {
        loop {
            tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                kept = self.keep() => if let Err(e) = kept {
                    debug!(error = %e, "menus wait for the database");
                },
            }
            tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Sends what has changed; what fails is left for the next look.
    async fn keep(&self) -> Result<()> {
        let (dir, given) = {
            let mut r = self.store.read().await?;
            (self.directory.get(&mut r).await?, menus::all(&mut r, self.bot_id).await?)
        };
        let wanted = self.wanted(&dir);
        for (chat, menu) in &wanted {
            let seal = seal(menu);
            if given.get(chat) == Some(&seal) {
                continue;
            }
            if !self.give(chat, menu).await {
                return Ok(());
            }
            let mut w = self.store.write().await?;
            menus::set(&mut w, self.bot_id, chat, &seal).await?;
            w.commit().await?;
        }
        self.take_away(&wanted, &given).await
    }

    /// The menu that each chat should show.
    fn wanted(&self, dir: &Directory) -> BTreeMap<String, Menu> {
        let mut wanted = BTreeMap::new();
        for (chat, language) in EVERYBODY {
            let locale = language.and_then(Locale::from_key).unwrap_or(self.telegram.locale);
            wanted.insert(chat.to_string(), strangers(locale.words()));
        }
        let today = day_of(self.clock.now(), self.zone);
        let of_bot = |l: &Link| l.bot_id.is_none_or(|b| b == self.bot_id);
        let mine = |l: &&Link| l.channel == NAME && !l.unreachable && of_bot(l);
        for link in dir.links.values().filter(mine) {
            let roles: Vec<Role> = dir.memberships_on(link.official, today).iter().map(|m| m.role).collect();
            if roles.is_empty() {
                continue;
            }
            let own = dir.official(link.official).and_then(|o| o.locale.as_deref()).and_then(Locale::from_key);
            wanted.insert(link.chat_id.clone(), menu_of(&roles, own.unwrap_or(self.telegram.locale).words()));
        }
        wanted
    }

    async fn give(&self, chat: &str, menu: &Menu) -> bool {
        let mut call = SetMyCommands::new(menu.iter().map(|(name, does)| BotCommand::new(*name, does.clone())));
        call.language_code = EVERYBODY.iter().find(|(c, _)| *c == chat).and_then(|(_, l)| l.map(str::to_string));
        call.scope = scope(chat);
        let answer = self.telegram.api.call::<_, bool>(&call, api::SHORT).await;
        is_over(answer).await
    }

    /// Whoever is not linked any more loses the menu.
    async fn take_away(&self, wanted: &BTreeMap<String, Menu>, given: &HashMap<String, String>) -> Result<()> {
        for chat in given.keys().filter(|c| !wanted.contains_key(*c)) {
            let mut call = DeleteMyCommands::new();
            call.scope = scope(chat);
            if !is_over(self.telegram.api.call::<_, bool>(&call, api::SHORT).await).await {
                return Ok(());
            }
            let mut w = self.store.write().await?;
            menus::remove(&mut w, self.bot_id, chat).await?;
            w.commit().await?;
        }
        Ok(())
    }
}

fn scope(chat: &str) -> Option<BotCommandScope> {
    chat.parse().ok().map(|id| BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(id)) })
}

/// Whether a call need not come again: done, or refused for good.
async fn is_over(answer: std::result::Result<bool, SendError>) -> bool {
    tokio::time::sleep(GAP).await;
    match answer {
        Ok(_) => true,
        Err(SendError::Gone(_)) => true,
        Err(SendError::Fault(e)) => {
            warn!(error = e, "a menu is refused");
            true
        }
        Err(SendError::TooMany { after }) => {
            tokio::time::sleep(after).await;
            false
        }
        Err(_) => false,
    }
}

/// What a person with these roles may do.
///
/// ```
/// use motcua::channel::telegram::menu::menu_of;
/// use motcua::domain::official::Role;
/// use motcua::words::Locale;
/// let menu = menu_of(&[Role::Leader], Locale::Vi.words());
/// assert!(menu.iter().any(|(name, _)| *name == "tonghop"));
/// assert!(!menu.iter().any(|(name, _)| *name == "nhap"));
/// ```
pub fn menu_of(roles: &[Role], words: &Words) -> Vec<(&'static str, String)> {
    // Who is linked has no more use for `/start`.
    let useful = COMMANDS.iter().filter(|c| c.command != Command::Start);
    useful.filter(|c| roles.iter().any(|r| may(*r, c.action))).map(|c| (c.name, description((c.help)(words)))).collect()
}

/// What a stranger can do.
pub fn strangers(words: &Words) -> Vec<(&'static str, String)> {
    let start = COMMANDS.iter().filter(|c| c.command == Command::Start);
    start.map(|c| (c.name, description((c.help)(words)))).collect()
}

fn description(help: String) -> String {
    help.chars().take(DESCRIPTION_MOST).collect()
}

fn seal(menu: &Menu) -> String {
    let mut hash = Sha256::new();
    for (name, does) in menu {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(does.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_menu_is_one_that_telegram_takes() {
        for locale in [Locale::Vi, Locale::En] {
            for role in Role::ALL {
                let menu = menu_of(&[role], locale.words());
                assert!(!menu.is_empty() && menu.len() <= 100);
                for (name, does) in menu {
                    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
                    assert!(plain && (1..=32).contains(&name.len()), "{name}");
                    assert!(!does.trim().is_empty() && does.chars().count() <= DESCRIPTION_MOST, "{name}: {does}");
                }
            }
            assert_eq!(strangers(locale.words()).len(), 1);
        }
    }

    #[test]
    fn a_menu_is_known_again_by_its_seal() {
        let vi = menu_of(&[Role::Officer], Locale::Vi.words());
        assert_eq!(seal(&vi), seal(&menu_of(&[Role::Officer], Locale::Vi.words())));
        assert_ne!(seal(&vi), seal(&menu_of(&[Role::Lead], Locale::Vi.words())));
        assert_ne!(seal(&vi), seal(&menu_of(&[Role::Officer], Locale::En.words())));
    }
}
