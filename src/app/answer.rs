//! From a message understood to the replies that answer it, each with its address.

mod file;
mod upload;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::abilities;
use super::address::address_all;
use super::desk::{Desk, Said, What, Who};
use super::reply::{ChoiceAction, Reply};
use super::{Act, Answer, Origin, Person, Refusal, Scene, dispatch, enrol, import, posting, register};
use crate::clock::day_of;
use crate::grammar::post::Reading;
use crate::grammar::table::Command;
use crate::store::directory::Directory;
use crate::store::dossiers::acts;
use crate::store::inbox::{self, Row};
use crate::store::outbox::{self, NewChoice, NewReply, Taken};
use crate::store::posts::{self, Source};
use crate::store::{Connection, StoreError, bots, days, notices};
pub use upload::Uploader;

/// How often a person is told that the bot reads text only (seconds).
const NOT_TEXT_EVERY: i64 = 86_400;

/// A reply and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    pub bot_id: i64,
    pub chat_id: String,
    pub thread_id: Option<i64>,
    pub private: bool,
    /// Whether it answers the message in hand, in its own chat.
    pub answers: bool,
    pub text: String,
    pub choices: Vec<NewChoice>,
    pub file: Option<String>,
    pub secret: bool,
}

impl Addressed {
    /// A plain answer in the chat of the message.
    pub fn plain(row: &Row, text: String) -> Addressed {
        Addressed {
            bot_id: row.bot_id,
            chat_id: row.chat_id.clone(),
            thread_id: row.thread_id,
            private: row.private,
            answers: true,
            text,
            choices: Vec::new(),
            file: None,
            secret: false,
        }
    }

    /// As the outbox takes it.
    pub fn to_outbox(&self, row: &Row) -> NewReply<'_> {
        NewReply {
            bot_id: self.bot_id,
            chat_id: &self.chat_id,
            thread_id: self.thread_id,
            private: self.private,
            inbox_id: self.answers.then_some(row.id),
            text: &self.text,
            choices: &self.choices,
            file: self.file.clone(),
            secret: self.secret,
        }
    }
}

/// Answers messages.
pub struct Answerer {
    pub desk: Desk,
}

