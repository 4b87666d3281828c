//! Lists that wait for their sender's yes.

use sqlx::Row;

use super::{Connection, Result};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// How long a list waits (seconds).
pub const KEPT: i64 = 86_400;

/// Keeps a list; returns its id.
pub async fn keep(conn: &mut Connection, (unit, official): (UnitId, OfficialId), rows: &str, now: i64) -> Result<i64> {
    let done = sqlx::query("INSERT INTO imports (unit_id, official_id, rows, created_at) VALUES (?, ?, ?, ?)")
        .bind(unit.0)
        .bind(official.0)
        .bind(rows)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(done.last_insert_rowid())
}

/// Takes a list of that person out; `None` if it has gone.
pub async fn take(conn: &mut Connection, id: i64, official: OfficialId, now: i64) -> Result<Option<(UnitId, String)>> {
    let row =
        sqlx::query("DELETE FROM imports WHERE id = ? AND official_id = ? AND created_at >= ? RETURNING unit_id, rows")
            .bind(id)
            .bind(official.0)
            .bind(now - KEPT)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|r| (UnitId(r.get(0)), r.get(1))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, prune};

    async fn left(store: &Store) -> i64 {
        let mut r = store.read().await.unwrap();
        sqlx::query_scalar("SELECT count(*) FROM imports").fetch_one(&mut *r).await.unwrap()
    }

    #[tokio::test]
    async fn a_list_is_its_senders_once_and_for_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}/x.db", folder.path().display())).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let scene = "INSERT INTO units (id, code, name) VALUES (1, 'A', 'Xã A');
                     INSERT INTO officials (id, name) VALUES (1, 'Lan'), (2, 'Minh')";
        sqlx::raw_sql(scene).execute(&mut *tx).await.unwrap();
        let who = (UnitId(1), OfficialId(1));
        let id = keep(&mut tx, who, "[]", 1_000).await.unwrap();
        let late = keep(&mut tx, who, "[]", 1_000).await.unwrap();
        assert_eq!(take(&mut tx, id, OfficialId(2), 1_000).await.unwrap(), None);
        assert_eq!(take(&mut tx, late, OfficialId(1), 1_001 + KEPT).await.unwrap(), None);
        assert_eq!(take(&mut tx, id, OfficialId(1), 1_000 + KEPT).await.unwrap(), Some((UnitId(1), "[]".to_string())));
        assert_eq!(take(&mut tx, id, OfficialId(1), 1_000).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(left(&store).await, 1);
        prune::prune(&store, 1_000 + KEPT, 400).await.unwrap();
        assert_eq!(left(&store).await, 1);
        prune::prune(&store, 1_001 + KEPT, 400).await.unwrap();
        assert_eq!(left(&store).await, 0);
    }
}
