//! The catalogue of fields and which unit has which enabled.

use super::{Connection, Result, directory};
use crate::domain::field::FieldId;
use crate::domain::unit::UnitId;

/// Adds a field at the end of the catalogue.
pub async fn add(conn: &mut Connection, code: &str, name: &str, aliases: &[String]) -> Result<FieldId> {
    let done = sqlx::query(
        "INSERT INTO fields (code, name, aliases, rank) SELECT ?, ?, ?, coalesce(max(rank), 0) + 1 FROM fields",
    )
    .bind(code)
    .bind(name)
    .bind(aliases.join(","))
    .execute(&mut *conn)
    .await?;
    directory::touch(conn).await?;
    Ok(FieldId(done.last_insert_rowid()))
}

/// Enables a field for a unit; false if it was.
pub async fn enable(conn: &mut Connection, unit: UnitId, field: FieldId) -> Result<bool> {
    let done = sqlx::query("INSERT INTO unit_fields (unit_id, field_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(unit.0)
        .bind(field.0)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await?;
    Ok(done.rows_affected() > 0)
}

/// Disables a field for a unit; false if it was not enabled. Officials who hold it keep it.
pub async fn disable(conn: &mut Connection, unit: UnitId, field: FieldId) -> Result<bool> {
    let done = sqlx::query("DELETE FROM unit_fields WHERE unit_id = ? AND field_id = ?")
        .bind(unit.0)
        .bind(field.0)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await?;
    Ok(done.rows_affected() > 0)
}
