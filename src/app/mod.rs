//! One use case a file: what an official asks for in, [`reply::Reply`] out.
//!
//! A use case gets an [`Act`]: the open transaction (a write transaction for what changes
//! something, a read snapshot for a question), the directory as of it, and who speaks
//! where. It never sends: the router stores its replies in the same transaction.

pub mod abilities;
mod address;
pub mod alarms;
pub mod answer;
pub mod bind_group;
pub mod change;
pub mod channel;
pub mod compare;
pub mod desk;
pub mod dispatch;
pub mod enrol;
pub mod explain;
pub mod export;
pub mod fields;
pub mod gaps;
pub mod hand_over;
pub mod help;
pub mod history;
pub mod holidays;
pub mod import;
pub mod invite;
pub mod language;
pub mod leave;
pub mod links;
pub mod missing;
pub mod nag;
pub mod nag_times;
pub mod opening;
pub mod own_bot;
pub mod people;
pub mod picture;
pub mod posting;
pub mod questions;
pub mod reach;
pub mod reconcile;
pub mod register;
pub mod remove;
pub mod reply;
pub mod scope;
pub mod snooze;
pub mod stocks;
pub mod summarise;
pub mod switch_unit;
pub mod template;
pub mod today;
pub mod units;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::clock::day_of;
use crate::domain::official::{Action, OfficialId, Role, may};
use crate::domain::unit::UnitId;
use crate::store::directory::Directory;
use crate::store::{Connection, StoreError};
use crate::words::{Locale, Words};
use reply::{ChoiceAction, Reply};

/// Who speaks, as what, about which unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    pub official: OfficialId,
    /// The unit that this person's commands are about here.
    pub unit: UnitId,
    /// The role that counts for this unit (that of a unit above for a leader of it).
    pub role: Role,
}

/// Where and when something was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub channel: String,
    pub bot_id: i64,
    pub chat_id: String,
    pub platform_user: String,
    /// `None` for the press of a choice.
    pub message_id: Option<i64>,
    pub private: bool,
    /// The message's own time stamp: the only clock of counts.
    pub sent_at: DateTime<Utc>,
    /// The wall clock when it is answered: that of an edit may be days later.
    pub read_at: DateTime<Utc>,
}

/// Who speaks, where and when, and in which words they are answered.
#[derive(Clone)]
pub struct Scene<'a> {
    pub dir: Arc<Directory>,
    /// The wall clock.
    pub now: DateTime<Utc>,
    /// The day of the message's own time stamp in the office's zone.
    pub today: NaiveDate,
    pub zone: Tz,
    pub words: &'static Words,
    /// What the office speaks to whoever has chosen no language.
    pub office: Locale,
    /// `vi` or `en`, for documents rendered later.
    pub locale: &'static str,
    pub person: Person,
    pub origin: &'a Origin,
    /// The bot has asked and this is the yes.
    pub confirmed: bool,
}

/// One thing an official does or asks: its scene, and the open transaction.
pub struct Act<'a> {
    pub conn: &'a mut Connection,
    pub scene: Scene<'a>,
}

impl<'a> Deref for Act<'a> {
    type Target = Scene<'a>;

    fn deref(&self) -> &Scene<'a> {
        &self.scene
    }
}

impl DerefMut for Act<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.scene
    }
}

impl Scene<'_> {
    /// The day on which the answer is read; a line in it, typed as it stands, is of that day
    /// unless it names another.
    pub fn read_on(&self) -> NaiveDate {
        day_of(self.now, self.zone)
    }

    /// Refuses kindly what this role may not do.
    pub fn ask_leave(&self, action: Action) -> Result<(), Refusal> {
        if may(self.person.role, action) {
            return Ok(());
        }
        Err(Refusal::Told(self.words.not_allowed(self.words.role(self.person.role)).to_string()))
    }

    /// Goes on about another unit, that of an earlier message, in the role held there *now*:
    /// an old message gives nobody a role back.
    ///
    /// # Errors
    /// [`Refusal::Told`] where the person has no role there any more.
    pub fn go_to(&mut self, unit: UnitId) -> Result<(), Refusal> {
        let today = day_of(self.now, self.zone);
        let Some(role) = desk::role_in(&self.dir, self.person.official, unit, today) else {
            let name = self.dir.unit(unit).map_or("", |u| u.name.as_str());
            return Err(Refusal::Told(self.words.no_role_there(name)));
        };
        self.person = Person { unit, role, ..self.person };
        Ok(())
    }

    /// A question before something that is not easily taken back; the yes says `text`, with
    /// [`Scene::confirmed`].
    pub fn ask(&self, question: String, text: String) -> Reply {
        let (sent_at, unit) = (self.origin.sent_at.timestamp(), self.person.unit.0);
        let yes = ChoiceAction::Say { text, sent_at, unit, confirmed: true };
        Reply::text(question).with_choice(self.words.choice_agree(), yes)
    }

    /// A person as a reply here may name them: in groups nobody is named (SPEC §3).
    pub fn shown_name(&self, official: OfficialId) -> String {
        if self.origin.private { self.name_of(official).to_string() } else { self.words.history_someone() }
    }

    /// The name of a person, empty if the row has gone.
    pub fn name_of(&self, official: OfficialId) -> &str {
        self.dir.official(official).map_or("", |o| o.name.as_str())
    }
}

/// Why a use case gave no reply of its own.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A mistake of the person, told kindly; nothing has been changed.
    #[error("{0}")]
    Told(String),
    /// A fault of ours: logged once with an id, the act is tried again.
    #[error(transparent)]
    Fault(#[from] StoreError),
    /// Our code gave up in the middle; treated as a fault.
    #[error("panic: {0}")]
    Panic(String),
    /// Something outside is out of reach now; the act is tried again, as after a fault.
    #[error("{0}")]
    Later(String),
}

/// What a use case gives.
pub type Answer = Result<Vec<Reply>, Refusal>;