impl Answerer {
    /// Runs the use case of a message inside the caller's transaction.
    ///
    /// # Errors
    /// [`Refusal::Told`] is a kind sentence, nothing has changed; [`Refusal::Fault`] is ours.
    pub async fn answer(
        &self,
        conn: &mut Connection,
        (row, said): (&Row, &Said),
        dir: &Arc<Directory>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Addressed>, Refusal> {
        if let Some(done) = about_chat(conn, row, &said.what, now).await? {
            return Ok(done);
        }
        let (replies, asker) = match said.who {
            Who::Stranger => {
                let replies = enrol::stranger(&self.desk, conn, dir, (row, said), now).await?;
                inbox::forget_text(conn, row.id).await?;
                (replies, None)
            }
            Who::NoRoleHere(_) if matches!(said.what, What::Nothing) => (Vec::new(), None),
            Who::NoRoleHere(_) => (vec![Reply::text(said.locale.words().no_role_here())], None),
            Who::Known(person) => {
                let mut act = Act { conn, scene: self.desk.scene(dir, (said, person), now) };
                (self.known(&mut act, row, said).await?, Some(person.official))
            }
        };
        address_all(&self.desk, conn, (dir, row), (replies, asker)).await
    }

    /// Answers new messages of counts of different units together; a message that is no such
    /// thing is not for this.
    ///
    /// # Errors
    /// Of the database: then none of them has been stored.
    pub async fn answer_posts(
        &self,
        conn: &mut Connection,
        messages: &[(&Row, &Said)],
        dir: &Arc<Directory>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Result<Vec<Addressed>, Refusal>>, StoreError> {
        let (mut asked, mut new) = (Vec::new(), Vec::new());
        for (row, said) in messages {
            let Who::Known(person) = said.who else { continue };
            let scene = self.desk.scene(dir, (said, person), now);
            let Some(reading) = self.reading(&scene, &said.what) else { continue };
            asked.push((*row, person.official));
            new.push(posting::New { scene, text: &said.text, reading });
        }
        let answers = posting::post_all(conn, new).await?;
        let mut out = Vec::with_capacity(answers.len());
        for ((row, official), answer) in asked.into_iter().zip(answers) {
            out.push(match answer {
                Ok(replies) => address_all(&self.desk, conn, (dir, row), (replies, Some(official))).await,
                Err(refusal) => Err(refusal),
            });
        }
        Ok(out)
    }

    /// The counts of a message, with `/nhap` or without; `None` if it is none of that.
    fn reading(&self, scene: &Scene<'_>, what: &What) -> Option<Reading> {
        match what {
            What::Post(reading) => Some(reading.clone()),
            What::Command(row, rest) if row.command == Command::Post => {
                let read = self.desk.read(&scene.dir, scene.origin, scene.person.unit, (rest, true));
                Some(read.unwrap_or_default())
            }
            _ => None,
        }
    }

    async fn known(&self, act: &mut Act<'_>, row: &Row, said: &Said) -> Answer {
        if said.edited {
            return self.edited(act, row, said).await;
        }
        match &said.what {
            What::Press(id) => self.press(act, id).await,
            What::Number(n) => self.number(act, *n).await,
            What::Label(label) => self.labelled(act, label).await,
            what => self.said(act, &said.text, what).await,
        }
    }

    /// A command, counts, or text that is neither.
    async fn said(&self, act: &mut Act<'_>, text: &str, what: &What) -> Answer {
        if let Some(reading) = self.reading(&act.scene, what) {
            return once(posting::post(act, text, reading).await);
        }
        match what {
            What::Command(row, rest) => {
                act.ask_leave(row.action)?;
                dispatch::run(&self.desk, act, row, rest).await
            }
            What::NotText => not_text(act).await,
            What::Later => Ok(vec![Reply::text(act.words.not_in_this_version())]),
            What::Unclear(Some(near)) => Ok(vec![Reply::text(act.words.did_you_mean(near.name))]),
            What::Unclear(None) if text.trim().is_empty() => Ok(Vec::new()),
            What::Unclear(None) => match enrol::bare_code(act, text).await? {
                Some(replies) => Ok(replies),
                None => Ok(vec![Reply::text(act.words.not_understood(posting::example(act)))]),
            },
            // Fetched and read by whoever holds the channel; see `document`.
            What::Document(_) => Err(Refusal::Told(act.words.list_only_here())),
            What::Post(_)
            | What::Press(_)
            | What::Number(_)
            | What::Label(_)
            | What::Moved(_)
            | What::Reachable(_)
            | What::Nothing => Ok(Vec::new()),
        }
    }

    /// An edit of a post replaces its lines; an edit of anything else is that message,
    /// arriving now, unless its text has not changed.
    async fn edited(&self, act: &mut Act<'_>, row: &Row, said: &Said) -> Answer {
        if inbox::is_overtaken(act.conn, row).await? {
            return Ok(Vec::new()); // a later form has been read already
        }
        let source = Source { bot_id: row.bot_id, chat_id: row.chat_id.clone(), message_id: Some(row.message_id) };
        let Some(post) = posts::of_message(act.conn, &source).await? else {
            if let Some(change) = acts::of_message(act.conn, &source).await? {
                return register::edit::edited(&self.desk, act, (row, said), change).await;
            }
            let former = inbox::former_text(act.conn, row).await?;
            if former.is_some_and(|f| f == said.text) {
                return Ok(Vec::new());
            }
            return self.said(act, &said.text, &said.what).await;
        };
        if inbox::former_text(act.conn, row).await?.is_none() {
            return Ok(vec![Reply::text(act.words.edit_too_old())]);
        }
        let reading = match &said.what {
            What::Command(c, rest) if c.command == Command::Post => {
                self.desk.read(&act.dir, act.origin, post.unit, (rest, true))
            }
            What::Post(_) => self.desk.read(&act.dir, act.origin, post.unit, (&said.text, false)),
            _ => None,
        };
        posting::edit(act, post, (&said.text, reading)).await
    }

    async fn number(&self, act: &mut Act<'_>, n: usize) -> Answer {
        let (bot, chat) = (act.origin.bot_id, act.origin.chat_id.clone());
        match outbox::newest_choice(act.conn, (bot, &chat), n, (act.origin.sent_at.timestamp(), act.now.timestamp()))
            .await?
        {
            Some(id) => self.press(act, &id).await,
            None => Ok(vec![Reply::text(act.words.choice_expired())]),
        }
    }

    /// The newest choice of the chat that says so, as if its button were pressed.
    async fn labelled(&self, act: &mut Act<'_>, label: &str) -> Answer {
        let chat = (act.origin.bot_id, act.origin.chat_id.clone());
        match outbox::choice_labelled(act.conn, (chat.0, &chat.1), label, act.now.timestamp()).await? {
            Some(id) => self.press(act, &id).await,
            None => Ok(vec![Reply::text(act.words.choice_expired())]),
        }
    }

    async fn press(&self, act: &mut Act<'_>, id: &str) -> Answer {
        let taken = outbox::take_choice(act.conn, id, act.person.official, act.now.timestamp()).await?;
        let Taken::Action { action, .. } = taken else {
            return Ok(vec![Reply::text(choice_gone(act))]);
        };
        let action: ChoiceAction = serde_json::from_str(&action)
            .map_err(|e| StoreError::Inconsistent { table: "outbox", what: format!("choice {id}: {e}") })?;
        match action {
            ChoiceAction::Undo { post } => posting::undo_post(act, post).await,
            ChoiceAction::TakeList { list } => import::chat::take(act, list).await,
            ChoiceAction::UndoRegister { act: id } => register::undo::undo_act(act, id).await,
            ChoiceAction::Say { text, sent_at, unit, confirmed } => {
                let unit = crate::domain::unit::UnitId(unit);
                let role = super::desk::role_in(&act.dir, act.person.official, unit, day_of(act.now, act.zone));
                let Some(role) = role else { return Ok(vec![Reply::text(choice_gone(act))]) };
                let origin = Origin { message_id: None, sent_at: days::instant(sent_at), ..act.origin.clone() };
                let person = Person { unit, role, ..act.person };
                let said = Said {
                    who: Who::Known(person),
                    what: What::Nothing,
                    text: text.clone(),
                    edited: false,
                    locale: crate::words::Locale::from_key(act.locale).unwrap_or_default(),
                    origin,
                };
                // The corrected line stands for itself, whatever the kind of chat.
                let private = Origin { private: true, ..said.origin.clone() };
                let what = self.desk.what(&act.dir, &private, said.who, &text);
                let scene = Scene { confirmed, ..self.desk.scene(&act.dir, (&said, person), act.now) };
                let mut again = Act { conn: act.conn, scene };
                self.said(&mut again, &text, &what).await
            }
        }
    }
}

/// A message whose edit has overtaken it is in effect already, in its later form.
fn once(answer: Answer) -> Answer {
    match answer {
        Err(Refusal::Fault(fault)) if fault.is_duplicate() => Ok(Vec::new()),
        answer => answer,
    }
}

/// A choice that has been used, or is not this person's: where there are buttons, a button.
fn choice_gone(act: &Act<'_>) -> String {
    match abilities::of(&act.origin.channel).buttons {
        true => act.words.choice_gone(),
        false => act.words.choice_expired(),
    }
}

/// A picture, a voice message, whatever the platform does not tell of: said once a day.
async fn not_text(act: &mut Act<'_>) -> Answer {
    let name = format!("not-text:{}:{}", act.origin.channel, act.origin.chat_id);
    if !act.origin.private || !notices::due(act.conn, &name, NOT_TEXT_EVERY, act.now.timestamp()).await? {
        return Ok(Vec::new());
    }
    Ok(vec![Reply::text(act.words.not_text(posting::example(act)))])
}

/// What the platform tells about a chat itself: nobody is answered.
async fn about_chat(
    conn: &mut Connection,
    row: &Row,
    what: &What,
    now: DateTime<Utc>,
) -> Result<Option<Vec<Addressed>>, StoreError> {
    match what {
        What::Moved(to) => bots::chat_moved(conn, &row.channel, &row.chat_id, to).await?,
        What::Reachable(true) => bots::reachable(conn, &row.channel, &row.chat_id).await?,
        What::Reachable(false) => {
            bots::unreachable(conn, (&row.channel, row.bot_id), &row.chat_id, now.timestamp()).await?;
        }
        _ => return Ok(None),
    }
    Ok(Some(Vec::new()))
}
