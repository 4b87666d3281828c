//! Who did what, when. Each row is sealed with the one before it (SHA-256), so that a
//! later change of any row shows.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::counts::{Change, ZeroDay};
use super::directory::Directory;
use super::posts::Read;
use super::{Connection, Result, StoreError, days};
use crate::domain::figure::Subject;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// One act to be written down.
#[derive(Clone, Copy)]
pub struct Act<'a> {
    /// Seconds since 1970.
    pub at: i64,
    /// `None`: the command line.
    pub actor: Option<OfficialId>,
    pub unit: Option<UnitId>,
    /// What was done, such as `post`, `edit`, `undo`, `invite`, `remove`.
    pub kind: &'a str,
    pub post: Option<i64>,
    /// What was read of the post's message; `None` for acts that read nothing.
    pub read: Option<Read>,
    /// JSON; for counts a list of changes from → to.
    pub detail: &'a str,
}

impl Act<'_> {
    fn seal(&self, before: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(before);
        let head = format!(
            "{}|{}|{}|{}|{}|",
            self.at,
            self.actor.map_or(0, |a| a.0),
            self.unit.map_or(0, |u| u.0),
            self.kind,
            self.post.unwrap_or(0)
        );
        hash.update(head.as_bytes());
        hash.update(self.detail.as_bytes());
        if let Some(Read { form, seal }) = self.read {
            hash.update(format!("|{form}|").as_bytes());
            hash.update(seal);
        }
        hash.finalize().to_vec()
    }
}

/// Writes an act down; returns its row id.
pub async fn write(conn: &mut Connection, act: &Act<'_>) -> Result<i64> {
    write_days(conn, act, &BTreeSet::new()).await
}

/// Writes an act down under each unit day it touches, for the history of that day.
pub async fn write_days(conn: &mut Connection, act: &Act<'_>, days: &BTreeSet<i64>) -> Result<i64> {
    let ids = write_all(conn, &[(*act, days.clone())]).await?;
    ids.first().copied().ok_or_else(|| StoreError::Inconsistent { table: "audit", what: "no id came back".to_string() })
}

/// Writes acts down in their order, each under the unit days it touches; returns their row
/// ids.
pub async fn write_all(conn: &mut Connection, acts: &[(Act<'_>, BTreeSet<i64>)]) -> Result<Vec<i64>> {
    let last = sqlx::query_scalar("SELECT seal FROM audit ORDER BY id DESC LIMIT 1");
    let mut seal: Vec<u8> = last.fetch_optional(&mut *conn).await?.unwrap_or_default();
    let mut rows = Vec::with_capacity(acts.len());
    for (act, _) in acts {
        seal = act.seal(&seal);
        let (form, lines) = act.read.map(|r| (r.form, hex(&r.seal))).unzip();
        let (actor, unit) = (act.actor.map(|a| a.0), act.unit.map(|u| u.0));
        rows.push(json!([act.at, actor, unit, act.kind, act.post, act.detail, hex(&seal), form, lines]));
    }
    let mut ids: Vec<i64> = sqlx::query_scalar(
        "INSERT INTO audit (at, actor_id, unit_id, kind, post_id, detail, seal, form, lines)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, unhex(value ->> 6),
                value ->> 7, unhex(value ->> 8)
         FROM json_each(?) ORDER BY key RETURNING id",
    )
    .bind(Value::from(rows).to_string())
    .fetch_all(&mut *conn)
    .await?;
    ids.sort_unstable();
    let days = acts
        .iter()
        .zip(&ids)
        .flat_map(|((act, days), id)| days.iter().map(move |day| json!([act.unit.map_or(0, |u| u.0), day, id])));
    let days: Vec<Value> = days.collect();
    if !days.is_empty() {
        sqlx::query(
            "INSERT INTO audit_days (unit_id, day, audit_id)
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
        )
        .bind(Value::from(days).to_string())
        .execute(conn)
        .await?;
    }
    Ok(ids)
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]).collect()
}

/// Changes of counts as the detail of an act: `[[official, day, field, key, from, to], …]`.
/// A zero has the key `""`: from nothing to 0, or, taken back, from 0 to nothing.
pub fn changes_json(dir: &Directory, changes: &[Change], zeros: &[ZeroDay]) -> String {
    let zeros = zeros.iter().map(|z| {
        let (from, to) = if z.stands { (None, Some(0)) } else { (Some(0), None) };
        json!([z.key.official.0, days::to_db(z.key.day), z.key.field.map_or(0, |f| f.0), "", from, to])
    });
    let rows: Vec<Value> = changes
        .iter()
        .map(|c| {
            let subject = match c.subject {
                Subject::Figure(f) => f.key().to_string(),
                Subject::Indicator(id) => dir.indicator(id).map(|i| i.key.clone()).unwrap_or_default(),
            };
            let field = c.key.field.map_or(0, |f| f.0);
            json!([c.key.official.0, days::to_db(c.key.day), field, subject, c.from, c.to])
        })
        .chain(zeros)
        .collect();
    Value::from(rows).to_string()
}

/// Walks the chain; returns the id of the first row whose seal does not fit.
pub async fn first_broken(conn: &mut Connection) -> Result<Option<i64>> {
    let mut before: Vec<u8> = Vec::new();
    let mut last = 0_i64;
    loop {
        let rows = sqlx::query(
            "SELECT id, at, actor_id, unit_id, kind, post_id, detail, seal, form, lines FROM audit WHERE id > ? ORDER BY id LIMIT 1000",
        )
        .bind(last)
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        for r in rows {
            last = r.get(0);
            let act = Act {
                at: r.get(1),
                actor: r.get::<Option<i64>, _>(2).map(OfficialId),
                unit: r.get::<Option<i64>, _>(3).map(UnitId),
                kind: r.get(4),
                post: r.get(5),
                read: read_at(&r, 8),
                detail: r.get(6),
            };
            let seal: Vec<u8> = r.get(7);
            if act.seal(&before) != seal {
                return Ok(Some(last));
            }
            before = seal;
        }
    }
}

/// What an act noted as read, from column `at` on. A seal of another length reads as zeros,
/// which is no seal of anything.
fn read_at(r: &sqlx::sqlite::SqliteRow, at: usize) -> Option<Read> {
    let lines: Option<&[u8]> = r.get(at + 1);
    Some(Read { form: r.get::<Option<i64>, _>(at)?, seal: lines?.try_into().unwrap_or_default() })
}

/// How many acts were ever written down, and how many are there. They differ where the end of
/// the chain was cut off: the next id is kept by SQLite itself, beside the rows.
pub async fn written_and_left(conn: &mut Connection) -> Result<(i64, i64)> {
    let row = sqlx::query(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0), (SELECT count(*) FROM audit)",
    )
    .fetch_one(conn)
    .await?;
    Ok((row.get(0), row.get(1)))
}
