//! What administrators are told of unasked: each once, in their language, where they are
//! reached.

use chrono::{DateTime, Utc};

use super::answer::{Addressed, Answerer};
use super::reach::{self, Wanted};
use crate::clock::day_of;
use crate::store::directory::Directory;
use crate::store::inbox::Row;
use crate::store::outbox::{self, NewReply};
use crate::store::{Connection, Store, StoreError, days};
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
        for official in dir.admins(day) {
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
    /// What is said when a message has been parked: to its sender, and to administrators
    /// wherever they are reached.
    ///
    /// # Errors
    /// Of the database.
    pub async fn parked(
        &self,
        conn: &mut Connection,
        dir: &Directory,
        (row, fault): (&Row, &str),
    ) -> Result<Vec<Addressed>, StoreError> {
        let sender = dir.link(&row.channel, &row.user_id).map(|l| l.official);
        let words = sender.map_or(self.desk.locale.words(), |o| self.desk.words_for(dir, o));
        let mut out = vec![Addressed::plain(row, words.parked(fault))];
        for admin in dir.admins(day_of(days::instant(row.received_at), self.desk.zone)) {
            if row.private && sender == Some(admin) {
                continue;
            }
            let Some(chat) = reach::chat_of(conn, dir, admin, Wanted::default()).await? else { continue };
            let text = self.desk.words_for(dir, admin).parked_for_admin(fault, row.id.to_string());
            let (bot_id, chat_id) = (chat.bot_id, chat.chat_id);
            let away = Addressed { thread_id: None, private: true, answers: false, ..Addressed::plain(row, text) };
            out.push(Addressed { bot_id, chat_id, ..away });
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::desk::Desk;
    use crate::clock::OFFICE_ZONE;
    use crate::store::inbox::Kind;
    use crate::store::sample::Sample;
    use crate::words::Locale;

    const PEOPLE: &str = "
        INSERT INTO units (id, code, name, practice) VALUES (1, 'X', 'UBND xã X', 0), (2, 'TAP', 'Tập', 1);
        INSERT INTO officials (id, name, locale) VALUES (1, 'Lan', NULL), (2, 'Hoa', 'en'), (3, 'Tú', NULL);
        INSERT INTO memberships (official_id, unit_id, role, since)
            VALUES (1, 1, 'officer', 20000), (2, 1, 'admin', 20000), (3, 2, 'admin', 20000);
        INSERT INTO bots (channel, platform_id) VALUES ('zalo', 'z'), ('telegram', 't');
        INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id)
            VALUES (1, 'zalo', 'z1', 'z1', 1), (2, 'telegram', 't2', 't2', 2), (3, 'zalo', 'z3', 'z3', 1);";

    /// Whom a message parked in the chat of `user` is told, with the bot.
    async fn check((bot_id, channel, user): (i64, &str, &str), expected: &[(i64, &str, String)]) {
        let sample = Sample::new().await;
        let mut w = sample.store.write().await.unwrap();
        sqlx::raw_sql(PEOPLE).execute(&mut *w).await.unwrap();
        let answerer = Answerer { desk: Desk::new(OFFICE_ZONE, Locale::Vi) };
        let dir = answerer.desk.directory(&mut w).await.unwrap();
        let row = Row {
            id: 9,
            bot_id,
            channel: channel.to_string(),
            kind: Kind::Message,
            chat_id: user.to_string(),
            private: true,
            thread_id: None,
            user_id: user.to_string(),
            message_id: 1,
            edit_date: 0,
            sent_at: 1_790_000_000,
            text: None,
            data: None,
            received_at: 1_790_000_000,
            attempts: 3,
            cut_short: 0,
            fault: None,
        };
        let told = answerer.parked(&mut w, &dir, (&row, "L9-3")).await.unwrap();
        let told: Vec<_> = told.iter().map(|a| (a.bot_id, a.chat_id.as_str(), a.text.clone())).collect();
        assert_eq!(told, expected, "{user}");
    }

    #[tokio::test]
    async fn administrators_hear_of_a_parked_message_on_their_own_channel_and_in_their_language() {
        let (vi, en) = (Locale::Vi.words(), Locale::En.words());
        let to_hoa = (2, "t2", en.parked_for_admin("L9-3", "9"));
        check((1, "zalo", "z1"), &[(1, "z1", vi.parked("L9-3")), to_hoa]).await;
        check((2, "telegram", "t2"), &[(2, "t2", en.parked("L9-3"))]).await;
    }
}
