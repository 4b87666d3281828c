//! Days of leave (`/nghi`). A leave is never rewritten: what is taken back ends its row, and
//! what is left of it is a row of its own.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Connection, Result, days};
use crate::domain::complete::Leaves;
use crate::domain::nag::absence::Leave;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// Who is on leave on any day of `from`..=`to`, of all who are or were members of `units`.
pub async fn load(conn: &mut Connection, units: &[UnitId], from: NaiveDate, to: NaiveDate) -> Result<Leaves> {
    let found = touching(conn, units, from, to).await?;
    Ok(Leaves::new(found.into_iter().map(|l| (l.official, l.first, l.last))))
}

/// The leaves behind [`load`], in order of entry.
pub async fn touching(conn: &mut Connection, units: &[UnitId], from: NaiveDate, to: NaiveDate) -> Result<Vec<Leave>> {
    let units: Vec<i64> = units.iter().map(|u| u.0).collect();
    let rows = sqlx::query(
        "SELECT id, official_id, unit_id, first_day, last_day, standin_id FROM leaves INDEXED BY leaves_days
         WHERE ended_at IS NULL AND last_day >= ?2 AND first_day <= ?3
           AND EXISTS (SELECT 1 FROM memberships m WHERE m.official_id = leaves.official_id
                       AND m.unit_id IN (SELECT value FROM json_each(?1)))
         ORDER BY id",
    )
    .bind(json!(units).to_string())
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(read).collect())
}

/// All leaves on any day of `from`..=`to`, of whomever.
pub async fn between(conn: &mut Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<Leave>> {
    let rows = sqlx::query(
        "SELECT id, official_id, unit_id, first_day, last_day, standin_id FROM leaves INDEXED BY leaves_days
         WHERE ended_at IS NULL AND last_day >= ? AND first_day <= ? ORDER BY id",
    )
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(read).collect())
}

/// A person's leaves that end on `from` or later, in order of days.
pub async fn of(conn: &mut Connection, official: OfficialId, from: NaiveDate) -> Result<Vec<Leave>> {
    let rows = sqlx::query(
        "SELECT id, official_id, unit_id, first_day, last_day, standin_id FROM leaves
         WHERE official_id = ? AND ended_at IS NULL AND last_day >= ? ORDER BY first_day, id",
    )
    .bind(official.0)
    .bind(days::to_db(from))
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(read).collect())
}

/// Enters a leave (its `id` is not looked at); who said so, and when (seconds).
pub async fn add(conn: &mut Connection, leave: &Leave, (by, at): (OfficialId, i64)) -> Result<()> {
    sqlx::query(
        "INSERT INTO leaves (official_id, unit_id, first_day, last_day, standin_id, entered_by, entered_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(leave.official.0)
    .bind(leave.unit.0)
    .bind(days::to_db(leave.first))
    .bind(days::to_db(leave.last))
    .bind(leave.stand_in.map(|s| s.0))
    .bind(by.0)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the days `from`..=`to` out of a person's leaves; the rest of each stays. Returns
/// whether there was anything to take back.
pub async fn take_back(
    conn: &mut Connection,
    official: OfficialId,
    (from, to): (NaiveDate, NaiveDate),
    (by, at): (OfficialId, i64),
) -> Result<bool> {
    let hit: Vec<Leave> = of(conn, official, from).await?.into_iter().filter(|l| l.first <= to).collect();
    for leave in &hit {
        sqlx::query("UPDATE leaves SET ended_at = ? WHERE id = ?").bind(at).bind(leave.id).execute(&mut *conn).await?;
        let before = from.pred_opt().filter(|last| leave.first <= *last);
        let after = to.succ_opt().filter(|first| *first <= leave.last);
        if let Some(last) = before {
            add(conn, &Leave { last, ..leave.clone() }, (by, at)).await?;
        }
        if let Some(first) = after {
            add(conn, &Leave { first, ..leave.clone() }, (by, at)).await?;
        }
    }
    Ok(!hit.is_empty())
}

fn read(r: &SqliteRow) -> Leave {
    Leave {
        id: r.get(0),
        official: OfficialId(r.get(1)),
        unit: UnitId(r.get(2)),
        first: days::from_db(r.get(3)),
        last: days::from_db(r.get(4)),
        stand_in: r.get::<Option<i64>, _>(5).map(OfficialId),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, day};

    #[tokio::test]
    async fn a_day_taken_back_leaves_the_others() {
        let sample = Sample::new().await;
        let unit = sample.unit("A", None, "15-14").await;
        let other = sample.unit("B", None, "15-14").await;
        let lan = sample.officer(unit, "Lan", "2026-01-01", &[]).await;
        let mut w = sample.store.write().await.unwrap();
        let leave =
            Leave { id: 0, official: lan, unit, first: day("2026-11-18"), last: day("2026-11-20"), stand_in: None };
        add(&mut w, &leave, (lan, 1)).await.unwrap();
        let on = async |w: &mut Connection, unit, iso: &str| {
            load(w, &[unit], day("2026-11-01"), day("2026-11-30")).await.unwrap().holds(lan, day(iso))
        };
        assert!(on(&mut w, unit, "2026-11-19").await);
        assert!(!on(&mut w, other, "2026-11-19").await);
        let middle = (day("2026-11-19"), day("2026-11-19"));
        assert!(take_back(&mut w, lan, middle, (lan, 2)).await.unwrap());
        for (iso, expected) in [("2026-11-18", true), ("2026-11-19", false), ("2026-11-20", true)] {
            assert_eq!(on(&mut w, unit, iso).await, expected, "{iso}");
        }
        assert!(!take_back(&mut w, lan, middle, (lan, 3)).await.unwrap());
    }
}
