//! When the platform's limits let a message leave (CHAT-APIS C): per chat, per group and
//! overall, and the pauses the platform asks for.
//!
//! Told the time, so that it can be tested without waiting.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// The limits of a platform. `overall` 0: no limits at all, pauses are still obeyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages a second over all chats.
    pub overall: u32,
    /// Least time between two messages to one chat.
    pub chat_gap: Duration,
    /// Messages to one group in [`GROUP_SPAN`].
    pub group: usize,
}

/// Time over which messages to a group are counted.
pub const GROUP_SPAN: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);
/// So many chats in trouble within [`TROUBLE_SPAN`] mean that the whole channel is.
const TROUBLED_CHATS: usize = 3;
const TROUBLE_SPAN: Duration = Duration::from_secs(2);

/// What has left lately, and who must wait.
pub struct Rate {
    limits: Limits,
    /// Times of the last second, oldest first.
    recent: VecDeque<Instant>,
    /// First moment at which a chat may be written to again; those long past are cleaned out.
    chats: HashMap<String, Instant>,
    groups: HashMap<String, VecDeque<Instant>>,
    paused_until: Option<Instant>,
    troubles: VecDeque<(Instant, String, Instant)>,
}

impl Limits {
    /// Zalo publishes no rate, only a month's number (CHAT-APIS A7): a pace that no phone
    /// notices and no server minds.
    pub fn zalo() -> Limits {
        Limits { overall: 20, chat_gap: Duration::ZERO, group: usize::MAX }
    }

    /// Telegram's limits (CHAT-APIS §C) with `overall` messages a second over all chats; 0
    /// lifts those of each chat too (own Bot API server, load tests).
    pub fn telegram(overall: u32) -> Limits {
        match overall {
            0 => Limits { overall, chat_gap: Duration::ZERO, group: 0 },
            _ => Limits { overall, chat_gap: Duration::from_secs(1), group: 20 },
        }
    }
}

impl Rate {
    pub fn new(limits: Limits) -> Rate {
        Rate {
            limits,
            recent: VecDeque::new(),
            chats: HashMap::new(),
            groups: HashMap::new(),
            paused_until: None,
            troubles: VecDeque::new(),
        }
    }

    /// Whether messages leave as fast as they can.
    pub fn unlimited(&self) -> bool {
        self.limits.overall == 0
    }

    /// How many messages may leave now, over all chats.
    pub fn room(&mut self, now: Instant) -> usize {
        if self.paused_until.is_some_and(|until| until > now) {
            return 0;
        }
        if self.unlimited() {
            return usize::MAX;
        }
        while self.recent.front().is_some_and(|t| now.duration_since(*t) >= SECOND) {
            self.recent.pop_front();
        }
        (self.limits.overall as usize).saturating_sub(self.recent.len())
    }

    /// Chats that may not be written to now.
    pub fn waiting_chats(&mut self, now: Instant) -> Vec<&str> {
        self.chats.retain(|_, until| *until > now);
        self.chats.keys().map(String::as_str).collect()
    }

    /// Whether this chat may be written to now.
    pub fn may_send(&self, chat: &str, now: Instant) -> bool {
        self.chats.get(chat).is_none_or(|until| *until <= now)
    }

    /// A message leaves for a chat.
    pub fn sent(&mut self, chat: &str, private: bool, now: Instant) {
        if self.unlimited() {
            return;
        }
        self.recent.push_back(now);
        let mut free = now + self.limits.chat_gap;
        if !private {
            let times = self.groups.entry(chat.to_string()).or_default();
            times.push_back(now);
            while times.front().is_some_and(|t| now.duration_since(*t) >= GROUP_SPAN) {
                times.pop_front();
            }
            if times.len() >= self.limits.group {
                let oldest = times.get(times.len() - self.limits.group).copied().unwrap_or(now);
                free = free.max(oldest + GROUP_SPAN);
            }
        }
        self.hold(chat, free);
    }

