//! What the nagging clock knows: how far it has looked, what was told, snoozes, times; and
//! the dossiers that are due, found by index alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::json;
use sqlx::Row;

use super::{Connection, Result, days};
use crate::domain::field::FieldId;
use crate::domain::nag::facts::Due;
use crate::domain::nag::{Minute, Slot, Times};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// Where a pass speaks: what is told in the terminal, at whatever hour its clock stands,
/// changes nothing of what phones are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Phones = 0,
    Terminal = 1,
}

/// What was told is kept so long (days).
const TOLD_KEPT: i64 = 40;

/// How far a pass of that name has looked: seconds, or a day.
pub async fn looked(conn: &mut Connection, stage: Stage, name: &str) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("SELECT at FROM nag_looks WHERE stage = ? AND name = ?")
        .bind(stage as i64)
        .bind(name)
        .fetch_optional(conn)
        .await?)
}

/// Writes down how far has been looked; `false`, and nothing, where it is no longer as it
/// was `before`: somebody else has looked meanwhile.
pub async fn look(conn: &mut Connection, (stage, name): (Stage, &str), before: Option<i64>, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO nag_looks (stage, name, at) SELECT ?1, ?2, ?4
         WHERE ?3 IS (SELECT at FROM nag_looks WHERE stage = ?1 AND name = ?2)
         ON CONFLICT (stage, name) DO UPDATE SET at = excluded.at",
    )
    .bind(stage as i64)
    .bind(name)
    .bind(before)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What was told on a day, by person; person 0 is the unit's group.
pub async fn told(conn: &mut Connection, stage: Stage, day: NaiveDate) -> Result<HashSet<(OfficialId, String)>> {
    let rows = sqlx::query("SELECT official_id, what FROM nags_told WHERE stage = ? AND day = ?")
        .bind(stage as i64)
        .bind(days::to_db(day))
        .fetch_all(conn)
        .await?;
    Ok(rows.iter().map(|r| (OfficialId(r.get(0)), r.get(1))).collect())
}

