//! After a gap in reception (SPEC §11): administrators get the times, and each official who
//! has no post for a day on which messages may have been lost is told once, with the next
//! reply.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::answer::{Addressed, Answerer};
use super::desk::writer;
use crate::clock::day_of;
use crate::domain::complete::Attendance;
use crate::domain::gap::lost_days;
use crate::domain::official::OfficialId;
use crate::store::directory::Directory;
use crate::store::gaps::{self, Gap};
use crate::store::inbox::Row;
use crate::store::{Connection, Result, days, leaves, notices, totals};
use crate::words::Words;
use crate::words::numbers::date;

/// A gap longer ago than this is nobody's news.
const NEWS: TimeDelta = TimeDelta::days(31);
/// A clock that differs is told once in so long (seconds).
const DAY: i64 = 86_400;

impl Answerer {
    /// Notes that a platform has answered; `kept` is how long it keeps messages for us. If it
    /// had been silent for longer, over office time, that is a gap: `true`, and
    /// administrators are told.
    ///
    /// # Errors
    /// Of the database.
    pub async fn heard(
        &self,
        conn: &mut Connection,
        (channel, bot): (&str, i64),
        kept: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let Some(from) = gaps::heard(conn, bot, now.timestamp()).await? else { return Ok(false) };
        let gap = Gap { id: 0, from, lost_until: (now - kept).timestamp(), to: now.timestamp() };
        let dir = self.desk.directory(conn).await?;
        if self.lost_days(&dir, &gap).is_empty() {
            return Ok(false);
        }
        tracing::warn!(channel, from = gap.from, to = gap.to, "messages may have been lost");
        gaps::record(conn, bot, gap).await?;
        let (from, to) = (days::instant(gap.from), now);
        self.alarm(conn, None, now, |words| {
            let (from, to) = self.times((from, to), now, words);
            words.gap_for_admin(from, to)
        })
        .await?;
        Ok(true)
    }

    /// A message's time stamp (seconds) tells that the machine's clock is wrong: one line is
    /// logged and administrators are told, once a day; `true` if now.
    ///
    /// # Errors
    /// Of the database.
    pub async fn clock_differs(
        &self,
        conn: &mut Connection,
        (channel, bot): (&str, i64),
        stamp: i64,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        if !notices::due(conn, &format!("clock {bot}"), DAY, now.timestamp()).await? {
            return Ok(false);
        }
        tracing::warn!(channel, stamp, now = now.timestamp(), "time stamps differ from the clock of this machine");
        let time = |at: DateTime<Utc>| at.with_timezone(&self.desk.zone).format("%H:%M %d/%m/%Y").to_string();
        let (stamp, clock) = (time(days::instant(stamp)), time(now));
        self.alarm(conn, None, now, |words| words.clock_differs(&stamp, &clock)).await?;
        Ok(true)
    }

    /// What those who are about to be answered are told of gaps, each once; in the
    /// transaction of their replies.
    ///
    /// # Errors
    /// Of the database.
    pub async fn told_of_gaps<'r>(
        &self,
        conn: &mut Connection,
        rows: impl Iterator<Item = &'r Row>,
        now: DateTime<Utc>,
    ) -> Result<Vec<(&'r Row, Addressed)>> {
        let rows: Vec<&Row> = rows.collect();
        let mut bots: Vec<i64> = rows.iter().map(|r| r.bot_id).collect();
        bots.dedup();
        let open = gaps::since(conn, &bots, (now - NEWS).timestamp()).await?;
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let dir = self.desk.directory(conn).await?;
        let mut told = Vec::new();
        for row in rows {
            let Some(official) = writer(&dir, &row.channel, &row.user_id) else { continue };
            for (_, gap) in open.iter().filter(|(bot, _)| *bot == row.bot_id) {
                if gaps::settle(conn, gap.id, official).await? && self.is_missing(conn, &dir, official, gap).await? {
                    let words = self.desk.words_for(&dir, official);
                    let (from, to) = self.times((days::instant(gap.from), days::instant(gap.to)), now, words);
                    told.push((row, Addressed::plain(row, words.gap_notice(from, to))));
                }
            }
        }
        Ok(told)
    }

    fn lost_days(&self, dir: &Directory, gap: &Gap) -> Vec<NaiveDate> {
        let local = |seconds| days::instant(seconds).with_timezone(&self.desk.zone).naive_local();
        lost_days(local(gap.from), local(gap.lost_until), &dir.calendar)
    }

    /// Whether a person was expected to post for a day of the gap and has not.
    async fn is_missing(
        &self,
        conn: &mut Connection,
        dir: &Directory,
        official: OfficialId,
        gap: &Gap,
    ) -> Result<bool> {
        for day in self.lost_days(dir, gap) {
            for unit in dir.memberships_on(official, day).iter().map(|m| m.unit) {
                if dir.unit(unit).is_none_or(|u| u.practice) {
                    continue;
                }
                let posted = totals::posted(conn, &[unit], day, day).await?.remove(&unit).unwrap_or_default();
                let leaves = leaves::load(conn, &[unit], day, day).await?;
                let members = dir.members_of(unit);
                let attendance = Attendance { members, calendar: &dir.calendar, leaves: &leaves, posted: &posted };
                if attendance.missing_on(day).contains(&official) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// `14:05`, `15:20`; with their days if those are not both today.
    fn times(&self, (from, to): (DateTime<Utc>, DateTime<Utc>), now: DateTime<Utc>, words: &Words) -> (String, String) {
        let zone = self.desk.zone;
        let today = day_of(now, zone);
        let short = day_of(from, zone) == today && day_of(to, zone) == today;
        let show = |at: DateTime<Utc>| {
            let time = at.with_timezone(&zone).format("%H:%M").to_string();
            if short { time } else { words.gap_time(time, date(day_of(at, zone))) }
        };
        (show(from), show(to))
    }
}