    /// The platform wants this chat, or a fault of its own, to rest for a while. Three chats
    /// within two seconds pause the channel for the longest of their times.
    pub fn trouble(&mut self, chat: &str, rest: Duration, now: Instant) {
        self.hold(chat, now + rest);
        self.troubles.push_back((now, chat.to_string(), now + rest));
        while self.troubles.front().is_some_and(|(at, ..)| now.duration_since(*at) > TROUBLE_SPAN) {
            self.troubles.pop_front();
        }
        let mut chats: Vec<&str> = self.troubles.iter().map(|(_, c, _)| c.as_str()).collect();
        chats.sort_unstable();
        chats.dedup();
        if chats.len() >= TROUBLED_CHATS
            && let Some(longest) = self.troubles.iter().map(|(.., until)| *until).max()
        {
            self.pause_until(longest);
        }
    }

    /// The whole channel rests.
    pub fn pause(&mut self, rest: Duration, now: Instant) {
        self.pause_until(now + rest);
    }

    /// The first moment after `now` at which something that is held back may leave.
    pub fn next_change(&self, now: Instant) -> Option<Instant> {
        let overall = (!self.unlimited()).then(|| self.recent.front().map(|t| *t + SECOND)).flatten();
        [self.paused_until, overall]
            .into_iter()
            .flatten()
            .chain(self.chats.values().copied())
            .filter(|t| *t > now)
            .min()
    }

    fn hold(&mut self, chat: &str, until: Instant) {
        match self.chats.get_mut(chat) {
            Some(held) => *held = until.max(*held),
            None => {
                self.chats.insert(chat.to_string(), until);
            }
        }
    }

    fn pause_until(&mut self, until: Instant) {
        self.paused_until = Some(self.paused_until.map_or(until, |p| p.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(overall: u32) -> (Rate, Instant) {
        (Rate::new(Limits { overall, chat_gap: SECOND, group: 20 }), Instant::now())
    }

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn no_second_holds_more_than_the_limit() {
        let (mut rate, t) = rate(3);
        for n in 0..3 {
            rate.sent(&format!("chat {n}"), true, t + ms(n * 100));
        }
        assert_eq!(rate.room(t + ms(999)), 0);
        assert_eq!(rate.next_change(t + ms(500)), Some(t + ms(1000)));
        assert_eq!(rate.room(t + ms(1000)), 1);
        assert_eq!(rate.room(t + ms(1200)), 3);
    }

    #[test]
    fn a_chat_gets_one_message_a_second_and_a_group_twenty_a_minute() {
        let (mut rate, t) = rate(30);
        rate.sent("a", true, t);
        assert!(!rate.may_send("a", t + ms(999)));
        assert!(rate.may_send("a", t + ms(1000)));
        for n in 0..20 {
            assert!(rate.may_send("-1", t + ms(n * 1000)), "{n}");
            rate.sent("-1", false, t + ms(n * 1000));
        }
        assert_eq!(rate.waiting_chats(t + ms(59_999)), ["-1"]);
        assert!(rate.may_send("-1", t + GROUP_SPAN));
        rate.sent("-1", false, t + GROUP_SPAN);
        assert!(rate.may_send("-1", t + GROUP_SPAN + ms(1000)));
    }

    #[test]
    fn without_a_limit_only_pauses_count() {
        let (mut rate, t) = rate(0);
        rate.sent("a", true, t);
        assert!(rate.may_send("a", t));
        rate.trouble("a", ms(5000), t);
        assert_eq!((rate.may_send("a", t + ms(4999)), rate.room(t)), (false, usize::MAX));
    }

    #[test]
    fn three_chats_in_trouble_pause_the_channel_for_the_longest() {
        let (mut rate, t) = rate(30);
        rate.trouble("a", ms(3000), t);
        rate.trouble("a", ms(3000), t + ms(100));
        rate.trouble("b", ms(9000), t + ms(200));
        assert_eq!(rate.room(t + ms(300)), 30);
        rate.trouble("c", ms(1000), t + ms(1900));
        assert_eq!(rate.room(t + ms(9199)), 0);
        assert_eq!(rate.room(t + ms(9200)), 30);
    }

    #[test]
    fn troubles_far_apart_stay_each_with_their_chat() {
        let (mut rate, t) = rate(30);
        for (n, chat) in ["a", "b", "c"].into_iter().enumerate() {
            rate.trouble(chat, ms(60_000), t + ms(n as u64 * 1500));
        }
        assert_eq!(rate.room(t + ms(3100)), 30);
    }
}