/// Writes down what is told on `day`, at `at` (seconds), and forgets what is long past.
pub async fn tell(
    conn: &mut Connection,
    stage: Stage,
    (day, at): (NaiveDate, i64),
    told: &[(OfficialId, String)],
) -> Result<()> {
    let day = days::to_db(day);
    sqlx::query("DELETE FROM nags_told WHERE stage = ? AND day < ?")
        .bind(stage as i64)
        .bind(day - TOLD_KEPT)
        .execute(&mut *conn)
        .await?;
    let rows: Vec<_> = told.iter().map(|(who, what)| json!([who.0, what])).collect();
    sqlx::query(
        "INSERT OR IGNORE INTO nags_told (stage, day, official_id, what, at)
         SELECT ?1, ?2, value ->> 0, value ->> 1, ?3 FROM json_each(?4)",
    )
    .bind(stage as i64)
    .bind(day)
    .bind(at)
    .bind(json!(rows).to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes until when (seconds) messages in the outbox are of use.
pub async fn keep_until(conn: &mut Connection, stage: Stage, rows: &[(i64, i64)]) -> Result<()> {
    let rows: Vec<_> = rows.iter().map(|(id, until)| json!([id, until])).collect();
    sqlx::query(
        "INSERT OR REPLACE INTO nag_rows (outbox_id, stage, until)
         SELECT value ->> 0, ?1, value ->> 1 FROM json_each(?2)",
    )
    .bind(stage as i64)
    .bind(json!(rows).to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// What has had its time and is not on its way: what is being sent keeps its limit, for it
/// may come back to wait once more.
const STALE: &str = "stage = ? AND until <= ?
     AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = outbox_id AND o.state = 'sending')";

/// Whether anything noted by [`keep_until`] has had its time by `now` (seconds).
pub async fn has_stale(conn: &mut Connection, stage: Stage, now: i64) -> Result<bool> {
    let found: Option<i64> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT 1 FROM nag_rows WHERE {STALE} LIMIT 1")))
            .bind(stage as i64)
            .bind(now)
            .fetch_optional(conn)
            .await?;
    Ok(found.is_some())
}

/// Takes what has had its time and still waits out of the outbox; returns how many messages
/// that were.
pub async fn withdraw(conn: &mut Connection, stage: Stage, now: i64) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE outbox SET state = 'dropped', error = 'overtaken' WHERE state = 'waiting'
           AND id IN (SELECT outbox_id FROM nag_rows WHERE stage = ? AND until <= ?)",
    )
    .bind(stage as i64)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM nag_rows WHERE {STALE}")))
        .bind(stage as i64)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// What readers of the 08:05 message know.
pub async fn known(conn: &mut Connection, stage: Stage) -> Result<HashSet<(OfficialId, UnitId, String)>> {
    let rows = sqlx::query("SELECT official_id, unit_id, fact FROM nags_known WHERE stage = ?")
        .bind(stage as i64)
        .fetch_all(conn)
        .await?;
    Ok(rows.iter().map(|r| (OfficialId(r.get(0)), UnitId(r.get(1)), r.get(2))).collect())
}

/// Writes down what each of these readers knows now, in place of what they knew.
pub async fn set_known(
    conn: &mut Connection,
    stage: Stage,
    known: &BTreeMap<(OfficialId, UnitId), BTreeSet<String>>,
) -> Result<()> {
    let readers: Vec<_> = known.keys().map(|(who, unit)| json!([who.0, unit.0])).collect();
    sqlx::query(
        "DELETE FROM nags_known WHERE stage = ?1 AND (official_id, unit_id) IN
             (SELECT value ->> 0, value ->> 1 FROM json_each(?2))",
    )
    .bind(stage as i64)
    .bind(json!(readers).to_string())
    .execute(&mut *conn)
    .await?;
    let rows = known.iter().flat_map(|((who, unit), facts)| facts.iter().map(|f| json!([who.0, unit.0, f])));
    let rows: Vec<_> = rows.collect();
    sqlx::query(
        "INSERT OR IGNORE INTO nags_known (stage, official_id, unit_id, fact)
         SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)",
    )
    .bind(stage as i64)
    .bind(json!(rows).to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// The times of units that differ from the usual ones, as they hold on `day`.
pub async fn times(conn: &mut Connection, day: NaiveDate) -> Result<HashMap<UnitId, Times>> {
    let rows = sqlx::query("SELECT unit_id, slot, iif(since <= ?1, minute, former) FROM nag_times")
        .bind(days::to_db(day))
        .fetch_all(conn)
        .await?;
    let mut all: HashMap<UnitId, Times> = HashMap::new();
    for r in &rows {
        if let Some(slot) = Slot::from_key(r.get(1)) {
            let minute = r.get::<Option<i64>, _>(2).and_then(|m| Minute::try_from(m).ok());
            all.entry(UnitId(r.get(0))).or_default().set(slot, minute);
        }
    }
    Ok(all)
}

/// Sets a time (`None`: off) from `since` on; until then `former` holds.
pub async fn set_time(
    conn: &mut Connection,
    (unit, slot): (UnitId, Slot),
    minute: Option<Minute>,
    (since, former): (NaiveDate, Option<Minute>),
) -> Result<()> {
    sqlx::query(
        "INSERT INTO nag_times (unit_id, slot, minute, since, former) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET minute = excluded.minute, since = excluded.since, former = excluded.former",
    )
    .bind(unit.0)
    .bind(slot.key())
    .bind(minute)
    .bind(days::to_db(since))
    .bind(former)
    .execute(conn)
    .await?;
    Ok(())
}

/// A snooze as stored; instants in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSnooze {
    pub official: OfficialId,
    pub said_at: i64,
    pub until: i64,
    pub reason: String,
}

/// The newest snooze of each person that ends after `since` (seconds) or is still to end.
pub async fn snoozes(conn: &mut Connection, since: i64) -> Result<Vec<StoredSnooze>> {
    let rows = sqlx::query(
        "SELECT official_id, said_at, until, reason FROM snoozes s
         WHERE until > ? AND id = (SELECT id FROM snoozes n WHERE n.official_id = s.official_id
                                   ORDER BY said_at DESC, id DESC LIMIT 1)",
    )
    .bind(since)
    .fetch_all(conn)
    .await?;
    let read = |r: &sqlx::sqlite::SqliteRow| StoredSnooze {
        official: OfficialId(r.get(0)),
        said_at: r.get(1),
        until: r.get(2),
        reason: r.get(3),
    };
    Ok(rows.iter().map(read).collect())
}

/// How often a person has put off since `from` (seconds).
pub async fn snoozed_since(conn: &mut Connection, who: OfficialId, from: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM snoozes WHERE official_id = ? AND said_at >= ?")
        .bind(who.0)
        .bind(from)
        .fetch_one(conn)
        .await?)
}

pub async fn snooze(conn: &mut Connection, snooze: &StoredSnooze) -> Result<()> {
    sqlx::query("INSERT INTO snoozes (official_id, said_at, until, reason) VALUES (?, ?, ?, ?)")
        .bind(snooze.official.0)
        .bind(snooze.said_at)
        .bind(snooze.until)
        .bind(&snooze.reason)
        .execute(conn)
        .await?;
    Ok(())
}

/// Finds the open dossiers of some units that are due on `?2` or before: the index holds only
/// open ones, unit by unit in order of their due days, so the cost is what is due.
pub const DUE: &str =
    "SELECT d.unit_id, d.id, d.code, d.field_id, d.holder_id, d.due, d.reason <> '' OR d.promised_reason <> ''
     FROM json_each(?1) u CROSS JOIN dossiers d INDEXED BY dossiers_open_due
       ON d.unit_id = u.value AND d.state = 'open' AND d.due <= ?2
     ORDER BY d.unit_id, d.due, d.id";

/// Open dossiers of `units` due on `until` or before, oldest first.
pub async fn due(conn: &mut Connection, units: &[UnitId], until: NaiveDate) -> Result<HashMap<UnitId, Vec<Due>>> {
    let units: Vec<i64> = units.iter().map(|u| u.0).collect();
    let rows = sqlx::query(DUE).bind(json!(units).to_string()).bind(days::to_db(until)).fetch_all(conn).await?;
    let mut all: HashMap<UnitId, Vec<Due>> = HashMap::new();
    for r in &rows {
        all.entry(UnitId(r.get(0))).or_default().push(Due {
            id: r.get(1),
            code: r.get(2),
            field: FieldId(r.get(3)),
            holder: r.get::<Option<i64>, _>(4).map(OfficialId),
            due: days::from_db(r.get(5)),
            explained: r.get::<i64, _>(6) != 0,
        });
    }
    Ok(all)
}

/// Whether an administrator has confirmed the days off of a year.
pub async fn is_year_confirmed(conn: &mut Connection, year: i32) -> Result<bool> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM holiday_years WHERE year = ?").bind(year).fetch_optional(conn).await?;
    Ok(found.is_some())
}

