//! The door: what a channel received is masked, stripped of what strangers said, stored and
//! committed. Only then may the channel acknowledge it.

use std::sync::Arc;

use super::Bell;
use crate::clock::Clock;
use crate::domain::official::OfficialId;
use crate::grammar::dossier::citizen::{self, Officials};
use crate::grammar::{people, privacy};
use crate::store::directory::{Cache, Directory};
use crate::store::inbox::{self, Incoming, Kind};
use crate::store::{Result, Store, links};
use crate::telemetry;

/// Takes in what one bot receives.
#[derive(Clone)]
pub struct Intake {
    pub store: Store,
    pub directory: Arc<Cache>,
    pub clock: Arc<dyn Clock>,
    pub bot_id: i64,
    /// `telegram`, `zalo`, …
    pub channel: &'static str,
    /// Wakes the router.
    pub bell: Bell,
}

impl Intake {
    /// Stores a batch durably; returns how many updates were new.
    ///
    /// # Errors
    /// Of the database: nothing of the batch is stored, and it must not be acknowledged.
    pub async fn take(&self, mut batch: Vec<Incoming>) -> Result<usize> {
        if batch.is_empty() {
            return Ok(0);
        }
        let mut w = self.store.write().await?;
        let dir = self.directory.get(&mut w).await?;
        let mut enrolling = std::collections::HashSet::new();
        if batch.iter().any(|i| i.private && i.text.is_some() && !self.knows(&dir, i)) {
            enrolling = inbox::writers_waiting(&mut w, self.bot_id).await?;
        }
        let money = privacy::money_words(&dir.indicators);
        for i in &mut batch {
            let Some(text) = &i.text else { continue };
            if i.kind == Kind::Message && !self.knows(&dir, i) {
                i.data = None; // a stranger's file
            }
            // Whoever sends a code and goes on writing is an official by the time that the
            // second message is read.
            let kept = self.knows(&dir, i) || (i.private && (may_enrol(text) || enrolling.contains(&i.user_id)));
            if kept && i.private && !self.knows(&dir, i) {
                enrolling.insert(i.user_id.clone());
            }
            i.text = kept.then(|| masked(&dir, (&money, self.sender(&dir, i)), text, i.private));
        }
        let new = inbox::put(&mut w, self.bot_id, &batch, self.clock.now().timestamp()).await?;
        let own = batch.iter().filter(|i| i.private).filter_map(|i| dir.link(self.channel, &i.user_id));
        for link in own.filter(|link| link.bot_id.is_none()) {
            links::belong(&mut w, link.id, self.bot_id).await?;
        }
        w.commit().await?;
        // What came once more has been answered already.
        if new == batch.len() {
            let answered = batch.iter().filter(|i| i.private && i.text.is_some());
            answered.for_each(|i| telemetry::arrived(self.bot_id, &i.chat_id));
        }
        if new > 0 {
            self.bell.ring();
        }
        Ok(new)
    }

    /// Whether an official writes, as far as a snapshot can be had; for use in an outage.
    pub async fn is_known(&self, i: &Incoming) -> bool {
        let dir = match self.store.read().await {
            Ok(mut r) => self.directory.get(&mut r).await.ok(),
            Err(_) => None,
        };
        dir.is_some_and(|d| self.knows(&d, i))
    }

    fn knows(&self, dir: &Directory, i: &Incoming) -> bool {
        self.sender(dir, i).is_some()
    }

    fn sender(&self, dir: &Directory, i: &Incoming) -> Option<OfficialId> {
        dir.link(self.channel, &i.user_id).map(|link| link.official)
    }
}

/// A text as it may be kept: numbers of citizens hidden, and their names where a reason is
/// given. Colleagues of the sender go by their given names.
pub(super) fn masked(
    dir: &Directory,
    (money_words, sender): (&[String], Option<OfficialId>),
    text: &str,
    private: bool,
) -> String {
    let names = |who: &mut dyn Iterator<Item = OfficialId>| -> Vec<&str> {
        who.filter_map(|o| dir.official(o)).map(|o| o.name.as_str()).collect()
    };
    let officials = || {
        let teams = dir.units.keys().map(|unit| dir.members_of(*unit));
        let own = teams.filter(|team| team.iter().any(|m| Some(m.official) == sender));
        Officials {
            all: names(&mut dir.officials.keys().copied()),
            colleagues: names(&mut own.flatten().map(|m| m.official)),
        }
    };
    citizen::mask(text, private, money_words, officials)
}

/// `/start …`, or a bare invitation code: eight letters and digits, spaces ignored, also behind
/// a `start` without its slash.
fn may_enrol(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let command = first.split('@').next().unwrap_or_default();
    if command.eq_ignore_ascii_case("/start") {
        return true;
    }
    let bare: Vec<char> = people::code_part(text).chars().filter(|c| !c.is_whitespace()).collect();
    bare.len() == 8 && bare.iter().all(char::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(may_enrol(text), expected, "{text}");
    }

    #[test]
    fn only_what_may_enrol_is_kept_of_a_stranger() {
        check("/start B7KMPQ29", true);
        check("/start", true);
        check("/START@motcua_bot b7kmpq29", true);
        check("b7km pq29", true);
        check("B7KMPQ29", true);
        check("B7KMPQ2", false);
        check("xin chào", false);
        check("/starting now", false);
        check("start b7kmpq29", true);
        check("Start B7KM PQ29", true);
        check("start xin chào", false);
        check("sđt của tôi", false);
    }
}
