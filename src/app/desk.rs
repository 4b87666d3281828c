//! The desk: who speaks, what is said, and the use case that answers.
//!
//! [`Desk::understand`] is pure but for its caches: directory and message in, [`Said`] out.
//! [`super::answer`] runs the use case inside the caller's transaction.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::import::chat::Document;
use super::{Origin, Person, Scene};
use crate::clock::day_of;
use crate::domain::field::FieldId;
use crate::domain::official::{OfficialId, Role};
use crate::domain::unit::UnitId;
use crate::grammar::command::{read_command, suggest};
use crate::grammar::fold::fold;
use crate::grammar::later::is_later;
use crate::grammar::post::{Context, Reading, read_post};
use crate::grammar::table::{Command, CommandRow};
use crate::grammar::vocabulary::{FieldWords, Vocabulary};
use crate::store::directory::{self, Directory};
use crate::store::inbox::{Kind, Row};
use crate::store::{Connection, days};
use crate::words::{Locale, Words};

/// A longer text is no label (bytes).
const LABEL_MOST: usize = 60;
/// The channel whose accounts are the officials themselves.
pub const TERMINAL: &str = "terminal";

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Known(Person),
    /// Linked, but without a role in the unit that this group is bound to.
    NoRoleHere(OfficialId),
    Stranger,
}

/// What is said.
#[derive(Clone)]
pub enum What {
    Command(&'static CommandRow, String),
    /// Counts without a command word.
    Post(Reading),
    /// A bare number, or `trả lời 1`.
    Number(usize),
    /// What a choice without a command of its own says, such as `nhập vào sổ`.
    Label(String),
    /// A button, by its id.
    Press(String),
    /// The chat goes on under another id.
    Moved(String),
    /// The person blocked us (`false`) or lets us in again.
    Reachable(bool),
    /// A picture or the like from somebody we know.
    NotText,
    /// A file, perhaps with a text; not fetched yet.
    Document(Document),
    /// A command of a later version.
    Later,
    /// Text that is none of ours; perhaps a command one letter off.
    Unclear(Option<&'static CommandRow>),
    /// Not to be answered.
    Nothing,
}

/// A message understood.
#[derive(Clone)]
pub struct Said {
    pub who: Who,
    pub what: What,
    pub origin: Origin,
    pub text: String,
    pub edited: bool,
    pub locale: Locale,
}

impl Said {
    /// Whether it is a new message of counts, from somebody who may be answered with an echo.
    pub fn is_new_post(&self) -> bool {
        let counts = match &self.what {
            What::Post(_) => true,
            What::Command(row, _) => row.command == Command::Post,
            _ => false,
        };
        counts && !self.edited && matches!(self.who, Who::Known(_))
    }

    /// A question reads one snapshot; everything else is done inside the write transaction.
    pub fn is_question(&self) -> bool {
        let known = matches!(self.who, Who::Known(_));
        let asks = match &self.what {
            What::Command(row, _) => !row.writes,
            // Its preview changes nothing.
            What::Document(_) => true,
            _ => false,
        };
        known && !self.edited && asks
    }
}

/// The office's desk.
pub struct Desk {
    pub zone: Tz,
    /// Language of whoever has not chosen one.
    pub locale: Locale,
    /// How phones reach our HTTP server; `None` where there is none.
    pub public_url: Option<String>,
    /// Messages that a Zalo bot has a month; 0: no limit.
    pub zalo_monthly: u32,
    /// Shared with the doors of the channels.
    pub cache: Arc<directory::Cache>,
    vocabularies: Mutex<Vocabularies>,
    /// User names of our bots, for `/nhap@bot`.
    usernames: Mutex<HashMap<i64, String>>,
}

/// Sets of fields whose words are kept; offices of one kind use the same.
const MOST_VOCABULARIES: usize = 500;

/// Words of fields in use, as of one version of the directory.
#[derive(Default)]
struct Vocabularies {
    version: i64,
    by_fields: HashMap<Vec<FieldId>, Arc<Vocabulary>>,
}

/// The words a person is told things in: those they chose, else the office's.
pub fn words_for(dir: &Directory, official: OfficialId, office: Locale) -> &'static Words {
    let chosen = dir.official(official).and_then(|o| o.locale.as_deref()).and_then(Locale::from_key);
    chosen.unwrap_or(office).words()
}

impl Desk {
    pub fn new(zone: Tz, locale: Locale) -> Desk {
        Desk {
            zone,
            locale,
            public_url: None,
            zalo_monthly: 0,
            cache: Arc::default(),
            vocabularies: Mutex::default(),
            usernames: Mutex::default(),
        }
    }

    /// The same, where phones reach our HTTP server under an address.
    pub fn reached_at(self, public_url: Option<String>) -> Desk {
        Desk { public_url, ..self }
    }

    /// With so many messages a month for each Zalo bot; 0: no limit.
    pub fn with_zalo_monthly(self, messages: u32) -> Desk {
        Desk { zalo_monthly: messages, ..self }
    }

