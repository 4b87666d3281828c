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

/// The last day on which a person was told something of that key.
pub async fn last_told(conn: &mut Connection, stage: Stage, who: OfficialId, what: &str) -> Result<Option<NaiveDate>> {
    let day: Option<i64> =
        sqlx::query_scalar("SELECT max(day) FROM nags_told WHERE stage = ? AND official_id = ? AND what = ?")
            .bind(stage as i64)
            .bind(who.0)
            .bind(what)
            .fetch_one(conn)
            .await?;
    Ok(day.map(days::from_db))
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
pub const DUE: &str = "SELECT d.unit_id, d.id, d.code, d.field_id, d.holder_id, d.due, d.reason <> ''
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
