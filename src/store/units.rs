//! Units as they are entered; reading them is [`super::directory`].

use sqlx::Row;

use super::{Connection, Result, StoreError, directory};
use crate::domain::period::Scheme;
use crate::domain::unit::{Unit, UnitId};

/// A unit to be entered.
pub struct NewUnit<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub parent: Option<UnitId>,
    pub scheme: Scheme,
    pub practice: bool,
}

/// Enters a unit.
///
/// # Errors
/// Of the database; a code that exists already is one.
pub async fn add(conn: &mut Connection, unit: &NewUnit<'_>) -> Result<UnitId> {
    let done = sqlx::query("INSERT INTO units (code, name, parent_id, scheme, practice) VALUES (?, ?, ?, ?, ?)")
        .bind(unit.code)
        .bind(unit.name)
        .bind(unit.parent.map(|p| p.0))
        .bind(unit.scheme.key())
        .bind(unit.practice)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await?;
    Ok(UnitId(done.last_insert_rowid()))
}

/// Puts a unit under another.
pub async fn set_parent(conn: &mut Connection, unit: UnitId, parent: UnitId) -> Result<()> {
    sqlx::query("UPDATE units SET parent_id = ? WHERE id = ?").bind(parent.0).bind(unit.0).execute(&mut *conn).await?;
    directory::touch(conn).await
}

/// Whether a unit is `above` or stands anywhere under it.
pub async fn is_under(conn: &mut Connection, unit: UnitId, above: UnitId) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "WITH RECURSIVE up (id) AS (SELECT ?1 UNION SELECT parent_id FROM units JOIN up USING (id) WHERE parent_id IS NOT NULL)
         SELECT EXISTS (SELECT 1 FROM up WHERE id = ?2)",
    )
    .bind(unit.0)
    .bind(above.0)
    .fetch_one(conn)
    .await?)
}

/// The unit of a code in any case, as the open transaction sees it (an import adds units
/// that no directory holds yet).
pub async fn by_code(conn: &mut Connection, code: &str) -> Result<Option<Unit>> {
    let row = sqlx::query("SELECT id, code, name, parent_id, scheme, practice FROM units WHERE code = ?")
        .bind(code)
        .fetch_optional(conn)
        .await?;
    let Some(r) = row else { return Ok(None) };
    let scheme: &str = r.get(4);
    let odd = || StoreError::Inconsistent { table: "units", what: format!("scheme {scheme}") };
    Ok(Some(Unit {
        id: UnitId(r.get(0)),
        code: r.get(1),
        name: r.get(2),
        parent: r.get::<Option<i64>, _>(3).map(UnitId),
        scheme: Scheme::from_key(scheme).ok_or_else(odd)?,
        practice: r.get::<i64, _>(5) != 0,
    }))
}