    /// Tells the desk how one of our bots is called.
    pub fn name_bot(&self, bot: i64, username: &str) {
        self.usernames.lock().unwrap_or_else(|e| e.into_inner()).insert(bot, username.to_string());
    }

    /// The directory as the open transaction sees it.
    pub async fn directory(&self, conn: &mut Connection) -> crate::store::Result<Arc<Directory>> {
        self.cache.get(conn).await
    }

    /// What a stored message is. Who speaks, and as what, is judged by the wall clock `now`:
    /// an old time stamp (that of a message edited today) gives nobody a role back.
    pub fn understand(&self, dir: &Directory, row: &Row, now: DateTime<Utc>) -> Said {
        let sent_at = days::instant(row.sent_at);
        let origin = Origin {
            channel: row.channel.clone(),
            bot_id: row.bot_id,
            chat_id: row.chat_id.clone(),
            platform_user: row.user_id.clone(),
            message_id: (row.kind != Kind::Press).then_some(row.message_id),
            private: row.private,
            sent_at,
            read_at: now,
        };
        let who = self.who(dir, &origin, day_of(now, self.zone));
        let text = row.text.clone().unwrap_or_default();
        let mut origin = origin;
        let what = match row.kind {
            Kind::Press => What::Press(row.data.clone().unwrap_or_default()),
            Kind::Message
                if origin.private
                    && let Some(document) = document(row) =>
            {
                What::Document(document)
            }
            // The text of a stranger is not kept, and `data` is of messages that had none.
            Kind::Message if row.text.is_none() && row.data.is_some() && matches!(who, Who::Known(_)) => What::NotText,
            Kind::Message | Kind::Edit => self.what(dir, &origin, who, &text),
            Kind::Moved => row.data.clone().map_or(What::Nothing, What::Moved),
            Kind::Blocked => What::Reachable(false),
            Kind::Unblocked => What::Reachable(true),
            Kind::Other => What::Nothing,
        };
        let edited = row.kind == Kind::Edit;
        if edited && matches!(&what, What::Command(row, _) if row.command != Command::Post) {
            // A command put right by an edit is asked now, not when its first form was.
            origin.sent_at = days::instant(row.edit_date.max(row.sent_at));
        }
        Said { who, what, locale: self.locale_of(dir, who), origin, text, edited }
    }

    /// What a text is, said by that person there.
    pub fn what(&self, dir: &Directory, origin: &Origin, who: Who, text: &str) -> What {
        if origin.private && matches!(who, Who::Known(_)) && is_label(text) {
            return What::Label(fold(text));
        }
        let usernames = self.usernames.lock().unwrap_or_else(|e| e.into_inner());
        let username = usernames.get(&origin.bot_id).map(String::as_str);
        if let Some((row, rest)) = read_command(text, origin.private, username) {
            return What::Command(row, rest.to_string());
        }
        let Who::Known(person) = who else {
            return if origin.private { What::Unclear(None) } else { What::Nothing };
        };
        if is_later(text, origin.private) {
            return What::Later;
        }
        if let (true, Some(n)) = (origin.private, bare_number(text)) {
            return What::Number(n);
        }
        match self.read(dir, origin, person.unit, (text, false)) {
            Some(reading) => What::Post(reading),
            None if origin.private || text.trim_start().starts_with('/') => match suggest(text, origin.private) {
                None if !origin.private => What::Nothing,
                near => What::Unclear(near),
            },
            None => What::Nothing,
        }
    }

    /// Reads counts; `marked` where `/nhap` stood before them.
    pub fn read(
        &self,
        dir: &Directory,
        origin: &Origin,
        unit: UnitId,
        (text, marked): (&str, bool),
    ) -> Option<Reading> {
        let today = day_of(origin.sent_at, self.zone);
        let people = super::posting::nameable(dir, unit, today);
        let names: Vec<&str> = people.iter().map(|id| dir.official(*id).map_or("", |o| o.name.as_str())).collect();
        let read_on = day_of(origin.read_at, self.zone);
        let read = |day: NaiveDate| {
            let vocabulary = &*self.vocabulary(dir, unit, day);
            read_post(text, &Context { vocabulary, today, read_on, marked, private: origin.private, names: &names })
        };
        let reading = read(today);
        // Of who has left, with the fields that were in use while they were there.
        let named = reading.as_ref().and_then(|r| r.colleague.as_ref()).map_or(&[][..], |c| &c.matches);
        let left = |i: &usize| {
            let member = dir.members_of(unit).iter().rfind(|m| Some(&m.official) == people.get(*i))?;
            member.span.until?.pred_opt().filter(|day| *day < today)
        };
        let Some(last) = named.iter().filter_map(left).max() else { return reading };
        let then = read(last)?;
        let days = super::posting::days_of(&then);
        let is_then = !days.is_empty() && days.iter().all(|day| *day <= last);
        if is_then || named.iter().all(|i| left(i).is_some()) { Some(then) } else { reading }
    }

