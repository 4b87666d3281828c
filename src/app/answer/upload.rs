//! The answer to a list that came through the upload page: its preview, in the chat that
//! asked for the page.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Answerer;
use crate::app::address::choices;
use crate::app::desk::role_in;
use crate::app::import::chat;
use crate::app::{Act, Origin, Person, Refusal, Scene};
use crate::clock::day_of;
use crate::domain::official::{Action, may};
use crate::import::List;
use crate::store::directory::Directory;
use crate::store::outbox::{self, NewReply};
use crate::store::web_links::{self, UploadLink};
use crate::store::{Connection, Store, bots};
use crate::words::{Locale, Words};

/// Whoever sends a list in through a link.
pub struct Uploader {
    person: Person,
    link: UploadLink,
    dir: Arc<Directory>,
    locale: Locale,
    pub words: &'static Words,
}

impl Uploader {
    pub fn name(&self) -> &str {
        self.dir.official(self.person.official).map_or("", |o| o.name.as_str())
    }

    pub fn unit_name(&self) -> &str {
        self.dir.unit(self.person.unit).map_or("", |u| u.name.as_str())
    }
}

impl Answerer {
    /// Who may send a list in under this secret now; `None` where the link does not hold, or
    /// its owner may not keep the register any more.
    ///
    /// # Errors
    /// Of the database.
    pub async fn uploader(
        &self,
        conn: &mut Connection,
        secret: &str,
        now: DateTime<Utc>,
    ) -> crate::store::Result<Option<Uploader>> {
        let Some(link) = web_links::upload(conn, secret, now).await? else { return Ok(None) };
        let dir = self.desk.directory(conn).await?;
        let role = role_in(&dir, link.official, link.unit, day_of(now, self.desk.zone));
        let Some(role) = role.filter(|role| may(*role, Action::KeepRegister)) else { return Ok(None) };
        let person = Person { official: link.official, unit: link.unit, role };
        let own = dir.official(link.official).and_then(|o| o.locale.as_deref()).and_then(Locale::from_key);
        let locale = own.unwrap_or(self.desk.locale);
        Ok(Some(Uploader { person, link, dir, locale, words: locale.words() }))
    }

    /// Reads a file for its sender; the caller sees to it that few do so at once.
    ///
    /// # Errors
    /// [`Refusal::Told`] with the sentence about a file that cannot be taken.
    pub async fn read_upload(&self, uploader: &Uploader, bytes: Vec<u8>, now: DateTime<Utc>) -> Result<List, Refusal> {
        let today = day_of(now, self.desk.zone);
        chat::look(bytes, uploader.dir.clone(), (uploader.person.unit, today), uploader.words).await
    }

    /// Compares the list with the register, uses the link up and puts the preview into the
    /// outbox. `false` where the link has ended meanwhile: nothing is kept then.
    ///
    /// # Errors
    /// Of the database.
    pub async fn uploaded(
        &self,
        store: &Store,
        uploader: &Uploader,
        list: &List,
        now: DateTime<Utc>,
    ) -> Result<bool, Refusal> {
        let (person, link, words) = (uploader.person, &uploader.link, uploader.words);
        let today = day_of(now, self.desk.zone);
        let preview = {
            let mut snapshot = store.read().await?;
            chat::preview(&mut snapshot, &uploader.dir, (person, today), list, words).await?
        };
        let mut tx = store.write().await?;
        if !web_links::use_up(&mut tx, link.id, now).await? {
            return Ok(false);
        }
        let origin = Origin {
            channel: bots::channel(&mut tx, link.bot_id).await?,
            bot_id: link.bot_id,
            chat_id: link.chat_id.clone(),
            platform_user: String::new(),
            message_id: None,
            private: true,
            sent_at: now,
            read_at: now,
        };
        let scene = Scene {
            dir: uploader.dir.clone(),
            now,
            today,
            zone: self.desk.zone,
            office: self.desk.locale,
            words,
            locale: uploader.locale.key(),
            person,
            origin: &origin,
            confirmed: false,
        };
        let replies = chat::ask(&mut Act { conn: &mut tx, scene }, preview).await?;
        for reply in replies {
            let choices = choices(&reply, Some(person.official))?;
            let notice = NewReply::notice(link.bot_id, &link.chat_id, &reply.text);
            let reply = NewReply { choices: &choices, secret: reply.secret, ..notice };
            outbox::add(&mut tx, &reply, now.timestamp()).await?;
        }
        tx.commit().await.map_err(crate::store::StoreError::from)?;
        Ok(true)
    }
}