/// Writes down that the days off of a year are right.
pub async fn confirm_year(conn: &mut Connection, year: i32, who: Option<OfficialId>, at: i64) -> Result<()> {
    sqlx::query("INSERT OR IGNORE INTO holiday_years (year, confirmed_by, confirmed_at) VALUES (?, ?, ?)")
        .bind(year)
        .bind(who.map(|w| w.0))
        .bind(at)
        .execute(conn)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::outbox;
    use crate::store::sample::{Sample, day, field};

    #[tokio::test]
    async fn what_is_due_is_found_by_index_whatever_is_open() {
        let sample = Sample::new().await;
        let unit = sample.unit("A", None, "15-14").await;
        let ht = field(&sample.dir().await, "HT");
        let mut w = sample.store.write().await.unwrap();
        for (code, due, state) in [("a", 3, "open"), ("b", 1, "open"), ("c", 9, "open"), ("d", 2, "resolved")] {
            let sql = "INSERT INTO dossiers (unit_id, code, tail, field_id, received, due, state) VALUES (?1, ?2, ?2, ?3, 0, ?4, ?5)";
            let query = sqlx::query(sql).bind(unit.0).bind(code).bind(ht.0);
            query.bind(days::to_db(day("2026-11-20")) + due).bind(state).execute(&mut *w).await.unwrap();
        }
        let found = due(&mut w, &[unit], day("2026-11-23")).await.unwrap();
        let codes: Vec<&str> = found[&unit].iter().map(|d| d.code.as_str()).collect();
        assert_eq!(codes, ["b", "a"], "open ones alone, the oldest first");
        let plan = sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {DUE}")));
        let plan = plan.bind("[1]").bind(1).fetch_all(&mut *w).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|r| r.get("detail")).collect();
        assert!(plan.iter().any(|p| p.contains("USING INDEX dossiers_open_due (unit_id=? AND due<?)")), "{plan:?}");
        assert!(!plan.iter().any(|p| p.starts_with("SCAN d")), "{plan:?}");
    }

    #[tokio::test]
    async fn what_has_had_its_time_leaves_the_outbox_unless_it_has_left() {
        let sample = Sample::new().await;
        let mut w = sample.store.write().await.unwrap();
        let sql = "INSERT INTO bots (id, channel, platform_id) VALUES (1, 'telegram', '1');
                   INSERT INTO outbox (id, bot_id, chat_id, private, text, state, created_at) VALUES
                       (1, 1, '7', 1, 'a', 'waiting', 0), (2, 1, '7', 1, 'b', 'sent', 0), (3, 1, '7', 1, 'c', 'waiting', 0),
                       (4, 1, '7', 1, 'd', 'waiting', 0), (5, 1, '8', 1, 'e', 'sending', 0)";
        sqlx::raw_sql(sql).execute(&mut *w).await.unwrap();
        keep_until(&mut w, Stage::Phones, &[(1, 100), (2, 100), (3, 200), (5, 100)]).await.unwrap();
        keep_until(&mut w, Stage::Terminal, &[(4, 100)]).await.unwrap();
        assert!(!has_stale(&mut w, Stage::Phones, 99).await.unwrap());
        assert!(has_stale(&mut w, Stage::Phones, 100).await.unwrap());
        assert_eq!(withdraw(&mut w, Stage::Phones, 150).await.unwrap(), 1);
        assert_eq!(states(&mut w).await, ["dropped", "sent", "waiting", "waiting", "sending"]);
        assert!(!has_stale(&mut w, Stage::Phones, 150).await.unwrap(), "what is being sent may still arrive");
        // The run ended before it did: it is back among what waits, past its time.
        assert_eq!(outbox::recover(&mut w, 1).await.unwrap(), 1);
        let claimed = outbox::claim(&mut w, 1, 9, &["7"], 150).await.unwrap();
        assert!(claimed.is_empty(), "{claimed:?}");
        assert!(has_stale(&mut w, Stage::Phones, 150).await.unwrap());
        assert_eq!(withdraw(&mut w, Stage::Phones, 150).await.unwrap(), 1);
        assert_eq!(states(&mut w).await, ["dropped", "sent", "waiting", "waiting", "dropped"]);
    }

    async fn states(conn: &mut Connection) -> Vec<String> {
        sqlx::query_scalar("SELECT state FROM outbox ORDER BY id").fetch_all(conn).await.unwrap()
    }

    #[tokio::test]
    async fn of_two_who_look_at_once_one_tells() {
        let sample = Sample::new().await;
        let mut w = sample.store.write().await.unwrap();
        let name = (Stage::Phones, "day");
        assert!(look(&mut w, name, None, 10).await.unwrap());
        assert!(!look(&mut w, name, None, 11).await.unwrap());
        assert!(look(&mut w, name, Some(10), 11).await.unwrap());
        assert!(!look(&mut w, name, Some(10), 12).await.unwrap());
        assert_eq!(looked(&mut w, Stage::Phones, "day").await.unwrap(), Some(11));
        assert_eq!(looked(&mut w, Stage::Terminal, "day").await.unwrap(), None);
    }
}