    /// The words of a unit on a day. Units that use the same fields share them.
    pub fn vocabulary(&self, dir: &Directory, unit: UnitId, today: NaiveDate) -> Arc<Vocabulary> {
        let used = dir.fields_in_use(unit, today);
        let mut held = self.vocabularies.lock().unwrap_or_else(|e| e.into_inner());
        if held.version != dir.version || held.by_fields.len() >= MOST_VOCABULARIES {
            *held = Vocabularies { version: dir.version, by_fields: HashMap::new() };
        }
        if let Some(words) = held.by_fields.get(&used) {
            return words.clone();
        }
        let words = Arc::new(vocabulary_of(dir, &used));
        held.by_fields.insert(used, words.clone());
        words
    }

    fn who(&self, dir: &Directory, origin: &Origin, today: NaiveDate) -> Who {
        let Some(official) = writer(dir, &origin.channel, &origin.platform_user) else { return Who::Stranger };
        let group = (!origin.private).then(|| dir.group(&origin.channel, &origin.chat_id)).flatten();
        if let Some(unit) = group {
            return match role_in(dir, official, unit, today) {
                Some(role) => Who::Known(Person { official, unit, role }),
                None => Who::NoRoleHere(official),
            };
        }
        let held = dir.memberships_on(official, today);
        let Some(first) = held.first() else { return Who::Stranger };
        // The unit chosen by /donvi: one's own, one below a leader's, any of an administrator's.
        let current = dir.official(official).and_then(|o| o.current_unit);
        let chosen = current.and_then(|unit| Some((unit, role_in(dir, official, unit, today)?)));
        let (unit, role) = chosen.unwrap_or((first.unit, first.role));
        Who::Known(Person { official, unit, role })
    }

    fn locale_of(&self, dir: &Directory, who: Who) -> Locale {
        let official = match who {
            Who::Known(p) => Some(p.official),
            Who::NoRoleHere(o) => Some(o),
            Who::Stranger => None,
        };
        let chosen = official.and_then(|o| dir.official(o)).and_then(|o| o.locale.as_deref());
        chosen.and_then(Locale::from_key).unwrap_or(self.locale)
    }

    /// The words a person is answered in.
    pub fn words_for(&self, dir: &Directory, official: OfficialId) -> &'static Words {
        words_for(dir, official, self.locale)
    }

    /// The scene in which a known person speaks.
    pub fn scene<'a>(&self, dir: &Arc<Directory>, (said, person): (&'a Said, Person), now: DateTime<Utc>) -> Scene<'a> {
        Scene {
            dir: dir.clone(),
            now,
            today: day_of(said.origin.sent_at, self.zone),
            zone: self.zone,
            words: said.locale.words(),
            office: self.locale,
            locale: said.locale.key(),
            person,
            origin: &said.origin,
            confirmed: false,
        }
    }
}

/// The file of a message.
fn document(row: &Row) -> Option<Document> {
    serde_json::from_str(row.data.as_deref()?).ok()
}

/// Whose account on a channel this is.
pub(super) fn writer(dir: &Directory, channel: &str, user: &str) -> Option<OfficialId> {
    if channel == TERMINAL {
        return user.parse().ok().map(OfficialId).filter(|id| dir.official(*id).is_some());
    }
    dir.link(channel, user).map(|l| l.official)
}

/// The role of a person for a unit: the one held there, else that of a leader of a unit
/// above, else that of an administrator anywhere.
pub fn role_in(dir: &Directory, official: OfficialId, unit: UnitId, day: NaiveDate) -> Option<Role> {
    if let Some(m) = dir.membership(official, unit, day) {
        return Some(m.role);
    }
    let held = dir.memberships_on(official, day);
    if held.iter().any(|m| m.role == Role::Admin) {
        return Some(Role::Admin);
    }
    held.iter().any(|m| m.role == Role::Leader && dir.is_within(unit, m.unit)).then_some(Role::Leader)
}

fn vocabulary_of(dir: &Directory, used: &[FieldId]) -> Vocabulary {
    let fields: Vec<FieldWords> = dir
        .fields
        .iter()
        .map(|f| FieldWords {
            id: f.id,
            code: f.code.clone(),
            name: f.name.clone(),
            aliases: f.aliases.clone(),
            in_use: used.contains(&f.id),
        })
        .collect();
    Vocabulary::new(&fields, &dir.indicators)
}

/// Whether a text is the label of a choice that no command stands for, in either language.
fn is_label(text: &str) -> bool {
    static LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let labels = |w: &Words| [w.choice_agree(), w.choice_yes(), w.list_choice_take()].map(|l| fold(&l));
        [Locale::Vi, Locale::En].into_iter().flat_map(|locale| labels(locale.words())).collect()
    });
    text.len() <= LABEL_MOST && LABELS.contains(&fold(text))
}

/// `1`, `1.`, `[1]`, `số 1`, `trả lời 1`.
fn bare_number(text: &str) -> Option<usize> {
    let folded = fold(text);
    let rest = ["tra loi", "so", "chon"].iter().find_map(|word| folded.trim().strip_prefix(word)).unwrap_or(&folded);
    let digits = rest.trim().trim_start_matches('[').trim_end_matches([']', '.', ')']);
    (digits.len() <= 2 && !digits.is_empty()).then(|| digits.parse().ok()).flatten()
}
