//! How many messages each bot has sent in a calendar month: kept for ever, a row a month.

use chrono::{Datelike, NaiveDate};

use super::{Connection, Result};

/// A bot's month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    pub sent: i64,
    /// Percent that administrators have been warned at; 0: not yet.
    pub warned: i64,
}

fn number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// Counts messages to the month of a day; gives what it comes to.
pub async fn count(conn: &mut Connection, bot_id: i64, day: NaiveDate, messages: i64) -> Result<Month> {
    let (sent, warned) = sqlx::query_as(
        "INSERT INTO sent_months (bot_id, month, sent) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET sent = sent + ?3 RETURNING sent, warned",
    )
    .bind(bot_id)
    .bind(number(day))
    .bind(messages)
    .fetch_one(conn)
    .await?;
    Ok(Month { sent, warned })
}

/// Notes that administrators have been warned at `percent`.
pub async fn warned(conn: &mut Connection, bot_id: i64, day: NaiveDate, percent: i64) -> Result<()> {
    sqlx::query("UPDATE sent_months SET warned = ? WHERE bot_id = ? AND month = ?")
        .bind(percent)
        .bind(bot_id)
        .bind(number(day))
        .execute(conn)
        .await?;
    Ok(())
}

/// What a bot has sent in the month of a day.
pub async fn of(conn: &mut Connection, bot_id: i64, day: NaiveDate) -> Result<Month> {
    let row = sqlx::query_as("SELECT sent, warned FROM sent_months WHERE bot_id = ? AND month = ?")
        .bind(bot_id)
        .bind(number(day))
        .fetch_optional(conn)
        .await?;
    Ok(row.map_or_else(Month::default, |(sent, warned)| Month { sent, warned }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::bots;
    use crate::store::sample::{Sample, day};

    #[tokio::test]
    async fn each_bot_has_a_count_a_month() {
        let sample = Sample::new().await;
        let mut w = sample.store.write().await.unwrap();
        let bot = bots::known_as(&mut w, "zalo", "1", "").await.unwrap();
        let other = bots::known_as(&mut w, "zalo", "2", "").await.unwrap();
        count(&mut w, bot, day("2026-11-30"), 2).await.unwrap();
        assert_eq!(count(&mut w, bot, day("2026-11-01"), 3).await.unwrap(), Month { sent: 5, warned: 0 });
        warned(&mut w, bot, day("2026-11-20"), 80).await.unwrap();
        assert_eq!(of(&mut w, bot, day("2026-11-20")).await.unwrap(), Month { sent: 5, warned: 80 });
        assert_eq!(of(&mut w, bot, day("2026-12-01")).await.unwrap(), Month::default());
        assert_eq!(of(&mut w, other, day("2026-11-20")).await.unwrap(), Month::default());
    }
}
