//! Days off and worked Saturdays.

use chrono::NaiveDate;
use sqlx::Row;

use super::{Connection, Result, days, directory};
use crate::domain::calendar::DayKind;

/// One row of the holiday table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub day: NaiveDate,
    pub kind: DayKind,
    pub name: String,
}

/// Days from `first` to `last`, in order.
pub async fn list(conn: &mut Connection, first: NaiveDate, last: NaiveDate) -> Result<Vec<Holiday>> {
    let rows = sqlx::query("SELECT day, kind, name FROM holidays WHERE day BETWEEN ? AND ? ORDER BY day")
        .bind(days::to_db(first))
        .bind(days::to_db(last))
        .fetch_all(conn)
        .await?;
    let holiday = |r: &sqlx::sqlite::SqliteRow| Holiday {
        day: days::from_db(r.get(0)),
        kind: if r.get::<&str, _>(1) == "work" { DayKind::Work } else { DayKind::Off },
        name: r.get(2),
    };
    Ok(rows.iter().map(holiday).collect())
}

/// Makes a day a day off or a worked day; an empty name keeps the one that stands.
pub async fn set(conn: &mut Connection, holiday: &Holiday) -> Result<()> {
    let kind = if holiday.kind == DayKind::Work { "work" } else { "off" };
    sqlx::query(
        "INSERT INTO holidays (day, kind, name) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET name = CASE WHEN ?3 = '' AND kind = ?2 THEN name ELSE ?3 END, kind = ?2",
    )
    .bind(days::to_db(holiday.day))
    .bind(kind)
    .bind(&holiday.name)
    .execute(&mut *conn)
    .await?;
    directory::touch(conn).await
}

/// Takes a day off the table; false if it was not there.
pub async fn remove(conn: &mut Connection, day: NaiveDate) -> Result<bool> {
    let done = sqlx::query("DELETE FROM holidays WHERE day = ?").bind(days::to_db(day)).execute(&mut *conn).await?;
    directory::touch(conn).await?;
    Ok(done.rows_affected() > 0)
}
