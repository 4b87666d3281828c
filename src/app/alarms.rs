//! What administrators are told of unasked: each once, in their language, where they are
//! reached.

use chrono::{DateTime, Utc};

use super::answer::Answerer;
use super::reach::{self, Wanted};
use crate::clock::day_of;
use crate::domain::official::{OfficialId, Role};
use crate::store::directory::Directory;
use crate::store::outbox::{self, NewReply};
use crate::store::{Connection, Store, StoreError};
use crate::words::Words;

impl Answerer {
    /// Puts a message to every administrator into the outbox; `not` names a channel that
    /// cannot carry it.
    ///
    /// # Errors
    /// Of the database.
    pub async fn alarm(
        &self,
        conn: &mut Connection,
        not: Option<&str>,
        now: DateTime<Utc>,
        text: impl Fn(&Words) -> String,
    ) -> Result<(), StoreError> {
        let dir = self.desk.directory(conn).await?;
        let day = day_of(now, self.desk.zone);
        for official in admins(&dir, day) {
            let wanted = Wanted { not, ..Wanted::default() };
            let Some(chat) = reach::chat_of(conn, &dir, official, wanted).await? else { continue };
            let text = text(self.desk.words_for(&dir, official));
            let reply = NewReply::notice(chat.bot_id, &chat.chat_id, &text);
            outbox::add(conn, &reply, now.timestamp()).await?;
        }
        Ok(())
    }

    /// Tells administrators that the daily copy failed.
    ///
    /// # Errors
    /// Of the database.
    pub async fn tell_backup_failed(&self, store: &Store, now: DateTime<Utc>, failure: &str) -> Result<(), StoreError> {
        let mut tx = store.write().await?;
        self.alarm(&mut tx, None, now, |words| words.backup_failed(failure)).await?;
        Ok(tx.commit().await?)
    }
}

/// Everybody who is an administrator somewhere on a day, in order of their rows.
fn admins(dir: &Directory, day: chrono::NaiveDate) -> Vec<OfficialId> {
    let is_admin = |o: &OfficialId| dir.memberships_on(*o, day).iter().any(|m| m.role == Role::Admin);
    let mut admins: Vec<OfficialId> = dir.officials.keys().copied().filter(is_admin).collect();
    admins.sort();
    admins
}
