//! Messages whose stored lines are no longer what their acts noted as read, and acts that
//! are no longer what they were.
//!
//! What can be proven within one file: an act's seal covers the act before it, the post and
//! every line that was read of its message; the greatest id ever given is kept beside the
//! rows. So a row changed, added or taken away shows, at the end of the chain too. Who
//! rewrites every seal from the change on, and the ids, makes another whole history: only a
//! copy kept elsewhere tells it from this one. Lines older than migration 11 have no seal;
//! of them only the replay speaks ([`super::replayed`]).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::posts::{Head, LINE_TEXT};
use crate::store::{Connection, Result, days};

/// An act or message that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub what: What,
    pub unit: Option<UnitId>,
    /// The days the message speaks of, as its acts noted them.
    pub days: Vec<NaiveDate>,
    /// Who did it or, of a message, sent it; `None`: the command line.
    pub who: Option<OfficialId>,
    /// When the act was written down or the message was sent.
    pub at: DateTime<Utc>,
}

/// What is wrong with it. Numbers are row ids of acts (`Act`) and posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// An act whose seal does not fit: changed, or rows before it changed or gone.
    Act(i64),
    /// A message whose lines, unit, sender or time differ from what was read.
    Lines(i64),
    /// A message that is no longer there.
    Gone(i64),
    /// A message that stands, or does not, or in a form, of which no act tells.
    Standing(i64),
}

/// Rows looked at by one statement.
const STEP: i64 = 2_000;

/// Every act whose message is not what it read, in order. Costs a look at each line ever
/// read, a few seconds a million.
pub async fn wrong(conn: &mut Connection) -> Result<Vec<What>> {
    let mut found = BTreeSet::new();
    let sql = format!(
        "SELECT a.id, a.form, a.lines, a.post_id, p.kind, p.unit_id, p.sender_id, p.sent_at,
                (SELECT group_concat(line, ';') FROM
                    (SELECT {LINE_TEXT} AS line FROM post_lines AS l
                     WHERE l.post_id = a.post_id AND l.form = a.form ORDER BY l.seq))
         FROM audit AS a LEFT JOIN posts AS p ON p.id = a.post_id
         WHERE a.id > ?1 AND a.lines IS NOT NULL ORDER BY a.id LIMIT ?2"
    );
    let mut last = 0_i64;
    loop {
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql.as_str())).bind(last).bind(STEP).fetch_all(&mut *conn).await?;
        let Some(end) = rows.last() else { break };
        last = end.get(0);
        found.extend(rows.iter().filter_map(differs));
    }
    found.extend(standing(conn).await?);
    Ok(found.into_iter().collect())
}

fn differs(r: &SqliteRow) -> Option<What> {
    let id = r.get(3);
    let Some(kind) = r.get::<Option<&str>, _>(4) else { return Some(What::Gone(id)) };
    let head = Head { id, kind, unit: r.get(5), sender: r.get(6), sent_at: r.get(7) };
    let lines: Option<&str> = r.get(8);
    let noted: &[u8] = r.get(2);
    (head.read(r.get(1), lines.unwrap_or_default()).seal != noted).then_some(What::Lines(id))
}

/// Posts without an act, in a form no act noted, or undone (or not) unlike their acts.
async fn standing(conn: &mut Connection) -> Result<Vec<What>> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM posts AS p LEFT JOIN
             (SELECT post_id, max(form) AS noted, max(kind = 'undo') AS undone FROM audit
              WHERE post_id IS NOT NULL GROUP BY post_id) AS a ON a.post_id = p.id
         WHERE a.post_id IS NULL OR (p.undone_at IS NOT NULL) <> a.undone OR p.form <> coalesce(a.noted, p.form)
         ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(What::Standing).collect())
}

/// Whose, of when and about which days it is: for the few that are told.
pub async fn describe(conn: &mut Connection, found: &[What]) -> Result<Vec<Wrong>> {
    let mut all = Vec::with_capacity(found.len());
    for what in found {
        let (sql, id) = match what {
            What::Act(id) => (DESCRIBE_ACT, id),
            What::Lines(id) | What::Gone(id) | What::Standing(id) => (DESCRIBE_POST, id),
        };
        let row = sqlx::query(sql).bind(id).fetch_optional(&mut *conn).await?;
        let Some(r) = row else { continue };
        let unit: Option<i64> = r.get(0);
        let on: Vec<i64> = sqlx::query_scalar(DAYS).bind(unit).bind(r.get::<i64, _>(3)).fetch_all(&mut *conn).await?;
        all.push(Wrong {
            what: *what,
            unit: unit.map(UnitId),
            days: on.into_iter().map(days::from_db).collect(),
            who: r.get::<Option<i64>, _>(1).map(OfficialId),
            at: days::instant(r.get(2)),
        });
    }
    Ok(all)
}

const DESCRIBE_ACT: &str = "SELECT unit_id, actor_id, at, coalesce(post_id, 0) FROM audit WHERE id = ?";
// What the post's row says where it is there, else its first act.
const DESCRIBE_POST: &str =
    "SELECT coalesce(p.unit_id, a.unit_id), coalesce(p.sender_id, a.actor_id), coalesce(p.sent_at, a.at), ?1
     FROM (SELECT 1) LEFT JOIN posts AS p ON p.id = ?1
     LEFT JOIN audit AS a ON a.id = (SELECT min(id) FROM audit WHERE post_id = ?1)";
const DAYS: &str = "SELECT DISTINCT day FROM audit_days
     WHERE unit_id = ?1 AND audit_id IN (SELECT id FROM audit WHERE post_id = ?2) ORDER BY day";

/// The posts that speak of a count, as they stand: to name them.
pub async fn speaking_of(
    conn: &mut Connection,
    unit: UnitId,
    (official, day, field): (OfficialId, NaiveDate, Option<FieldId>),
) -> Result<Vec<i64>> {
    let ids = sqlx::query_scalar(
        "SELECT DISTINCT l.post_id FROM post_lines AS l
         JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
         WHERE l.unit_id = ? AND l.day = ? AND l.official_id = ? AND l.field_id = ? ORDER BY l.post_id",
    )
    .bind(unit.0)
    .bind(days::to_db(day))
    .bind(official.0)
    .bind(field.map_or(0, |f| f.0))
    .fetch_all(conn)
    .await?;
    Ok(ids)
}
