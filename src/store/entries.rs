//! The entries a figure is made of (`/visao`): whose number of which day, and when it was
//! said. What the summary adds up, one row each.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::counts::flows_at;
use super::{Connection, Result, days};
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, IndicatorId};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// One number of one official, day and field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    pub day: NaiveDate,
    /// `None`: posted for the whole unit.
    pub field: Option<FieldId>,
    pub official: OfficialId,
    pub value: T,
    /// Time stamp of the last standing message that named it; `None` where only a hand-over
    /// or nothing that is kept did.
    pub when: Option<DateTime<Utc>>,
}

impl<T> Entry<T> {
    /// The same entry with another value.
    pub fn with<U>(&self, value: U) -> Entry<U> {
        Entry { day: self.day, field: self.field, official: self.official, value, when: self.when }
    }
}

/// What is looked for.
#[derive(Clone, Copy)]
pub struct Place {
    pub unit: UnitId,
    pub field: Option<FieldId>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// The counts of a unit in order of days; `subjects` are the keys of figures whose messages
/// tell when.
pub async fn flows(conn: &mut Connection, place: Place, subjects: &[&str]) -> Result<Vec<Entry<Flows>>> {
    let rows = sqlx::query(
        "SELECT c.day, c.field_id, c.official_id,
                (SELECT max(p.sent_at) FROM post_lines AS l
                 JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
                 WHERE l.unit_id = c.unit_id AND l.day = c.day AND l.official_id = c.official_id
                   AND l.field_id = c.field_id AND l.subject IN (SELECT value FROM json_each(?5))),
                online, direct, postal, early, on_time, late, withdrawn
         FROM counts AS c
         WHERE c.unit_id = ?1 AND c.day BETWEEN ?2 AND ?3 AND (?4 IS NULL OR c.field_id = ?4)
         ORDER BY c.day, c.field_id, c.official_id",
    )
    .bind(place.unit.0)
    .bind(days::to_db(place.from))
    .bind(days::to_db(place.to))
    .bind(place.field.map(|f| f.0))
    .bind(Value::from(subjects).to_string())
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| entry(r, flows_at(r, 4))).collect())
}

/// The values of an indicator in order of days.
pub async fn indicator(conn: &mut Connection, place: Place, id: IndicatorId, key: &str) -> Result<Vec<Entry<i64>>> {
    let rows = sqlx::query(
        "SELECT c.day, c.field_id, c.official_id,
                (SELECT max(p.sent_at) FROM post_lines AS l
                 JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
                 WHERE l.unit_id = c.unit_id AND l.day = c.day AND l.official_id = c.official_id
                   AND l.field_id = c.field_id AND l.subject = ?6),
                c.value
         FROM indicator_counts AS c
         WHERE c.unit_id = ?1 AND c.day BETWEEN ?2 AND ?3 AND (?4 IS NULL OR c.field_id = ?4) AND c.indicator_id = ?5
         ORDER BY c.day, c.field_id, c.official_id",
    )
    .bind(place.unit.0)
    .bind(days::to_db(place.from))
    .bind(days::to_db(place.to))
    .bind(place.field.map(|f| f.0))
    .bind(id.0)
    .bind(key)
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| entry(r, r.get(4))).collect())
}

/// The standing values of a stock figure: of each official the latest up to `place.to`.
pub async fn stocks(conn: &mut Connection, place: Place, figure: Figure) -> Result<Vec<Entry<i64>>> {
    // SQLite takes a bare column (`value`) from the row that holds the max.
    let rows = sqlx::query(
        "SELECT s.day, s.field_id, s.official_id,
                (SELECT max(p.sent_at) FROM post_lines AS l
                 JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
                 WHERE l.unit_id = ?1 AND l.day = s.day AND l.official_id = s.official_id
                   AND l.field_id = s.field_id AND l.subject = ?4),
                s.value
         FROM (SELECT field_id, official_id, value, max(day) AS day FROM stocks
               WHERE unit_id = ?1 AND (?2 IS NULL OR field_id = ?2) AND day <= ?3 AND figure = ?4
               GROUP BY field_id, official_id) AS s
         ORDER BY s.field_id, s.official_id",
    )
    .bind(place.unit.0)
    .bind(place.field.map(|f| f.0))
    .bind(days::to_db(place.to))
    .bind(figure.key())
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| entry(r, r.get(4))).collect())
}

fn entry<T>(r: &SqliteRow, value: T) -> Entry<T> {
    let field: i64 = r.get(1);
    Entry {
        day: days::from_db(r.get(0)),
        field: (field != 0).then_some(FieldId(field)),
        official: OfficialId(r.get(2)),
        value,
        when: r.get::<Option<i64>, _>(3).map(days::instant),
    }
}
