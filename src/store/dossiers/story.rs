//! The whole story of one dossier.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::acts::Kind;
use super::rows::from_snapshot;
use crate::domain::dossier::Dossier;
use crate::domain::official::OfficialId;
use crate::store::{Connection, Result, StoreError, days};

/// One thing done with a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    pub kind: Kind,
    /// `None`: the command line.
    pub by: Option<OfficialId>,
    pub at: DateTime<Utc>,
    /// Taken back since.
    pub undone: bool,
    pub before: Option<Dossier>,
    pub after: Dossier,
}

/// What was done with a dossier, in order.
pub async fn story(conn: &mut Connection, dossier: &Dossier) -> Result<Vec<Chapter>> {
    let rows = sqlx::query(
        "SELECT a.kind, a.sender_id, a.sent_at, a.undone_at IS NOT NULL, c.before, c.after
         FROM dossier_changes AS c JOIN dossier_acts AS a ON a.id = c.act_id
         WHERE c.dossier_id = ?1 ORDER BY c.act_id",
    )
    .bind(dossier.id.0)
    .fetch_all(conn)
    .await?;
    let odd = |what: &str| StoreError::Inconsistent { table: "dossier_acts", what: what.to_string() };
    let mut story = Vec::with_capacity(rows.len());
    for r in &rows {
        let kind: &str = r.get(0);
        story.push(Chapter {
            kind: Kind::from_key(kind).ok_or_else(|| odd(kind))?,
            by: r.get::<Option<i64>, _>(1).map(OfficialId),
            at: days::instant(r.get(2)),
            undone: r.get::<i64, _>(3) != 0,
            before: from_snapshot(dossier, r.get(4))?,
            after: from_snapshot(dossier, r.get(5))?.ok_or_else(|| odd("no after"))?,
        });
    }
    Ok(story)
}
